"""Processes that are killed, and the ones after them."""

import asyncio
import sys
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import psycopg
import pytest

from bot.jobs.engine import VERSION
from tests.jobs.on_disk import statuses, until_status

PROGRAM = Path(__file__).with_name("killed.py")
SECONDS = 60
KEY = "msg:T1:C1:1.0"
FOUR = tuple(f"msg:T1:C1:{n}.0" for n in range(1, 5))


@asynccontextmanager
async def readout(
    address: str, log: Path, stop: str, version: str = VERSION, keys: Sequence[str] = (KEY,)
) -> AsyncIterator[asyncio.subprocess.Process]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, PROGRAM, address, log, stop, version, *keys,
        cwd=PROGRAM.parents[2], env={"PYTHONPATH": str(PROGRAM.parents[2])},
        stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


async def until(log: Path, step: str, process: asyncio.subprocess.Process) -> list[str]:
    async with asyncio.timeout(SECONDS):
        while True:
            said = log.read_text().split() if log.exists() else []
            if said[-1:] == [step]:
                return said
            assert process.returncode is None, "the process ended by itself"
            await asyncio.sleep(0.02)


async def until_count(
    log: Path, step: str, count: int, process: asyncio.subprocess.Process
) -> None:
    """Return once the process has logged that step so many times."""
    async with asyncio.timeout(SECONDS):
        while not log.exists() or log.read_text().split().count(step) != count:
            assert process.returncode is None, "the process ended by itself"
            await asyncio.sleep(0.02)


async def until_all(log: Path, steps: list[str], process: asyncio.subprocess.Process) -> None:
    """Return once the process has logged exactly these steps, in any order."""
    async with asyncio.timeout(SECONDS):
        while not log.exists() or sorted(log.read_text().split()) != sorted(steps):
            assert process.returncode is None, "the process ended by itself"
            await asyncio.sleep(0.02)


async def until_statuses(address: str, expected: dict[str, int]) -> None:
    """Return once that many jobs have each status."""
    async with asyncio.timeout(SECONDS):
        while Counter(statuses(address).values()) != expected:
            await asyncio.sleep(0.02)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("database", "before", "after"),
    [
        pytest.param("sqlite", ["sign"], ["read", "write", "post"], id="in the first sign"),
        pytest.param("sqlite", ["sign", "read", "write", "post"], ["post"], id="while posting"),
        pytest.param("sqlite", ["sign", "read", "write"], ["write", "post"], id="writing"),
        pytest.param(
            "postgresql", ["sign", "read", "write"], ["write", "post"], id="on PostgreSQL"
        ),
    ],
)
async def test_the_next_process_continues_with_the_interrupted_step(
    request: pytest.FixtureRequest,
    tmp_path: Path,
    database: str,
    before: list[str],
    after: list[str],
) -> None:
    address, log = request.getfixturevalue(database), tmp_path / "log"
    async with readout(address, log, before[-1]) as first:
        assert await until(log, before[-1], first) == before
        first.kill()
    log.unlink()
    async with readout(address, log, "") as second:
        assert await until(log, "post", second) == after


@pytest.mark.slow
async def test_a_job_interrupted_three_times_is_done_without_a_model(
    sqlite: str, tmp_path: Path
) -> None:
    log = tmp_path / "log"
    for keys in (FOUR[:3], (), ()):
        async with readout(sqlite, log, "model", keys=keys) as process:
            await until_count(log, "write", 3, process)
            process.kill()
        log.unlink()
    async with readout(sqlite, log, "model", keys=()) as last:
        await until_all(log, 3 * ["write", "post"], last)
        await until_statuses(sqlite, {"SUCCESS": 3})


@pytest.mark.slow
async def test_only_the_job_that_crashes_the_process_is_given_up(
    sqlite: str, tmp_path: Path
) -> None:
    log = tmp_path / "log"
    poison, others = "msg:T2:C2:1.0:poison", FOUR[:2]
    # Last, since it ends the process at once.
    async with readout(sqlite, log, "model", keys=(*others, poison)) as first:
        await first.wait()
    for _ in range(5):
        async with readout(sqlite, log, "model", keys=()) as process:
            await process.wait()
    log.unlink()
    # The others may have fewer recorded attempts, if they were cut off early.
    async with readout(sqlite, log, "", keys=()):
        for key in (*others, poison):
            await until_status(sqlite, key, "SUCCESS")
    assert log.read_text().split().count("give_up") == 1


@pytest.mark.slow
async def test_a_second_process_on_the_same_database_says_so_and_stops(
    sqlite: str, tmp_path: Path
) -> None:
    log = tmp_path / "log"
    async with readout(sqlite, log, "write") as first:
        await until(log, "write", first)
        async with readout(sqlite, tmp_path / "other", "") as second:
            _, errors = await second.communicate()
    assert second.returncode == 1
    assert b"Another Readout already serves this database." in errors


@pytest.mark.slow
async def test_the_jobs_of_a_dead_worker_are_taken_over(postgresql: str, tmp_path: Path) -> None:
    log, other = tmp_path / "log", tmp_path / "other"
    async with readout(postgresql, log, "write") as first:
        await until(log, "write", first)
        async with readout(postgresql, other, "") as second:
            await until_workers(postgresql, 2)
            first.kill()
            assert await until(other, "post", second) == ["write", "post"]


async def until_workers(address: str, count: int) -> None:
    """Return once so many workers have a slot of the database."""
    held = (
        "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objsubid = 2 AND database"
        " = (SELECT oid FROM pg_database WHERE datname = current_database())"
    )
    async with asyncio.timeout(SECONDS):
        with psycopg.connect(address, autocommit=True) as connection:
            while connection.execute(held).fetchone() != (count,):
                await asyncio.sleep(0.05)


BEGUN = 3 * ["read", "write"] + 4 * ["sign"]
DONE = 4 * ["read", "write", "post"]


@pytest.mark.slow
@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
async def test_jobs_begun_or_queued_by_another_version_are_restarted(
    request: pytest.FixtureRequest, tmp_path: Path, database: str
) -> None:
    address, log = request.getfixturevalue(database), tmp_path / "log"
    async with readout(address, log, "write", "older", FOUR) as older:
        await until_all(log, BEGUN, older)
        await until_statuses(address, {"PENDING": 3, "ENQUEUED": 1})
        older.kill()
    log.unlink()
    async with readout(address, log, "", "newer", ()) as newer:
        await until_all(log, DONE, newer)
        await until_statuses(address, {"SUCCESS": 4})


@pytest.mark.slow
async def test_jobs_of_another_version_are_left_to_its_live_workers(
    postgresql: str, tmp_path: Path
) -> None:
    log, other = tmp_path / "log", tmp_path / "other"
    async with readout(postgresql, log, "write", "older", FOUR) as older:
        await until_all(log, BEGUN, older)
        async with readout(postgresql, other, "", "newer", ()) as newer:
            await until_workers(postgresql, 2)
            await asyncio.sleep(7)  # longer than what waits is left alone, and a look at it
            assert not other.exists() or not other.read_text()
            older.kill()
            await until_all(other, DONE, newer)
