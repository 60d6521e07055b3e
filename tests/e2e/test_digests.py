"""Scheduled digests with the whole bot."""

import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from bot.briefing.digest import DigestPlan, DigestWishes
from bot.service.ports import PlannedDigest
from bot.storage.database import open_database
from bot.storage.digests import DatabaseDigests
from bot.storage.retention import Retention
from sandbox.slack import LocalSlack
from sandbox.slack.state import DEFAULT_TEAM, Message
from tests.e2e.articles import RAIL, WORKS, page
from tests.e2e.readout import SECONDS, Readout, serving, settled, shown
from tests.slacks import running_slack
from tests.sources.site import Site

pytestmark = pytest.mark.asyncio(loop_scope="module")


def feed(site: Site) -> str:
    site.gives("/works", page(WORKS))
    site.gives("/rail", page(RAIL))
    day = format_datetime(datetime.now(UTC) - timedelta(hours=1))
    items = "".join(
        f"<item><title>{name}</title><link>/{name}</link><pubDate>{day}</pubDate></item>"
        for name in ("works", "rail")
    )
    text = f"<rss version='2.0'><channel><title>News</title>{items}</channel></rss>"
    return site.gives("/feed", text.encode(), "application/rss+xml")


async def keep(folder: Path, *digests: PlannedDigest) -> None:
    database = await open_database(f"sqlite:///{folder / 'readout.db'}")
    known = DatabaseDigests(database.engine, Retention(30))
    for digest in digests:
        await known.keep(digest)
    await database.close()


def due(slack: LocalSlack, url: str, ago: float) -> PlannedDigest:
    """A digest of the channel `desk`, due for the first time so many seconds ago."""
    slot = time.time() - ago
    plan = DigestPlan(
        DigestWishes((url,)), tuple(range(7)), f"{datetime.fromtimestamp(slot, UTC):%H:%M}"
    )
    channel, person = slack.channel("desk").id, slack.person("Ana").id
    return PlannedDigest(f"d{ago:.0f}", DEFAULT_TEAM, channel, person, plan, slot // 60 * 60)


def posted(slack: LocalSlack) -> list[Message]:
    """The bot's messages in the channel, without threads."""
    messages = slack.state.messages(slack.channel("desk").id)
    return [each for each in messages if each.by_app and each.root == each.ts]


async def until_posted(slack: LocalSlack, folder: Path, count: int = 1) -> list[Message]:
    found = await slack.wait_for(
        lambda: posted(slack) if len(posted(slack)) >= count else None, seconds=SECONDS
    )
    await settled(slack, folder)
    return found


async def test_a_digest_is_posted_once_across_restarts(tmp_path: Path, site: Site) -> None:
    allowed = {"READOUT_FETCH_ALLOW": site.host}
    async with running_slack() as slack:
        await keep(tmp_path, due(slack, feed(site), 60))
        async with serving(slack, tmp_path, settings=allowed):
            (message,) = await until_posted(slack, tmp_path)
        async with serving(slack, tmp_path, settings=allowed):
            await settled(slack, tmp_path)

    assert posted(slack) == [message]
    assert "water works" in shown(message)
    assert "rail line" in shown(message)
    assert [request.path for request in site.requests].count("/feed") == 1


async def test_a_story_of_a_digest_is_briefed_in_its_thread(tmp_path: Path, site: Site) -> None:
    allowed = {"READOUT_FETCH_ALLOW": site.host}
    async with running_slack() as slack:
        await keep(tmp_path, due(slack, feed(site), 60))
        async with serving(slack, tmp_path, settings=allowed) as readout:
            (message,) = await until_posted(slack, tmp_path)
            slack.click("Ana", message.ts, "story_brief.v1")
            reply = await _briefed(readout, message)

    assert "Evidence" in reply
    assert len(posted(slack)) == 1


async def _briefed(readout: Readout, message: Message) -> str:
    reply = await readout.slack.wait_for(lambda: readout.said(message.ts).buttons, seconds=SECONDS)
    await readout.settled()
    return str(reply)


async def test_a_missed_digest_is_reported_once(tmp_path: Path, site: Site) -> None:
    allowed = {"READOUT_FETCH_ALLOW": site.host}
    async with running_slack() as slack:
        await keep(tmp_path, replace(due(slack, feed(site), 3 * 3_600), id="late"))
        async with serving(slack, tmp_path, settings=allowed):
            (message,) = await until_posted(slack, tmp_path)
        async with serving(slack, tmp_path, settings=allowed):
            await settled(slack, tmp_path)

    assert posted(slack) == [message]
    assert "was not made, because Readout was not running" in shown(message)
