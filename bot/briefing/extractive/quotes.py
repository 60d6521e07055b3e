"""The quotations worth showing, each with its speaker and role."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from bot.briefing.documents import Reference, Span
from bot.briefing.draft import DraftQuote
from bot.briefing.extractive.ranking import relevance
from bot.briefing.names_meant import Speaker
from bot.briefing.normalisation import normalised
from bot.briefing.passages import Excerpt
from bot.briefing.people import role_of
from bot.briefing.requests import Length
from bot.briefing.speakers import speaker_of_quotation
from bot.briefing.terms import terms
from bot.briefing.words import count_words

_MOST = {"short": 1, "standard": 4, "long": 8}
_MOST_OF_ONE_SPEAKER = 2
# In words. Fewer are a phrase in quotation marks, more are a speech.
_FEWEST, _LONGEST = 6, 60


class _Candidate(NamedTuple):
    """A quotation: its number, where it stands, its words, and who is named beside them."""

    excerpt: Excerpt
    reference: Reference
    words: str
    speaker: Speaker | None

    @property
    def language(self) -> str | None:
        return self.excerpt.document.language


def quotes(excerpts: Sequence[Excerpt], length: Length) -> list[DraftQuote]:
    """The quotations that say most, in the order of the sources; first those whose speaker is
    named beside the words, the others without a speaker."""
    candidates = [found for excerpt in excerpts for found in _candidates(excerpt)]
    scores = relevance([terms(found.words, found.language) for found in candidates])
    ranked = sorted(
        range(len(candidates)), key=lambda place: (not candidates[place].speaker, -scores[place])
    )
    taken: list[int] = []
    heard: Counter[str | None] = Counter()
    for place in ranked:
        speaker = candidates[place].speaker
        who = speaker.name.split()[-1] if speaker else None
        if len(taken) == _MOST[length]:
            break
        if any(_is_same(candidates[place], candidates[other]) for other in taken):
            continue
        if heard[who] < _MOST_OF_ONE_SPEAKER:
            heard[who] += 1
            taken.append(place)
    return [_quote(candidates[place]) for place in sorted(taken)]


def _is_same(one: _Candidate, other: _Candidate) -> bool:
    """Whether two sources have the same words."""
    words, theirs = (normalised(each.words).text.strip(" .,!?") for each in (one, other))
    return words.casefold() == theirs.casefold()


def _candidates(excerpt: Excerpt) -> list[_Candidate]:
    document = excerpt.document
    return [
        _Candidate(
            excerpt, Reference(document.label, number, place), words, _speaker(excerpt, span)
        )
        for number in excerpt.numbers
        for place, span in enumerate(document.quotations_in(number), 1)
        if _FEWEST <= count_words(words := document.text[slice(*span)]) <= _LONGEST
        and not _is_title(words)
        and document.number_at(span.end) in excerpt.numbers
    ]


def _speaker(excerpt: Excerpt, quotation: Span) -> Speaker | None:
    """Who is named beside the words, if that was read."""
    said = speaker_of_quotation(excerpt.document, quotation)
    return said if said and all(number in excerpt.numbers for number in said.numbers) else None


def _is_title(words: str) -> bool:
    """Whether ``words`` are the name of a song or a book: nearly every one is capitalised."""
    capitals = [word[0].isupper() for word in words.split()]
    return sum(capitals) > 0.7 * len(capitals)


def _quote(candidate: _Candidate) -> DraftQuote:
    document, reference, said = candidate.excerpt.document, candidate.reference, candidate.speaker
    role = role_of(document, said.name) if said else None
    if role and role.number not in candidate.excerpt.numbers:
        role = None
    numbers = [reference.number, *(said.numbers if said else ()), *((role.number,) if role else ())]
    return DraftQuote(
        quotation=str(reference),
        evidence=[f"{document.label}{number}" for number in dict.fromkeys(numbers)],
        speaker=said.name if said else None,
        role=role.role if role else None,
    )
