"""A simulation in one event loop: Slack, a model, a database, and the processes of Readout, which
can be killed at any call they make.

Real: the listeners, the job steps and their order, the storage, and the clients of Slack and of the
model (both over loopback). Simulated: dbos, whose table and steps are `StoredJobs` and
`_StepRunner.run`; the pages; and the rate limits of Slack. Waiting costs nothing: the loop's clock
skips ahead while nothing happens.
"""

import asyncio
import inspect
import json
import selectors
import time
from collections import Counter
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterator, Sequence
from contextlib import AsyncExitStack, aclosing, contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from functools import partial, wraps
from typing import Any, TypeVar, cast

import aiohttp
from aiohttp import web
from dbos import DBOSClient
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.briefing.documents import Document
from bot.briefing.numbering import numbered
from bot.briefing.requests import PastedText, Source, WebPage
from bot.jobs.durable import AbandonedMentions, end_streams, purge_archive
from bot.jobs.queue import LATE, JobQueue, delete_finished
from bot.jobs.workflows import JobRunner
from bot.models.endpoint import Endpoint
from bot.models.judge import ModelJudge
from bot.models.writer import ModelWriter
from bot.operations.exports import export_files
from bot.service.briefing_service import BriefingService
from bot.service.cancellation import Cancellation, CancellationWatch
from bot.service.corrections import Corrections
from bot.service.deadline import DeadlineReplies
from bot.service.errors import Unreachable
from bot.service.intake import Intake, acknowledge
from bot.service.job_steps import JobSteps
from bot.service.model_scheduler import ModelScheduler
from bot.service.ports import SIGN, STREAM, AccessRules, HomeMemory, Mention, Notice
from bot.service.ports import Outcome as ReplyOutcome
from bot.service.request_handler import RequestHandler
from bot.service.usage import ModelUsage
from bot.slack.app import build_app
from bot.slack.client import Connection, RateLimitedClient
from bot.slack.conversations import SlackConversations
from bot.slack.reply import SlackReplies
from bot.slack.streaming import Pace
from bot.sources.languages import language_of
from bot.storage import codec
from bot.storage.archive import DatabaseArchive, DatabasePostings
from bot.storage.digests import DatabaseDigests
from bot.storage.inbox import DatabaseInbox
from bot.storage.preferences import (
    DatabaseChannels,
    DatabaseFeedback,
    DatabasePreferences,
)
from bot.storage.reminders import DatabaseReminders
from bot.storage.retention import Retention
from bot.storage.search import DatabaseSearch
from bot.storage.usage import DatabaseLedger
from sandbox.slack import LocalSlack
from sandbox.slack.delivery import Delivery, Outcome
from sandbox.slack.state import Message
from tests.fakes import MemoryArchive, digest_jobs, reminder_jobs
from tests.model_server import JUDGE, ModelServer, Says, judgement, stream

DAYS = 30.0
STEP_SECONDS = 90.0
NO_DELAY = Pace(worth_while=0.0, soon=0.0)
_IDLE_SECONDS = 0.0005
"""Time is skipped after this many real seconds with nothing to do."""
_LONGEST_SKIP = 0.5

Result = TypeVar("Result")
Port = TypeVar("Port")


# --- time ---


class _SkippingSelector(selectors.DefaultSelector):
    """Skips time while there is nothing to do."""

    skipped = 0.0
    busy = 0
    """How many threads and database calls are at work: they take real time, and more of it on a
    busy machine, so no time is skipped meanwhile."""

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        ready = super().select(None if timeout is None else min(timeout, _IDLE_SECONDS))
        if not (ready or self.busy) and timeout is not None and timeout > _IDLE_SECONDS:
            self.skipped += min(timeout - _IDLE_SECONDS, _LONGEST_SKIP)
        return ready


class Loop(asyncio.SelectorEventLoop):
    """An event loop in which waiting for a minute takes a second."""

    def __init__(self) -> None:
        self._skipping = _SkippingSelector()
        super().__init__(self._skipping)
        self.set_task_factory(_create_task)

    def time(self) -> float:
        return super().time() + self._skipping.skipped

    @contextmanager
    def no_skipping(self) -> Iterator[None]:
        """Skip no time inside the block."""
        self._skipping.busy += 1
        try:
            yield
        finally:
            self._skipping.busy -= 1

    def run_in_executor(  # type: ignore[override]  # narrower than typeshed has it
        self, executor: Any, func: Callable[..., Result], *args: Any
    ) -> "asyncio.Future[Result]":
        future = super().run_in_executor(executor, func, *args)
        self._skipping.busy += 1
        future.add_done_callback(self._work_ended)
        return future

    def _work_ended(self, _: "asyncio.Future[Any]") -> None:
        self._skipping.busy -= 1


async def without_skipping(work: Callable[[], Awaitable[Result]]) -> Result:
    """Return what ``work`` returns, and skip no time until then."""
    loop = asyncio.get_running_loop()
    assert isinstance(loop, Loop)
    with loop.no_skipping():
        return await work()


@dataclass
class Clock:
    """The current time as Readout sees it, in seconds since 1970; tests move it ahead."""

    ahead: float = 0.0

    def __call__(self) -> float:
        return time.time() + self.ahead


# --- processes ---

_process: ContextVar["Process | None"] = ContextVar("process", default=None)


def is_killed() -> bool:
    """Whether the process that the caller belongs to was killed: nobody hears what it says."""
    process = _process.get()
    return process is not None and process.is_dead


class KilledError(BaseException):
    """The process was killed."""


Fault = Callable[[str], Awaitable[None]]
"""Called with the name of a port's method, before that method: it raises, or takes a long time."""


class Process:
    """A process of Readout. Its calls of ports are recorded by name and counted; it can be killed
    at any of them (``kill_at``; negative: after the call), or meet one of the ``faults``."""

    def __init__(self) -> None:
        self.calls: list[str] = []
        self.kill_at = 0
        self.is_dead = False
        self.faults: dict[int, Fault] = {}
        self.tasks: set[asyncio.Task[Any]] = set()

    async def call(self, name: str, work: Callable[[], Awaitable[Result]]) -> Result:
        """Make the call, unless the process is killed before or after it."""
        self._die_if(self.is_dead)
        self.calls.append(name)
        number = len(self.calls)
        self._die_if(number == self.kill_at)
        if fault := self.faults.get(number):
            await fault(name)
        result = await (without_skipping(work) if name.startswith("Database") else work())
        self._die_if(self.is_dead or number == -self.kill_at)
        return result

    def port(self, adapter: Port) -> Port:
        """Wrap ``adapter`` so that its calls count as calls of this process."""
        return cast("Port", _Port(adapter, self))

    def run(self, work: Callable[[], Result]) -> Result:
        """Return what ``work`` returns; the tasks that it starts belong to this process."""
        before = _process.set(self)
        try:
            return work()
        finally:
            _process.reset(before)

    async def kill(self) -> None:
        """Cancel all its tasks."""
        self.is_dead = True
        while tasks := [task for task in self.tasks if task is not asyncio.current_task()]:
            for task in tasks:
                task.cancel()
            await asyncio.wait(tasks)

    def leftovers(self) -> list[str]:
        """What the process still holds, though nothing is running any more."""
        return []

    def _die_if(self, condition: bool) -> None:
        if condition:
            self.is_dead = True
            raise KilledError


class _Port:
    def __init__(self, adapter: Any, process: Process) -> None:
        self._adapter = adapter
        self._process = process

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._adapter, name)
        full_name = f"{type(self._adapter).__name__}.{name}"
        if inspect.isasyncgenfunction(method) or name == "write":

            @wraps(method)
            async def pieces(*args: Any, **named: Any) -> AsyncGenerator[Any]:
                async with aclosing(method(*args, **named)) as stream:
                    while True:
                        piece = await self._process.call(full_name, partial(anext, stream, None))
                        if piece is None:
                            return
                        yield piece

            return pieces
        if not inspect.iscoroutinefunction(method):
            return method

        @wraps(method)
        async def call(*args: Any, **named: Any) -> Any:
            return await self._process.call(full_name, partial(method, *args, **named))

        return call


def _create_task(loop: asyncio.AbstractEventLoop, coro: Any, **named: Any) -> "asyncio.Task[Any]":
    task = asyncio.Task(coro, loop=loop, **named)
    if (process := _process.get()) is not None:
        process.tasks.add(task)
        task.add_done_callback(process.tasks.discard)
        task.add_done_callback(_retrieve_exception)
    return task


def _retrieve_exception(task: "asyncio.Task[Any]") -> None:
    """Keep asyncio from logging that nobody retrieved the exception of a killed process's task."""
    if not task.cancelled() and isinstance(task.exception(), KilledError):
        return


class _SlackClient(RateLimitedClient):
    """Slack's client, without rate limits, whose calls count as calls of its process."""

    process: Process

    async def api_call(self, api_method: str, **request: Any) -> AsyncSlackResponse:
        send = partial(AsyncWebClient.api_call, self, api_method, **request)
        return await self.process.call(api_method, send)


# --- jobs ---


@dataclass
class StoredJob:
    """What dbos stores of a job, as far as Readout reads it."""

    workflow_id: str
    queue_name: str
    priority: int
    queue_partition_key: str | None
    attributes: dict[str, Any]
    created_at: int
    status: str = "ENQUEUED"
    worker: "Worker | None" = None
    results: dict[str, Any] = field(default_factory=dict)
    """What each finished step returned."""
    recovery_attempts: int = 0
    """Not counted here: a reply waits for the model's version however often workers are killed."""


class StoredJobs:
    """The jobs on disk, by name; has the methods of `DBOSClient` that Readout uses."""

    def __init__(self) -> None:
        self.all: dict[str, StoredJob] = {}

    async def enqueue_async(self, options: dict[str, Any], key: str) -> None:
        self.all.setdefault(
            key,
            StoredJob(
                key, options["queue_name"], options.get("priority", 0),
                options.get("queue_partition_key"), options["attributes"], len(self.all),
            ),
        )  # fmt: skip

    async def list_workflows_async(self, **wanted: Any) -> list[StoredJob]:
        ids, status = wanted.get("workflow_ids"), wanted.get("status")
        statuses = [status] if isinstance(status, str) else status
        return [
            job
            for job in self.all.values()
            if (ids is None or job.workflow_id in ids)
            and (statuses is None or job.status in statuses)
        ]

    async def delete_workflows_async(self, ids: Sequence[str]) -> None:
        for each in ids:
            self.all.pop(each, None)

    async def update_workflow_attributes_async(
        self, name: str, attributes: dict[str, Any], *, merge: bool
    ) -> None:
        self.all[name].attributes |= attributes

    def destroy(self) -> None:
        """Nothing is held open."""

    def enqueued(self) -> list[StoredJob]:
        """The jobs that no worker has begun, next one first."""
        jobs = [job for job in self.all.values() if job.status == "ENQUEUED"]
        return sorted(jobs, key=lambda job: (job.priority, job.created_at))

    def requeue(self, worker: "Worker") -> None:
        """Enqueue the unfinished jobs of a dead worker again; finished steps stay finished."""
        for job in self.all.values():
            if job.worker is worker and job.status == "PENDING":
                job.status, job.worker = "ENQUEUED", None


@dataclass(frozen=True)
class _StepRunner(JobRunner):
    """Runs each step of a job once, with up to three attempts."""

    job: StoredJob = field(kw_only=True)
    counts: Counter[str] = field(default_factory=Counter, kw_only=True)
    """How often the job ran each step since its last start."""

    async def run(
        self, name: str, work: Callable[[str], Awaitable[Any]], key: str, more: float = 0.0
    ) -> Any:
        self.counts[name] += 1
        step = f"{name} {self.counts[name]}"
        if step not in self.job.results:
            for attempts_left in (2, 1, 0):
                try:
                    async with asyncio.timeout(self.step_seconds + more):
                        self.job.results[step] = await work(key)
                    break
                except Exception:
                    if not attempts_left:
                        raise
                    await asyncio.sleep(self.patience)
        return self.job.results[step]

    async def wait(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


class Worker(Process):
    """The process that runs the jobs."""

    def __init__(self, world: "World") -> None:
        super().__init__()
        self.world = world
        self.job_tasks: set[asyncio.Task[None]] = set()
        self.stack = AsyncExitStack()
        self.model_client = world.model.client()

    async def start(self) -> None:
        world, client = self.world, await self.world.client(self, self.stack)
        archive = self.archive = self.port(DatabaseArchive(world.engine, world.retention))
        postings = self.port(DatabasePostings(world.engine, world.retention))
        usage = ModelUsage(self.port(DatabaseLedger(world.engine, world.retention)))
        self.replies = SlackReplies(client, postings, NO_DELAY)
        writer, judge = self.port(self.model_client.writer), self.port(self.model_client.judge)
        briefing_service = BriefingService(self.port(world.reader), writer, "0", judge=judge)
        request_handler = RequestHandler(
            briefing_service, archive, self.port(SlackConversations(client)), usage, language_of,
        )  # fmt: skip
        self.deadline_replies = DeadlineReplies(
            request_handler, archive, 3_600.0, world.clock, in_line=1e9
        )
        self.watch = CancellationWatch(archive)
        reminders = reminder_jobs(MemoryArchive())
        digests = digest_jobs(MemoryArchive(), briefing_service)
        self.job_steps = JobSteps(
            request_handler,
            self.deadline_replies,
            Cancellation(archive, self.replies, self.wait_for_job),
            Corrections(briefing_service, archive, self.replies, usage, reminders, digests.digests),
            archive,
            self.replies,
            self.watch,
            digests,
            reminders,
        )
        self.queue = JobQueue(world.dbos, archive, lambda _name: None)
        self.abandoned = AbandonedMentions(self.queue)

    def set_deadline(self, seconds: float) -> None:
        """From now on, reply without the model when it takes longer than ``seconds``."""
        self.deadline_replies.seconds = seconds

    async def wait_for_job(self, key: str) -> None:
        """Return once the mention's job isn't running; wait half a second for one to appear."""
        for attempt in range(100):
            job = self.world.jobs.all.get(key)
            if job.status != "PENDING" if job else attempt >= 5:
                return
            await asyncio.sleep(0.1)

    def begin(self, job: StoredJob) -> None:
        """Run the job in a task, as the workflows `serve` and `late` do."""
        job.status, job.worker = "PENDING", self
        task = self.run(lambda: asyncio.create_task(self._run_job(job)))
        self.job_tasks.add(task)
        task.add_done_callback(partial(self._job_ended, job))

    async def _run_job(self, job: StoredJob) -> None:
        name = job.workflow_id
        steps = _StepRunner(self.job_steps, self.world.dbos, 0.1, STEP_SECONDS, job=job)
        if name.endswith(LATE):
            await steps.late(name.removesuffix(LATE))
        else:
            async with self.queue.turn(name):
                outcome = await steps.serve(name)
            if outcome == "awaiting":
                row = {"queue_name": "late", "attributes": {}}
                await self.world.jobs.enqueue_async(row, name + LATE)
                # The model's late answer is in the memory of this process.
                self.begin(self.world.jobs.all[name + LATE])
        if not self.is_dead:
            job.status = "SUCCESS"

    def _job_ended(self, job: StoredJob, task: asyncio.Task[None]) -> None:
        """Enqueue a job again that was interrupted."""
        self.job_tasks.discard(task)
        if job.status == "PENDING" and not self.is_dead:
            job.status, job.worker = "ENQUEUED", None

    async def kill(self) -> None:
        await super().kill()
        await self.stack.aclose()
        self.world.jobs.requeue(self)

    async def housekeeping(self, work: Callable[[], Awaitable[object]]) -> None:
        """Run some housekeeping in this process; where it fails, it is run again a minute later."""
        with suppress(Exception, KilledError, asyncio.CancelledError):
            await self.run(lambda: asyncio.ensure_future(work()))

    async def end_streams(self) -> None:
        """End streams that were not yet known when their replies were posted."""
        await end_streams(self.archive, self.replies)

    async def purge(self) -> None:
        """Delete what has expired."""
        stored = await self.world.mentions()
        places = {key: (each.channel, each.thread) for key, (each, _) in stored.items()}
        async for keys in purge_archive(self.archive, self.world.clock()):
            self.world.purged |= {places[key] for key in keys if key in places}
            await delete_finished(self.world.dbos, keys)

    def leftovers(self) -> list[str]:
        scheduler, streams = self.model_client.scheduler, self.replies.streams
        kept = {
            "requests running in the scheduler": scheduler._turns._running,
            "requests waiting in the scheduler": scheduler._turns._waiting,
            "judges in the scheduler": scheduler._turns._judges,
            "admissions in the scheduler": scheduler._admissions,
            "growing streams": streams._growing,
            "ending streams": streams._ending,
            "updates of first signs": self.replies.sign_updates,
            "watched for Stop": self.watch._working,
            "late versions": self.deadline_replies._writing,
            "replies to be stored": self.deadline_replies._written,
            "tasks": {task.get_coro() for task in self.tasks if task not in self.job_tasks},
        }
        return [f"{name}: {what}" for name, what in kept.items() if what]


class Listener(Process):
    """The process that listens to Slack."""

    def __init__(self, world: "World") -> None:
        super().__init__()
        self.world = world
        self.stack = AsyncExitStack()

    async def start(self) -> None:
        world, client = self.world, await self.world.client(self, self.stack)
        archive = self.port(DatabaseArchive(world.engine, world.retention))
        postings = self.port(DatabasePostings(world.engine, world.retention))
        inbox = self.port(DatabaseInbox(world.engine, world.clock))
        self.replies = SlackReplies(client, postings)

        async def first_sign(mention: Mention) -> None:
            await acknowledge(self.replies, mention)

        queue = JobQueue(world.dbos, archive, lambda _name: None)

        async def enqueue(key: str, is_new: bool) -> None:
            # As the working process does with the keys that it reads from the listener.
            if (mention := await archive.mention(key)) is not None:
                if is_new and not mention.is_a_message:
                    await delete_finished(world.dbos, [key])
                await queue.enqueue(await queue.next_in_its_thread(mention))

        def begin_job(key: str, is_new: bool) -> None:
            self.run(lambda: asyncio.create_task(enqueue(key, is_new)))

        intake = Intake(archive, postings, inbox, first_sign, begin_job, patience=0.0)
        self.intake = intake
        memory = HomeMemory(
            DatabaseSearch(world.engine, world.clock),
            DatabasePreferences(world.engine),
            DatabaseFeedback(world.engine, world.retention),
            DatabaseChannels(world.engine, world.clock),
            AccessRules(settings_by="everybody"),
            has_model=True,
            digests=DatabaseDigests(world.engine, world.retention),
            reminders=DatabaseReminders(world.engine, world.retention),
        )
        self.app = build_app(client, world.connection, intake, export_files, memory)
        self._closed = asyncio.Event()
        opened = asyncio.Event()
        self._listening = self.run(lambda: asyncio.create_task(self._listen(opened)))
        await opened.wait()

    async def _listen(self, opened: asyncio.Event) -> None:
        async with self.app.events.handling():
            opened.set()
            await self._closed.wait()

    async def carry(self, delivery: Delivery, reason: str) -> Outcome:
        """Handle what Slack delivers, as over a socket."""
        try:
            answer = await self.run(lambda: asyncio.create_task(self._dispatch(delivery)))
        except (Exception, KilledError, asyncio.CancelledError):  # noqa: BLE001 - as a dead socket
            return Outcome(acked=False, reason="timeout")
        if answer.status != 200:
            return Outcome(acked=False, reason="http_error")
        body = answer.body or ""
        is_json = "json" in str(answer.headers.get("content-type", ""))
        payload = json.loads(body) if is_json and body else {"text": body} if body else {}
        return Outcome(acked=True, payload=payload)

    async def _dispatch(self, delivery: Delivery) -> BoltResponse:
        request = AsyncBoltRequest(mode="socket_mode", body=delivery.payload)
        return await self.app.bolt.async_dispatch(request)

    async def kill(self) -> None:
        await super().kill()
        await self.stack.aclose()

    def leftovers(self) -> list[str]:
        events = self.app.events
        kept = {
            "events in progress": events._handling,
            "events not stored yet": events._unstored,
            "growing streams": self.replies.streams._growing,
            "mentions being enqueued": self.intake._beginning,
        }
        return [f"{name}: {what}" for name, what in kept.items() if what]


# --- what the processes talk to ---


class ModelClient:
    """The clients with which one process asks the model. ``name`` is the model's name in their
    requests, which no other process uses."""

    def __init__(self, name: str, url: str) -> None:
        self.name = name
        self.scheduler = ModelScheduler(8, has_judge=True)
        endpoint = Endpoint(name, base_url=url, scheduler=self.scheduler, retries=0)
        self.writer, self.judge = ModelWriter(endpoint), ModelJudge(endpoint)

    async def close(self) -> None:
        """Close the connections to the model."""
        await self.writer.close()
        await self.judge.close()


class Model(ModelServer):
    """A model that answers with the first sentences of what it is given. Between `hold` and
    `release` it answers nothing."""

    def __init__(self) -> None:
        super().__init__(Says(""))
        self._clients: list[ModelClient] = []
        self._free = asyncio.Event()
        self.reset()

    def reset(self) -> None:
        """Forget all requests. The clients are used again: making one takes a tenth of a second,
        since certificates are loaded."""
        self._unused = iter(list(self._clients))
        self.requested: list[str] = []
        """The model that each request named: each process uses its own name."""
        self.completed: list[tuple[str, int, int]] = []
        """The model, and the tokens in and out, of each answer that was sent to its end."""
        self.prompts: list[str] = []
        """The user message of each request."""
        self.release()

    async def __aexit__(self, *_: object) -> None:
        for client in self._clients:
            await client.close()
        await super().__aexit__()

    def client(self) -> ModelClient:
        """A client that no other process of this simulation has."""
        client = next(self._unused, None)
        if client is None:
            client = ModelClient(f"fake-{len(self._clients)}", self.url)
            self._clients.append(client)
        return client

    def hold(self) -> None:
        self._free.clear()

    def release(self) -> None:
        self._free.set()

    async def complete(self, request: web.Request) -> web.StreamResponse:
        body = await request.json()
        self.requested.append(body["model"])
        usage = (1_000 + len(self.requested), 100 + len(self.requested))
        await self._free.wait()
        system, user = (each["content"] for each in body["messages"])
        self.prompts.append(user)
        answer = judgement(user) if JUDGE in system else draft_for(user)
        response = await stream(request, Says(answer, size=200, usage=usage), body)
        self.completed.append((body["model"], *usage))
        return response


def draft_for(message: str) -> str:
    """The answer to the writer's ``message``: a draft of the first sentences, one of them
    shortened, so that the judge is asked, and one with a wrong figure, so that it goes back to be
    repaired."""
    sentences = [
        line.partition("] ") for line in message.split("\n") if line[:1] == "[" and "] " in line
    ]
    lines: list[dict[str, Any]] = [
        {"evidence": [number[1:]], "voice": "event", "speaker": None, "text": sentence}
        for number, _, sentence in sentences[:3]
    ]
    asked = json.loads(message.rpartition("\n")[2])
    if "failed" in asked:
        repaired = [{"number": each["number"], **lines[1]} for each in asked["failed"]]
        return json.dumps({"lines": repaired, "commitments": [], "quotes": []})
    if "question" in asked:
        return json.dumps({"lines": lines[:1]})
    shorter = {**lines[0], "text": lines[0]["text"].removesuffix(" with its neighbours.") + "."}
    wrong = {**lines[1], "text": lines[1]["text"].replace("12", "13")}
    empty: dict[str, list[str]] = {
        name: [] for name in ("differences", "commitments", "quotes", "cautions", "unknowns")
    }
    draft = {"headline": lines[0], "bottom_line": lines[-1], "key_points": [shorter, wrong]}
    return json.dumps({**draft, **empty})


class Pages:
    """`ports.Reader` of pasted text and of pages: the last part of a page's address stands in each
    sentence of its `article`; a page whose name begins with "gone" can't be reached."""

    async def read(self, source: Source, label: str) -> Document:
        if isinstance(source, PastedText):
            return replace(
                numbered(label, source.text, language="en"), pasted_for=source.pasted_for
            )
        assert isinstance(source, WebPage)
        word = source.url.rpartition("/")[2]
        if word.startswith("gone"):
            raise Unreachable("The page could not be reached.", source=source.name)
        return replace(numbered(label, article(word), language="en"), url=source.url)


def article(word: str) -> str:
    """An article that can be recognised by the ``word`` in each of its sentences."""
    return (
        f"The council of {word} agreed on Friday to share the water works with its neighbours.\n"
        f"The works of {word} cost 12 million crowns, and engineers will inspect them in spring.\n"
        f"Shops in {word} closed in summer because the old well gave too little water."
    )


class World:
    """Slack, the model, the database, and the processes of Readout."""

    def __init__(self, slack: LocalSlack, model: Model, engine: AsyncEngine) -> None:
        self.slack, self.model, self.engine = slack, model, engine
        self.clock = Clock()
        self.retention = Retention(DAYS, self.clock)
        self.reader = Pages()
        self.jobs = StoredJobs()
        self.dbos = cast("DBOSClient", self.jobs)
        self.connection = Connection(slack.api_url, slack.bot_token)
        self.listener = Listener(self)
        self.workers: list[Worker] = []
        self.purged: set[tuple[str, str]] = set()
        """The channels and threads of the mentions that were purged."""
        slack.outbox.carrier = self

    async def carry(self, delivery: Delivery, reason: str) -> Outcome:
        """Deliver it to the current listener."""
        return await self.listener.carry(delivery, reason)

    async def client(self, process: Process, stack: AsyncExitStack) -> RateLimitedClient:
        session = await stack.enter_async_context(aiohttp.ClientSession())
        client = _SlackClient(
            token=self.connection.bot_token, base_url=self.connection.api_url, session=session
        )
        client.process = process
        return client

    async def start(self, workers: int = 1) -> None:
        await self.listener.start()
        for _ in range(workers):
            await self.add_worker()

    async def add_worker(self) -> Worker:
        worker = Worker(self)
        await worker.start()
        self.workers.append(worker)
        return worker

    async def restart_dead_processes(self) -> None:
        """Start another process in place of each that was killed."""
        if self.listener.is_dead:
            await self.listener.kill()
            self.listener = Listener(self)
            await self.listener.start()
        for worker in [each for each in self.workers if each.is_dead]:
            await worker.kill()
            self.workers.remove(worker)
            await self.add_worker()

    async def run_until_idle(self) -> None:
        """Run jobs until nothing happens any more: all are done, or wait for the model."""
        while True:
            await asyncio.sleep(2.0)
            self.clock.ahead += 2.0  # the clock advances while the loop skips time
            await self.restart_dead_processes()
            enqueued = self.jobs.enqueued()
            for number, job in enumerate(enqueued):
                self.workers[number % len(self.workers)].begin(job)
            if not enqueued and not self._is_receiving():
                return

    async def run_until_done(self) -> None:
        """Return once everything is done, including events that a dead process had not handled and
        mentions that it had not enqueued: housekeeping looks for those."""
        self.model.release()
        # A mention that is delivered again after its deletion takes two rounds of housekeeping to
        # go; only then is it the turn of the next one in its thread.
        for _ in range(5):
            async with asyncio.timeout(3_600):
                await self.run_until_idle()
                while await self._has_open_work():
                    await self.run_until_idle()
            await self.workers[0].housekeeping(self.workers[0].abandoned.enqueue)
            # A stream that a dead process began is looked up once it is a minute old.
            self.clock.ahead += 61
            await self.workers[0].housekeeping(self.workers[0].end_streams)
            # A deletion doesn't find what has expired: the purge deletes that.
            await self.workers[0].housekeeping(self.workers[0].purge)

    async def _has_open_work(self) -> bool:
        are_done = all(job.status == "SUCCESS" for job in self.jobs.all.values())
        return not are_done or bool(await self.rows("SELECT id FROM arrivals"))

    def _is_receiving(self) -> bool:
        sent = self.slack.deliveries
        return any(not (each.acked_at or each.given_up) for each in sent) or bool(
            self.listener.leftovers()
        )

    # --- what must hold once everything is done ---

    async def problems(self) -> list[str]:
        """What must never happen: a request with no reply or with two, a first sign or an open
        stream that stays, a resource that is not released. One sentence for each."""
        replies = [each async for each in self._reply_problems()]
        leaked = [] if await self._returns_connections() else ["a leaked database connection"]
        return [*replies, *self._sign_problems(), *self._leaks(), *leaked]

    async def _reply_problems(self) -> AsyncGenerator[str]:
        shown = Counter((event["key"], event["part"]) for event, _ in self.bot_messages() if event)
        for repeated in (each for each, times in shown.items() if times > 1):
            yield f"posted twice: {repeated}"
        stored = await self.mentions()
        for key, (mention, outcome) in stored.items():
            if outcome is None:
                yield f"no reply to {mention}"
            elif not mention.is_about_others and mention.thread and not mention.version_of:
                versions = [k for k, (each, _) in stored.items() if each.first_version == key]
                is_shown = any(k in versions and part >= 0 for k, part in shown)
                is_withdrawn = isinstance(outcome, Notice) and not outcome.text
                is_gone = self.slack.state.message(mention.channel, mention.thread) is None
                if not (is_shown or is_withdrawn or is_gone):
                    yield f"no message shows the reply to {mention}: {outcome}"

    def _sign_problems(self) -> Iterator[str]:
        for event, message in self.bot_messages():
            if event and event["part"] in (SIGN, STREAM):
                yield f"leftover first sign: {message.text}"
            if message.stream is not None and message.stream.state == "open":
                yield f"open stream: {message.text}"
        for (channel, thread), status in self.slack.state.statuses.items():
            # Nobody clears the status of a purged mention: Slack does so after two minutes.
            is_purged = (channel, thread) in self.purged
            if status.text and not is_purged and self.slack.state.message(channel, thread):
                yield f"leftover status: {status.text}"

    def _leaks(self) -> Iterator[str]:
        for process in (self.listener, *self.workers):
            yield from process.leftovers()

    async def _returns_connections(self) -> bool:
        """Whether all connections are back in the pool at some moment: the inbox is polled."""
        for _ in range(50):
            if not self.engine.pool.checkedout():  # type: ignore[attr-defined]
                return True
            await asyncio.sleep(0.1)
        return False

    def bot_messages(self) -> list[tuple[dict[str, Any] | None, Message]]:
        """The bot's messages that everybody sees, each with its event payload (``key``, ``part``),
        None where it has none."""
        state = self.slack.state
        everywhere = (m for channel in state.channels for m in state.messages(channel))
        own = [message for message in everywhere if message.by_app and not message.seen_by]
        return [(each.metadata.get("event_payload"), each) for each in own]

    async def mentions(self) -> dict[str, tuple[Mention, ReplyOutcome | None]]:
        """The stored mentions and their outcomes, by key."""
        rows = await self.rows(
            "SELECT m.key, m.content, o.kind, o.content AS outcome FROM mentions m"
            " LEFT JOIN outcomes o ON o.key = m.key"
        )
        return {
            row.key: (
                codec.mentions.validate_json(row.content),
                codec.load_outcome(row.kind, row.outcome, ()) if row.kind else None,
            )
            for row in rows
        }

    async def rows(self, query: str) -> list[Any]:
        async with self.engine.connect() as connection:
            return list((await connection.execute(text(query))).all())

    async def close(self) -> None:
        self.model.release()
        for process in (self.listener, *self.workers):
            await process.kill()
