"""Is this process the only Readout on its database?

Two would answer every mention twice. The lock goes with the process, however it ends: the
system drops a file's lock, and PostgreSQL that of a closed session.
"""

import fcntl
import os
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.errors import SettingsError

# An arbitrary number that means Readout among the advisory locks of one database.
_ADVISORY = 0x52454144


@dataclass(frozen=True)
class DatabaseLock:
    """Our hold on a database, until `release` or the end of the process."""

    release: Callable[[], Awaitable[None]]


def lock_file(database: Path) -> DatabaseLock:
    """The lock of a SQLite database, as a file beside it.

    Raises:
        SettingsError: another process holds it.
    """
    beside = database.with_name(f"{database.name}.lock")
    descriptor = os.open(beside, os.O_CREAT | os.O_RDWR, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        os.close(descriptor)
        raise _taken() from error

    async def release() -> None:
        os.close(descriptor)

    return DatabaseLock(release)


async def lock_server(engine: AsyncEngine) -> DatabaseLock:
    """The lock of a PostgreSQL database, held by a session of its own, until the server restarts.

    Waits two seconds for it: the server may take a moment to see that a process has died.

    Raises:
        SettingsError: another process holds it.
    """
    session = await engine.connect()
    await session.execution_options(isolation_level="AUTOCOMMIT")
    await session.execute(text("SET lock_timeout = '2s'"))
    try:
        await session.execute(text(f"SELECT pg_advisory_lock({_ADVISORY})"))
    except OperationalError as error:
        await session.invalidate()
        raise _taken() from error

    async def release() -> None:
        # Closed for good: back in the pool, the session would keep the lock.
        await session.invalidate()

    return DatabaseLock(release)


def _taken() -> SettingsError:
    return SettingsError(
        "Another Readout already serves this database. Stop it, or give this one a database of "
        "its own with READOUT_DATABASE_URL."
    )
