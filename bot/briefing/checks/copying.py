"""Does a line that copies its passages copy them truly?

A writer who takes a sentence over word for word has no reason to change one word of it. So where
most of a line is copied, a content word of its own is an addition or another word put in the
place of the true one; "all", "only" and "because" are no small words there; and a word that
stands beside none of its neighbours was moved, as when two names change places. What a writer
tells in words of his own is left to the other checks.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from bot.briefing.checks.cited import cited
from bot.briefing.checks.denied import negative
from bot.briefing.checks.rows import ANY_NUMBER, RUN, Row, Unit, Word, is_of_measure, row
from bot.briefing.checks.statement import Statement
from bot.briefing.checks.wording import wording
from bot.briefing.lexicon import factored, function_words, lexicon
from bot.briefing.lines import Reason
from bot.briefing.quotation_marks import quoted_in

# This share of a line in copied runs makes it a copy, and so does that share of a passage, however
# much was added to it.
_SHARE = 0.75
_WHOLE = 0.9
_FEWEST_WORDS = 6


def copying(statement: Statement) -> list[Reason]:
    """One reason for every word that a copied line has added, changed or moved."""
    if statement.is_translation or statement.is_detail or _is_of_a_whole_text(statement):
        return []
    line = row(_unquoted(statement.text), statement.language)
    passages = [
        row(passage.text, statement.library[passage.document].language)
        for passage in statement.passages
    ]
    if not _is_a_copy(line, passages):
        return []
    language, where = statement.language, cited(statement)
    is_denied = any(
        negative(wording(passage.text, language), language) for passage in statement.passages
    )
    own = [
        f"{where} is copied, but “{word}” is not in it."
        for word in _own(line, passages, language)
        if not (is_denied and word.lower() in _denials(language))
    ]
    moved = [
        f"“{word}” stands elsewhere in {where}."
        for word in _moved(line, passages)
        if word not in function_words(language)
    ]
    return [Reason("words", message) for message in dict.fromkeys((*own, *moved))]


def _is_of_a_whole_text(statement: Statement) -> bool:
    """Whether the line points at no sentences, but is held to all that a source says."""
    return any(
        passage.end - passage.start == len(document.text) and len(document.sentences) > 1
        for passage in statement.passages
        for document in [statement.library[passage.document]]
    )


def _is_a_copy(line: Row, passages: Sequence[Row]) -> bool:
    if len(line.frame) < _FEWEST_WORDS:
        return False
    if _shared(line, passages) >= _SHARE:
        return True
    return any(len(each.frame) > RUN and _shared(each, [line]) >= _WHOLE for each in passages)


def _shared(one: Row, others: Sequence[Row]) -> float:
    """The share of ``one`` that stands in a run which is among those of ``others``."""
    known = set().union(*(other.runs for other in others))
    found = {
        place + step for place, run in enumerate(one.runs) if run in known for step in range(RUN)
    }
    return len(found) / len(one.frame)


def _own(line: Row, passages: Sequence[Row], language: str | None) -> Iterator[str]:
    """The words that carry something and are in no passage. Numbers have a check of their own."""
    known = frozenset[str]().union(*(passage.keys for passage in passages))
    for word in line.words:
        if word.key not in known and not word.is_number and not _is_harmless(word, language):
            yield word.text
    for ours, others in _genders(language):
        if others & known and not ours & known:
            yield from (word.text for word in line.words if word.key in ours)


def _moved(line: Row, passages: Sequence[Row]) -> Iterator[str]:
    """The words that have none of their neighbours near them in any passage: of a name or a
    number the nearest, of another word one of the four."""
    for place, unit in enumerate(line.units):
        ours, theirs = _reach(unit)
        near = [key for other in line.around(place, ours) for key in other.keys]
        is_there = any(
            _is_beside(unit, near, other, theirs) or (place == 0 and _opens(unit, near, other))
            for other in passages
        )
        if not near or (is_there and _is_together(unit, passages)):
            continue
        if any(_has(other, unit, is_first=place == 0) for other in passages):
            yield " ".join(word.text for word in unit.words)


def _is_beside(unit: Unit, near: Sequence[str], other: Row, reach: int) -> bool:
    """Whether ``other`` has ``unit`` within ``reach`` of one of ``near``."""
    return any(
        0 < abs(place - there) <= reach
        for key in unit.keys
        if key != ANY_NUMBER
        for place in other.places.get(key, ())
        for beside in near
        for there in other.places.get(beside, ())
    )


def _opens(unit: Unit, near: Sequence[str], other: Row) -> bool:
    """Whether ``other`` begins with ``unit``, and has one of ``near`` anywhere behind it: a clause
    between a subject and its verb may be left out."""
    is_first = bool(other.units) and not unit.keys.isdisjoint(other.units[0].keys)
    return is_first and any(other.places.get(key, (0,))[-1] > 0 for key in near)


def _has(other: Row, unit: Unit, *, is_first: bool) -> bool:
    if is_first and other.units and not unit.keys.isdisjoint(other.units[0].keys):
        return True
    return any(key != ANY_NUMBER and key in other.places for key in unit.keys)


def _reach(unit: Unit) -> tuple[int, int]:
    """How far around it its neighbours are looked for, in a line and in its passages."""
    if unit.words[0].is_number:
        return 1, 1
    return (1, 2) if unit.words[0].is_name else (2, 3)


def _is_together(name: Unit, passages: Sequence[Row]) -> bool:
    """Whether the words of a name stand side by side somewhere, "Secretary" and "Blinken" with
    one more between them at most."""
    return len(name.words) == 1 or any(
        name.keys <= unit.keys.union(*(each.keys for each in other.units[place + 1 : place + 3]))
        for other in passages
        for place, unit in enumerate(other.units)
    )


def _unquoted(text: str) -> str:
    """``text`` without what stands between quotation marks, which has a check of its own."""
    for span in reversed(quoted_in(text)):
        text = f"{text[: span.start]}…{text[span.end :]}"
    return text


def _is_harmless(word: Word, language: str | None) -> bool:
    """Whether ``word`` may join copied words: a function word that changes nothing, or a verb of
    saying, whose claim is checked elsewhere."""
    if word.is_sweeping:
        return False
    lower = word.text.lower()
    return (
        lower in function_words(language)
        or _saying(language).fullmatch(lower) is not None
        or is_of_measure(lower)
    )


@cache
def _listed(written: str) -> frozenset[str]:
    return frozenset(written.replace("·", " ").split())


@cache
def _denials(language: str | None) -> frozenset[str]:
    """What may deny for a "not" of the passages, which the check of negation looks at."""
    known = lexicon(language)
    return _listed(known.negatives) - _listed(known.sweeping)


@cache
def _saying(language: str | None) -> re.Pattern[str]:
    known = lexicon(language)
    saying = (known.speech_verbs, known.weak_speech_verbs, known.according_to)
    return re.compile(factored(*saying), re.IGNORECASE)


@cache
def _genders(language: str | None) -> tuple[tuple[frozenset[str], frozenset[str]], ...]:
    """The words for him and for her, either way round; nothing where none are listed."""
    sides = [frozenset(side.split()) for side in lexicon(language).genders.split("|")]
    return ((sides[0], sides[1]), (sides[1], sides[0])) if len(sides) > 1 else ()
