"""Who says it: the speakers of a document and the voice of each of its sentences.

A sentence that a speech verb or "according to" governs is somebody's claim. Only what stands
outside quotation marks governs; a sentence inside a long quotation is its speaker's.
"""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple, TypedDict

from bot.briefing.documents import Document, Span
from bot.briefing.draft import Voice
from bot.briefing.lexicon import factored, lexicon
from bot.briefing.speakers import speaker_of_sentence
from bot.briefing.subjects import is_person, leading_names, subject_after, subject_before

_REACH = 200
_CLOSING = frozenset("”\"’'»")
# What is said follows: "that …", a colon, a quotation, or the end of the clause.
_LETS_SPEAK = re.compile(r"\s*(?:[,.:;”\"“‘«—]|$)|\s+that\b|\s+on\s+[A-Z]|\s+in\s+an?\s+\w+")
_ENDS_CLAUSE = re.compile(r"\s*(?:[.,;:)—–-]|$)|\s+(?:in|on|at|during|after|who|from|when|as)\b")


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
    first: re.Pattern[str]
    verb: re.Pattern[str]
    addressing: re.Pattern[str]
    according_to: re.Pattern[str]
    is_role: Callable[[str], bool]
    pronoun: re.Pattern[str]


def attribution(document: Document, number: int) -> Attribution | None:
    """Who says sentence ``number``; None where the source itself tells it."""
    if said := _own_attribution(document, number):
        return said
    quoted = document.quotations_touching(document.sentences[number - 1])
    return next((said for each in quoted if (said := _of_quotation(document, each))), None)


def told(document: Document, number: int, part: Span | None = None) -> Told:
    """Sentence ``number``, or ``part`` of it, as a line of its own: what it says, and where. Where
    somebody says it, that is who is named beside the words; nobody is worked out. Where nobody is
    named, its own words ("the union said", "she said") tell that it is said."""
    named = speaker_of_sentence(document, number) if attribution(document, number) else None
    numbers = [number, *(named.numbers if named else ())]
    return Told(
        evidence=[f"{document.label}{place}" for place in dict.fromkeys(numbers)],
        voice="attributed" if named else _voice(document, number),
        speaker=named.name if named else None,
        text=document.text[slice(*(part or document.sentences[number - 1]))],
    )


def loaded_words(document: Document, number: int) -> list[str]:
    """The words of sentence ``number`` that judge and stand outside quotation marks; inside the
    sentence a capital makes a name of them."""
    words = re.compile(rf"\b(?:{lexicon(document.language).loaded})\b", re.IGNORECASE)
    found = words.finditer(unquoted(document, document.sentences[number - 1]))
    return [word[0] for word in found if word[0][0].islower() or word.start() == 0]


def unquoted(document: Document, span: Span) -> str:
    """The text of ``span`` with everything between quotation marks blanked out, same length."""
    parts, last = list[str](), span.start
    for quotation in document.quotations_touching(span):
        start, end = max(quotation.start, last), min(quotation.end, span.end)
        parts += [document.text[last:start], " " * (end - start)]
        last = max(last, end)
    return "".join([*parts, document.text[last : span.end]])


def _voice(document: Document, number: int) -> Voice:
    """The voice of a sentence beside which nobody is named."""
    if _own_attribution(document, number):
        return "event"
    if attribution(document, number):
        return "attributed"  # it stands in somebody's quotation and does not say so
    return "outlet" if loaded_words(document, number) else "event"


@lru_cache(maxsize=4096)
def _own_attribution(document: Document, number: int) -> Attribution | None:
    """Who says sentence ``number`` by its own words; "he" is whom those before it are about."""
    said = _speaker_of(document, number)
    if said and _patterns(document.language).pronoun.fullmatch(said):
        return _whom_he_means(document, number) or Attribution(said, number)
    return Attribution(said, number) if said else None


def _of_quotation(document: Document, quotation: Span) -> Attribution | None:
    """Who speaks in one of the sentences of a quotation, and so in all of them."""
    first, last = document.number_at(quotation.start), document.number_at(quotation.end - 1)
    inside = range(first, last + 1)
    return next((said for n in inside if (said := _own_attribution(document, n))), None)


def _whom_he_means(document: Document, number: int) -> Attribution | None:
    """The person whom the nearest sentence before ``number`` is about, nobody where it is two."""
    known = lexicon(document.language)
    for earlier in range(number - 1, 0, -1):
        said = _speaker_of(document, earlier)
        if said and _patterns(document.language).pronoun.fullmatch(said):
            continue
        subject = said or leading_names(unquoted(document, document.sentences[earlier - 1]))
        names = subject.split(" and ") if subject else []
        people = [name for name in names if is_person(name, document.text)]
        if len(people) == 1 or known.is_role((subject.split() or [""])[-1]):
            return Attribution(people[0] if people else subject, earlier)
        if people:
            return None
    return None


@lru_cache(maxsize=4096)
def _speaker_of(document: Document, number: int) -> str:
    text = unquoted(document, document.sentences[number - 1])
    return _speaker(_patterns(document.language), text)


def _speaker(patterns: _Patterns, text: str) -> str:
    """Who says ``text``, as written there; empty where it tells without saying who does.

    What stands beside a quotation governs first, then the first verb of the sentence.
    """
    if first := patterns.first.search(text):
        return str(first["who"]).strip()
    verbs = sorted(
        patterns.verb.finditer(text), key=lambda verb: not _follows_quotation(text, verb)
    )
    for verb in verbs:
        if said := _subject(patterns, text, verb):
            return said
    for according in patterns.according_to.finditer(text):
        if said := subject_after(text, according.end(), patterns.is_role):
            return said
    return ""


def _subject(patterns: _Patterns, text: str, verb: re.Match[str]) -> str:
    behind = _behind(patterns, text, verb)
    if behind or _follows_quotation(text, verb):
        return behind
    said = subject_before(text, verb.start(), patterns.is_role)
    is_open = bool(_LETS_SPEAK.match(text, verb.end()))
    is_after_quotation = _before(text, verb).removesuffix(said).rstrip()[-1:] in _CLOSING
    if verb["weak"] and not (is_open or is_after_quotation):
        return ""
    return said


def _behind(patterns: _Patterns, text: str, verb: re.Match[str]) -> str:
    """The subject of "…, said Dana Oru.", where the verb follows a comma or a quotation."""
    is_open = _before(text, verb).endswith(",")
    if not (is_open or _follows_quotation(text, verb)) or patterns.addressing.fullmatch(verb[0]):
        return ""
    said = subject_after(text, verb.end(), patterns.is_role)
    rest = text[text.index(said, verb.end()) + len(said) :] if said else ""
    ends = _follows_quotation(text, verb) or _ENDS_CLAUSE.match(rest)
    return said if said and ends else ""


def _follows_quotation(text: str, verb: re.Match[str]) -> bool:
    return _before(text, verb).rstrip(" ,—–-")[-1:] in _CLOSING


def _before(text: str, verb: re.Match[str]) -> str:
    """As much of what stands before ``verb`` as a mark and a subject take."""
    return text[max(0, verb.start() - _REACH) : verb.start()].rstrip()


@lru_cache(maxsize=16)
def _patterns(language: str | None) -> _Patterns:
    words = lexicon(language)
    return _Patterns(
        first=re.compile(words.said_first),
        verb=re.compile(
            rf"\b(?:(?P<weak>{factored(words.weak_speech_verbs)})|{factored(words.speech_verbs)})\b"
        ),
        addressing=re.compile(words.addressing_verbs),
        according_to=re.compile(rf"\b(?i:{words.according_to})\b"),
        is_role=words.is_role,
        pronoun=re.compile(rf"(?:{words.third_persons})", re.IGNORECASE),
    )
