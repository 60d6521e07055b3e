"""Which sentences of the sources come closest to a question?"""

import math
import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from bot.briefing.documents import Excerpt
from bot.briefing.draft import DraftLine
from bot.briefing.extractive.commitments import commitments
from bot.briefing.extractive.words import Name, Sentence, joined, known_names, sentences
from bot.briefing.lexicon import lexicon
from bot.briefing.lexicon.questions import asking
from bot.briefing.requests import Turn
from bot.briefing.speech import attribution, speaker_of_quotation, told

# Which names and words does a question ask about?
#
# Earlier questions complete one that can't be understood alone ("and Maske?", "why?"), and no
# other; the answers to them are never used.

# "And" with so few names and words behind it goes on with the question before.
_FEW = 1
_QUESTION_WORD = re.compile(r"\d[\d.,]*\d|\d|[^\W\d]\w*|&")


def asked(
    question: str, turns: Sequence[Turn], language: str | None, known_names: AbstractSet[str]
) -> tuple[Name | str, ...]:
    """The names and words with content (casefolded) of ``question``, and those of the questions of
    ``turns`` where it can't be understood alone.

    ``known_names`` are the words (casefolded) that the source writes with a capital alone.
    """
    rules, text = asking(language), _plain(question, language)
    own = _content(text, rules.small_words, known_names)
    stands_for = re.search(rf"\b(?:{rules.pronouns})\b", text, re.IGNORECASE)
    is_open = stands_for and not any(isinstance(part, tuple) for part in own)
    opens_so = re.match(rf"\W*(?:{rules.follows_up})\b", text, re.IGNORECASE)
    goes_on = opens_so and len(own) <= _FEW
    is_one_word = len(_QUESTION_WORD.findall(text)) == 1
    if turns and (is_open or goes_on or is_one_word or not own):
        names = any(isinstance(part, tuple) for part in own)  # they take the place of the earlier
        earlier = asked(turns[-1].question, turns[:-1], language, known_names)
        own += tuple(part for part in earlier if not (names and isinstance(part, tuple)))
    return tuple(dict.fromkeys(own))


def _plain(question: str, language: str | None) -> str:
    """``question`` with nothing contracted, and phrases that are read as one word."""
    text = question.strip().replace("’", "'")
    for written, read in lexicon(language).joined:
        text = re.sub(written, read, text, flags=re.IGNORECASE)
    return joined(text, language)


def _content(
    text: str, small: AbstractSet[str], known_names: AbstractSet[str]
) -> tuple[Name | str, ...]:
    """The names and the words with content, in order; a capital at the beginning means nothing."""
    found: list[list[str] | str] = []
    end = -2
    for word in _QUESTION_WORD.finditer(text):
        low, goes_on = word[0].casefold(), word.start() - end <= 1
        is_capital = word[0][0].isupper() and word.start() > 0
        if (is_capital or low in known_names) and low not in small:
            if not goes_on:
                found.append([])
            found[-1] = [*found[-1], low]
            end = word.end()
        elif goes_on and word[0] == "&":
            end = word.end()
        elif low not in small and (len(low) > 1 or low.isdigit()):
            found.append(low)
    return tuple(part if isinstance(part, str) else tuple(part) for part in found)


# Which sentences of the sources come closest to a question?
#
# Whether one of them answers it takes a judgement, and there is no model here to make it: on
# questions about real pages, the sentence that answers is among the closest three for nine in ten,
# and rules meant to tell an answer from what only looks like one found fewer than half of them.

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
