"""Which day a text means: as stated, or by one rule from the day of publication."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.briefing.dates import Day, Tense, published_day, resolve_day, tense, times
from tests.statements import document

WEDNESDAY = date(2027, 5, 12)


@pytest.mark.parametrize(
    ("when", "iso"),
    [
        ("on 3 May 2027", "2027-05-03"),
        ("May 3rd, 2027", "2027-05-03"),
        ("on Sept. 12, 2027", "2027-09-12"),
        ("2027-05-03", "2027-05-03"),
        ("on Monday", None),
        ("by 1 June", None),
        ("31 February 2027", None),
        ("12 Monkeys 2027", None),
        ("2027-13-01", None),
    ],
)
def test_only_a_complete_date_is_resolved(when: str, iso: str | None) -> None:
    found = [resolve_day(time, when, None, "en") for time in times(when, "en")]
    assert [day.isoformat() for day in found if day] == ([iso] if iso else [])


@pytest.mark.parametrize(
    ("language", "text", "day", "weekday"),
    [
        ("en", "on Thursday, Feb. 23, 2023, in Sarn", Day(2023, 2, 23), 3),
        ("en", "on Feb 23 in Sarn", Day(None, 2, 23), None),
        ("en", "the 3rd of May", Day(None, 5, 3), None),
        ("en", "in May", Day(None, 5), None),
        ("en", "in May 2027", Day(2027, 5), None),
        ("en", "dated 2027-05-03", Day(2027, 5, 3), None),
        ("en", "dated 23/5/2027", Day(2027, 5, 23), None),
        ("de", "am Montag, den 3. Mai 2027,", Day(2027, 5, 3), 0),
        ("fr", "le lundi 3 mai 2027", Day(2027, 5, 3), 0),
        ("fr", "le 1er mai", Day(None, 5, 1), None),
        ("es", "el 3 de mayo de 2027", Day(2027, 5, 3), None),
        ("ru", "в понедельник, 3 мая 2027 года", Day(2027, 5, 3), 0),
        ("ru", "в январе", Day(None, 1), None),
        ("hy", "մայիսի 3-ին", Day(None, 5, 3), None),
        ("ar", "في 3 مايو 2027", Day(2027, 5, 3), None),
    ],
)
def test_dates_are_read_in_many_notations(
    language: str, text: str, day: Day, weekday: int | None
) -> None:
    (time,) = times(text, language)

    assert (time.days, time.weekday) == (frozenset({day}), weekday)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("It may rain. May it rain?", id="verb"),
        pytest.param("They marched in march formation.", id="small"),
        pytest.param("Theresa May met April Jones.", id="names"),
        pytest.param("Nobody came.", id="none"),
    ],
)
def test_a_word_that_only_looks_like_a_month_is_not_a_date(text: str) -> None:
    assert times(text, "en") == ()


def test_an_ambiguous_date_keeps_both_meanings() -> None:
    (time,) = times("on 5/1/2027", "en")

    assert time.days == {Day(2027, 5, 1), Day(2027, 1, 5)}
    assert resolve_day(time, "on 5/1/2027", WEDNESDAY, "en") is None


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("They met on Monday.", "2027-05-10"),
        ("They met on Wednesday.", "2027-05-12"),
        ("On Thursday, they met.", "2027-05-06"),
        ("They have met on Tuesday.", "2027-05-11"),
        ("The talks were held on Friday.", "2027-05-07"),
        ("They will meet on Monday.", "2027-05-17"),
        ("They will meet on Thursday.", "2027-05-13"),
        ("He said they would meet on Friday.", "2027-05-14"),
        ("The vote is due on Tuesday.", "2027-05-18"),
        ("A vote is expected on Sunday.", "2027-05-16"),
        ("They met yesterday.", "2027-05-11"),
        ("They meet today.", "2027-05-12"),
        ("They meet tomorrow.", "2027-05-13"),
        ("They met on 3 May.", "2027-05-03"),
        ("They met on 28 December.", "2026-12-28"),
        ("They will meet on 1 June.", "2027-06-01"),
        ("They met on 3 May 2019.", "2019-05-03"),
        ("They met on Monday, 10 May.", "2027-05-10"),
        ("They met on Monday. It will end on Friday.", "2027-05-10"),
    ],
)
def test_a_day_follows_from_the_publication_date(text: str, iso: str) -> None:
    time = times(text, "en")[0]

    assert resolve_day(time, text, WEDNESDAY, "en") == date.fromisoformat(iso)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("They met last Monday.", id="last-monday"),
        pytest.param("They will meet next Monday.", id="next-monday"),
        pytest.param("They will meet on Wednesday.", id="the-same-day-to-come"),
        pytest.param("Talks on Monday.", id="no-verb"),
        pytest.param("They plan to meet on Monday.", id="infinitive"),
        pytest.param("They may meet on Monday.", id="hedged"),
        pytest.param("They met in May.", id="month-alone"),
        pytest.param("They met on Tuesday, 10 May.", id="another-weekday"),
        pytest.param("They met on 31 February.", id="no-such-day"),
        pytest.param("They will meet on 10 May.", id="more-than-half-a-year"),
    ],
)
def test_an_uncertain_day_is_not_resolved(text: str) -> None:
    (time,) = times(text, "en")

    assert resolve_day(time, text, WEDNESDAY, "en") is None


@pytest.mark.parametrize("text", ["They met on Monday.", "They met yesterday.", "On 3 May it was."])
def test_without_a_publication_date_relative_days_are_not_resolved(text: str) -> None:
    assert resolve_day(times(text, "en")[0], text, None, "en") is None


@pytest.mark.parametrize(
    ("published", "basis", "day"),
    [
        ("2027-05-12", "stated", WEDNESDAY),
        ("2027-05-12T08:00:00Z", "stated", WEDNESDAY),
        ("2027-05-12", None, WEDNESDAY),
        ("2027-05-12", "about", None),
        ("in May", "stated", None),
        ("0001-01-01", "stated", None),
        (None, None, None),
    ],
)
def test_only_a_stated_publication_date_counts(
    published: str | None, basis: Literal["stated", "about"] | None, day: date | None
) -> None:
    source = replace(document("Text"), published=published, published_basis=basis)

    assert published_day(source) == day


@given(published=st.dates(date(2000, 1, 10), date(2100, 1, 1)), ahead=st.integers(-6, 6))
def test_a_weekday_is_within_seven_days_in_the_direction_of_the_tense(
    published: date, ahead: int
) -> None:
    day = published + timedelta(days=ahead)
    text = f"They {'will meet' if ahead > 0 else 'met'} on {day:%A}."

    assert resolve_day(times(text, "en")[0], text, published, "en") == day


@given(text=st.text(st.sampled_from("Monday, 3 May 2027-05.12/ on yesterday"), max_size=60))
def test_any_text_can_be_resolved(text: str) -> None:
    for time in times(text, "en"):
        assert isinstance(resolve_day(time, text, WEDNESDAY, "en"), date | None)


# Whether a sentence puts a time in the past or the future; in doubt, neither.


def _tense(text: str) -> Tense | None:
    time = times(text, "en")[0]
    return tense(text, time.start, time.end)


@pytest.mark.parametrize(
    "text",
    [
        "The ministers agreed on Tuesday to open the line.",
        "Police arrested six people Tuesday.",
        "The council approved a plan on Tuesday to rebuild it.",
        "Oru said on Tuesday that the line opens in June.",
        "Oru told reporters in Lorrimar on Tuesday that he would go.",
        "It was announced in an article published Tuesday in a journal.",
        "On Tuesday, the ministers agreed on a date.",
        "On Tuesday Oru told parliament so.",
        "Four officials have been questioned on Tuesday.",
        "It has been closed since Tuesday.",
        "On Tuesday Oru resigned.",
    ],
)
def test_the_past_is_recognised(text: str) -> None:
    assert _tense(text) == "past"


@pytest.mark.parametrize(
    "text",
    [
        "The steps will be divulged in a meeting on Friday, Oru said.",
        "Oru, who will testify Friday, said no.",
        "The report is expected to be released on Friday.",
        "The two are set to meet on Friday.",
        "On Friday the ministers will meet again.",
        "The road will be closed from Friday.",
    ],
)
def test_the_future_is_recognised(text: str) -> None:
    assert _tense(text) == "future"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("The fund closes on Friday, Oru said.", id="present"),
        pytest.param("Oru said talks resume on Friday.", id="reported-present"),
        pytest.param("Oru announced a strike on Friday.", id="announced-or-on-strike"),
        pytest.param("The armed group meets on Friday.", id="an-adjective"),
        pytest.param("Wounded soldiers return on Friday.", id="an-adjective-first"),
        pytest.param("The United Nations votes on Friday.", id="a-name"),
        pytest.param("The left meets on Friday.", id="a-noun"),
        pytest.param("They moved to the band’s set Monday night.", id="set"),
        pytest.param("On Friday talks called by the union resume.", id="a-participle"),
        pytest.param("On Friday parliament votes on a law passed long ago.", id="a-late-one"),
        pytest.param("The strike was due to end on Friday.", id="was-due"),
        pytest.param("The text may be signed on Friday.", id="may-be"),
        pytest.param("He would go if parliament rejected it on Friday.", id="if"),
        pytest.param("They extended the truce until Friday.", id="until"),
        pytest.param("They cut jobs starting Friday.", id="starting"),
        pytest.param("They prepared for Friday’s vote.", id="possessive"),
        pytest.param("They missed the Friday deadline.", id="a-noun-behind"),
        pytest.param("They met on Good Friday.", id="a-feast"),
        pytest.param("The bank has a meeting on Friday.", id="has"),
        pytest.param("They arrested a man who appears in court on Friday.", id="a-clause"),
        pytest.param("They signed it, and the ban starts on Friday.", id="another-clause"),
        pytest.param("Oru said that schools would stay closed on Friday.", id="stay-closed"),
        pytest.param("The law passed in spring takes effect on Friday.", id="takes-effect"),
        pytest.param("The road is closed on Friday.", id="is-closed"),
        pytest.param("The bridge would have opened on Friday.", id="would-have"),
        pytest.param("They passed a bill ahead of a vote on Friday.", id="ahead-of-a-vote"),
        pytest.param("They prepared for a new hearing on Friday.", id="for-a-hearing"),
        pytest.param("They allowed a march on Friday.", id="allowed-a-march"),
        pytest.param("They booked the launch on Friday.", id="booked-a-launch"),
        pytest.param("They bought tickets for a show on Friday.", id="a-ticket"),
        pytest.param("They published the list on the first Monday of June.", id="first"),
        pytest.param("They published it a week on Friday.", id="a-week-on"),
        pytest.param("They met on Friday of the previous week.", id="of-another-week"),
        pytest.param("Sheffield Wednesday have offered him a place.", id="a-club"),
    ],
)
def test_in_doubt_there_is_no_tense(text: str) -> None:
    assert _tense(text.replace("’", "'")) is None


def test_a_sentence_without_an_end_is_read_around_each_of_its_times() -> None:
    text = "They met on Tuesday and left " * 2_000
    told = [tense(text, time.start, time.end) for time in times(text, "en")]
    assert told == ["past"] * 2_000
