"""The receipt says in one line who wrote, what was checked and what it cost."""

from dataclasses import replace

import pytest

from bot.briefing.catalogue import catalogue
from bot.briefing.lines import Receipt
from bot.briefing.wording import effort_line, receipt_line
from tests.texts import article


@pytest.mark.parametrize(
    ("receipt", "line"),
    [
        pytest.param(
            Receipt("extractive", "0.1.0", words_read=718, lines=1, seconds=0.04),
            "Quoted from the source, no model · 1 line checked",
            id="extracted",
        ),
        pytest.param(
            Receipt(
                "openai", "0.1.0", "m-1", words_read=718, lines=9, withheld=1, tokens_in=2000,
                tokens_out=50, tokens_estimated=True, cost_usd=0.0123, seconds=2.25,
            ),
            "AI-written, checked against the source · m-1 · 9 lines checked · 1 withheld · "
            "$0.0123 (estimated)",
            id="written-by-a-model-that-tells-no-usage",
        ),
        pytest.param(
            Receipt("openai", "0.1.0", "m-1", words_read=718, withheld=2, seconds=1.0),
            "Read by m-1 · 2 withheld",
            id="read-by-a-model-of-which-no-line-is-shown",
        ),
        pytest.param(
            Receipt("extractive", "0.1.0", words_read=100, seconds=1.0),
            "Quoted from the source, no model · 100 of 718 words",
            id="read-in-part",
        ),
    ],
)  # fmt: skip
def test_the_receipt_is_one_line(receipt: Receipt, line: str) -> None:
    assert receipt_line(receipt, (article("demo"),), catalogue("en")) == line


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("fr", "1 ligne vérifiée · 2 écartées · environ 2\u202f050 jetons"),
        ("de", "1 Zeile geprüft · 2 zurückgehalten · etwa 2.050 Token"),
        ("ru", "проверено строк: 1 · снято: 2 · токенов: около 2\u00a0050"),
        ("tr", "1 line checked · 2 withheld · about 2,050 tokens"),
    ],
)
def test_numbers_and_plurals_are_those_of_the_language(language: str, line: str) -> None:
    receipt = Receipt(
        "extractive", "0.1.0", lines=1, withheld=2, tokens_in=2050, tokens_estimated=True
    )
    words = catalogue(language)
    told = f"{receipt_line(receipt, (), words)} · {effort_line(receipt, words)}"
    assert line in told


def test_of_a_page_whose_line_says_where_it_is_from_the_words_are_counted() -> None:
    page = replace(article("demo"), outlet="The Daily")
    receipt = Receipt("extractive", "0.1.0", words_read=718, lines=1)
    assert receipt_line(receipt, (page,), catalogue("en")).endswith("1 line checked · 718 words")


def test_tokens_and_seconds_are_for_whoever_runs_it() -> None:
    receipt = Receipt("openai", "0.1.0", "m-1", tokens_in=2000, tokens_out=50, seconds=2.25)
    assert effort_line(receipt, catalogue("en")) == "2,050 tokens · 2.2 s"
