"""What does Readout take while nobody asks, and what does one mention cost?

`readout serve` on an empty database, beside Slack and the model on localhost: how long it takes to
connect; what it has taken of a processor ten seconds later, when all is loaded, and takes from then
on while nothing happens, and of memory; then one mention after the other, each with an article of
700 words, while the model takes 2 s to its first token and 6 s for a draft, and judges it. What is
needed for the first time is loaded with the first mention. The floor is a bare Bolt app.
"""

import argparse
import asyncio
from collections import Counter
from collections.abc import Iterator

from benchmarks.article import article
from benchmarks.bots import FLOOR, Bot, Running, readout, running
from benchmarks.busy_model import BusyModel
from benchmarks.figures import Figure, against, options, repeated, show
from benchmarks.slack_log import replies
from sandbox.slack import LocalSlack

TITLE = "What it takes while nobody asks, and for one mention"
_WORDS = 700
_PATIENCE = 60.0
_SETTLED_SECONDS = 10.0


async def measured(mentions: int = 4, idle_seconds: float = 20.0) -> list[Figure]:
    """The figures of one run."""
    async with BusyModel() as model:
        for number in range(mentions):
            model.know(_WORDS, number)
        ours = await _of(readout(model.url), mentions, idle_seconds)
    return against(ours, await _of(FLOOR, mentions, idle_seconds))


def main() -> None:
    asked = _parsed()
    figures = repeated(lambda: asyncio.run(measured(asked.mentions, asked.idle)), asked.repeat)
    show(TITLE, figures, as_json=asked.json)


def _parsed() -> argparse.Namespace:
    parser = options(__doc__)
    parser.add_argument("--mentions", type=int, default=4, help="how many mentions (default 4)")
    parser.add_argument("--idle", type=float, default=20.0, help="seconds of idling (default 20)")
    return parser.parse_args()


async def _of(bot: Bot, mentions: int, idle_seconds: float) -> list[Figure]:
    async with LocalSlack.running() as slack, running(bot, slack) as ran:
        await asyncio.sleep(_SETTLED_SECONDS)
        started = before = ran.cpu_seconds()
        await asyncio.sleep(idle_seconds)
        idle = (ran.cpu_seconds() - before) / idle_seconds
        figures = [
            Figure("connected after", "s", (ran.seconds,), 1.5),
            Figure("processor time of the start", "s", (started,)),
            Figure("of a core while nobody asks", "%", (100 * idle,), 1),
            Figure("resident memory", "MB", (ran.memory(),)),
            Figure("the same, shared memory once", "MB", (ran.share_of_memory(),), 180),
        ]
        took = [await _one(slack, ran, number) for number in range(mentions)]
        figures += [*_figures("the first mention", took[0]), *_figures("the last", took[-1])]
        figures.append(
            Figure("memory after them, what is shared once", "MB", (ran.share_of_memory(),))
        )
        return figures


async def _one(slack: LocalSlack, ran: Running, number: int) -> tuple[float, Counter[str]]:
    """The processor seconds of one mention, and its calls to Slack."""
    before, calls = ran.cpu_seconds(), len(slack.calls)
    ts = slack.say("Ana", "desk", f"@readout\n{article(_WORDS, number).text}")
    await slack.wait_for(lambda: any(thread[1] == ts for thread in replies(slack)), _PATIENCE)
    await asyncio.sleep(1)  # what is cleared away afterwards is its cost too
    return ran.cpu_seconds() - before, Counter(call.method for call in slack.calls[calls:])


def _figures(name: str, took: tuple[float, Counter[str]]) -> Iterator[Figure]:
    seconds, calls = took
    yield Figure(f"{name}: processor time", "s", (seconds,), 0.4)
    yield Figure(f"{name}: calls to Slack", "", (calls.total(),), 11)
    yield Figure(f"{name}: pieces of a stream", "", (calls["chat.appendStream"],))


if __name__ == "__main__":
    main()
