"""The jobs as they stand in the database."""

from pathlib import Path

import sqlalchemy

from bot.jobs.engine import sqlite_module


def statuses(address: str) -> dict[str, str]:
    """The jobs on disk, by name: whether they are done."""
    if address.startswith("sqlite"):
        engine, schema = jobs_engine(address), ""
    else:
        url = sqlalchemy.make_url(address).set(drivername="postgresql+psycopg")
        engine, schema = sqlalchemy.create_engine(url), "dbos."
    with engine.begin() as connection:
        rows = connection.execute(
            sqlalchemy.text(f"SELECT workflow_uuid, status FROM {schema}workflow_status")
        ).all()
    engine.dispose()
    return {row.workflow_uuid: row.status for row in rows}


def jobs_engine(address: str) -> sqlalchemy.Engine:
    file = Path(address.removeprefix("sqlite:///")).with_suffix(".jobs.sqlite")
    return sqlalchemy.create_engine(f"sqlite:///{file}", module=sqlite_module())
