"""Which sentences of the sources come closest to a question?

Whether one of them answers it takes a judgement, and there is no model here to make it: on
questions about real pages, the sentence that answers is among the closest three for nine in ten,
and rules meant to tell an answer from what only looks like one found fewer than half of them.
"""

import math
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from bot.briefing.draft import DraftLine
from bot.briefing.extractive.asked import asked
from bot.briefing.extractive.commitments import commitments
from bot.briefing.extractive.words import Name, Sentence, known_names, sentences
from bot.briefing.lexicon import lexicon
from bot.briefing.passages import Excerpt
from bot.briefing.requests import Turn
from bot.briefing.speakers import speaker_of_quotation
from bot.briefing.speech import attribution, told

MOST = 3
# What the sentence before says counts for; it may name what "he" or "it" stands for.
_BEFORE = 0.3
_THEIR_OWN = 2
_WILL_DO = re.compile(r"\bwill\b.+\bdo\b", re.IGNORECASE)


class _Near(NamedTuple):
    """A sentence and how much of the question it has, what is rare in its source most of all. Of
    two with as much the one that better ``fits`` comes closer."""

    sentence: Sentence
    has: float
    fits: int

    @property
    def line(self) -> DraftLine:
        return DraftLine(**told(self.sentence.document, self.sentence.number))


def closest(
    question: str, excerpts: Sequence[Excerpt], turns: Sequence[Turn] = ()
) -> tuple[DraftLine, ...]:
    """The sentences of ``excerpts`` that have most of ``question``, the closest first; at most
    three, none where no sentence has anything of it.

    ``turns`` complete a question that only follows up ("and Klaar?").
    """
    near = [each for excerpt in excerpts for each in _near(question, excerpt, turns)]
    ranked = sorted(near, key=lambda each: (-each.has, -each.fits))
    return tuple(each.line for each in ranked[:MOST])


def _near(question: str, excerpt: Excerpt, turns: Sequence[Turn]) -> Iterator[_Near]:
    document = excerpt.document
    what = asked(question, turns, document.language, known_names(document))
    every = sentences(document)
    read = [every[number - 1] for number in excerpt.numbers]
    parts = list(_parts(what, read))
    before = [0.0] * len(parts)
    names = [index for index, part in enumerate(what) if isinstance(part, tuple)]
    claimed = 0.0
    for place, sentence in enumerate(read):
        own = [part[place] for part in parts]
        fits = _fits(question, what, sentence)
        if fits == _THEIR_OWN and len(names) == 1:  # theirs, even if it doesn't name them
            own[names[0]] = max(parts[names[0]])
        has = sum(here or _BEFORE * there for here, there in zip(own, before, strict=True))
        if claimed > has and _denies(sentence, read[place - 1]):
            has = claimed
        if has > 0:
            yield _Near(sentence, has, fits)
        before, claimed = own, has


def _parts(asked_for: Sequence[Name | str], read: Sequence[Sentence]) -> Iterator[list[float]]:
    """For each name and word of the question what it counts for in each sentence, 0 where it is
    not said."""
    for part in asked_for:
        said = [s.says(part) if isinstance(part, str) else s.names(part) for s in read]
        rarity = math.log(1 + len(read) / (1 + sum(said)))
        yield [rarity * here for here in said]


def _fits(question: str, asked_for: Sequence[Name | str], sentence: Sentence) -> int:
    """How well ``sentence`` fits a question for what somebody said or will do: `_THEIR_OWN` if
    it quotes them, or they undertake something in it; 1 if it reports what they said."""
    names = [part for part in asked_for if isinstance(part, tuple)]

    def is_asked_for(name: str) -> bool:
        return any(name.casefold().split()[-1] == each[-1] for each in names)

    document, number = sentence.document, sentence.number
    is_named = any(map(sentence.names, names))
    if _WILL_DO.search(question):
        owed = commitments(document, number) if is_named else []
        return _THEIR_OWN * any(is_asked_for(each.actor) for each in owed)
    said = lexicon(sentence.language).speech_verbs
    if not names or not re.search(rf"\b(?:say|{said})\b", question, re.IGNORECASE):
        return 0
    quotations = document.quotations_in(number)
    speakers = filter(None, (speaker_of_quotation(document, each) for each in quotations))
    if any(is_asked_for(each.name) for each in speakers):
        return _THEIR_OWN
    speaker = told(document, number)["speaker"] if is_named else None
    return int(speaker is not None and is_asked_for(speaker))


def _denies(sentence: Sentence, claim: Sentence) -> bool:
    """Whether ``sentence`` denies what somebody says in the one before, ``claim``: whoever is
    shown the one is shown the other."""
    denial = lexicon(sentence.language).denial
    return (
        sentence.paragraph == claim.paragraph
        and re.search(rf"\b(?:{denial})\b", sentence.text, re.IGNORECASE) is not None
        and attribution(claim.document, claim.number) is not None
    )
