"""Scheduled digests: due once, made only of news, and late only for a while."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.briefing.digest import DigestPlan, DigestWishes, Entry
from bot.briefing.documents import Document
from bot.briefing.requests import Source
from bot.service.briefing_service import BriefingService
from bot.service.digest_jobs import DigestJobs
from bot.service.errors import Unreachable
from bot.service.extractive_writer import ExtractiveWriter
from bot.service.ports import ChannelSettings, Mention, Notice, Outcome, PlannedDigest
from bot.service.usage import ModelUsage
from tests.fakes import (
    FixedFeeds,
    FixedJudge,
    FixedReader,
    MemoryArchive,
    MemoryChannels,
    MemoryDigests,
    MemoryLedger,
    ScriptedWriter,
    digest_jobs,
)
from tests.news import BRIDGE, BRIDGE_LATER, MUSEUM

MONDAY = datetime(2026, 3, 2, 8, tzinfo=UTC)
SLOT = MONDAY.timestamp()
FEED = "https://one.example.org/feed"
PAGES = [f"https://one.example.org/{name}" for name in ("bridge", "museum", "later")]
TEXTS = dict(zip(PAGES, (BRIDGE, MUSEUM, BRIDGE_LATER), strict=True))


def planned(name: str = "d1", **fields: object) -> PlannedDigest:
    plan = DigestPlan(DigestWishes((FEED,)), tuple(range(7)), "08:00")
    digest = PlannedDigest(name, "T1", "C1", "U1", plan, SLOT)
    return replace(digest, **fields)  # type: ignore[arg-type]


def entry(url: str, at: float = SLOT) -> Entry:
    return Entry(url, url, url, "", at - 3_600)


class Setup:
    def __init__(self, *plans: PlannedDigest) -> None:
        self.archive = MemoryArchive(days=36_500)
        self.digests = MemoryDigests(self.archive)
        self.digests.plans = {each.id: each for each in plans}
        self.feeds = FixedFeeds({FEED: [entry(PAGES[0]), entry(PAGES[1])]})
        self.writer = ExtractiveWriter()
        self.jobs = self.jobs_with()

    def jobs_with(self, **parts: object) -> DigestJobs:
        service = BriefingService(FixedReader(**TEXTS), ExtractiveWriter(), "1")
        known = {"digests": self.digests, "feeds": self.feeds, **parts}
        return digest_jobs(self.archive, service, **known)  # type: ignore[arg-type]

    async def due(self, now: float) -> list[Mention]:
        return [mention async for mention in self.jobs.due(now)]

    async def made(self, now: float, jobs: DigestJobs | None = None) -> list[Notice]:
        found = []
        for mention in await self.due(now):
            await (jobs or self.jobs).write(mention, with_model=True)
            outcome = await self.archive.outcome(mention.key)
            assert isinstance(outcome, Notice)
            found.append(outcome)
        return found


async def test_a_due_digest_becomes_one_mention_of_its_slot() -> None:
    setup = Setup(planned(), planned("d2", next=SLOT + 60), planned("d3", is_paused=True))

    (mention,) = await setup.due(SLOT + 30)

    assert (mention.key, mention.message) == ("digest:d1:1772438400", "1772438400.000000")
    assert await setup.archive.mention(mention.key) == mention
    assert await setup.due(SLOT + 30) == []
    assert setup.digests.plans["d1"].next == SLOT + 86_400


async def test_two_workers_that_look_at_once_record_one_mention() -> None:
    setup = Setup(planned())
    both = [setup.jobs.due(SLOT) for _ in range(2)]

    first, second = [await anext(each) for each in both]

    assert first == second
    assert len(await setup.archive.unanswered()) == 1


async def test_a_digest_has_what_is_new_and_the_next_what_came_since() -> None:
    setup = Setup(planned())
    (first,) = await setup.made(SLOT)
    day = SLOT + 86_400
    setup.feeds.feeds[FEED] = [entry(PAGES[2], day), entry(PAGES[0])]

    (second,) = await setup.made(day)

    assert first.digest is not None
    assert second.digest is not None
    assert [story.status for story in first.digest.stories] == ["new", "new"]
    assert [story.status for story in second.digest.stories] == ["changed"]
    assert second.text == second.digest.stories[0].headline.text
    assert all(document.text == "" for s in first.digest.stories for document in s.documents)


async def test_a_repeated_step_changes_no_digest() -> None:
    setup = Setup(planned())
    (mention,) = await setup.due(SLOT)

    await setup.jobs.write(mention, with_model=True)
    kept = await setup.archive.outcome(mention.key)
    await setup.jobs.write(mention, with_model=True)

    assert await setup.archive.outcome(mention.key) == kept


async def test_a_digest_is_made_up_to_two_hours_late_and_afterwards_reported_as_missed() -> None:
    setup, later = Setup(planned()), Setup(planned())

    (made,) = await setup.made(SLOT + 2 * 3_600)
    (missed,) = await later.made(SLOT + 2 * 3_600 + 1)

    assert made.digest is not None
    assert missed.digest is None
    assert missed.text == (
        "The digest of 08:00 was not made, because Readout was not running then. The next one "
        "comes on Tuesday, 08:00."
    )


async def test_after_a_week_of_downtime_one_digest_comes_and_not_seven() -> None:
    setup = Setup(planned())

    (made,) = await setup.made(SLOT + 7 * 86_400 + 60)

    assert made.digest is not None
    assert made.digest.at == (MONDAY + timedelta(days=7)).isoformat()


async def test_after_a_minute_a_year_ahead_digests_come_at_their_next_slots() -> None:
    setup = Setup(planned(), planned("d2", is_paused=True))
    weekly = replace(setup.digests.plans["d1"].plan, days=(0,))
    setup.digests.plans["d3"] = planned("d3", plan=weekly)

    await setup.due(SLOT + 365 * 86_400)
    await setup.due(SLOT + 60)

    coming = {each.id: each.next for each in setup.digests.plans.values() if not each.is_paused}
    assert coming == {"d1": SLOT + 86_400, "d3": SLOT + 7 * 86_400}
    assert len(await setup.due(SLOT + 86_400)) == 1


async def test_a_digest_without_news_says_so() -> None:
    setup = Setup(planned())
    setup.feeds.feeds[FEED] = []

    (made,) = await setup.made(SLOT)

    assert made.text == "Nothing new."


async def test_a_digest_deleted_or_paused_meanwhile_posts_nothing() -> None:
    setup = Setup(planned(), planned("d2"))
    mentions = await setup.due(SLOT)
    await setup.digests.delete("d1")
    await setup.digests.pause("d2", None)

    for mention in mentions:
        await setup.jobs.write(mention, with_model=True)

    outcomes = [await setup.archive.outcome(mention.key) for mention in mentions]
    assert outcomes == [Notice("", ended_by=mention.key) for mention in mentions]


async def test_a_digest_in_a_channel_that_is_no_longer_allowed_is_paused_and_says_so() -> None:
    setup = Setup(planned())

    (made,) = await setup.made(SLOT, setup.jobs_with(refused={"C1": "The channel is archived."}))

    assert made.text.startswith("The channel is archived. This digest is paused")
    assert setup.digests.plans["d1"].is_paused


async def test_a_digest_in_a_channel_now_set_to_one_hour_is_paused_and_says_so() -> None:
    setup = Setup(planned())
    channels = MemoryChannels({("T1", "C1"): ChannelSettings(is_fleeting=True)})

    (made,) = await setup.made(SLOT, setup.jobs_with(channels=channels))

    assert "kept for only an hour" in made.text
    assert made.text.endswith("resume or delete it on my Home tab.")
    assert made.digest is None
    assert setup.digests.plans["d1"].is_paused


class InterruptedArchive(MemoryArchive):
    """`ports.Archive` whose process is killed as it stores the first reply, or just after that."""

    stores_it = was_killed = False

    async def keep_outcome(self, mention: Mention, outcome: Outcome) -> Outcome | None:
        if not self.was_killed:
            self.was_killed = True
            if self.stores_it:
                await super().keep_outcome(mention, outcome)
            raise asyncio.CancelledError
        return await super().keep_outcome(mention, outcome)


@pytest.mark.parametrize("stores_it", [False, True])
async def test_a_digest_that_is_paused_says_so_even_if_the_process_is_killed_meanwhile(
    stores_it: bool,
) -> None:
    setup = Setup(planned())
    setup.archive = archive = InterruptedArchive(days=36_500)
    archive.stores_it = stores_it
    jobs = setup.jobs_with(refused={"C1": "The channel is archived."})
    (mention,) = [each async for each in jobs.due(SLOT)]

    with pytest.raises(asyncio.CancelledError):
        await jobs.write(mention, with_model=True)
    if await setup.archive.wanted([mention.key]):  # as `JobSteps.write` asks
        await jobs.write(mention, with_model=True)

    said = await setup.archive.outcome(mention.key)
    assert isinstance(said, Notice)
    assert said.text.startswith("The channel is archived. This digest is paused")
    assert setup.digests.plans["d1"].is_paused


async def test_a_muted_story_no_longer_appears() -> None:
    setup = Setup(planned())
    (first,) = await setup.made(SLOT)
    assert first.digest is not None
    bridge = next(s for s in first.digest.stories if "bridge" in s.headline.text)
    await setup.digests.mute("d1", bridge.id)
    setup.feeds.feeds[FEED] = [entry(PAGES[2], SLOT + 86_400)]

    (second,) = await setup.made(SLOT + 86_400)

    assert second.text == "Nothing new."


@pytest.mark.parametrize(("is_public", "drafts"), [(True, 2), (False, 10)])
async def test_public_pages_are_read_and_drafted_once_for_all_workspaces_others_once_a_channel(
    is_public: bool, drafts: int
) -> None:
    setup = Setup(*(planned(f"d{n}", team=f"T{n % 2}", channel=f"C{n}") for n in range(5)))
    web, writer = WebReader(is_public), ScriptedWriter()
    service = BriefingService(web, writer, "1")
    jobs = digest_jobs(setup.archive, service, digests=setup.digests, feeds=setup.feeds)

    made = await setup.made(SLOT, jobs)

    assert len(made) == 5
    assert setup.feeds.asked == [(FEED, False)]
    assert sorted(web.read_pages) == sorted(PAGES[:2])
    assert len(writer.tasks) == drafts


class WebReader:
    """`ports.Reader` of public or private pages."""

    def __init__(self, is_public: bool) -> None:
        self._reader = FixedReader(**TEXTS)
        self._is_public = is_public
        self.read_pages: list[str] = []

    async def read(self, source: Source, label: str) -> Document:
        self.read_pages.append(source.name)
        return replace(await self._reader.read(source, label), is_public=self._is_public)


async def test_a_digest_respects_a_used_up_quota() -> None:
    setup = Setup(planned())
    ledger = MemoryLedger()
    ledger.was_taken = replace(ledger.was_taken, person=10)
    writer = ScriptedWriter()
    service = BriefingService(FixedReader(**TEXTS), writer, "1")

    (made,) = await setup.made(
        SLOT,
        digest_jobs(
            setup.archive,
            service,
            ModelUsage(ledger, tokens_per_person=10),
            digests=setup.digests,
            feeds=setup.feeds,
        ),
    )

    assert writer.tasks == []
    assert made.digest is not None
    said = "Whoever set up this digest has used all 10 of their model tokens for today."
    assert any(note.startswith(said) for s in made.digest.stories for note in s.notes)


@pytest.mark.parametrize("is_refused_first", [True, False])
async def test_a_digest_without_a_model_reuses_drafts_and_prevents_none(
    is_refused_first: bool,
) -> None:
    setup, writer = Setup(planned(), planned("d2")), ScriptedWriter()
    service = BriefingService(WebReader(is_public=True), writer, "1", judge=FixedJudge())
    jobs = digest_jobs(setup.archive, service, digests=setup.digests, feeds=setup.feeds)

    for mention, is_refused in zip(
        await setup.due(SLOT), (is_refused_first, not is_refused_first), strict=True
    ):
        await jobs.write(mention, with_model=not is_refused)

    keys = [f"digest:{name}:{SLOT:.0f}" for name in ("d1", "d2")]
    made = [await setup.archive.outcome(key) for key in keys]
    assert len(writer.tasks) == 2
    assert (made[0] == made[1]) is not is_refused_first


@pytest.mark.parametrize("is_down", [True, False])
async def test_a_feed_that_is_down_is_distinguished_from_one_without_news(is_down: bool) -> None:
    setup = Setup(planned())
    down = Unreachable("The site reported an error.", source=FEED)
    setup.feeds.feeds[FEED] = down if is_down else []

    (made,) = await setup.made(SLOT)

    assert made.digest is not None
    assert [each.message for each in made.digest.down] == ([down.message] if is_down else [])
