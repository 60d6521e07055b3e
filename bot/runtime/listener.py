"""The process that listens to Slack, puts what it hears on disk, and gives the first sign.

Started by `listener_process`, which sends the settings through a socket, keeps it open, and is told
through it of each mention that was recorded. The briefings are made by the process that started
this one.
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
from bot.service.acknowledge import FirstSigns, PassOn, acknowledge
from bot.service.ports import AccessRules, Exportable, ExportedFile, HomeMemory
from bot.slack.app import Hearing, IsConnected, build_app, run_http, run_socket_mode
from bot.slack.client import Connection, introduce, slack_client
from bot.slack.event_inbox import Intake
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

# Less than who started us waits for our end (`listener_process`).
_SECONDS_TO_END = 8.0

_log = logging.getLogger(__name__)


def main(line: socket.socket) -> None:
    """Listen from the arrival of the settings until the other end of ``line`` is closed."""
    gc.freeze()
    gc.enable()
    sys.setswitchinterval(SWITCH_SECONDS)
    # Whoever stops us stops the process that started us, and that one says when.
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, signal.SIG_IGN)
    told = _told(line)
    if told is not None:
        settings, level, clock = told
        write_logs(level, settings.secrets)
        asyncio.run(_listen(line, settings, clock))


async def _listen(line: socket.socket, settings: Settings, clock: Clock) -> None:
    loop, closed = asyncio.get_running_loop(), asyncio.Event()
    close = partial(loop.call_soon_threadsafe, closed.set)
    threading.Thread(target=_end_with, args=(line, close), daemon=True).start()
    try:
        # Whoever reads it may be busy for a while, and is not waited for.
        said, _ = await loop.connect_write_pipe(asyncio.BaseProtocol, line)
        async with _heard(settings, clock, partial(_pass_on, said)), exit_if_stuck():
            said.write(b"listening\n")
            await closed.wait()
    except Exception:  # noqa: BLE001 - the last frame; Python would print the error's words
        _log.exception("can't listen to Slack")
        sys.exit(1)


def _pass_on(said: asyncio.WriteTransport, key: str, is_first: bool) -> None:
    said.write(json.dumps([key, is_first]).encode() + b"\n")


def _end_with(line: socket.socket, close: Callable[[], object]) -> None:
    """End with the process that started us, whatever we are at: one that hangs in its clean-up
    would go on to hear what nobody is there to do. What was heard is on disk."""
    select.select([line], [], [])  # nothing more is said through it: it is closed
    close()
    time.sleep(_SECONDS_TO_END)
    os._exit(0)


def _told(line: socket.socket) -> tuple[Settings, int, Clock] | None:
    """The settings, the level of the log and the clock; None if we are to end before that."""
    try:
        with line.makefile("rb") as file:
            told: tuple[Settings, int, Clock] = pickle.load(file)  # noqa: S301 - from who started us
    except (EOFError, ConnectionError):
        return None
    return told


@asynccontextmanager
async def _heard(settings: Settings, clock: Clock, pass_on: PassOn) -> AsyncIterator[None]:
    """Slack, heard until the block ends."""
    connection = _connection(settings)
    async with AsyncExitStack() as stack:
        engine = engine_for(settings.database_url)
        stack.push_async_callback(engine.dispose)
        client = await stack.enter_async_context(slack_client(connection, shared_budgets(engine)))
        retention = Retention(settings.retention_days, clock)
        postings = DatabasePostings(engine, retention)
        signs = FirstSigns(partial(acknowledge, SlackReplies(client, postings)), pass_on)
        stack.push_async_callback(signs.close)
        archive, inbox = DatabaseArchive(engine, retention), DatabaseInbox(engine, clock)
        intake = Intake(archive, postings, signs, inbox)
        hearing = build_app(client, connection, intake, _exported, _memory(settings, engine, clock))
        is_connected = await stack.enter_async_context(_reached(hearing, settings, connection))
        introduction = asyncio.create_task(introduce(client))
        stack.callback(introduction.cancel)
        if settings.metrics_port is not None:
            checks: dict[str, Check] = {"slack": is_connected}
            checks["database"] = partial(is_reachable, engine)
            port = settings.metrics_port + 1
            await stack.enter_async_context(serve_health(settings.metrics_host, port, checks))
        yield


def _connection(settings: Settings) -> Connection:
    """Where Slack is, and who we are there."""
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
async def _reached(
    hearing: Hearing, settings: Settings, connection: Connection
) -> AsyncIterator[IsConnected]:
    if settings.slack_mode == "http":
        async with run_http(hearing, settings.http_port):
            yield _always
    else:
        async with run_socket_mode(hearing, connection) as is_connected:
            yield is_connected


def _exported(outcome: Exportable) -> tuple[ExportedFile, ...]:
    """As `export.files` says; what writes documents is imported with the first one."""
    from bot.operations.exports import export_files

    return export_files(outcome)


async def _always() -> bool:
    """Events that Slack sends to us need no connection of ours."""
    return True
