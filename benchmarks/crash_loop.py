"""Measures what becomes of requests while the working process is killed again and again.

Twelve people ask at once, the model takes 8 s for a draft, and twenty times the working process of
`readout serve` is killed 3 to 6 s after the last time: no draft is ever finished. What was
interrupted three times is to be finished without the model; only what itself ends the process is
given up.
"""

import asyncio
import json
import random
import tempfile
from collections import Counter
from contextlib import AsyncExitStack
from pathlib import Path

from benchmarks.article import article
from benchmarks.bots import readout, slack_settings
from benchmarks.busy_model import BusyModel
from benchmarks.figures import Figure, base_parser, print_figures
from benchmarks.slack_log import Thread
from benchmarks.supervised_workers import Worker, running_workers, wait_until
from sandbox.slack import LocalSlack, Rules
from sandbox.slack.state import Message
from tests.postgres import new_database, running_server

_MENTIONS, _WORDS = 12, 300
_KILLS = 20
_SECONDS_BETWEEN_KILLS = (3.0, 6.0)
_PATIENCE = 300.0
_RETRIES = (0.0, 1.0, 3.0)  # Slack's second tries


async def measure(database: str, seed: int = 3) -> list[Figure]:
    """The figures of one run on "sqlite" or "postgresql"."""
    chance = random.Random(seed)
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        address = f"sqlite:///{folder / 'readout.db'}"
        if database == "postgresql":
            address = new_database(stack.enter_context(running_server()))
        slack = await stack.enter_async_context(LocalSlack.running(Rules(retry_delays=_RETRIES)))
        model = await stack.enter_async_context(BusyModel(first=2.0, whole=8.0))
        settings = readout(model.url).settings | slack_settings(slack)
        worker = Worker(0, folder, settings | {"READOUT_DATABASE_URL": address})
        await stack.enter_async_context(running_workers([worker]))
        await wait_until(lambda: slack.sockets.connections == 1, _PATIENCE)
        asked = _ask(slack, model)
        kills = 0
        while kills < _KILLS:
            await asyncio.sleep(chance.uniform(*_SECONDS_BETWEEN_KILLS))
            kills += worker.kill("working")
        await wait_until(lambda: all(_reply(slack, each) for each in asked), _PATIENCE)
        await wait_until(lambda: not slack.state.statuses, _PATIENCE)
        return list(_figures(slack, asked, kills))


def _ask(slack: LocalSlack, model: BusyModel) -> list[Thread]:
    asked = []
    for number in range(_MENTIONS):
        model.add_answer(_WORDS, number)
        room = slack.channel(f"room-{number % 4}").id
        text = f"@readout\n{article(_WORDS, number).text}"
        asked.append((room, slack.say(f"person-{number}", room, text)))
    return asked


def _reply(slack: LocalSlack, place: Thread) -> list[Message]:
    """The messages of the reply in that thread, without first signs."""
    messages = (each for each in slack.state.thread(*place) if each.by_app)
    return [m for m in messages if m.metadata.get("event_payload", {}).get("part", -1) >= 0]


def _figures(slack: LocalSlack, asked: list[Thread], kills: int) -> list[Figure]:
    replies = [_reply(slack, each) for each in asked]
    parts = [Counter(m.metadata["event_payload"]["part"] for m in each) for each in replies]
    said = [json.dumps([[m.text, m.blocks] for m in each]) for each in replies]
    return [
        Figure("kills", "", (kills,)),
        Figure("mentions", "", (len(asked),)),
        Figure("lost", "", (replies.count([]),), 1),
        Figure("said twice", "", (sum(each.total() > len(each) for each in parts),), 1),
        Figure("given up", "", (sum("could not be finished" in each for each in said),), 1),
        Figure("briefed by the model", "", (sum("AI-written" in each for each in said),)),
        Figure("threads with a status", "", (len(slack.state.statuses),), 1),
    ]


def main() -> None:
    parser = base_parser(__doc__)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    arguments = parser.parse_args()
    figures = asyncio.run(measure(arguments.database))
    title = f"The working process is killed {_KILLS} times in a row: {arguments.database}"
    print_figures(title, figures, as_json=arguments.json)


if __name__ == "__main__":
    main()
