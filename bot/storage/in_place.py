"""How is SQLite queried without a thread for every step?

aiosqlite hands each step of a statement to its thread, four or five for one SELECT. SQLite has
answered long before the thread is woken, and each hand-over waits for the interpreter: under
load that was most of what a mention cost. This connection takes its steps where they are called,
the commit included: half a millisecond on a local disk, which is where a SQLite file belongs.

Only waiting for another process that is writing to the file yields to the event loop: SQLite itself
would block it for as long as that takes.
"""

import asyncio
import sqlite3
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import ParamSpec, TypeVar

import aiosqlite

Given = ParamSpec("Given")
Result = TypeVar("Result")

_LONGEST_WAIT = 30.0
_SECONDS_BETWEEN_TRIES = 0.005

# As `aiosqlite.connect` has it; rows are always fetched whole here.
_ROWS_AT_ONCE = 64


class InPlaceConnection(aiosqlite.Connection):
    """For one task at a time, as the pool lends it."""

    async def _execute(
        self, fn: Callable[Given, Result], *args: Given.args, **kwargs: Given.kwargs
    ) -> Result:
        if fn == self._conn.close:
            result: Result = await super()._execute(fn, *args, **kwargs)  # type: ignore[no-untyped-call]
            return result
        until = time.monotonic() + _LONGEST_WAIT
        while True:
            try:
                return fn(*args, **kwargs)
            except sqlite3.OperationalError as error:
                # What found the file locked has changed nothing, and may be done once more.
                is_locked = error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY
                if not is_locked or time.monotonic() > until:
                    raise
            await asyncio.sleep(_SECONDS_BETWEEN_TRIES)


async def connected(path: Path) -> InPlaceConnection:
    """A connection to the file at ``path``."""
    connect = partial(sqlite3.connect, path, check_same_thread=False, timeout=0)
    connection = InPlaceConnection(connect, _ROWS_AT_ONCE)
    await connection
    return connection
