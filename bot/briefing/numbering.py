"""How a text becomes a document with numbered sentences."""

from bisect import bisect_left
from typing import Literal, TypedDict, Unpack

from bot.briefing.documents import Document, Span
from bot.briefing.paragraphs import paragraphs
from bot.briefing.quotation_marks import quotations
from bot.briefing.sentences import sentences

NUMBERING = 4
"""The version of the rule. References stored under one version mean nothing under another."""


class Known(TypedDict, total=False):
    """What else is known about a source, as in `Document`."""

    title: str | None
    outlet: str | None
    author: str | None
    published: str | None
    published_basis: Literal["stated", "dateline", "about"] | None
    url: str | None
    language: str | None
    verdict: str | None
    has_fragments: bool
    pages: tuple[Span, ...]


def numbered(label: str, text: str, **known: Unpack[Known]) -> Document:
    """The document ``label`` with the sentences of ``text`` numbered from 1.

    The text is kept exactly as it is.
    """
    parts = paragraphs(text)
    quoted = quotations(text, parts)
    starts = [quotation.start for quotation in quoted]
    found: list[Span] = []
    for part in parts:
        inside = quoted[bisect_left(starts, part.start) : bisect_left(starts, part.end)]
        found += sentences(text, part, inside, known.get("language"))
    return Document(label, text, tuple(found), parts, quoted, NUMBERING, **known)
