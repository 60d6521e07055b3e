"""Measures whether anything is lost or doubled when processes are killed at any stage of their
work.

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

from benchmarks.bot_database import BotDatabase
from benchmarks.bots import readout, slack_settings
from benchmarks.crash_figures import delay_figures, kill_figures, mention_figures, moment_figures
from benchmarks.figures import Figure, base_parser, print_figures
from benchmarks.histories import histories
from benchmarks.killer import Killer
from benchmarks.recording_proxy import RecordingProxy
from benchmarks.scenario import Scenario
from benchmarks.supervised_workers import Worker, running_workers, wait_until
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


async def measure(plan: Plan, address: str, folder: Path) -> list[Figure]:
    """The figures of one run on the empty database at that address; logs go to the folder."""
    async with _running(plan, address, folder) as killer:
        scene = killer.scene
        await killer.kill(plan.kills, plan.minutes * 60)
        await wait_until(scene.is_over, _PATIENCE)
        await asyncio.sleep(3)  # a duplicate would come now
        for line in histories(scene, killer.kills, killer.workers):
            print(line, file=sys.stderr)
        return [
            *mention_figures(scene),
            *scene.database.job_figures(),
            *kill_figures(killer.kills, scene, plan.kills),
            *delay_figures(killer.kills, scene, killer.workers),
            *moment_figures(killer.kills),
        ]


def main() -> None:
    arguments = _parse_arguments()
    # The servers here would log each killed client.
    logging.getLogger("aiohttp.server").setLevel(logging.CRITICAL)
    with _database(arguments.database) as (address, folder):
        workers = 1 if arguments.database == "sqlite" else 2
        plan = Plan(
            arguments.kills, workers, arguments.seed, arguments.in_flight, arguments.minutes
        )
        figures = asyncio.run(measure(plan, address, folder))
    title = TITLE.format(kills=plan.kills, database=arguments.database)
    print_figures(title, figures, as_json=arguments.json)
    sys.exit(0 if all(figure.is_met for figure in figures) else 1)


def _parse_arguments() -> argparse.Namespace:
    parser = base_parser(__doc__)
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
async def _running(plan: Plan, address: str, folder: Path) -> AsyncIterator[Killer]:
    """Run the workers with a Slack and a model on localhost, each behind its proxy."""
    async with AsyncExitStack() as stack:
        slack = await stack.enter_async_context(LocalSlack.running(Rules(retry_delays=_RETRIES)))
        model = await stack.enter_async_context(ModelServer())
        chance = random.Random(plan.seed)
        scene = Scenario(slack, model, BotDatabase(address), chance)
        upstream = {"api": slack.url.rstrip("/"), "v1": model.url.removesuffix("/v1")}
        workers = []
        for number in range(plan.workers):
            proxy = await stack.enter_async_context(
                RecordingProxy(number, upstream, scene.watch).open()
            )
            scene.proxies.append(proxy)
            workers.append(Worker(number, folder, _settings(slack, proxy, address)))
        await stack.enter_async_context(running_workers(workers))
        await wait_until(lambda: slack.sockets.connections == plan.workers, _SECONDS_TO_START)
        yield Killer(scene, workers, chance, plan.in_flight)


def _settings(slack: LocalSlack, proxy: RecordingProxy, address: str) -> dict[str, str]:
    return {
        **readout(f"{proxy.url}/v1").settings,
        **slack_settings(slack),
        "SLACK_API_BASE_URL": f"{proxy.url}/api/",
        "READOUT_DATABASE_URL": address,
    }


if __name__ == "__main__":
    main()
