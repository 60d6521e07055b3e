"""Finds replies by their words.

It uses the full-text index of each database: FTS5 on SQLite, a tsvector on PostgreSQL. Our own code
folds and splits the words of replies and queries, so that both databases find the same.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import chain
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Row,
    Select,
    bindparam,
    cast,
    column,
    exists,
    func,
    insert,
    literal_column,
    or_,
    select,
    table,
    text,
)
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
from sqlalchemy.types import UserDefinedType

from bot.briefing.edits import parts_of
from bot.briefing.lines import Answer, Briefing, EarlierReply
from bot.briefing.text import folded_words
from bot.service.ports import Found, Mention, Outcome
from bot.storage import codec
from bot.storage.conversation import is_shown
from bot.storage.database import snapshot, transaction
from bot.storage.retention import FLEETING_SECONDS, Clock, Retention
from bot.storage.tables import findings, mentions, outcomes, postings

_LONGEST = 300
_COMPARED = 200
"""The number of latest briefings that are compared; older ones are found by rare words."""
_FEW = 0.1
_MOST_WORDS = 6

_MERGE = text("INSERT INTO findings_words(findings_words, rank) VALUES ('merge', :pages)")
_CHANGES = text("SELECT total_changes()")
_PAGES = 200
_CHANGES_OF_A_MERGE = 2
"""At least, unless there was nothing to do."""


class _TsQuery(UserDefinedType[str]):
    """SQLAlchemy's own would import its whole PostgreSQL dialect: 2 MB, of no use on SQLite."""

    cache_ok = True

    def get_col_spec(self, **_kw: object) -> str:
        return "TSQUERY"


def _search_conditions(query: str, dialect: str) -> tuple[ColumnElement[bool], ...]:
    """Conditions for replies with the words of ``query``: the index finds the words, and phrases
    are compared as text, since PostgreSQL's index has no positions of words."""
    phrases = [phrase for each in query.split() if (phrase := folded_words(each))]
    words = tuple(word for phrase in phrases for word in phrase)
    if not words:
        return ()
    text_of: ColumnElement[str] = literal_column("' '") + findings.c.words
    together = (text_of.contains(" " + " ".join(each)) for each in phrases if each[1:])
    return findings.c.id.in_(_matching(words, dialect, every=True)), *together


def _matching(words: Iterable[str], dialect: str, *, every: bool) -> Select[int]:
    """The ids of the replies with words that begin with ``words``: with every one, or with any."""
    if dialect == "sqlite":  # https://www.sqlite.org/fts5.html#fts5_prefix_queries
        wanted = (" AND " if every else " OR ").join(f'"{word}"*' for word in words)
        matching = text("findings_words MATCH :wanted")
        asked = matching.bindparams(bindparam("wanted", wanted, unique=True))
        return select(column("rowid", Integer)).select_from(table("findings_words")).where(asked)
    # The text is already split into words, so PostgreSQL needs no parser.
    wanted = (" & " if every else " | ").join(f"'{word}':*" for word in words)
    vector = func.array_to_tsvector(func.string_to_array(findings.c.words, literal_column("' '")))
    has = vector.op("@@", is_comparison=True)(cast(wanted, _TsQuery))
    return select(findings.c.id).where(has)


class DatabaseSearch:
    """Finds replies (`ports.Search`) in the database."""

    def __init__(self, engine: AsyncEngine, clock: Clock) -> None:
        self._engine = engine
        self._clock = clock

    async def found(
        self, team: str, person: str, channels: Iterable[str], words: str, limit: int
    ) -> tuple[Found, ...]:
        own = or_(findings.c.person == person, findings.c.channel.in_(list(channels)))
        alive = findings.c.expires > self._clock()
        has_words = _search_conditions(words, self._engine.dialect.name)
        rows = (
            select(findings, mentions.c.thread, mentions.c.content)
            .join(mentions, mentions.c.key == findings.c.key)
            .where(findings.c.team == team, own, alive, is_shown(findings.c.key), *has_words)
            .order_by(findings.c.created.desc(), findings.c.key)
            .limit(limit)
        )
        async with snapshot(self._engine) as connection:
            found = (await connection.execute(rows)).all()
            earlier = await _earlier_keys(connection, [row.key for row in found])
        return tuple(
            Found(
                key=row.key,
                channel=row.channel,
                thread=row.thread,
                permalink=codec.mentions.validate_json(row.content).permalink,
                kind=row.kind,
                title=row.title,
                opening=row.opening,
                at=row.created,
                earlier=earlier.get(row.key, ()),
            )
            for row in found
        )


async def _earlier_keys(
    connection: AsyncConnection, keys: Sequence[str]
) -> dict[str, tuple[str, ...]]:
    """For each reply that says what is new since earlier ones, the keys of these."""
    has_since = outcomes.c.content.contains('"since":{"replies":[')
    rows = select(outcomes.c.key, outcomes.c.content).where(
        outcomes.c.key.in_(keys), outcomes.c.kind == "briefing", has_since
    )
    earlier = {}
    for key, content in (await connection.execute(rows)).all():
        briefing = codec.load_outcome("briefing", content, ())
        if isinstance(briefing, Briefing) and briefing.since:
            earlier[key] = tuple(each.key for each in briefing.since.replies)
    return earlier


async def find_earlier_briefings(
    connection: AsyncConnection, mention: Mention, words: Sequence[str], now: float, most: int
) -> tuple[EarlierReply, ...]:
    """The briefings shown in the channel of ``mention`` that have at least two of ``words`` (folded
    beginnings of words): the ``most`` with the most words, the latest first. In a direct message
    only those of the same person; none that is stored for an hour only."""
    if mention.fleeting or len(words) < 2:
        return ()
    own = (findings.c.person == mention.person,) if mention.direct else ()
    briefings = (
        select(findings.c.key, findings.c.words)
        .where(
            findings.c.team == mention.team,
            findings.c.channel == mention.channel,
            findings.c.kind == "briefing",
            findings.c.key != mention.key,
            findings.c.expires > now,
            findings.c.expires > findings.c.created + FLEETING_SECONDS,
            *own,
        )
        .order_by(findings.c.created.desc(), findings.c.key)
    )
    latest = (await connection.execute(briefings.limit(_COMPARED))).all()
    matches = {row.key: _words_in(words, row.words) for row in latest}
    if len(latest) == _COMPARED and (rare := _rare(words, matches.values())):
        ids = _matching(rare, connection.dialect.name, every=False)
        older = briefings.where(findings.c.id.in_(ids)).limit(_COMPARED)
        matches |= {row.key: _words_in(words, row.words) for row in await connection.execute(older)}
    likely = [key for key, words_had in matches.items() if len(words_had) > 1]
    shown = await _select_shown(connection, likely)
    best = sorted(shown, key=lambda row: len(matches[row.key]), reverse=True)[:most]
    return tuple(
        EarlierReply(row.key, row.thread, _day(row.asked), row.title)
        for row in sorted(best, key=lambda row: row.asked, reverse=True)
    )


def _words_in(words: Sequence[str], text: str) -> list[str]:
    """Those of ``words`` that begin a word in ``text``."""
    spaced = f" {text}"
    return [word for word in words if f" {word}" in spaced]


def _rare(words: Sequence[str], matches: Collection[Sequence[str]]) -> list[str]:
    """The first few of ``words`` that are rare in ``matches``, the words of each text: the index
    finds those quickly."""
    counts = Counter(chain.from_iterable(matches))
    rare = [word for word in words if counts[word] <= _FEW * len(matches)]
    return rare[:_MOST_WORDS]


async def _select_shown(
    connection: AsyncConnection, keys: Sequence[str]
) -> Sequence[Row[Any, Any, Any, Any]]:
    """Those of the replies that are shown in the channel where they were asked for, the latest
    first."""
    first = (postings.c.part >= 0, postings.c.ts > "", postings.c.place == findings.c.channel)
    asked = mentions.c.created.label("asked")
    rows = (
        select(findings.c.key, findings.c.title, mentions.c.thread, asked)
        .join(mentions, mentions.c.key == findings.c.key)
        .where(
            findings.c.key.in_(keys),
            is_shown(findings.c.key),
            exists().where(postings.c.key == findings.c.key, *first),
        )
        .order_by(mentions.c.created.desc(), findings.c.key)
    )
    return (await connection.execute(rows)).all()


def _day(created: float) -> str:
    return datetime.fromtimestamp(created, UTC).date().isoformat()


async def overwrite_deleted(engine: AsyncEngine) -> None:
    """Rewrite SQLite's index, which keeps the words of deleted rows until then, a few pages at a
    time, so that others can write in between. https://www.sqlite.org/fts5.html#the_merge_command
    """
    if engine.dialect.name != "sqlite":
        return
    pages, changes = -_PAGES, _CHANGES_OF_A_MERGE
    while changes >= _CHANGES_OF_A_MERGE:
        async with transaction(engine) as connection:
            before = await connection.scalar(_CHANGES)
            await connection.execute(_MERGE, {"pages": pages})
            changes = await connection.scalar(_CHANGES) - before
        pages = _PAGES


async def index_reply(
    connection: AsyncConnection, mention: Mention, outcome: Outcome, retention: Retention
) -> None:
    """Add a reply to the index, with its words and the titles of its sources."""
    match outcome:
        case Briefing():
            kind, first = "briefing", outcome.bottom_line
        case Answer():
            kind, first = "answer", next(iter(outcome.lines), None)
        case _:
            return
    words = " ".join((outcome.title, *_shown_texts(outcome), *_source_names(outcome)))
    row = {
        "key": mention.key,
        "kind": kind,
        "title": outcome.title[:_LONGEST],
        "opening": first.text[:_LONGEST] if first else "",
        "words": " ".join(folded_words(words)),
    }
    await connection.execute(insert(findings), {**row, **retention.owner_columns(mention)})


def _shown_texts(outcome: Briefing | Answer) -> Iterator[str]:
    for part in parts_of(outcome):
        yield from (part.about or "", *(line.text for line in part.lines))


def _source_names(outcome: Briefing | Answer) -> Iterator[str]:
    """Outlets and titles of the sources; without the title of an only source if lines of a briefing
    with a headline were edited, since the headline may have repeated it."""
    has_edits = (
        bool(outcome.edits) and isinstance(outcome, Briefing) and outcome.headline is not None
    )
    for document in outcome.documents:
        title = None if has_edits and len(outcome.documents) == 1 else document.title
        yield from filter(None, (title, document.outlet))
