"""How is SQLite asked without a thread for every step?

aiosqlite hands each step of a statement to its thread, four or five for one SELECT. SQLite has
answered long before the thread is woken, and each hand-over waits for the interpreter: under
load that was most of what a mention cost. This connection takes its steps where they are called,
the commit included: half a millisecond on a local disk, which is where a SQLite file belongs. It
may wait for the one other process that writes to the file, whose transactions are as short.
"""

import sqlite3
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import ParamSpec, TypeVar

import aiosqlite

Given = ParamSpec("Given")
Result = TypeVar("Result")

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
        return fn(*args, **kwargs)


async def connected(path: Path) -> InPlaceConnection:
    """A connection to the file at ``path``."""
    connect = partial(sqlite3.connect, path, check_same_thread=False)
    connection = InPlaceConnection(connect, _ROWS_AT_ONCE)
    await connection
    return connection
