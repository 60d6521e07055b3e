"""Workers that are restarted whenever they end, as by a supervisor."""

import asyncio
import contextlib
import os
import signal
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, TypeAlias

from benchmarks.bots import environment, readout

Part: TypeAlias = Literal["working", "listening", "both"]
"""Which of a worker's two processes is killed."""

_SECONDS_TO_STOP = 60.0


@dataclass
class Worker:
    """One `readout serve`, run by ``command``; ``spawned`` has the times of its starts, in
    monotonic seconds."""

    number: int
    folder: Path
    settings: dict[str, str]
    command: tuple[str, ...] = readout(None).command
    spawned: list[float] = field(default_factory=list)
    process: asyncio.subprocess.Process | None = None
    may_restart: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def log(self) -> Path:
        return self.folder / f"log-{self.number}.txt"

    def kill(self, part: Part) -> bool:
        """Kill that part of it; returns whether it was running."""
        if self.process is None or self.process.returncode is not None:
            return False
        if part == "both":
            os.killpg(self.process.pid, signal.SIGKILL)
            return True
        pid = _listener_pid(self.process.pid) if part == "listening" else self.process.pid
        if pid is None:
            return False
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
        return True

    async def serve(self) -> None:
        """Start it, and restart it whenever it has ended and ``may_restart``, until cancelled."""
        self.may_restart.set()
        with self.log.open("ab") as log:
            while True:
                await self.may_restart.wait()
                self.spawned.append(time.monotonic())
                self.process = await asyncio.create_subprocess_exec(
                    *self.command,
                    cwd=self.folder,  # so that no .env of a developer is read
                    env=environment(self.settings),
                    stdout=log,
                    stderr=log,
                    start_new_session=True,
                )
                await self.process.wait()

    async def stop(self) -> None:
        if self.process is None or self.process.returncode is not None:
            return
        self.process.terminate()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_SECONDS_TO_STOP):
                await self.process.wait()
                return
        self.kill("both")


@asynccontextmanager
async def running_workers(workers: list[Worker]) -> AsyncIterator[None]:
    """Keep the workers running during the block."""
    tasks = [asyncio.create_task(worker.serve()) for worker in workers]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await asyncio.gather(*(worker.stop() for worker in workers))


async def wait_until(condition: Callable[[], bool], seconds: float, pause: float = 0.01) -> bool:
    """Wait for the condition, which is looked at after each ``pause``; returns False if that takes
    longer than ``seconds``."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            while not condition():
                await asyncio.sleep(pause)
    return condition()


def _listener_pid(pid: int) -> int | None:
    """The child process that listens to Slack: the only one apart from multiprocessing's."""
    with contextlib.suppress(OSError):
        for child in Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split():
            if b"resource_tracker" not in Path(f"/proc/{child}/cmdline").read_bytes():
                return int(child)
    return None
