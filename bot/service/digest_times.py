"""Computes when a digest or a reminder comes, also when the clocks of its zone change.

If a time exists twice on a day, the first one counts; if it doesn't exist, the slot comes later by
as much as the clocks are set forward. So each day has one slot.
"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.briefing.digest import DigestPlan

LATEST = 2 * 3_600.0
"""The seconds by which a digest may come late; after that it says that it was not made."""


def zone_of(name: str) -> ZoneInfo:
    """The zone of that name; UTC if there is no such zone."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # of another version of the tz database
        return ZoneInfo("UTC")


def at_slot(plan: DigestPlan, slot: float) -> datetime:
    """The time of a slot in the zone of ``plan``."""
    return datetime.fromtimestamp(slot, zone_of(plan.zone))


def next_slot(plan: DigestPlan, after: float) -> float:
    """The first time ``after`` then that a digest comes; both in seconds since 1970."""
    day = at_slot(plan, after).date() - timedelta(days=1)
    while (slot := slot_of(day, plan.time, plan.zone)) <= after or day.weekday() not in plan.days:
        day += timedelta(days=1)
    return slot


def latest_slot(plan: DigestPlan, slot: float, now: float) -> float:
    """The last slot up to ``now``, at or after ``slot``."""
    while (later := next_slot(plan, slot)) <= now:
        slot = later
    return slot


def slot_of(day: date, at: str, zone: str) -> float:
    """When it is ``at`` a time ("09:00") of a ``day`` in a ``zone``, in seconds since 1970."""
    local = datetime.combine(day, time.fromisoformat(at), zone_of(zone))
    # A time in a gap is read with the offset before it; by way of UTC it is the one after it.
    return local.astimezone(UTC).timestamp()
