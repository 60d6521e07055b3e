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
    """A quotation, and how many words are shown of it, its speaker and the role."""

    draft: DraftQuote
    words: int


class _Candidate(NamedTuple):
    """A quotation: its number, what is shown of it, and who is named beside it."""

    excerpt: Excerpt
    reference: Reference
    words: str
    speaker: Speaker

    @property
    def language(self) -> str | None:
        return self.excerpt.document.language


def choose_quotes(excerpts: Sequence[Excerpt], most: int) -> list[SizedQuote]:
    """At most ``most`` quotations, the one that says most first; nobody is quoted twice before
    others are."""
    candidates = [found for excerpt in excerpts for found in _candidates(excerpt)]
    scores = relevance([terms(found.words, found.language) for found in candidates])
    best: list[_Candidate] = []
    for place in sorted(range(len(candidates)), key=lambda place: -scores[place]):
        if not any(_is_same(candidates[place], other) for other in best):
            best.append(candidates[place])
    heard: Counter[str] = Counter()
    in_turn: list[tuple[int, _Candidate]] = []
    for candidate in best:
        surname = candidate.speaker.name.split()[-1]
        in_turn.append((heard[surname], candidate))
        heard[surname] += 1
    in_turn.sort(key=itemgetter(0))
    return [_quote(candidate) for _, candidate in in_turn[:most]]


def _is_same(one: _Candidate, other: _Candidate) -> bool:
    """Whether two sources have the same words."""
    words, theirs = (normalised(each.words).text.strip(" .,!?") for each in (one, other))
    return words.casefold() == theirs.casefold()


def _candidates(excerpt: Excerpt) -> Iterator[_Candidate]:
    document = excerpt.document
    for number in excerpt.numbers:
        for place, span in enumerate(document.quotations_in(number), 1):
            shown = clipped_quotation(document, span, LONGEST_QUOTATION)
            words = document.text[slice(*shown)] if shown else ""
            if count_words(words) < _FEWEST or words[0].islower() or _is_title(words):
                continue
            said = speaker_of_quotation(document, span)
            if said and {*said.numbers, document.number_at(span.end)}.issubset(excerpt.numbers):
                yield _Candidate(excerpt, Reference(document.label, number, place), words, said)


def _is_title(words: str) -> bool:
    """Whether ``words`` are the name of a song or a book: nearly every one is capitalised."""
    capitals = [word[0].isupper() for word in words.split()]
    return sum(capitals) > 0.7 * len(capitals)


def _quote(candidate: _Candidate) -> SizedQuote:
    document, reference, said = candidate.excerpt.document, candidate.reference, candidate.speaker
    role = role_of(document, said.name)
    if role and role.number not in candidate.excerpt.numbers:
        role = None
    numbers = [reference.number, *said.numbers, *((role.number,) if role else ())]
    draft = DraftQuote(
        quotation=str(reference),
        evidence=[f"{document.label}{number}" for number in dict.fromkeys(numbers)],
        speaker=said.name,
        role=role.role if role else None,
    )
    shown = (candidate.words, "—", said.name, role.role if role else "")
    return SizedQuote(draft, sum(map(count_words, shown)))
