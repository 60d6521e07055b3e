"""Is there exactly one reply, however often and wherever an event is delivered?

1,000 mentions are each delivered one to four times, every time in both forms (`message` and
`app_mention`), in a shuffled order, over three Socket Mode connections in turn: those of three
`readout serve` on one PostgreSQL database. The extractive engine writes. What counts is what is in
Slack.
"""

import argparse
import asyncio
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.article import article
from benchmarks.bots import readout
from benchmarks.crews import Worker, at_work, until
from benchmarks.figures import Figure, options_of_one_run, show
from sandbox.slack import LocalSlack
from tests.postgres import new_database, running_server

TITLE = "Each event delivered one to four times"
_WORKERS = 3
_CHANNELS, _TEAMS, _PEOPLE = 100, 5, 50
_WORDS = 60
_SECONDS_TO_START = 60.0
_PATIENCE = 600.0


@dataclass(frozen=True)
class Load:
    """How many events, and how many deliveries a second."""

    events: int = 1000
    rate: float = 60.0
    seed: int = 1


async def measured(load: Load, database: str) -> list[Figure]:
    """The figures of one run on the empty PostgreSQL database at that address."""
    deliveries = _shuffled(load)
    with tempfile.TemporaryDirectory(prefix="readout-duplicates-") as folder:
        async with _heard(Path(folder), database) as slack:
            began = time.monotonic()
            asked = await _delivered(slack, load, deliveries)
            await until(lambda: _is_over(slack, asked), _PATIENCE)
            seconds = time.monotonic() - began
            await asyncio.sleep(2)  # a duplicate would come now
            return _counted(slack, asked, deliveries, seconds)


def main() -> None:
    asked = _parsed()
    with running_server() as server:
        load = Load(asked.events, asked.rate, asked.seed)
        figures = asyncio.run(measured(load, new_database(server)))
    show(TITLE, figures, as_json=asked.json)
    sys.exit(0 if all(figure.is_met for figure in figures) else 1)


def _parsed() -> argparse.Namespace:
    parser = options_of_one_run(__doc__)
    parser.add_argument("--events", type=int, default=Load.events)
    parser.add_argument("--rate", type=float, default=Load.rate, help="deliveries a second")
    parser.add_argument("--seed", type=int, default=Load.seed)
    return parser.parse_args()


def _shuffled(load: Load) -> list[int]:
    """The numbers of the events in the order of their deliveries."""
    chance = random.Random(load.seed)
    deliveries = [number for number in range(load.events) for _ in range(chance.randint(1, 4))]
    chance.shuffle(deliveries)
    return deliveries


@asynccontextmanager
async def _heard(folder: Path, database: str) -> AsyncIterator[LocalSlack]:
    """A Slack that is heard over three connections by as many workers."""
    async with AsyncExitStack() as stack:
        slack = await stack.enter_async_context(LocalSlack.running())
        settings = {
            **readout(None).settings,
            "SLACK_BOT_TOKEN": slack.bot_token,
            "SLACK_APP_TOKEN": slack.app_token,
            "SLACK_API_BASE_URL": slack.api_url,
            "READOUT_DATABASE_URL": database,
        }
        workers = [Worker(number, folder, settings) for number in range(_WORKERS)]
        await stack.enter_async_context(at_work(workers))
        await until(lambda: slack.sockets.connections == _WORKERS, _SECONDS_TO_START)
        yield slack


async def _delivered(slack: LocalSlack, load: Load, deliveries: list[int]) -> dict[int, str]:
    """The timestamp of each mention, by its number, once all was sent."""
    rooms = [slack.channel(f"room-{n}", team=f"T{n % _TEAMS:09d}").id for n in range(_CHANNELS)]
    asked: dict[int, str] = {}
    began = time.monotonic()
    for sent, number in enumerate(deliveries):
        await asyncio.sleep(max(0.0, began + sent / load.rate - time.monotonic()))
        if number in asked:
            slack.deliver_again(asked[number])
        else:
            text = f"@readout\n{article(_WORDS, number).text}"
            room = rooms[number % len(rooms)]
            asked[number] = slack.say(f"person-{number % _PEOPLE}", room, text)
    return asked


def _is_over(slack: LocalSlack, asked: dict[int, str]) -> bool:
    is_heard = all(each.acked_at or each.given_up for each in slack.deliveries)
    said = _said_to(slack)
    return is_heard and all(said[ts] for ts in asked.values())


def _said_to(slack: LocalSlack) -> Counter[str]:
    """How many messages of the bot stand in each thread."""
    rooms = slack.state.channels
    said = (each for room in rooms for each in slack.state.messages(room) if each.by_app)
    return Counter(each.root for each in said)


def _counted(
    slack: LocalSlack, asked: dict[int, str], deliveries: list[int], seconds: float
) -> list[Figure]:
    said = _said_to(slack)
    times = Counter(Counter(deliveries).values())
    bad = {
        "mentions not answered": sum(not said[ts] for ts in asked.values()),
        "mentions answered twice": sum(said[ts] > 1 for ts in asked.values()),
        "messages elsewhere": said.total() - sum(said[ts] for ts in asked.values()),
        "statuses left": len(slack.state.statuses),
        "events never taken": sum(not each.acked_at for each in slack.deliveries),
        "connections missing": _WORKERS - slack.sockets.connections,
    }
    return [
        Figure("mentions", "", (len(asked),)),
        *(Figure(f"delivered {n} times", "", (times[n],)) for n in sorted(times)),
        Figure("envelopes", "", (len(slack.deliveries),)),
        Figure("replies", "", (said.total(),)),
        *(Figure(name, "", (count,), 1) for name, count in bad.items()),
        Figure("all answered after", "s", (seconds,)),
    ]


if __name__ == "__main__":
    main()
