"""The receipt says in one line who wrote, what was checked and what it took."""

import pytest

from bot.briefing.catalogue import catalogue
from bot.briefing.lines import Receipt
from bot.briefing.receipts import receipt_line
from tests.texts import article


@pytest.mark.parametrize(
    ("receipt", "line"),
    [
        pytest.param(
            Receipt("extractive", "0.1.0", words_read=718, lines=1, seconds=0.04),
            "Quoted from the source, no model · 1 line checked · 718 words · 0.0 s",
            id="extracted",
        ),
        pytest.param(
            Receipt(
                "openai", "0.1.0", "m-1", words_read=718, lines=9, withheld=1, tokens_in=2000,
                tokens_out=50, tokens_estimated=True, cost_usd=0.0123, seconds=2.25,
            ),
            "AI-written, checked against the source · m-1 · 9 lines checked · 1 withheld · "
            "718 words · about 2,050 tokens · $0.0123 (estimated) · 2.2 s",
            id="written-by-a-model-that-tells-no-usage",
        ),
        pytest.param(
            Receipt("openai", "0.1.0", "m-1", words_read=718, withheld=2, seconds=1.0),
            "Read by m-1 · 2 withheld · 718 words · 1.0 s",
            id="read-by-a-model-of-which-no-line-is-shown",
        ),
        pytest.param(
            Receipt("extractive", "0.1.0", words_read=100, seconds=1.0),
            "Quoted from the source, no model · 100 of 718 words · 1.0 s",
            id="read-in-part",
        ),
    ],
)  # fmt: skip
def test_the_receipt_is_one_line(receipt: Receipt, line: str) -> None:
    assert receipt_line(receipt, (article("demo"),), catalogue("en")) == line


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("fr", "1 ligne vérifiée · 2 écartées · 0 mot · environ 2\u202f050 jetons"),
        ("de", "1 Zeile geprüft · 2 zurückgehalten · 0 Wörter · etwa 2.050 Token"),
        ("ru", "проверено строк: 1 · снято: 2 · слов: 0 · токенов: около 2\u00a0050"),
        ("tr", "1 line checked · 2 withheld · 0 words · about 2,050 tokens"),
    ],
)
def test_numbers_and_plurals_are_those_of_the_language(language: str, line: str) -> None:
    receipt = Receipt(
        "extractive", "0.1.0", lines=1, withheld=2, tokens_in=2050, tokens_estimated=True
    )
    assert line in receipt_line(receipt, (), catalogue(language))
