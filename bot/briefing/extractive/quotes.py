"""The quotations worth showing, each with the speaker named next to it."""

from collections import Counter
from collections.abc import Iterator, Sequence
from operator import itemgetter
from typing import NamedTuple

from bot.briefing.clipping import clipped_quotation
from bot.briefing.documents import Excerpt, Reference
from bot.briefing.draft import DraftQuote
from bot.briefing.extractive.selection import relevance
from bot.briefing.normalisation import normalised
from bot.briefing.speech import Speaker, role_of, speaker_of_quotation
from bot.briefing.terms import terms
from bot.briefing.text import LONGEST_QUOTATION, count_words

# In words; fewer are a phrase in quotation marks.
_FEWEST = 6


class SizedQuote(NamedTuple):
    """A quotation, and how many words it shows with its speaker and role."""

    draft: DraftQuote
    words: int


class _Candidate(NamedTuple):
    """A quotation: its reference, the words shown of it, and the speaker named beside it."""

    excerpt: Excerpt
    reference: Reference
    words: str
    speaker: Speaker


def choose_quotes(excerpts: Sequence[Excerpt], most: int) -> list[SizedQuote]:
    """At most ``most`` quotations, the most relevant first; others come before a second quotation
    of the same speaker."""
    candidates = [found for excerpt in excerpts for found in _candidates(excerpt)]
    scores = relevance(
        [terms(found.words, found.excerpt.document.language) for found in candidates]
    )
    best: dict[str, _Candidate] = {}
    for place in sorted(range(len(candidates)), key=lambda place: -scores[place]):
        words = normalised(candidates[place].words).text.strip(" .,!?").casefold()
        best.setdefault(words, candidates[place])
    times_quoted: Counter[str] = Counter()
    in_turn: list[tuple[int, _Candidate]] = []
    for candidate in best.values():
        surname = candidate.speaker.name.split()[-1]
        in_turn.append((times_quoted[surname], candidate))
        times_quoted[surname] += 1
    in_turn.sort(key=itemgetter(0))
    return [_quote(candidate) for _, candidate in in_turn[:most]]


def _candidates(excerpt: Excerpt) -> Iterator[_Candidate]:
    document = excerpt.document
    for number in excerpt.numbers:
        for place, span in enumerate(document.quotations_in(number), 1):
            shown = clipped_quotation(document, span, LONGEST_QUOTATION)
            words = document.text[slice(*shown)] if shown else ""
            if count_words(words) < _FEWEST or words[0].islower() or _is_title(words):
                continue
            speaker = speaker_of_quotation(document, span)
            reference = Reference(document.label, number, place)
            last = document.number_at(span.end)
            if speaker and {*speaker.numbers, last}.issubset(excerpt.numbers):
                yield _Candidate(excerpt, reference, words, speaker)


def _is_title(words: str) -> bool:
    """Whether ``words`` are a title of a song or a book: nearly every one has a capital."""
    capitals = [word[0].isupper() for word in words.split()]
    return sum(capitals) > 0.7 * len(capitals)


def _quote(candidate: _Candidate) -> SizedQuote:
    document, reference = candidate.excerpt.document, candidate.reference
    speaker = candidate.speaker
    role = role_of(document, speaker.name)
    if role and role.number not in candidate.excerpt.numbers:
        role = None
    numbers = [reference.number, *speaker.numbers, *((role.number,) if role else ())]
    draft = DraftQuote(
        quotation=str(reference),
        evidence=[f"{document.label}{number}" for number in dict.fromkeys(numbers)],
        speaker=speaker.name,
        role=role.role if role else None,
    )
    shown = (candidate.words, "—", speaker.name, role.role if role else "")
    return SizedQuote(draft, sum(map(count_words, shown)))
