"""Who says it: the speakers of a document and the voice of each of its sentences.

A sentence that a speech verb or "according to" governs is somebody's claim. Only what stands
outside quotation marks governs; a sentence inside a long quotation is its speaker's.
"""

import re
from functools import lru_cache
from typing import NamedTuple, TypedDict

from bot.briefing.documents import Document, Span
from bot.briefing.draft import Voice
from bot.briefing.lexicon import Lexicon, lexicon

# A name: capitalised words, perhaps with small words between them ("Ursula von der Leyen").
_CAPITAL = "[A-ZÀ-ÖØ-ÞĆČĐŁŚŠŹŻŽŒİŞĞΑ-ΩА-ЯЁІЇЄԱ-Ֆ]"
_PARTICLE = r"(?:de|del|della|der|den|van|von|al|el|bin|ibn|da|dos|du|la|le|of)"
_NAME = rf"(?:{_CAPITAL}[\w’'.-]*\w(?:\s+(?:{_PARTICLE}\s+)*{_CAPITAL}[\w’'.-]*\w){{0,4}})"
_NO_NAME = re.compile(
    r"(?:an?|in|on|at|but|and|it|this|that|these|those|he|she|they|we|i|if|as|while|after|before|"
    r"when|monday|tuesday|wednesday|thursday|friday|saturday|sunday|however|what|there)",
    re.IGNORECASE,
)
# Between a speaker and the verb: an adverb or a day.
_ADVERB = r"(?:,?\s+(?:also|then|later|earlier|again|first|has|had|have|on\s+\w+|\w+ly)\b){0,3}"
_APPOSITION = r",[^,.;“”\"]{2,80},"


class Attribution(NamedTuple):
    """Who says a sentence: ``speaker`` stands letter for letter in sentence ``number``, which is
    another one where "he" says it."""

    speaker: str
    number: int


class Told(TypedDict):
    """A sentence of a source as a line: the fields that every draft line has."""

    evidence: list[str]
    voice: Voice
    speaker: str | None
    text: str


class _Patterns(NamedTuple):
    any_speech: re.Pattern[str]
    names: tuple[re.Pattern[str], ...]
    roles: tuple[re.Pattern[str], ...]
    pronoun: re.Pattern[str]
    anyone: re.Pattern[str]


def attribution(document: Document, number: int) -> Attribution | None:
    """Who says sentence ``number``; None where the source itself tells it."""
    return _attributions(document)[number - 1]


def told(document: Document, number: int) -> Told:
    """Sentence ``number`` as a line of its own: what it says, who says it, and where."""
    said = attribution(document, number)
    numbers = [number] if said is None else [number, said.number]
    return Told(
        evidence=[f"{document.label}{place}" for place in dict.fromkeys(numbers)],
        voice=_voice(document, number, said),
        speaker=said.speaker if said else None,
        text=document.sentence(number),
    )


def loaded_words(document: Document, number: int) -> list[str]:
    """The words of sentence ``number`` that judge and stand outside quotation marks."""
    words = re.compile(rf"\b(?:{lexicon(document.language).loaded})\b", re.IGNORECASE)
    return words.findall(unquoted(document, document.sentences[number - 1]))


def unquoted(document: Document, span: Span) -> str:
    """The text of ``span`` with everything between quotation marks blanked out, same length."""
    text = document.text[slice(*span)]
    for quotation in document.quotations_touching(span):
        start, end = max(quotation.start, span.start), min(quotation.end, span.end)
        text = text[: start - span.start] + " " * (end - start) + text[end - span.start :]
    return text


def _voice(document: Document, number: int, said: Attribution | None) -> Voice:
    if said is not None:
        return "attributed"
    return "outlet" if loaded_words(document, number) else "event"


@lru_cache(maxsize=32)
def _attributions(document: Document) -> tuple[Attribution | None, ...]:
    patterns = _patterns(lexicon(document.language))
    found: list[Attribution | None] = []
    named: Attribution | None = None
    for number, span in enumerate(document.sentences, 1):
        said = _governing(patterns, unquoted(document, span), number, named)
        named = said or named
        found.append(said)
    for quotation in document.quotations:
        _spread(document, quotation, found)
    return tuple(found)


def _governing(
    patterns: _Patterns, text: str, number: int, named: Attribution | None
) -> Attribution | None:
    """Who says ``text``; ``named`` is who spoke last, for "he added"."""
    if not patterns.any_speech.search(text):
        return None
    for pattern in patterns.names:
        for match in pattern.finditer(text):
            if name := _bare_name(match[1]):
                return Attribution(name, number)
    for pattern in patterns.roles:
        if match_of_role := pattern.search(text):
            return Attribution(match_of_role[1], number)
    if named and patterns.pronoun.search(text):
        return named
    anyone = patterns.anyone.search(text)
    return Attribution(anyone[1], number) if anyone else None


def _spread(document: Document, quotation: Span, found: list[Attribution | None]) -> None:
    """Give every sentence of a quotation to whoever speaks in one of them."""
    first, last = document.number_at(quotation.start), document.number_at(quotation.end - 1)
    inside = range(first - 1, last)
    said = next((found[i] for i in inside if found[i] is not None), None)
    for index in inside:
        if said is not None and found[index] is None:
            found[index] = said


@lru_cache(maxsize=16)
def _patterns(words: Lexicon) -> _Patterns:
    says = rf"\b(?i:{words.speech_verbs})\b"
    verb = rf"\b(?i:{words.speech_verbs}|{words.addressing_verbs})\b"
    role = rf"((?:[Tt]he|[Aa]n?)\s+(?:[\w’'-]+\s+){{0,4}}?(?i:{words.roles})\b(?:\s+of\s+{_NAME})?)"
    return _Patterns(
        any_speech=re.compile(rf"\b(?i:{words.according_to})\b|{verb}"),
        names=(
            re.compile(rf"\b(?i:{words.according_to})\s+((?:the\s+)?{_NAME})"),
            re.compile(rf"({_NAME}){_ADVERB},?\s+{verb}"),
            re.compile(rf"{says}\s+({_NAME})"),
            re.compile(rf"({_NAME}){_APPOSITION}{_ADVERB}\s+{verb}"),
        ),
        roles=(re.compile(rf"{says}\s+{role}"), re.compile(rf"{role}{_ADVERB}\s+{verb}")),
        pronoun=re.compile(rf"\b(?i:{words.third_persons}){_ADVERB}\s+{verb}"),
        anyone=re.compile(
            rf"((?:\b(?i:the|an?|some|several|many|two|three)\s+)?(?:[\w’'-]+\s+)?[\w’'-]+)"
            rf"{_ADVERB}\s+{verb}"
        ),
    )


def _bare_name(name: str) -> str:
    """``name`` without the words before and after it that are none ("On Monday", "’s")."""
    words = name.split()
    while words and _NO_NAME.fullmatch(words[0]):
        words.pop(0)
    found = name[name.index(words[0]) :] if words else ""
    return "" if found.lower() in ("the", "") else re.sub(r"[’']s$", "", found)
