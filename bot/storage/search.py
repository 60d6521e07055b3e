"""How is a reply found again by its words?

In the full-text index of each database: FTS5 on SQLite, a tsvector on PostgreSQL. The words are
folded and cut by our own code before they are stored and asked for, so that both find the same.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
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
from bot.storage.retention import FLEETING, Clock, Retention
from bot.storage.tables import findings, mentions, outcomes, postings

_LONGEST = 300
_LOOKED_THROUGH = 200
"""The latest briefings of a channel; in those before an index looks for words that few have."""
_FEW = 0.1
_MOST_WORDS = 6

_MERGE = text("INSERT INTO findings_words(findings_words, rank) VALUES ('merge', :pages)")
_CHANGES = text("SELECT total_changes()")
_PAGES = 200
_CHANGES_OF_A_MERGE = 2
"""At the least, where it had anything to do."""


# https://www.sqlite.org/fts5.html#fts5_prefix_queries; what was cut into words already needs no
# parser in PostgreSQL.
_BEGINNING = {"sqlite": '"{}"*', "postgresql": "'{}':*"}
_AND, _OR = {"sqlite": " AND ", "postgresql": " & "}, {"sqlite": " OR ", "postgresql": " | "}


def _in_sqlite(wanted: str) -> Select[int]:
    matching = text("findings_words MATCH :wanted")
    asked = matching.bindparams(bindparam("wanted", wanted, unique=True))
    return select(column("rowid", Integer)).select_from(table("findings_words")).where(asked)


class _TsQuery(UserDefinedType[str]):
    """SQLAlchemy's own comes with all that it knows of PostgreSQL: 2 MB, on SQLite for nothing."""

    cache_ok = True

    def get_col_spec(self, **_kw: object) -> str:
        return "TSQUERY"


def _in_postgresql(wanted: str) -> Select[int]:
    vector = func.array_to_tsvector(func.string_to_array(findings.c.words, literal_column("' '")))
    has = vector.op("@@", is_comparison=True)(cast(wanted, _TsQuery))
    return select(findings.c.id).where(has)


_MATCHING = {"sqlite": _in_sqlite, "postgresql": _in_postgresql}


def _having(looked_for: str, dialect: str) -> tuple[ColumnElement[bool], ...]:
    """What the index finds, and of that what has the phrases: its words have no places in the index
    of PostgreSQL."""
    phrases = [phrase for each in looked_for.split() if (phrase := folded_words(each))]
    words = tuple(word for phrase in phrases for word in phrase)
    if not words:
        return ()
    text_of: ColumnElement[str] = literal_column("' '") + findings.c.words
    together = (text_of.contains(" " + " ".join(each)) for each in phrases if each[1:])
    return findings.c.id.in_(_matching(words, _AND, dialect)), *together


def _matching(words: Iterable[str], joined: Mapping[str, str], dialect: str) -> Select[int]:
    """The ids of the replies in which ``words`` begin words, all or any as they are ``joined``."""
    return _MATCHING[dialect](joined[dialect].join(map(_BEGINNING[dialect].format, words)))


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
        has_words = _having(words, self._engine.dialect.name)
        rows = (
            select(findings, mentions.c.thread, mentions.c.content)
            .join(mentions, mentions.c.key == findings.c.key)
            .where(findings.c.team == team, own, alive, is_shown(findings.c.key), *has_words)
            .order_by(findings.c.created.desc(), findings.c.key)
            .limit(limit)
        )
        async with snapshot(self._engine) as connection:
            found = (await connection.execute(rows)).all()
            earlier = await _told_earlier(connection, [row.key for row in found])
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


async def _told_earlier(
    connection: AsyncConnection, keys: Sequence[str]
) -> dict[str, tuple[str, ...]]:
    """For those of the replies that say what is new since earlier ones the keys of these."""
    has_since = outcomes.c.content.contains('"since":{"replies":[')
    rows = select(outcomes.c.key, outcomes.c.content).where(
        outcomes.c.key.in_(keys), outcomes.c.kind == "briefing", has_since
    )
    told = {}
    for key, content in (await connection.execute(rows)).all():
        briefing = codec.outcome_read("briefing", content, ())
        if isinstance(briefing, Briefing) and briefing.since:
            told[key] = tuple(each.key for each in briefing.since.replies)
    return told


async def told_before(
    connection: AsyncConnection, mention: Mention, words: Sequence[str], now: float, most: int
) -> tuple[EarlierReply, ...]:
    """The briefings with at least two of ``words``, folded beginnings, that the channel of
    ``mention`` was shown: of the latest ones the ``most`` that have most, the latest first. In a
    direct message the same person's alone; nothing of what is kept for an hour only."""
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
            findings.c.expires > findings.c.created + FLEETING,
            *own,
        )
        .order_by(findings.c.created.desc(), findings.c.key)
    )
    latest = (await connection.execute(briefings.limit(_LOOKED_THROUGH))).all()
    had = {row.key: _had(words, row.words) for row in latest}
    if len(latest) == _LOOKED_THROUGH and (rare := _rare(words, had.values())):
        ids = _matching(rare, _OR, connection.dialect.name)
        having = briefings.where(findings.c.id.in_(ids)).limit(_LOOKED_THROUGH)
        had |= {row.key: _had(words, row.words) for row in await connection.execute(having)}
    shown = await _shown_of(connection, [key for key, those in had.items() if len(those) > 1])
    best = sorted(shown, key=lambda row: len(had[row.key]), reverse=True)[:most]
    return tuple(
        EarlierReply(row.key, row.thread, _day(row.asked), row.title)
        for row in sorted(best, key=lambda row: row.asked, reverse=True)
    )


def _had(words: Sequence[str], said: str) -> list[str]:
    """Those of ``words`` that begin a word of what was ``said``."""
    spaced = f" {said}"
    return [word for word in words if f" {word}" in spaced]


def _rare(words: Sequence[str], had: Collection[Sequence[str]]) -> list[str]:
    """The first few of ``words`` that few of the texts ``had``: an index finds them at once."""
    counts = Counter(chain.from_iterable(had))
    rare = [word for word in words if counts[word] <= _FEW * len(had)]
    return rare[:_MOST_WORDS]


async def _shown_of(
    connection: AsyncConnection, keys: Sequence[str]
) -> Sequence[Row[Any, Any, Any, Any]]:
    """Those of the replies that stand in the channel that they were asked for in, the latest
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
    """Write the index of SQLite anew, a few pages at a time so that others write in between: words
    of what is deleted it only marks, and keeps. https://www.sqlite.org/fts5.html#the_merge_command
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


async def make_findable(
    connection: AsyncConnection, mention: Mention, outcome: Outcome, retention: Retention
) -> None:
    """Let a reply that is being kept be found by its words and those of its sources' titles."""
    match outcome:
        case Briefing():
            kind, first = "briefing", outcome.bottom_line
        case Answer():
            kind, first = "answer", next(iter(outcome.lines), None)
        case _:
            return
    said = " ".join((outcome.title, *_shown(outcome), *_origins(outcome)))
    row = {
        "key": mention.key,
        "kind": kind,
        "title": outcome.title[:_LONGEST],
        "opening": first.text[:_LONGEST] if first else "",
        "words": " ".join(folded_words(said)),
    }
    await connection.execute(insert(findings), {**row, **retention.owned(mention)})


def _shown(outcome: Briefing | Answer) -> Iterator[str]:
    for part in parts_of(outcome):
        yield from (part.about or "", *(line.text for line in part.lines))


def _origins(outcome: Briefing | Answer) -> Iterator[str]:
    """Outlets and titles. The title of a source is often a line that the asker has changed: then it
    counts only where it is shown."""
    is_covered = outcome.edits and isinstance(outcome, Briefing) and outcome.headline
    for document in outcome.documents:
        title = None if is_covered and len(outcome.documents) == 1 else document.title
        yield from filter(None, (title, document.outlet))
