"""Measures what it costs to judge every line before it is shown.

A model takes half a second to its first token, then speaks 80 tokens a second; the same as a judge,
and it finds everything supported. First one person asks for a briefing of 700 words, then twenty at
once, each in a team of their own, so that Slack's tiers hold no line back: how long after its last
token is a line in the thread, when is the complete reply there, and how many tokens does the judge
take? The floor is the same without a judge. The bot is `readout serve` in a process of its own;
Slack and the model are on localhost.
"""

import asyncio
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from statistics import median

from benchmarks.figures import Figure, percentiles, print_figures, repeat, repeat_parser, with_floor
from benchmarks.paced_model import PacedModel
from benchmarks.slack_log import Thread, reply_times
from benchmarks.streaming import ask_at_once
from sandbox.slack import LocalSlack

_MANY = 20
_SAYING = ("chat.startStream", "chat.appendStream", "chat.postMessage", "chat.update")


@dataclass(frozen=True)
class Measurement:
    """The delays of some briefings in seconds: of each line after its last token, of each whole
    reply after its request; and all ``tokens`` of the judge."""

    lines: list[float]
    replies: list[float]
    tokens: int


async def measure(count: int) -> list[Figure]:
    """The figures of ``count`` briefings at once."""
    judged, unjudged = await _measure_once(count, "on"), await _measure_once(count, "off")
    figures = [
        *percentiles("a line is seen after", judged.lines, {"p50": 1500.0, "max": 4000.0}),
        Figure("until the whole reply, median", "s", (median(judged.replies),)),
        Figure("until the whole reply, most", "s", (max(judged.replies),)),
    ]
    floor = [
        *percentiles("a line is seen after", unjudged.lines, {}),
        Figure("until the whole reply, median", "s", (median(unjudged.replies),)),
        Figure("until the whole reply, most", "s", (max(unjudged.replies),)),
    ]
    later = median(judged.replies) / median(unjudged.replies)
    return [
        *with_floor(figures, floor),
        Figure("as late as without a judge", "×", (later,), 1.3),
        Figure("lines", "", (len(judged.lines),)),
        Figure("tokens of the judge for 700 words", "", (judged.tokens / count,), 3500),
    ]


def _figures(count: int) -> list[Figure]:
    return asyncio.run(measure(count))


def main() -> None:
    arguments = repeat_parser(__doc__).parse_args()
    for count in (1, _MANY):
        figures = repeat(partial(_figures, count), arguments.repeat)
        print_figures(f"{count} at once; floor: without a judge", figures, as_json=arguments.json)


async def _measure_once(count: int, judge: str) -> Measurement:
    async with LocalSlack.running() as slack, PacedModel() as model:
        settings = {"READOUT_SECOND_OPINION": judge}
        asked = await ask_at_once(slack, model, count, settings, teams=count)
        reply_delays = [
            at - asked[place] for place, at in reply_times(slack).items() if place in asked
        ]
        lines = list(_delays(slack, model, list(asked)))
        return Measurement(lines, reply_delays, model.judging.tokens())


def _delays(slack: LocalSlack, model: PacedModel, threads: list[Thread]) -> Iterator[float]:
    """The seconds until each shown line was in Slack."""
    calls = [
        (call.args.get("channel"), call.at, json.dumps(call.args, ensure_ascii=False))
        for call in slack.calls
        if call.method in _SAYING and call.outcome == "ok"
    ]
    for (number, line), said_at in model.said.items():
        room, _ = threads[number]
        seen = (at for channel, at, said in calls if channel == room and line in said)
        if (first := next(seen, None)) is not None:
            yield first - said_at


if __name__ == "__main__":
    main()
