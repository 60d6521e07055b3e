"""Does a line state as a fact what somebody says in its passages?

Whether it names the right speaker is for the judge: roles, pronouns and shared surnames defeated
every rule that was tried.
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from bot.briefing.checks.statement import Statement
from bot.briefing.checks.wording import compared
from bot.briefing.documents import Document, Passage, Span
from bot.briefing.lexicon import factored, lexicon
from bot.briefing.lexicon.speaking import SPEAKING
from bot.briefing.lines import Reason
from bot.briefing.quotation_marks import quoted_in
from bot.briefing.speech import attribution as said_in

_PRONOUN = re.compile(r"he|she|it|they|we|i|you|who|one|both", re.IGNORECASE)


def attribution(statement: Statement) -> list[Reason]:
    """Why a line that somebody says in the passages leaves out that anybody says so."""
    if statement.is_detail or statement.speaker or own_speaker(statement) or _lets_speak(statement):
        return []
    if statement.is_translation:
        told = [(p.text, statement.library[p.document].language) for p in statement.passages]
        if _is_said(statement.text, statement.language) or not any(_is_said(*e) for e in told):
            return []
        return [Reason("attribution", "It leaves out that this is somebody’s claim.", "doubt")]
    names = [name for passage in statement.passages for name in _speakers(statement, passage)]
    known = list(dict.fromkeys(filter(None, names)))[:2]
    if not known or None in names or not compared(statement).are_alike:
        return []
    return [Reason("attribution", f"It leaves out that {' and '.join(known)} says so.", "doubt")]


def is_pronoun(speaker: str) -> bool:
    """Whether ``speaker`` only stands for somebody ("he")."""
    return _PRONOUN.fullmatch(speaker) is not None


def _speakers(statement: Statement, passage: Passage) -> Iterator[str | None]:
    """Who says each sentence of ``passage``; None for what its source itself tells."""
    document = statement.library[passage.document]
    last = document.number_at(max(passage.start, passage.end - 1))
    for number in range(document.number_at(passage.start), last + 1):
        said = said_in(document, number)
        yield said.speaker if said else None


def own_speaker(statement: Statement) -> str:
    """Who says the line by its own words, as written there; empty for nobody."""
    return _own_speaker(statement.text, statement.language)


@lru_cache(maxsize=512)
def _own_speaker(text: str, language: str | None) -> str:
    if not _speech(language).search(text):
        return ""
    whole = (Span(0, len(text)),)
    said = said_in(Document("line", text, whole, whole, quoted_in(text), 1, language), 1)
    if said is None:
        return ""
    # "The purchase, announced on Tuesday, …" announces nothing.
    words = lexicon(language)
    verbs = f"{words.speech_verbs}|{words.weak_speech_verbs}"
    is_told_of = re.search(rf"{re.escape(said.speaker)}, (?:{verbs})\b", text)
    return "" if is_told_of else said.speaker


def _lets_speak(statement: Statement) -> bool:
    """Whether the line has any word by which somebody speaks, or is half a quotation."""
    hearsay = rf"\b(?:{lexicon(statement.language).second_hand})\b"
    return bool(
        _speech(statement.language).search(statement.text)
        or re.search(hearsay, statement.text, re.IGNORECASE)
        or 2 * sum(end - start for start, end in quoted_in(statement.text)) > len(statement.text)
    )


@lru_cache(maxsize=16)
def _speech(language: str | None) -> re.Pattern[str]:
    known = lexicon(language)
    listed = (
        known.speech_verbs, known.weak_speech_verbs, known.according_to, known.denial,
        known.agreement, known.pledge, known.proposal,
    )  # fmt: skip
    return re.compile(rf"\b[وف]?(?:{factored(*listed)})\b", re.IGNORECASE)


def _is_said(text: str, language: str | None) -> bool:
    words = SPEAKING.get(language or "en")
    return words is not None and _whole(words).search(text) is not None


@cache
def _whole(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)
