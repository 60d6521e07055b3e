"""The day of publication is taken from where a text says it, and from nowhere else."""

from dataclasses import replace
from typing import Literal

import pytest

from bot.briefing.numbering import numbered
from bot.briefing.publication import dated

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
def test_a_text_says_when_it_was_published(
    language: str, text: str, published: str, basis: str
) -> None:
    document = dated(numbered("A", text, language=language))

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
def test_a_day_that_may_be_another_s_is_not_taken(text: str) -> None:
    document = dated(numbered("A", text, language="en"))

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
def test_what_a_page_states_goes_first_and_what_it_only_hints_at_gives_the_year(
    known: str,
    basis: Literal["stated", "about"],
    line: str,
    published: str,
    told: str,
) -> None:
    document = numbered("A", f"{line}{_REPORT}", language="en")
    page = dated(replace(document, published=known, published_basis=basis))

    assert (page.published, page.published_basis) == (published, told)
