"""Measures what Readout uses while idle, and what one mention costs.

`readout serve` beside Slack and the model on localhost, first on an empty database, whose tables it
makes, then started again: how long it takes to connect; what it has taken of a processor ten
seconds later, when all is loaded, and takes from then on while nothing happens, and of memory; then
one mention after the other, each with an article of 700 words, while the model takes 2 s to its
first token and 6 s for a draft, and judges it. What is needed for the first time is loaded with the
first mention. The floor is a bare Bolt app.
"""

import argparse
import asyncio
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import AsyncExitStack
from pathlib import Path

from benchmarks.article import article
from benchmarks.bots import FLOOR, Bot, RunningBot, readout, running
from benchmarks.busy_model import BusyModel
from benchmarks.figures import Figure, print_figures, repeat, repeat_parser, with_floor
from benchmarks.slack_log import reply_counts
from sandbox.slack import LocalSlack

TITLE = "What it takes while nobody asks, and for one mention"
_WORDS = 700
_PATIENCE = 60.0
_SETTLED_SECONDS = 10.0


async def measure(mentions: int = 4, idle_seconds: float = 20.0) -> list[Figure]:
    """The figures of one run."""
    async with BusyModel() as model:
        for number in range(mentions):
            model.add_answer(_WORDS, number)
        ours = await _measure_bot(readout(model.url), mentions, idle_seconds)
    return with_floor(ours, await _measure_bot(FLOOR, mentions, idle_seconds))


def main() -> None:
    arguments = _parse_arguments()
    figures = repeat(
        lambda: asyncio.run(measure(arguments.mentions, arguments.idle)), arguments.repeat
    )
    print_figures(TITLE, figures, as_json=arguments.json)


def _parse_arguments() -> argparse.Namespace:
    parser = repeat_parser(__doc__)
    parser.add_argument("--mentions", type=int, default=4, help="how many mentions (default 4)")
    parser.add_argument("--idle", type=float, default=20.0, help="seconds of idling (default 20)")
    return parser.parse_args()


async def _measure_bot(bot: Bot, mentions: int, idle_seconds: float) -> list[Figure]:
    async with AsyncExitStack() as stack:
        slack = await stack.enter_async_context(LocalSlack.running())
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        async with running(bot, slack, folder) as first:
            await asyncio.sleep(_SETTLED_SECONDS)
            on_empty = first.seconds, first.share_of_memory()
        bot_process = await stack.enter_async_context(running(bot, slack, folder))
        await asyncio.sleep(_SETTLED_SECONDS)
        started = before = bot_process.cpu_seconds()
        await asyncio.sleep(idle_seconds)
        idle = (bot_process.cpu_seconds() - before) / idle_seconds
        figures = [
            Figure("the first start: connected after", "s", (on_empty[0],), 1.5),
            Figure("the first start: memory, shared memory once", "MB", (on_empty[1],), 180),
            Figure("connected after", "s", (bot_process.seconds,), 1.5),
            Figure("processor time of the start", "s", (started,)),
            Figure("of a core while nobody asks", "%", (100 * idle,), 1),
            Figure("resident memory", "MB", (bot_process.memory(),)),
            Figure("the same, shared memory once", "MB", (bot_process.share_of_memory(),), 180),
        ]
        costs = [await _measure_mention(slack, bot_process, number) for number in range(mentions)]
        figures += [*_figures("the first mention", costs[0]), *_figures("the last", costs[-1])]
        figures.append(
            Figure("memory after them, what is shared once", "MB", (bot_process.share_of_memory(),))
        )
        return figures


async def _measure_mention(
    slack: LocalSlack, bot_process: RunningBot, number: int
) -> tuple[float, Counter[str]]:
    """The processor seconds of one mention, and its calls to Slack."""
    before, calls = bot_process.cpu_seconds(), len(slack.calls)
    ts = slack.say("Ana", "desk", f"@readout\n{article(_WORDS, number).text}")
    await slack.wait_for(lambda: any(thread[1] == ts for thread in reply_counts(slack)), _PATIENCE)
    await asyncio.sleep(1)  # the clean-up afterwards is part of its cost
    return bot_process.cpu_seconds() - before, Counter(call.method for call in slack.calls[calls:])


def _figures(name: str, costs: tuple[float, Counter[str]]) -> Iterator[Figure]:
    seconds, calls = costs
    yield Figure(f"{name}: processor time", "s", (seconds,), 0.4)
    yield Figure(f"{name}: calls to Slack", "", (calls.total(),), 11)
    yield Figure(f"{name}: pieces of a stream", "", (calls["chat.appendStream"],))


if __name__ == "__main__":
    main()
