"""The worker process: builds every part once, in the order in which it needs the others.

The database comes first, because it says whether another Readout is at work. Then the listener
begins to listen to Slack; what it takes waits until this process has imported the rest. It ends
first, and the others in reverse.
"""

import asyncio
import gc
import logging
import math
import signal
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from functools import partial
from typing import TYPE_CHECKING

from bot.operations.health import SWITCH_SECONDS, Check, exit_if_stuck, is_ready, serve_health
from bot.operations.settings import Settings
from bot.runtime.listener_process import ListenerProcess
from bot.service.briefing_service import BriefingService
from bot.service.cancellation import Cancellation, CancellationWatch
from bot.service.corrections import Corrections
from bot.service.deadline import DeadlineReplies
from bot.service.digest_jobs import DigestJobs
from bot.service.job_steps import JobSteps
from bot.service.ports import Feeds, Reader
from bot.service.reminders import ReminderJobs
from bot.service.request_handler import RequestHandler
from bot.service.usage import ModelUsage
from bot.slack.access import zone_of
from bot.slack.client import Connection, RateLimitedClient, slack_client
from bot.slack.conversations import SlackAttachments, SlackConversations
from bot.slack.reply import SlackReplies
from bot.sources import readers
from bot.sources.languages import language_of
from bot.sources.parser_processes import ParserProcesses
from bot.storage.archive import DatabaseArchive, DatabasePostings
from bot.storage.budgets import shared_budgets
from bot.storage.database import Database, is_reachable, open_database
from bot.storage.digests import DatabaseDigests, DatabaseSharedWork
from bot.storage.preferences import DatabaseChannels
from bot.storage.reminders import DatabaseReminders
from bot.storage.retention import Retention
from bot.storage.usage import DatabaseLedger

if TYPE_CHECKING:
    from bot.jobs.queue import DurableJobs

# How long a stop waits for the jobs that run; what is not done by then is resumed by the next
# start. Well under the 90 seconds after which systemd kills.
_DRAIN_SECONDS = 20

_log = logging.getLogger(__name__)


@asynccontextmanager
async def running_worker(
    listener: ListenerProcess, settings: Settings, service_with: Callable[[Reader], BriefingService]
) -> AsyncIterator["DurableJobs"]:
    """Run Readout's jobs, with the ``listener`` listening to Slack, until the block ends.

    Raises:
        SettingsError: the database can't be used, or another Readout has it.
        ReadoutError: the listener can't listen to Slack.
    """
    async with AsyncExitStack() as stack:
        database = await open_database(settings.database_url)
        stack.push_async_callback(database.close)
        listener.begin(settings)
        stack.push_async_callback(listener.stop)  # where the rest fails
        token = settings.slack_bot_token.get_secret_value() if settings.slack_bot_token else ""
        at = Connection(settings.slack_api_base_url, token)
        budgets = shared_budgets(database.engine)
        client = await stack.enter_async_context(slack_client(at, budgets))
        parsers = ParserProcesses()
        stack.callback(parsers.close)
        briefing_service = service_with(_reader(settings, client, parsers))
        feeds = readers.feed_reader(frozenset(settings.fetch_allow), parsers)
        retention = Retention(settings.retention_days, listener.clock)
        running_jobs = _jobs(settings, database, client, briefing_service, feeds, retention)
        jobs = await stack.enter_async_context(running_jobs)
        if (port := settings.metrics_port) is not None:
            checks: dict[str, Check] = {
                "database": partial(is_reachable, database.engine),
                "queue": jobs.is_queue_served,
                "listening": partial(is_ready, settings.metrics_host, port + 1),
            }
            await stack.enter_async_context(serve_health(settings.metrics_host, port, checks))
        await listener.wait_until_listening(jobs.accept)
        stack.push_async_callback(listener.stop)
        by = briefing_service.writer.engine
        _log.info(
            "Readout %s is listening (%s, %s)", briefing_service.version, settings.slack_mode, by
        )
        yield jobs


async def run_until_stopped(
    listener: ListenerProcess, settings: Settings, service_with: Callable[[Reader], BriefingService]
) -> None:
    """Run Readout until SIGTERM or an interrupt.

    Raises:
        ReadoutError: the listener can't listen any more, or another worker took over our slot.
    """
    sys.setswitchinterval(SWITCH_SECONDS)
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    async with running_worker(listener, settings, service_with) as jobs, exit_if_stuck():
        gc.freeze()
        gc.enable()
        listening, slot = listener.keep_running_until(stop), jobs.wait_while_slot_is_ours()
        tasks = [asyncio.create_task(work) for work in (listening, slot)]
        done, others = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for each in others:
            each.cancel()
        for each in done:
            each.result()


def _reader(settings: Settings, client: RateLimitedClient, parsers: ParserProcesses) -> Reader:
    session = client.session
    if session is None:
        raise TypeError("slack_client gives its client a session")

    attachments = SlackAttachments(client, session)
    return readers.source_reader(frozenset(settings.fetch_allow), parsers, attachments)


def _jobs(  # noqa: PLR0913, PLR0917 - what they are made of
    settings: Settings,
    database: Database,
    client: RateLimitedClient,
    briefing_service: BriefingService,
    feeds: Feeds,
    retention: Retention,
) -> AbstractAsyncContextManager["DurableJobs"]:
    from bot.jobs.durable import JobSettings, durable_jobs
    from bot.jobs.queue import wait_for_job

    archive = DatabaseArchive(database.engine, retention)
    postings = DatabasePostings(database.engine, retention)
    replies = SlackReplies(client, postings)
    usage = ModelUsage(
        DatabaseLedger(database.engine, retention),
        settings.tokens_per_person,
        settings.tokens_per_workspace,
        retention.clock,
    )
    channels = DatabaseChannels(database.engine, retention.clock)
    conversations = SlackConversations(client)
    request_handler = RequestHandler(briefing_service, archive, conversations, usage, language_of)
    cancellation = Cancellation(archive, replies, wait_for_job)
    reminders = ReminderJobs(
        DatabaseReminders(database.engine, retention),
        archive,
        postings,
        channels,
        conversations.is_shared,
        partial(zone_of, client=client),
        retention.clock,
    )
    planned = DatabaseDigests(database.engine, retention)
    corrections = Corrections(
        briefing_service, archive, replies, usage, reminders, planned, clock=retention.clock
    )
    deadline_replies = DeadlineReplies(
        request_handler, archive, settings.deadline or math.inf, retention.clock
    )
    watch = CancellationWatch(archive)
    digests = DigestJobs(
        planned,
        archive,
        feeds,
        DatabaseSharedWork(database.engine, retention.clock),
        briefing_service,
        usage,
        channels,
        conversations.refusal_of_digests,
    )
    steps = JobSteps(
        request_handler,
        deadline_replies,
        cancellation,
        corrections,
        archive,
        replies,
        watch,
        digests,
        reminders,
    )
    kept = JobSettings(
        settings.database_url,
        settings.retention_days,
        settings.model_calls,
        seconds_to_end=_DRAIN_SECONDS,
        traced=settings.tracing == "on",
        clock=retention.clock,
    )
    return durable_jobs(steps, archive, replies, database.lock, kept)
