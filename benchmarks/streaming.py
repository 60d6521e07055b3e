"""What do twenty streams at once cost?

Twenty people ask at once, each in a channel of one team, with Slack's tiers on and a model that
speaks 80 tokens a second and judges its lines: how many are streamed, how many get one post because
there was no room, does a tier refuse a call, and when is the complete reply there? The floor is the
same with a Slack that takes no streams. The bot is `readout serve` in a process of its own; Slack
and the model are on localhost, so a call takes a few milliseconds and not a tenth of a second.
`python -m benchmarks.judging` measures how soon a line is seen.
"""

import asyncio
import time
from collections.abc import Mapping
from dataclasses import replace

from benchmarks.bots import readout, running
from benchmarks.figures import Figure, against, options, repeated, show, spread
from benchmarks.slack_log import Thread, replies, whole
from benchmarks.speaking_model import SpeakingModel, request_about
from benchmarks.tiers import fullest, refused
from sandbox.slack import LocalSlack, Rules

_AT_ONCE = 20
_PATIENCE = 120.0


async def measured(*, streams: bool) -> list[Figure]:
    """What becomes of twenty at once, in a workspace that takes streams or in one that does not."""
    rules = Rules(streams_in_channels=streams)
    async with LocalSlack.running(rules) as slack, SpeakingModel() as model:
        asked = await asked_at_once(slack, model, _AT_ONCE, {"READOUT_MODEL_CALLS": str(_AT_ONCE)})
        stood = [at - asked[place] for place, at in whole(slack).items() if place in asked]
        begun = sum(
            1 for call in slack.calls if (call.method, call.outcome) == ("chat.startStream", "ok")
        )
        return [
            Figure("streamed", "", (begun,)),
            Figure("posted at once", "", (_AT_ONCE - begun,)),
            Figure("calls refused by a tier", "", (refused(slack)[0],), 1),
            Figure("answered twice", "", (sum(1 for n in replies(slack).values() if n > 1),), 1),
            *spread("the whole reply stands after", stood, {}),
            *fullest(slack),
        ]


async def asked_at_once(
    slack: LocalSlack,
    model: SpeakingModel,
    count: int,
    settings: Mapping[str, str],
    teams: int = 1,
) -> dict[Thread, float]:
    """When each of ``count`` people, in ``teams`` teams, had a bot with these ``settings`` brief
    the article of their number, once all are answered; in their order."""
    bot = readout(model.url)
    ours = {**bot.settings, "READOUT_DEADLINE": "0", **settings}
    async with running(replace(bot, settings=ours), slack):
        asked: dict[Thread, float] = {}
        for number in range(count):
            team = f"T{number % teams:09d}"
            room, sent = slack.channel(f"room-{number}", team=team).id, time.time()
            asked[room, slack.say(f"person-{number}", room, request_about(number))] = sent
        async with asyncio.timeout(_PATIENCE):
            while len(replies(slack).keys() & asked.keys()) < count:
                await asyncio.sleep(0.1)
        await asyncio.sleep(1)  # a duplicate would come now
    return asked


def main() -> None:
    asked = options(__doc__).parse_args()
    many = repeated(lambda: asyncio.run(measured(streams=True)), asked.repeat)
    without = repeated(lambda: asyncio.run(measured(streams=False)), asked.repeat)
    title = f"{_AT_ONCE} threads at once; floor: without streaming"
    show(title, against(many, without), as_json=asked.json)


if __name__ == "__main__":
    main()
