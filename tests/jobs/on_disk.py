"""The jobs as stored in the database."""

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import sqlalchemy

from bot.jobs.engine import sqlite_module
from tests.jobs.recording import SECONDS


def statuses(address: str) -> dict[str, str]:
    """The status of each stored job, by name."""
    rows = _rows(address, "SELECT workflow_uuid, status FROM {schema}workflow_status")
    return {row.workflow_uuid: row.status for row in rows}


async def until_status(address: str, key: str, status: str) -> None:
    """Return once the job has that status."""
    async with asyncio.timeout(SECONDS):
        while statuses(address).get(key) != status:
            await asyncio.sleep(0.02)


def leave_after_crashes(file: str, key: str) -> None:
    """Give the job the status of one that dbos starts no more, after too many crashes."""
    engine = jobs_engine(file)
    with engine.begin() as connection:
        connection.execute(
            sqlalchemy.text(
                "UPDATE workflow_status SET status = :status WHERE workflow_uuid = :key"
            ),
            {"status": "MAX_RECOVERY_ATTEMPTS_EXCEEDED", "key": key},
        )
    engine.dispose()


def names(address: str, key: str) -> tuple[str, list[str]]:
    """The stored names of a job's workflow and of its steps, in order."""
    of_the_job = f"WHERE workflow_uuid = '{key}'"
    [flow] = _rows(address, f"SELECT name FROM {{schema}}workflow_status {of_the_job}")
    steps = _rows(
        address,
        f"SELECT function_name FROM {{schema}}operation_outputs {of_the_job} ORDER BY function_id",
    )
    return flow.name, [step.function_name for step in steps]


def _rows(address: str, query: str) -> Sequence[sqlalchemy.Row[Any]]:
    if address.startswith("sqlite"):
        engine, schema = jobs_engine(address), ""
    else:
        url = sqlalchemy.make_url(address).set(drivername="postgresql+psycopg")
        engine, schema = sqlalchemy.create_engine(url), "dbos."
    with engine.begin() as connection:
        rows = connection.execute(sqlalchemy.text(query.format(schema=schema))).all()
    engine.dispose()
    return rows


def jobs_engine(address: str) -> sqlalchemy.Engine:
    file = Path(address.removeprefix("sqlite:///")).with_suffix(".jobs.sqlite")
    return sqlalchemy.create_engine(f"sqlite:///{file}", module=sqlite_module())
