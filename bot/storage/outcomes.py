"""How is a reply stored with the documents it quotes, and who is waiting for one?"""

from sqlalchemy import ColumnElement, delete, func, insert, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.briefing.lines import Briefing
from bot.ports import LONGEST_AWAITED, Mention, Outcome, is_awaited
from bot.storage import codec
from bot.storage.conversation import Place, said_in
from bot.storage.finding import make_findable
from bot.storage.ownership import Retention
from bot.storage.shelves import shelve, shelved
from bot.storage.tables import documents, mentions, outcome_documents, outcomes


async def outcome_of(connection: AsyncConnection, key: str) -> Outcome | None:
    """The reply to a mention, its documents included."""
    row = select(outcomes.c.kind, outcomes.c.content).where(outcomes.c.key == key)
    found = (await connection.execute(row)).one_or_none()
    if found is None:
        return None
    carried = await shelved(connection, outcome_documents, key)
    return codec.outcome_read(found.kind, found.content, carried)


async def put_outcome(
    connection: AsyncConnection, mention: Mention, outcome: Outcome, retention: Retention
) -> None:
    """Keep ``outcome`` as the reply to ``mention``, in place of what was there."""
    kind, content = codec.outcome_written(outcome)
    made_from = outcome.made_from if isinstance(outcome, Briefing) else None
    row = {"key": mention.key, "kind": kind, "content": content, "made_from": made_from}
    await connection.execute(delete(outcomes).where(outcomes.c.key == mention.key))
    await connection.execute(insert(outcomes).values(**row, **retention.owned(mention)))
    carried = codec.outcome_documents(outcome)
    await shelve(connection, outcome_documents, mention, carried, retention)
    await make_findable(connection, mention, outcome, retention)


async def unfinished(
    connection: AsyncConnection, asked: tuple[ColumnElement[bool], ...], now: float
) -> tuple[Mention, ...]:
    """Of the mentions that are ``asked`` for, those without a reply, or with one that is still
    to be replaced."""
    is_open = or_(outcomes.c.key.is_(None), outcomes.c.created > now - LONGEST_AWAITED)
    rows = await connection.execute(
        select(mentions.c.content, outcomes.c.kind, outcomes.c.content)
        .outerjoin(outcomes, outcomes.c.key == mentions.c.key)
        .where(*asked, mentions.c.expires > now, is_open)
        .order_by(mentions.c.created, mentions.c.key)
    )
    return tuple(
        codec.mentions.validate_json(mention)
        for mention, kind, content in rows
        if kind is None or is_awaited(codec.outcome_read(kind, content, ()))
    )


async def next_in_thread(connection: AsyncConnection, place: Place, now: float) -> Mention | None:
    """Of those in a thread that take turns and have no reply the one that was said first."""
    rows = await connection.execute(
        select(mentions.c.content, mentions.c.created)
        .outerjoin(outcomes, outcomes.c.key == mentions.c.key)
        .where(*said_in(place, now), outcomes.c.key.is_(None))
    )
    waiting = [(codec.mentions.validate_json(content), created) for content, created in rows]
    taking_turns = [
        (_said(mention, created), mention.key, mention)
        for mention, created in waiting
        if not mention.is_about_others
    ]
    return min(taking_turns)[2] if taking_turns else None


def _said(mention: Mention, recorded: float) -> float:
    """When it was asked, in seconds since 1970: Slack stamps a message alone."""
    return float(mention.message) if mention.is_a_message else recorded


async def waiting_before(connection: AsyncConnection, mention: Mention) -> int:
    """How many of the same person's requests in the team have no reply and were recorded before."""
    recorded = select(mentions.c.created).where(mentions.c.key == mention.key).scalar_subquery()
    rows = (
        select(func.count())
        .select_from(mentions)
        .outerjoin(outcomes, outcomes.c.key == mentions.c.key)
        .where(
            mentions.c.team == mention.team,
            mentions.c.person == mention.person,
            mentions.c.created < recorded,
            outcomes.c.key.is_(None),
        )
    )
    return await connection.scalar(rows) or 0


async def arisen_from(
    connection: AsyncConnection, place: Place, message: str
) -> tuple[Mention, ...]:
    """The mentions by a message of a thread, and those whose replies quote what they brought."""
    in_place = (
        mentions.c.team == place.team,
        mentions.c.channel == place.channel,
        mentions.c.thread == place.thread,
    )
    quoted = (
        select(documents.c.key, outcome_documents.c.key)
        .join(outcome_documents, outcome_documents.c.document == documents.c.id)
        .where(documents.c.key.in_(select(mentions.c.key).where(*in_place)))
    )
    bringers: dict[str, set[str]] = {}
    for bringer, quoter in await connection.execute(quoted):
        bringers.setdefault(quoter, set()).add(bringer)
    rows = select(mentions.c.content).where(*in_place).order_by(mentions.c.created)
    said = [codec.mentions.validate_json(row) for row in await connection.scalars(rows)]
    own = {mention.key for mention in said if mention.message == message}
    return tuple(m for m in said if m.key in own or bringers.get(m.key, set()) & own)
