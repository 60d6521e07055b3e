"""What the two processes of `readout serve` log holds no text, token or key, at any level."""

import asyncio
import gzip
import json
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from aiohttp import web
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

from bot.briefing.draft import DraftProblem, DraftVerdicts
from bot.local import Fault
from tests.e2e.articles import BRIEFING, WORKS
from tests.e2e.house import SECONDS, environment, settled
from tests.model_server import JUDGE, ModelServer, Says, Status
from tests.slacks import running_slack

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.slow]

ROOT = Path(__file__).parents[2]
SERVE = (sys.executable, "-c", "from bot.cli import main; main()", "serve")
SENTENCE = "The heron of Ostrava keeps a ledger of its own."
QUESTION = "Who keeps the ledger of the heron?"
TICKET, KEY = "ticket-of-the-heron", "key-of-the-heron"
JUDGED = "The clerk of the works reads it aloud."
PROBLEM = DraftProblem(number=1, problem=f"<!channel> {SENTENCE}")
REFUSED = Status(400, {"message": f"refused: {SENTENCE}", "code": "heron"})


@dataclass(frozen=True)
class Logged:
    """All lines, how the key of the mention ends, and what should be in none."""

    text: str
    place: str
    planted: tuple[str, ...]
    traces: list[bytes]

    @property
    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.text.splitlines()]


class Collector:
    """A collector of OpenTelemetry on loopback, which keeps what it is sent."""

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


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def logged(tmp_path_factory: pytest.TempPathFactory) -> Logged:
    """The log of a mention of which everything fails that can."""
    folder = tmp_path_factory.mktemp("logs")
    async with (
        running_slack() as slack,
        ModelServer(REFUSED) as model,
        Collector.listening() as collector,
    ):
        settings = environment(slack, folder) | {
            "PYTHONPATH": str(ROOT),
            "OPENAI_API_KEY": KEY,
            "OPENAI_BASE_URL": model.url,
            "OPENAI_MODEL": "fake",
            "OPENAI_LOG": "debug",
            "OTEL_EXPORTER_OTLP_ENDPOINT": collector.url,
            "OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT": "SPAN_AND_EVENT",
            "OTEL_SEMCONV_STABILITY_OPT_IN": "gen_ai_latest_experimental",
            "READOUT_TRACING": "on",
            "READOUT_LOG_LEVEL": "debug",
        }
        with (folder / "log").open("wb") as log:
            process = await asyncio.create_subprocess_exec(
                *SERVE, cwd=folder, env={**os.environ, **settings}, stdout=log, stderr=log
            )
        await slack.wait_for(lambda: slack.sockets.connections, SECONDS)
        slack.fail("assistant.threads.setStatus", Fault(error="missing_scope"), times=9)
        # The first sign, the reply, and the reply without its blocks.
        slack.fail("chat.postMessage", Fault(error="invalid_blocks"), times=3)
        ts = slack.say("Ana", "desk", f"@readout\n{WORKS}\n{SENTENCE}")
        await settled(slack, folder)
        slack.say("Ana", "desk", f"@readout {QUESTION}", thread_ts=ts)
        slack.say("Ana", "desk", f"@readout http://127.0.0.1:9/heron?ticket={TICKET}")
        await settled(slack, folder)
        model.play(Says.draft(BRIEFING), about=JUDGED)
        model.play(Says.draft(DraftVerdicts(unsupported=[PROBLEM], supported=[])), about=JUDGE)
        slack.say("Ana", "desk", f"@readout\n{WORKS}\n{JUDGED}")
        await settled(slack, folder)
        assert model.judged
        process.send_signal(signal.SIGTERM)
        assert await process.wait() == 0
        planted = (SENTENCE, QUESTION, TICKET, KEY, slack.bot_token, slack.app_token)
        channel = slack.written(ts).channel
    text = (folder / "log").read_text("utf-8")
    return Logged(text, f":{channel}:{ts}", planted, collector.bodies)


async def test_no_line_holds_text_a_token_or_a_key(logged: Logged) -> None:
    assert [each for each in logged.planted if each in logged.text] == []
    assert WORKS.splitlines()[0] not in logged.text
    assert "heron" not in logged.text.lower()


async def test_every_line_is_an_object_for_programs(logged: Logged) -> None:
    assert {"event", "level", "logger", "timestamp"} <= set.intersection(*map(set, logged.lines))


async def test_both_processes_say_which_mention_they_work_on(logged: Logged) -> None:
    about = {
        line["logger"] for line in logged.lines if line.get("mention", "").endswith(logged.place)
    }
    unbound = [line["event"] for line in logged.lines if "mention" not in line]

    assert {"bot.slack.calling", "bot.slack.reply", "bot.llm.faults", "dbos"} <= about
    assert [event for event in unbound if "Slack" in event and "listening" not in event] == []


async def test_a_collector_hears_of_jobs_steps_and_requests_and_of_no_words(
    logged: Logged,
) -> None:
    spans = [
        span
        for body in logged.traces
        for resource in ExportTraceServiceRequest.FromString(body).resource_spans
        for scope in resource.scope_spans
        for span in scope.spans
    ]
    assert {"serve", "read", "write", "post", "chat fake"} <= {span.name for span in spans}
    assert logged.place in str(spans)
    assert [each for each in logged.planted if each in str(spans)] == []
    assert "heron" not in str(spans)
    assert WORKS.splitlines()[0] not in str(spans)
