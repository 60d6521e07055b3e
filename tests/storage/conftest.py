"""The archive and the postings in memory and on each kind of database."""

from collections.abc import AsyncIterator

import pytest

from bot.storage.archive import DatabaseArchive, DatabasePostings
from bot.storage.database import open_database
from bot.storage.retention import Retention
from tests.fakes import Clock, MemoryArchive
from tests.storage.stores import Stores


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
async def stores(request: pytest.FixtureRequest) -> AsyncIterator[Stores]:
    clock = Clock(1_000_000.0, tick=0.001)
    if request.param == "memory":
        fake = MemoryArchive(30, clock)
        yield Stores(fake, fake, clock)
        return
    database = await open_database(request.getfixturevalue(request.param))
    retention = Retention(30, clock)
    archive = DatabaseArchive(database.engine, retention)
    yield Stores(archive, DatabasePostings(database.engine, retention), clock)
    await database.close()
