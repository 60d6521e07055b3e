"""Measures the search for earlier briefings of a story among 20,000 stored replies.

A team with 20 channels in which 400 stories are told, each by names of its own and in words that
all of them share; one channel has as many replies as ten others. On PostgreSQL too where
READOUT_BENCHMARK_DATABASE gives the address of an empty database.
"""

import asyncio
import os
import random
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from sqlalchemy import insert, text

from benchmarks.figures import Figure, percentiles, print_figures, repeat, repeat_parser
from bot.briefing.lines import Briefing, Line, Receipt
from bot.briefing.numbering import numbered
from bot.service.ports import Mention
from bot.storage import codec
from bot.storage.archive import DatabaseArchive
from bot.storage.database import Database, open_database
from bot.storage.retention import Retention
from bot.storage.tables import findings, mentions, outcomes, postings

TITLE = "Earlier briefings of a story among 20,000 stored replies"
_TARGET = {"p50": 20.0}
_REPLIES, _CHANNELS, _STORIES, _ASKED = 20_000, 20, 400, 100
_COMMON = [f"{letter}{letter}common" for letter in "abcdefghijklmnopqrstuvwx"]
"""Words that every reply has."""
_AT_ONCE = 500
_WORDS, _NAMES = 120, 6


def _names(story: int) -> list[str]:
    drawn = random.Random(story)
    return ["".join(drawn.choices("abdegiklmnoprstuvz", k=8)) for _ in range(_NAMES)]


def _words(story: int, number: int) -> str:
    drawn = random.Random(number)
    words = [*drawn.choices(_COMMON, k=_WORDS - 20), *drawn.choices(_names(story), k=20)]
    drawn.shuffle(words)
    return " ".join(words)


def _channel(number: int) -> str:
    """Every third reply is in the first channel."""
    return "C0" if number % 3 == 0 else f"C{number % _CHANNELS}"


async def _fill(database: Database) -> None:
    source = numbered("A", "The ports agreed. Nobody said more.", language="en")
    line = Line("The ports agreed.", "event", None, (source.passage(1),))
    kind, content = codec.dump_outcome(
        Briefing((source,), (6,), Receipt("openai", "1"), bottom_line=line)
    )
    now = time.time()
    for first in range(0, _REPLIES, _AT_ONCE):
        rows: dict[str, list[dict[str, object]]] = {name: [] for name in ("m", "o", "f", "p")}
        for number in range(first, first + _AT_ONCE):
            key, channel, ts = f"msg:T1:{number}", _channel(number), f"{number}.0"
            owned = {
                "key": key, "team": "T1", "channel": channel, "person": f"U{number % 50}",
                "created": now - _REPLIES + number, "expires": now + 86_400,
            }  # fmt: skip
            mention = Mention(key, "T1", channel, ts, ts, "U1", "brief")
            written = codec.to_json(codec.mentions, mention)
            rows["m"].append({**owned, "thread": ts, "content": written})
            rows["o"].append({**owned, "kind": kind, "content": content})
            words = _words(number % _STORIES, number)
            rows["f"].append({**owned, "kind": kind, "title": "", "opening": "", "words": words})
            rows["p"].append({**owned, "part": 0, "place": channel, "ts": ts})
        async with database.engine.begin() as connection:
            for table, name in ((mentions, "m"), (outcomes, "o"), (findings, "f"), (postings, "p")):
                await connection.execute(insert(table), rows[name])
    async with database.engine.begin() as connection:
        await connection.execute(text("ANALYZE"))


async def _search_times(archive: DatabaseArchive) -> list[float]:
    """The seconds of each search for a story of the busiest channel."""
    asked = Mention("msg:T1:new", "T1", "C0", "x", "x", "U1", "brief")
    taken = []
    for story in range(_ASKED):
        words = [*(word[:5] for word in _names(story * 3)), *_COMMON[:6]]
        began = time.perf_counter()
        found = await archive.told(replace(asked, key=f"msg:T1:new:{story}"), words)
        taken.append(time.perf_counter() - began)
        assert found
    return taken


async def measure(address: str) -> list[Figure]:
    """The figures of one run on the database at ``address``."""
    database = await open_database(address)
    try:
        await _fill(database)
        taken = await _search_times(DatabaseArchive(database.engine, Retention(30)))
    finally:
        await database.close()
    return percentiles(f"found in {database.engine.dialect.name}", taken, _TARGET)


def _measure_all() -> Sequence[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        figures = asyncio.run(measure(f"sqlite:///{Path(folder) / 'readout.db'}"))
    if other := os.environ.get("READOUT_BENCHMARK_DATABASE"):
        figures += asyncio.run(measure(other))
    return figures


def main() -> None:
    arguments = repeat_parser(__doc__).parse_args()
    print_figures(TITLE, repeat(_measure_all, arguments.repeat), as_json=arguments.json)


if __name__ == "__main__":
    main()
