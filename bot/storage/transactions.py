"""How is a transaction run without yielding to the event loop in the middle?

SQLAlchemy's own context manager ends a transaction in a task of its own, several turns of the
loop later. On SQLite's one connection everybody else waits for that: fifty mentions a second
waited 150 ms each for a statement of 2 ms. Here nothing is awaited that has not happened, so on
SQLite a transaction is over before the loop turns.
"""

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

READS = "readout_reads"
"""The execution option of a connection that only reads: it keeps no writer waiting."""


@asynccontextmanager
async def transaction(engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
    """A connection whose work is committed at the end of the block, or undone if it fails."""
    connection = await engine.connect().start()
    try:
        begun = await connection.begin().start()
        try:
            yield connection
        except BaseException:
            await begun.rollback()
            raise
        await begun.commit()
    finally:
        await connection.close()


def snapshot(engine: AsyncEngine) -> AbstractAsyncContextManager[AsyncConnection]:
    """A connection that reads what stands in the database as the block begins."""
    return transaction(engine.execution_options(**{READS: True}))
