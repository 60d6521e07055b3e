"""How are documents stored once, and found again with each mention's labels?"""

import hashlib
import json
from collections.abc import Collection, Sequence
from dataclasses import replace

from sqlalchemy import (
    ColumnElement,
    Table,
    and_,
    delete,
    exists,
    insert,
    or_,
    select,
    tuple_,
    union,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.briefing.documents import Document
from bot.service.ports import Mention
from bot.storage import codec
from bot.storage.retention import Retention, at_least
from bot.storage.tables import (
    documents,
    mentions,
    outcome_documents,
    outcomes,
    postings,
    reading_documents,
    readings,
)

_TABLES = (reading_documents, outcome_documents)
_LONGEST_COMPARED = 2_000
"""SQLite takes no longer patterns than 50,000 bytes; whether it is one text to its end doesn't
matter, as what is looked for are its passages."""


async def store_documents(
    connection: AsyncConnection,
    table: Table,
    mention: Mention,
    carried: tuple[Document, ...],
    retention: Retention,
) -> None:
    """Keep ``carried`` as what the mention's row in ``table``'s holder rests on."""
    owned = retention.owned(mention)
    for position, document in enumerate(carried):
        row = {
            "key": mention.key,
            "position": position,
            "label": document.label,
            "document": await _keep(connection, mention, document, owned),
        }
        await connection.execute(insert(table), {**row, **owned})


async def stored_documents(
    connection: AsyncConnection, table: Table, keys: Collection[str]
) -> dict[str, tuple[Document, ...]]:
    """The documents that `store_documents` kept for each of ``keys``, in the same order."""
    rows = await connection.execute(
        select(table.c.key, table.c.label, documents.c.content)
        .join(documents, documents.c.id == table.c.document)
        .where(table.c.key.in_(keys))
        .order_by(table.c.position)
    )
    found: dict[str, tuple[Document, ...]] = dict.fromkeys(keys, ())
    for key, label, content in rows:
        found[key] += (labelled(content, label),)
    return found


def labelled(content: str, label: str) -> Document:
    """The document in the column ``content``, under ``label``."""
    return replace(codec.documents.validate_json(content), label=label)


async def rested_on(connection: AsyncConnection, keys: Sequence[str]) -> Sequence[str]:
    """The ids of the documents that what is kept for the mentions rests on."""
    own = [select(each.c.document).where(each.c.key.in_(keys)) for each in _TABLES]
    return (await connection.scalars(union(*own))).all()


async def is_one_deleted(
    connection: AsyncConnection, mention: Mention, carried: tuple[Document, ...]
) -> bool:
    """Whether one of the documents that were read for the mention, or in its thread before, was
    deleted since. The others stay locked until the transaction ends, so that a Delete waits.

    A mention for which nothing was read, as none is that carries what others read, has them all.
    """
    has_read = exists().where(readings.c.key == mention.key)
    wanted = {_content(each) for each in carried}
    thread = (mentions.c.team, mentions.c.channel, mentions.c.thread)
    is_said: ColumnElement[bool] = tuple_(*thread).in_(
        [(mention.team, mention.channel, mention.thread)]
    )
    if mention.direct:  # below a reply that was sent directly it is about what was read for that
        answered = (postings.c.place == mention.person, postings.c.ts == mention.thread)
        direct = select(*thread).join(postings, postings.c.key == mentions.c.key).where(*answered)
        is_said = or_(is_said, tuple_(*thread).in_(direct))
    said = select(mentions.c.key).where(is_said)
    read = select(reading_documents.c.document).where(reading_documents.c.key.in_(said))
    row = select(documents.c.content).where(
        documents.c.id.in_(read), documents.c.content.in_(wanted)
    )
    kept = await connection.scalars(row.order_by(documents.c.id).with_for_update())
    return bool(wanted.difference(kept)) and bool(await connection.scalar(select(has_read)))


async def resting_on(
    connection: AsyncConnection, mention: Mention, document: Document
) -> Sequence[str]:
    """The keys of the mentions in the channel of ``mention`` whose replies rest on what has the
    address of ``document``, or else its text."""
    name = "key" if document.key else "text"
    told = json.dumps(getattr(document, name), ensure_ascii=False)[:_LONGEST_COMPARED]
    same = documents.c.content.contains(f'"{name}":{told}', autoescape=True)
    own = (documents.c.person == mention.person,) if mention.direct else ()
    place = (documents.c.team == mention.team, documents.c.channel == mention.channel)
    rows = (
        select(outcome_documents.c.key)
        .distinct()
        .join(documents, documents.c.id == outcome_documents.c.document)
        .where(*place, *own, same)
    )
    resting = (await connection.scalars(rows)).all()
    if document.key is None:
        return resting
    # A digest has its sources, without their texts, among its words.
    there = (outcomes.c.team == mention.team, outcomes.c.channel == mention.channel)
    is_digest = outcomes.c.key.startswith("digest:")
    names_it = outcomes.c.content.contains(f'"{name}":{told}', autoescape=True)
    digests = select(outcomes.c.key).where(*there, is_digest, names_it)
    return [*resting, *(await connection.scalars(digests))]


async def drop_unused(connection: AsyncConnection, among: Sequence[str]) -> None:
    """Delete the documents that nothing rests on any more, of those ``among`` which some may be."""
    used = [exists().where(table.c.document == documents.c.id) for table in _TABLES]
    is_unused = and_(documents.c.id.in_(among), *(~each for each in used))
    if among:
        await connection.execute(delete(documents).where(is_unused))


async def _keep(
    connection: AsyncConnection,
    mention: Mention,
    document: Document,
    owned: dict[str, str | float],
) -> str:
    content = _content(document)
    place = f"{mention.team}:{mention.channel}:{mention.thread}:"
    identity = hashlib.sha256((place + content).encode()).hexdigest()
    same = documents.c.id == identity
    longer = update(documents).where(same).values(expires=at_least(documents.c.expires, owned))
    if (await connection.execute(longer)).rowcount == 0:
        row = {"id": identity, "key": mention.key, "content": content}
        await connection.execute(insert(documents), {**row, **owned})
    return identity


def _content(document: Document) -> str:
    return codec.written(codec.documents, replace(document, label=""))
