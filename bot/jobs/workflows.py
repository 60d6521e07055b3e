"""The dbos workflows of a job: its steps, with their retries."""

import asyncio
import logging
import time
from collections.abc import Callable, Coroutine
from contextlib import nullcontext
from dataclasses import dataclass, field
from functools import partial
from typing import Any, TypeVar, cast

from dbos import DBOS, DBOSClient, SetWorkflowID, StepOptions
from sqlalchemy.exc import (
    DBAPIError,
    DisconnectionError,
    InterfaceError,
    InternalError,
    OperationalError,
)
from sqlalchemy.exc import TimeoutError as NoConnection

from bot.jobs.queue import LATE, SERVE, JobQueue, find_jobs, record_start, times_started
from bot.service import metrics
from bot.service.errors import OUT_OF_ORDER, SlackFailure
from bot.service.log_context import about
from bot.service.ports import LONGEST_AWAITED, Steps


class RunningWorkflows:
    """The workflows that run in this process."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[Any]] = set()
        self._waited_for: set[asyncio.Task[Any]] = set()
        self._closing = False

    async def add(self, *, is_waited_for: bool = True) -> None:
        """Add the calling workflow; once we are closing, it goes no further. `end` doesn't wait for
        one that is itself only waiting."""
        if task := asyncio.current_task():
            for tasks in (self._tasks, self._waited_for) if is_waited_for else (self._tasks,):
                tasks.add(task)
                task.add_done_callback(tasks.discard)
        if self._closing:
            await asyncio.Event().wait()

    async def end(self, seconds: float) -> None:
        """Give running workflows up to ``seconds`` to finish, then cancel them.

        dbos keeps a cancelled task's job as unfinished, so the next process resumes it.
        """
        self._closing = True
        if self._waited_for:
            await asyncio.wait(self._waited_for, timeout=seconds)
        unfinished = list(self._tasks)
        for task in unfinished:
            task.cancel()
        await asyncio.gather(*unfinished, return_exceptions=True)


# A finished step is never repeated; one that a crash interrupted is. If the process ended three
# times during a job, the job continues without a model, one such job at a time, since it may be
# what ends the process. If the process ends three more times while the job runs alone, it is given
# up.
# The order of the steps is part of what is on disk: steps may be added at the end; any other change
# needs a new application version in `engine`, and unfinished jobs then start over
# (`takeover.restart`).

Result = TypeVar("Result")

_log = logging.getLogger(__name__)

_TOGETHER, _ALONE = 3, 3
"""How often a job is started together with all others, and then how often alone."""
DATABASE_ERRORS = (DBAPIError, DisconnectionError, NoConnection, OSError)
"""What a database in trouble raises."""
_WAITS = 5
"""How often a job is started to wait for the model's version, which may be what ends the process;
after that, the first version becomes final."""
_PAUSES = (1, 3, 15, 60, *[300] * 144)
"""The pauses before a call is tried again if Slack is out of order, for a day in all; also how
often Slack may ask us to wait longer than a call does, and the pauses before a model's version is
awaited again after a failure. In units of a step's ``patience``."""

_TROUBLE = (OperationalError, InterfaceError, InternalError)
"""The database can't be reached, or is locked, full or read-only."""
_PAUSES_IN_TROUBLE = (1, 2, 4, 8, 16, 32, 64)
"""The pauses then, in units of the step's ``patience``; all of them for each of its tries."""


class TooManyCrashes(Exception):
    """The process has ended under a job so often that the job is taken for the cause."""


def register_workflows(
    steps: Steps, queue: JobQueue, patience: float, step_seconds: float
) -> RunningWorkflows:
    """Register the workflows of ``steps`` with dbos; returns what keeps track of those that run.
    Those of a thread run in the order of the ``queue``.

    A step that fails, or takes longer than ``step_seconds``, is tried three times: after
    ``patience`` seconds, then after three times that.
    """
    runner = JobRunner(steps, queue.client, patience, step_seconds)
    running = RunningWorkflows()

    @DBOS.workflow(name="late")
    async def late(key: str) -> None:
        await running.add(is_waited_for=False)
        with about(key):
            await runner.late(key)

    @DBOS.workflow(name="give_up")
    async def give_up(key: str) -> None:
        """For jobs that an earlier version may have left in progress."""
        with about(key):
            await runner.run("give_up", steps.give_up, key)

    # A job counts its own starts: dbos's count includes the times it waited.
    @DBOS.workflow(name=SERVE, max_recovery_attempts=None)
    async def serve(key: str) -> None:
        await running.add()
        with about(key), metrics.JOBS.track_inprogress():
            started = time.monotonic()
            async with queue.turn(key):
                outcome = await runner.serve(key)
            metrics.JOB_ENDS.labels(outcome).observe(time.monotonic() - started)
            if outcome == "awaiting":
                with SetWorkflowID(key + LATE):
                    await DBOS.start_workflow_async(late, key)

    return running


@dataclass(frozen=True)
class JobRunner:
    """Runs the steps of jobs, each step with its retries."""

    steps: Steps
    client: DBOSClient
    patience: float
    step_seconds: float
    faulted: set[str] = field(default_factory=set)
    """The keys of jobs to write without a model, after an error of ours or crashes."""
    alone: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def serve(self, key: str) -> str:
        """Run a job with others, or after crashes alone and without a model. Returns how it ended:
        "done", "awaiting" a better reply, or "given_up"."""
        try:
            starts = await times_started(self.client, key)
            is_alone = starts >= _TOGETHER
            async with self.alone if is_alone else nullcontext():
                if starts == _TOGETHER + _ALONE:
                    metrics.DEAD_JOBS.inc()
                    raise TooManyCrashes  # noqa: TRY301 - it ends as every failure does
                await record_start(self.client, key, starts + 1)
                if is_alone:
                    self.faulted.add(key)
                await self.run("read", self.steps.read, key)
                await self._call_slack("write", self._write, key)
                is_awaiting = await self._call_slack("post", self.steps.post, key)
        except Exception:  # noqa: BLE001 - whatever it was, the asker must be told
            _log.exception("giving up")
            await self._call_slack("give_up", self.steps.give_up, key)
            return "given_up"
        return "awaiting" if is_awaiting else "done"

    async def late(self, key: str) -> None:
        """Wait for the better reply, and show it. Only the asker waits for that: it takes no place
        in the queue and doesn't hold up its thread."""
        if await self._wait_for_version(key):
            await self._call_slack("post_again", self.steps.post_again, key)

    async def _wait_for_version(self, key: str) -> bool:
        """Wait for the better reply; returns whether there is one. If that fails, as in a long
        outage of the database, wait on disk and try again: the reply says that more may come."""
        for pause in _PAUSES:
            try:
                return await self.run("catch_up", self._catch_up, key, more=LONGEST_AWAITED)
            except Exception:  # noqa: BLE001 - whatever it was, the reply must not stay like that
                _log.exception("the model's version could not be stored yet")
                await self.wait(pause * self.patience)
        return await self.run("catch_up", self._catch_up, key, more=LONGEST_AWAITED)

    async def _catch_up(self, key: str) -> bool:
        jobs = await find_jobs(self.client, workflow_ids=[key + LATE])
        starts = max((job.recovery_attempts or 0 for job in jobs), default=0)
        return await self.steps.catch_up(key, with_model=starts <= _WAITS)

    async def _call_slack(
        self, name: str, work: Callable[[str], Coroutine[Any, Any, Result]], key: str
    ) -> Result | None:
        """Run a step that calls Slack. If Slack asks to wait, or is out of order, wait on disk and
        try again, in whichever process that will be."""
        for pause in _PAUSES:
            attempt = partial(_attempt_to_call_slack, work, pause * self.patience)
            # An earlier version stored nothing for the step.
            kept = cast("tuple[float, Result | None] | None", await self.run(name, attempt, key))
            if kept is None or not kept[0]:
                return kept and kept[1]
            await self.wait(kept[0])
        return await self.run(name, work, key)

    async def wait(self, seconds: float) -> None:
        """Wait on disk: after a crash, the next process waits for what is left. If the disk takes
        nothing, as when it is full, wait in memory."""
        try:
            await DBOS.sleep_async(seconds)
        except DATABASE_ERRORS:
            await asyncio.sleep(seconds)

    async def _write(self, key: str) -> None:
        """Write the reply. After an error of ours the next try does without a model, which would
        cost as much again and fail the same way. A database in trouble doesn't count as one, nor
        does Slack."""
        try:
            await self.steps.write(key, with_model=key not in self.faulted)
        except (*DATABASE_ERRORS, SlackFailure):
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
        """Run a step. Each failure is counted; if the database is in trouble, this waits."""
        options = StepOptions(
            name=name,
            retries_allowed=True,
            max_attempts=3,
            interval_seconds=self.patience,
            backoff_rate=3,
            # A step that hangs would block its thread for ever.
            timeout_seconds=self.step_seconds + more,
        )

        async def attempt(key: str) -> Result:
            pauses = iter(_PAUSES_IN_TROUBLE)
            while True:
                try:
                    with metrics.STEP_FAILURES.labels(name).count_exceptions():
                        return await work(key)
                except _TROUBLE:
                    if (pause := next(pauses, None)) is None:
                        raise
                    _log.warning("trying again when the database may be back", exc_info=True)
                    await asyncio.sleep(pause * self.patience)

        with metrics.STEPS.labels(name).time():
            return await DBOS.run_step_async(options, attempt, key)


async def _attempt_to_call_slack(
    work: Callable[[str], Coroutine[Any, Any, Result]], pause: float, key: str
) -> tuple[float, Result | None]:
    """0 and the result of ``work``, or the seconds until it should be tried again."""
    try:
        return 0, await work(key)
    except SlackFailure as failure:
        seconds = pause if failure.code in OUT_OF_ORDER else failure.retry_after
        if not seconds:
            raise
        return seconds, None
