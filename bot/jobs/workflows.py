"""What is done for a job, step by step?

A finished step is never done again; one that a crash interrupted is repeated. The order of the
steps is part of what is on disk: steps may be added at the end, and for any other change the
application version in `engine` has to be raised once the old work is done.
"""

import logging
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any, TypeVar

from dbos import DBOS, SetEnqueueOptions, SetWorkflowID, StepOptions

from bot.jobs.precedence import Precedence
from bot.jobs.progress import Progress
from bot.ports import Mention, Story

Result = TypeVar("Result")
Workflow = Callable[[str], Coroutine[Any, Any, None]]

QUEUE = "threads"
GIVE_UP = ":give_up"

# After five more starts that all ended in a crash, the job itself is taken for the cause.
_RECOVERIES = 5

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Workflows:
    """What dbos can start: `serve` from the queue, `give_up` for a dead job."""

    serve: Workflow
    give_up: Workflow
    progress: Progress
    precedence: Precedence


def registered(story: Story, patience: float) -> Workflows:
    """The workflows of ``story``, known to dbos by name.

    A step that fails is tried three times, ``patience`` seconds apart and then thrice that.
    """
    precedence = Precedence()
    steps = _Steps(story, patience, precedence)
    progress = Progress()

    @DBOS.workflow(name="give_up", max_recovery_attempts=_RECOVERIES)
    async def give_up(key: str) -> None:
        await progress.join()
        await steps.run("give_up", story.give_up, key)

    @DBOS.workflow(name="serve", max_recovery_attempts=_RECOVERIES)
    async def serve(key: str) -> None:
        await progress.join()
        await steps.serve(key)

    return Workflows(serve, give_up, progress, precedence)


async def queue(workflows: Workflows, mention: Mention) -> None:
    """Put the job of ``mention`` in the queue of its thread; once more changes nothing."""
    thread = f"{mention.team}:{mention.channel}:{mention.thread}"
    with SetWorkflowID(mention.key), SetEnqueueOptions(queue_partition_key=thread):
        await DBOS.enqueue_workflow_async(QUEUE, workflows.serve, mention.key)


@dataclass(frozen=True)
class _Steps:
    story: Story
    patience: float
    precedence: Precedence

    async def serve(self, key: str) -> None:
        try:
            await self._in_turn("read", self.story.read, key)
            await self._in_turn("write", self.story.write, key)
            await self._in_turn("post", self.story.post, key)
        except Exception:  # noqa: BLE001 - whatever it was, the asker has to hear of it
            _log.exception("giving up on %s", key)
            await self.run("give_up", self.story.give_up, key)

    async def run(
        self, name: str, work: Callable[[str], Coroutine[Any, Any, Result]], key: str
    ) -> Result:
        options = StepOptions(
            name=name,
            retries_allowed=True,
            max_attempts=3,
            interval_seconds=self.patience,
            backoff_rate=3,
            # A step that hangs would keep its thread waiting for ever.
            timeout_seconds=600,
        )
        return await DBOS.run_step_async(options, work, key)

    async def _in_turn(
        self, name: str, work: Callable[[str], Coroutine[Any, Any, None]], key: str
    ) -> None:
        await self.precedence.turn(key)
        await self.run(name, work, key)
