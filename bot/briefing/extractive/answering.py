"""The sentences of the sources that come closest to a question.

Whether one of them answers it is not decided without a model: on questions about real pages, the
sentence that answers is among the closest three for nine in ten, and rules meant to tell an answer
from what only looks like one found fewer than half of them.
"""

import math
import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from bot.briefing.documents import Document, Excerpt
from bot.briefing.draft import DraftLine
from bot.briefing.extractive.commitments import commitments
from bot.briefing.extractive.selection import denies_previous, has_headline
from bot.briefing.lexicon import lexicon
from bot.briefing.requests import Turn
from bot.briefing.speech import draft_sentence, speaker_of_quotation
from bot.briefing.terms import content_stems

MOST = 3
# The weight of words in the sentence before, which may name what "he" or "it" stands for.
_BEFORE = 0.5
# The bonus of a sentence in which the person asked about says or undertakes something.
_THEIR_OWN = 0.5
_WILL_DO = re.compile(r"\bwill\b.+\bdo\b", re.IGNORECASE)


def closest_sentences(
    question: str, excerpts: Sequence[Excerpt], turns: Sequence[Turn] = ()
) -> tuple[DraftLine, ...]:
    """At most three sentences of ``excerpts`` that have most words of ``question``, weighted by how
    rare they are in their source, the closest first; empty if no sentence has any.

    ``turns`` complete a question that can't be understood alone ("and Klaar?").
    """
    near = [each for excerpt in excerpts for each in _scored_sentences(question, excerpt, turns)]
    ranked = sorted(near, key=lambda each: -each[0])
    return tuple(draft_sentence(document, number) for _, document, number in ranked[:MOST])


def _scored_sentences(
    question: str, excerpt: Excerpt, turns: Sequence[Turn]
) -> Iterator[tuple[float, Document, int]]:
    """Yield the sentences that have words of ``question``, after the score of each."""
    document = excerpt.document
    stems = _question_stems(question, turns, document.language)
    read = [content_stems(document.sentence(n), document.language) for n in excerpt.numbers]
    rarity = {
        word: math.log(1 + len(read) / (1 + sum(word in each for each in read))) for word in stems
    }
    before, claimed = frozenset[str](), 0.0
    people_in = _people_finder(question, document.language)
    for number, own in zip(excerpt.numbers, read, strict=True):
        names = [
            (content_stems(each.split()[-1], document.language), each)
            for each in people_in(document, number)
        ]
        theirs = content_stems(
            " ".join(name for surname, name in names if surname <= stems), document.language
        )
        has = _THEIR_OWN * bool(theirs) + sum(
            weight * (word in own | theirs or _BEFORE * (word in before))
            for word, weight in rarity.items()
        )
        # Whoever is shown a claim is shown its denial.
        if claimed > has and denies_previous(document, number):
            has = claimed
        if has > 0:
            yield has, document, number
        is_headline = number == 1 and has_headline(document)  # over a byline, as a rule
        before, claimed = frozenset() if is_headline else own, has


def _question_stems(question: str, turns: Sequence[Turn], language: str | None) -> frozenset[str]:
    """The content stems of ``question``, and those of the question before if it can't be understood
    alone; the answers are never used."""
    words = lexicon(language)
    plain = question.replace("’", "'")
    own = content_stems(
        re.sub(rf"\b(?:{words.asking})\b", " ", plain, flags=re.IGNORECASE), language
    )
    follows_up = re.match(rf"\W*(?:{words.follows_up})\b", plain, re.IGNORECASE)
    has_pronoun = re.search(rf"\b(?:{words.pronouns})\b", plain, re.IGNORECASE)
    is_open = len(plain.split()) == 1 or has_pronoun or (follows_up and len(own) <= 1)
    if turns and (is_open or not own):
        own |= _question_stems(turns[-1].question, turns[:-1], language)
    return own


_Named = Callable[[Document, int], Iterable[str]]


def _people_finder(question: str, language: str | None) -> _Named:
    """A function for the people who say or undertake something in a sentence, whichever
    ``question`` asks about; for nobody if it asks about neither."""
    verbs = lexicon(language).speech_verbs
    if re.search(rf"\b(?:{verbs})\b", question, re.IGNORECASE):
        return _speakers
    return _actors if _WILL_DO.search(question) else lambda *_: ()


def _speakers(document: Document, number: int) -> Iterable[str]:
    """The people quoted in a sentence, or else its speaker."""
    quoted = (speaker_of_quotation(document, each) for each in document.quotations_in(number))
    named = [each.name for each in quoted if each]
    return named or filter(None, [draft_sentence(document, number).speaker])


def _actors(document: Document, number: int) -> Iterable[str]:
    """The people who undertake something in a sentence."""
    return [each.actor for each in commitments(document, number)]
