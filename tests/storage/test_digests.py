"""Digests and their shared work, on SQLite and PostgreSQL."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace

import pytest
from sqlalchemy import event, insert, select
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
from bot.storage.tables import shared_work
from tests.fakes import Clock
from tests.storage.examples import briefing, document

NOW = 1_772_438_400.0
PLAN = DigestPlan(DigestWishes(("https://example.org/feed",), "rail", "de"), (0, 2), "08:30", "UTC")
DIGEST = PlannedDigest("d1", "T1", "C1", "U1", PLAN, NOW)
MARK = StoryProfile({"oru": 1.0}, {"bridg": 1.7})
TOLD = DigestHistory(NOW, {}, {"abc": NOW}, (PastStory("s1", "A", MARK, frozenset({"x"}), NOW),))
NONE = DigestHistory()
URL = "https://example.org/feed"


@dataclass
class Stores:
    digests: DatabaseDigests
    archive: DatabaseArchive
    engine: AsyncEngine
    shared: DatabaseSharedWork
    clock: Clock


@pytest.fixture
async def stores(address: str) -> AsyncIterator[Stores]:
    database, clock = await open_database(address), Clock(NOW)
    retention = Retention(30, clock)
    archive = DatabaseArchive(database.engine, retention)
    yield Stores(
        DatabaseDigests(database.engine, retention),
        archive,
        database.engine,
        DatabaseSharedWork(database.engine, clock),
        clock,
    )
    await database.close()


def mention(about: str = "d1") -> Mention:
    key = f"digest:{about}:1"
    return Mention(key, "T1", "C1", key, "1.0", "U1", "digest", about=about)


def due(text: str) -> DatedCommitment:
    source = document("A")
    return DatedCommitment(replace(briefing(source).commitments[0], text=text), source)


async def test_a_digest_is_stored_found_paused_and_deleted(stores: Stores) -> None:
    await stores.digests.keep(DIGEST)
    other = replace(DIGEST, id="d2", channel="C2", person="U2", next=NOW + 60)
    await stores.digests.keep(other)

    assert await stores.digests.get("d1") == DIGEST
    assert await stores.digests.of("T1", "U1", ["C2"]) == [DIGEST, other]
    assert await stores.digests.of("T1", "U1", []) == [DIGEST]
    assert await stores.digests.of("T2", "U1", ["C1"]) == []
    assert await stores.digests.due(NOW) == [DIGEST]
    await stores.digests.pause("d1", None)
    assert await stores.digests.due(NOW) == []
    paused = replace(DIGEST, next=0.0, is_paused=True)
    assert await stores.digests.of("T1", "U1", ["C2"]) == [other, paused]
    await stores.digests.pause("d1", NOW + 5)
    assert await stores.digests.due(NOW + 5) == [replace(DIGEST, next=NOW + 5)]
    await stores.digests.delete("d1")
    assert await stores.digests.get("d1") is None


async def test_a_digest_is_moved_on_once_from_each_slot(stores: Stores) -> None:
    await stores.digests.keep(DIGEST)

    await stores.digests.move_on(DIGEST, NOW + 60)
    await stores.digests.move_on(DIGEST, NOW + 120)

    assert (await stores.digests.due(NOW + 60))[0].next == NOW + 60


async def test_digests_due_after_a_time_are_found_unless_they_are_paused(stores: Stores) -> None:
    later = replace(DIGEST, id="d2", next=NOW + 60)
    for each in (DIGEST, later, replace(DIGEST, id="d3", is_paused=True)):
        await stores.digests.keep(each)

    assert await stores.digests.due_after(NOW) == [later]


async def test_a_digest_is_changed_only_from_its_current_plan(stores: Stores) -> None:
    await stores.digests.keep(DIGEST)
    changed, other = (replace(PLAN, time=time) for time in ("09:00", "10:00"))

    assert await stores.digests.change(DIGEST, changed, NOW + 60)
    assert not await stores.digests.change(DIGEST, other, NOW + 120)
    assert await stores.digests.get("d1") == replace(DIGEST, plan=changed, next=NOW + 60)

    await stores.digests.pause("d1", None)
    assert await stores.digests.change(replace(DIGEST, plan=changed), other, NOW + 120)
    paused = replace(DIGEST, plan=other, next=0.0, is_paused=True)
    assert await stores.digests.get("d1") == paused
    await stores.digests.delete("d1")
    assert not await stores.digests.change(paused, changed, NOW)


async def test_a_digest_s_history_is_stored_only_with_its_reply(stores: Stores) -> None:
    await stores.digests.keep(DIGEST)
    await stores.archive.record(mention())

    await stores.digests.keep_told(mention("gone"), Notice("Never heard of."), NONE, TOLD)
    assert await stores.digests.told("d1") == NONE
    await stores.digests.keep_told(mention(), Notice("New."), NONE, TOLD)
    await stores.digests.keep_told(mention(), Notice("Again."), TOLD, NONE)

    assert await stores.archive.outcome(mention().key) == Notice("New.")
    assert await stores.digests.told("d1") == TOLD


async def test_only_wrong_commitments_are_removed_from_the_history(
    stores: Stores,
) -> None:
    await stores.digests.keep(DIGEST)
    await stores.archive.record(mention())
    opens, closes = due("It opens."), due("It closes.")
    told = replace(TOLD, due=(opens, closes))
    await stores.digests.keep_told(mention(), Notice("New."), NONE, told)

    await stores.digests.forget_due("d1", lambda each: each == opens)
    await stores.digests.forget_due("unknown", lambda _: True)

    assert await stores.digests.told("d1") == replace(TOLD, due=(closes,))


async def test_a_commitment_marked_wrong_while_the_next_digest_is_made_does_not_come_back(
    stores: Stores,
) -> None:
    await stores.digests.keep(DIGEST)
    opens, closes, moves = due("It opens."), due("It closes."), due("It moves.")
    before, after = replace(TOLD, due=(opens, closes)), replace(TOLD, due=(opens, closes, moves))
    next_ = replace(mention(), key="digest:d1:2")
    for each in (mention(), next_):
        await stores.archive.record(each)
    await stores.digests.keep_told(mention(), Notice("New."), NONE, before)

    await stores.digests.forget_due("d1", lambda each: each == opens)
    await stores.digests.keep_told(next_, Notice("Newer."), before, after)

    assert await stores.digests.told("d1") == replace(TOLD, due=(closes, moves))


async def test_a_muted_story_stays_muted_when_the_history_is_stored(stores: Stores) -> None:
    await stores.digests.keep(DIGEST)
    await stores.archive.record(mention())

    await stores.digests.mute("d1", "s1")
    await stores.digests.mute("unknown", "s1")
    await stores.digests.keep_told(mention(), Notice("New."), NONE, TOLD)

    assert (await stores.digests.told("d1")).stories[0].is_muted


async def test_forgetting_a_person_deletes_their_digests(stores: Stores) -> None:
    await stores.digests.keep(DIGEST)
    await stores.digests.keep(replace(DIGEST, id="d2", person="U2"))

    await stores.archive.forget("T1", "U1")

    assert await stores.digests.get("d1") is None
    assert await stores.digests.get("d2") is not None


def feed(read: float = NOW) -> Feed:
    return Feed(URL, URL, (Entry(URL, URL, "A"),), {"If-None-Match": '"1"'}, read)


async def test_a_feed_is_read_once_for_concurrent_requests(stores: Stores) -> None:
    given: list[Feed | None] = []

    async def read(before: Feed | None) -> Feed:
        given.append(before)
        await asyncio.sleep(0.05)
        return feed()

    asked = [stores.shared.feed(URL, NOW - 600, read) for _ in range(5)]

    assert await asyncio.gather(*asked) == [feed()] * 5
    assert given == [None]
    stores.clock.now = NOW + 601
    await stores.shared.feed(URL, NOW + 1, read)
    assert given == [None, feed()]


async def test_a_failing_feed_fails_for_all_and_keeps_the_earlier_reading(stores: Stores) -> None:
    tries: list[Feed | None] = []

    async def read(before: Feed | None) -> Feed:
        tries.append(before)
        await asyncio.sleep(0)
        raise Unreachable("The site reported an error.", source=URL)

    async def read_well(_: Feed | None) -> Feed:
        await asyncio.sleep(0)
        return feed()

    await stores.shared.feed(URL, NOW - 600, read_well)
    stores.clock.now = NOW + 601
    for _ in range(3):
        with pytest.raises(Unreachable, match="an error"):
            await stores.shared.feed(URL, NOW + 1, read)

    assert tries == [feed()]


async def test_a_page_is_read_once_and_its_failure_is_shared(stores: Stores) -> None:
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
            return await stores.shared.page(page, NOW, read)
        except Unreachable as error:
            return error.message

    both = [await outcome(page) for page in pages * 2]

    assert both == [document("A"), "It is not in the public web."] * 2
    assert asked == pages


async def test_a_draft_is_made_once_and_a_poor_one_again_later(
    stores: Stores,
) -> None:
    made: list[bool] = []

    async def make() -> tuple[Briefing, bool]:
        await asyncio.sleep(0)
        made.append(len(made) > 0)
        return briefing(document("A")), made[-1]

    for since in (NOW, NOW, NOW + 601, NOW + 601):
        stores.clock.now = since + 86_400
        await stores.shared.draft("a", since, make)

    assert made == [False, True]
    assert await stores.shared.drafted("a", NOW + 601) == briefing(document("A"))
    assert await stores.shared.drafted("a", NOW + 602 + 86_400) is None
    assert await stores.shared.drafted("b", NOW) is None


async def test_work_that_fails_is_begun_again_by_the_next(stores: Stores) -> None:
    async def breaks(_: Feed | None) -> Feed:
        await asyncio.sleep(0)
        raise RuntimeError

    async def read(_: Feed | None) -> Feed:
        await asyncio.sleep(0)
        return feed()

    with pytest.raises(RuntimeError):
        await stores.shared.feed(URL, NOW, breaks)

    assert await stores.shared.feed(URL, NOW, read) == feed()


async def test_a_dead_worker_s_work_is_begun_again_after_half_a_minute(stores: Stores) -> None:
    begun, never = asyncio.Event(), asyncio.Event()

    async def hangs(_: Feed | None) -> Feed:
        begun.set()
        await never.wait()
        return feed()

    async def read(_: Feed | None) -> Feed:
        await asyncio.sleep(0)
        return feed()

    other = DatabaseSharedWork(stores.engine, lambda: NOW)
    dead = asyncio.create_task(other.feed(URL, NOW, hangs))
    await begun.wait()
    stores.clock.now = NOW + 30

    assert await stores.shared.feed(URL, NOW, read) == feed()
    dead.cancel()
    await asyncio.gather(dead, return_exceptions=True)


async def test_requests_waiting_in_one_worker_do_not_query_the_database(stores: Stores) -> None:
    statements: list[str] = []
    begun, done = asyncio.Event(), asyncio.Event()

    @event.listens_for(stores.engine.sync_engine, "before_cursor_execute")
    def heard(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        statements.append(statement)

    async def takes_long(_: Feed | None) -> Feed:
        begun.set()
        await done.wait()
        return feed()

    asked = [asyncio.create_task(stores.shared.feed(URL, NOW, takes_long)) for _ in range(50)]
    await begun.wait()
    statements.clear()
    await asyncio.sleep(0.5)
    waiting = len(statements)
    done.set()

    assert await asyncio.gather(*asked) == [feed()] * 50
    assert waiting == 0
    assert not any("FOR UPDATE" in each for each in statements)


async def test_long_work_is_left_to_the_worker_that_began_it(stores: Stores) -> None:
    renewed, done = asyncio.Event(), asyncio.Event()

    def clock() -> float:
        if stores.clock.now < NOW + 300:
            stores.clock.now += 10
        else:
            renewed.set()
        return stores.clock.now

    shared = DatabaseSharedWork(stores.engine, clock, renewal=0.01)

    async def takes_long(_: Feed | None) -> Feed:
        await done.wait()
        return feed()

    async def is_not_asked(_: Feed | None) -> Feed:
        await asyncio.sleep(0)
        raise AssertionError("Somebody is at it.")

    first = asyncio.create_task(shared.feed(URL, NOW, takes_long))
    async with asyncio.timeout(60):
        await renewed.wait()
    second = asyncio.create_task(stores.shared.feed(URL, NOW, is_not_asked))
    await asyncio.sleep(0.05)
    done.set()

    assert [await first, await second] == [feed(), feed()]


async def claim(stores: Stores, name: str, begun: float, made: float = 0.0) -> None:
    """Store a claim as a killed worker leaves it."""
    row = {"name": name, "begun": begun, "made": made, "content": ""}
    async with stores.engine.begin() as connection:
        await connection.execute(insert(shared_work).values(row))


async def test_shared_work_is_deleted_after_eight_days_even_if_there_are_no_more_digests(
    stores: Stores,
) -> None:
    async def read(_: Feed | None) -> Feed:
        await asyncio.sleep(0)
        return feed()

    await stores.shared.feed(URL, NOW, read)
    await claim(stores, "feed:killed", NOW)
    await claim(stores, "feed:at work", NOW + 8 * 86_400, NOW)

    async def names() -> set[str]:
        async with stores.engine.begin() as connection:
            return set(await connection.scalars(select(shared_work.c.name)))

    await stores.archive.purge(NOW + 8 * 86_400)
    assert await names() == {f"feed:{URL}", "feed:killed", "feed:at work"}
    await stores.archive.purge(NOW + 8 * 86_400 + 1)
    assert await names() == {"feed:at work"}


async def test_work_from_before_the_clock_was_set_back_is_done_again(stores: Stores) -> None:
    tries: list[float] = []

    async def read(_: Feed | None) -> Feed:
        await asyncio.sleep(0)
        tries.append(stores.clock.now)
        return feed()

    async def ask(url: str, now: float) -> None:
        stores.clock.now = now
        async with asyncio.timeout(20):
            await stores.shared.feed(url, now - 600, read)

    for now in (NOW + 30, NOW, NOW + 3_600, NOW):
        await ask(URL, now)
    await claim(stores, "feed:killed", NOW + 3_600)
    await ask("killed", NOW)

    assert tries == [NOW + 30, NOW + 3_600, NOW, NOW]
