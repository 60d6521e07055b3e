"""Where is a source from: outlet and date, the name of the file, or that it was pasted?"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from bot.briefing.catalogue import Catalogue
from bot.briefing.dates import published_day
from bot.briefing.documents import Document

_SCHEME = re.compile(r"https?://(?:www\.)?", re.IGNORECASE)


@dataclass(frozen=True)
class SourceLine:
    """What is said of a source in one line, and the address that leads to it, if any."""

    text: str
    url: str | None


def source_lines(
    documents: Sequence[Document], fixed: Catalogue, *, has_title: bool
) -> tuple[SourceLine, ...]:
    """A line for each of ``documents``; of several each has its label and its title, of one the
    title where nothing above it ``has_title``."""
    if len(documents) == 1:
        return (_line(documents[0], fixed, None if has_title else documents[0].title),)
    return tuple(_line(each, fixed, each.label, each.title) for each in documents)


def short_name(source: str) -> str:
    """What a source is called for short: an address without what all addresses have."""
    return _SCHEME.sub("", source).rstrip("/")


def tells_size(document: Document) -> bool:
    """Whether its line says how many words it has: that of a page says where it is from instead."""
    return not (document.has_fragments or document.outlet)


def _line(document: Document, fixed: Catalogue, *names: str | None) -> SourceLine:
    day = published_day(document)
    parts = (*names, _origin(document, fixed), fixed.date(day.isoformat()) if day else None)
    return SourceLine(" · ".join(part for part in parts if part), document.url)


def _origin(document: Document, fixed: Catalogue) -> str | None:
    if not tells_size(document):
        return document.outlet or urlsplit(document.url or "").hostname
    size = fixed.counted(fixed.words, document.words)
    if document.pasted_for:
        pasted = f"{fixed.pasted[:1].lower()}{fixed.pasted[1:]}"
        return f"{short_name(document.pasted_for)} ({pasted}, {size})"
    return f"{document.file or fixed.pasted}, {size}"
