"""Which sentences of the sources answer a question, and which come nearest where none does.

A sentence answers only if the words that make the question stand in it, weighed by how rare they
are in the sources, and if it holds the kind of thing that is asked for (a number, a time, a name).
"""

import math
import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from bot.briefing.documents import Document
from bot.briefing.draft import DraftLine
from bot.briefing.extractive.timeline import event
from bot.briefing.passages import Excerpt
from bot.briefing.requests import Turn
from bot.briefing.speech import told
from bot.briefing.terms import terms

_MOST_LINES, _MOST_NEAREST = 3, 2

# Shares of the question's weight. Below the first the sources do not say; a sentence much worse
# than the best one adds nothing; below the last it is not even near.
_ANSWERS, _OF_THE_BEST, _NEAR = 0.6, 0.85, 0.25

# What a single word of a longer question counts for.
_ALONE = 0.6

# Two words of one family share their beginning ("negotiate", "negotiations").
_SHORTEST_STEM = 5
_FOLLOWS_UP = re.compile(r"^\s*(?:and|what about|how about|et|und|y|а|и)\b", re.IGNORECASE)
_ASKS_NUMBER = re.compile(r"\bhow (?:many|much|long|old|far)\b", re.IGNORECASE)
_ASKS_TIME = re.compile(r"\b(?:when|what (?:day|date|time|year)|how soon)\b", re.IGNORECASE)
_ASKS_PERSON = re.compile(r"\b(?:who|whom|whose)\b", re.IGNORECASE)
_ASKS_REASON = re.compile(r"\bwhy\b", re.IGNORECASE)
_HAS_REASON = re.compile(
    r"\b(?:because|since|after|due to|owing to|as a result|so that|in order|therefore|following|"
    r"in response|in return|out of)\b",
    re.IGNORECASE,
)
_HAS_NUMBER = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|hundred|"
    r"thousand|million|billion)\b",
    re.IGNORECASE,
)
_HAS_NAME = re.compile(r"(?<!^)(?<![.!?“\"] )\b[A-ZÀ-ÞА-ЯԱ-Ֆ]\w+")
# What a question asks about without naming it.
_ASKING = re.compile(
    r"who|whom|whose|what|when|where|why|how|many|much|long|say|says|said|tell|told|speak|spoke|"
    r"talk|make|made|mean|articles?|texts?|sources?|according|mention|mentioned|know|known|happen|"
    r"happened"
)


class Found(NamedTuple):
    """What the sources say to a question: ``lines`` that answer it, or else the ``nearest``."""

    lines: tuple[DraftLine, ...]
    nearest: tuple[DraftLine, ...]


def found_answer(question: str, excerpts: Sequence[Excerpt], turns: Sequence[Turn] = ()) -> Found:
    """The sentences of ``excerpts`` that answer ``question``; at most three, or two nearest ones.

    ``turns`` complete a question that only follows up ("and Klaar?").
    """
    places = [(e.document, n) for e in excerpts for n in range(1, e.sentences + 1)]
    wanted = _wanted(question, places)
    if not wanted or not places:
        return Found((), ())
    asked = _earlier_question(question, turns) or question
    sentences = [set(terms(document.sentence(n), document.language)) for document, n in places]
    scores = _scores(wanted, sentences)
    hints = _scores(_wanted(asked, places), sentences)
    ranked = sorted(range(len(places)), key=lambda i: (-scores[i], -hints[i], i))
    best = scores[ranked[0]]
    answering = [
        i for i in ranked
        if scores[i] >= max(_ANSWERS, _OF_THE_BEST * best) and _is_of_the_kind(asked, *places[i])
    ][:_MOST_LINES]  # fmt: skip
    if answering:
        return Found(tuple(_line(places[i]) for i in sorted(answering)), ())
    near = [i for i in ranked[:_MOST_NEAREST] if scores[i] >= _NEAR]
    return Found((), tuple(_line(places[i]) for i in near))


def _wanted(question: str, places: Sequence[tuple[Document, int]]) -> tuple[str, ...]:
    language = places[0][0].language if places else None
    found = dict.fromkeys(terms(question, language))
    return tuple(term for term in found if not _ASKING.fullmatch(term))


def _earlier_question(question: str, turns: Sequence[Turn]) -> str | None:
    if turns and (_FOLLOWS_UP.match(question) or len(question.split()) <= 2):
        return turns[-1].question
    return None


def _scores(wanted: Sequence[str], sentences: Sequence[set[str]]) -> list[float]:
    """For each sentence the share of the weight of ``wanted`` that stands in it, 0 to 1."""
    holds = [[_stands(term, sentence) for term in wanted] for sentence in sentences]
    # One rare word of several is shared by chance.
    enough = min(2, len(wanted))
    seen = Counter(place for row in holds for place, stands in enumerate(row) if stands)
    weights = [math.log(1 + len(sentences) / (0.5 + seen[i])) for i in range(len(wanted))]
    total = sum(weights) or 1.0
    return [
        sum(weight for weight, stands in zip(weights, row, strict=True) if stands)
        / total
        * (1.0 if sum(row) >= enough else _ALONE)
        for row in holds
    ]


def _stands(term: str, sentence: set[str]) -> bool:
    if not sentence.isdisjoint({term, f"{term}s", term.removesuffix("s")}):
        return True
    stem = term[: max(_SHORTEST_STEM, len(term) - 4)]
    return len(term) >= _SHORTEST_STEM and any(word.startswith(stem) for word in sentence)


def _is_of_the_kind(question: str, document: Document, number: int) -> bool:
    sentence = document.sentence(number)
    if _ASKS_NUMBER.search(question):
        return bool(_HAS_NUMBER.search(sentence))
    if _ASKS_TIME.search(question):
        return event(document, number) is not None
    if _ASKS_REASON.search(question):
        return bool(_HAS_REASON.search(sentence))
    return not _ASKS_PERSON.search(question) or bool(_HAS_NAME.search(sentence))


def _line(place: tuple[Document, int]) -> DraftLine:
    return DraftLine(**told(*place))
