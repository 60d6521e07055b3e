"""Readout in Slack: every part built once, in the order in which it needs the others.

The database comes first, because it says whether another Readout is at work; the connection to
Slack comes last, because from then on people are answered. Everything ends in reverse.
"""

import asyncio
import logging
import signal
import sys
import time
from collections.abc import AsyncIterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import AsyncExitStack, asynccontextmanager
from multiprocessing import get_context

from pydantic import SecretStr
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.desk import Desk
from bot.jobs.durable import DurableJobs, JobSettings
from bot.ports import Judge, Reader, Writer
from bot.settings import Settings
from bot.slack.app import Connection, build_app, run_http, run_socket_mode, slack_client
from bot.slack.attachments import SlackAttachments
from bot.slack.conversations import SlackConversations
from bot.slack.durable import Durable
from bot.slack.reply import SlackReplies
from bot.sources.fetching import Fetcher
from bot.sources.pages import PageExtractor
from bot.sources.reading import SourceReader
from bot.storage.archive import DatabaseArchive
from bot.storage.database import Database, open_database
from bot.storage.ownership import Retention
from bot.storage.postings import DatabasePostings
from bot.threads import ThreadDesk

# How long a stop waits for the jobs that run; what is not done by then is resumed by the next
# start. Well under the 90 seconds after which systemd kills.
_DRAIN_SECONDS = 20

# The jobs are put on disk by threads. With Python's own 5 ms each of their steps may wait that
# long for the interpreter, and an acknowledgement waits for all of them.
_SWITCH_SECONDS = 0.0005

_log = logging.getLogger(__name__)


@asynccontextmanager
async def running(
    settings: Settings,
    writer: Writer,
    version: str,
    *,
    fallback: Writer | None = None,
    judge: Judge | None = None,
) -> AsyncIterator[None]:
    """Readout, listening to Slack until the block ends.

    Raises:
        SettingsError: the database can't be used, or another Readout has it.
    """
    connection = _connection(settings)
    async with AsyncExitStack() as stack:
        database = await open_database(settings.database_url)
        stack.push_async_callback(database.close)
        client = await stack.enter_async_context(slack_client(connection))
        pages = stack.enter_context(_page_processes())
        desk = Desk(
            _reader(settings, client, pages), writer, version, fallback=fallback, judge=judge
        )
        durable, jobs = _durable(settings, database, client, desk)
        await jobs.start()
        stack.push_async_callback(jobs.close, _DRAIN_SECONDS)
        app = build_app(client, connection, durable)
        await stack.enter_async_context(_reached(app, settings, connection))
        _log.info("Readout %s is listening (%s, %s)", version, settings.slack_mode, writer.engine)
        yield


async def until_told_to_stop(
    settings: Settings,
    writer: Writer,
    version: str,
    *,
    fallback: Writer | None = None,
    judge: Judge | None = None,
) -> None:
    """Run Readout until SIGTERM or an interrupt."""
    sys.setswitchinterval(_SWITCH_SECONDS)
    told = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, told.set)
    async with running(settings, writer, version, fallback=fallback, judge=judge):
        await told.wait()


def _connection(settings: Settings) -> Connection:
    return Connection(
        api_url=settings.slack_api_base_url,
        bot_token=_plain(settings.slack_bot_token) or "",
        app_token=_plain(settings.slack_app_token),
        signing_secret=_plain(settings.slack_signing_secret),
    )


def _plain(secret: SecretStr | None) -> str | None:
    return None if secret is None else secret.get_secret_value()


def _page_processes() -> ProcessPoolExecutor:
    """Where pages are taken apart: a large one takes seconds and would hold up the loop."""
    return ProcessPoolExecutor(max_workers=1, mp_context=get_context("forkserver"))


def _reader(settings: Settings, client: AsyncWebClient, pages: ProcessPoolExecutor) -> Reader:
    session = client.session
    if session is None:
        raise TypeError("slack_client gives its client a session")
    return SourceReader(
        fetch=Fetcher(frozenset(settings.fetch_allow)).fetch,
        extract=PageExtractor(pages),
        attachments=SlackAttachments(client, session),
    )


def _durable(
    settings: Settings, database: Database, client: AsyncWebClient, desk: Desk
) -> tuple[Durable, DurableJobs]:
    retention = Retention(settings.retention_days, time.time)
    archive = DatabaseArchive(database.engine, retention)
    postings = DatabasePostings(database.engine, retention)
    replies = SlackReplies(client, postings)
    story = ThreadDesk(desk, archive, replies, SlackConversations(client))
    jobs = DurableJobs(story, archive, JobSettings(settings.database_url, settings.retention_days))
    return Durable(archive, postings, jobs), jobs


@asynccontextmanager
async def _reached(
    app: AsyncApp, settings: Settings, connection: Connection
) -> AsyncIterator[None]:
    if settings.slack_mode == "http":
        async with run_http(app, settings.http_port):
            yield
    else:
        async with run_socket_mode(app, connection):
            yield
