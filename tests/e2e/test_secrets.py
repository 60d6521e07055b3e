"""One run in which every field has a recognisable value and everything that can fail fails: none of
the values is in the log, the metrics, the traces, the jobs or the files' metadata, and after
deletion or expiry none is in the database."""

import asyncio
import gzip
import json
import os
import signal
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile, is_zipfile

import aiohttp
import psycopg
import pytest
import pytest_asyncio
from aiohttp import web
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from sqlalchemy import make_url

from bot.briefing.draft import DraftProblem, DraftVerdicts
from sandbox.slack import Fault, LocalFile, LocalSlack
from tests.e2e.articles import BOTTOM_LINE, BRIEFING, WORKS
from tests.e2e.processes import CLOCK, DAY, ROOT, SERVE, two_free_ports, until, worker
from tests.e2e.readout import environment, reply_to
from tests.model_server import JUDGE, ModelServer, Says, Status
from tests.postgres import new_database
from tests.slacks import choose, delete_reply, running_slack

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.slow]

SENTENCE = "The heron of Ostrava keeps a ledger of its own."
QUESTION = "Who keeps the ledger of the heron?"
FILE, TITLE = "kingfisher.txt", "The kingfisher of Brno"
GONE = "The pelican of Plzen keeps nothing at all."
PERSON, CHANNEL = "Vanellus", "lapwings"
TICKET, KEY, PASSWORD = "ticket-of-the-heron", "key-of-the-heron", "password-of-the-heron"
BIRDS = ("heron", "kingfisher", "pelican")
JUDGED = "The clerk of the works reads it aloud."
PROBLEM = DraftProblem(number=1, problem=f"<!channel> {SENTENCE}")
REFUSED = Status(400, {"message": f"refused: {SENTENCE}", "code": "heron"})


class Collector:
    """An OpenTelemetry collector on loopback, which records what it receives."""

    def __init__(self) -> None:
        self.bodies: list[bytes] = []
        self.url = ""

    @classmethod
    @asynccontextmanager
    async def listening(cls) -> AsyncIterator["Collector"]:
        collector, app = cls(), web.Application()
        app.router.add_post("/v1/traces", collector.take)
        runner = web.AppRunner(app)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        collector.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        yield collector
        await runner.cleanup()

    async def take(self, request: web.Request) -> web.Response:
        body = await request.read()
        is_packed = request.headers.get("Content-Encoding") == "gzip"
        self.bodies.append(gzip.decompress(body) if is_packed else body)
        return web.Response()


@dataclass
class Run:
    """What the run left behind: the log, the end of the mention's key, the planted values, spans,
    metrics, files, and the database contents at the end and after everything expired."""

    log: str = ""
    place: str = ""
    planted: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()
    traces: list[bytes] = field(default_factory=list)
    figures: str = ""
    files: list[bytes] = field(default_factory=list)
    jobs: bytes = b""
    archive: bytes = b""
    jobs_in_the_end: bytes = b""
    archive_in_the_end: bytes = b""

    @property
    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.log.splitlines()]


@pytest_asyncio.fixture(scope="module", loop_scope="module", params=["sqlite", "postgresql"])
async def run(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Run]:
    folder = tmp_path_factory.mktemp("secrets")
    (folder / "sitecustomize.py").write_text(CLOCK.format(file=str(folder / "seconds")))
    address = f"sqlite:///{folder / 'readout.db'}"
    if request.param == "postgresql":
        server = request.getfixturevalue("postgres")
        url = make_url(new_database(server)).set(password=PASSWORD)
        address = url.render_as_string(hide_password=False)
    run, port = Run(), two_free_ports()
    async with (
        running_slack() as slack,
        ModelServer(REFUSED) as model,
        Collector.listening() as collector,
    ):
        settings = environment(slack, folder) | {
            "PYTHONPATH": f"{folder}:{ROOT}",
            "OPENAI_API_KEY": KEY,
            "OPENAI_BASE_URL": model.url,
            "OPENAI_MODEL": "fake",
            "OPENAI_LOG": "debug",
            "OTEL_EXPORTER_OTLP_ENDPOINT": collector.url,
            "READOUT_DATABASE_URL": address,
            "READOUT_LOG_LEVEL": "debug",
            "READOUT_METRICS_PORT": str(port),
            "READOUT_TRACING": "on",
        }
        async with worker(slack, settings, folder) as process:
            run.place = await everything_fails(slack, model)
            run.files = exported(slack)
            run.figures = await figures(port) + await usage(settings, folder)
            process.send_signal(signal.SIGTERM)
            assert await process.wait() == 0
        run.archive, run.jobs = stored_bytes(address)
        (folder / "seconds").write_text(str(40 * DAY))
        async with worker(slack, settings, folder) as process:
            await until(lambda: is_empty(address))
            process.send_signal(signal.SIGTERM)
            assert await process.wait() == 0
        run.archive_in_the_end, run.jobs_in_the_end = stored_bytes(address)
        secrets = (TICKET, KEY, PASSWORD, slack.bot_token, slack.app_token, slack.signing_secret)
        run.planted = (*secrets, PERSON, CHANNEL)
        run.ids = (slack.person(PERSON).id, slack.channel(CHANNEL).id)
    run.log = (folder / "log").read_text("utf-8")
    run.traces = collector.bodies
    yield run


async def everything_fails(slack: LocalSlack, model: ModelServer) -> str:
    """Make requests while everything that can fail fails. Returns the end of the first mention's
    key."""
    slack.fail("assistant.threads.setStatus", Fault(error="missing_scope"), times=9)
    # The first sign, the reply, the reply without blocks, and the repeated reply.
    slack.fail("chat.postMessage", Fault(error="invalid_blocks"), times=4)
    first = await answered(slack, slack.say(PERSON, CHANNEL, f"@readout\n{WORKS}\n{SENTENCE}"))
    slack.say(PERSON, CHANNEL, f"@readout {QUESTION}", thread_ts=first)
    await until(lambda: len(reply_to(slack, first).messages) > 1)
    await answered(
        slack, slack.say(PERSON, CHANNEL, f"@readout http://127.0.0.1:9/heron?ticket={TICKET}")
    )
    file = LocalFile(FILE, "text/plain", f"{TITLE}\n{WORKS}".encode())
    await answered(slack, slack.say(PERSON, CHANNEL, "@readout", files=[file]))
    gone = await answered(slack, slack.say(PERSON, CHANNEL, f"@readout\n{WORKS}\n{GONE}"))
    await delete_reply(slack, PERSON, reply_to(slack, gone).ts)
    await until(lambda: not reply_to(slack, gone).messages)
    model.play(Says.draft(BRIEFING), about=JUDGED)
    model.play(Says.draft(DraftVerdicts(unsupported=[PROBLEM], supported=[])), about=JUDGE)
    judged = await answered(slack, slack.say(PERSON, CHANNEL, f"@readout\n{WORKS}\n{JUDGED}"))
    assert model.judged
    choose(slack, PERSON, reply_to(slack, judged).ts, "export")
    await until(lambda: len(exported(slack)) == 3)
    return f":{slack.channel(CHANNEL).id}:{first}"


def exported(slack: LocalSlack) -> list[bytes]:
    """The files that the bot has uploaded."""
    files, asker = slack.state.files.values(), slack.person(PERSON).id
    return [each.content for each in files if each.owner != asker and each.content]


async def answered(slack: LocalSlack, ts: str) -> str:
    """Wait until the reply to ``ts`` is finished; returns ``ts``."""
    await until(
        lambda: bool(reply_to(slack, ts).messages) and "Stop" not in reply_to(slack, ts).buttons
    )
    return ts


async def figures(port: int) -> str:
    """The metrics and health of both processes."""
    texts = ""
    async with aiohttp.ClientSession() as session:
        for at in (port, port + 1):
            for path in ("metrics", "healthz", "readyz"):
                async with session.get(f"http://127.0.0.1:{at}/{path}") as answer:
                    texts += await answer.text()
    return texts


async def usage(settings: dict[str, str], folder: Path) -> str:
    """What `readout usage` prints."""
    process = await asyncio.create_subprocess_exec(
        *SERVE[:-1], "usage", "--json", cwd=folder, env={**os.environ, **settings},
        stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    printed, _ = await process.communicate()
    assert process.returncode == 0
    return printed.decode()


def stored_bytes(address: str) -> tuple[bytes, bytes]:
    """The contents of the archive and of the jobs: bytes on disk, or all rows of a server."""
    if address.startswith("sqlite"):
        folder = Path(address.removeprefix("sqlite:///")).parent
        archive, jobs = (
            b"".join(each.read_bytes() for each in folder.glob(files))
            for files in ("readout.db*", "readout.jobs.sqlite*")
        )
        return archive, jobs
    with psycopg.connect(address) as connection:
        tables = connection.execute(
            "SELECT table_schema, table_name FROM information_schema.tables"
            " WHERE table_schema IN ('public', 'dbos')"
        ).fetchall()
        rows = {"public": b"", "dbos": b""}
        for schema, table in tables:
            for (row,) in connection.execute(f'SELECT t::text FROM {schema}."{table}" t'.encode()):
                rows[schema] += row.encode()
    return rows["public"], rows["dbos"]


def is_empty(address: str) -> bool:
    """Whether no request, no job and no word of SQLite's index is left."""
    if address.startswith("sqlite"):
        file = Path(address.removeprefix("sqlite:///"))
        jobs = file.with_suffix(".jobs.sqlite")
        return not (_count(file, "mentions") + _count(file, "findings_words_idx")) and not _count(
            jobs, "workflow_status"
        )
    with psycopg.connect(address) as connection:
        left = (
            "SELECT (SELECT count(*) FROM mentions) + (SELECT count(*) FROM dbos.workflow_status)"
        )
        return connection.execute(left).fetchone() == (0,)


def _count(file: Path, table: str) -> int:
    with closing(sqlite3.connect(file)) as connection:
        return int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


def found(text: str | bytes, *wanted: str) -> list[str]:
    """Those of ``wanted`` that are in ``text``, ignoring case."""
    there = (text.decode("utf-8", "replace") if isinstance(text, bytes) else text).lower()
    return [each for each in wanted if each.lower() in there]


WORDS = (*BIRDS, WORKS.splitlines()[0], BOTTOM_LINE, "Ostrava", "Brno")


async def test_the_log_contains_no_text_token_key_or_name(run: Run) -> None:
    assert found(run.log, *run.planted, *WORDS) == []


async def test_every_log_line_is_a_json_object(run: Run) -> None:
    assert {"event", "level", "logger", "timestamp"} <= set.intersection(*map(set, run.lines))


async def test_both_processes_log_the_mention_they_work_on(run: Run) -> None:
    about = {line["logger"] for line in run.lines if line.get("mention", "").endswith(run.place)}
    unbound = [line["event"] for line in run.lines if "mention" not in line]

    assert {"bot.slack.client", "bot.slack.reply", "bot.models.faults", "dbos"} <= about
    assert [event for event in unbound if "Slack" in event and "listening" not in event] == []


async def test_traces_contain_jobs_steps_and_requests_but_no_text(run: Run) -> None:
    spans = [
        span
        for body in run.traces
        for resource in ExportTraceServiceRequest.FromString(body).resource_spans
        for scope in resource.scope_spans
        for span in scope.spans
    ]
    assert {"serve", "read", "write", "post", "chat fake"} <= {span.name for span in spans}
    assert run.place in str(spans)
    assert found(str(spans), *run.planted, *WORDS) == []


async def test_no_metric_names_a_person_channel_or_source(run: Run) -> None:
    assert "readout_replies_total" in run.figures
    assert found(run.figures, *run.planted, *run.ids, *WORDS) == []


async def test_an_exported_file_names_nobody_and_contains_no_key(run: Run) -> None:
    assert len(run.files) == 3
    assert all(found(text, BOTTOM_LINE[:20]) for text in run.files if not is_zipfile(BytesIO(text)))
    for text in (part for file in run.files for part in parts(file)):
        assert found(text, *run.planted, run.ids[0]) == []


async def test_the_archive_contains_the_request_but_no_token_key_or_name(run: Run) -> None:
    asked = ["heron", "kingfisher", BOTTOM_LINE]
    assert found(run.archive, *asked) == asked
    secrets = [each for each in run.planted if each != TICKET]  # a part of what was asked
    assert found(run.archive, *secrets) == []


async def test_jobs_contain_no_text(run: Run) -> None:
    assert run.place.encode() in run.jobs
    assert found(run.jobs, *run.planted, *WORDS, run.ids[0]) == []


async def test_deleted_and_expired_text_is_nowhere_on_disk(run: Run) -> None:
    assert found(run.archive_in_the_end, *run.planted, *run.ids, *WORDS) == []
    assert found(run.jobs_in_the_end, *run.planted, *run.ids, *WORDS) == []


def parts(file: bytes) -> Iterator[bytes]:
    """The file, or all members if it is a ZIP archive."""
    if not is_zipfile(BytesIO(file)):
        yield file
        return
    with ZipFile(BytesIO(file)) as packed:
        yield from (packed.read(name) for name in packed.namelist())
