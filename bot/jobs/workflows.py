"""What is done for a job, step by step?

A finished step is never done again; one that a crash interrupted is repeated. The order of the
steps is part of what is on disk: steps may be added at the end, and for any other change the
application version in `engine` has to be raised; unfinished jobs then begin anew (`versions`).
"""

import logging
import time
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast

from dbos import DBOS, SetWorkflowID, StepOptions
from sqlalchemy.exc import DBAPIError

from bot import metrics
from bot.errors import SlackFailure
from bot.jobs.backlog import count_wait_of
from bot.jobs.order import ThreadOrder
from bot.jobs.progress import Progress
from bot.jobs.queue import SERVE
from bot.logs import about
from bot.ports import LONGEST_AWAITED
from bot.work import Story

Result = TypeVar("Result")
Workflow = Callable[[str], Coroutine[Any, Any, None]]

GIVE_UP = ":give_up"
LATE = ":late"

# After five more starts that all ended in a crash, the job itself is taken for the cause.
_RECOVERIES = 5
# So often Slack may ask to wait for longer than a call waits itself.
_MOST_WAITS = 5

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Workflows:
    """What dbos can start: `serve` from the queue, `give_up` for a dead job."""

    serve: Workflow
    give_up: Workflow
    progress: Progress


def registered(story: Story, order: ThreadOrder, patience: float, step_seconds: float) -> Workflows:
    """The workflows of ``story``, known to dbos by name; those of a thread in ``order``.

    A step that fails, or takes longer than ``step_seconds``, is tried three times, ``patience``
    seconds apart and then thrice that.
    """
    steps = _Steps(story, patience, step_seconds)
    progress = Progress()

    @DBOS.workflow(name="give_up", max_recovery_attempts=_RECOVERIES)
    async def give_up(key: str) -> None:
        await progress.join()
        with about(key):
            await steps.run("give_up", story.give_up, key)

    @DBOS.workflow(name="late", max_recovery_attempts=_RECOVERIES)
    async def late(key: str) -> None:
        await progress.join(is_waited_for=False)
        with about(key):
            await steps.late(key)

    @DBOS.workflow(name=SERVE, max_recovery_attempts=_RECOVERIES)
    async def serve(key: str) -> None:
        await progress.join()
        with about(key), metrics.JOBS.track_inprogress():
            begun = time.monotonic()
            async with order.turn(key):
                outcome = await steps.serve(key)
            metrics.JOB_ENDS.labels(outcome).observe(time.monotonic() - begun)
            if outcome == "awaiting":
                with SetWorkflowID(key + LATE):
                    await DBOS.start_workflow_async(late, key)

    return Workflows(serve, give_up, progress)


@dataclass(frozen=True)
class _Steps:
    story: Story
    patience: float
    step_seconds: float
    faulted: set[str] = field(default_factory=set)
    """The keys of those whose writing has failed in this process by a fault of ours."""

    async def serve(self, key: str) -> str:
        """How it ended: "done", "awaiting" a better reply, or "given_up"."""
        try:
            await self.run("read", self._read, key)
            await self.run("write", self._write, key)
            is_awaiting = await self._say("post", self.story.post, key)
        except Exception:  # noqa: BLE001 - whatever it was, the asker has to hear of it
            _log.exception("giving up")
            await self._say("give_up", self.story.give_up, key)
            return "given_up"
        return "awaiting" if is_awaiting else "done"

    async def late(self, key: str) -> None:
        """Wait for the better reply, and show it. Nobody waits for that but the asker: it holds
        no place of the queue and keeps no thread waiting."""
        if await self.run("catch_up", self.story.catch_up, key, more=LONGEST_AWAITED):
            await self._say("post_again", self.story.post_again, key)

    async def _say(
        self, name: str, work: Callable[[str], Coroutine[Any, Any, Result]], key: str
    ) -> Result | None:
        """Run a step that says something; where Slack asks to wait, wait on disk and say it then,
        whichever process that will be."""

        async def said(key: str) -> tuple[int, Result | None]:
            try:
                return 0, await work(key)
            except SlackFailure as failure:
                if not failure.retry_after:
                    raise
                return failure.retry_after, None

        for _ in range(_MOST_WAITS):
            # An earlier version kept nothing of the step.
            kept = cast("tuple[int, Result | None] | None", await self.run(name, said, key))
            if kept is None or not kept[0]:
                return kept and kept[1]
            await DBOS.sleep_async(kept[0])
        return await self.run(name, work, key)

    async def _read(self, key: str) -> None:
        attempt = DBOS.step_status
        if attempt is None or not attempt.current_attempt:
            await count_wait_of(key)
        await self.story.read(key)

    async def _write(self, key: str) -> None:
        """After a fault of ours the next try does without a model: it would be paid again, and
        lead to the same. A database that is in trouble says nothing against the model."""
        try:
            await self.story.write(key, with_model=key not in self.faulted)
        except (DBAPIError, OSError):
            raise
        except Exception:
            self.faulted.add(key)
            raise
        self.faulted.discard(key)

    async def run(
        self,
        name: str,
        work: Callable[[str], Coroutine[Any, Any, Result]],
        key: str,
        more: float = 0.0,
    ) -> Result:
        options = StepOptions(
            name=name,
            retries_allowed=True,
            max_attempts=3,
            interval_seconds=self.patience,
            backoff_rate=3,
            # A step that hangs would keep its thread waiting for ever.
            timeout_seconds=self.step_seconds + more,
        )
        with metrics.STEPS.labels(name).time():
            return await DBOS.run_step_async(options, _counted(name, work), key)


def _counted(
    name: str, work: Callable[[str], Coroutine[Any, Any, Result]]
) -> Callable[[str], Coroutine[Any, Any, Result]]:
    async def tried(key: str) -> Result:
        with metrics.STEP_FAILURES.labels(name).count_exceptions():
            return await work(key)

    return tried
