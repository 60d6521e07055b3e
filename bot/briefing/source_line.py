"""Where is a source from: outlet and date, the name of the file, or that it was pasted?"""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from bot.briefing.catalogue import Catalogue
from bot.briefing.dates import published_day
from bot.briefing.documents import Document


@dataclass(frozen=True)
class SourceLine:
    """What is said of a source in one line, and the address that leads to it, if any."""

    text: str
    url: str | None


def source_lines(documents: Sequence[Document], fixed: Catalogue) -> tuple[SourceLine, ...]:
    """A line for each of ``documents``; of several each has its label and its title."""
    is_one = len(documents) == 1
    return tuple(_line(each, fixed, is_one=is_one) for each in documents)


def _line(document: Document, fixed: Catalogue, *, is_one: bool) -> SourceLine:
    day = published_day(document)
    named = () if is_one else (document.label, document.title)
    parts = (*named, _origin(document, fixed), fixed.date(day.isoformat()) if day else None)
    return SourceLine(" · ".join(part for part in parts if part), document.url)


def _origin(document: Document, fixed: Catalogue) -> str | None:
    if document.has_fragments or document.outlet:
        return document.outlet or urlsplit(document.url or "").hostname
    size = fixed.counted(fixed.words, document.words)
    return f"{document.file or fixed.pasted}, {size}"
