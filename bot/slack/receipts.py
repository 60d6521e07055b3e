"""How did a reply come about, in one quiet line, and from which sources?"""

from collections.abc import Sequence

from bot.briefing.documents import Document
from bot.briefing.lines import Receipt
from bot.slack.rich_text import link, words
from bot.slack.statements import Elements

_ENGINES = {"extractive": "Extracted, no model", "openai": "AI-written, checked against the source"}


def receipt_line(receipt: Receipt, documents: Sequence[Document]) -> str:
    """Engine, lines, words, tokens, cost and seconds."""
    parts = [_ENGINES[receipt.engine]]
    if receipt.model:
        parts.append(receipt.model)
    if receipt.lines:
        parts.append(_counted(receipt.lines, "line") + " traced")
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


def source_line(document: Document) -> Elements:
    """A document's label, title and origin."""
    title = document.title or "Untitled text"
    origin = [part for part in (document.outlet, document.author, document.published) if part]
    return [
        words(f"{document.label}  ", "bold"),
        link(title, document.url),
        words("".join(f" · {part}" for part in (*origin, _counted(document.words, "word")))),
    ]


def _words_read(read: int, written: int) -> str:
    return _counted(read, "word") if read >= written else f"{read:,} of {written:,} words"


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'s' * (number != 1)}"
