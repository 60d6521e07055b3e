"""What does it cost to judge every line before it is shown?

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

from benchmarks.figures import Figure, against, options, repeated, show, spread
from benchmarks.slack_log import Thread, whole
from benchmarks.speaking_model import SpeakingModel
from benchmarks.streaming import asked_at_once
from sandbox.slack import LocalSlack

_MANY = 20
_SAYING = ("chat.startStream", "chat.appendStream", "chat.postMessage", "chat.update")


@dataclass(frozen=True)
class Seen:
    """What was seen of some briefings: how long after its last token each line, and how long after
    it was asked for each whole reply, in seconds; ``tokens``, all that were judged with."""

    lines: list[float]
    whole: list[float]
    tokens: int


async def measured(count: int) -> list[Figure]:
    """The figures of ``count`` briefings at once."""
    judged, unjudged = await _seen(count, "on"), await _seen(count, "off")
    figures = [
        *spread("a line is seen after", judged.lines, {"p50": 1500.0, "max": 4000.0}),
        Figure("the whole reply stands after, median", "s", (median(judged.whole),)),
        Figure("the whole reply stands after, most", "s", (max(judged.whole),)),
    ]
    floor = [
        *spread("a line is seen after", unjudged.lines, {}),
        Figure("the whole reply stands after, median", "s", (median(unjudged.whole),)),
        Figure("the whole reply stands after, most", "s", (max(unjudged.whole),)),
    ]
    later = median(judged.whole) / median(unjudged.whole)
    return [
        *against(figures, floor),
        Figure("as late as without a judge", "×", (later,), 1.3),
        Figure("lines", "", (len(judged.lines),)),
        Figure("tokens of the judge for 700 words", "", (judged.tokens / count,), 3500),
    ]


def _figures(count: int) -> list[Figure]:
    return asyncio.run(measured(count))


def main() -> None:
    asked = options(__doc__).parse_args()
    for count in (1, _MANY):
        figures = repeated(partial(_figures, count), asked.repeat)
        show(f"{count} at once; floor: without a judge", figures, as_json=asked.json)


async def _seen(count: int, judge: str) -> Seen:
    async with LocalSlack.running() as slack, SpeakingModel() as model:
        settings = {"READOUT_SECOND_OPINION": judge}
        asked = await asked_at_once(slack, model, count, settings, teams=count)
        stood = [at - asked[place] for place, at in whole(slack).items() if place in asked]
        lines = list(_waits(slack, model, list(asked)))
        return Seen(lines, stood, model.judging.tokens())


def _waits(slack: LocalSlack, model: SpeakingModel, threads: list[Thread]) -> Iterator[float]:
    """The seconds until each line that is shown was in Slack."""
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
