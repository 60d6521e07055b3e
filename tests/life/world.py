"""All that a request meets in its life, in one loop: Slack, a model, a database, and the processes
of Readout, which may be killed at any call they make.

Real are the listeners, the jobs' steps and their order, the storage, the client of the model and
Slack's (both over loopback). Not real: dbos, whose table and steps are `Jobs` and
`JobRunner.run`; the reading of pages; and the pace of calls to Slack. Waiting costs nothing: the
loop's clock runs ahead while nothing happens.
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
from bot.service.ports import Outcome as Said
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
from tests.model_server import JUDGE, ModelServer, Says, _stream, judgement

DAYS = 30.0
STEP_SECONDS = 90.0
AT_ONCE = Pace(worth_while=0.0, soon=0.0)
_TICK = 0.0005
"""After so many real seconds without anything to do, time is skipped."""
_SKIPPED = 0.5

Result = TypeVar("Result")
Port = TypeVar("Port")


# --- time ---


class _IdleSelector(selectors.DefaultSelector):
    """Skips time where there is nothing to do."""

    skipped = 0.0
    in_threads = 0
    """Calls that a thread or a database is at: they take real time, more on a busy machine."""

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        ready = super().select(None if timeout is None else min(timeout, _TICK))
        if not (ready or self.in_threads) and timeout is not None and timeout > _TICK:
            self.skipped += min(timeout - _TICK, _SKIPPED)
        return ready


class Loop(asyncio.SelectorEventLoop):
    """A loop in which to wait for a minute takes a second."""

    def __init__(self) -> None:
        self._idle = _IdleSelector()
        super().__init__(self._idle)
        self.set_task_factory(_of_the_process)

    def time(self) -> float:
        return super().time() + self._idle.skipped

    @contextmanager
    def real_time(self) -> Iterator[None]:
        """No time is skipped meanwhile."""
        self._idle.in_threads += 1
        try:
            yield
        finally:
            self._idle.in_threads -= 1

    def run_in_executor(  # type: ignore[override]  # narrower than typeshed has it
        self, executor: Any, func: Callable[..., Result], *args: Any
    ) -> "asyncio.Future[Result]":
        future = super().run_in_executor(executor, func, *args)
        self._idle.in_threads += 1
        future.add_done_callback(self._is_back)
        return future

    def _is_back(self, _: "asyncio.Future[Any]") -> None:
        self._idle.in_threads -= 1


async def in_real_time(work: Callable[[], Awaitable[Result]]) -> Result:
    """What ``work`` returns; no time is skipped until then."""
    loop = asyncio.get_running_loop()
    assert isinstance(loop, Loop)
    with loop.real_time():
        return await work()


@dataclass
class Clock:
    """The seconds since 1970, as far as Readout knows."""

    ahead: float = 0.0

    def __call__(self) -> float:
        return time.time() + self.ahead


# --- processes ---

_process: ContextVar["Process | None"] = ContextVar("process", default=None)


class KilledError(BaseException):
    """The process is no more."""


Trouble = Callable[[str], Awaitable[None]]
"""What comes instead of a call: it raises, or takes its time."""


class Process:
    """Its calls of the ports are counted by name; at one of them it may be killed, or there may be
    trouble."""

    def __init__(self) -> None:
        self.calls: list[str] = []
        self.kill_at = 0
        self.is_over = False
        self.trouble: dict[int, Trouble] = {}
        self.tasks: set[asyncio.Task[Any]] = set()

    async def call(self, name: str, work: Callable[[], Awaitable[Result]]) -> Result:
        """Let the call be made, unless the process is killed before or after it."""
        self._die_if(self.is_over)
        self.calls.append(name)
        number = len(self.calls)
        self._die_if(number == self.kill_at)
        if trouble := self.trouble.get(number):
            await trouble(name)
        result = await (in_real_time(work) if name.startswith("Database") else work())
        self._die_if(self.is_over or number == -self.kill_at)
        return result

    def port(self, of: Port) -> Port:
        """``of``, whose calls are calls of this process."""
        return cast("Port", _Port(of, self))

    def run(self, work: Callable[[], Result]) -> Result:
        """What ``work`` returns; the tasks that it starts are those of the process."""
        before = _process.set(self)
        try:
            return work()
        finally:
            _process.reset(before)

    async def kill(self) -> None:
        """Nothing more is done by it."""
        self.is_over = True
        while tasks := [task for task in self.tasks if task is not asyncio.current_task()]:
            for task in tasks:
                task.cancel()
            await asyncio.wait(tasks)

    def held(self) -> list[str]:
        """What is not given back though nothing is done any more."""
        return []

    def _die_if(self, is_so: bool) -> None:
        if is_so:
            self.is_over = True
            raise KilledError


class _Port:
    def __init__(self, of: Any, process: Process) -> None:
        self._of = of
        self._process = process

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._of, name)
        told = f"{type(self._of).__name__}.{name}"
        if inspect.isasyncgenfunction(found) or name in ("brief", "answer"):

            @wraps(found)
            async def pieces(*args: Any, **named: Any) -> AsyncGenerator[Any]:
                async with aclosing(found(*args, **named)) as stream:
                    while True:
                        piece = await self._process.call(told, partial(anext, stream, None))
                        if piece is None:
                            return
                        yield piece

            return pieces
        if not inspect.iscoroutinefunction(found):
            return found

        @wraps(found)
        async def call(*args: Any, **named: Any) -> Any:
            return await self._process.call(told, partial(found, *args, **named))

        return call


def _of_the_process(
    loop: asyncio.AbstractEventLoop, coro: Any, **named: Any
) -> "asyncio.Task[Any]":
    task = asyncio.Task(coro, loop=loop, **named)
    if (process := _process.get()) is not None:
        process.tasks.add(task)
        task.add_done_callback(process.tasks.discard)
        task.add_done_callback(_seen)
    return task


def _seen(task: "asyncio.Task[Any]") -> None:
    """A task that died with its process has nobody who looks at its end."""
    if not task.cancelled() and isinstance(task.exception(), KilledError):
        return


class _Client(RateLimitedClient):
    """Slack's client, whose calls are calls of its process and wait for nothing."""

    process: Process

    async def api_call(self, api_method: str, **request: Any) -> AsyncSlackResponse:
        sent = partial(AsyncWebClient.api_call, self, api_method, **request)
        return await self.process.call(api_method, sent)


# --- jobs ---


@dataclass
class Job:
    """What dbos keeps of a job, as far as we look at it."""

    workflow_id: str
    queue_name: str
    priority: int
    queue_partition_key: str | None
    attributes: dict[str, Any]
    created_at: int
    status: str = "ENQUEUED"
    worker: "Worker | None" = None
    done: dict[str, Any] = field(default_factory=dict)


class Jobs:
    """The jobs on disk, by name (`DBOSClient`, as far as we use it)."""

    def __init__(self) -> None:
        self.all: dict[str, Job] = {}

    async def enqueue_async(self, options: dict[str, Any], key: str) -> None:
        self.all.setdefault(
            key,
            Job(
                key, options["queue_name"], options.get("priority", 0),
                options.get("queue_partition_key"), options["attributes"], len(self.all),
            ),
        )  # fmt: skip

    async def list_workflows_async(self, **wanted: Any) -> list[Job]:
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
        """Nothing is held."""

    def waiting(self) -> list[Job]:
        """Those that nobody works at, in the order of their turns; ends of others come first."""
        open_ = [job for job in self.all.values() if job.status == "ENQUEUED"]
        return sorted(open_, key=lambda job: (job.priority, job.created_at))

    def left_by(self, worker: "Worker") -> None:
        """What a dead worker was at waits again; its finished steps are kept."""
        for job in self.all.values():
            if job.worker is worker and job.status == "PENDING":
                job.status, job.worker = "ENQUEUED", None


@dataclass(frozen=True)
class _DoneOnce(JobRunner):
    """The steps of a job, each done once, and tried three times."""

    job: Job = field(kw_only=True)

    async def run(
        self, name: str, work: Callable[[str], Awaitable[Any]], key: str, more: float = 0.0
    ) -> Any:
        if name not in self.job.done:
            for left in (2, 1, 0):
                try:
                    async with asyncio.timeout(self.step_seconds + more):
                        self.job.done[name] = await work(key)
                    break
                except Exception:
                    if not left:
                        raise
                    await asyncio.sleep(self.patience)
        return self.job.done[name]


class Worker(Process):
    """The process that does the jobs."""

    def __init__(self, world: "World") -> None:
        super().__init__()
        self.world = world
        self.doing: set[asyncio.Task[None]] = set()
        self.stack = AsyncExitStack()
        self.mind = world.model.mind()

    async def start(self) -> None:
        world, client = self.world, await self.world.client(self, self.stack)
        archive = self.archive = self.port(DatabaseArchive(world.engine, world.retention))
        postings = self.port(DatabasePostings(world.engine, world.retention))
        usage = ModelUsage(self.port(DatabaseLedger(world.engine, world.retention)))
        self.replies = SlackReplies(client, postings, AT_ONCE)
        writer, judge = self.port(self.mind.writer), self.port(self.mind.judge)
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
        self.story = JobSteps(
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
        self.left = AbandonedMentions(self.queue)

    def deadline(self, seconds: float) -> None:
        """Let the model take so long, and no longer, from now on."""
        self.deadline_replies.seconds = seconds

    async def wait_for_job(self, key: str) -> None:
        """Return once nobody is at the job of the mention."""
        for look in range(100):
            job = self.world.jobs.all.get(key)
            if job.status != "PENDING" if job else look >= 5:
                return
            await asyncio.sleep(0.1)

    def begin(self, job: Job) -> None:
        """Do the job, as the workflows `serve` and `late` do."""
        job.status, job.worker = "PENDING", self
        task = self.run(lambda: asyncio.create_task(self._done(job)))
        self.doing.add(task)
        task.add_done_callback(partial(self._ended, job))

    async def _done(self, job: Job) -> None:
        name = job.workflow_id
        steps = _DoneOnce(self.story, self.world.dbos, 0.1, STEP_SECONDS, job=job)
        if name.endswith(LATE):
            await steps.late(name.removesuffix(LATE))
        else:
            async with self.queue.turn(name):
                outcome = await steps.serve(name)
            if outcome == "awaiting":
                row = {"queue_name": "late", "attributes": {}}
                await self.world.jobs.enqueue_async(row, name + LATE)
                # What the model still writes is in the memory of this process.
                self.begin(self.world.jobs.all[name + LATE])
        if not self.is_over:
            job.status = "SUCCESS"

    def _ended(self, job: Job, task: asyncio.Task[None]) -> None:
        """What was cut off is for the next process."""
        self.doing.discard(task)
        if job.status == "PENDING" and not self.is_over:
            job.status, job.worker = "ENQUEUED", None

    async def kill(self) -> None:
        await super().kill()
        await self.stack.aclose()
        self.world.jobs.left_by(self)

    async def tidied(self, work: Callable[[], Awaitable[object]]) -> None:
        """Some housekeeping in this process; what goes wrong there goes well a minute later."""
        with suppress(Exception, KilledError, asyncio.CancelledError):
            await self.run(lambda: asyncio.ensure_future(work()))

    async def end_streams(self) -> None:
        """End those that nobody knew when their replies were posted."""
        await end_streams(self.archive, self.replies)

    async def purge(self) -> None:
        """Delete what has expired."""
        async for keys in purge_archive(self.archive, self.world.clock()):
            self.world.expired |= set(keys)
            await delete_finished(self.world.dbos, keys)

    def held(self) -> list[str]:
        gate, streams = self.mind.gate, self.replies.streams
        kept = {
            "running at the gate": gate._turns._running,
            "waiting at the gate": gate._turns._waiting,
            "judges at the gate": gate._turns._judges,
            "called at the gate": gate._admissions,
            "growing streams": streams._growing,
            "ending streams": streams._ending,
            "updates of signs": self.replies.sign_updates,
            "watched": self.watch._working,
            "late versions": self.deadline_replies._writing,
            "tasks": {task.get_coro() for task in self.tasks if task not in self.doing},
        }
        return [f"{name}: {what}" for name, what in kept.items() if what]


class Listener(Process):
    """The process that hears Slack."""

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

        async def put(key: str, is_new: bool) -> None:
            # As the worker does with what the listener passes on.
            if (mention := await archive.mention(key)) is not None:
                if is_new and not mention.is_a_message:
                    await delete_finished(world.dbos, [key])
                await queue.enqueue(await queue.next_in_its_thread(mention))

        def begin_job(key: str, is_new: bool) -> None:
            self.run(lambda: asyncio.create_task(put(key, is_new)))

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
        """What Slack sends, heard as over a socket."""
        try:
            answer = await self.run(lambda: asyncio.create_task(self._heard(delivery)))
        except (Exception, KilledError, asyncio.CancelledError):  # noqa: BLE001 - as a dead socket
            return Outcome(acked=False, reason="timeout")
        if answer.status != 200:
            return Outcome(acked=False, reason="http_error")
        body = answer.body or ""
        is_json = "json" in str(answer.headers.get("content-type", ""))
        payload = json.loads(body) if is_json and body else {"text": body} if body else {}
        return Outcome(acked=True, payload=payload)

    async def _heard(self, delivery: Delivery) -> BoltResponse:
        request = AsyncBoltRequest(mode="socket_mode", body=delivery.payload)
        return await self.app.bolt.async_dispatch(request)

    async def kill(self) -> None:
        await super().kill()
        await self.stack.aclose()

    def held(self) -> list[str]:
        events = self.app.events
        kept = {
            "events in progress": events._handling,
            "events not stored yet": events._unstored,
            "growing streams": self.replies.streams._growing,
            "on the way into the queue": self.intake._beginning,
        }
        return [f"{name}: {what}" for name, what in kept.items() if what]


# --- what is around them ---


class Mind:
    """What a process asks the model with; ``name`` is what it calls the model, as no other does."""

    def __init__(self, name: str, url: str) -> None:
        self.name = name
        self.gate = ModelScheduler(8, has_judge=True)
        endpoint = Endpoint(name, base_url=url, scheduler=self.gate, retries=0)
        self.writer, self.judge = ModelWriter(endpoint), ModelJudge(endpoint)


class Model(ModelServer):
    """A model that says again what it reads: its first sentences, each with its number. While it is
    ``held``, it says nothing."""

    def __init__(self) -> None:
        super().__init__(Says(""))
        self._minds: list[Mind] = []
        self._free = asyncio.Event()
        self.begin_anew()

    def begin_anew(self) -> None:
        """Nothing was asked yet. What it was asked with is kept: to make a client, certificates are
        loaded for a tenth of a second."""
        self._left = iter(list(self._minds))
        self.asked: list[str] = []
        """The model that each request names: each process has one of its own."""
        self.given: list[tuple[str, int, int]] = []
        """Of each answer that was given to its end the model, and the tokens read and written."""
        self.read: list[str] = []
        """What each request said."""
        self.release()

    def mind(self) -> Mind:
        """One that no other process of this life has."""
        found = next(self._left, None)
        if found is None:
            found = Mind(f"fake-{len(self._minds)}", self.url)
            self._minds.append(found)
        return found

    def hold(self) -> None:
        self._free.clear()

    def release(self) -> None:
        self._free.set()

    @property
    def is_held(self) -> bool:
        return not self._free.is_set()

    async def complete(self, request: web.Request) -> web.StreamResponse:
        asked = await request.json()
        self.asked.append(asked["model"])
        usage = (1_000 + len(self.asked), 100 + len(self.asked))
        await self._free.wait()
        system, user = (each["content"] for each in asked["messages"])
        self.read.append(user)
        said = judgement(user) if JUDGE in system else said_of(user)
        answer = await _stream(request, Says(said, size=200, usage=usage), asked)
        self.given.append((asked["model"], *usage))
        return answer


def said_of(message: str) -> str:
    """The answer to a request: a draft that says what the first sentences of each source say, one
    of them in fewer words, which a judge has to read, and one with a wrong figure, which the writer
    gets back."""
    sentences = [
        line.partition("] ") for line in message.split("\n") if line[:1] == "[" and "] " in line
    ]
    lines: list[dict[str, Any]] = [
        {"evidence": [number[1:]], "voice": "event", "speaker": None, "text": sentence}
        for number, _, sentence in sentences[:3]
    ]
    asked = json.loads(message.rpartition("\n")[2])
    if "failed" in asked:
        mended = [{"number": each["number"], **lines[1]} for each in asked["failed"]]
        return json.dumps({"lines": mended, "commitments": [], "quotes": []})
    if "question" in asked:
        return json.dumps({"lines": lines[:1]})
    shorter = {**lines[0], "text": lines[0]["text"].removesuffix(" with its neighbours.") + "."}
    wrong = {**lines[1], "text": lines[1]["text"].replace("12", "13")}
    empty: dict[str, list[str]] = {
        name: [] for name in ("differences", "commitments", "quotes", "cautions", "unknowns")
    }
    said = {"headline": lines[0], "bottom_line": lines[-1], "key_points": [shorter, wrong]}
    return json.dumps({**said, **empty})


class Pages:
    """`ports.Reader` of pasted text and of the pages of one site: each is an article of its own, in
    which its address stands; those whose name begins with "gone" are not reached."""

    def __init__(self) -> None:
        self.read_names: list[str] = []

    async def read(self, source: Source, label: str) -> Document:
        self.read_names.append(source.name)
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
    """An article that nobody else has, by the ``word`` in each of its sentences."""
    return (
        f"The council of {word} agreed on Friday to share the water works with its neighbours.\n"
        f"The works of {word} cost 12 million crowns, and engineers will inspect them in spring.\n"
        f"Shops in {word} closed in summer because the old well gave too little water."
    )


class World:
    """Slack, the model and the database, and who is at work there."""

    def __init__(self, slack: LocalSlack, model: Model, engine: AsyncEngine) -> None:
        self.slack, self.model, self.engine = slack, model, engine
        self.clock = Clock()
        self.retention = Retention(DAYS, self.clock)
        self.reader = Pages()
        self.jobs = Jobs()
        self.dbos = cast("DBOSClient", self.jobs)
        self.connection = Connection(slack.api_url, slack.bot_token)
        self.listener = Listener(self)
        self.workers: list[Worker] = []
        self.began: list[int] = []
        self.expired: set[str] = set()
        """The requests that were purged."""
        slack.outbox.carrier = self

    async def carry(self, delivery: Delivery, reason: str) -> Outcome:
        """To whoever listens by then."""
        return await self.listener.carry(delivery, reason)

    async def client(self, process: Process, stack: AsyncExitStack) -> RateLimitedClient:
        session = await stack.enter_async_context(aiohttp.ClientSession())
        client = _Client(
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

    async def bury(self) -> None:
        """Another takes the place of each process that has died."""
        if self.listener.is_over:
            await self.listener.kill()
            self.listener = Listener(self)
            await self.listener.start()
        for worker in [each for each in self.workers if each.is_over]:
            await worker.kill()
            self.workers.remove(worker)
            await self.add_worker()

    async def go_on(self) -> None:
        """Do what there is to do, until nothing happens any more: it is done, or waits for the
        model."""
        while True:
            await asyncio.sleep(2.0)
            self.clock.ahead += 2.0  # the clock runs on where the loop skips time
            await self.bury()
            begun = self.jobs.waiting()
            for number, job in enumerate(begun):
                self.workers[number % len(self.workers)].begin(job)
            if not begun and not self._is_hearing():
                return

    async def settle(self) -> None:
        """Return once everything is done, also what a dead process had not yet understood or put
        into the queue: that is looked for every other minute."""
        self.model.release()
        # What came again after it was deleted is seen twice before it goes; then the next in its
        # thread has its turn.
        for _ in range(5):
            async with asyncio.timeout(3_600):
                await self.go_on()
                while await self._is_anything_left():
                    await self.go_on()
            await self.workers[0].tidied(self.workers[0].left.enqueue)
            # Where a stream stands that a dead process began is looked up a minute later.
            self.clock.ahead += 61
            await self.workers[0].tidied(self.workers[0].end_streams)
            # Of what has expired nobody knows that it was deleted as well.
            await self.workers[0].tidied(self.workers[0].purge)

    async def _is_anything_left(self) -> bool:
        are_done = all(job.status == "SUCCESS" for job in self.jobs.all.values())
        return not are_done or bool(await self.rows("SELECT id FROM arrivals"))

    def _is_hearing(self) -> bool:
        sent = self.slack.deliveries
        return any(not (each.acked_at or each.given_up) for each in sent) or bool(
            self.listener.held()
        )

    # --- what has to hold once everything is done ---

    async def loose_ends(self) -> list[str]:
        """What is wrong whatever happened: a request without one reply, a sign that lingers, a
        stream that nobody ends, a place that is not given back."""
        replies = [each async for each in self._replies()]
        kept = [] if await self._has_no_connection() else ["a connection to the database"]
        return [*replies, *self._signs(), *self._held(), *kept]

    async def _replies(self) -> AsyncGenerator[str]:
        shown = Counter((event["key"], event["part"]) for event, _ in self.own_messages() if event)
        for twice in (each for each, times in shown.items() if times > 1):
            yield f"posted twice: {twice}"
        kept = await self.mentions()
        for key, (mention, outcome) in kept.items():
            if outcome is None:
                yield f"no reply to {mention}"
            elif not mention.is_about_others and mention.thread and not mention.version_of:
                family = [k for k, (each, _) in kept.items() if each.first_version == key]
                stands = any(k in family and part >= 0 for k, part in shown)
                is_withdrawn = isinstance(outcome, Notice) and not outcome.text
                is_gone = self.slack.state.message(mention.channel, mention.thread) is None
                if not (stands or is_withdrawn or is_gone):
                    yield f"nothing stands for {mention}: {outcome}"

    def _signs(self) -> Iterator[str]:
        for event, message in self.own_messages():
            if event and event["part"] in (SIGN, STREAM):
                yield f"a sign: {message.text}"
            if message.stream is not None and message.stream.state == "open":
                yield f"an open stream: {message.text}"
        for (channel, thread), status in self.slack.state.statuses.items():
            # Of what has expired it is not ended: Slack does so after two minutes.
            has_expired = any(f":{channel}:" in key for key in self.expired)
            if status.text and not has_expired and self.slack.state.message(channel, thread):
                yield f"a status: {status.text}"

    def _held(self) -> Iterator[str]:
        for process in (self.listener, *self.workers):
            yield from process.held()

    async def _has_no_connection(self) -> bool:
        """Whether all are given back in the end: the inbox is looked at now and then."""
        for _ in range(50):
            if not self.engine.pool.checkedout():  # type: ignore[attr-defined]
                return True
            await asyncio.sleep(0.1)
        return False

    def own_messages(self) -> list[tuple[dict[str, Any] | None, Message]]:
        """Our messages that everybody sees, and of which reply they are, and which part."""
        state = self.slack.state
        everywhere = (m for channel in state.channels for m in state.messages(channel))
        own = [message for message in everywhere if message.by_app and not message.seen_by]
        return [(each.metadata.get("event_payload"), each) for each in own]

    async def mentions(self) -> dict[str, tuple[Mention, Said | None]]:
        """The requests that are kept, and the replies to them."""
        rows = await self.rows(
            "SELECT m.key, m.content, o.kind, o.content AS said FROM mentions m"
            " LEFT JOIN outcomes o ON o.key = m.key"
        )
        return {
            row.key: (
                codec.mentions.validate_json(row.content),
                codec.load_outcome(row.kind, row.said, ()) if row.kind else None,
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
