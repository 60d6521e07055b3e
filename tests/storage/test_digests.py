"""Digests and the work done once for them; the same on SQLite and PostgreSQL."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace

import pytest
from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.briefing.digest import (
    DatedCommitment,
    DigestHistory,
    DigestPlan,
    DigestWishes,
    Entry,
    PastStory,
)
from bot.briefing.documents import Document
from bot.briefing.lines import Briefing
from bot.briefing.requests import WebPage
from bot.briefing.same_story import StoryProfile
from bot.service.errors import Unreachable
from bot.service.ports import Feed, Mention, Notice, PlannedDigest
from bot.storage.archive import DatabaseArchive
from bot.storage.database import open_database
from bot.storage.digests import DatabaseDigests, DatabaseSharedWork
from bot.storage.retention import Retention
from tests.storage.examples import briefing, document

NOW = 1_772_438_400.0
PLAN = DigestPlan(DigestWishes(("https://example.org/feed",), "rail", "de"), (0, 2), "08:30", "UTC")
DIGEST = PlannedDigest("d1", "T1", "C1", "U1", PLAN, NOW)
MARK = StoryProfile({"oru": 1.0}, {"bridg": 1.7})
TOLD = DigestHistory(NOW, {}, {"abc": NOW}, (PastStory("s1", "A", MARK, frozenset({"x"}), NOW),))
URL = "https://example.org/feed"


@dataclass
class House:
    digests: DatabaseDigests
    archive: DatabaseArchive
    engine: AsyncEngine
    shared: DatabaseSharedWork
    now: list[float]


@pytest.fixture
async def house(address: str) -> AsyncIterator[House]:
    database, now = await open_database(address), [NOW]
    retention = Retention(30, lambda: now[-1])
    archive = DatabaseArchive(database.engine, retention)
    yield House(
        DatabaseDigests(database.engine, retention),
        archive,
        database.engine,
        DatabaseSharedWork(database.engine, lambda: now[-1]),
        now,
    )
    await database.close()


def mention(about: str = "d1") -> Mention:
    key = f"digest:{about}:1"
    return Mention(key, "T1", "C1", key, "1.0", "U1", "digest", about=about)


async def test_a_digest_is_stored_found_paused_and_deleted(house: House) -> None:
    await house.digests.keep(DIGEST)
    other = replace(DIGEST, id="d2", channel="C2", person="U2", next=NOW + 60)
    await house.digests.keep(other)

    assert await house.digests.get("d1") == DIGEST
    assert await house.digests.of("T1", "U1", ["C2"]) == [DIGEST, other]
    assert await house.digests.of("T1", "U1", []) == [DIGEST]
    assert await house.digests.of("T2", "U1", ["C1"]) == []
    assert await house.digests.due(NOW) == [DIGEST]
    await house.digests.pause("d1", None)
    assert await house.digests.due(NOW) == []
    assert (await house.digests.of("T1", "U1", []))[0].is_paused
    await house.digests.pause("d1", NOW + 5)
    assert await house.digests.due(NOW + 5) == [replace(DIGEST, next=NOW + 5)]
    await house.digests.delete("d1")
    assert await house.digests.get("d1") is None


async def test_a_digest_is_moved_on_once_from_each_slot(house: House) -> None:
    await house.digests.keep(DIGEST)

    await house.digests.move_on(DIGEST, NOW + 60)
    await house.digests.move_on(DIGEST, NOW + 120)

    assert (await house.digests.due(NOW + 60))[0].next == NOW + 60


async def test_a_digest_is_changed_only_from_its_current_plan(house: House) -> None:
    await house.digests.keep(DIGEST)
    changed, other = (replace(PLAN, time=time) for time in ("09:00", "10:00"))

    assert await house.digests.change(DIGEST, changed, NOW + 60)
    assert not await house.digests.change(DIGEST, other, NOW + 120)
    assert await house.digests.get("d1") == replace(DIGEST, plan=changed, next=NOW + 60)

    await house.digests.pause("d1", None)
    assert await house.digests.change(replace(DIGEST, plan=changed), other, NOW + 120)
    paused = replace(DIGEST, plan=other, next=0.0, is_paused=True)
    assert await house.digests.get("d1") == paused
    await house.digests.delete("d1")
    assert not await house.digests.change(paused, changed, NOW)


async def test_a_digest_s_history_is_stored_only_with_its_reply(house: House) -> None:
    await house.digests.keep(DIGEST)
    await house.archive.record(mention())

    await house.digests.keep_told(mention("gone"), Notice("Never heard of."), TOLD)
    assert await house.digests.told("d1") == DigestHistory()
    await house.digests.keep_told(mention(), Notice("New."), TOLD)
    await house.digests.keep_told(mention(), Notice("Again."), DigestHistory())

    assert await house.archive.outcome(mention().key) == Notice("New.")
    assert await house.digests.told("d1") == TOLD


async def test_only_wrong_commitments_are_removed_from_the_history(
    house: House,
) -> None:
    await house.digests.keep(DIGEST)
    await house.archive.record(mention())
    source = document("A")
    due = tuple(
        DatedCommitment(replace(briefing(source).commitments[0], text=text), source)
        for text in ("It opens.", "It closes.")
    )
    await house.digests.keep_told(mention(), Notice("New."), replace(TOLD, due=due))

    await house.digests.forget_due("d1", lambda each: each.line.text == "It opens.")
    await house.digests.forget_due("unknown", lambda _: True)

    assert await house.digests.told("d1") == replace(TOLD, due=due[1:])


async def test_a_muted_story_stays_muted_when_the_history_is_stored(house: House) -> None:
    await house.digests.keep(DIGEST)
    await house.archive.record(mention())

    await house.digests.mute("d1", "s1")
    await house.digests.mute("unknown", "s1")
    await house.digests.keep_told(mention(), Notice("New."), TOLD)

    assert (await house.digests.told("d1")).stories[0].is_muted


async def test_forgetting_a_person_deletes_their_digests(house: House) -> None:
    await house.digests.keep(DIGEST)
    await house.digests.keep(replace(DIGEST, id="d2", person="U2"))

    await house.archive.forget("T1", "U1")

    assert await house.digests.get("d1") is None
    assert await house.digests.get("d2") is not None


def feed(read: float = NOW) -> Feed:
    return Feed(URL, URL, (Entry(URL, URL, "A"),), {"If-None-Match": '"1"'}, read)


async def test_a_feed_is_read_once_for_concurrent_requests(house: House) -> None:
    given: list[Feed | None] = []

    async def read(before: Feed | None) -> Feed:
        given.append(before)
        await asyncio.sleep(0.05)
        return feed()

    asked = [house.shared.feed(URL, NOW - 600, read) for _ in range(5)]

    assert await asyncio.gather(*asked) == [feed()] * 5
    assert given == [None]
    house.now.append(NOW + 601)
    await house.shared.feed(URL, NOW + 1, read)
    assert given == [None, feed()]


async def test_a_failing_feed_fails_for_all_and_keeps_the_earlier_reading(house: House) -> None:
    tries: list[Feed | None] = []

    async def read(before: Feed | None) -> Feed:
        tries.append(before)
        await asyncio.sleep(0)
        raise Unreachable("The site reported an error.", source=URL)

    async def read_well(_: Feed | None) -> Feed:
        await asyncio.sleep(0)
        return feed()

    await house.shared.feed(URL, NOW - 600, read_well)
    house.now.append(NOW + 601)
    for _ in range(3):
        with pytest.raises(Unreachable, match="an error"):
            await house.shared.feed(URL, NOW + 1, read)

    assert tries == [feed()]


async def test_a_page_is_read_once_and_its_failure_is_shared(house: House) -> None:
    pages = [WebPage(URL), WebPage(URL, public_only=True)]
    texts = [document("A"), None]
    asked: list[WebPage] = []

    async def outcome(page: WebPage) -> Document | str:
        async def read() -> Document:
            await asyncio.sleep(0)
            asked.append(page)
            if found := texts[pages.index(page)]:
                return found
            raise Unreachable("It is not in the public web.", source=URL)

        try:
            return await house.shared.page(page, NOW, read)
        except Unreachable as error:
            return error.message

    both = [await outcome(page) for page in pages * 2]

    assert both == [document("A"), "It is not in the public web."] * 2
    assert asked == pages


async def test_a_draft_is_made_once_and_a_poor_one_again_later(
    house: House,
) -> None:
    made: list[bool] = []

    async def make() -> tuple[Briefing, bool]:
        await asyncio.sleep(0)
        made.append(len(made) > 0)
        return briefing(document("A")), made[-1]

    for since in (NOW, NOW, NOW + 601, NOW + 601):
        house.now.append(since + 86_400)
        await house.shared.draft("a", since, make)

    assert made == [False, True]
    assert await house.shared.drafted("a", NOW + 601) == briefing(document("A"))
    assert await house.shared.drafted("a", NOW + 602 + 86_400) is None
    assert await house.shared.drafted("b", NOW) is None


async def test_work_that_fails_is_begun_again_by_the_next(house: House) -> None:
    async def breaks(_: Feed | None) -> Feed:
        await asyncio.sleep(0)
        raise RuntimeError

    async def read(_: Feed | None) -> Feed:
        await asyncio.sleep(0)
        return feed()

    with pytest.raises(RuntimeError):
        await house.shared.feed(URL, NOW, breaks)

    assert await house.shared.feed(URL, NOW, read) == feed()


async def test_a_dead_worker_s_work_is_begun_again_after_half_a_minute(house: House) -> None:
    begun, never = asyncio.Event(), asyncio.Event()

    async def hangs(_: Feed | None) -> Feed:
        begun.set()
        await never.wait()
        return feed()

    async def read(_: Feed | None) -> Feed:
        await asyncio.sleep(0)
        return feed()

    other = DatabaseSharedWork(house.engine, lambda: NOW)
    dead = asyncio.create_task(other.feed(URL, NOW, hangs))
    await begun.wait()
    house.now.append(NOW + 30)

    assert await house.shared.feed(URL, NOW, read) == feed()
    dead.cancel()
    await asyncio.gather(dead, return_exceptions=True)


async def test_requests_waiting_in_one_worker_do_not_query_the_database(house: House) -> None:
    statements: list[str] = []
    begun, done = asyncio.Event(), asyncio.Event()

    @event.listens_for(house.engine.sync_engine, "before_cursor_execute")
    def heard(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        statements.append(statement)

    async def takes_long(_: Feed | None) -> Feed:
        begun.set()
        await done.wait()
        return feed()

    asked = [asyncio.create_task(house.shared.feed(URL, NOW, takes_long)) for _ in range(50)]
    await begun.wait()
    statements.clear()
    await asyncio.sleep(0.5)
    waiting = len(statements)
    done.set()

    assert await asyncio.gather(*asked) == [feed()] * 50
    assert waiting == 0
    assert not any("FOR UPDATE" in each for each in statements)


async def test_long_work_is_left_to_the_worker_that_began_it(house: House) -> None:
    renewed, done = asyncio.Event(), asyncio.Event()

    def clock() -> float:
        if house.now[-1] < NOW + 300:
            house.now.append(house.now[-1] + 10)
        else:
            renewed.set()
        return house.now[-1]

    shared = DatabaseSharedWork(house.engine, clock, renewal=0.01)

    async def takes_long(_: Feed | None) -> Feed:
        await done.wait()
        return feed()

    async def is_not_asked(_: Feed | None) -> Feed:
        await asyncio.sleep(0)
        raise AssertionError("Somebody is at it.")

    first = asyncio.create_task(shared.feed(URL, NOW, takes_long))
    async with asyncio.timeout(60):
        await renewed.wait()
    second = asyncio.create_task(house.shared.feed(URL, NOW, is_not_asked))
    await asyncio.sleep(0.05)
    done.set()

    assert [await first, await second] == [feed(), feed()]
