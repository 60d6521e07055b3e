"""Measures whether anything is lost, said twice or left in memory when everything sometimes fails.

A mention every three seconds, in 20 channels of 3 teams, for ten minutes. In each of the ways
below, one in twenty goes wrong: of the requests to the model, of the calls to Slack that say
something, and of the seconds; otherwise the model is quick. A mention is lost if it has no message
once the load has ended and the model's last silence is over. A message is said twice if one with
its name is already there: a reply in several parts has several names.
"""

import argparse
import asyncio
import random
import time
from collections import Counter
from contextlib import AsyncExitStack
from typing import Any, TypeVar

from benchmarks.article import article
from benchmarks.bots import running
from benchmarks.busy_model import BusyModel
from benchmarks.figures import Figure, print_figures, repeat, repeat_parser
from benchmarks.load import Load, bot_for, sample_memory
from benchmarks.slack_log import Thread
from benchmarks.supervised_workers import wait_until
from sandbox.slack import Fault, LocalSlack
from sandbox.slack.state import Faults
from tests import model_server as fails
from tests.model_server import Breaks, Page, Says, Silence, Status, Step

F = TypeVar("F")

_SHARE = 0.05
_EVERY_SECONDS = 3.0
_PATIENCE = 400.0  # a silent model takes 110 s, its repair as long, and a judge 30 s
_WORDS = 300
_SAYING = ("chat.postMessage", "chat.update")
_SLACK: tuple[Fault, ...] = (
    Fault(status=429, retry_after=2),
    Fault(status=500),
    Fault(error="invalid_blocks"),
    Fault(lost_reply=True),
)


class FailingModel(BusyModel):
    """Knows the articles, and fails one request in twenty in each way."""

    def __init__(self, chance: random.Random) -> None:
        super().__init__(first=0.2, whole=0.6)
        self.failed: Counter[str] = Counter()
        self._chance = chance

    def _script_for(self, asked: dict[str, Any]) -> Any:  # noqa: ANN401 - its type is private
        script = super()._script_for(asked)
        (says,) = (each for each in script.steps if isinstance(each, Says))
        half = Says(says.text[: len(says.text) // 2], says.size, finish=None)
        faults: tuple[Step, ...] = (
            Status(429, {"message": "later"}, (("Retry-After", "2"),)),
            fails.BROKEN,
            Page(),
            half,
            Breaks(half.text, fails.ERROR_EVENT),
            Silence(90.0),
        )
        step = _draw_fault(faults, self._chance) or says
        self.failed[type(step).__name__] += step is not says
        return type(script)((step,), script.rejects)


class FailingSlack(Faults):
    """Fails one in twenty of the calls that post something, in each way."""

    def __init__(self, chance: random.Random) -> None:
        super().__init__()
        self.failed = 0
        self._chance = chance

    def take(self, method: str, channel: str = "") -> Fault:
        fault = _draw_fault(_SLACK, self._chance) if method in _SAYING else None
        self.failed += fault is not None
        return fault or super().take(method, channel)


async def measure(minutes: float) -> list[Figure]:
    """The figures of one run."""
    chance = random.Random(7)
    async with AsyncExitStack() as stack:
        slack = await stack.enter_async_context(LocalSlack.running())
        model = await stack.enter_async_context(FailingModel(chance))
        slack.faults = failing = FailingSlack(chance)
        bot = stack.enter_context(bot_for(Load(), model))
        bot_process = await stack.enter_async_context(running(bot, slack))
        memory = await stack.enter_async_context(sample_memory([bot_process]))
        asked, cuts = await _ask(slack, model, minutes, chance)
        await wait_until(
            lambda: all(_part_counts(slack, each) for each in asked), _PATIENCE, pause=1.0
        )
        replies = [_part_counts(slack, each) for each in asked]
        early = memory[min(len(memory) - 1, int(120 / 0.5))]
        return [
            Figure("mentions", "", (len(asked),)),
            Figure("lost", "", (sum(not each for each in replies),), 1),
            Figure("said twice", "", (sum(each.total() - len(each) for each in replies),), 1),
            Figure("faults of the model", "", (sum(model.failed.values()),)),
            Figure("faults of Slack", "", (failing.failed,)),
            Figure("sockets cut", "", (cuts,)),
            Figure("resident memory after 2 minutes", "MB", (early,)),
            Figure("resident memory at the end", "MB", (memory[-1],), early * 1.05),
        ]


def main() -> None:
    arguments = _parse_arguments()
    figures = repeat(lambda: asyncio.run(measure(arguments.minutes)), arguments.repeat)
    title = f"{arguments.minutes:g} minutes in which one in twenty goes wrong in each way"
    print_figures(title, figures, as_json=arguments.json)


def _parse_arguments() -> argparse.Namespace:
    parser = repeat_parser(__doc__)
    parser.set_defaults(repeat=1)
    parser.add_argument("--minutes", type=float, default=10.0)
    return parser.parse_args()


async def _ask(
    slack: LocalSlack, model: FailingModel, minutes: float, chance: random.Random
) -> tuple[list[Thread], int]:
    """Post mentions; returns their threads, and how often the connection was cut."""
    rooms = [slack.channel(f"room-{n}", team=f"T{n % 3:09d}").id for n in range(20)]
    asked: list[Thread] = []
    cuts, until = 0, time.monotonic() + 60 * minutes
    while time.monotonic() < until:
        number = len(asked)
        model.add_answer(_WORDS, number)
        room = rooms[number % len(rooms)]
        text = f"@readout\n{article(_WORDS, number).text}"
        asked.append((room, slack.say(f"person-{number % 9}", room, text)))
        for _ in range(int(_EVERY_SECONDS)):
            await asyncio.sleep(1)
            if chance.random() < _SHARE:
                cuts += 1
                await slack.sockets.cut()
    return asked, cuts


def _part_counts(slack: LocalSlack, place: Thread) -> Counter[int]:
    """The number of messages for each part of the reply in that thread, without first signs."""
    messages = (each for each in slack.state.thread(*place) if each.by_app)
    parts = (each.metadata.get("event_payload", {}).get("part", -1) for each in messages)
    return Counter(part for part in parts if part >= 0)


def _draw_fault(faults: tuple[F, ...], chance: random.Random) -> F | None:
    """One of the faults, each with a chance of one in twenty, or None."""
    place = int(chance.random() / _SHARE)
    return faults[place] if place < len(faults) else None


if __name__ == "__main__":
    main()
