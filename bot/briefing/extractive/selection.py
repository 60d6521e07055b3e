"""Which sentences an extractive briefing shows, within what may be copied."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.briefing.documents import Document
from bot.briefing.extractive.commitments import commitments
from bot.briefing.extractive.figures import figures
from bot.briefing.extractive.ranking import novel_first, relevance
from bot.briefing.lexicon import lexicon
from bot.briefing.passages import Excerpt
from bot.briefing.requests import Length
from bot.briefing.speech import loaded_words, told, unquoted
from bot.briefing.terms import terms

MOST_SENTENCES = {"short": 3, "standard": 7, "long": 12}

# Of a source of more than 400 words at most a quarter is copied, of a shorter one a third.
_SHORT_SOURCE = 400
_COPIED, _COPIED_OF_SHORT = 1 / 4, 1 / 3

# What a reader looks for first counts for more; on the scale of `relevance` (0 to 1.4).
_COMMITMENT, _DENIAL, _OUTLET, _FIGURE = 0.35, 0.3, 0.3, 0.1
_SECOND_HAND, _DANGLING = -0.2, -0.2
_FEWEST_WORDS = 5
_LONGEST_HEADLINE = 25
_ENDS_A_SENTENCE = re.compile(r"[.!?։؟。！？…][\"'”’»)]*$")


@dataclass(frozen=True)
class Choice:
    """The sentences chosen: ``headlines`` by document, the ``lead``, and the ``others`` in the
    order of the sources; each a document and a sentence number."""

    headlines: tuple[tuple[Document, int], ...]
    lead: tuple[Document, int] | None
    others: tuple[tuple[Document, int], ...]


def chosen(excerpts: Sequence[Excerpt], length: Length) -> Choice:
    """The sentences that say most, the lead first; at least one wherever there is a sentence."""
    places = [(e.document, n) for e in excerpts for n in range(1, e.sentences + 1)]
    headlines = tuple((e.document, 1) for e in excerpts if has_headline(e.document))
    told_by_sources = [p for p in places if p not in headlines and not _is_quotation(*p)]
    open_places = told_by_sources or places
    sentences = [terms(document.sentence(n), document.language) for document, n in open_places]
    scores = [
        score + _bonus(*place)
        for score, place in zip(relevance(sentences), open_places, strict=True)
    ]
    if not open_places:
        return Choice(headlines, None, ())
    picked = _pick(open_places, novel_first(sentences, scores), length, excerpts) or {0}
    lead = max(picked, key=lambda index: (_may_lead(*open_places[index]), scores[index]))
    others = tuple(open_places[index] for index in sorted(picked) if index != lead)
    return Choice(headlines, open_places[lead], others)


def has_headline(document: Document) -> bool:
    """Whether the first sentence is a headline: a short paragraph of its own, no full stop."""
    if len(document.sentences) < 2 or document.paragraphs[0] != document.sentences[0]:
        return False
    first = document.sentence(1)
    return len(first.split()) <= _LONGEST_HEADLINE and not _ENDS_A_SENTENCE.search(first)


def _pick(
    places: Sequence[tuple[Document, int]],
    order: Iterable[int],
    length: Length,
    excerpts: Sequence[Excerpt],
) -> set[int]:
    """The first of ``order`` that may stand and fit; a dangling one only after the one before."""
    room = {excerpt.document.label: _words_that_may_be_copied(excerpt) for excerpt in excerpts}
    picked: set[int] = set()
    for index in order:
        document, number = places[index]
        cost = len(document.sentence(number).split())
        fits = cost <= room[document.label] or not picked
        if fits and _stands(places, index, picked):
            picked.add(index)
            room[document.label] -= cost
        if len(picked) == MOST_SENTENCES[length]:
            break
    return picked


def _words_that_may_be_copied(excerpt: Excerpt) -> float:
    share = _COPIED if excerpt.words > _SHORT_SOURCE else _COPIED_OF_SHORT
    return share * excerpt.words


def _stands(places: Sequence[tuple[Document, int]], index: int, picked: set[int]) -> bool:
    document, number = places[index]
    if len(document.sentence(number).split()) < _FEWEST_WORDS:
        return len(document.text.split()) < _FEWEST_WORDS
    return not _dangles(document, number) or index - 1 in picked


def _dangles(document: Document, number: int) -> bool:
    """Whether a sentence leans on the one before it: a pronoun or a connective at its start."""
    start = document.sentence(number).lstrip("“\"«'‘— ")
    return bool(re.match(rf"(?:{lexicon(document.language).dangling})\b", start, re.IGNORECASE))


def _is_quotation(document: Document, number: int) -> bool:
    """Whether most of a sentence is quoted: the quotes have a place of their own."""
    span = document.sentences[number - 1]
    own = len(unquoted(document, span).split())
    return own < len(document.sentence(number).split()) / 2


def _may_lead(document: Document, number: int) -> bool:
    return not (_dangles(document, number) or told(document, number)["voice"] != "event")


def _bonus(document: Document, number: int) -> float:
    words = lexicon(document.language)
    return (
        _COMMITMENT * bool(commitments(document, number))
        + _DENIAL * _has(document, number, words.denial)
        + _OUTLET * bool(loaded_words(document, number))
        + _FIGURE * bool(figures(document, number))
        + _SECOND_HAND * _has(document, number, words.second_hand)
        + _DANGLING * _dangles(document, number)
    )


def _has(document: Document, number: int, words: str) -> bool:
    return bool(re.search(rf"\b(?:{words})\b", document.sentence(number), re.IGNORECASE))
