"""How many calls of Slack have all workers together made lately?"""

import asyncio
import logging
import time
from dataclasses import dataclass, field

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.service.ports import Allowance, Budget, CallBudgets
from bot.storage.database import statement

# Slack counts what all workers call. So on a server each budget is a row, a bucket that leaks: a
# call is counted before it is made, in one statement. Where there is much room, a worker has some
# calls more counted ahead, which it makes without asking, or not at all. A budget that nobody used
# for an hour is deleted; the table is not logged, since after a crash of the server all is empty.

_COUNT = text("""
    INSERT INTO call_budgets AS kept (method, place, taken, at)
    VALUES (:method, :place, :calls, extract(epoch FROM statement_timestamp()))
    ON CONFLICT (method, place) DO UPDATE
    SET taken = greatest(0, kept.taken - :rate * greatest(0, excluded.at - kept.at)) + :calls,
        at = excluded.at
    WHERE greatest(0, kept.taken - :rate * greatest(0, excluded.at - kept.at)) + :calls <= :most
    RETURNING taken
""")
_FORGET = text("DELETE FROM call_budgets WHERE at < :long_ago")
_AHEAD = 1 / 8
"""The share of the room that is counted ahead."""
_AHEAD_SECONDS = 10.0
"""What was not called by then is asked for anew."""
_KEPT_SECONDS = 3_600.0
_MOST_HELD = 1_000

_log = logging.getLogger(__name__)


@dataclass
class _Held:
    """The ``calls`` that were counted ahead, and may be made until then; the ``room`` there was."""

    room: float
    calls: int = 0
    until: float = 0.0
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)


class DatabaseCallBudgets:
    """The budgets (`ports.CallBudgets`) of all workers on a server."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._held: dict[Budget, _Held] = {}

    async def room(self, budget: Budget, allowance: Allowance) -> float:
        held = self._of(budget, allowance)
        async with held.turn:
            await self._hold(held, budget, allowance)
            return held.calls + held.room

    async def is_taken(self, budget: Budget, allowance: Allowance) -> bool:
        held = self._of(budget, allowance)
        async with held.turn:
            await self._hold(held, budget, allowance)
            if is_taken := held.calls > 0:
                held.calls -= 1
            return is_taken

    def _of(self, budget: Budget, allowance: Allowance) -> _Held:
        if len(self._held) >= _MOST_HELD:
            now = time.monotonic()
            self._held = {
                b: held for b, held in self._held.items() if held.until > now or held.turn.locked()
            }
        return self._held.setdefault(budget, _Held(allowance.most))

    async def _hold(self, held: _Held, budget: Budget, allowance: Allowance) -> None:
        """Have a call counted, unless one is; none where there is no room."""
        if held.calls and time.monotonic() < held.until:
            return
        held.calls, more = 0, int(held.room * _AHEAD)
        for calls in dict.fromkeys((1 + more, 1)):
            if (taken := await self._counted(budget, allowance, calls)) is not None:
                held.calls, held.room = calls, allowance.most - taken
                held.until = time.monotonic() + _AHEAD_SECONDS
                return
        held.room = 0.0

    async def _counted(self, budget: Budget, allowance: Allowance, calls: int) -> float | None:
        """What is taken of the budget with these ``calls``; None where that would be too much."""
        method, place = budget
        row = {
            "method": method,
            "place": place,
            "calls": calls,
            "rate": allowance.most / allowance.seconds,
            "most": allowance.most,
        }
        try:
            async with statement(self._engine) as connection:
                taken: float | None = await connection.scalar(_COUNT, row)
        except SQLAlchemyError:
            # What Slack refuses is made again; what we refuse never reaches anybody.
            _log.warning("could not count a call of Slack", exc_info=True)
            return allowance.most
        return taken


def budgets_of_all(engine: AsyncEngine) -> CallBudgets | None:
    """The budgets of all workers on the database; None on SQLite, where there is one worker."""
    return None if engine.dialect.name == "sqlite" else DatabaseCallBudgets(engine)


async def forget_budgets(connection: AsyncConnection, now: float) -> None:
    """Delete those that nobody used lately."""
    if connection.dialect.name != "sqlite":
        await connection.execute(_FORGET, {"long_ago": now - _KEPT_SECONDS})
