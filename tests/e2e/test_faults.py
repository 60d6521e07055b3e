"""Network faults, one after the other, in one process: each ends in a sentence, or the work
continues. The reason is in the log, and not in the channel."""

import asyncio
import shutil
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
import pytest_asyncio
from aiohttp import web

from sandbox.slack import Fault, LocalSlack, Rules
from sandbox.slack.state import ANY
from tests.e2e.articles import ASKED, BOTTOM_LINE, BRIEFING, RAIL, WORKS, page
from tests.e2e.processes import (
    ROOT,
    SERVE,
    START_SECONDS,
    replies,
    until,
    until_asked,
    until_briefed,
    with_model,
    worker,
)
from tests.e2e.readout import environment, reply_to
from tests.model_server import Drips, ModelServer, Says
from tests.slacks import running_slack
from tests.sources.site import Site

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.slow]

OFTEN = Rules(ack_seconds=1.0, retry_delays=(0.0, *[1.0] * 60))
"""Slack's own pauses are of minutes."""
DEADLINE = 8
SLOW, DRIPPING = "The clerk writes for seconds.", "The clerk writes with a leaking pen."
OF_THE_SOURCE = "agreed on Friday to share the water works by 1 March, if both councils consent."
NO_MODEL = "The model's endpoint could not be reached"
NOT_REACHED = "The site could not be reached."
INSTEAD = "Paste the text or attach the file instead."


@dataclass(frozen=True)
class RunningBot:
    slack: LocalSlack
    model: ModelServer
    folder: Path

    @property
    def log(self) -> str:
        return (self.folder / "log").read_text("utf-8")

    async def wait_for_reply(self, ts: str, *words: str) -> str:
        """The first of ``words`` to appear in that thread, in a single message."""
        await until(lambda: any(each in reply_to(self.slack, ts).text for each in words))
        await until(lambda: replies(self.slack, [ts]) == [1])  # it may still grow
        return next(each for each in words if each in reply_to(self.slack, ts).text)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def secure_site(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Site]:
    """A site with a self-signed certificate."""
    async with secure(tmp_path_factory.mktemp("certificate")) as site:
        yield site


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def bot(
    tmp_path_factory: pytest.TempPathFactory, site: Site, secure_site: Site
) -> AsyncIterator[RunningBot]:
    folder = tmp_path_factory.mktemp("faults")
    async with running_slack(OFTEN) as slack, ModelServer(Says.draft(BRIEFING)) as model:
        model.play(Says(BRIEFING.model_dump_json(), size=40, pause=0.1), about=SLOW)
        settings = environment(slack, folder) | with_model(model)
        settings["READOUT_FETCH_ALLOW"] = f"{site.host},{secure_site.host}"
        settings["READOUT_DEADLINE"] = str(DEADLINE)
        async with worker(slack, settings, folder):
            bot = RunningBot(slack, model, folder)
            yield bot
        assert slack.state.statuses == {}
        said = str([call.args for call in slack.calls])
        assert [each for each in ("Traceback", "Error:", "sign in") if each in said] == []


async def test_requests_made_while_slack_returns_web_pages_are_answered_later(
    bot: RunningBot,
) -> None:
    slack = bot.slack
    begun = slack.say("Ana", "pages begun", f"{ASKED}\n{SLOW}")
    await until_asked(bot.model, SLOW)
    slack.fail(ANY, Fault(page="text/html"), times=1_000_000)
    asked = [begun, slack.say("Ben", "pages during", ASKED)]
    await until(lambda: "chat.postMessage: no_answer" in bot.log)
    slack.faults.clear()
    asked.append(slack.say("Cleo", "pages after", ASKED))
    await until_briefed(slack, asked)
    assert replies(slack, asked) == [1, 1, 1]


async def test_a_silent_connection_is_replaced(bot: RunningBot) -> None:
    slack, before = bot.slack, bot.slack.sockets.ever_opened
    slack.sockets.fall_silent()
    asked = [slack.say("Ana", "silence", ASKED)]
    await until_briefed(slack, asked)
    assert replies(slack, asked) == [1]
    assert slack.sockets.ever_opened == before + 1


async def test_a_connection_that_fails_to_open_is_opened_again(bot: RunningBot) -> None:
    slack = bot.slack
    slack.sockets.refuse(1)
    await slack.sockets.cut()
    asked = [slack.say("Ana", "refused", ASKED)]
    await until_briefed(slack, asked)
    assert replies(slack, asked) == [1]


async def test_an_invalid_certificate_of_a_site_is_reported(
    bot: RunningBot, secure_site: Site
) -> None:
    link = secure_site.url("/").replace("http:", "https:")
    ts = bot.slack.say("Ana", "certificate", f"@readout {link}")
    await bot.wait_for_reply(ts, f"A secure connection to the site failed. {INSTEAD}")


async def test_slow_answers_are_given_up_at_the_deadline(bot: RunningBot, site: Site) -> None:
    async def drip(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "text/html"})
        await response.prepare(request)
        for byte in page(RAIL):
            await response.write(bytes([byte]))
            await asyncio.sleep(1)
        return response

    bot.model.play(Drips(BRIEFING.model_dump_json()), about=DRIPPING)
    from_site = bot.slack.say("Ana", "drip site", f"@readout {site.answer('/drip', drip)}")
    from_model = bot.slack.say("Ben", "drip model", f"{ASKED}\n{DRIPPING}")
    await bot.wait_for_reply(from_model, OF_THE_SOURCE)
    await bot.wait_for_reply(
        from_site, f"The site did not answer in time. Try again later. {INSTEAD}"
    )


FLAKY = """
import socket

found, asked = socket.getaddrinfo, []

def half_of_the_time(host, *more, **named):
    if host not in (b"localhost", "localhost"):
        return found(host, *more, **named)
    asked.append(host)
    if len(asked) % 2 == 0 and len(asked) > 2:
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")
    return found("127.0.0.1", *more, **named)

socket.getaddrinfo = half_of_the_time
"""
"""But for the first two, since a start that fails is the supervisor's to repeat."""


async def test_names_that_resolve_half_of_the_time_are_enough(tmp_path: Path, site: Site) -> None:
    (tmp_path / "sitecustomize.py").write_text(FLAKY)
    async with running_slack(OFTEN) as slack, ModelServer(Says.draft(BRIEFING)) as model:
        site.gives("/works", page(WORKS))
        settings = environment(slack, tmp_path) | with_model(model)
        settings = {name: named(value) for name, value in settings.items()}
        settings |= {"PYTHONPATH": f"{tmp_path}:{ROOT}", "READOUT_FETCH_ALLOW": named(site.host)}
        async with worker(slack, settings, tmp_path):
            pages = [
                slack.say("Ana", f"link {number}", f"@readout {named(site.url('/works'))}")
                for number in range(4)
            ]
            texts = [slack.say("Ben", f"text {number}", ASKED) for number in range(2)]
            bot = RunningBot(slack, model, tmp_path)
            said = {
                await bot.wait_for_reply(ts, BOTTOM_LINE, NOT_REACHED, NO_MODEL) for ts in pages
            }
            # If three requests in a row fail, a text is briefed without the model.
            said |= {await bot.wait_for_reply(ts, BOTTOM_LINE, NO_MODEL) for ts in texts}
        assert BOTTOM_LINE in said
        assert replies(slack, texts) == [1, 1]


async def test_a_model_with_an_invalid_certificate_is_not_used(
    tmp_path: Path, secure_site: Site
) -> None:
    async with running_slack() as slack:
        settings = environment(slack, tmp_path) | {
            "PYTHONPATH": str(ROOT),
            "OPENAI_BASE_URL": secure_site.url("/v1").replace("http:", "https:"),
            "OPENAI_MODEL": "fake",
        }
        async with worker(slack, settings, tmp_path):
            ts = slack.say("Ana", "desk", ASKED)
            bot = RunningBot(slack, ModelServer(), tmp_path)
            await bot.wait_for_reply(ts, NO_MODEL)
        assert OF_THE_SOURCE in reply_to(slack, ts).text


async def test_an_invalid_certificate_of_slack_is_reported_at_the_start(
    tmp_path: Path, secure_site: Site
) -> None:
    async with running_slack() as slack:
        settings = environment(slack, tmp_path) | {"PYTHONPATH": str(ROOT)}
        settings["SLACK_API_BASE_URL"] = address = secure_site.url("/api/").replace(
            "http:", "https:"
        )
        process = await asyncio.create_subprocess_exec(
            *SERVE, cwd=tmp_path, env={**settings}, stderr=asyncio.subprocess.PIPE
        )
        async with asyncio.timeout(START_SECONDS):
            _, errors = await process.communicate()
        assert process.returncode
        assert errors.decode().splitlines()[-1].startswith(f"Slack is not responding at {address}.")
        assert b"Traceback" not in errors


def named(address: str) -> str:
    """The same address with the host name instead of the number."""
    return address.replace("127.0.0.1", "localhost")


@asynccontextmanager
async def secure(folder: Path) -> AsyncIterator[Site]:
    """A site with a self-signed certificate; skips if none can be made."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not here to make a certificate")
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    made = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=localhost"]
    openssl = await asyncio.create_subprocess_exec(
        "openssl", *made, "-keyout", key, "-out", certificate, stderr=asyncio.subprocess.DEVNULL
    )
    assert await openssl.wait() == 0
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate, key)
    site, app = Site(), web.Application()
    app.router.add_route("*", "/{path:.*}", site.respond)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0, ssl_context=context).start()
    site.port = runner.addresses[0][1]
    yield site
    await runner.cleanup()
