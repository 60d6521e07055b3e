"""What is due, as a calendar file (RFC 5545): an all-day event for each commitment."""

import unicodedata
from collections.abc import Iterable
from datetime import UTC, date, datetime

from icalendar import Calendar, Event

from bot.briefing.due import identified
from bot.briefing.lines import Commitment


def calendar(undertakings: Iterable[Commitment], made: datetime | None = None) -> bytes:
    """The file, stamped with the time it was ``made``; ``undertakings`` are those of `dated`. A
    commitment that is imported again, from any such file, replaces its earlier entry."""
    file = Calendar()
    file.add("prodid", "-//Readout//EN")
    file.add("version", "2.0")
    for id_, line in identified(undertakings):
        file.add_component(_event(id_, line, made or datetime.now(UTC)))
    return bytes(file.to_ical())


def _event(id_: str, line: Commitment, made: datetime) -> Event:
    passages = "\n".join(f"{each.reference}: {each.text}" for each in line.evidence)
    event = Event()
    event.add("uid", f"{id_}@readout")
    event.add("dtstamp", made)
    event.add("dtstart", date.fromisoformat(line.deadline_date or ""))
    event.add("summary", _clean(line.text if line.is_edited else f"{line.actor}: {line.action}"))
    event.add("description", _clean("\n".join((line.text, *line.terms, passages))))
    if address := next((each.url for each in line.evidence if each.url), None):
        event.add("url", _clean(address))
    return event


def _clean(text: str) -> str:
    """``text`` without control characters other than the ends of lines."""
    return "".join(c for c in text if c == "\n" or unicodedata.category(c) not in ("Cc", "Cs"))
