"""Does the line say who says it, and is that who says it in the passages?

A claim never becomes a fact: where somebody says all that is cited, a line is told as theirs. And
it is theirs alone: words of one are not given to another who is named beside them.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from bot.briefing.checks.cited import cited
from bot.briefing.checks.statement import Statement
from bot.briefing.checks.wording import wording
from bot.briefing.documents import Document, Passage, Span
from bot.briefing.lexicon import factored, lexicon
from bot.briefing.lines import Reason
from bot.briefing.quotation_marks import quoted_in
from bot.briefing.speech import attribution as said_in

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_SMALL = frozenset(
    ("the", "a", "an", "his", "her", "its", "their", "our", "some", "of", "for", "and", "mr", "mrs")
)
# What may stand between a subject and its verb, or an office and a name.
_FEW = r"(?:['’]s)?(?: [\w-]+){0,3}?,? "
# A passage that holds so much of what the best one holds may tell the same.
_MOST_OF_IT = 0.6
_PRONOUN = re.compile(r"he|she|it|they|we|i|you|who|one|both", re.IGNORECASE)


def attribution(statement: Statement) -> list[Reason]:
    """Why a claim is told as a fact, or its speaker is left out or another."""
    if statement.is_detail:
        return []
    speakers = [
        name
        for passage in _bearing(statement)
        if not _is_told_before(statement, passage)
        for name in _speakers(statement, passage)
    ]
    names = list(dict.fromkeys(name for name in speakers if name))
    is_claim = bool(names) and None not in speakers
    said_by = " and ".join(names[:2])
    if is_claim and statement.voice in {"event", "outlet"}:
        instead = "what happened" if statement.voice == "event" else "the outlet"
        told = f"{cited(statement)} is what {said_by} says, not {instead}."
        return [Reason("attribution", told)]
    if statement.is_translation:
        return []
    in_line = own_speaker(statement)
    own = [name for name in (statement.speaker, in_line) if name]
    whose = [{name for name in names if _share_a_word(each, name)} for each in own]
    if all(whose) and len(whose) > 1 and whose[0].isdisjoint(whose[1]):
        return [Reason("attribution", f"It names {in_line}, and {own[0]} beside it.")]
    is_told = own or _lets_speak(statement) or _takes_a_stance(statement, names)
    if is_claim and not is_told:
        return [Reason("attribution", f"It leaves out that {said_by} says so.")]
    wrong = dict.fromkeys(name for name in own if not _may_say_so(statement, name, names))
    who = f"{said_by} says so" if names else "nobody says so"
    return [Reason("attribution", f"In {cited(statement)} {who}, not {name}.") for name in wrong]


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


def _share_a_word(one: str, other: str) -> bool:
    words, others = ({word.casefold() for word in _WORD.findall(each)} for each in (one, other))
    return not words.isdisjoint(others - _SMALL)


def is_pronoun(speaker: str) -> bool:
    """Whether ``speaker`` only stands for somebody ("he")."""
    return _PRONOUN.fullmatch(speaker) is not None


def _may_say_so(statement: Statement, own: str, names: list[str]) -> bool:
    """Whether ``own`` may be who says the line, where ``names`` say its passages.

    Names that the passages lack are left to the check of names.
    """
    if is_pronoun(own):
        return True
    texts = (*(passage.text for passage in statement.passages), *names)
    known = {word.casefold() for text in texts for word in _WORD.findall(text)}
    is_there = all(word.casefold() in known for word in _content(own))
    if not names:
        speech = _speech(statement.language)
        return is_there or statement.speaker is not None or any(map(speech.search, texts))
    if not is_there or any(_is_same(own, name) for name in names):
        return True
    language = statement.language
    return any(_speaks_too(own, names, each, language) for each in statement.passages)


def _speakers(statement: Statement, passage: Passage) -> Iterator[str | None]:
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
    return said.speaker if said else ""


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


def _is_same(own: str, name: str) -> bool:
    """Whether two speakers may be one: by a name that both have, or by what both are; one who is
    only called by an office may be anybody."""
    ours, theirs = _content(own), _content(name)
    our_names, their_names = _capitals(ours), _capitals(theirs)
    if our_names and their_names:
        return bool(our_names & their_names)
    if our_names or their_names or not (ours and theirs):
        return True
    return bool({word.casefold() for word in ours} & {word.casefold() for word in theirs})


def _capitals(words: Iterable[str]) -> set[str]:
    return {word.casefold() for word in words if word[0].isupper()}


def _speaks_too(own: str, names: list[str], passage: Passage, language: str | None) -> bool:
    """Whether ``own`` stands before a verb of speech of its own, or belongs to who speaks ("the
    Kremlin’s spokesman, Dmitri Peskov")."""
    head, verb = re.escape(_content(own)[-1]), _speech(language)
    ends = [verb.pattern, *(re.escape(name) for name in names)]
    return any(
        not any(name in near["few"] for name in names) and not verb.search(near["few"])
        for end in ends
        for near in re.finditer(rf"\b{head}\b(?P<few>{_FEW}){end}", passage.text, re.IGNORECASE)
    )
