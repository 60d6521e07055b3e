"""Measures the wait for an acknowledgement and a first sign when many ask at once.

1,000 mentions at 50 a second, each with an article of 700 words, spread over 200 channels of 10
teams, reach the bot through Socket Mode. The bot is `readout serve` in a process of its own, on an
empty SQLite database; Slack and the model are on localhost, in this process, with Slack's rate
limits off. Slack's own log says when an event was sent and acknowledged, when the first status or
message came for a thread, and when the reply was there; an event that had to be sent again counts
from the mention. Every mention reaches the bot twice, as `message` and as `app_mention`, and both
are measured. The floor is a bare Bolt app under the same load. "Late wake-ups" says how late this
process woke from short sleeps: what the machine itself adds to every wait.
"""

import argparse
import asyncio
import sys
import time
from dataclasses import dataclass

from benchmarks.article import article
from benchmarks.bots import FLOOR, Bot, RunningBot, readout, running
from benchmarks.figures import Figure, percentiles, print_figures, repeat, repeat_parser, with_floor
from benchmarks.model_answers import add_answer
from benchmarks.noise import late_wakeups
from benchmarks.slack_log import (
    Thread,
    acknowledgements,
    deliveries,
    first_calls,
    reply_counts,
    reply_times,
    wait_for_replies,
)
from sandbox.slack import LocalSlack, Rules
from tests.model_server import ModelServer

TITLE = "Mentions under load (Slack’s rate limits off)"
_ACKNOWLEDGED = {"p99": 100.0}
_FIRST_SIGN = {"p99": 1000.0}
_SIGNS = ("assistant.threads.setStatus", "chat.postMessage")
_LINES = 8
_PATIENCE = 600.0
_MOST_SHOWN = 20


@dataclass(frozen=True)
class Load:
    """The mentions; ``rate`` is in mentions a second."""

    mentions: int = 1000
    rate: float = 50.0
    channels: int = 200
    teams: int = 10
    words: int = 700


async def measure(load: Load, engine: str = "model") -> list[Figure]:
    """The figures of Readout and of the floor under the same load."""
    async with ModelServer() as model:
        for number in range(load.mentions):
            add_answer(model, load.words, number, _LINES)
        ours = await _measure_under_load(load, readout(model.url if engine == "model" else None))
    return with_floor(ours, await _measure_under_load(load, FLOOR))


def main() -> None:
    arguments = _parse_arguments()
    load = Load(
        arguments.mentions, arguments.rate, arguments.channels, arguments.teams, arguments.words
    )
    figures = repeat(lambda: asyncio.run(measure(load, arguments.engine)), arguments.repeat)
    print_figures(TITLE, figures, as_json=arguments.json)


def _parse_arguments() -> argparse.Namespace:
    parser = repeat_parser(__doc__)
    parser.add_argument("--engine", choices=("model", "extractive"), default="model")
    parser.add_argument("--mentions", type=int, default=Load.mentions)
    parser.add_argument("--rate", type=float, default=Load.rate)
    parser.add_argument("--channels", type=int, default=Load.channels)
    parser.add_argument("--teams", type=int, default=Load.teams)
    parser.add_argument("--words", type=int, default=Load.words)
    return parser.parse_args()


async def _measure_under_load(load: Load, bot: Bot) -> list[Figure]:
    async with LocalSlack.running(Rules(rate_limits=False)) as slack, running(bot, slack) as ran:
        before = ran.cpu_seconds()
        async with late_wakeups() as late:
            asked = await _ask(slack, load)
        await wait_for_replies(slack, asked, _PATIENCE)
        spent = (ran.cpu_seconds() - before) * 1000 / load.mentions
        noise = percentiles("late wake-ups here", late, {})[2:3]
        used = Figure("processor time for a mention", "ms", (spent,))
        return [*_wait_figures(slack, asked), *_outcome_figures(slack, asked, ran), used, *noise]


async def _ask(slack: LocalSlack, load: Load) -> dict[Thread, float]:
    """Post the mentions; returns when each was sent, in seconds since the epoch."""
    rooms = [
        slack.channel(f"room-{n}", team=f"T{n % load.teams:09d}").id for n in range(load.channels)
    ]
    asked: dict[Thread, float] = {}
    began = time.monotonic()
    for number in range(load.mentions):
        text = f"@readout\n{article(load.words, number).text}"
        await asyncio.sleep(max(0.0, began + number / load.rate - time.monotonic()))
        sent, room = time.time(), rooms[number % len(rooms)]
        asked[room, slack.say(f"person-{number % 50}", room, text)] = sent
    return asked


def _wait_figures(slack: LocalSlack, asked: dict[Thread, float]) -> list[Figure]:
    acknowledged = acknowledgements(slack, asked)
    signs = first_calls(slack, _SIGNS)
    waited = [at - asked[place] for place, at in signs.items() if place in asked]
    return [
        *percentiles("acknowledgement", acknowledged, _ACKNOWLEDGED),
        *percentiles("first sign", waited, _FIRST_SIGN),
    ]


def _outcome_figures(
    slack: LocalSlack, asked: dict[Thread, float], bot: RunningBot
) -> list[Figure]:
    answers = reply_counts(slack)
    replied = [at for place, at in reply_times(slack).items() if place in asked]
    seconds = max(replied) - min(asked.values())
    faults = {
        "answered twice": sum(1 for place in asked if answers[place] > 1),
        "calls refused": sum(1 for call in slack.calls if call.outcome != "ok"),
        "events sent again": sum(1 for each in slack.deliveries if each.attempts > 1),
        "never acknowledged": sum(1 for each, _ in deliveries(slack, asked) if not each.acked_at),
        "complaints in the log": len(bot.complaints()),
    }
    print(*bot.complaints()[:_MOST_SHOWN], sep="\n", end="", file=sys.stderr)
    return [
        Figure("all answered after", "s", (seconds,)),
        Figure("answered", "", (sum(1 for place in asked if answers[place]),)),
        *(Figure(name, "", (count,), 1) for name, count in faults.items()),
    ]


if __name__ == "__main__":
    main()
