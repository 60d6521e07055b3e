"""The fixed words of a briefing: its headings, "the sources do not say", the receipt.

One place, so that every rendering says the same and a language is one more catalogue.
"""

from collections.abc import Sequence

from bot.briefing.documents import Document
from bot.briefing.lines import Receipt

SAYS_NOTHING = "The sources do not say."
NEAREST = "Nearest to it"
HEADINGS = {
    "key_points": "Key points",
    "quotes": "Who said what",
    "commitments": "Commitments",
    "timeline": "Timeline",
    "figures": "Figures",
    "unknowns": "What the sources do not say",
    "cautions": "Read with care",
    "unread": "Not read",
    "notes": "Notes",
}
_ENGINES = {"extractive": "Extracted, no model", "openai": "AI-written, checked against the source"}


def receipt_line(receipt: Receipt, documents: Sequence[Document]) -> str:
    """How it came about, in one line: who wrote, what was traced, what it took."""
    parts = [_ENGINES[receipt.engine]]
    if receipt.model:
        parts.append(receipt.model)
    if receipt.lines:
        parts.append(counted(receipt.lines, "line") + " traced")
    if receipt.withheld:
        parts.append(f"{receipt.withheld} withheld")
    parts.append(_words_read(receipt.words_read, sum(each.words for each in documents)))
    if receipt.tokens_in or receipt.tokens_out:
        about = "about " if receipt.tokens_estimated else ""
        parts.append(f"{about}{receipt.tokens_in + receipt.tokens_out:,} tokens")
    if receipt.cost_usd is not None:
        parts.append(f"${receipt.cost_usd:.4f}{' (estimated)' * receipt.tokens_estimated}")
    parts.append(f"{receipt.seconds:.1f} s")
    return " · ".join(parts)


def counted(number: int, noun: str) -> str:
    """``number`` with ``noun`` in the singular or the plural."""
    return f"{number:,} {noun}{'s' * (number != 1)}"


def _words_read(read: int, written: int) -> str:
    return counted(read, "word") if read >= written else f"{read:,} of {written:,} words"
