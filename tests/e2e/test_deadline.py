"""A late model: its version replaces the first reply, or the reply says that it won't come."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from bot.models.endpoint import Endpoint
from tests.e2e.articles import ANSWER, ASKED, BOTTOM_LINE, BRIEFING
from tests.e2e.processes import Deployment
from tests.e2e.readout import SECONDS, Readout, reply_to, settled, shown, started_with_model
from tests.model_server import ModelServer, Says, Silence
from tests.slacks import choose, delete_reply, entries, running_slack
from tests.sources.site import Site

pytestmark = pytest.mark.asyncio(loop_scope="module")

GOOD = Says.draft(BRIEFING)
LATE = Says(GOOD.text, size=len(GOOD.text) // 30, pause=0.1)
NEVER = "The clerk writes no more."
ASK = "What will Brook pay?"
FOLLOWS = "The model is still working."
CAME = "with the model’s version; the first version may already have been forwarded."
STAYED_AWAY = "The model didn’t finish in time; this version is final."
STOPPED = "The model was stopped; this version is final."


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def model() -> AsyncIterator[ModelServer]:
    async with ModelServer(LATE) as model:
        model.play(Silence(), about=NEVER)
        yield model


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def readout(
    tmp_path_factory: pytest.TempPathFactory, model: ModelServer
) -> AsyncIterator[Readout]:
    endpoint = Endpoint("fake", model.url, read_timeout=6.0, retries=0)
    folder, one_second = tmp_path_factory.mktemp("deadline"), {"READOUT_DEADLINE": 1}
    async with started_with_model(folder, endpoint, settings=one_second) as readout:
        yield readout


async def until(readout: Readout, ts: str, words: str) -> None:
    """Return once these words are in the thread."""
    await readout.slack.wait_for(lambda: words in readout.said(ts).text, SECONDS)


async def test_the_model_s_version_replaces_the_first_reply(readout: Readout) -> None:
    ts = readout.slack.say("Ana", "late", ASKED)
    await until(readout, ts, FOLLOWS)
    first = readout.said(ts)
    assert BOTTOM_LINE not in first.text
    assert "Stop" in first.buttons
    reply = await readout.reply(ts)
    assert [each.ts for each in reply.messages] == [each.ts for each in first.messages]
    assert BOTTOM_LINE in reply.text
    assert CAME in reply.text
    assert FOLLOWS not in reply.text
    assert "Stop" not in reply.buttons
    assert readout.slack.status(ts) is None


async def test_a_model_that_never_answers_leaves_the_first_reply(readout: Readout) -> None:
    ts = readout.slack.say("Ana", "never", f"{ASKED}\n{NEVER}")
    await until(readout, ts, FOLLOWS)
    reply = await readout.reply(ts)
    assert len(reply.messages) == 1
    assert STAYED_AWAY in reply.text
    assert FOLLOWS not in reply.text


async def test_questions_meanwhile_are_answered_at_once(
    readout: Readout, model: ModelServer
) -> None:
    model.play(Says.draft(ANSWER), about=ASK)
    with model.held():
        ts = readout.slack.say("Ana", "meanwhile", ASKED)
        await until(readout, ts, FOLLOWS)
        asked = readout.slack.say("Ben", "meanwhile", ASK, thread_ts=ts)
        await until(readout, asked, "Brook will pay a third of the cost.")
        assert FOLLOWS in readout.said(ts).text
    await until(readout, ts, CAME)
    await readout.settled()
    assert len(readout.said(ts).messages) == 2


async def test_the_wait_for_the_model_can_be_stopped(readout: Readout, model: ModelServer) -> None:
    with model.held():
        ts = readout.slack.say("Ana", "stopped", ASKED)
        await until(readout, ts, FOLLOWS)
        before = model.broken_off
        readout.slack.click("Ana", readout.said(ts).ts, "Stop")
        reply = await readout.reply(ts)
        assert len(reply.messages) == 1
        assert STOPPED in reply.text
        await model.until_broken_off(before + 1)


async def test_the_model_s_version_does_not_replace_a_shorter_one(
    readout: Readout, model: ModelServer
) -> None:
    with model.held():
        ts = readout.slack.say("Ana", "shorter", ASKED)
        await until(readout, ts, FOLLOWS)
        first = readout.said(ts).ts
        choose(readout.slack, "Ana", first, "shorter")
        await readout.slack.wait_for(lambda: "first" in entries(readout.slack, first), SECONDS)
        assert FOLLOWS in readout.said(ts).text
    reply = await readout.reply(ts)
    assert [each.ts for each in reply.messages] == [first]
    assert CAME in reply.text
    assert "first" in entries(readout.slack, first)

    choose(readout.slack, "Ana", first, "first")
    await readout.slack.wait_for(lambda: "first" not in entries(readout.slack, first))
    assert CAME in readout.said(ts).text
    assert len(readout.said(ts).messages) == 1


async def test_a_reply_deleted_meanwhile_does_not_come_back(
    readout: Readout, model: ModelServer
) -> None:
    with model.held():
        ts = readout.slack.say("Ana", "deleted", ASKED)
        await until(readout, ts, FOLLOWS)
        await delete_reply(readout.slack, "Ana", readout.said(ts).ts)
        await readout.slack.wait_for(lambda: not readout.said(ts).messages)
    await readout.settled()
    assert readout.said(ts).messages == []


@pytest.mark.slow
async def test_after_a_crash_the_model_is_asked_again_and_its_version_replaces_the_first(
    tmp_path_factory: pytest.TempPathFactory, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("READOUT_DEADLINE", "1")
    folder = tmp_path_factory.mktemp("crash")
    async with running_slack() as slack, ModelServer(Silence()) as model:
        place = Deployment(slack, model, site, folder)
        async with place.process():
            ts = slack.say("Ana", "crash", ASKED)
            await slack.wait_for(lambda: FOLLOWS in reply_to(slack, ts).text, SECONDS)
            first = reply_to(slack, ts)
        model.play(GOOD)
        async with place.process():
            await settled(slack, folder)
        reply = reply_to(slack, ts)
        assert [each.ts for each in reply.messages] == [each.ts for each in first.messages]
        assert CAME in shown(reply.messages[0])
        assert BOTTOM_LINE in reply.text
        assert len(model.requests) == 2


@pytest.mark.slow
async def test_after_a_crash_a_request_can_still_be_stopped(
    tmp_path_factory: pytest.TempPathFactory, site: Site
) -> None:
    folder = tmp_path_factory.mktemp("stop-after-crash")
    async with running_slack() as slack, ModelServer(Silence()) as model:
        place = Deployment(slack, model, site, folder)
        async with place.process():
            ts = slack.say("Ana", "crash", ASKED)
            await place.until_asked(ASKED.splitlines()[1])
        async with place.process():
            slack.say("Ana", "crash", "stop", thread_ts=ts)
            await settled(slack, folder)
        assert [shown(each).splitlines()[0] for each in reply_to(slack, ts).messages] == [
            "Stopped."
        ]
        assert slack.state.statuses == {}
