"""Commitments as a calendar file."""

from dataclasses import replace
from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from bot.briefing.lines import Commitment
from bot.operations.exports import calendar, export_files
from tests.slack.examples import answer, briefing, document

MADE = datetime(2026, 3, 2, tzinfo=UTC)


def commitment(**fields: object) -> Commitment:
    line = Commitment(
        "Arland will reopen the line by 1 June.", "event", None, (document().passage(2),),
        "Arland", "reopen the line", "by 1 June", "if the bridge is clear", "agreed", "2026-06-01",
    )  # fmt: skip
    return replace(line, **fields)  # type: ignore[arg-type]  # named by the tests


def test_each_commitment_is_an_all_day_event_with_its_passage() -> None:
    (event,) = Calendar.from_ical(calendar([commitment()], MADE)).walk("VEVENT")

    assert event.decoded("dtstart") == date(2026, 6, 1)
    assert str(event["summary"]) == "Arland: reopen the line"
    said = str(event["description"])
    assert said.startswith("Arland will reopen the line by 1 June.\nby 1 June\nif the bridge is")
    assert "A2: The transport ministers of Arland" in said or "A3: " in said


def uids(*lines: Commitment) -> list[str]:
    return [str(e["uid"]) for e in Calendar.from_ical(calendar(lines, MADE)).walk("VEVENT")]


def test_importing_again_replaces_the_same_event() -> None:
    assert uids(commitment()) == uids(commitment(text="It opens by 1 June."))
    assert uids(commitment()) != uids(commitment(deadline_date="2026-07-01"))


def test_two_commitments_in_one_sentence_are_two_events() -> None:
    assert len(set(uids(commitment(), commitment(action="open the station")))) == 2


@given(st.text(), st.text())
def test_any_words_are_escaped(actor: str, action: str) -> None:
    file = calendar([commitment(actor=actor, action=action)], MADE)
    (event,) = Calendar.from_ical(file).walk("VEVENT")

    assert set(event) == {"UID", "DTSTAMP", "DTSTART", "SUMMARY", "DESCRIPTION", "URL"}


def test_an_export_has_a_calendar_only_if_something_is_due() -> None:
    names = [file.name for file in export_files(briefing(commitments=(commitment(),)))]
    assert [name.rpartition(".")[2] for name in names] == ["md", "docx", "txt", "ics"]
    for outcome in (briefing(commitments=(commitment(deadline_date=None),)), answer()):
        assert len(export_files(outcome)) == 3
