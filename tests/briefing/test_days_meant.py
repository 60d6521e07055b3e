"""A day is told with its date where it is sure, and in no other case."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.briefing.catalogue import LANGUAGES, catalogue
from bot.briefing.documents import Document, Library, Passage
from bot.briefing.draft import Status
from bot.briefing.lines import Commitment, Line, Quote, RelativeDay
from bot.briefing.numbering import numbered
from bot.briefing.publication import with_days
from bot.briefing.wording import of_its_kind, with_dates

_TUESDAY, _FRIDAY = "2025-05-13", "2025-05-16"


def _report(text: str, language: str = "en", published: str | None = "2025-05-14") -> Document:
    return numbered("A", text, language=language, published=published)


def _passages(source: Document) -> tuple[Passage, ...]:
    return tuple(source.passage(n + 1) for n in range(len(source.sentences)))


def _days(text: str, source: Document, language: str = "en") -> dict[str, str]:
    line = Line(
        text, "event", None, tuple(source.passage(n + 1) for n in range(len(source.sentences)))
    )
    days = with_days(line, Library((source,)), language).days
    return {day.words: day.date for day in days}


def _shown(line: Line, language: str = "en") -> str:
    return "".join(words.text for words in of_its_kind(line, catalogue(language)))


@pytest.mark.parametrize(
    ("text", "source", "days"),
    [
        ("They agreed on Tuesday.", "They agreed on Tuesday to open it by 1 June.",
         {"Tuesday": _TUESDAY}),
        ("They agreed on Tuesday.", "PORT HALVEN, 14 May 2025 — They agreed on Tuesday.",
         {"Tuesday": _TUESDAY}),
        ("They will meet on Friday.", "They will meet on Friday.", {"Friday": _FRIDAY}),
        ("They met on Tuesday and part tomorrow.", "They met on Tuesday. They part tomorrow.",
         {"Tuesday": _TUESDAY, "tomorrow": "2025-05-15"}),
        ("They met on Tuesday.", "They met yesterday.", {"Tuesday": _TUESDAY}),
        ("They met yesterday.", "They met on Tuesday.", {"yesterday": _TUESDAY}),
        ("They agreed on 13 May.", "They agreed on Tuesday.", {}),
        ("They agreed on Tuesday, 13 May.", "They agreed on Tuesday, 13 May.", {}),
    ],
)  # fmt: skip
def test_a_day_that_is_sure_has_its_date(text: str, source: str, days: dict[str, str]) -> None:
    assert _days(text, _report(source)) == days


@pytest.mark.parametrize(
    "source",
    [
        pytest.param("They met on Tuesday. They will meet on Tuesday.", id="two"),
        pytest.param("They met every Tuesday.", id="each"),
        pytest.param("They met last Tuesday.", id="one-of-two"),
        pytest.param("They met on Shrove Tuesday.", id="a-feast"),
        pytest.param("They met at the Tuesday Club.", id="a-name"),
        pytest.param("“We met on Tuesday,” she said.", id="somebody-s-word"),
        pytest.param("Two years ago they met on a rainy street on Tuesday.", id="long-ago"),
        pytest.param("In 2019 the two met on Tuesday and parted.", id="in-a-year"),
        pytest.param("The two are to decide whether to meet on Tuesday.", id="open"),
    ],
)
def test_a_day_that_is_not_sure_has_none(source: str) -> None:
    assert _days("They met on Tuesday.", _report(source)) == {}


def test_without_a_day_of_publication_a_word_is_kept_as_it_is() -> None:
    source = _report("They agreed on Tuesday.", published=None)

    assert _days("They agreed on Tuesday.", source) == {}


def test_in_a_book_a_day_is_not_counted_from_its_publication() -> None:
    book = _report("They met on Tuesday. " + "It rained and rained again. " * 1_100)

    assert _days("They met on Tuesday.", book) == {}


def test_a_translated_day_is_the_day_of_its_passage() -> None:
    days = _days("Sie einigten sich am Dienstag.", _report("They agreed on Tuesday."), "de")

    assert days == {"Dienstag": _TUESDAY}


@pytest.mark.parametrize(
    ("language", "text", "shown"),
    [
        ("en", "They agreed on Tuesday to go.", "They agreed on Tuesday (13 May) to go."),
        ("en", "They met on Tuesday night.", "They met on Tuesday night (13 May)."),
        ("en", "They met on Tuesday night (May 13).", "They met on Tuesday night (May 13)."),
        ("en", "Tuesday’s talks failed.", "Tuesday’s talks failed."),
        ("en", "They met on Tuesday (13 May).", "They met on Tuesday (13 May)."),
        ("en", "“On Tuesday we met,” she said.", "“On Tuesday we met,” she said."),
        ("de", "Am Tuesday war es.", "Am Tuesday (13. Mai) war es."),
        ("uk", "Tuesday.", "Tuesday (13 травня)."),
    ],
)
def test_the_date_stands_behind_the_day_in_the_briefing_s_language(
    language: str, text: str, shown: str
) -> None:
    days = (RelativeDay("Tuesday", _TUESDAY),)

    assert with_dates(text, days, catalogue(language)) == shown


@pytest.mark.parametrize(
    ("language", "text", "days"),
    [
        ("en", "They leave the day after tomorrow.", {"day after tomorrow": "2025-05-16"}),
        ("fr", "Après-demain, ils partent.", {"Après-demain": "2025-05-16"}),
        ("it", "Ieri l'altro sono partiti.", {"Ieri l'altro": "2025-05-12"}),
        ("pt", "Eles partem depois de amanhã.", {"depois de amanhã": "2025-05-16"}),
        ("ar", "غادروا أول أمس.", {"أول أمس": "2025-05-12"}),
        ("ja", "大臣は一昨日到着した。", {"一昨日": "2025-05-12"}),
        ("en", "The Tomorrow People are back.", {}),
        ("en", "They sang the song Yesterday.", {}),
        ("fr", "Le monde de demain sera autre.", {}),
        ("nl", "Hij kwam in de morgen aan.", {}),
        ("az", "O, sabah saatlarında gəldi.", {}),
    ],
)
def test_a_word_for_a_day_is_not_taken_for_another(
    language: str, text: str, days: dict[str, str]
) -> None:
    assert _days(text, _report(text, language), language) == days


def test_in_chinese_it_stands_in_its_own_brackets() -> None:
    days = (RelativeDay("昨天", _TUESDAY),)

    assert with_dates("两国昨天同意。", days, catalogue("zh")) == "两国昨天（5月13日）同意。"


def test_behind_the_source_s_own_words_the_date_stands_outside_the_quotation() -> None:
    source = _report("They agreed on Tuesday to go.")
    line = Line(source.sentence(1), "event", None, (source.passage(1),))
    told = with_days(line, Library((source,)), "en")

    assert _shown(told) == "“They agreed on Tuesday to go.” (Tuesday: 13 May)"


def test_what_somebody_is_quoted_with_is_left_alone() -> None:
    source = _report("“We met on Tuesday,” said Oru.")
    quote = Quote("We met on Tuesday,", "attributed", "Oru", (source.passage(1),), None)

    assert with_days(quote, Library((source,)), "en") == quote
    assert "13" not in _shown(with_days(quote, Library((source,)), "en"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_catalogue_writes_dates(language: str) -> None:
    fixed = catalogue(language)

    assert "13" in fixed.day(_TUESDAY)
    assert "2025" in fixed.date(_TUESDAY)
    assert fixed.day(_TUESDAY) != _TUESDAY


def _pledge(source: Document, deadline: str | None, status: Status = "pledged") -> Commitment:
    terms = ("Oru", "answer", deadline, None, status)
    line = Commitment(source.text, "event", None, _passages(source), *terms)
    told = with_days(line, Library((source,)), source.language)
    assert isinstance(told, Commitment)
    return told


@pytest.mark.parametrize(
    ("source", "deadline", "due"),
    [
        ("Oru promised to answer in writing by Friday.", "by Friday", _FRIDAY),
        ("Oru promised to answer by 1 June.", "by 1 June", "2025-06-01"),
        ("Oru promised to answer by 1 June 2027.", "by 1 June 2027", "2027-06-01"),
        ("Oru promised to answer tomorrow.", "tomorrow", "2025-05-15"),
        ("Oru promised to answer in June.", "in June", None),
        ("Oru promised to answer soon.", "soon", None),
        ("Oru promised to answer by Wednesday.", "by Wednesday", None),
        ("Oru had promised to answer by Monday.", "by Monday", None),
        ("Oru promised to answer between 1 June and 3 June.", "between 1 June and 3 June", None),
        ("Oru promised to answer by 05/06/2025.", "by 05/06/2025", None),
        ("Oru promised to answer by Friday.", None, None),
        ("Oru promised to answer no later than Friday.", "no later than Friday", _FRIDAY),
        ("Oru promised to answer by noon on Friday.", "by noon on Friday", _FRIDAY),
        ("Oru agreed to answer on Friday.", "on Friday", None),
        ("Oru promised to answer by next Friday.", "by next Friday", None),
        ("Oru promised to answer by Friday week.", "by Friday week", None),
        ("Oru promised to answer a week on Friday.", "a week on Friday", None),
        ("Oru promised to answer every Friday.", "every Friday", None),
        ("Oru promised to answer by Black Friday.", "by Black Friday", None),
        ("Oru promised to answer by Friday’s summit.", "by Friday’s summit", None),
    ],
)
def test_a_deadline_has_its_date_where_it_says_or_follows(
    source: str, deadline: str | None, due: str | None
) -> None:
    assert _pledge(_report(source), deadline).deadline_date == due


def test_a_deadline_is_shown_with_its_date() -> None:
    shown = _shown(_pledge(_report("Oru promised to answer by Friday."), "by Friday"))

    assert shown == "Oru → answer · by Friday (16 May) (pledged)"


def test_what_is_only_reported_is_not_due_on_a_day_to_come() -> None:
    source = _report("Oru promised to answer by Friday.")

    assert _pledge(source, "by Friday", "reported").deadline_date is None


def test_without_a_day_of_publication_only_a_stated_deadline_has_its_date() -> None:
    said = _report("Oru promised to answer by Friday.", published=None)
    stated = _report("Oru promised to answer by 1 June 2025.", published=None)

    assert _pledge(said, "by Friday").deadline_date is None
    assert _pledge(stated, "by 1 June 2025").deadline_date == "2025-06-01"


@given(published=st.dates(date(2000, 1, 10), date(2100, 1, 1)))
def test_a_deadline_lies_within_the_week_behind_publication(published: date) -> None:
    source = _report("Oru promised to answer by Friday.", published=published.isoformat())
    due = _pledge(source, "by Friday").deadline_date

    if due is not None:
        assert 0 < (date.fromisoformat(due) - published).days < 7
    else:
        assert published.weekday() == 4
