"""A page in the browser gets what its reader may see, and other sites' pages get nothing."""

import base64
import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.slack import InstalledApp, LocalFile, LocalSlack
from sandbox.slack import page as page_module
from sandbox.slack.state import ZONE

Records = dict[str, dict[str, Any]]
LONGEST = aiohttp.ClientTimeout(total=20)
SECTION = {"type": "section", "text": {"type": "plain_text", "text": "words"}}


class PageUpdates:
    """What a page knows after each update."""

    def __init__(self, lines: aiohttp.StreamReader) -> None:
        self._lines = lines
        self.records: Records = {}
        self.changed: set[str] = set()

    async def next(self) -> Records:
        """All records after the next telling."""
        line = b""
        while not line.startswith(b"data: "):
            line = await self._lines.readline()
        told = json.loads(line.removeprefix(b"data: "))
        self.changed = set(told["changed"])
        before = {} if told["fresh"] else self.records
        self.records = {k: v for k, v in before.items() if k not in told["gone"]} | told["changed"]
        return self.records

    async def until(self, key: str) -> dict[str, Any]:
        """The record of that key, as soon as the page gets it."""
        while key not in self.records:
            await self.next()
        return self.records[key]


@asynccontextmanager
async def page_of(slack: LocalSlack, person: str) -> AsyncIterator[PageUpdates]:
    address = f"{slack.url}page/changes?person={person}"
    async with (
        aiohttp.ClientSession(read_bufsize=2**20, timeout=LONGEST) as session,
        session.get(address) as answer,
    ):
        yield PageUpdates(answer.content)


@asynccontextmanager
async def asked(
    slack: LocalSlack, path: str, method: str = "GET", **headers: str
) -> AsyncIterator[aiohttp.ClientResponse]:
    async with (
        aiohttp.ClientSession(slack.url) as session,
        session.request(method, path, headers=headers) as answer,
    ):
        yield answer


@pytest.mark.parametrize(
    ("header", "value"),
    [
        ("Host", "readout.example"),
        ("Host", "127.0.0.1.readout.example:8321"),
        ("Host", "localhost.example"),
        ("Origin", "https://readout.example"),
        ("Origin", "http://127.0.0.1:1"),
        ("Origin", "null"),
        ("Sec-Fetch-Site", "cross-site"),
        ("Sec-Fetch-Site", "same-site"),
    ],
)
@pytest.mark.parametrize("path", ["", "page/changes?person=Ana", "control/say", "api/api.test"])
async def test_a_page_of_another_site_is_refused(
    slack: LocalSlack, path: str, header: str, value: str
) -> None:
    async with asked(slack, f"/{path}", **{header: value}) as answer:
        assert answer.status == 403


@pytest.mark.parametrize(
    "headers",
    [{}, {"Host": "localhost"}, {"Sec-Fetch-Site": "same-origin"}, {"Sec-Fetch-Site": "none"}],
)
async def test_a_page_of_this_machine_is_served(slack: LocalSlack, headers: dict[str, str]) -> None:
    async with asked(slack, "/page/changes?person=Ana", **headers) as answer:
        assert answer.status == 200


async def test_the_page_loads_nothing_from_elsewhere(
    slack: LocalSlack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page_module, "FOLDER", tmp_path)
    (tmp_path / "index.html").write_text("<title>Readout</title>", encoding="utf-8")

    for place in ("/", "/archives/C1/p1700000000000001"):
        async with asked(slack, place) as answer:
            assert await answer.text() == "<title>Readout</title>"
            policy = answer.headers["Content-Security-Policy"]
            assert "default-src 'none'" in policy
            assert "http" not in policy


async def test_localhost_redirects_to_the_address_of_the_links(
    slack: LocalSlack,
) -> None:
    port = slack.url.rstrip("/").rpartition(":")[2]
    async with (
        aiohttp.ClientSession() as session,
        session.get(
            f"http://localhost:{port}/archives/C1?tab=home", allow_redirects=False
        ) as moved,
    ):
        assert moved.headers["Location"] == f"{slack.url}archives/C1?tab=home"


@pytest.mark.parametrize("name", ["page.js", "..%2Fpage.py", "%2Fetc%2Fpasswd"])
async def test_what_was_not_built_is_not_served(
    slack: LocalSlack, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page_module, "FOLDER", tmp_path)

    async with asked(slack, f"/page/{name}") as answer:
        assert answer.status == 404


async def test_the_first_update_has_everything_and_the_next_what_changed(
    slack: LocalSlack,
) -> None:
    first = slack.say("Ana", "#news", "hello")
    channel = slack.channel("news").id
    async with page_of(slack, "Ana") as told:
        before = await told.next()
        second = slack.say("Ben", "#news", "hello you")
        await told.until(f"{channel} {second}")

        assert before[f"{channel} {first}"]["message"]["text"] == "hello"
        assert f"{channel} {first}" not in told.changed

        slack.delete(first)
        assert f"{channel} {first}" not in await told.next()


async def test_a_page_that_reconnects_gets_everything_again(slack: LocalSlack) -> None:
    ts = slack.say("Ana", "#news", "hello")
    for _ in range(2):
        async with page_of(slack, "Ana") as told:
            assert f"{slack.channel('news').id} {ts}" in await told.next()


async def test_nobody_sees_what_is_only_for_somebody_else(
    slack: LocalSlack, client: AsyncWebClient
) -> None:
    slack.say("Ben", "#news", "hello")
    ben, direct = slack.find("Ben")
    slack.say("Ben", direct.id, "between us")
    news = slack.channel("news").id
    await client.chat_postEphemeral(channel=news, user=ben.id, text="for you alone")
    trigger = slack.new_trigger(ben.team, ben.id)
    title = {"type": "plain_text", "text": "Yours"}
    view = {"type": "modal", "title": title, "blocks": [SECTION]}
    await client.views_open(trigger_id=trigger, view=view)

    async with page_of(slack, "Ana") as of_ana, page_of(slack, "Ben") as of_ben:
        hers, his = json.dumps(await of_ana.next()), json.dumps(await of_ben.next())

    for words in ("between us", "for you alone", "Yours"):
        assert words in his
        assert words not in hers


async def test_a_stream_is_seen_while_it_grows(slack: LocalSlack, client: AsyncWebClient) -> None:
    ana, direct = slack.find("Ana")
    root = slack.say("Ana", direct.id, "hello")
    started = await client.chat_startStream(
        channel=direct.id, thread_ts=root, recipient_user_id=ana.id, recipient_team_id=ana.team
    )
    key = f"{direct.id} {started['ts']}"
    async with page_of(slack, "Ana") as told:
        assert (await told.until(key))["streaming"]
        for words in ("two", "three"):
            await client.chat_appendStream(
                channel=direct.id,
                ts=str(started["ts"]),
                chunks=[{"type": "blocks", "blocks": [{"type": "markdown", "text": words}]}],
            )
        while len(told.records[key]["message"]["blocks"]) < 2:
            await told.next()

        blocks = told.records[key]["message"]["blocks"]
        assert [each["text"] for each in blocks] == ["two", "three"]


async def test_a_file_is_handed_out_as_a_download_whatever_it_is(slack: LocalSlack) -> None:
    evil = LocalFile('a".html', "text/html", b"<script>alert(1)</script>")
    slack.say("Ana", "#news", "look", files=[evil])
    file = next(iter(slack.state.files))

    async with asked(slack, f"/page/file/{file}") as answer:
        assert answer.headers["Content-Disposition"] == 'attachment; filename="a.html"'
        assert answer.content_type == "application/octet-stream"
        assert await answer.read() == evil.content


async def acted(slack: LocalSlack, action: str, **args: Any) -> str:
    """The words that the page is answered."""
    async with (
        aiohttp.ClientSession(slack.url) as session,
        session.post(f"/control/{action}", json=args) as answer,
    ):
        body = await answer.json()
        return str(body["result"] if body["ok"] else body["error"])


async def test_actions_of_the_page_are_carried_out(slack: LocalSlack) -> None:
    file = {"name": "a.txt", "mimetype": "text/plain", "content": base64.b64encode(b"a").decode()}
    ts = await acted(slack, "say", person="Ana", channel="#news", text="hello", files=[file])
    assert slack.message(ts).text == "hello"
    assert next(iter(slack.state.files.values())).content == b"a"
    assert await acted(slack, "permalink", ts=ts) == slack.permalink(ts)


async def test_invalid_actions_are_refused_with_a_reason(slack: LocalSlack) -> None:
    assert "no action 'sing'" in await acted(slack, "sing")
    assert "no message 1.2" in await acted(slack, "delete", ts="1.2")
    assert "argument" in await acted(slack, "say", who="ana")


async def restarted(slack: LocalSlack, **asked_for: str) -> tuple[int, str]:
    """The status and the text of what the page is answered."""
    async with (
        aiohttp.ClientSession(slack.url) as session,
        session.post("/page/restart", json=asked_for) as answer,
    ):
        return answer.status, await answer.text()


async def test_the_app_is_restarted_if_possible(slack: LocalSlack) -> None:
    outcomes = [True, False]

    async def restart(_: str) -> bool:
        return outcomes.pop(0)

    async with LocalSlack.running(installed=InstalledApp(restart=restart)) as another:
        for listens in (True, False):
            status, text = await restarted(another)
            assert (status, json.loads(text)["ok"]) == (200, listens)
    assert (await restarted(slack))[0] == 404


async def test_the_app_is_restarted_in_the_chosen_mode_and_stays_in_it() -> None:
    begun: list[str] = []

    async def restart(mode: str) -> bool:
        begun.append(mode)
        return True

    modes = [{"name": "one", "refused": ""}, {"name": "two", "refused": ""}]
    modes += [{"name": "three", "refused": "It is not set up."}]
    installed = InstalledApp(restart=restart, modes=modes, mode="one")
    async with LocalSlack.running(installed=installed) as slack, page_of(slack, "Ana") as told:
        assert (await told.until("app"))["mode"] == "one"
        assert (await restarted(slack, mode="two"))[0] == 200
        while told.records["app"]["mode"] != "two":
            await told.next()
        assert (await restarted(slack))[0] == 200
        assert (await restarted(slack, mode="three"))[0] == 400
        assert (await restarted(slack, mode="four"))[0] == 400
    assert begun == ["two", "two"]


async def test_the_clock_is_set_forward_and_the_app_is_restarted() -> None:
    begun: list[float] = []

    async def restart(_: str) -> bool:
        begun.append(slack.state.ahead)
        return True

    async with LocalSlack.running(installed=InstalledApp(restart=restart)) as slack:
        first = slack.say("Ana", "#news", "Good morning.")
        assert (await restarted(slack, forward="hour"))[0] == 200
        an_hour = slack.say("Ana", "#news", "An hour later.")
        assert (await restarted(slack, forward="morning"))[0] == 200
        nine = datetime.fromtimestamp(slack.state.now(), ZoneInfo(ZONE))
        morning = slack.say("Ana", "#news", "Good morning again.")

    assert begun == [3_600, slack.state.ahead]
    assert 3_600 <= float(an_hour) - float(first) < 3_700
    assert 0 < float(morning) - float(an_hour) <= 25 * 3_600  # of a day on which the clocks go back
    assert (nine.hour, nine.minute) == (9, 0)


async def test_news_is_served_as_of_the_simulated_time() -> None:
    def news(name: str, address: str, now: float) -> tuple[str, str] | None:
        return (f"{address}{name} {now - time.time():.0f}", "text/plain") if name == "a" else None

    async with LocalSlack.running(installed=InstalledApp(news=news)) as slack:
        slack.state.ahead = 500.0
        async with asked(slack, "/news/a") as answer:
            assert await answer.text() == f"{slack.url}news/a 500"
        async with asked(slack, "/news/b") as answer:
            assert answer.status == 404
