"""What the sources do not say, as far as code can tell."""

from collections.abc import Iterator, Sequence

from bot.briefing.documents import Document
from bot.briefing.extractive.timeline import relative_days
from bot.briefing.lines import Unknown

_MOST_DAYS_NAMED = 3


def unknowns(documents: Sequence[Document]) -> Iterator[Unknown]:
    """What a reader will miss in ``documents``: a publication date, and what hangs on it."""
    for document in documents:
        if document.published is None:
            yield Unknown("publication_date", _no_date(document, several=len(documents) > 1))


def _no_date(document: Document, *, several: bool) -> str:
    of = f" of {document.label}" if several else ""
    days = [f"“{day}”" for day in relative_days(document)[:_MOST_DAYS_NAMED]]
    if not days:
        return f"No publication date{of} is known."
    listed = days[0] if len(days) == 1 else f"{', '.join(days[:-1])} and {days[-1]}"
    verb = "is left as it stands" if len(days) == 1 else "are left as they stand"
    return f"No publication date{of} is known, so {listed} {verb}."
