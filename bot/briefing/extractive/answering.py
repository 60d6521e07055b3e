"""Which sentences of the sources answer a question, and which come nearest where none does?

A sentence answers only if it has the names and the words of the question, in any form or in
words that say the same, and holds the kind of thing that is asked for where it belongs to them.
What a question leaves open is never filled with what is usual: no answer is the better one.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from bot.briefing.draft import DraftLine
from bot.briefing.extractive.asked import Asked
from bot.briefing.extractive.conversation import asked
from bot.briefing.extractive.kinds import Match, holds
from bot.briefing.extractive.roots import is_form
from bot.briefing.extractive.words import (
    Name,
    Places,
    Sentence,
    before,
    is_name_form,
    known_names,
    sentences,
)
from bot.briefing.lexicon import lexicon
from bot.briefing.lexicon.questions import asking
from bot.briefing.passages import Excerpt
from bot.briefing.people import role_of
from bot.briefing.requests import Turn
from bot.briefing.speech import Attribution, attribution, told

_MOST_LINES, _MOST_NEAREST = 3, 2
# Where one sentence has all of a question, one that has less adds nothing.
_OF_THE_BEST = 0.75
# The share of a question's names and words that a passage near it has, and that one has which is
# near it by the very word.
_NEAR, _NEAR_BY_THE_WORD = 0.5, 0.3
# Of so many names and words of a question one may be said otherwise.
_MANY = 5
# Here a name that is the speaker's may be the answer, or belongs to it ("said Velm's mayor").
_ABOUT_SPEAKERS = ("speaker", "person")
# A verb stands within so many words of its subject.
_NEAR_ITS_VERB = 8


class Found(NamedTuple):
    """What the sources say to a question: ``lines`` that answer it, or else the ``nearest``."""

    lines: tuple[DraftLine, ...]
    nearest: tuple[DraftLine, ...]


class _Candidate(NamedTuple):
    """A sentence, the share of the question that it has, how many of its very words and of its
    hints, and whether it answers."""

    sentence: Sentence
    share: float
    very_words: int
    hints: int
    answers: bool

    @property
    def line(self) -> DraftLine:
        return DraftLine(**told(self.sentence.document, self.sentence.number))

    @property
    def merit(self) -> tuple[float, int]:
        return self.share, self.hints + self.very_words

    @property
    def is_near(self) -> bool:
        return self.share >= (_NEAR_BY_THE_WORD if self.very_words else _NEAR)


def found_answer(question: str, excerpts: Sequence[Excerpt], turns: Sequence[Turn] = ()) -> Found:
    """The sentences of ``excerpts`` that answer ``question``; at most three, or two nearest ones.

    ``turns`` complete a question that only follows up ("and Klaar?").
    """
    candidates = [found for excerpt in excerpts for found in _candidates(question, excerpt, turns)]
    ranked = sorted(candidates, key=lambda found: found.merit, reverse=True)
    answering = [found for found in ranked if found.answers]
    if answering:
        best = [each for each in answering if each.share >= _OF_THE_BEST * answering[0].share]
        chosen = best[:_MOST_LINES]
        return Found(tuple(found.line for found in candidates if found in chosen), ())
    near = [found for found in ranked if found.is_near][:_MOST_NEAREST]
    return Found((), tuple(found.line for found in near))


def _candidates(question: str, excerpt: Excerpt, turns: Sequence[Turn]) -> Iterator[_Candidate]:
    """The sentences of ``excerpt`` that have anything of the question."""
    document = excerpt.document
    what = asked(question, turns, document.language, known_names(document))
    told = sentences(document)
    read = [told[number - 1] for number in excerpt.numbers]
    answers = _is_said if what.kind == "saying" else _is_told
    claimed = 0.0
    for place, sentence in enumerate(read):
        has = _parts(what, sentence)
        share = sum(bool(part) for part in has) / max(len(has), 1)
        is_answer = (share > 0 or what.kind == "saying") and answers(what, read, place)
        if claimed and not is_answer and _denies(sentence, read[place - 1]):
            share, is_answer = claimed, True
        claimed = share if is_answer else 0.0
        if share > 0 or is_answer:
            very_words = sum(word in sentence.lows for word in what.words)
            hints = sum(bool(sentence.places(word)) for word in what.hints)
            yield _Candidate(sentence, share, very_words, hints, is_answer)


def _denies(sentence: Sentence, claim: Sentence) -> bool:
    """Whether ``sentence`` denies what somebody says in the one before, ``claim``: whoever is
    shown the one is shown the other."""
    denial = lexicon(sentence.language).denial
    return (
        sentence.paragraph == claim.paragraph
        and re.search(rf"\b(?:{denial})\b", sentence.text, re.IGNORECASE) is not None
        and attribution(claim.document, claim.number) is not None
    )


def _parts(what: Asked, sentence: Sentence) -> list[Places]:
    """Where each name and each word of the question stands in ``sentence``."""
    names = [sentence.name(name) for name in (*what.speaker_names, *what.names)]
    return names + [sentence.places(word) for word in (*what.speaker_words, *what.words)]


def _is_told(what: Asked, read: Sequence[Sentence], place: int) -> bool:
    """Whether the sentence at ``place`` has all that is asked, and holds the answer."""
    sentence = read[place]
    match = Match(what, sentence, frozenset[int]().union(*_parts(what, sentence)))
    return (
        all(sentence.name(name) or _is_meant(name, read, place) for name in what.names)
        and _has_enough(what, read, place)
        and _is_in_its_time(what, sentence)
        and holds(match)
        and not _only_speaks(what, sentence)
    )


def _is_meant(name: Name, read: Sequence[Sentence], place: int) -> bool:
    """Whether "he" or "it" in the sentence at ``place`` may be ``name``."""
    return any(earlier.name(name) for earlier in before(read, place))


def _has_enough(what: Asked, read: Sequence[Sentence], place: int) -> bool:
    """Whether the words stand in the sentence, all but a thing that "it" may be, or one of many;
    what is counted always does."""
    missing = [word for word in what.words if not read[place].places(word)]
    if not missing:
        return True
    if len(missing) > 1 or missing[0] == what.focus or len(what.words) == 1:
        return False
    if any(earlier.places(missing[0]) for earlier in before(read, place)):
        return what.is_thing(missing[0])
    return len(what.words) + len(what.names) >= _MANY


def _is_in_its_time(what: Asked, sentence: Sentence) -> bool:
    """Whether what is asked as done is told as done, and what is to come as to come."""
    if what.kind in (None, "truth", "reason", "measure", "age") or not what.words:
        return True
    rules = asking(sentence.language)
    unlike = rules.undone if what.is_past else rules.done if what.is_future else r"(?!)"
    places = sentence.places(what.words[-1])
    return not places or any(not _follows(unlike, sentence, place) for place in places)


def _follows(words: str, sentence: Sentence, place: int) -> bool:
    around = [low for low in sentence.lows[max(0, place - 2) : place] if low not in ("not", "be")]
    return bool(around) and re.fullmatch(words, around[-1]) is not None


def _only_speaks(what: Asked, sentence: Sentence) -> bool:
    """Whether one of the names is only that of who says the sentence: it tells nothing of them."""
    said = attribution(sentence.document, sentence.number)
    says_of_himself = not {"he", "she", "they", "it"}.isdisjoint(sentence.lows)
    if said is None or says_of_himself or what.kind in _ABOUT_SPEAKERS or what.is_about_speech:
        return False
    speaker = _words(said.speaker)
    return any(name[-1] in speaker and len(sentence.name(name)) == 1 for name in what.names)


def _is_said(what: Asked, read: Sequence[Sentence], place: int) -> bool:
    """Whether the X of "what did X say about Y" says the sentence, and it speaks of the Y."""
    sentence = read[place]
    said = attribution(sentence.document, sentence.number)
    speaks = said is not None and _is_speaker(what, said, sentence)
    if not (speaks or any(_declares(name, sentence) for name in what.speaker_names)):
        return False
    around = [sentence, *before(read, place)]
    return all(any(each.name(name) for each in around) for name in what.names) and all(
        any(each.places(word) for each in around) for word in what.words
    )


def _declares(name: Name, sentence: Sentence) -> bool:
    """Whether ``name`` is followed by a verb that tells what they said ("ruled out")."""
    declaring = re.compile(rf"(?:{asking(sentence.language).declaring})\b")
    return any(
        declaring.match(sentence.text, start)
        for place in sentence.name(name)
        for start in sentence.starts[place + 1 : place + _NEAR_ITS_VERB]
    )


def _is_speaker(what: Asked, said: Attribution, sentence: Sentence) -> bool:
    """Whether who says it is whom the question names, by name or by what they are."""
    speaker = _words(said.speaker)
    if what.speaker_names:
        last = [name[-1] for name in what.speaker_names]
        return any(is_name_form(low, name, what.language) for name in last for low in speaker)
    role = role_of(sentence.document, said.speaker)
    known = [*speaker, *_words(role.role or "")] if role else speaker
    return bool(what.speaker_words) and all(
        any(is_form(low, word, what.language) for low in known) for word in what.speaker_words
    )


def _words(text: str) -> list[str]:
    return [word.casefold() for word in re.findall(r"\w+", text)]
