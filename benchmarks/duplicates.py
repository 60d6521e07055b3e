"""Measures whether there is exactly one reply, however often and wherever an event is delivered.

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
from benchmarks.bots import readout, slack_settings
from benchmarks.figures import Figure, base_parser, print_figures
from benchmarks.supervised_workers import Worker, running_workers, wait_until
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
    """The number of events, and of deliveries a second."""

    events: int = 1000
    rate: float = 60.0
    seed: int = 1


async def measure(load: Load, database: str) -> list[Figure]:
    """The figures of one run on the empty PostgreSQL database at that address."""
    deliveries = _shuffled(load)
    with tempfile.TemporaryDirectory(prefix="readout-duplicates-") as folder:
        async with _running(Path(folder), database) as slack:
            began = time.monotonic()
            asked = await _deliver(slack, load, deliveries)
            await wait_until(lambda: _is_over(slack, asked), _PATIENCE)
            seconds = time.monotonic() - began
            await asyncio.sleep(2)  # a duplicate would come now
            return _figures(slack, asked, deliveries, seconds)


def main() -> None:
    arguments = _parse_arguments()
    with running_server() as server:
        load = Load(arguments.events, arguments.rate, arguments.seed)
        figures = asyncio.run(measure(load, new_database(server)))
    print_figures(TITLE, figures, as_json=arguments.json)
    sys.exit(0 if all(figure.is_met for figure in figures) else 1)


def _parse_arguments() -> argparse.Namespace:
    parser = base_parser(__doc__)
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
async def _running(folder: Path, database: str) -> AsyncIterator[LocalSlack]:
    """A Slack with three connections to as many workers."""
    async with AsyncExitStack() as stack:
        slack = await stack.enter_async_context(LocalSlack.running())
        settings = {
            **readout(None).settings,
            **slack_settings(slack),
            "READOUT_DATABASE_URL": database,
        }
        workers = [Worker(number, folder, settings) for number in range(_WORKERS)]
        await stack.enter_async_context(running_workers(workers))
        await wait_until(lambda: slack.sockets.connections == _WORKERS, _SECONDS_TO_START)
        yield slack


async def _deliver(slack: LocalSlack, load: Load, deliveries: list[int]) -> dict[int, str]:
    """Deliver the events; returns the timestamp of each mention, by its number."""
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
    said = _message_counts(slack)
    return is_heard and all(said[ts] for ts in asked.values())


def _message_counts(slack: LocalSlack) -> Counter[str]:
    """The number of messages of the bot in each thread."""
    rooms = slack.state.channels
    said = (each for room in rooms for each in slack.state.messages(room) if each.by_app)
    return Counter(each.root for each in said)


def _figures(
    slack: LocalSlack, asked: dict[int, str], deliveries: list[int], seconds: float
) -> list[Figure]:
    said = _message_counts(slack)
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
