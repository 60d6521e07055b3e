"""The day of publication is taken from where a text says it, and from nowhere else."""

from dataclasses import replace
from datetime import date
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.briefing.catalogue import LANGUAGES, catalogue
from bot.briefing.dates import Day
from bot.briefing.documents import Document, Library, Passage
from bot.briefing.draft import Status
from bot.briefing.lines import Commitment, Line, Quote, RelativeDay
from bot.briefing.numbering import numbered
from bot.briefing.publication import dateline, with_days, with_publication_day
from bot.briefing.wording import line_wording, with_dates

_REPORT = "The ministers of Arland and Borland agreed on Tuesday to open the line by 1 June."


@pytest.mark.parametrize(
    ("language", "text", "published", "basis"),
    [
        ("en", f"VIENNA, 14 May 2025 — {_REPORT}", "2025-05-14", "dateline"),
        ("en", f"A date agreed\nBy Dana Oru\nVIENNA, 14 May 2025 — {_REPORT}", "2025-05-14",
         "dateline"),
        ("en", f"A date agreed\nPublished 14 May 2025\n{_REPORT}", "2025-05-14", "stated"),
        ("en", f"A date agreed\nPublished: May 14, 2025, 9:30 a.m. by Dana Oru\n{_REPORT}",
         "2025-05-14", "stated"),
        ("en", f"A date agreed\nPublished 14 May 2025 · Updated 20 May 2025\n{_REPORT}",
         "2025-05-14", "stated"),
        ("de", f"Einigung\n14.05.2025 09:30\n{_REPORT}", "2025-05-14", "stated"),
        ("de", f"Einigung\nStand: 04.05.2025, 9.30 Uhr\n{_REPORT}", "2025-05-04", "stated"),
        ("de", f"Einigung\nVeröffentlicht am 14. Mai 2025\n{_REPORT}", "2025-05-14", "stated"),
        ("fr", f"Un accord\nPublié le 14 mai 2025 à 9h30\n{_REPORT}", "2025-05-14", "stated"),
        ("ru", f"Договор\nОпубликовано 14 мая 2025\n{_REPORT}", "2025-05-14", "stated"),
        ("zh", "两国达成协议\n发布时间：2025年5月14日\n两国部长同意。", "2025-05-14", "stated"),
        ("en", f"A date agreed\nWednesday, 14 May 2025\n{_REPORT}", "2025-05-14", "stated"),
    ],
)  # fmt: skip
def test_the_publication_date_is_found_in_the_text(
    language: str, text: str, published: str, basis: str
) -> None:
    document = with_publication_day(numbered("A", text, language=language))

    assert (document.published, document.published_basis) == (published, basis)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(_REPORT, id="only-days"),
        pytest.param(f"WASHINGTON, May 14 (AP) — {_REPORT}", id="no-year"),
        pytest.param(f"A date agreed\nPublished 05/04/2025\n{_REPORT}", id="day-or-month"),
        pytest.param(f"A date agreed\nUpdated 14 May 2025\n{_REPORT}", id="updated"),
        pytest.param("Lorrimar summit\n20 June 2025\nThe summit of 20 June is in Lorrimar.",
                     id="an-event"),
        pytest.param("Talks\n14 May 2025\nThey meet.\n16 May 2025\nThey part.", id="a-chronology"),
        pytest.param("Lorrimar summit\n14-16 May 2025\nThe ministers meet.", id="a-range"),
        pytest.param(f"The treaty of 14 May 2025\n{_REPORT}", id="in-a-headline"),
        pytest.param(f"The book, published on 14 May 2025, said so.\n{_REPORT}", id="of-another"),
        pytest.param("Published 14 May 2025, it was read.", id="a-sentence"),
        pytest.param("14 May 2025 – They meet.\n16 May 2025 – They part.", id="two-datelines"),
        pytest.param(f"Yesterday the line opened.\n{_REPORT}", id="yesterday"),
    ],
)  # fmt: skip
def test_a_date_that_may_be_of_something_else_is_not_taken(text: str) -> None:
    document = with_publication_day(numbered("A", text, language="en"))

    assert (document.published, document.published_basis) == (None, None)


@pytest.mark.parametrize(
    ("known", "basis", "line", "published", "told"),
    [
        ("2025-05-15", "stated", "VIENNA, 14 May 2025 — ", "2025-05-15", "stated"),
        ("2025-05-15", "about", "VIENNA, 14 May 2025 — ", "2025-05-14", "dateline"),
        ("2025-05-15", "about", "VIENNA, May 14 (AP) — ", "2025-05-14", "dateline"),
        ("2026-01-01", "about", "VIENNA, Dec. 31 (AP) — ", "2025-12-31", "dateline"),
        ("2025-08-01", "about", "VIENNA, May 14 (AP) — ", "2025-08-01", "about"),
        ("2025-05-15", "about", "", "2025-05-15", "about"),
    ],
)
def test_a_stated_date_takes_precedence_and_an_approximate_one_gives_the_year(
    known: str,
    basis: Literal["stated", "about"],
    line: str,
    published: str,
    told: str,
) -> None:
    document = numbered("A", f"{line}{_REPORT}", language="en")
    page = with_publication_day(replace(document, published=known, published_basis=basis))

    assert (page.published, page.published_basis) == (published, told)


# A dateline is distinguished from a sentence that begins like one, in the forms of agencies.


_MAY_14 = Day(None, 5, 14)
_IN_2025 = Day(2025, 5, 14)


@pytest.mark.parametrize(
    ("language", "line", "sentence", "day"),
    [
        ("en", "VIENNA, 14 May 2025 — ", "The ministers met.", _IN_2025),
        ("de", "BERLIN (Reuters) - ", "Die Regierung tagt.", None),
        ("en", "WASHINGTON, May 14 (AP) — ", "The Senate voted.", _MAY_14),
        ("fr", "PARIS — ", "Le ministre a parlé.", None),
        ("de", "Brüssel, 14. Mai 2025 – ", "Die Kommission tagt.", _IN_2025),
        ("ru", "МОСКВА, 14 мая. — ", "Президент подписал закон.", _MAY_14),
        ("ru", "МОСКВА, 14 мая. /ТАСС/. ", "Президент подписал закон.", _MAY_14),
        ("ru", "МОСКВА, 14 мая — РИА Новости. ", "Президент подписал закон.", _MAY_14),
        ("ru", "Москва. 14 мая. INTERFAX.RU - ", "Президент подписал закон.", _MAY_14),
        ("uk", "КИЇВ, 14 травня (Укрінформ) – ", "Уряд погодив план.", _MAY_14),
        ("hy", "ԵՐԵՎԱՆ, 14 ՄԱՅԻՍԻ, ԱՐՄԵՆՊՐԵՍ: ", "Նախարարը մեկնեց։", _MAY_14),
        ("zh", "（北京5月14日电）", "外交部发言人表示。", _MAY_14),
        ("zh", "新华社北京5月14日电 ", "外交部发言人表示。", _MAY_14),
        ("zh", "新华社北京2025年5月14日电（记者王明）", "外交部发言人表示。", _IN_2025),
        ("zh", "（中央社記者王明台北14日電）", "立法院通過。", None),
        ("ja", "【ワシントン共同】", "米政府は発表した。", None),
        ("ko", "(서울=연합뉴스) 김철수 기자 = ", "정부는 밝혔다.", None),
        ("ar", "القاهرة 14 مايو (رويترز) - ", "قال وزير النقل.", _MAY_14),
        ("es", "Madrid, 14 may (EFE).- ", "El Gobierno aprobó.", _MAY_14),
        ("it", "(ANSA) - ROMA, 14 MAG - ", "Il governo approva.", _MAY_14),
        ("fr", "Paris, le 14 mai 2025 – ", "Le ministre a parlé.", _IN_2025),
        ("pt", "Lisboa, 14 mai 2025 (Lusa) - ", "O governo aprovou.", _IN_2025),
        ("en", "YEREVAN, MAY 14, ARMENPRESS. ", "The minister left.", _MAY_14),
        ("en", "BAKU, Azerbaijan, May 14. ", "The ministers met.", _MAY_14),
        ("en", "NEW DELHI, May 14: ", "The minister spoke.", _MAY_14),
        ("en", "ST. JOSEPH, Mich. (AP) — ", "Health authorities met.", None),
        ("en", "(Reuters) — ", "The attorney general sued.", None),
        ("en", "HARTON, Hawaii (HartonNewsNow) -- ", "3,200 people left.", None),
        ("en", "JERUSALEM/CAIRO, May 14 (Reuters) - ", "Israel spoke.", _MAY_14),
        ("en", "LONDON--(BUSINESS WIRE)--", "Acme grew.", None),
        ("en", "GENEVA (14 May 2025) – ", "Experts met.", _IN_2025),
        ("en", "Vienna, Austria – 14 May 2025 – ", "The ministers met.", _IN_2025),
        ("en", "May 14, 2025 – Geneva – ", "The ministers met.", _IN_2025),
        ("en", "14 May 2025 – ", "The Council met.", _IN_2025),
        ("en", "BRUSSELS, Belgium — ", "“We agree,” said Oru.", None),
        ("en", "BEIRUT, Tuesday (Reuters) - ", "The army left.", None),
    ],
)
def test_a_dateline_is_found_with_its_day(
    language: str, line: str, sentence: str, day: Day | None
) -> None:
    found = dateline(numbered("A", line + sentence, language=language))

    assert found is not None
    assert (found.span, found.day) == ((0, len(line)), day)


@pytest.mark.parametrize(
    "text",
    [
        "In Paris, the ministers met on 14 May 2025.",
        "Vienna, 14 May 2025 was a warm day.",
        "Paris, the capital of Arland, was quiet.",
        "Two hostages — an American and an Australian — were released.",
        "NASA — America’s space agency — said so.",
        "NATO — whose members met — agreed.",
        "London — the city that never sleeps — slept.",
        "On Monday, May 3 – The Day of the Bridge – they met.",
        "BREAKING: The minister resigned.",
        "Joe Smith: The problem is money.",
        "I — The Beginning",
        "Germany, France and Italy – The three agreed.",
        "Rockledge 14 11 6 15 — 44",
        "SMITH — It is closed.\nORU — It is open.",
        "3月14日电影节开幕。",
    ],
)
def test_a_sentence_that_only_looks_like_a_dateline_is_left_whole(text: str) -> None:
    language = "zh" if text[0] == "3" else "en"
    assert dateline(numbered("A", text, language=language)) is None


def test_a_dateline_may_follow_a_headline_and_a_byline() -> None:
    head = "Ministers agree on a date\nBy Dana Oru\n"
    found = dateline(numbered("A", f"{head}VIENNA, 14 May 2025 — They met.", language="en"))

    assert found is not None
    assert found.span.start == len(head)


def test_if_several_reports_have_datelines_none_dates_the_page() -> None:
    text = "14 May 2025 – The ministers meet.\n16 May 2025 – The line opens."
    found = dateline(numbered("A", text, language="en"))

    assert found is not None
    assert found.day is None


@given(st.text(max_size=200))
def test_a_dateline_is_at_the_beginning_of_a_paragraph(text: str) -> None:
    document = numbered("A", text)
    found = dateline(document)

    if found is not None:
        assert any(each.start == found.span.start for each in document.paragraphs)
        assert 0 < found.span.end - found.span.start <= len(text)


# A day is shown with its date only where the date is certain.


_TUESDAY, _FRIDAY = "2025-05-13", "2025-05-16"


def _report(text: str, language: str = "en", published: str | None = "2025-05-14") -> Document:
    return numbered("A", text, language=language, published=published)


def _passages(source: Document) -> tuple[Passage, ...]:
    return tuple(source.passage(n + 1) for n in range(len(source.sentences)))


def _days(text: str, source: Document, language: str = "en") -> dict[str, str]:
    line = Line(text, "event", None, _passages(source))
    days = with_days(line, Library((source,)), language).days
    return {day.words: day.date for day in days}


def _shown(line: Line, language: str = "en") -> str:
    return "".join(words.text for words in line_wording(line, catalogue(language)))


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
def test_a_certain_day_gets_its_date(text: str, source: str, days: dict[str, str]) -> None:
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
def test_an_uncertain_day_gets_no_date(source: str) -> None:
    assert _days("They met on Tuesday.", _report(source)) == {}


def test_without_a_publication_date_a_day_gets_no_date() -> None:
    source = _report("They agreed on Tuesday.", published=None)

    assert _days("They agreed on Tuesday.", source) == {}


def test_in_a_very_long_text_a_day_gets_no_date() -> None:
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
def test_the_date_follows_the_day_in_the_language_of_the_briefing(
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
def test_words_for_days_are_recognised_and_lookalikes_are_not(
    language: str, text: str, days: dict[str, str]
) -> None:
    assert _days(text, _report(text, language), language) == days


def test_in_chinese_the_date_is_in_chinese_brackets() -> None:
    days = (RelativeDay("昨天", _TUESDAY),)

    assert with_dates("两国昨天同意。", days, catalogue("zh")) == "两国昨天（5月13日）同意。"


def test_the_date_for_a_copied_sentence_is_outside_the_quotation() -> None:
    source = _report("They agreed on Tuesday to go.")
    line = Line(source.sentence(1), "event", None, (source.passage(1),))
    told = with_days(line, Library((source,)), "en")

    assert _shown(told) == "“They agreed on Tuesday to go.” (Tuesday: 13 May)"


def test_a_quotation_gets_no_dates() -> None:
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
def test_a_deadline_gets_its_date_if_that_is_certain(
    source: str, deadline: str | None, due: str | None
) -> None:
    assert _pledge(_report(source), deadline).deadline_date == due


def test_a_deadline_is_shown_with_its_date() -> None:
    shown = _shown(_pledge(_report("Oru promised to answer by Friday."), "by Friday"))

    assert shown == "Oru → answer · by Friday (16 May) (pledged)"


def test_a_reported_commitment_gets_no_future_deadline() -> None:
    source = _report("Oru promised to answer by Friday.")

    assert _pledge(source, "by Friday", "reported").deadline_date is None


def test_without_a_publication_date_only_a_complete_deadline_gets_its_date() -> None:
    said = _report("Oru promised to answer by Friday.", published=None)
    stated = _report("Oru promised to answer by 1 June 2025.", published=None)

    assert _pledge(said, "by Friday").deadline_date is None
    assert _pledge(stated, "by 1 June 2025").deadline_date == "2025-06-01"


@given(published=st.dates(date(2000, 1, 10), date(2100, 1, 1)))
def test_a_weekday_deadline_is_within_a_week_of_publication(published: date) -> None:
    source = _report("Oru promised to answer by Friday.", published=published.isoformat())
    due = _pledge(source, "by Friday").deadline_date

    if due is not None:
        assert 0 < (date.fromisoformat(due) - published).days < 7
    else:
        assert published.weekday() == 4
