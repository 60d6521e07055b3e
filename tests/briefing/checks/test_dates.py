"""Every day, month and day of the week of a line is in its passages, in whatever notation."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.briefing.checks.dates import dates
from bot.briefing.checks.numbers import numbers
from bot.briefing.documents import Library
from tests.statements import about, document, statement


def missing(
    line: str, passage: str, published: str | None = None, language: str = "en"
) -> list[str]:
    source = replace(document(passage, language=language), published=published)
    about_it = statement(line, source, language=language)
    found = [*dates(about_it), *numbers(about_it)]
    return [reason.message.removesuffix(" is not in A1.") for reason in found]


@pytest.mark.parametrize(
    ("line", "passage"),
    [
        pytest.param("in May", "on 3 May 2027", id="less-of-it"),
        pytest.param("on 3 May 2027", "on May 3rd, 2027", id="other-order"),
        pytest.param("on 2027-05-03", "on Monday, 3 May 2027", id="iso"),
        pytest.param("on 3 May 2027", "dated 2027-05-03", id="iso-in-the-passage"),
        pytest.param("on 3 May 2027", "dated 3.5.2027", id="with-full-stops"),
        pytest.param("on Oct. 3", "on 3 October", id="short"),
        pytest.param("on Monday", "dated 3 May 2027", id="weekday-of-a-date"),
        pytest.param("on 3 May 2027", "In 2027 they met in May. On 3 May 2027 they left", id="two"),
        pytest.param("on 3 May 2027", "on 3 May; in June 2027 they left", id="year-elsewhere"),
        pytest.param("yesterday", "They met yesterday", id="yesterday"),
        pytest.param("on 8 October", "on 7-9 October", id="within-a-span"),
        pytest.param("on 8 October", "on 7 and 8 October", id="one-of-two"),
        pytest.param("on 3 May", "from 2/5 to 3/5", id="day-and-month-in-figures"),
        pytest.param("on Monday", "on saturday and monday", id="small-letters"),
        pytest.param("yesterday", "They met on Monday", id="yesterday-may-be-monday"),
        pytest.param("on Monday", "on 3 May", id="that-may-be-a-monday"),
    ],
)
def test_the_same_day_in_another_notation_passes(line: str, passage: str) -> None:
    assert missing(line, passage) == []


@pytest.mark.parametrize("apostrophe", ["’", "'", "ʼ"])
def test_a_weekday_is_recognised_with_any_apostrophe(apostrophe: str) -> None:
    passage = f"Лікарню відкрили у п{apostrophe}ятницю"

    assert missing("Її відкрили в пʼятницю", passage, language="uk") == []
    assert missing(passage, "Її відкрили в середу", language="uk") != []


@pytest.mark.parametrize(
    ("line", "passage", "times"),
    [
        pytest.param("on Tuesday", "on Monday", ["“Tuesday”"], id="weekday"),
        pytest.param("in June", "in May", ["“June”"], id="month"),
        pytest.param("on 3 May", "on 3 June, after 4 May", ["“3 May”"], id="crossed"),
        pytest.param("on 3 May 2027", "on 3 May", ["“3 May 2027”"], id="year-added"),
        pytest.param("on Tuesday", "dated 3 May 2027", ["“Tuesday”"], id="another-weekday"),
    ],
)
def test_another_day_fails(line: str, passage: str, times: list[str]) -> None:
    assert missing(line, passage) == times


@pytest.mark.parametrize(
    ("line", "passage"),
    [
        pytest.param("on 10 May 2027", "They met on Monday.", id="date-of-a-weekday"),
        pytest.param("on 3 May 2027", "They met on 3 May.", id="year"),
        pytest.param("on 2027-05-14", "They will meet on Friday.", id="to-come"),
    ],
)
def test_a_day_that_follows_from_the_publication_date_passes_only_if_that_is_known(
    line: str, passage: str
) -> None:
    assert missing(line, passage, "2027-05-12") == []
    assert missing(line, passage) != []


@pytest.mark.parametrize(
    ("line", "passage"),
    [
        pytest.param("on Monday", "They met yesterday.", id="weekday-of-yesterday"),
        pytest.param("yesterday", "They met on Monday.", id="yesterday-of-a-weekday"),
        pytest.param("tomorrow", "They meet on 11 May.", id="tomorrow-of-a-date"),
    ],
)
def test_with_a_known_publication_date_a_different_day_fails(line: str, passage: str) -> None:
    assert missing(line, passage, "2027-05-12") != []
    assert missing(line, passage) == []


@pytest.mark.parametrize("passage", ["They meet on 3.5.", "They meet on 5/3."])
def test_a_day_in_figures_has_the_weekday_of_either_order(passage: str) -> None:
    assert missing("on Monday", passage, "2027-05-12") == []
    assert missing("on Friday", passage, "2027-05-12") == []
    assert missing("on Sunday", passage, "2027-05-12") != []


@pytest.mark.parametrize(
    ("language", "line", "passage"),
    [
        ("de", "am Dienstag, im Mai", "am Montag, den 3. Juni"),
        ("fr", "mardi, en mai", "lundi 3 juin"),
        ("es", "el martes, en mayo", "el lunes 3 de junio"),
        ("ru", "во вторник, в мае", "в понедельник, 3 июня"),
        ("hy", "երեքշաբթի, մայիսին", "երկուշաբթի, հունիսի 3-ին"),
        ("ar", "الثلاثاء في مايو", "الاثنين 3 يونيو"),
        ("tr", "salı günü, mayısta", "3 Haziran Pazartesi"),
        ("fi", "tiistaina, toukokuussa", "maanantaina 3. kesäkuuta"),
        ("hu", "kedden, májusban", "június 3-án, hétfőn"),
        ("pl", "we wtorek, w maju", "w poniedziałek 3 czerwca"),
        ("el", "την Τρίτη, τον Μάιο", "τη Δευτέρα 3 Ιουνίου"),
        ("zh", "星期二，5月", "6月3日星期一"),
        ("ko", "화요일, 5월", "6월 3일 월요일"),
        ("vi", "thứ ba, tháng 5", "thứ hai ngày 3 tháng 6"),
        ("he", "ביום שלישי, במאי", "ביום שני, 3 ביוני"),
        ("hi", "मंगलवार को, मई में", "सोमवार, 3 जून को"),
    ],
)
def test_days_are_recognised_in_many_languages(language: str, line: str, passage: str) -> None:
    assert len(missing(line, passage, language=language)) == 2
    assert missing(passage, passage, language=language) == []


def test_a_translation_has_the_same_days() -> None:
    source = document("Встреча прошла в понедельник, 3 мая.", language="ru")
    line = statement("They met on Monday, 3 May.", source, is_translation=True)

    assert dates(line) == []
    assert dates(replace(line, text="They met on Tuesday, 3 May.")) != []


def test_a_line_without_days_has_none() -> None:
    assert dates(about("They met.", "They met on Monday.")) == []


@given(day=st.dates(date(1900, 1, 1), date(2100, 1, 1)))
def test_a_stated_date_matches_every_notation(day: date) -> None:
    long, american = f"{day.day} {day:%B} {day.year}", f"{day:%B} {day.day}, {day.year}"

    for line in (long, american, day.isoformat(), f"{day:%A}, {long}"):
        for passage in (long, american, day.isoformat()):
            assert missing(f"It was on {line}", f"It was on {passage}") == []


@given(one=st.dates(date(1900, 1, 1), date(2100, 1, 1)), days=st.integers(1, 27))
def test_another_date_never_passes(one: date, days: int) -> None:
    other = date.fromordinal(one.toordinal() + days)

    assert dates(about(f"It was on {one:%-d %B %Y}", f"It was on {other:%-d %B %Y}")) != []


@given(text=st.text(st.sampled_from("Monday, 3 May 2027-05.12/ on yesterday"), max_size=60))
def test_a_text_contains_its_own_days(text: str) -> None:
    source = document(text)
    line = replace(statement(text, source), library=Library((source,)))

    assert dates(line) == []


def test_today_may_mean_now_but_not_another_day() -> None:
    assert missing("Half of it is wind today.", "Half of it is wind now.") == []
    assert missing("It has 312 today.", "It has 312.") == []
    assert missing("It has 312 today.", "It had 312 yesterday.") == ["“today”"]


@pytest.mark.parametrize(
    ("line", "named"), [("on 15 June.", "15 June"), ("on 15 Sept. they met", "15 Sept")]
)
def test_a_full_stop_after_a_date_is_not_part_of_the_reported_date(line: str, named: str) -> None:
    assert missing(line, "on 3 May") == [f"“{named}”"]
