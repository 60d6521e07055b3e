"""The listening process and its parent."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from bot.operations.settings import Settings
from bot.runtime.listener_process import ListenerProcess, listener_process
from bot.service.errors import ReadoutError
from bot.storage.archive import DatabaseArchive
from bot.storage.database import open_database
from bot.storage.retention import Retention
from sandbox.slack import Fault, Rules
from tests.e2e.readout import SECONDS
from tests.slacks import running_slack

pytestmark = pytest.mark.slow


@pytest.fixture
async def listener() -> AsyncIterator[ListenerProcess]:
    async with listener_process() as listener:
        yield listener


async def test_a_listener_that_dies_ends_the_worker(listener: ListenerProcess) -> None:
    listener.process.kill()
    async with asyncio.timeout(SECONDS):
        with pytest.raises(ReadoutError, match="can't listen to Slack"):
            await listener.keep_running_until(asyncio.Event())


async def test_stopping_on_request_is_not_a_failure(listener: ListenerProcess) -> None:
    stop = asyncio.Event()
    stop.set()
    await listener.keep_running_until(stop)


async def test_a_listener_ends_by_itself_when_its_parent_is_gone(
    listener: ListenerProcess,
) -> None:
    listener.writer.close()  # as the system does for a process that was killed
    await asyncio.to_thread(listener.process.join, SECONDS)
    assert listener.process.exitcode == 0


async def test_a_listener_that_fails_at_the_start_is_reported_in_a_sentence(
    listener: ListenerProcess, tmp_path: Path
) -> None:
    nowhere = Settings(database_url=f"sqlite:///{tmp_path / 'no folder' / 'readout.db'}")
    listener.begin(nowhere)
    async with asyncio.timeout(SECONDS):
        with pytest.raises(ReadoutError, match="can't listen to Slack"):
            await listener.wait_until_listening(unheard)


async def test_a_start_without_slack_fails_in_a_sentence(
    listener: ListenerProcess, tmp_path: Path
) -> None:
    listener.seconds_to_start = 3.0
    listener.begin(away(tmp_path))
    async with asyncio.timeout(SECONDS):
        with pytest.raises(ReadoutError, match="can't listen to Slack"):
            await listener.wait_until_listening(unheard)


async def test_a_command_that_is_slow_to_open_its_thread_outlasts_a_stop(
    listener: ListenerProcess, tmp_path: Path
) -> None:
    url = f"sqlite:///{tmp_path / 'readout.db'}"
    async with AsyncExitStack() as stack:
        slack = await stack.enter_async_context(running_slack(Rules(ack_seconds=SECONDS)))
        database = await open_database(url)
        stack.push_async_callback(database.close)
        listener.begin(
            Settings(
                database_url=url,
                slack_bot_token=slack.bot_token,
                slack_app_token=slack.app_token,
                slack_api_base_url=slack.api_url,
            )
        )
        await listener.wait_until_listening(unheard)
        channel = slack.channel("news").id
        slack.fail("chat.postMessage", Fault(delay=3.5))
        slack.command("ann", "news", "/brief https://a.example/1")
        (told, *_) = await slack.wait_for(lambda: slack.state.messages(channel))
        assert "longer than usual" in told.text
        await listener.stop()
        left = await DatabaseArchive(database.engine, Retention(30, time.time)).unanswered()
        assert len(left) == 1, "the next start answers it"


async def test_a_listener_killed_while_slack_is_away_is_restarted(
    listener: ListenerProcess, tmp_path: Path
) -> None:
    listener.seconds_to_start = 1.0
    listener.begin(away(tmp_path))
    with pytest.raises(ReadoutError):
        await listener.wait_until_listening(unheard)
    first, stop = listener.process, asyncio.Event()
    first.kill()
    listening = asyncio.create_task(listener.keep_running_until(stop))
    async with asyncio.timeout(SECONDS):
        while listener.process is first:
            await asyncio.sleep(0.02)
        await asyncio.wait({listening}, timeout=2 * listener.seconds_to_start)
        assert not listening.done()
        assert listener.process.is_alive()
        stop.set()
        listener.process.kill()
        await listening


def unheard(_key: str, _is_new: bool) -> None:
    """Ignore the job."""


def away(folder: Path) -> Settings:
    """Settings with a Slack address at which nothing answers."""
    return Settings(
        database_url=f"sqlite:///{folder / 'readout.db'}",
        slack_bot_token="xoxb-1",
        slack_app_token="xapp-1",
        slack_api_base_url="http://127.0.0.1:9/api/",
    )
