"""What the sources do not say, as far as code can tell."""

from collections.abc import Iterator, Sequence

from bot.briefing.catalogue import Catalogue
from bot.briefing.documents import Document
from bot.briefing.extractive.timeline import relative_days
from bot.briefing.lines import Unknown

_MOST_DAYS_NAMED = 3


def unknowns(documents: Sequence[Document], words: Catalogue) -> Iterator[Unknown]:
    """What a reader will miss in ``documents``: a publication date, and what hangs on it, in the
    language of ``words``."""
    for document in documents:
        if document.published is None:
            yield Unknown("publication_date", _no_date(document, words, several=len(documents) > 1))


def _no_date(document: Document, words: Catalogue, *, several: bool) -> str:
    known = words.no_date_of.format(label=document.label) if several else words.no_date
    days = [words.quote(day) for day in relative_days(document)[:_MOST_DAYS_NAMED]]
    left = words.counted(words.left_as_written, len(days), days=words.listed(days)) if days else ""
    return f"{known}{left}{words.full_stop}"
