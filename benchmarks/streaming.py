"""How soon is a line seen, and what do twenty streams at once cost?

A model speaks 50 tokens a second. First one person asks: how long after the last token of a line
does it stand in the thread? Then twenty ask in the same moment, each in a channel of one team, with
Slack's tiers on: how many are streamed, how many get one post as there was no room, is a call
refused by a tier, and when does the whole reply stand? The floor is the same where Slack takes no
streams. The bot is `readout serve` in a process of its own; Slack and the model are on localhost,
so that a call takes some milliseconds and not a tenth of a second.
"""

import asyncio
import json
import time
from dataclasses import replace

from benchmarks.bots import readout, running
from benchmarks.figures import Figure, against, options, repeated, show, spread
from benchmarks.slack_log import Thread, replies, whole
from benchmarks.speaking_model import SpeakingModel, request_about
from benchmarks.tiers import fullest, refused
from bot.local import LocalSlack, Rules

_AT_ONCE = 20
_PATIENCE = 120.0
_STREAMING = ("chat.startStream", "chat.appendStream")
_SAYING = (*_STREAMING, "chat.postMessage", "chat.update")


async def one_thread() -> list[Figure]:
    """How long after its last token each line is seen, where one person asks."""
    async with LocalSlack.running() as slack, SpeakingModel() as model:
        await _asked(slack, model, 1)
        waited = list(_waits(slack, model))
        streamed = sum(1 for call in slack.calls if call.method in _STREAMING)
        return [
            *spread("a line is seen after", waited, {"p50": 300.0}),
            Figure("lines", "", (len(waited),)),
            Figure("calls of streaming", "", (streamed,)),
        ]


async def many_threads(*, streams: bool) -> list[Figure]:
    """What becomes of twenty at once, in a workspace that takes streams or in one that does not."""
    rules = Rules(streams_in_channels=streams)
    async with LocalSlack.running(rules) as slack, SpeakingModel() as model:
        asked = await _asked(slack, model, _AT_ONCE)
        stood = [at - asked[place] for place, at in whole(slack).items() if place in asked]
        begun = sum(
            1 for call in slack.calls if (call.method, call.outcome) == (_STREAMING[0], "ok")
        )
        return [
            Figure("streamed", "", (begun,)),
            Figure("posted at once", "", (_AT_ONCE - begun,)),
            Figure("calls refused by a tier", "", (refused(slack)[0],), 1),
            Figure("answered twice", "", (sum(1 for n in replies(slack).values() if n > 1),), 1),
            *spread("the whole reply stands after", stood, {}),
            *fullest(slack),
        ]


def main() -> None:
    asked = options(__doc__).parse_args()
    one = repeated(lambda: asyncio.run(one_thread()), asked.repeat)
    show("one thread, 50 tokens a second", one, as_json=asked.json)
    many = repeated(lambda: asyncio.run(many_threads(streams=True)), asked.repeat)
    without = repeated(lambda: asyncio.run(many_threads(streams=False)), asked.repeat)
    title = f"{_AT_ONCE} threads at once; floor: without streaming"
    show(title, against(many, without), as_json=asked.json)


async def _asked(slack: LocalSlack, model: SpeakingModel, count: int) -> dict[Thread, float]:
    """When each was asked, once all are answered."""
    bot = readout(model.url)
    settings = {**bot.settings, "READOUT_MODEL_CALLS": str(count), "READOUT_DEADLINE": "0"}
    async with running(replace(bot, settings=settings), slack):
        asked: dict[Thread, float] = {}
        for number in range(count):
            room, sent = slack.channel(f"room-{number}").id, time.time()
            asked[room, slack.say(f"person-{number}", room, request_about(number))] = sent
        async with asyncio.timeout(_PATIENCE):
            while len(replies(slack).keys() & asked.keys()) < count:
                await asyncio.sleep(0.1)
        await asyncio.sleep(1)  # a duplicate would come now
    return asked


def _waits(slack: LocalSlack, model: SpeakingModel) -> list[float]:
    """The seconds until each line was in Slack, of those that were shown."""
    calls = [
        (call.at, json.dumps(call.args, ensure_ascii=False))
        for call in slack.calls
        if call.method in _SAYING and call.outcome == "ok"
    ]
    seen = {line: next((at for at, said in calls if line in said), None) for _, line in model.said}
    return [at - model.said[0, line] for line, at in seen.items() if at is not None]


if __name__ == "__main__":
    main()
