"""Which sentences an extractive briefing shows, within what may be copied."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

from bot.briefing.bearing import why_not
from bot.briefing.documents import Document
from bot.briefing.door import Door
from bot.briefing.extractive.commitments import commitments
from bot.briefing.extractive.figures import figures
from bot.briefing.extractive.ranking import novel_first, relevance
from bot.briefing.extractive.several import (
    best_of_each,
    is_said,
    sides,
    within,
    words_of_sides,
)
from bot.briefing.lexicon import lexicon
from bot.briefing.passages import Excerpt
from bot.briefing.quota import may_be_copied
from bot.briefing.requests import Length
from bot.briefing.speech import loaded_words, told, unquoted
from bot.briefing.terms import terms
from bot.briefing.words import count_words

MOST_SENTENCES = {"short": 3, "standard": 7, "long": 12}

# What a reader looks for first counts for more; on the scale of `relevance` (0 to 1.4).
_COMMITMENT, _DENIAL, _OUTLET, _FIGURE = 0.35, 0.3, 0.3, 0.1
_SECOND_HAND, _DANGLING, _NO_COMMENT = -0.2, -0.2, -0.2
# The same for the bottom line, which stands among the first sentences of a source.
_EVENT, _CANT_LEAD = 0.2, 1.0
_LEADS_WITHIN, _FEWEST_LEADING = 5, 8

# A headline has three content words or more, and one of them comes again: its beginning does,
# since languages decline.
_FEWEST_TERMS, _BEGINNING = 3, 5
_FEWEST_WORDS = 5
_LONGEST_HEADLINE = 25
_QUESTION_MARK = re.compile(r"[?؟？՞][\"”’»)]*$")
_BYLINE = re.compile(r"By\b.*|(?:[A-Z][\w.’'-]*,?\s*){2,4},(?:\s*[A-Z]\w*){1,4}")
_ENDS_A_SENTENCE = re.compile(r"[.!?։؟۔।。！？…][\"'”’»)]*$")


@dataclass(frozen=True)
class Choice:
    """The sentences chosen: ``headlines`` by document, the ``lead``, and the ``others`` in the
    order of the sources; each a document and a sentence number."""

    headlines: tuple[tuple[Document, int], ...]
    lead: tuple[Document, int] | None
    others: tuple[tuple[Document, int], ...]


def chosen(excerpts: Sequence[Excerpt], length: Length) -> Choice:
    """The sentences that say most, the lead first; at least one wherever there is a sentence."""
    places = [(e.document, n) for e in excerpts for n in e.numbers if may_be_chosen(e.document, n)]
    headlines = tuple(p for p in places if p[1] == 1 and has_headline(p[0]))
    open_places = _open(places, headlines)
    if not open_places:
        return Choice(headlines, None, ())
    sentences = [terms(document.sentence(n), document.language) for document, n in open_places]
    merits = relevance(sentences, within(open_places))
    scores = [merit + _bonus(*place) for merit, place in zip(merits, open_places, strict=True)]
    apart = sides(excerpts)
    shown_apart = {index for index, place in enumerate(open_places) if place in apart}
    first = best_of_each(open_places, scores, shown_apart)
    others_in_turn = (i for i in novel_first(sentences, scores, first) if i not in shown_apart)
    most = MOST_SENTENCES[length] - bool(headlines)
    picked = _pick(open_places, chain(first, others_in_turn), _room(excerpts), most) or {0}
    lead = max(picked | shown_apart, key=lambda index: (_is_early(*open_places[index]),
                                merits[index] + _lead_bonus(*open_places[index])))  # fmt: skip
    others = tuple(open_places[index] for index in sorted(picked) if index != lead)
    return Choice(headlines, open_places[lead], others)


def may_be_chosen(document: Document, number: int) -> bool:
    """Whether a sentence states something to the reader, and may be shown as it is."""
    passage = document.passage(number)
    return why_not(document, number) is None and not Door.of([document]).objections(
        passage.text, [passage]
    )


def has_headline(document: Document) -> bool:
    """Whether the first sentence is a headline: a short paragraph of its own, no full stop, and
    about what follows (a byline or the name of a column is not)."""
    if len(document.sentences) < 2 or document.paragraphs[0] != document.sentences[0]:
        return False
    first = document.sentence(1)
    if count_words(first) > _LONGEST_HEADLINE or _ENDS_A_SENTENCE.search(first):
        return False
    if _BYLINE.fullmatch(first):
        return False
    own = [term[:_BEGINNING] for term in terms(first, document.language)]
    rest = document.text[document.sentences[1].start :].casefold()
    return len(own) >= _FEWEST_TERMS and any(term in rest for term in own if len(term) > 2)


def _open(
    places: Sequence[tuple[Document, int]], headlines: Sequence[tuple[Document, int]]
) -> Sequence[tuple[Document, int]]:
    """The sentences to choose from: no headlines, quotations (they have a place of their own) or
    lines of a table, no questions, unless there is nothing else."""
    told_by_sources = [p for p in places if p not in headlines and not _is_quotation(*p)]
    complete = [place for place in told_by_sources if _states(*place)]
    return complete or told_by_sources or places


def _is_scrap(document: Document, number: int) -> bool:
    return count_words(document.sentence(number)) < _FEWEST_LEADING


def _states(document: Document, number: int) -> bool:
    sentence = document.sentence(number)
    return bool(_ENDS_A_SENTENCE.search(sentence)) and not _QUESTION_MARK.search(sentence)


def _pick(
    places: Sequence[tuple[Document, int]],
    order: Iterable[int],
    room: dict[str, float],
    most: int,
) -> set[int]:
    """The first of ``order`` that fit; one that leans on the sentence before it brings that."""
    picked: set[int] = set()
    for index in order:
        new = [place for place in _with_support(places, index) if place not in picked]
        label = places[index][0].label
        cost = sum(count_words(document.sentence(n)) for document, n in (places[i] for i in new))
        fits = cost <= room[label] or not picked
        fits = fits and not is_said(places[index], (places[i] for i in picked))
        if fits and len(picked) + len(new) <= most:
            picked.update(new)
            room[label] -= cost if new else 0
        if len(picked) == most:
            break
    return picked


def _with_support(places: Sequence[tuple[Document, int]], index: int) -> tuple[int, ...]:
    """``index`` with the sentence it leans on; nothing if it can't stand even so."""
    document, number = places[index]
    if count_words(document.sentence(number)) < _FEWEST_WORDS:
        return ()
    if not _dangles(document, number):
        return (index,)
    has_support = index > 0 and places[index - 1] == (document, number - 1)
    return (index - 1, index) if has_support and not _dangles(document, number - 1) else ()


def _room(excerpts: Sequence[Excerpt]) -> dict[str, float]:
    """How many words may be copied from each document, its headline and what is shown side by
    side being copied already."""
    room = {e.document.label: may_be_copied(e) for e in excerpts}
    first = excerpts[0].document
    if has_headline(first):
        room[first.label] -= count_words(first.sentence(1))
    for label, words in words_of_sides(excerpts).items():
        room[label] -= words
    return room


def _dangles(document: Document, number: int) -> bool:
    """Whether a sentence leans on the one before it: a pronoun or a connective at its start."""
    start = document.sentence(number).lstrip("“\"«'‘— ")
    return bool(re.match(rf"(?:{lexicon(document.language).dangling})\b", start, re.IGNORECASE))


def _is_quotation(document: Document, number: int) -> bool:
    """Whether most of a sentence is quoted: the quotes have a place of their own."""
    span = document.sentences[number - 1]
    own = count_words(unquoted(document, span))
    return own < count_words(document.sentence(number)) / 2


def _is_early(document: Document, number: int) -> bool:
    return number - has_headline(document) <= _LEADS_WITHIN


def _lead_bonus(document: Document, number: int) -> float:
    """News says first what it is about, and a briefing begins with what has happened."""
    return (
        _COMMITMENT * bool(commitments(document, number))
        + _EVENT * (told(document, number)["voice"] == "event")
        - _CANT_LEAD * (_dangles(document, number) or _is_scrap(document, number))
    )


def _bonus(document: Document, number: int) -> float:
    words = lexicon(document.language)
    return (
        _COMMITMENT * bool(commitments(document, number))
        + _DENIAL * _has(document, number, words.denial)
        + _OUTLET * bool(loaded_words(document, number))
        + _FIGURE * bool(figures(document, number))
        + _SECOND_HAND * _has(document, number, words.second_hand)
        + _NO_COMMENT * _has(document, number, words.no_comment)
        + _DANGLING * (_dangles(document, number))
    )


def _has(document: Document, number: int, words: str) -> bool:
    return bool(re.search(rf"\b(?:{words})\b", document.sentence(number), re.IGNORECASE))
