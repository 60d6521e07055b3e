"""A Readout reduced to its jobs, to be killed: `killed.py ADDRESS LOG STOP VERSION KEY...`.

Each step is logged to the file LOG, and the step STOP never returns ("model": writing with a
model). Reading for a KEY with "poison" in it ends the process. The jobs are of VERSION; one is
accepted for each KEY, and three run at a time.
"""

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from pathlib import Path

from bot.jobs import engine, queue, takeover
from bot.jobs.durable import JobSettings, durable_jobs
from bot.service.intake import Intake
from bot.service.ports import Mention
from bot.storage.archive import DatabaseArchive, DatabasePostings
from bot.storage.database import open_database
from bot.storage.retention import Retention
from tests.fakes import MemoryInbox, Transcript


class LoggingSteps:
    def __init__(self, log: Path, stop: str) -> None:
        self._log = os.open(log, os.O_CREAT | os.O_APPEND | os.O_WRONLY)
        self._stop = stop

    async def sign(self, _mention: Mention) -> None:
        await self._do("sign")

    async def read(self, key: str) -> None:
        await self._do("read")
        if "poison" in key:
            os._exit(1)

    async def write(self, _key: str, *, with_model: bool) -> None:
        await self._do("write")
        if with_model and self._stop == "model":
            await asyncio.Event().wait()

    async def post(self, _key: str) -> bool:
        await self._do("post")
        return False

    async def update_outdated_messages(self) -> None:
        """Nothing was deleted."""

    def due(self, now: float) -> tuple[AsyncIterator[Mention], ...]:
        return ()

    async def catch_up(self, _key: str, *, with_model: bool) -> bool:
        return False

    async def post_again(self, _key: str) -> None:
        return None

    async def give_up(self, _key: str) -> None:
        await self._do("give_up")

    async def _do(self, step: str) -> None:
        os.write(self._log, f"{step}\n".encode())
        if step == self._stop:
            await asyncio.Event().wait()


async def main(address: str, log: str, stop: str, version: str, *keys: str) -> None:
    for module in (engine, queue, takeover):
        vars(module)["VERSION"] = version
    database = await open_database(address)
    retention = Retention(30)
    archive = DatabaseArchive(database.engine, retention)
    postings = DatabasePostings(database.engine, retention)
    recorder = LoggingSteps(Path(log), stop)
    settings = JobSettings(address, model_calls=1)
    async with durable_jobs(recorder, archive, Transcript(), database.lock, settings) as jobs:
        intake = Intake(archive, postings, MemoryInbox(), recorder.sign, jobs.accept)
        for key in keys:
            ts = key.rpartition(":")[2]
            await intake.take(Mention(key, "T1", "C1", ts, ts, "U1", "brief"))
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
