"""Measures twenty streams at once.

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
from benchmarks.figures import Figure, percentiles, print_figures, repeat, repeat_parser, with_floor
from benchmarks.paced_model import PacedModel, request_about
from benchmarks.rate_limits import fullest_tiers, refused_calls
from benchmarks.slack_log import Thread, reply_counts, reply_times, wait_for_replies
from sandbox.slack import LocalSlack, Rules

_AT_ONCE = 20
_PATIENCE = 120.0


async def measure(*, streams: bool) -> list[Figure]:
    """The figures of twenty at once, in a workspace that takes ``streams`` or not."""
    rules = Rules(streams_in_channels=streams)
    async with LocalSlack.running(rules) as slack, PacedModel() as model:
        asked = await ask_at_once(slack, model, _AT_ONCE, {"READOUT_MODEL_CALLS": str(_AT_ONCE)})
        reply_delays = [
            at - asked[place] for place, at in reply_times(slack).items() if place in asked
        ]
        begun = sum(
            1 for call in slack.calls if (call.method, call.outcome) == ("chat.startStream", "ok")
        )
        return [
            Figure("streamed", "", (begun,)),
            Figure("posted at once", "", (_AT_ONCE - begun,)),
            Figure("calls refused by a tier", "", (refused_calls(slack)[0],), 1),
            Figure(
                "answered twice", "", (sum(1 for n in reply_counts(slack).values() if n > 1),), 1
            ),
            *percentiles("until the whole reply", reply_delays, {}),
            *fullest_tiers(slack),
        ]


async def ask_at_once(
    slack: LocalSlack,
    model: PacedModel,
    count: int,
    settings: Mapping[str, str],
    teams: int = 1,
) -> dict[Thread, float]:
    """Let ``count`` people in ``teams`` teams ask a bot with these ``settings`` for briefings, and
    wait for all replies; returns when each was asked, in order."""
    bot = readout(model.url)
    ours = {**bot.settings, "READOUT_DEADLINE": "0", **settings}
    async with running(replace(bot, settings=ours), slack):
        asked: dict[Thread, float] = {}
        for number in range(count):
            team = f"T{number % teams:09d}"
            room, sent = slack.channel(f"room-{number}", team=team).id, time.time()
            asked[room, slack.say(f"person-{number}", room, request_about(number))] = sent
        await wait_for_replies(slack, asked, _PATIENCE)
    return asked


def main() -> None:
    arguments = repeat_parser(__doc__).parse_args()
    many = repeat(lambda: asyncio.run(measure(streams=True)), arguments.repeat)
    without = repeat(lambda: asyncio.run(measure(streams=False)), arguments.repeat)
    title = f"{_AT_ONCE} threads at once; floor: without streaming"
    print_figures(title, with_floor(many, without), as_json=arguments.json)


if __name__ == "__main__":
    main()
