"""Jobs of another version, restarted by this one."""

import asyncio
import time

import pytest
import sqlalchemy
from dbos._migration import sqlite_migrations

from bot.jobs import engine, queue
from bot.service.ports import Intent, Mention
from tests.jobs.on_disk import jobs_engine, names, statuses
from tests.jobs.recording import RecordingSteps, Running, counted, on_sqlite

ENDING = "held, the end of another"


def mention(key: str) -> Mention:
    intent: Intent = "stop" if key == ENDING else "brief"
    return Mention(key, "T1", "C1", key, key, "U1", intent)


@on_sqlite
async def test_an_interrupted_restart_of_jobs_is_completed_and_cancelled_jobs_stay_cancelled(
    running: Running, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    older = RecordingSteps(hold=asyncio.Event())
    with monkeypatch.context() as other_version:
        other_version.setattr(engine, "VERSION", "older")
        other_version.setattr(queue, "VERSION", "older")
        async with running(older) as jobs:
            for key in ("held cut off", "held stopped", ENDING):
                await jobs.accept(mention(key))
                await older.until("held", key)
    cancel(address, "held cut off", '{"begun_anew": true}')
    cancel(address, ENDING, '{"begun_anew": true}')
    cancel(address, "held stopped", None)
    recorder, before = RecordingSteps(), counted("readout_jobs_begun_anew_total")
    async with running(recorder):
        await recorder.until("post", "held cut off")
        await recorder.until("post", ENDING)
    assert {key for _, key in recorder.calls} == {"held cut off", ENDING}
    assert statuses(address)["held stopped"] == "CANCELLED"
    assert counted("readout_jobs_begun_anew_total") - before == 2


@on_sqlite
async def test_a_queued_job_begins_even_if_the_clock_was_set_back(
    running: Running, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    older = RecordingSteps(hold=asyncio.Event())
    with monkeypatch.context() as other_version:
        other_version.setattr(engine, "VERSION", "older")
        other_version.setattr(queue, "VERSION", "older")
        async with running(older) as jobs:
            await jobs.accept(mention("held"))
            await older.until("held", "held")
    tomorrow = int((time.time() + 86_400) * 1000)
    waits = "UPDATE workflow_status SET status = 'ENQUEUED', updated_at = :tomorrow"
    with jobs_engine(address).begin() as connection:
        connection.execute(sqlalchemy.text(waits), {"tomorrow": tomorrow})
    recorder = RecordingSteps()
    async with running(recorder):
        await recorder.until("post", "held")


@on_sqlite
async def test_workflows_and_steps_keep_their_stored_names(running: Running, address: str) -> None:
    recorder = RecordingSteps()
    async with running(recorder) as jobs:
        await jobs.accept(mention("awaited better"))
        await recorder.until("post_again", "awaited better")
    flow, steps = names(address, "awaited better")
    assert (flow, steps[:3]) == ("serve", ["read", "write", "post"])
    flow, steps = names(address, "awaited better:late")
    assert (flow, steps[0]) == ("late", "catch_up")
    failing = RecordingSteps(failing=frozenset({"read"}))
    async with running(failing) as jobs:
        await jobs.accept(mention("failing"))
        await failing.until("give_up", "failing")
        async with asyncio.timeout(60):  # a step is written down once it is done
            while len(names(address, "failing")[1]) < 2:
                await asyncio.sleep(0.02)
    assert names(address, "failing") == ("serve", ["read", "give_up"])


@on_sqlite
async def test_tables_of_an_earlier_dbos_are_upgraded(running: Running, address: str) -> None:
    earlier = sqlite_migrations[:-20]
    database = jobs_engine(address)
    with database.connect() as connection:
        file = connection.connection.driver_connection
        assert file is not None
        for migration in earlier:
            file.executescript(migration)
        file.executescript(
            "CREATE TABLE dbos_migrations (version INTEGER NOT NULL PRIMARY KEY);"
            f"INSERT INTO dbos_migrations VALUES ({len(earlier)});"
        )
    database.dispose()
    recorder = RecordingSteps()
    async with running(recorder) as jobs:
        await jobs.accept(mention("a"))
        await recorder.until("post", "a")


def cancel(address: str, key: str, attributes: str | None) -> None:
    database = jobs_engine(address)
    with database.begin() as connection:
        connection.execute(
            sqlalchemy.text(
                "UPDATE workflow_status SET status = 'CANCELLED', queue_name = NULL,"
                " attributes = :attributes WHERE workflow_uuid = :key"
            ),
            {"attributes": attributes, "key": key},
        )
    database.dispose()
