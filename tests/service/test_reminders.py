"""What is due is told once, on its day at nine, and as its reply has it by then."""

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


def promise(day: str | None = "2026-06-01", actor: str = "Arland", **fields: object) -> Commitment:
    line = Commitment(
        f"{actor} will reopen the line by {day}.", "event", None, (document().passage(2),), actor,
        "reopen the line", f"by {day}", "if inspectors clear the bridge", "agreed", day,
    )  # fmt: skip
    return replace(line, **fields)  # type: ignore[arg-type]  # named by the tests


def promising(*lines: Commitment) -> Briefing:
    return briefing(commitments=lines)


def at(text: str, zone: str = "UTC") -> float:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).timestamp()


class House:
    """Channels that are reminded; ``now`` is what the clock tells."""

    def __init__(self, now: float = NEW_YEAR, shared: frozenset[str] = frozenset()) -> None:
        self.now = now
        self.archive = MemoryArchive(days=36_500, clock=lambda: self.now)
        self.reminders = MemoryReminders()
        self.channels = MemoryChannels()
        self.jobs = reminder_jobs(
            self.archive, self.reminders, self.channels, shared=shared, clock=lambda: self.now
        )

    async def told(
        self, *lines: Commitment, asked: Mention = ASKED, zone: str = "UTC"
    ) -> list[Reminder]:
        """The reminders of a briefing with these lines."""
        outcome = promising(*lines)
        await self.archive.record(asked)
        await self.archive.keep_outcome(asked, outcome)
        found = list(reminders_in(asked, outcome, "5.0", zone, self.now))
        await self.reminders.keep(asked, found)
        return found

    async def tick(self, now: float) -> list[tuple[Mention, Notice]]:
        """What is told at that time, by two workers that look at once and repeat every step."""
        self.now = now
        made = {}
        for _ in range(2):
            async for each in self.jobs.due(now):
                made[each.key] = each
        for each in [*made.values(), *made.values()]:
            await self.jobs.write(each)
        return [(each, await self.notice(each)) for each in made.values()]

    async def notice(self, told: Mention) -> Notice:
        kept = await self.archive.outcome(told.key)
        assert kept is not None
        shown = await self.jobs.fill(told, kept)
        assert isinstance(shown, Notice)
        return shown


def actors(notice: Notice) -> list[str]:
    return [each.line.actor for each in (notice.due.reminders if notice.due else ())]


async def test_everything_due_in_a_channel_on_a_day_is_one_message_sent_once() -> None:
    house = House()
    await house.told(promise(), promise(actor="Borland"), promise("2026-06-02", "Corland"))
    other = mention(key="msg:T1:C1:2.0", person="U2")
    await house.told(promise(actor="Dorland"), asked=other)
    await house.told(promise(), asked=mention(key="msg:T1:C2:3.0", channel="C2"))

    assert await house.tick(at("2026-06-01T08:59:59")) == []
    one, two = await house.tick(at("2026-06-01T09:00"))
    assert await house.tick(at("2026-06-01T09:01")) == []

    assert actors(one[1]) == ["Arland", "Borland", "Dorland"]
    assert (one[1].text, one[0].channel) == ("3 commitments are due.", "C1")
    assert (two[1].text, two[0].channel) == ("1 commitment is due.", "C2")
    assert [actors(told) for _, told in await house.tick(at("2026-06-02T09:00"))] == [["Corland"]]


async def test_nobody_s_stop_ends_a_reminder_for_the_whole_channel() -> None:
    house = House()
    await house.told(promise())
    async for told in house.jobs.due(at("2026-06-01T09:00")):
        assert await house.archive.unfinished(told.team, told.channel, ASKED.person) == ()
        assert await house.archive.unfinished(told.team, told.channel, "") == (told,)


async def test_two_commitments_in_one_sentence_are_two_reminders() -> None:
    house = House()
    station = promise(action="open the station")
    await house.told(promise(), station)
    await house.told(station, asked=mention(key="msg:T1:C1:2.0"))
    ((_, told),) = await house.tick(at("2026-06-01T09:00"))

    assert told.due is not None
    said = [each.line.action for each in told.due.reminders]
    assert sorted(said) == ["open the station", "reopen the line"]
    assert len({each.id for each in told.due.reminders}) == 2


@pytest.mark.slow
async def test_over_a_year_each_reminder_comes_once_on_its_day_at_nine_despite_clock_changes() -> (
    None
):
    house = House()
    clocks_change = ["2026-03-08", "2026-03-29", "2026-04-05", "2026-10-04", "2026-10-25"]
    clocks_change += ["2026-11-01", "2026-12-31"]
    days = {date(2026, 1, 2) + timedelta(days=6 * n) for n in range(60)}
    days |= {date.fromisoformat(d) + timedelta(days=n) for d in clocks_change for n in (-1, 0, 1)}
    kept = sorted(day.isoformat() for day in days if day.year == 2026)
    for number, zone in enumerate(ZONES):
        asked = mention(key=f"msg:T1:C{number}:1.0", channel=f"C{number}")
        await house.told(*map(promise, kept), asked=asked, zone=zone)

    told: Counter[tuple[str, str]] = Counter()
    for number in range(2 * 24 * 367):  # a zone is whole or half hours apart from the others
        for due, notice in await house.tick(NEW_YEAR + number * 1_800):
            zone = ZONES[int(due.channel[1:])]
            local = datetime.fromtimestamp(house.now, ZoneInfo(zone))
            assert f"{local:%Y-%m-%d %H:%M}" == f"{due.about} 09:00"
            assert len(actors(notice)) == 1
            told[zone, str(due.about)] += 1

    assert told == Counter({(zone, day): 1 for zone in ZONES for day in kept})


async def test_in_two_time_zones_the_earlier_one_decides_when_the_day_s_message_comes() -> None:
    house = House()
    await house.told(promise(), zone="Asia/Tokyo")
    await house.told(promise(actor="B"), asked=mention(key="msg:T1:C1:2.0"), zone="Europe/Vienna")

    ((_, told),) = await house.tick(at("2026-06-01T09:00", "Asia/Tokyo"))
    assert actors(told) == ["Arland", "B"]
    assert await house.tick(at("2026-06-01T09:00", "Europe/Vienna")) == []


async def test_a_reminder_set_later_that_day_in_another_zone_still_comes() -> None:
    house = House()
    await house.told(promise(), zone="Asia/Tokyo")
    await house.tick(at("2026-06-01T09:00", "Asia/Tokyo"))
    later = mention(key="msg:T1:C1:2.0")
    await house.told(promise(actor="B"), asked=later, zone="America/New_York")

    ((_, told),) = await house.tick(at("2026-06-01T09:00", "America/New_York"))
    assert actors(told) == ["B"]


async def test_two_dates_at_the_same_moment_are_two_messages() -> None:
    house = House()
    await house.told(promise("2026-06-02"), zone="Pacific/Kiritimati")
    await house.told(promise(), asked=mention(key="msg:T1:C1:2.0"), zone="Pacific/Honolulu")

    told = await house.tick(at("2026-06-01T09:00", "Pacific/Honolulu"))
    assert sorted(str(due.about) for due, _ in told) == ["2026-06-01", "2026-06-02"]


async def test_a_reminder_due_during_downtime_comes_afterwards() -> None:
    house = House()
    await house.told(promise())
    ((due, told),) = await house.tick(at("2026-06-03T17:20"))

    assert (due.about, actors(told)) == ("2026-06-01", ["Arland"])


async def test_only_future_commitments_become_reminders() -> None:
    house = House(at("2026-06-01T09:00"))
    assert await house.told(promise("2026-05-31"), promise(), promise(None)) == []
    (found,) = await house.told(promise("2026-06-02"), asked=mention(key="msg:T1:C1:2.0"))
    assert (found.day, found.at) == ("2026-06-02", at("2026-06-02T09:00"))


def edited(text: str, *objections: Reason) -> Commitment:
    return promise(text=text, edited=Edited("Ann", objections))


NO = Reason("numbers", "No.")


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (edited("The line opens by 2026-06-01."), "The line opens by 2026-06-01."),
        (edited("The line opens in July."), None),
        (edited("The line opens by 2026-06-01.", NO), None),
        (None, None),
    ],
    ids=["verified", "of another day", "not verified", "dropped"],
)
async def test_a_reminder_shows_the_edited_line_if_it_passed(
    line: Commitment | None, told: str | None
) -> None:
    house = House()
    await house.told(promise())
    before = await house.archive.outcome(ASKED.key)
    assert isinstance(before, Briefing)
    number = list(before.lines()).index(before.commitments[0]) + 2  # after the difference
    after = with_edits(before, [Edit(number, "key", line)])
    assert isinstance(after, Briefing)
    assert (len(after.commitments) == 1) is (line is not None)
    await house.archive.supersede(ASKED, before, after)

    ((_, notice),) = await house.tick(at("2026-06-01T09:00"))

    shown = notice.due.reminders if notice.due else ()
    assert [each.line.text for each in shown] == ([told] if told else [])
    assert (notice.ended_by is None) is bool(told)


async def test_a_corrected_commitment_is_no_longer_reminded_of() -> None:
    house = House()
    await house.told(promise(), promise(actor="Borland"))
    before = await house.archive.outcome(ASKED.key)
    assert isinstance(before, Briefing)
    wrong = before.commitments[0].text
    after = mark_corrected(before, lambda line: line.text == wrong, "2026-05-14")
    await house.archive.supersede(ASKED, before, after)

    ((_, notice),) = await house.tick(at("2026-06-01T09:00"))
    assert actors(notice) == ["Borland"]


async def test_a_reminder_of_a_replaced_or_expired_briefing_shows_the_line_as_it_was() -> None:
    house = House()
    (found,) = await house.told(promise())
    before = await house.archive.outcome(ASKED.key)
    assert before is not None
    await house.archive.supersede(ASKED, before, promising(promise(actor="Its minister")))
    assert await up_to_date([found], house.archive) == (found,)

    await house.archive.delete(ASKED.key)
    assert await up_to_date([found], house.archive) == (found,)


async def test_a_commitment_from_a_deleted_source_is_no_longer_reminded_of() -> None:
    house = House()
    (found,) = await house.told(promise())
    before = await house.archive.outcome(ASKED.key)
    assert before is not None
    await house.archive.supersede(ASKED, before, Notice("", ended_by="msg:T1:C1:9.0"))

    assert await up_to_date([found], house.archive) == ()


async def test_no_reminder_is_shown_in_a_channel_that_has_become_shared() -> None:
    house = House(shared=frozenset({"C1"}))
    await house.told(promise())
    ((_, told),) = await house.tick(at("2026-06-01T09:00"))

    assert told.due is None
    assert "shared with other organisations" in told.text


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
    (found,) = reminders_in(ASKED, promising(promise()), None, "Europe/Vienna", NEW_YEAR)
    later = tomorrow(replace(found, mark="done", by="U1"), at(now, "Europe/Vienna"))

    assert (later.day, later.mark, later.by) == (day, None, None)
    assert later.at == at(f"{day}T09:00", "Europe/Vienna")
    assert later.id == found.id


async def test_a_postponed_reminder_comes_again_the_next_day_once() -> None:
    house = House()
    (found,) = await house.told(promise())
    ((due, _),) = await house.tick(at("2026-06-01T09:00"))
    again = [tomorrow(found, house.now)]
    for who, is_new in (("U2", True), ("U3", False)):
        marked = replace(found, mark="tomorrow", by=who)
        assert await house.reminders.mark(due.key, marked, again) is is_new

    assert await house.tick(at("2026-06-01T09:05")) == []
    ((_, second),) = await house.tick(at("2026-06-02T09:00"))
    assert actors(second) == ["Arland"]
    first = await house.notice(due)
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
    house = House()
    jobs = reminder_jobs(house.archive, house.reminders, channels, clock=lambda: NEW_YEAR)
    for _ in range(2):
        await jobs.keep_from(asked, promising(promise(), promise(None, "Borland")))

    assert [each.zone for each in house.reminders.kept.values()] == zones


async def test_reminders_are_taken_from_the_posted_reply_or_its_late_model_version() -> None:
    house = House()
    service = BriefingService(FixedReader(), ExtractiveWriter(), "1")
    steps = job_steps(service, house.archive, Transcript())
    steps = replace(steps, reminders=house.jobs)
    house.channels.settings["T1", "C1"] = ChannelSettings(reminds_of_all=True)
    first = replace(promising(promise(actor="Its minister")), awaits=1.0)
    await house.archive.record(ASKED)
    await house.archive.keep_outcome(ASKED, first)

    assert await steps.post(ASKED.key)
    assert house.reminders.kept == {}
    await house.archive.supersede(ASKED, first, promising(promise()))
    await steps.post_again(ASKED.key)
    assert [each.line.actor for each in house.reminders.kept.values()] == ["Arland"]

    other = mention(key="msg:T1:C1:2.0")
    await house.archive.record(other)
    await house.archive.keep_outcome(other, promising(promise(actor="Borland")))
    assert not await steps.post(other.key)
    assert [each.line.actor for each in house.reminders.kept.values()] == ["Arland", "Borland"]


async def test_a_digest_lists_the_reminders_of_its_channel_for_that_day() -> None:
    house = House()
    await house.told(promise(), promise("2026-06-02", "Borland"))
    made = Notice("New.", digest=digest_of("2026-06-01T07:00:00+02:00"))
    key = "digest:d1:1"
    asked = Mention(key, "T1", "C1", key, "1.0", "U1", "digest")

    shown = await fill(made, asked, house.reminders, house.archive)
    assert isinstance(shown, Notice)
    assert shown.due is not None
    assert (shown.due.day, actors(shown)) == ("2026-06-01", ["Arland"])


def digest_of(moment: str) -> Digest:
    return Digest(moment, (), briefing().receipt)


def test_the_same_commitment_has_one_id_however_it_is_worded() -> None:
    lines = [promise(), promise(text="By June.", action="open it"), promise("2026-06-02")]
    assert len({commitment_id(each) for each in lines}) == 2
    assert list(dated_commitments(promising(*lines, promise(None)))) == lines
