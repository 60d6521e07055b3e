"""Does a line state as a fact what somebody says in its passages?

Whether it names the right speaker is for the judge: roles, pronouns and shared surnames defeated
every rule that was tried.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from bot.briefing.checks.statement import Statement
from bot.briefing.checks.wording import compared, wording
from bot.briefing.documents import Document, Passage, Span
from bot.briefing.lexicon import factored, lexicon
from bot.briefing.lines import Reason
from bot.briefing.quotation_marks import quoted_in
from bot.briefing.speech import attribution as said_in

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_SMALL = frozenset(
    ("the", "a", "an", "his", "her", "its", "their", "our", "some", "of", "for", "and", "mr", "mrs")
)
# A passage that holds so much of what the best one holds may tell the same.
_MOST_OF_IT = 0.6
_PRONOUN = re.compile(r"he|she|it|they|we|i|you|who|one|both", re.IGNORECASE)


def attribution(statement: Statement) -> list[Reason]:
    """Why a line that somebody says in the passages leaves out that anybody says so."""
    if statement.is_detail or statement.is_translation or names_a_speaker(statement):
        return []
    names = _who_says_it(statement) if compared(statement).are_alike else []
    if names and not _takes_a_stance(statement, names):
        return [Reason("attribution", f"It leaves out that {' and '.join(names[:2])} says so.")]
    return []


def names_a_speaker(statement: Statement) -> bool:
    """Whether the line names who says it, or lets anybody speak."""
    return bool(statement.speaker or own_speaker(statement)) or _lets_speak(statement)


def _who_says_it(statement: Statement) -> list[str]:
    """Who says what the line says; nobody where its source tells any of it itself."""
    told = [
        name
        for passage in _bearing(statement)
        if not _is_told_before(statement, passage)
        for name in speakers(statement, passage)
    ]
    return [] if None in told else list(dict.fromkeys(name for name in told if name))


def _bearing(statement: Statement) -> list[Passage]:
    """The passages that hold most of the line, or something of it that no other does: what is only
    cited beside a claim makes no fact of it."""
    language = statement.language
    line = wording(statement.text, language).places.keys()
    held = [line & wording(passage.text, language).places.keys() for passage in statement.passages]
    most = max(map(len, held), default=0)
    return [
        passage
        for place, passage in enumerate(statement.passages)
        if len(held[place]) >= _MOST_OF_IT * most
        or held[place] - set().union(*held[:place], *held[place + 1 :])
    ]


def is_pronoun(speaker: str) -> bool:
    """Whether ``speaker`` only stands for somebody ("he")."""
    return _PRONOUN.fullmatch(speaker) is not None


def speakers(statement: Statement, passage: Passage) -> Iterator[str | None]:
    """Who says each sentence of ``passage``; None for what its source itself tells."""
    document = statement.library[passage.document]
    last = document.number_at(max(passage.start, passage.end - 1))
    for number in range(document.number_at(passage.start), last + 1):
        said = said_in(document, number)
        yield said.speaker if said else None


def _is_told_before(statement: Statement, passage: Passage) -> bool:
    """Whether the line is of the part of a sentence before somebody speaks ("It owes 3 million,
    and Lind has said that …"), which its source itself tells."""
    language = statement.library[passage.document].language
    clauses = re.split(r"(?:, (?:and|but|while)|;) ", passage.text, maxsplit=1)
    if len(clauses) < 2 or _speech(language).search(clauses[0]):
        return False
    if not any(
        clauses[1][verb.end() :].startswith(" that ")
        for verb in _speech(language).finditer(clauses[1])
    ):
        return False
    line, first = wording(statement.text, statement.language), wording(clauses[0], language)
    return line.places.keys() <= first.places.keys()


def own_speaker(statement: Statement) -> str:
    """Who says the line by its own words, as written there; empty for nobody."""
    return _own_speaker(statement.text, statement.language)


@lru_cache(maxsize=512)
def _own_speaker(text: str, language: str | None) -> str:
    if not _speaks(text, language):
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
        _speaks(statement.text, statement.language)
        or re.search(hearsay, statement.text, re.IGNORECASE)
        or 2 * sum(end - start for start, end in quoted_in(statement.text)) > len(statement.text)
    )


def _takes_a_stance(statement: Statement, names: list[str]) -> bool:
    """Whether the line has who speaks do so in other words than "said" ("Lind threatened to")."""
    stances = lexicon(statement.language).stances
    return any(
        re.search(rf"\b{re.escape(last)}\b(?: \w+){{0,2}} (?:{stances})\b", statement.text)
        for name in names
        for last in _content(name)[-1:]
    )


@lru_cache(maxsize=512)
def _speaks(text: str, language: str | None) -> bool:
    return _speech(language).search(text) is not None


@lru_cache(maxsize=16)
def _speech(language: str | None) -> re.Pattern[str]:
    known = lexicon(language)
    listed = (
        known.speech_verbs, known.weak_speech_verbs, known.according_to, known.denial,
        known.agreement, known.pledge, known.proposal,
    )  # fmt: skip
    return re.compile(rf"\b[وف]?(?:{factored(*listed)})\b", re.IGNORECASE)


def _content(name: str) -> list[str]:
    return [word for word in _WORD.findall(name) if len(word) > 1 and word.lower() not in _SMALL]
