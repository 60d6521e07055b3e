"""Reminders come once, on their day at nine, with the line as it is by then."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.briefing.digest import Digest
from bot.briefing.due import commitment_id, dated_commitments
from bot.briefing.edits import mark_corrected, with_edits
from bot.briefing.lines import Briefing, Commitment, Edit, Edited, Reason
from bot.service.briefing_service import BriefingService
from bot.service.extractive_writer import ExtractiveWriter
from bot.service.ports import ChannelSettings, Mention, Notice, Reminder
from bot.service.reminders import (
    fill,
    reminders_in,
    tomorrow,
    up_to_date,
)
from tests.fakes import (
    FixedReader,
    MemoryArchive,
    MemoryChannels,
    MemoryReminders,
    Transcript,
    job_steps,
    reminder_jobs,
)
from tests.slack.examples import briefing, document, mention

ZONES = ["UTC", "Europe/Vienna", "America/New_York", "Australia/Lord_Howe", "Pacific/Honolulu"]
NEW_YEAR = datetime(2026, 1, 1, tzinfo=UTC).timestamp()
ASKED = mention()


def commitment_on(
    day: str | None = "2026-06-01", actor: str = "Arland", **fields: object
) -> Commitment:
    line = Commitment(
        f"{actor} will reopen the line by {day}.", "event", None, (document().passage(2),), actor,
        "reopen the line", f"by {day}", "if inspectors clear the bridge", "agreed", day,
    )  # fmt: skip
    return replace(line, **fields)  # type: ignore[arg-type]  # named by the tests


def briefing_with(*lines: Commitment) -> Briefing:
    return briefing(commitments=lines)


def at(text: str, zone: str = "UTC") -> float:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).timestamp()


class Setup:
    """Reminder jobs with everything in memory; ``now`` is the time."""

    def __init__(self, now: float = NEW_YEAR, shared: frozenset[str] = frozenset()) -> None:
        self.now = now
        self.archive = MemoryArchive(days=36_500, clock=lambda: self.now)
        self.reminders = MemoryReminders()
        self.channels = MemoryChannels()
        self.jobs = reminder_jobs(
            self.archive, self.reminders, self.channels, shared=shared, clock=lambda: self.now
        )

    async def store_briefing(
        self, *lines: Commitment, asked: Mention = ASKED, zone: str = "UTC"
    ) -> list[Reminder]:
        """Store a briefing with these lines and its reminders; returns the reminders."""
        outcome = briefing_with(*lines)
        await self.archive.record(asked)
        await self.archive.keep_outcome(asked, outcome)
        found = list(reminders_in(asked, outcome, "5.0", zone, self.now))
        await self.reminders.keep(asked, found)
        return found

    async def tick(self, now: float) -> list[tuple[Mention, Notice]]:
        """The messages at that time, with two workers that look at once and repeat every step."""
        self.now = now
        made = {}
        for _ in range(2):
            async for each in self.jobs.due(now):
                made[each.key] = each
        for each in [*made.values(), *made.values()]:
            await self.jobs.write(each)
        return [(each, await self.notice(each)) for each in made.values()]

    async def notice(self, due: Mention) -> Notice:
        kept = await self.archive.outcome(due.key)
        assert kept is not None
        shown = await self.jobs.fill(due, kept)
        assert isinstance(shown, Notice)
        return shown


def actors(notice: Notice) -> list[str]:
    return [each.line.actor for each in (notice.due.reminders if notice.due else ())]


async def test_everything_due_in_a_channel_on_a_day_is_one_message_sent_once() -> None:
    setup = Setup()
    await setup.store_briefing(
        commitment_on(), commitment_on(actor="Borland"), commitment_on("2026-06-02", "Corland")
    )
    other = mention(key="msg:T1:C1:2.0", person="U2")
    await setup.store_briefing(commitment_on(actor="Dorland"), asked=other)
    await setup.store_briefing(commitment_on(), asked=mention(key="msg:T1:C2:3.0", channel="C2"))

    assert await setup.tick(at("2026-06-01T08:59:59")) == []
    one, two = await setup.tick(at("2026-06-01T09:00"))
    assert await setup.tick(at("2026-06-01T09:01")) == []

    assert actors(one[1]) == ["Arland", "Borland", "Dorland"]
    assert (one[1].text, one[0].channel) == ("3 commitments are due.", "C1")
    assert (two[1].text, two[0].channel) == ("1 commitment is due.", "C2")
    assert [actors(notice) for _, notice in await setup.tick(at("2026-06-02T09:00"))] == [
        ["Corland"]
    ]


async def test_nobody_s_stop_ends_a_reminder_for_the_whole_channel() -> None:
    setup = Setup()
    await setup.store_briefing(commitment_on())
    async for due in setup.jobs.due(at("2026-06-01T09:00")):
        assert await setup.archive.unfinished(due.team, due.channel, ASKED.person) == ()
        assert await setup.archive.unfinished(due.team, due.channel, "") == (due,)


async def test_two_commitments_in_one_sentence_are_two_reminders() -> None:
    setup = Setup()
    station = commitment_on(action="open the station")
    await setup.store_briefing(commitment_on(), station)
    await setup.store_briefing(station, asked=mention(key="msg:T1:C1:2.0"))
    ((_, notice),) = await setup.tick(at("2026-06-01T09:00"))

    assert notice.due is not None
    said = [each.line.action for each in notice.due.reminders]
    assert sorted(said) == ["open the station", "reopen the line"]
    assert len({each.id for each in notice.due.reminders}) == 2


@pytest.mark.slow
async def test_over_a_year_each_reminder_comes_once_on_its_day_at_nine_despite_clock_changes() -> (
    None
):
    setup = Setup()
    clocks_change = ["2026-03-08", "2026-03-29", "2026-04-05", "2026-10-04", "2026-10-25"]
    clocks_change += ["2026-11-01", "2026-12-31"]
    days = {date(2026, 1, 2) + timedelta(days=6 * n) for n in range(60)}
    days |= {date.fromisoformat(d) + timedelta(days=n) for d in clocks_change for n in (-1, 0, 1)}
    kept = sorted(day.isoformat() for day in days if day.year == 2026)
    for number, zone in enumerate(ZONES):
        asked = mention(key=f"msg:T1:C{number}:1.0", channel=f"C{number}")
        await setup.store_briefing(*map(commitment_on, kept), asked=asked, zone=zone)

    sent: Counter[tuple[str, str]] = Counter()
    for number in range(2 * 24 * 367):  # a zone is whole or half hours apart from the others
        for due, notice in await setup.tick(NEW_YEAR + number * 1_800):
            zone = ZONES[int(due.channel[1:])]
            local = datetime.fromtimestamp(setup.now, ZoneInfo(zone))
            assert f"{local:%Y-%m-%d %H:%M}" == f"{due.about} 09:00"
            assert len(actors(notice)) == 1
            sent[zone, str(due.about)] += 1

    assert sent == Counter({(zone, day): 1 for zone in ZONES for day in kept})


async def test_in_two_time_zones_each_reminder_comes_at_nine_in_its_own() -> None:
    setup = Setup()
    await setup.store_briefing(commitment_on(), zone="Asia/Tokyo")
    other = mention(key="msg:T1:C1:2.0")
    await setup.store_briefing(commitment_on(actor="B"), asked=other, zone="America/New_York")

    for zone, actor in (("Asia/Tokyo", "Arland"), ("America/New_York", "B")):
        ((_, notice),) = await setup.tick(at("2026-06-01T09:00", zone))
        assert actors(notice) == [actor]
        assert await setup.tick(setup.now + 60) == []


async def test_what_is_stored_after_the_day_s_message_comes_too_if_the_clock_was_ahead() -> None:
    setup = Setup()
    await setup.store_briefing(commitment_on())
    await setup.tick(at("2026-06-01T09:00"))
    setup.now = at("2026-06-01T08:59:55")
    await setup.store_briefing(commitment_on(actor="B"), asked=mention(key="msg:T1:C1:2.0"))

    ((_, notice),) = await setup.tick(at("2026-06-01T09:01"))
    assert actors(notice) == ["B"]
    assert await setup.tick(at("2026-06-01T09:02")) == []


async def test_a_reminder_set_later_that_day_in_another_zone_still_comes() -> None:
    setup = Setup()
    await setup.store_briefing(commitment_on(), zone="Asia/Tokyo")
    await setup.tick(at("2026-06-01T09:00", "Asia/Tokyo"))
    later = mention(key="msg:T1:C1:2.0")
    await setup.store_briefing(commitment_on(actor="B"), asked=later, zone="America/New_York")

    ((_, notice),) = await setup.tick(at("2026-06-01T09:00", "America/New_York"))
    assert actors(notice) == ["B"]


async def test_two_dates_at_the_same_moment_are_two_messages() -> None:
    setup = Setup()
    await setup.store_briefing(commitment_on("2026-06-02"), zone="Pacific/Kiritimati")
    await setup.store_briefing(
        commitment_on(), asked=mention(key="msg:T1:C1:2.0"), zone="Pacific/Honolulu"
    )

    sent = await setup.tick(at("2026-06-01T09:00", "Pacific/Honolulu"))
    assert sorted(str(due.about) for due, _ in sent) == ["2026-06-01", "2026-06-02"]


async def test_a_reminder_due_during_downtime_comes_afterwards() -> None:
    setup = Setup()
    await setup.store_briefing(commitment_on())
    ((due, notice),) = await setup.tick(at("2026-06-03T17:20"))

    assert (due.about, actors(notice)) == ("2026-06-01", ["Arland"])


async def test_only_future_commitments_become_reminders() -> None:
    setup = Setup(at("2026-06-01T09:00"))
    assert (
        await setup.store_briefing(
            commitment_on("2026-05-31"), commitment_on(), commitment_on(None)
        )
        == []
    )
    (found,) = await setup.store_briefing(
        commitment_on("2026-06-02"), asked=mention(key="msg:T1:C1:2.0")
    )
    assert (found.day, found.at) == ("2026-06-02", at("2026-06-02T09:00"))


def edited(text: str, *objections: Reason) -> Commitment:
    return commitment_on(text=text, edited=Edited("Ann", objections))


NO = Reason("numbers", "No.")


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (edited("The line opens by 2026-06-01."), "The line opens by 2026-06-01."),
        (edited("The line opens in July."), None),
        (edited("The line opens by 2026-06-01.", NO), None),
        (None, None),
    ],
    ids=["verified", "of another day", "not verified", "dropped"],
)
async def test_a_reminder_shows_the_edited_line_if_it_passed(
    line: Commitment | None, expected: str | None
) -> None:
    setup = Setup()
    await setup.store_briefing(commitment_on())
    before = await setup.archive.outcome(ASKED.key)
    assert isinstance(before, Briefing)
    number = list(before.lines()).index(before.commitments[0]) + 2  # after the difference
    after = with_edits(before, [Edit(number, "key", line)])
    assert isinstance(after, Briefing)
    assert (len(after.commitments) == 1) is (line is not None)
    await setup.archive.supersede(ASKED, before, after)

    ((_, notice),) = await setup.tick(at("2026-06-01T09:00"))

    shown = notice.due.reminders if notice.due else ()
    assert [each.line.text for each in shown] == ([expected] if expected else [])
    assert (notice.ended_by is None) is bool(expected)


async def test_a_corrected_commitment_no_longer_has_a_reminder() -> None:
    setup = Setup()
    await setup.store_briefing(commitment_on(), commitment_on(actor="Borland"))
    before = await setup.archive.outcome(ASKED.key)
    assert isinstance(before, Briefing)
    wrong = before.commitments[0].text
    after = mark_corrected(before, lambda line: line.text == wrong, "2026-05-14")
    await setup.archive.supersede(ASKED, before, after)

    ((_, notice),) = await setup.tick(at("2026-06-01T09:00"))
    assert actors(notice) == ["Borland"]


async def test_a_reminder_of_a_replaced_or_expired_briefing_shows_the_line_as_it_was() -> None:
    setup = Setup()
    (found,) = await setup.store_briefing(commitment_on())
    before = await setup.archive.outcome(ASKED.key)
    assert before is not None
    await setup.archive.supersede(ASKED, before, briefing_with(commitment_on(actor="Its minister")))
    assert await up_to_date([found], setup.archive) == (found,)

    await setup.archive.delete(ASKED.key)
    assert await up_to_date([found], setup.archive) == (found,)


async def test_a_commitment_from_a_deleted_source_no_longer_has_a_reminder() -> None:
    setup = Setup()
    (found,) = await setup.store_briefing(commitment_on())
    before = await setup.archive.outcome(ASKED.key)
    assert before is not None
    await setup.archive.supersede(ASKED, before, Notice("", ended_by="msg:T1:C1:9.0"))

    assert await up_to_date([found], setup.archive) == ()


async def test_no_reminder_is_shown_in_a_channel_that_has_become_shared() -> None:
    setup = Setup(shared=frozenset({"C1"}))
    await setup.store_briefing(commitment_on())
    ((_, notice),) = await setup.tick(at("2026-06-01T09:00"))

    assert notice.due is None
    assert "shared with other organisations" in notice.text


@pytest.mark.parametrize(
    ("now", "day"),
    [
        ("2026-06-01T09:30", "2026-06-02"),
        ("2026-06-04T23:30", "2026-06-05"),
        ("2026-06-05T00:30", "2026-06-06"),
        ("2026-03-28T12:00", "2026-06-02"),
    ],
)
def test_tomorrow_is_the_day_after_in_the_zone_of_the_channel(now: str, day: str) -> None:
    (found,) = reminders_in(ASKED, briefing_with(commitment_on()), None, "Europe/Vienna", NEW_YEAR)
    later = tomorrow(replace(found, mark="done", by="U1"), at(now, "Europe/Vienna"))

    assert (later.day, later.mark, later.by) == (day, None, None)
    assert later.at == at(f"{day}T09:00", "Europe/Vienna")
    assert later.id == found.id


async def test_a_postponed_reminder_comes_again_the_next_day_once() -> None:
    setup = Setup()
    (found,) = await setup.store_briefing(commitment_on())
    ((due, _),) = await setup.tick(at("2026-06-01T09:00"))
    again = [tomorrow(found, setup.now)]
    for who, is_new in (("U2", True), ("U3", False)):
        marked = replace(found, mark="tomorrow", by=who)
        assert await setup.reminders.mark(due.key, marked, again) is is_new

    assert await setup.tick(at("2026-06-01T09:05")) == []
    ((_, second),) = await setup.tick(at("2026-06-02T09:00"))
    assert actors(second) == ["Arland"]
    first = await setup.notice(due)
    assert first.due is not None
    assert [(each.mark, each.by) for each in first.due.reminders] == [("tomorrow", "U2")]


def settled(**fields: object) -> MemoryChannels:
    settings = ChannelSettings(**fields)  # type: ignore[arg-type]  # named by the tests
    return MemoryChannels({("T1", "C1"): settings})


@pytest.mark.parametrize(
    ("channels", "asked", "zones"),
    [
        (settled(reminds_of_all=True), ASKED, ["Europe/Vienna"]),
        (settled(reminds_of_all=True, zone="Asia/Tokyo"), ASKED, ["Asia/Tokyo"]),
        (settled(), ASKED, []),
        (settled(reminds_of_all=True, is_fleeting=True), ASKED, []),
        (settled(reminds_of_all=True), mention(fleeting=True), []),
        (settled(reminds_of_all=True), mention(version_of="msg:T1:C1:0.5"), []),
    ],
)
async def test_a_channel_may_be_reminded_of_every_commitment(
    channels: MemoryChannels, asked: Mention, zones: list[str]
) -> None:
    setup = Setup()
    jobs = reminder_jobs(setup.archive, setup.reminders, channels, clock=lambda: NEW_YEAR)
    for _ in range(2):
        await jobs.keep_from(asked, briefing_with(commitment_on(), commitment_on(None, "Borland")))

    assert [each.zone for each in setup.reminders.kept.values()] == zones


async def test_reminders_are_taken_from_the_posted_reply_or_its_late_model_version() -> None:
    setup = Setup()
    service = BriefingService(FixedReader(), ExtractiveWriter(), "1")
    steps = job_steps(service, setup.archive, Transcript())
    steps = replace(steps, reminders=setup.jobs)
    setup.channels.settings["T1", "C1"] = ChannelSettings(reminds_of_all=True)
    first = replace(briefing_with(commitment_on(actor="Its minister")), awaits=1.0)
    await setup.archive.record(ASKED)
    await setup.archive.keep_outcome(ASKED, first)

    assert await steps.post(ASKED.key)
    assert setup.reminders.kept == {}
    await setup.archive.supersede(ASKED, first, briefing_with(commitment_on()))
    await steps.post_again(ASKED.key)
    assert [each.line.actor for each in setup.reminders.kept.values()] == ["Arland"]

    other = mention(key="msg:T1:C1:2.0")
    await setup.archive.record(other)
    await setup.archive.keep_outcome(other, briefing_with(commitment_on(actor="Borland")))
    assert not await steps.post(other.key)
    assert [each.line.actor for each in setup.reminders.kept.values()] == ["Arland", "Borland"]


async def test_a_digest_lists_the_reminders_of_its_channel_for_that_day() -> None:
    setup = Setup()
    await setup.store_briefing(commitment_on(), commitment_on("2026-06-02", "Borland"))
    made = Notice("New.", digest=digest_of("2026-06-01T07:00:00+02:00"))
    key = "digest:d1:1"
    asked = Mention(key, "T1", "C1", key, "1.0", "U1", "digest")

    shown = await fill(made, asked, setup.reminders, setup.archive)
    assert isinstance(shown, Notice)
    assert shown.due is not None
    assert (shown.due.day, actors(shown)) == ("2026-06-01", ["Arland"])


def digest_of(moment: str) -> Digest:
    return Digest(moment, (), briefing().receipt)


def test_the_same_commitment_has_one_id_however_it_is_worded() -> None:
    lines = [
        commitment_on(),
        commitment_on(text="By June.", action="open it"),
        commitment_on("2026-06-02"),
    ]
    assert len({commitment_id(each) for each in lines}) == 2
    assert list(dated_commitments(briefing_with(*lines, commitment_on(None)))) == lines
