"""The quotations worth showing, each with its speaker and role."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from bot.briefing.documents import Reference
from bot.briefing.draft import DraftQuote
from bot.briefing.extractive.ranking import relevance
from bot.briefing.lexicon import Lexicon, lexicon
from bot.briefing.normalisation import normalised
from bot.briefing.passages import Excerpt
from bot.briefing.people import role_of
from bot.briefing.requests import Length
from bot.briefing.speech import attribution, unquoted
from bot.briefing.terms import terms

_MOST = {"short": 1, "standard": 4, "long": 8}
_MOST_OF_ONE_SPEAKER = 2
# In words. Fewer are a phrase in quotation marks, more are a speech.
_FEWEST, _LONGEST = 6, 60
_SOMEBODY = re.compile(r"another|others?|some|many|one|most|several|both|all", re.IGNORECASE)


class _Candidate(NamedTuple):
    excerpt: Excerpt
    reference: Reference
    words: str

    @property
    def language(self) -> str | None:
        return self.excerpt.document.language


def quotes(excerpts: Sequence[Excerpt], length: Length) -> list[DraftQuote]:
    """The quotations that say most, in the order of the sources; only those whose speaker the
    source names."""
    candidates = [found for excerpt in excerpts for found in _candidates(excerpt)]
    scores = relevance([terms(found.words, found.language) for found in candidates])
    ranked = sorted(range(len(candidates)), key=lambda place: -scores[place])
    taken: list[tuple[int, DraftQuote]] = []
    heard: Counter[str] = Counter()
    for place in ranked:
        if len(taken) == _MOST[length]:
            break
        if any(_is_same(candidates[place], candidates[other]) for other, _ in taken):
            continue
        quote = _quote(candidates[place])
        surname = quote.speaker.split()[-1] if quote else ""
        if quote and heard[surname] < _MOST_OF_ONE_SPEAKER:
            heard[surname] += 1
            taken.append((place, quote))
    return [quote for _, quote in sorted(taken, key=lambda item: item[0])]


def _is_same(one: _Candidate, other: _Candidate) -> bool:
    """Whether two sources have the same words."""
    words, theirs = (normalised(each.words).text.strip(" .,!?") for each in (one, other))
    return words.casefold() == theirs.casefold()


def _candidates(excerpt: Excerpt) -> list[_Candidate]:
    document = excerpt.document
    return [
        _Candidate(excerpt, Reference(document.label, number, place), words)
        for number in excerpt.numbers
        for place, span in enumerate(document.quotations_in(number), 1)
        if _FEWEST <= len((words := document.text[slice(*span)]).split()) <= _LONGEST
        and not _is_title(words)
        and document.number_at(span.end) in excerpt.numbers
    ]


def _is_somebody(speaker: str, words: Lexicon) -> bool:
    """Whether ``speaker`` says who it is: a name, or an office ("a spokesman for the ministry")."""
    last, *others = reversed(speaker.split())
    is_named = any(word[0].isupper() for word in (*others[:-1], last)) and len(last) > 2
    is_named = is_named and not _SOMEBODY.fullmatch(speaker)
    return is_named or any(words.is_role(word) for word in speaker.split())


def _is_title(words: str) -> bool:
    """Whether ``words`` are the name of a song or a book: nearly every one is capitalised."""
    capitals = [word[0].isupper() for word in words.split()]
    return sum(capitals) > 0.7 * len(capitals)


def _quote(candidate: _Candidate) -> DraftQuote | None:
    """The candidate as a quote; None where the source does not name who speaks."""
    document, reference = candidate.excerpt.document, candidate.reference
    said = attribution(document, reference.number)
    if said is None or not _is_somebody(said.speaker, lexicon(document.language)):
        return None
    is_name = said.speaker.split()[-1][0].isupper()
    role = role_of(document, said.speaker) if is_name else None
    if role and role.number not in candidate.excerpt.numbers:
        role = None
    says_more = re.search(r"\w", unquoted(document, document.sentences[reference.number - 1]))
    numbers = [reference.number] if says_more else []
    numbers += [said.number] if role is None else [said.number, role.number]
    return DraftQuote(
        quotation=str(reference),
        evidence=[f"{document.label}{number}" for number in dict.fromkeys(numbers)],
        speaker=role.full_name if role else said.speaker,
        role=role.role if role else None,
    )
