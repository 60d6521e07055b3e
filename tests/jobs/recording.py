"""Steps of jobs that record their calls and can be held or fail, and the jobs that run them."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field

import pytest
from prometheus_client import REGISTRY

from bot.jobs.queue import DurableJobs
from bot.service.errors import SlackFailure
from bot.service.intake import Intake
from bot.service.ports import Mention, Notice
from tests.fakes import MemoryArchive

SECONDS = 60
on_sqlite = pytest.mark.parametrize("address", ["sqlite"], indirect=True)


def counted(metric: str, **labels: str) -> float:
    """The value of a metric of this process."""
    return REGISTRY.get_sample_value(metric, labels) or 0


@dataclass(frozen=True)
class Jobs:
    """The running jobs, and the intake that accepts mentions."""

    done: DurableJobs
    intake: Intake

    async def accept(self, mention: Mention) -> None:
        await self.intake.take(mention)


@dataclass
class RecordingSteps:
    """Steps of jobs. ``calls`` are the steps so far, with their keys. Writing for a key that begins
    with `held` waits for ``hold``, if there is one; the steps named in ``failing`` fail. Outcomes
    are stored in ``archive``. Before it takes a post, or another step named in ``refused``, Slack
    refuses it for each of ``later``: with that code, or asking to wait so many seconds."""

    calls: list[tuple[str, str]] = field(default_factory=list)
    failing: frozenset[str] = frozenset()
    hold: asyncio.Event | None = None
    later: list[int | str] = field(default_factory=list)
    refused: str = "post"
    archive: MemoryArchive | None = None
    _changed: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def sign(self, mention: Mention) -> None:
        await self._do("sign", mention.key)

    async def read(self, key: str) -> None:
        await self._do("read", key)

    async def write(self, key: str, *, with_model: bool) -> None:
        if self.hold is not None and key.startswith("held"):
            await self._do("held", key)
            await self.hold.wait()
        await self._do("write" if with_model else "write without a model", key)
        if self.archive and (mention := await self.archive.mention(key)):
            await self.archive.keep_outcome(mention, Notice("Done."))

    async def post(self, key: str) -> bool:
        await self._do("post", key)
        return key.startswith("awaited")

    async def update_outdated_messages(self) -> None:
        """Nothing was deleted."""

    def due(self, now: float) -> tuple[AsyncIterator[Mention], ...]:
        return ()

    async def catch_up(self, key: str, *, with_model: bool) -> bool:
        await self._do("catch_up" if with_model else "catch_up without a model", key)
        if self.hold is not None:
            await self.hold.wait()
        return key.endswith("better")

    async def post_again(self, key: str) -> None:
        await self._do("post_again", key)

    async def give_up(self, key: str) -> None:
        await self._do("give_up", key)

    async def until(self, step: str, key: str) -> None:
        async with self._changed, asyncio.timeout(SECONDS):
            await self._changed.wait_for(lambda: (step, key) in self.calls)

    async def _do(self, step: str, key: str) -> None:
        async with self._changed:
            self.calls.append((step, key))
            self._changed.notify_all()
        if step in self.failing:
            raise RuntimeError(step)
        if step == self.refused and self.later:
            why = self.later.pop(0)
            if isinstance(why, str):
                raise SlackFailure("Later.", code=why)
            raise SlackFailure("Later.", code="ratelimited", retry_after=why)


Running = Callable[[RecordingSteps], AbstractAsyncContextManager[Jobs]]
