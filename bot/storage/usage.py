"""Records the usage of models, and adds it up by day, team, model and role."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path

from sqlalchemy import (
    Row,
    bindparam,
    case,
    delete,
    func,
    insert,
    literal,
    make_url,
    select,
    true,
    update,
)
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.briefing.tasks import Usage
from bot.service.errors import SettingsError
from bot.service.ports import Attempt, Mention, Role, Spent, Taken
from bot.storage.database import engine_for, snapshot, statement
from bot.storage.retention import Retention
from bot.storage.tables import attempts, mentions

# Who asked is known as long as the mention is stored. When that is deleted or expires, the figures
# stay without key, channel and person.

_KEPT_DAYS = 400  # so that a month can be compared with the same month of the year before
_NO_FIGURES = (
    "The database at READOUT_DATABASE_URL has no usage figures. `readout serve` creates the "
    "tables for them; `readout doctor` says whether the database can be reached."
)
_UNNAMED = {"key": None, "channel": "", "person": ""}

# Built once, since it runs about five times for each mention. Like `is_kept`, it makes a Delete
# wait, which then removes the names again.
_ASKER = (
    select(mentions.c.key, mentions.c.channel, mentions.c.person)
    .where(mentions.c.key == bindparam("asked"))
    .with_for_update()
    .subquery()
)
_NAMES = {
    "key": _ASKER.c.key,
    "channel": func.coalesce(_ASKER.c.channel, ""),
    "person": func.coalesce(_ASKER.c.person, ""),
}
_FIGURES = [column for column in attempts.c if column.name not in {"id", *_NAMES}]
_INSERT = insert(attempts).from_select(
    [*_NAMES, *(column.name for column in _FIGURES)],
    select(
        *_NAMES.values(),
        *(bindparam(f"figure_{column.name}", type_=column.type) for column in _FIGURES),
    ).select_from(select(literal(1)).subquery().outerjoin(_ASKER, true())),
)


class DatabaseLedger:
    """The ledger (`ports.Ledger`) in the database."""

    def __init__(self, engine: AsyncEngine, retention: Retention) -> None:
        self._engine = engine
        self._retention = Retention(_KEPT_DAYS, retention.clock)

    async def enter(self, mention: Mention, attempt: Attempt) -> None:
        row = {
            # The figures stay even if the mention is stored for an hour only.
            **self._retention.owner_columns(replace(mention, fleeting=False)),
            "created": self._retention.clock() - attempt.ago,
            "kind": attempt.kind,
            "model": attempt.model,
            "tokens_in": attempt.usage.tokens_in,
            "tokens_out": attempt.usage.tokens_out,
            "estimated": attempt.usage.estimated,
            "cost_usd": attempt.usage.cost_usd,
            "seconds": attempt.seconds,
            "failed": attempt.failed,
        }
        figures = {f"figure_{column.name}": row[column.name] for column in _FIGURES}
        async with statement(self._engine) as connection:
            await connection.execute(_INSERT, {**figures, "asked": mention.key})

    async def taken(self, mention: Mention, since: float) -> Taken:
        tokens = attempts.c.tokens_in + attempts.c.tokens_out
        own = case((attempts.c.person == mention.person, tokens), else_=0)
        row = select(func.coalesce(func.sum(own), 0), func.coalesce(func.sum(tokens), 0)).where(
            attempts.c.team == mention.team, attempts.c.created >= since
        )
        async with snapshot(self._engine) as connection:
            person, team = (await connection.execute(row)).one()
        return Taken(int(person), int(team))


async def usage_since(address: str, since: float) -> tuple[Spent, ...]:
    """The usage since ``since`` (seconds since 1970), by day in UTC, team, model and role, from the
    database at ``address``.

    Raises:
        SettingsError: the database can't be read, or has no usage figures yet.
    """
    if _is_missing_file(address):
        raise SettingsError(_NO_FIGURES)
    engine = engine_for(address)
    rows = select(attempts).where(attempts.c.created >= since)
    try:
        async with snapshot(engine) as connection:
            found = (await connection.execute(rows)).all()
    except SQLAlchemyError as error:
        raise SettingsError(_NO_FIGURES) from error
    finally:
        await engine.dispose()
    grouped = groupby(sorted(found, key=_group), key=_group)
    return tuple(_sum(*group, rows) for group, rows in grouped)


async def remove_names(connection: AsyncConnection, keys: Sequence[str]) -> None:
    """Remove from the figures of mentions that are being deleted who asked, and where."""
    own = attempts.c.key.in_(keys)
    await connection.execute(update(attempts).where(own).values(_UNNAMED))


async def delete_expired_usage(connection: AsyncConnection, now: float, most: int) -> None:
    """Delete ``most`` of the figures that have expired at ``now``."""
    old = select(attempts.c.id).where(attempts.c.expires <= now).limit(most)
    await connection.execute(delete(attempts).where(attempts.c.id.in_(old)))


def _is_missing_file(address: str) -> bool:
    """Whether the database is a file that doesn't exist, which opening it would create."""
    url = make_url(address)
    return url.get_backend_name() == "sqlite" and not Path(url.database or "").exists()


def _group(row: Row[tuple[object, ...]]) -> tuple[str, str, str, bool]:
    day = datetime.fromtimestamp(row.created, UTC).date().isoformat()
    return (day, row.team, row.model, row.kind == "judge")


def _sum(
    day: str, team: str, model: str, is_judge: bool, rows: Iterable[Row[tuple[object, ...]]]
) -> Spent:
    usage, requests, failed, seconds = Usage(0, 0), 0, 0, 0.0
    for row in rows:
        usage = usage.plus(Usage(row.tokens_in, row.tokens_out, row.estimated, row.cost_usd))
        requests += 1
        failed += row.failed
        seconds += row.seconds
    role: Role = "judge" if is_judge else "writer"
    return Spent(day, team, model, role, requests, failed, usage, round(seconds, 3))
