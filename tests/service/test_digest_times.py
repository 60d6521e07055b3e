"""A digest comes once on each of its days, despite clock changes."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.briefing.digest import DigestPlan, DigestWishes
from bot.service.digest_times import at_slot, latest_slot, next_slot

EVERY_DAY = tuple(range(7))
ZONES = ["UTC", "Europe/Vienna", "America/New_York", "Asia/Yerevan", "Australia/Lord_Howe"]


def plan(zone: str, at: str, days: tuple[int, ...] = EVERY_DAY) -> DigestPlan:
    return DigestPlan(DigestWishes(()), days, at, zone)


def slots(planned: DigestPlan, after: datetime, count: int) -> list[str]:
    slot, found = after.timestamp(), []
    for _ in range(count):
        slot = next_slot(planned, slot)
        found.append(f"{at_slot(planned, slot):%a %d %H:%M %z}")
    return found


def test_a_time_skipped_by_daylight_saving_comes_an_hour_later() -> None:
    day_before = datetime(2026, 3, 27, 12, tzinfo=UTC)

    assert slots(plan("Europe/Vienna", "02:30"), day_before, 3) == [
        "Sat 28 02:30 +0100",
        "Sun 29 03:30 +0200",
        "Mon 30 02:30 +0200",
    ]


def test_a_time_that_exists_twice_means_the_first() -> None:
    day_before = datetime(2026, 10, 23, 12, tzinfo=UTC)

    assert slots(plan("Europe/Vienna", "02:30"), day_before, 3) == [
        "Sat 24 02:30 +0200",
        "Sun 25 02:30 +0200",
        "Mon 26 02:30 +0100",
    ]


def test_nine_o_clock_stays_nine_o_clock_across_a_clock_change() -> None:
    friday = datetime(2026, 3, 27, 12, tzinfo=UTC)

    assert slots(plan("Europe/Vienna", "09:00", (0, 4)), friday, 2) == [
        "Mon 30 09:00 +0200",
        "Fri 03 09:00 +0200",
    ]


def test_of_several_missed_slots_the_last_one_counts() -> None:
    planned = plan("UTC", "09:00")
    first = datetime(2026, 3, 2, 9, tzinfo=UTC).timestamp()

    assert latest_slot(planned, first, first + 60) == first
    assert latest_slot(planned, first, first + 3 * 86_400 + 60) == first + 3 * 86_400


def test_an_unknown_zone_means_utc() -> None:
    assert slots(plan("Mars/Olympus", "09:00"), datetime(2026, 3, 2, tzinfo=UTC), 1) == [
        "Mon 02 09:00 +0000"
    ]


@pytest.mark.parametrize("zone", ZONES)
@given(
    at=st.times().map(lambda each: f"{each:%H:%M}"),
    begun=st.floats(1_735_689_600, 1_798_761_600),
    days=st.sets(st.integers(0, 6), min_size=1).map(lambda each: tuple(sorted(each))),
)
def test_each_chosen_day_has_one_slot(
    zone: str, at: str, begun: float, days: tuple[int, ...]
) -> None:
    planned = plan(zone, at, days)
    slot = begun
    found: list[date] = []
    for _ in range(20):
        slot = next_slot(planned, slot)
        local = at_slot(planned, slot)
        found.append(local.date())
        is_usual = f"{local:%H:%M}" == at
        wall = datetime.combine(local.date(), time.fromisoformat(at), ZoneInfo(zone))
        is_in_gap = wall.astimezone(UTC).astimezone(ZoneInfo(zone)).time() != wall.time()
        assert is_usual or is_in_gap

    wanted: list[date] = []
    day = found[0]
    while len(wanted) < 20:
        wanted += [day] if day.weekday() in days else []
        day += timedelta(days=1)
    assert found == wanted
