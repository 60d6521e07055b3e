"""Stores each document once for its thread, with the labels that it has in each mention."""

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
from bot.storage.retention import Retention, extended_expiry
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
"""Characters; SQLite takes no patterns above 50,000 bytes, and a beginning identifies a text."""


async def store_documents(
    connection: AsyncConnection,
    table: Table,
    mention: Mention,
    carried: tuple[Document, ...],
    retention: Retention,
) -> None:
    """Store ``carried`` as the documents of the mention in ``table``."""
    owned = retention.owner_columns(mention)
    for position, document in enumerate(carried):
        row = {
            "key": mention.key,
            "position": position,
            "label": document.label,
            "document": await _store(connection, mention, document, owned),
        }
        await connection.execute(insert(table), {**row, **owned})


async def load_documents(
    connection: AsyncConnection, table: Table, keys: Collection[str]
) -> dict[str, tuple[Document, ...]]:
    """The documents stored by `store_documents` for each of ``keys``, in order."""
    rows = await connection.execute(
        select(table.c.key, table.c.label, documents.c.content)
        .join(documents, documents.c.id == table.c.document)
        .where(table.c.key.in_(keys))
        .order_by(table.c.position)
    )
    found: dict[str, tuple[Document, ...]] = dict.fromkeys(keys, ())
    for key, label, content in rows:
        found[key] += (load_document(content, label),)
    return found


def load_document(content: str, label: str) -> Document:
    """The document in the column ``content``, under ``label``."""
    return replace(codec.documents.validate_json(content), label=label)


async def document_ids(connection: AsyncConnection, keys: Sequence[str]) -> Sequence[str]:
    """The ids of the documents that were read for the mentions or are in their replies."""
    own = [select(each.c.document).where(each.c.key.in_(keys)) for each in _TABLES]
    return (await connection.scalars(union(*own))).all()


async def is_any_deleted(
    connection: AsyncConnection, mention: Mention, carried: tuple[Document, ...]
) -> bool:
    """Whether one of the documents that were read for the mention, or earlier in its thread, has
    been deleted. The others stay locked until the transaction ends, so that a Delete waits.

    False for a mention for which nothing was read.
    """
    has_read = exists().where(readings.c.key == mention.key)
    wanted = {_content(each) for each in carried}
    thread = (mentions.c.team, mentions.c.channel, mentions.c.thread)
    is_in_that_thread: ColumnElement[bool] = tuple_(*thread).in_(
        [(mention.team, mention.channel, mention.thread)]
    )
    if mention.direct:  # below a reply that was sent directly, it is about that one's documents
        answered = (postings.c.place == mention.person, postings.c.ts == mention.thread)
        direct = select(*thread).join(postings, postings.c.key == mentions.c.key).where(*answered)
        is_in_that_thread = or_(is_in_that_thread, tuple_(*thread).in_(direct))
    in_thread = select(mentions.c.key).where(is_in_that_thread)
    read = select(reading_documents.c.document).where(reading_documents.c.key.in_(in_thread))
    row = select(documents.c.content).where(
        documents.c.id.in_(read), documents.c.content.in_(wanted)
    )
    kept = await connection.scalars(row.order_by(documents.c.id).with_for_update())
    return bool(wanted.difference(kept)) and bool(await connection.scalar(select(has_read)))


async def mentions_resting_on(
    connection: AsyncConnection, mention: Mention, document: Document
) -> Sequence[str]:
    """The keys of the mentions in the channel of ``mention`` whose replies use a document with the
    address of ``document``, or with its text if it has no address."""
    name = "key" if document.key else "text"
    pattern = json.dumps(getattr(document, name), ensure_ascii=False)[:_LONGEST_COMPARED]
    same = documents.c.content.contains(f'"{name}":{pattern}', autoescape=True)
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
    # A digest names its sources in its content.
    channel = (outcomes.c.team == mention.team, outcomes.c.channel == mention.channel)
    is_digest = outcomes.c.key.startswith("digest:")
    names_it = outcomes.c.content.contains(f'"{name}":{pattern}', autoescape=True)
    digests = select(outcomes.c.key).where(*channel, is_digest, names_it)
    return [*resting, *(await connection.scalars(digests))]


async def delete_unused(connection: AsyncConnection, among: Sequence[str]) -> None:
    """Delete those documents ``among`` the ids that nothing uses any more."""
    used = [exists().where(table.c.document == documents.c.id) for table in _TABLES]
    is_unused = and_(documents.c.id.in_(among), *(~each for each in used))
    if among:
        await connection.execute(delete(documents).where(is_unused))


async def _store(
    connection: AsyncConnection,
    mention: Mention,
    document: Document,
    owned: dict[str, str | float],
) -> str:
    content = _content(document)
    # A copy is stored before it has a thread, and does not rest on other copies in its channel.
    place = f"{mention.team}:{mention.channel}:{mention.thread or mention.key}:"
    identity = hashlib.sha256((place + content).encode()).hexdigest()
    same = documents.c.id == identity
    extended = (
        update(documents).where(same).values(expires=extended_expiry(documents.c.expires, owned))
    )
    if (await connection.execute(extended)).rowcount == 0:
        row = {"id": identity, "key": mention.key, "content": content}
        await connection.execute(insert(documents), {**row, **owned})
    return identity


def _content(document: Document) -> str:
    return codec.to_json(codec.documents, replace(document, label=""))
