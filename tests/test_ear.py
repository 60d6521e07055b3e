"""The process that listens to Slack, and the one that started it."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.ear import Ear, started
from bot.errors import ReadoutError
from bot.settings import Settings
from tests.e2e.house import SECONDS


@pytest.fixture
async def ear() -> AsyncIterator[Ear]:
    async with started() as ear:
        yield ear


async def test_a_process_that_can_listen_no_more_ends_the_work(ear: Ear) -> None:
    ear.process.kill()
    async with asyncio.timeout(SECONDS):
        with pytest.raises(ReadoutError, match="can't listen to Slack"):
            await ear.listen_until(asyncio.Event())


async def test_being_told_to_stop_is_no_failure(ear: Ear) -> None:
    told = asyncio.Event()
    told.set()
    await ear.listen_until(told)


async def test_a_listening_process_ends_by_itself_with_the_one_that_started_it(ear: Ear) -> None:
    assert ear.process.stdin is not None
    ear.process.stdin.close()  # as the system does for a process that was killed
    async with asyncio.timeout(SECONDS):
        assert await ear.process.wait() == 0


async def test_where_it_cannot_listen_the_start_fails_in_a_sentence(
    ear: Ear, tmp_path: Path
) -> None:
    nowhere = Settings(database_url=f"sqlite:///{tmp_path / 'no folder' / 'readout.db'}")
    async with asyncio.timeout(SECONDS):
        with pytest.raises(ReadoutError, match="can't listen to Slack"):
            await ear.listen(nowhere, unheard)


async def test_where_slack_is_not_reached_in_time_the_start_fails_in_a_sentence(
    ear: Ear, tmp_path: Path
) -> None:
    ear.seconds_to_start = 3.0
    async with asyncio.timeout(SECONDS):
        with pytest.raises(ReadoutError, match="can't listen to Slack"):
            await ear.listen(away(tmp_path), unheard)


async def test_a_process_that_was_killed_while_slack_is_away_is_no_end(
    ear: Ear, tmp_path: Path
) -> None:
    ear.seconds_to_start = 1.0
    with pytest.raises(ReadoutError):
        await ear.listen(away(tmp_path), unheard)
    first, told = ear.process, asyncio.Event()
    first.kill()
    listening = asyncio.create_task(ear.listen_until(told))
    async with asyncio.timeout(SECONDS):
        while ear.process is first:
            await asyncio.sleep(0.02)
        await asyncio.wait({listening}, timeout=2 * ear.seconds_to_start)
        assert not listening.done()
        assert ear.process.returncode is None
        told.set()
        ear.process.kill()
        await listening


def unheard(_key: str, _is_first: bool) -> None:
    """Nobody is at work."""


def away(folder: Path) -> Settings:
    """Of a Readout whose Slack nobody answers at."""
    return Settings(
        database_url=f"sqlite:///{folder / 'readout.db'}",
        slack_bot_token="xoxb-1",
        slack_app_token="xapp-1",
        slack_api_base_url="http://127.0.0.1:9/api/",
    )
