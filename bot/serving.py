"""Readout in Slack: every part built once, in the order in which it needs the others.

The database comes first, because it says whether another Readout is at work; the process that
listens to Slack comes last, because from then on people are answered. Everything ends in reverse.
"""

import asyncio
import logging
import signal
import sys
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from functools import partial

from bot.allowance import Allowance
from bot.corrections import Corrections
from bot.desk import Desk
from bot.ear import Ear
from bot.endings import Endings
from bot.exchange import Exchange
from bot.extracting import ExtractiveWriter
from bot.health import Check, is_ready, watched
from bot.jobs.durable import DurableJobs, JobSettings
from bot.jobs.under_way import JobsUnderWay
from bot.lateness import Deadline, Lateness
from bot.ports import Reader
from bot.processes import SWITCH_SECONDS, connection_of, ended_if_stuck
from bot.settings import Settings
from bot.slack.attachments import SlackAttachments
from bot.slack.client import slack_client
from bot.slack.conversations import SlackConversations
from bot.slack.leading_on import leading_on
from bot.slack.pacing import PacedClient
from bot.slack.reply import SlackReplies
from bot.sources import on_demand
from bot.sources.languages import language_of
from bot.sources.workers import Workers
from bot.storage.archive import DatabaseArchive
from bot.storage.database import Database, is_reached, open_database
from bot.storage.ledger import DatabaseLedger
from bot.storage.ownership import Retention
from bot.storage.postings import DatabasePostings
from bot.threads import ThreadDesk
from bot.wanted import Wanted

# How long a stop waits for the jobs that run; what is not done by then is resumed by the next
# start. Well under the 90 seconds after which systemd kills.
_DRAIN_SECONDS = 20

_log = logging.getLogger(__name__)


@asynccontextmanager
async def running(
    ear: Ear, settings: Settings, desk_with: Callable[[Reader], Desk]
) -> AsyncIterator["AtWork"]:
    """Readout, listening to Slack by its ``ear`` until the block ends.

    Raises:
        SettingsError: the database can't be used, or another Readout has it.
        ReadoutError: can't listen to Slack.
    """
    async with AsyncExitStack() as stack:
        database = await open_database(settings.database_url)
        stack.push_async_callback(database.close)
        client = await stack.enter_async_context(slack_client(connection_of(settings)))
        workers = Workers()
        stack.callback(workers.close)
        desk = desk_with(_reader(settings, client, workers))
        jobs = _jobs(settings, database, client, desk)
        await jobs.start()
        stack.push_async_callback(jobs.close, _DRAIN_SECONDS)
        await stack.enter_async_context(_told_of(settings, database, jobs))
        await ear.listen(settings, jobs.accept)
        stack.push_async_callback(ear.stop)
        by = desk.writer.engine
        _log.info("Readout %s is listening (%s, %s)", desk.version, settings.slack_mode, by)
        yield AtWork(ear, jobs)


@dataclass(frozen=True)
class AtWork:
    """A Readout that listens and works."""

    ear: Ear
    jobs: DurableJobs

    async def until(self, told: asyncio.Event) -> None:
        """Return once ``told`` is set.

        Raises:
            ReadoutError: it can't go on.
        """
        tasks = [
            asyncio.create_task(work) for work in (self.ear.listen_until(told), self.jobs.watched())
        ]
        done, others = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for each in others:
            each.cancel()
        for each in done:
            each.result()


async def until_told_to_stop(
    ear: Ear, settings: Settings, desk_with: Callable[[Reader], Desk]
) -> None:
    """Run Readout until SIGTERM or an interrupt.

    Raises:
        ReadoutError: the process that listens to Slack can't any more, or another worker took
            over.
    """
    sys.setswitchinterval(SWITCH_SECONDS)
    told = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, told.set)
    async with (
        running(ear, settings, desk_with) as at_work,
        ended_if_stuck(),
    ):
        await at_work.until(told)


@asynccontextmanager
async def _told_of(
    settings: Settings, database: Database, jobs: DurableJobs
) -> AsyncIterator[None]:
    """How this process is and what it did, told where the settings say so."""
    if settings.metrics_port is None:
        yield
        return
    checks: Mapping[str, Check] = {
        "database": partial(is_reached, database.engine),
        "queue": jobs.is_queue_taken_up,
        "listening": partial(is_ready, settings.metrics_host, settings.metrics_port + 1),
    }
    async with watched(settings.metrics_host, settings.metrics_port, checks):
        yield


def _reader(settings: Settings, client: PacedClient, workers: Workers) -> Reader:
    session = client.session
    if session is None:
        raise TypeError("slack_client gives its client a session")

    attachments = SlackAttachments(client, session)
    return on_demand.reader(frozenset(settings.fetch_allow), workers, attachments)


def _jobs(settings: Settings, database: Database, client: PacedClient, desk: Desk) -> DurableJobs:
    retention = Retention(settings.retention_days, time.time)
    archive = DatabaseArchive(database.engine, retention)
    postings = DatabasePostings(database.engine, retention)
    replies = SlackReplies(client, postings, leading_on=leading_on)
    ledger = DatabaseLedger(database.engine, retention)
    allowance = Allowance(settings.tokens_per_person, settings.tokens_per_workspace)
    exchange = Exchange(
        desk,
        archive,
        replies,
        SlackConversations(client),
        ledger,
        allowance,
        language_of=language_of,
    )
    endings = Endings(archive, replies, JobsUnderWay())
    corrections = Corrections(desk, archive, replies, ledger, allowance)
    lateness = Lateness(exchange, archive, _deadline(settings, desk))
    watch = Wanted(archive)
    story = ThreadDesk(exchange, lateness, endings, corrections, archive, replies, watch)
    kept = JobSettings(
        settings.database_url,
        settings.retention_days,
        settings.model_calls,
        traced=settings.tracing == "on",
    )
    return DurableJobs(story, archive, replies, database.lock, kept)


def _deadline(settings: Settings, desk: Desk) -> Deadline | None:
    """When, and how, it goes on without the model."""
    stopgap = replace(desk, writer=ExtractiveWriter(), fallback=None, judge=None)
    return Deadline(settings.deadline, stopgap) if settings.deadline else None
