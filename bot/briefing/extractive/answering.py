"""Which sentences of the sources come closest to a question?

Whether one of them answers it takes a judgement, and there is no model here to make it: on
questions about real pages, the sentence that answers is among the closest three for nine in ten,
and rules meant to tell an answer from what only looks like one found fewer than half of them.
"""

import math
import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from bot.briefing.documents import Document, Excerpt
from bot.briefing.draft import DraftLine
from bot.briefing.extractive.commitments import commitments
from bot.briefing.extractive.selection import denies_the_last
from bot.briefing.lexicon import lexicon
from bot.briefing.requests import Turn
from bot.briefing.speech import draft_sentence, speaker_of_quotation
from bot.briefing.terms import content_stems

MOST = 3
# What the sentence before says counts for; it may name what "he" or "it" stands for.
_BEFORE = 0.5
# What a sentence gains that somebody says, or undertakes in it, whom the question asks about.
_THEIR_OWN = 0.5
_WILL_DO = re.compile(r"\bwill\b.+\bdo\b", re.IGNORECASE)


def closest_sentences(
    question: str, excerpts: Sequence[Excerpt], turns: Sequence[Turn] = ()
) -> tuple[DraftLine, ...]:
    """The sentences of ``excerpts`` that have most of ``question``, what is rare in their source
    most of all, the closest first; at most three, none where no sentence has anything of it.

    ``turns`` complete a question that can't be understood alone ("and Klaar?").
    """
    near = [each for excerpt in excerpts for each in _near(question, excerpt, turns)]
    ranked = sorted(near, key=lambda each: -each[0])
    return tuple(draft_sentence(document, number) for _, document, number in ranked[:MOST])


def _near(
    question: str, excerpt: Excerpt, turns: Sequence[Turn]
) -> Iterator[tuple[float, Document, int]]:
    """The sentences that have something of ``question``, each with how much."""
    document = excerpt.document
    asked = _asked(question, turns, document.language)
    read = [content_stems(document.sentence(n), document.language) for n in excerpt.numbers]
    rarity = {
        word: math.log(1 + len(read) / (1 + sum(word in each for each in read))) for word in asked
    }
    before, claimed = frozenset[str](), 0.0
    of_whom = _whose(question, document.language)
    for number, own in zip(excerpt.numbers, read, strict=True):
        names = [
            (content_stems(each.split()[-1], document.language), each)
            for each in of_whom(document, number)
        ]
        theirs = content_stems(
            " ".join(name for surname, name in names if surname <= asked), document.language
        )
        has = _THEIR_OWN * bool(theirs) + sum(
            weight * (word in own | theirs or _BEFORE * (word in before))
            for word, weight in rarity.items()
        )
        # Whoever is shown a claim is shown its denial.
        if claimed > has and denies_the_last(document, number):
            has = claimed
        if has > 0:
            yield has, document, number
        before, claimed = own, has


def _asked(question: str, turns: Sequence[Turn], language: str | None) -> frozenset[str]:
    """The content words of ``question``, and those of the question before where it can't be
    understood alone; the answers are never used."""
    words = lexicon(language)
    plain = question.replace("’", "'")
    own = content_stems(
        re.sub(rf"\b(?:{words.asking})\b", " ", plain, flags=re.IGNORECASE), language
    )
    opens_so = re.match(rf"\W*(?:{words.follows_up})\b", plain, re.IGNORECASE)
    stands_for = re.search(rf"\b(?:{words.pronouns})\b", plain, re.IGNORECASE)
    is_open = len(plain.split()) == 1 or stands_for or (opens_so and len(own) <= 1)
    if turns and (is_open or not own):
        own |= _asked(turns[-1].question, turns[:-1], language)
    return own


_Named = Callable[[Document, int], Iterable[str]]


def _whose(question: str, language: str | None) -> _Named:
    """Who says or undertakes what a sentence holds, as far as ``question`` asks for that."""
    said = lexicon(language).speech_verbs
    if re.search(rf"\b(?:{said})\b", question, re.IGNORECASE):
        return _speakers
    return _actors if _WILL_DO.search(question) else lambda *_: ()


def _speakers(document: Document, number: int) -> Iterable[str]:
    """Who is quoted in a sentence, or else says it."""
    quoted = (speaker_of_quotation(document, each) for each in document.quotations_in(number))
    named = [each.name for each in quoted if each]
    return named or filter(None, [draft_sentence(document, number).speaker])


def _actors(document: Document, number: int) -> Iterable[str]:
    """Who undertakes something in a sentence."""
    return [each.actor for each in commitments(document, number)]
