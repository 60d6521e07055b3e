"""Is anything lost or doubled when processes are killed at any stage of their work?

`readout serve` runs as in production: a working process and one that listens to Slack, restarted
whenever they end; one pair on SQLite, two on PostgreSQL. Slack and the model are on localhost, in
this process. While mentions are in flight one of a pair's processes, or both, are killed with
SIGKILL: in the middle of the work, at the start, when an event arrives, and at a call to Slack or
the model: before it is carried out, between that and its response, or shortly after the response.

What became of the mentions is counted from Slack's side, against the list of what was said: each
has exactly one reply in its thread, its own, and the bot has said nothing else anywhere. A model
call is wasted if the answer to that mention was already in the database. For each thread in which
something is wrong, the history goes to standard error.

Slack waits 0 s, 1 min and 5 min before it delivers again; here it is seconds.
"""

import argparse
import asyncio
import logging
import random
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.bots import readout
from benchmarks.crews import Worker, at_work, until
from benchmarks.figures import Figure, options_of_one_run, show
from benchmarks.histories import histories
from benchmarks.killing import Killer
from benchmarks.scenes import Scene
from benchmarks.stores import Store
from benchmarks.survival import delays, kept, points, struck
from benchmarks.taps import Tap
from sandbox.slack import LocalSlack, Rules
from tests.model_server import ModelServer
from tests.postgres import new_database, running_server

TITLE = "Killed {kills} times on {database}"
_PATIENCE = 300.0
_SECONDS_TO_START = 60.0
_RETRIES = (0.0, 1.0, 2.0, 4.0, 8.0, 16.0)


@dataclass(frozen=True)
class Plan:
    """What is killed how often, within ``minutes``; ``in_flight`` mentions wait for their reply
    all the time."""

    kills: int = 200
    workers: int = 1
    seed: int = 1
    in_flight: int = 6
    minutes: float = 120.0


async def measured(plan: Plan, address: str, folder: Path) -> list[Figure]:
    """The figures of one run on the empty database at that address; logs go to the folder."""
    async with _played(plan, address, folder) as killer:
        scene = killer.scene
        await killer.kill(plan.kills, plan.minutes * 60)
        await until(scene.is_over, _PATIENCE)
        await asyncio.sleep(3)  # a duplicate would come now
        for line in histories(scene, killer.kills, killer.workers):
            print(line, file=sys.stderr)
        return [
            *kept(scene),
            *scene.store.left(),
            *struck(killer.kills, scene, plan.kills),
            *delays(killer.kills, scene, killer.workers),
            *points(killer.kills),
        ]


def main() -> None:
    asked = _parsed()
    # The model and Slack are often told that the one who asked is gone.
    logging.getLogger("aiohttp.server").setLevel(logging.CRITICAL)
    with _database(asked.database) as (address, folder):
        workers = 1 if asked.database == "sqlite" else 2
        plan = Plan(asked.kills, workers, asked.seed, asked.in_flight, asked.minutes)
        figures = asyncio.run(measured(plan, address, folder))
    title = TITLE.format(kills=plan.kills, database=asked.database)
    show(title, figures, as_json=asked.json)
    sys.exit(0 if all(figure.is_met for figure in figures) else 1)


def _parsed() -> argparse.Namespace:
    parser = options_of_one_run(__doc__)
    parser.add_argument("--kills", type=int, default=Plan.kills)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--seed", type=int, default=Plan.seed)
    parser.add_argument("--in-flight", type=int, default=Plan.in_flight)
    parser.add_argument("--minutes", type=float, default=Plan.minutes, help="kill no longer")
    return parser.parse_args()


@contextmanager
def _database(kind: str) -> Iterator[tuple[str, Path]]:
    """The address of an empty database, and a folder."""
    with tempfile.TemporaryDirectory(prefix="readout-crash-") as name:
        folder = Path(name)
        if kind == "sqlite":
            yield f"sqlite:///{folder / 'readout.db'}", folder
        else:
            with running_server() as server:
                yield new_database(server), folder


@asynccontextmanager
async def _played(plan: Plan, address: str, folder: Path) -> AsyncIterator[Killer]:
    """The workers at work for a Slack and with a model on localhost, each behind its tap."""
    async with AsyncExitStack() as stack:
        slack = await stack.enter_async_context(LocalSlack.running(Rules(retry_delays=_RETRIES)))
        model = await stack.enter_async_context(ModelServer())
        chance = random.Random(plan.seed)
        scene = Scene(slack, model, Store(address), chance)
        upstream = {"api": slack.url.rstrip("/"), "v1": model.url.removesuffix("/v1")}
        workers = []
        for number in range(plan.workers):
            tap = await stack.enter_async_context(Tap(number, upstream, scene.watch).open())
            scene.taps.append(tap)
            workers.append(Worker(number, folder, _settings(slack, tap, address)))
        await stack.enter_async_context(at_work(workers))
        await until(lambda: slack.sockets.connections == plan.workers, _SECONDS_TO_START)
        yield Killer(scene, workers, chance, plan.in_flight)


def _settings(slack: LocalSlack, tap: Tap, address: str) -> dict[str, str]:
    return {
        **readout(f"{tap.url}/v1").settings,
        "SLACK_BOT_TOKEN": slack.bot_token,
        "SLACK_APP_TOKEN": slack.app_token,
        "SLACK_API_BASE_URL": f"{tap.url}/api/",
        "READOUT_DATABASE_URL": address,
    }


if __name__ == "__main__":
    main()
