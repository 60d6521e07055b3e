"""The quotations worth showing, each with its speaker and role."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from bot.briefing.documents import Document, Reference
from bot.briefing.draft import DraftQuote
from bot.briefing.extractive.ranking import relevance
from bot.briefing.people import role_of
from bot.briefing.requests import Length
from bot.briefing.speech import attribution, unquoted
from bot.briefing.terms import terms

_MOST = {"short": 1, "standard": 4, "long": 8}
_MOST_OF_ONE_SPEAKER = 2
# In words. Fewer are a phrase in quotation marks, more are a speech.
_FEWEST, _LONGEST = 6, 60


class _Candidate(NamedTuple):
    document: Document
    reference: Reference
    words: str


def quotes(documents: Sequence[Document], length: Length) -> list[DraftQuote]:
    """The quotations that say most, in the order of the sources; only those whose speaker the
    source names."""
    candidates = [found for document in documents for found in _candidates(document)]
    scores = relevance([terms(found.words, found.document.language) for found in candidates])
    ranked = sorted(range(len(candidates)), key=lambda place: -scores[place])
    taken: list[tuple[int, DraftQuote]] = []
    heard: Counter[str] = Counter()
    for place in ranked:
        if len(taken) == _MOST[length]:
            break
        quote = _quote(candidates[place])
        surname = quote.speaker.split()[-1] if quote else ""
        if quote and heard[surname] < _MOST_OF_ONE_SPEAKER:
            heard[surname] += 1
            taken.append((place, quote))
    return [quote for _, quote in sorted(taken, key=lambda item: item[0])]


def _candidates(document: Document) -> list[_Candidate]:
    return [
        _Candidate(document, Reference(document.label, number, place), words)
        for number in range(1, len(document.sentences) + 1)
        for place, span in enumerate(document.quotations_in(number), 1)
        if _FEWEST <= len((words := document.text[slice(*span)]).split()) <= _LONGEST
    ]


def _quote(candidate: _Candidate) -> DraftQuote | None:
    """The candidate as a quote; None where the source does not name who speaks."""
    document, reference = candidate.document, candidate.reference
    said = attribution(document, reference.number)
    if said is None or said.speaker is None:
        return None
    role = role_of(document, said.speaker)
    says_more = re.search(r"\w", unquoted(document, document.sentences[reference.number - 1]))
    numbers = [reference.number] if says_more else []
    numbers += [said.number] if role is None else [said.number, role.number]
    return DraftQuote(
        quotation=str(reference),
        evidence=[f"{document.label}{number}" for number in dict.fromkeys(numbers)],
        speaker=role.full_name if role else said.speaker,
        role=role.role if role else None,
    )
