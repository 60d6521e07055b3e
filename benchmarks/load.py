"""Measures 200 people asking at once.

200 mentions at once, each with an article of 700 words, over 40 channels of 5 teams (or of one),
while Slack's tiers are on and the model takes 2 s to its first token, 6 s for a draft, and 16
requests at once. It judges each draft three times, 2 s each: the model alone needs 155 s. In the
middle of it, one more team asks for the first time. The bots are `readout serve` in processes of
their own, one on SQLite, or several on PostgreSQL; Slack and the model are on localhost, in this
process.

"Fullest tier" is a method's calls in one team (or chat.postMessage in one channel) in the busiest
minute, against what Slack allows: for a single team, that decides how long it takes, unless the
model does. Memory is the peak resident memory of all processes together, with shared memory counted
in each.
"""

import argparse
import asyncio
import gc
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass, replace

from benchmarks.article import article
from benchmarks.bots import Bot, RunningBot, readout, running
from benchmarks.busy_model import BusyModel
from benchmarks.figures import Figure, percentiles, print_figures, repeat, repeat_parser
from benchmarks.rate_limits import fullest_tiers, refused_calls
from benchmarks.slack_log import (
    Thread,
    acknowledgements,
    deliveries,
    first_calls,
    reply_counts,
    reply_times,
    wait_for_replies,
)
from sandbox.slack import LocalSlack
from tests.postgres import new_database, running_server

_SIGNS = ("assistant.threads.setStatus", "chat.postMessage")
_PATIENCE = 500.0
_NEWCOMER = 9_999
_MOST_SHOWN = 20
_MOST_MEMORY = (500.0, None)  # of one worker, of several


@dataclass(frozen=True)
class Load:
    """The number of workers and mentions. ``calls`` is the number of requests that the model takes
    at once, and that all workers together send. The mentions come ``within`` that many seconds;
    ``newcomer_after`` as many more, a new team asks."""

    workers: int = 1
    database: str = "sqlite"
    teams: int = 5
    mentions: int = 200
    channels: int = 40
    people: int = 50
    words: int = 700
    calls: int = 16
    within: float = 0.0
    newcomer_after: float = 20.0


@dataclass(frozen=True)
class SentTimes:
    """When each mention was sent, by thread, in seconds since the epoch."""

    at: dict[Thread, float]
    newcomer: Thread


async def measure(load: Load) -> list[Figure]:
    """The figures of one run."""
    async with AsyncExitStack() as stack:
        slack = await stack.enter_async_context(LocalSlack.running())
        model = await stack.enter_async_context(BusyModel(load.calls))
        for number in (*range(load.mentions), _NEWCOMER):
            model.add_answer(load.words, number)
        bot = stack.enter_context(bot_for(load, model))
        bots = [await stack.enter_async_context(running(bot, slack)) for _ in range(load.workers)]
        memory = await stack.enter_async_context(sample_memory(bots))
        # The simulated Slack runs in this process: a collection delays it by up to half a second.
        gc.collect()
        gc.freeze()
        stack.callback(gc.unfreeze)
        asked = await _ask(slack, load)
        await wait_for_replies(slack, asked.at, _PATIENCE)
        return [
            *_wait_figures(slack, asked, model),
            *_fault_figures(slack, asked, bots),
            Figure("requests that the model had no place for", "", (model.waited,)),
            Figure("resident memory", "MB", (max(memory),), _MOST_MEMORY[load.workers > 1]),
            *fullest_tiers(slack),
        ]


def main() -> None:
    arguments = _parse_arguments()
    load = Load(
        arguments.workers,
        arguments.database,
        arguments.teams,
        arguments.mentions,
        within=arguments.within,
    )
    figures = repeat(lambda: asyncio.run(measure(load)), arguments.repeat)
    title = f"{load.mentions} mentions at once: {load.teams} teams, {load.workers} workers"
    print_figures(f"{title}, {load.database}", figures, as_json=arguments.json)


def _parse_arguments() -> argparse.Namespace:
    parser = repeat_parser(__doc__)
    parser.set_defaults(repeat=1)
    parser.add_argument("--workers", type=int, default=Load.workers)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default=Load.database)
    parser.add_argument("--teams", type=int, default=Load.teams)
    parser.add_argument("--mentions", type=int, default=Load.mentions)
    parser.add_argument("--within", type=float, default=Load.within, help="seconds, 0: at once")
    arguments = parser.parse_args()
    if arguments.workers > 1 and arguments.database == "sqlite":
        parser.error("several workers need --database postgresql")
    return arguments


@contextmanager
def bot_for(load: Load, model: BusyModel) -> Iterator[Bot]:
    """A worker with its share of the requests; all workers share a new database."""
    bot = readout(model.url)
    settings = {
        **bot.settings,
        "READOUT_MODEL_CALLS": str(load.calls // load.workers),
        "READOUT_DEADLINE": "0",  # else the extractive reply would count as the answer
    }
    if load.database == "sqlite":
        yield replace(bot, settings=settings)
        return
    with running_server() as server:
        settings["READOUT_DATABASE_URL"] = new_database(server)
        yield replace(bot, settings=settings)


@asynccontextmanager
async def sample_memory(bots: list[RunningBot]) -> AsyncIterator[list[float]]:
    """The total memory of the bots in MB, every half second during the block."""
    samples: list[float] = []

    async def sample() -> None:
        while True:
            samples.append(sum(bot.memory() for bot in bots))
            await asyncio.sleep(0.5)

    sampling = asyncio.create_task(sample())
    try:
        yield samples
    finally:
        sampling.cancel()


async def _ask(slack: LocalSlack, load: Load) -> SentTimes:
    rooms = [
        slack.channel(f"room-{n}", team=f"T{n % load.teams:09d}").id for n in range(load.channels)
    ]
    at: dict[Thread, float] = {}
    for number in range(load.mentions):
        await asyncio.sleep(load.within / load.mentions)
        room, person = rooms[number % len(rooms)], f"person-{number % load.people}"
        sent = time.time()
        at[room, slack.say(person, room, f"@readout\n{article(load.words, number).text}")] = sent
    await asyncio.sleep(load.newcomer_after)
    newcomer = slack.channel("newcomers", team="T999999999").id
    sent = time.time()
    text = f"@readout\n{article(load.words, _NEWCOMER).text}"
    thread = newcomer, slack.say("person-new", newcomer, text)
    return SentTimes({**at, thread: sent}, thread)


def _wait_figures(slack: LocalSlack, asked: SentTimes, model: BusyModel) -> list[Figure]:
    signs, replied = first_calls(slack, _SIGNS), reply_times(slack)
    waited = [at - asked.at[place] for place, at in signs.items() if place in asked.at]
    began = min(asked.at.values())
    last = max(at for place, at in replied.items() if place in asked.at)
    newcomer = model.begun[_NEWCOMER] - asked.at[asked.newcomer]
    return [
        *percentiles("acknowledgement", acknowledgements(slack, asked.at), {"p99": 100.0}),
        *percentiles("first sign", waited, {}),
        Figure("all answered after", "s", (last - began,), 200),
        Figure("a new team’s request began after", "s", (newcomer,), 1),
    ]


def _fault_figures(slack: LocalSlack, asked: SentTimes, bots: list[RunningBot]) -> list[Figure]:
    answers = reply_counts(slack)
    once, more = refused_calls(slack)
    complaints = [line for bot in bots for line in bot.complaints()]
    print(*complaints[:_MOST_SHOWN], sep="\n", end="", file=sys.stderr)
    heard = deliveries(slack, asked.at)
    return [
        Figure("answered", "", (sum(1 for place in asked.at if answers[place]),)),
        Figure("answered twice", "", (sum(1 for place in asked.at if answers[place] > 1),), 1),
        Figure("calls refused by a tier", "", (once,)),
        Figure("calls refused twice", "", (more,), 1),
        Figure("never acknowledged", "", (sum(1 for each, _ in heard if not each.acked_at),), 1),
        Figure("complaints in the log", "", (len(complaints),), 1),
    ]


if __name__ == "__main__":
    main()
