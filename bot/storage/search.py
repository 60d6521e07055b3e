"""How is a reply found again by its words?

In the full-text index of each database: FTS5 on SQLite, a tsvector on PostgreSQL. The words are
folded and cut by our own code before they are stored and asked for, so that both find the same.
"""

from collections.abc import Iterable, Iterator

from sqlalchemy import (
    ColumnElement,
    cast,
    column,
    func,
    insert,
    literal_column,
    or_,
    select,
    text,
)
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
from sqlalchemy.types import UserDefinedType

from bot.briefing.edits import parts
from bot.briefing.lines import Answer, Briefing
from bot.briefing.text import folded
from bot.service.ports import Found, Mention, Outcome
from bot.storage import codec
from bot.storage.conversation import is_shown
from bot.storage.database import snapshot, transaction
from bot.storage.retention import Clock, Retention
from bot.storage.tables import findings, mentions

_LONGEST = 300

_MERGE = text("INSERT INTO findings_words(findings_words, rank) VALUES ('merge', :pages)")
_CHANGES = text("SELECT total_changes()")
_PAGES = 200
_CHANGES_OF_A_MERGE = 2
"""At the least, where it had anything to do."""


def _in_sqlite(words: tuple[str, ...]) -> ColumnElement[bool]:
    """The words begin words of the reply; https://www.sqlite.org/fts5.html#fts5_prefix_queries"""
    wanted = " ".join(f'"{word}"*' for word in words)
    matching = text("SELECT rowid FROM findings_words WHERE findings_words MATCH :wanted")
    return findings.c.id.in_(matching.bindparams(wanted=wanted).columns(column("rowid")))


class _Query(UserDefinedType[str]):
    """SQLAlchemy's own comes with all that it knows of PostgreSQL: 2 MB, on SQLite for nothing."""

    cache_ok = True

    def get_col_spec(self, **_kw: object) -> str:
        return "TSQUERY"


def _in_postgresql(words: tuple[str, ...]) -> ColumnElement[bool]:
    """The words begin words of the reply; what was cut into words already needs no parser."""
    wanted = " & ".join(f"'{word}':*" for word in words)
    vector = func.array_to_tsvector(func.string_to_array(findings.c.words, literal_column("' '")))
    return vector.op("@@", is_comparison=True)(cast(wanted, _Query))


_HAVING = {"sqlite": _in_sqlite, "postgresql": _in_postgresql}


def _having(looked_for: str, dialect: str) -> tuple[ColumnElement[bool], ...]:
    """What the index finds, and of that what has the phrases: its words have no places in the index
    of PostgreSQL."""
    phrases = [phrase for each in looked_for.split() if (phrase := folded(each))]
    words = tuple(word for phrase in phrases for word in phrase)
    if not words:
        return ()
    text_of: ColumnElement[str] = literal_column("' '") + findings.c.words
    together = (text_of.contains(" " + " ".join(each)) for each in phrases if each[1:])
    return _HAVING[dialect](words), *together


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
            )
            for row in found
        )


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
        "words": " ".join(folded(said)),
    }
    await connection.execute(insert(findings), {**row, **retention.owned(mention)})


def _shown(outcome: Briefing | Answer) -> Iterator[str]:
    for part in parts(outcome):
        yield from (part.about or "", *(line.text for line in part.lines))


def _origins(outcome: Briefing | Answer) -> Iterator[str]:
    """Outlets and titles. The title of a source is often a line that the asker has changed: then it
    counts only where it is shown."""
    is_covered = outcome.edits and isinstance(outcome, Briefing) and outcome.headline
    for document in outcome.documents:
        title = None if is_covered and len(outcome.documents) == 1 else document.title
        yield from filter(None, (title, document.outlet))
