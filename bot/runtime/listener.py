"""The process that listens to Slack: it stores what arrives, and gives the first sign.

The worker process starts it (`listener_process`) and makes the briefings. A socket connects the
two: the worker sends the settings and keeps it open, and gets the key of each recorded mention.
"""

import asyncio
import gc
import json
import logging
import os
import pickle
import select
import signal
import socket
import sys
import threading
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial

from sqlalchemy.ext.asyncio import AsyncEngine

from bot.operations.health import SWITCH_SECONDS, Check, exit_if_stuck, serve_health
from bot.operations.logs import write_logs
from bot.operations.settings import Settings
from bot.service.intake import BeginJob, Intake, acknowledge
from bot.service.ports import AccessRules, Exportable, ExportedFile, HomeMemory
from bot.slack.app import IsConnected, SlackApp, build_app, run_http, run_socket_mode
from bot.slack.client import Connection, finish_posts, introduce, slack_client
from bot.slack.reply import SlackReplies
from bot.storage.archive import DatabaseArchive, DatabasePostings
from bot.storage.budgets import shared_budgets
from bot.storage.database import engine_for, is_reachable
from bot.storage.digests import DatabaseDigests
from bot.storage.inbox import DatabaseInbox
from bot.storage.preferences import (
    DatabaseChannels,
    DatabaseFeedback,
    DatabasePreferences,
)
from bot.storage.reminders import DatabaseReminders
from bot.storage.retention import Clock, Retention
from bot.storage.search import DatabaseSearch

# Less than the worker waits for our end (`listener_process`). Before and after the posts, events
# and mentions in progress get two seconds each.
_SECONDS_TO_END = 8.0
_SECONDS_FOR_POSTS = 3.0

_log = logging.getLogger(__name__)


def main(worker: socket.socket) -> None:
    """Listen from the arrival of the settings until the other end of the socket is closed."""
    gc.freeze()
    gc.enable()
    sys.setswitchinterval(SWITCH_SECONDS)
    # Whoever stops us stops the worker, and the worker says when.
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, signal.SIG_IGN)
    received = _receive_settings(worker)
    if received is not None:
        settings, level, clock = received
        write_logs(level, settings.secrets)
        asyncio.run(_listen(worker, settings, clock))


async def _listen(worker: socket.socket, settings: Settings, clock: Clock) -> None:
    loop, closed = asyncio.get_running_loop(), asyncio.Event()
    close = partial(loop.call_soon_threadsafe, closed.set)
    threading.Thread(target=_end_with, args=(worker, close), daemon=True).start()
    try:
        # Nobody waits for the worker, which may be too busy to read for a while.
        to_worker, _ = await loop.connect_write_pipe(asyncio.BaseProtocol, worker)

        def begin_job(key: str, is_new: bool) -> None:
            to_worker.write(json.dumps([key, is_new]).encode() + b"\n")

        async with _listening(settings, clock, begin_job), exit_if_stuck():
            to_worker.write(b"listening\n")
            await closed.wait()
    except Exception:  # noqa: BLE001 - the last frame; Python would print the error's words
        _log.exception("can't listen to Slack")
        sys.exit(1)


def _end_with(worker: socket.socket, close: Callable[[], object]) -> None:
    """End this process when the worker ends, even if it hangs while it closes: otherwise it would
    go on taking requests that nobody is there to do. What it took is on disk."""
    select.select([worker], [], [])  # nothing more is sent to us, so it is closed
    close()
    time.sleep(_SECONDS_TO_END)
    os._exit(0)


def _receive_settings(worker: socket.socket) -> tuple[Settings, int, Clock] | None:
    """The settings, the log level and the clock; None if we are to end before they arrive."""
    try:
        with worker.makefile("rb") as file:
            received: tuple[Settings, int, Clock] = pickle.load(file)  # noqa: S301 - from our worker
    except (EOFError, ConnectionError):
        return None
    return received


@asynccontextmanager
async def _listening(settings: Settings, clock: Clock, begin_job: BeginJob) -> AsyncIterator[None]:
    """Listen to Slack until the block ends."""
    connection = _connection(settings)
    async with AsyncExitStack() as stack:
        engine = engine_for(settings.database_url)
        stack.push_async_callback(engine.dispose)
        client = await stack.enter_async_context(slack_client(connection, shared_budgets(engine)))
        retention = Retention(settings.retention_days, clock)
        archive = DatabaseArchive(engine, retention)
        postings = DatabasePostings(engine, retention)
        first_sign = partial(acknowledge, SlackReplies(client, postings))
        intake = Intake(archive, postings, DatabaseInbox(engine, clock), first_sign, begin_job)
        stack.push_async_callback(intake.close)
        stack.push_async_callback(finish_posts, _SECONDS_FOR_POSTS)
        app = build_app(client, connection, intake, _export, _memory(settings, engine, clock))
        is_connected = await stack.enter_async_context(_receiving(app, settings, connection))
        introduction = asyncio.create_task(introduce(client))
        stack.callback(introduction.cancel)
        if settings.metrics_port is not None:
            checks: dict[str, Check] = {"slack": is_connected}
            checks["database"] = partial(is_reachable, engine)
            port = settings.metrics_port + 1
            await stack.enter_async_context(serve_health(settings.metrics_host, port, checks))
        yield


def _connection(settings: Settings) -> Connection:
    """Where Slack is, and our tokens."""
    secrets = (settings.slack_bot_token, settings.slack_app_token, settings.slack_signing_secret)
    bot, app, signing = (each.get_secret_value() if each else None for each in secrets)
    return Connection(settings.slack_api_base_url, bot or "", app, signing)


def _memory(settings: Settings, engine: AsyncEngine, clock: Clock) -> HomeMemory:
    retention = Retention(settings.retention_days, clock)
    search, feedback = DatabaseSearch(engine, clock), DatabaseFeedback(engine, retention)
    return HomeMemory(
        search,
        DatabasePreferences(engine),
        feedback,
        DatabaseChannels(engine, clock),
        AccessRules(settings.channels, settings.settings_by),
        settings.has_model,
        DatabaseDigests(engine, retention),
        DatabaseReminders(engine, retention),
        clock,
    )


@asynccontextmanager
async def _receiving(
    app: SlackApp, settings: Settings, connection: Connection
) -> AsyncIterator[IsConnected]:
    """Receive events in the way that the settings name, until the block ends."""
    if settings.slack_mode == "http":
        async with run_http(app, settings.http_port):
            yield _always
    else:
        async with run_socket_mode(app, connection) as is_connected:
            yield is_connected


def _export(outcome: Exportable) -> tuple[ExportedFile, ...]:
    """The files of an outcome; the libraries that write documents are imported by the first."""
    from bot.operations.exports import export_files

    return export_files(outcome)


async def _always() -> bool:
    """Events that Slack sends to us need no connection of ours."""
    return True
