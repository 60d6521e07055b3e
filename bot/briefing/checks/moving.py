"""Which words of a copied line stand elsewhere in its passages?

As when two names or two numbers change places: each has lost the neighbours that it has there.
"""

from collections.abc import Iterator, Sequence

from bot.briefing.checks.alignment import Alignment
from bot.briefing.checks.rows import ANY_NUMBER, Row, Unit
from bot.briefing.checks.small_words import listed, saying
from bot.briefing.lexicon import lexicon


def displaced(edit: Alignment, quoted: frozenset[int], language: str | None) -> Iterator[str]:
    """The names and numbers of the line that have neither neighbour that they have in the passage,
    as when two change places."""
    paired, there = ({pair[side] for pair in edit.pairs} for side in (0, 1))
    spelt = edit.passage.spelt
    for place, word in enumerate(edit.line.words):
        if place in paired or place in quoted or not (word.is_name or word.is_number):
            continue
        places = [at for at, other in enumerate(spelt) if other == word.key and at not in there]
        if places and not any(_has_kept_a_neighbour(edit, place, at, language) for at in places):
            yield word.text


def _has_kept_a_neighbour(edit: Alignment, place: int, there: int, language: str | None) -> bool:
    """Whether the word at ``place`` has a neighbour that it has ``there``, stands alone between
    marks, changed sides with a verb of speech, or at an "and"."""
    (before, after), (before_there, after_there) = (
        _neighbours(edit.line, place),
        _neighbours(edit.passage, there),
    )
    if before == before_there or after == after_there:
        return True
    if _is_alone(edit.line, place) and _is_alone(edit.passage, there):
        return True
    both = {word for word in (before, after) if word in (before_there, after_there)}
    return any(
        word in listed(lexicon(language).coordinating) or saying(language).fullmatch(word)
        for word in both
    )


def _neighbours(row: Row, place: int) -> tuple[str, str]:
    around = (place - 1, place + 1)
    before, after = (row.spelt[at] if 0 <= at < len(row.spelt) else "" for at in around)
    return before, after


def _is_alone(row: Row, place: int) -> bool:
    return place in row.opening and (place + 1 in row.opening or place + 1 == len(row.words))


def moved(line: Row, passages: Sequence[Row], in_place: frozenset[str]) -> Iterator[str]:
    """The words that have none of their neighbours near them in any passage: of a name or a
    number the nearest, of another word one of the four."""
    for place, unit in enumerate(line.units):
        ours, theirs = _reach(unit)
        near = [key for other in line.around(place, ours) for key in other.keys]
        is_there = any(
            _is_beside(unit, near, other, theirs) or (place == 0 and _opens(unit, near, other))
            for other in passages
        )
        if not near or unit.keys <= in_place or (is_there and _is_together(unit, passages)):
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
