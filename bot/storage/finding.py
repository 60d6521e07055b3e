"""How is a reply found again by its words?

By a look at the folded words of each reply that the asker may see, newest first: 30 days of a
busy workspace are some thousand rows, which takes milliseconds (`docs/decisions.md`), and needs
neither FTS5 nor tsvector, so that both databases find the same.
"""

from collections.abc import Iterable

from sqlalchemy import insert, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.briefing.folding import folded
from bot.briefing.lines import Answer, Briefing
from bot.home import Found
from bot.ports import Mention, Outcome
from bot.storage import codec
from bot.storage.ownership import Clock, Retention
from bot.storage.tables import findings, mentions
from bot.storage.transactions import snapshot

_LONGEST = 300


class DatabaseFinder:
    """Finds replies (`home.Finder`) in the database."""

    def __init__(self, engine: AsyncEngine, clock: Clock) -> None:
        self._engine = engine
        self._clock = clock

    async def found(
        self, team: str, person: str, channels: Iterable[str], words: str, limit: int
    ) -> tuple[Found, ...]:
        own = or_(findings.c.person == person, findings.c.channel.in_(list(channels)))
        alive = findings.c.expires > self._clock()
        has_words = [findings.c.words.contains(f" {w}", autoescape=True) for w in folded(words)]
        rows = (
            select(findings, mentions.c.thread, mentions.c.content)
            .join(mentions, mentions.c.key == findings.c.key)
            .where(findings.c.team == team, own, alive, *has_words)
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


async def make_findable(
    connection: AsyncConnection, mention: Mention, outcome: Outcome, retention: Retention
) -> None:
    """Let a reply that is being kept be found by its words and those of its sources' titles."""
    match outcome:
        case Briefing():
            kind, first = "briefing", outcome.bottom_line
            lines = tuple(outcome.lines())
        case Answer():
            kind, first = "answer", next(iter(outcome.lines), None)
            lines = outcome.lines
        case _:
            return
    origins = (word for each in outcome.documents for word in (each.title, each.outlet) if word)
    said = " ".join((outcome.title, *(line.text for line in lines), *origins))
    row = {
        "key": mention.key,
        "kind": kind,
        "title": outcome.title[:_LONGEST],
        "opening": first.text[:_LONGEST] if first else "",
        "words": "".join(f" {word}" for word in dict.fromkeys(folded(said))),
    }
    await connection.execute(insert(findings).values(**row, **retention.owned(mention)))
