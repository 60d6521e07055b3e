"""Measures the time that the bot adds between the model's last token and the finished thread.

One mention after the other, each with an article of 700 words, to `readout serve` in a process of
its own; the model on localhost, which judges too, records when it sent the end of each answer, and
Slack on localhost when it had accepted the reply. The floor is a bare Bolt app's time from the
mention to its reply; Readout's total is given next to it.
"""

import argparse
import asyncio
import time
from collections.abc import Sequence
from statistics import median

from aiohttp import web

from benchmarks.article import article
from benchmarks.bots import FLOOR, Bot, readout, running
from benchmarks.figures import Figure, print_figures, repeat, repeat_parser, with_floor
from benchmarks.model_answers import add_answer
from sandbox.slack import LocalSlack, Rules
from tests.model_server import ModelServer

TITLE = "Between the model’s last token and the finished thread"
_TARGET = 100.0
_WORDS = 700
_LINES = 12
_PATIENCE = 60.0


class WatchedModel(ModelServer):
    """Records when it sent the last byte of each answer, in seconds since the epoch."""

    def __init__(self) -> None:
        super().__init__()
        self.ended: list[float] = []

    async def complete(self, request: web.Request) -> web.StreamResponse:
        response = await super().complete(request)
        self.ended.append(time.time())
        return response


async def measure(mentions: int = 30) -> list[Figure]:
    """The figures of one run with that many mentions."""
    async with WatchedModel() as model:
        for number in range(mentions):
            add_answer(model, _WORDS, number, _LINES)
        round_trips, replied = await _ask_one_by_one(readout(model.url), mentions)
        added = [at - max(end for end in model.ended if end < at) for at in replied]
    floor, _ = await _ask_one_by_one(FLOOR, mentions)
    whole = with_floor(
        [_milliseconds("from mention to reply", round_trips)],
        [_milliseconds("from mention to reply", floor)],
    )
    return [_milliseconds("after the last token", added, _TARGET), *whole]


def main() -> None:
    arguments = _parse_arguments()
    figures = repeat(lambda: asyncio.run(measure(arguments.mentions)), arguments.repeat)
    print_figures(TITLE, figures, as_json=arguments.json)


def _parse_arguments() -> argparse.Namespace:
    parser = repeat_parser(__doc__)
    parser.add_argument("--mentions", type=int, default=30)
    return parser.parse_args()


async def _ask_one_by_one(bot: Bot, mentions: int) -> tuple[list[float], list[float]]:
    """How long each mention took in seconds, and when its reply was there."""
    round_trips: list[float] = []
    replied: list[float] = []
    async with LocalSlack.running(Rules(rate_limits=False)) as slack, running(bot, slack):
        for number in range(mentions):
            sent = time.time()
            ts = slack.say("Ana", "desk", f"@readout\n{article(_WORDS, number).text}")
            replied.append(await _reply_time(slack, ts))
            round_trips.append(replied[-1] - sent)
    return round_trips, replied


async def _reply_time(slack: LocalSlack, ts: str) -> float:
    def when() -> float | None:
        calls = (call for call in slack.calls[-4:] if call.method == "chat.postMessage")
        return next((call.at for call in calls if call.args.get("thread_ts") == ts), None)

    return await slack.wait_for(when, _PATIENCE)


def _milliseconds(name: str, seconds: Sequence[float], target: float | None = None) -> Figure:
    return Figure(f"{name}, median", "ms", (median(seconds) * 1000,), target)


if __name__ == "__main__":
    main()
