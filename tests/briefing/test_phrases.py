"""The receipt says in one line who wrote, what was traced and what it took."""

import pytest

from bot.briefing.lines import Receipt
from bot.briefing.phrases import receipt_line
from tests.texts import article


@pytest.mark.parametrize(
    ("receipt", "line"),
    [
        pytest.param(
            Receipt("extractive", "0.1.0", words_read=718, lines=1, seconds=0.04),
            "Extracted, no model · 1 line traced · 718 words · 0.0 s",
            id="extracted",
        ),
        pytest.param(
            Receipt(
                "openai", "0.1.0", "m-1", words_read=718, lines=9, withheld=1, tokens_in=2000,
                tokens_out=50, tokens_estimated=True, cost_usd=0.0123, seconds=2.25,
            ),
            "AI-written, checked against the source · m-1 · 9 lines traced · 1 withheld · "
            "718 words · about 2,050 tokens · $0.0123 (estimated) · 2.2 s",
            id="written-by-a-model-that-tells-no-usage",
        ),
        pytest.param(
            Receipt("extractive", "0.1.0", words_read=100, seconds=1.0),
            "Extracted, no model · 100 of 718 words · 1.0 s",
            id="read-in-part",
        ),
    ],
)  # fmt: skip
def test_the_receipt_is_one_line(receipt: Receipt, line: str) -> None:
    assert receipt_line(receipt, (article("demo"),)) == line
