"""Loads what is known about a thread, for the next question in it."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, and_, exists, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.briefing.catalogue import catalogue
from bot.briefing.documents import Document
from bot.briefing.lines import Answer, Briefing, Unread
from bot.briefing.requests import Turn, Wishes
from bot.service.ports import HIDDEN, Mention, Outcome, ThreadMemory
from bot.storage import codec
from bot.storage.documents import load_document
from bot.storage.tables import (
    documents,
    mentions,
    outcomes,
    postings,
    reading_documents,
    readings,
    threads,
)


class ThreadPlace(NamedTuple):
    """A thread by team, channel and the timestamp of its root."""

    team: str
    channel: str
    thread: str


class _Exchange(NamedTuple):
    mention: Mention
    unread: tuple[Unread, ...]
    outcome: Outcome | None
    is_shown: bool


async def load_thread_memory(
    connection: AsyncConnection, place: ThreadPlace, now: float, before: str
) -> ThreadMemory | None:
    """What is stored about a thread and has not expired at ``now``, except the replies to the
    mention with the key ``before`` and to those after it; None if it has no mention."""
    exchanges = _with_replies_before(before, await _load_exchanges(connection, place, now))
    if not exchanges:
        return None
    pasted = _pasted_since(exchanges)
    unread = dict.fromkeys(u for each in exchanges for u in each.unread if u.source not in pasted)
    shown = [each for each in reversed(exchanges) if each.outcome and each.is_shown]
    briefed = next((each for each in shown if isinstance(each.outcome, Briefing)), None)
    muted = select(threads.c.muted).filter_by(**place._asdict())
    return ThreadMemory(
        documents=await _load_documents(connection, place, now),
        unread=tuple(unread),
        turns=tuple(turn for each in exchanges for turn in _turns(each.outcome)),
        wishes=_wishes_of(briefed) if briefed else Wishes(),
        muted=bool(await connection.scalar(muted)),
        answered=shown[0].mention.key if shown else None,
        briefed=briefed.mention.key if briefed else None,
    )


async def _load_exchanges(
    connection: AsyncConnection, place: ThreadPlace, now: float
) -> list[_Exchange]:
    rows = await connection.execute(
        select(
            mentions.c.content,
            readings.c.unread,
            outcomes.c.kind,
            outcomes.c.content,
            is_shown(mentions.c.key),
        )
        .outerjoin(readings, readings.c.key == mentions.c.key)
        .outerjoin(outcomes, outcomes.c.key == mentions.c.key)
        .where(is_in_thread(place, now))
        .order_by(mentions.c.created, mentions.c.key)
    )
    return [
        _Exchange(
            codec.mentions.validate_json(mention),
            codec.unread.validate_json(unread) if unread else (),
            codec.load_outcome(kind, content, ()) if kind else None,
            bool(shown),
        )
        for mention, unread, kind, content, shown in rows
    ]


def _with_replies_before(key: str, exchanges: list[_Exchange]) -> list[_Exchange]:
    keys = [each.mention.key for each in exchanges]
    at = keys.index(key) if key in keys else len(keys)
    return [*exchanges[:at], *(each._replace(outcome=None) for each in exchanges[at:])]


async def _load_documents(
    connection: AsyncConnection, place: ThreadPlace, now: float
) -> tuple[Document, ...]:
    rows = await connection.execute(
        select(documents.c.content, reading_documents.c.label)
        .join(reading_documents, reading_documents.c.document == documents.c.id)
        .join(mentions, mentions.c.key == reading_documents.c.key)
        .where(is_in_thread(place, now))
        .order_by(mentions.c.created, mentions.c.key, reading_documents.c.position)
    )
    return _distinct_by_text(load_document(content, label) for content, label in rows)


def is_in_thread(place: ThreadPlace, now: float) -> ColumnElement[bool]:
    """Whether a mention is in a thread and has not expired at ``now``."""
    return and_(
        mentions.c.team == place.team,
        mentions.c.channel == place.channel,
        mentions.c.thread == place.thread,
        mentions.c.expires > now,
    )


def is_shown(key: ColumnElement[str]) -> ColumnElement[bool]:
    """Whether the reply to the mention ``key`` isn't hidden by another version."""
    hidden = select(postings.c.key).where(postings.c.key == key, postings.c.part == HIDDEN)
    return ~exists(hidden.correlate_except(postings))


async def select_versions(connection: AsyncConnection, mention: Mention) -> tuple[Mention, ...]:
    """The mentions of all versions of the reply to ``mention``, oldest first."""
    rows = (
        select(mentions.c.content)
        .filter_by(team=mention.team, channel=mention.channel, thread=mention.thread)
        .order_by(mentions.c.created, mentions.c.key)
    )
    said = await select_mentions(connection, rows)
    return tuple(each for each in said if each.first_version == mention.first_version)


async def select_mentions(
    connection: AsyncConnection, contents: Select[str]
) -> tuple[Mention, ...]:
    """The mentions whose contents the statement selects."""
    return tuple(map(codec.mentions.validate_json, await connection.scalars(contents)))


def _distinct_by_text(found: Iterable[Document]) -> tuple[Document, ...]:
    """The documents without repeated texts, in the order of their labels."""
    first: dict[str, Document] = {}
    for document in found:
        first.setdefault(document.text, document)
    return tuple(sorted(first.values(), key=lambda document: (len(document.label), document.label)))


def _turns(outcome: Outcome | None) -> tuple[Turn, ...]:
    """The question and answer of an exchange; empty for a briefing or a notice."""
    if not isinstance(outcome, Answer):
        return ()
    words = " ".join(line.text for line in outcome.lines)
    # The closest passages are not part of the answer.
    silence = catalogue(outcome.language).no_answer(replace(outcome, nearest=()))
    return (Turn(outcome.question, words or silence),)


def _pasted_since(exchanges: Sequence[_Exchange]) -> set[str]:
    """The sources that could not be read at first and whose texts were pasted later, by a mention
    that completes another."""
    unread = {each.mention.key: {u.source for u in each.unread} for each in exchanges}
    return {
        source
        for each in exchanges
        if isinstance(each.outcome, Briefing | Answer)
        for source in unread.get(each.mention.completes or "", set()) - unread[each.mention.key]
    }


def _wishes_of(briefed: _Exchange) -> Wishes:
    wishes = briefed.outcome.wishes if isinstance(briefed.outcome, Briefing) else None
    return wishes or briefed.mention.wishes
