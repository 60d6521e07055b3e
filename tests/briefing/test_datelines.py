"""A dateline is told from a sentence that begins like one, in the forms of agencies and desks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.briefing.dates import Day
from bot.briefing.numbering import numbered
from bot.briefing.publication import dateline

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
def test_a_sentence_that_begins_like_one_is_left_whole(text: str) -> None:
    language = "zh" if text[0] == "3" else "en"
    assert dateline(numbered("A", text, language=language)) is None


def test_it_opens_the_report_under_its_headline_and_byline() -> None:
    head = "Ministers agree on a date\nBy Dana Oru\n"
    found = dateline(numbered("A", f"{head}VIENNA, 14 May 2025 — They met.", language="en"))

    assert found is not None
    assert found.span.start == len(head)


def test_of_reports_with_several_dates_none_is_that_of_the_page() -> None:
    text = "14 May 2025 – The ministers meet.\n16 May 2025 – The line opens."
    found = dateline(numbered("A", text, language="en"))

    assert found is not None
    assert found.day is None


@given(st.text(max_size=200))
def test_a_dateline_lies_at_the_beginning_of_a_paragraph(text: str) -> None:
    document = numbered("A", text)
    found = dateline(document)

    if found is not None:
        assert any(each.start == found.span.start for each in document.paragraphs)
        assert 0 < found.span.end - found.span.start <= len(text)
