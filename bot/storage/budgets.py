"""Counts the calls to Slack of all workers together."""

import asyncio
import logging
import time
from dataclasses import dataclass, field

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.service.ports import Allowance, Budget, CallBudgets
from bot.storage.database import statement

# Slack counts the calls of all workers. So on a server each budget is a row, a leaky bucket: a call
# is counted before it is made, in one statement. If there is much room, a worker reserves some
# extra calls, which it then makes without asking. A budget that nobody used for an hour is deleted;
# the table is unlogged: after a crash of the server all budgets may be empty.

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
_RESERVED_SHARE = 1 / 8
"""The share of the room that a worker reserves."""
_RESERVED_SECONDS = 10.0
"""How long a reservation lasts."""
_KEPT_SECONDS = 3_600.0
_MOST_RESERVATIONS = 1_000

_log = logging.getLogger(__name__)


@dataclass
class _Reservation:
    """``calls`` that are counted and may be made ``until`` that time (monotonic seconds), and the
    ``room`` that was left."""

    room: float
    calls: int = 0
    until: float = 0.0
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)


class DatabaseCallBudgets:
    """The call budgets (`ports.CallBudgets`) of all workers on a server."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._reservations: dict[Budget, _Reservation] = {}

    async def room(self, budget: Budget, allowance: Allowance) -> float:
        reservation = self._reservation(budget, allowance)
        async with reservation.lock:
            await self._reserve(reservation, budget, allowance)
            return reservation.calls + reservation.room

    async def is_taken(self, budget: Budget, allowance: Allowance) -> bool:
        reservation = self._reservation(budget, allowance)
        async with reservation.lock:
            await self._reserve(reservation, budget, allowance)
            if is_taken := reservation.calls > 0:
                reservation.calls -= 1
            return is_taken

    def _reservation(self, budget: Budget, allowance: Allowance) -> _Reservation:
        if len(self._reservations) >= _MOST_RESERVATIONS:
            now = time.monotonic()
            self._reservations = {
                b: reservation
                for b, reservation in self._reservations.items()
                if reservation.until > now or reservation.lock.locked()
            }
        return self._reservations.setdefault(budget, _Reservation(allowance.most))

    async def _reserve(
        self, reservation: _Reservation, budget: Budget, allowance: Allowance
    ) -> None:
        """Reserve calls unless there are some; none if there is no room."""
        if reservation.calls and time.monotonic() < reservation.until:
            return
        reservation.calls, more = 0, int(reservation.room * _RESERVED_SHARE)
        for calls in dict.fromkeys((1 + more, 1)):
            if (taken := await self._count(budget, allowance, calls)) is not None:
                reservation.calls, reservation.room = calls, allowance.most - taken
                reservation.until = time.monotonic() + _RESERVED_SECONDS
                return
        reservation.room = 0.0

    async def _count(self, budget: Budget, allowance: Allowance, calls: int) -> float | None:
        """Count ``calls``; returns how much of the budget is used then, None if that is too
        much."""
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
            # Make the call: if Slack refuses it, it is repeated, while one refused here is lost.
            _log.warning("could not count a call of Slack", exc_info=True)
            return allowance.most
        return taken


def shared_budgets(engine: AsyncEngine) -> CallBudgets | None:
    """The budgets of all workers on the database; None on SQLite, which has only one worker."""
    return None if engine.dialect.name == "sqlite" else DatabaseCallBudgets(engine)


async def delete_idle_budgets(connection: AsyncConnection, now: float) -> None:
    """Delete budgets that nobody used lately."""
    if connection.dialect.name != "sqlite":
        await connection.execute(_FORGET, {"long_ago": now - _KEPT_SECONDS})
