"""How much does a team ask for, and what does it cost?"""

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.briefing.tasks import Usage
from bot.home import AskedIn, TeamFigures
from bot.storage.ownership import Clock
from bot.storage.tables import attempts, outcomes
from bot.storage.transactions import snapshot

_DIRECT = "D"  # what the ids of direct messages begin with


class DatabaseFigures:
    """The figures of a team (`home.Figures`) in the database."""

    def __init__(self, engine: AsyncEngine, clock: Clock) -> None:
        self._engine = engine
        self._clock = clock

    async def of(self, team: str, since: float) -> TeamFigures:
        async with snapshot(self._engine) as connection:
            asked = await self._asked(connection, team, since)
            requests, usage = await _taken(connection, team, since)
        direct = sum(a.briefings + a.answers for a in asked if a.channel.startswith(_DIRECT))
        channels = tuple(each for each in asked if not each.channel.startswith(_DIRECT))
        return TeamFigures(channels, direct, requests, usage)

    async def _asked(
        self, connection: AsyncConnection, team: str, since: float
    ) -> tuple[AskedIn, ...]:
        kinds = ("briefing", "answer")
        rows = (
            select(outcomes.c.channel, *(_count(outcomes.c.kind == kind) for kind in kinds))
            .where(
                outcomes.c.team == team,
                outcomes.c.created >= since,
                outcomes.c.expires > self._clock(),
                outcomes.c.kind.in_(kinds),
            )
            .group_by(outcomes.c.channel)
            .order_by(func.count().desc(), outcomes.c.channel)
        )
        return tuple(AskedIn(*row) for row in await connection.execute(rows))


async def _taken(connection: AsyncConnection, team: str, since: float) -> tuple[int, Usage]:
    """The requests to models and what they took; a cost only where each one's is known."""
    used = attempts.c.tokens_in + attempts.c.tokens_out > 0
    row = select(
        func.count(),
        func.coalesce(func.sum(attempts.c.tokens_in), 0),
        func.coalesce(func.sum(attempts.c.tokens_out), 0),
        _count(attempts.c.estimated.is_(True) & used),
        func.sum(attempts.c.cost_usd),
        _count(attempts.c.cost_usd.is_(None) & used),
    ).where(attempts.c.team == team, attempts.c.created >= since)
    found = (await connection.execute(row)).one()
    requests, tokens_in, tokens_out, estimated, cost, unpriced = found
    return requests, Usage(
        int(tokens_in),
        int(tokens_out),
        estimated=bool(estimated),
        cost_usd=None if unpriced or cost is None else float(cost),
    )


def _count(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)
