"""Does a line say "rose" where its passages say "fell"?

Opposites are a closed list. A word of the line is compared with its opposite in the passages if
both have similar surroundings, and only if the passages don't have the word itself in surroundings
just as similar.
"""

from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from typing import NamedTuple

from bot.briefing.checks.phrases import Phrases
from bot.briefing.checks.statement import Statement, cited
from bot.briefing.checks.wording import Compared, Wording, are_alike, compared
from bot.briefing.lexicon import lexicon
from bot.briefing.lines import Reason

# So many words around must be the same for two opposites to be about one thing.
_FEWEST_ALIKE = 2


class _Side(NamedTuple):
    """One side of a pair of opposites: which pair, and which side of it."""

    pair: int
    is_second: bool


class _Direction(NamedTuple):
    place: int
    word: str
    side: _Side


def direction(statement: Statement) -> list[Reason]:
    """One reason for every word of the line whose opposite stands in its place in the passages."""
    if statement.is_translation or statement.is_detail:
        return []
    both, language = compared(statement), statement.language
    return [
        Reason("direction", f"{cited(statement)} says “{theirs}” where the line says “{ours}”.")
        for ours, theirs in dict.fromkeys(_swapped(both, language))
    ]


def _swapped(both: Compared, language: str | None) -> Iterator[tuple[str, str]]:
    there = [(each, found) for each in both.passages for found in _directions(each, language)]
    for ours in _directions(both.line, language):
        same = [_alike(both.line, ours, *each) for each in there if each[1].side == ours.side]
        opposite = ours.side._replace(is_second=not ours.side.is_second)
        others = [
            (_alike(both.line, ours, passage, found), found.word)
            for passage, found in there
            if found.side == opposite and not passage.has("negations")
        ]
        if not others:
            continue
        most, word = max(others)
        if most >= _FEWEST_ALIKE and most > max(same, default=0):
            yield ours.word, word


def _alike(line: Wording, ours: _Direction, passage: Wording, theirs: _Direction) -> int:
    """How much two words have in common of what stands around them."""
    near, other_near = line.around(ours.place), passage.around(theirs.place)
    return len(near & other_near) if are_alike(near, other_near) else 0


@lru_cache(maxsize=4096)
def _directions(text: Wording, language: str | None) -> tuple[_Direction, ...]:
    found, sides = _listed(lexicon(language).opposites)
    return tuple(
        _Direction(cue.start, " ".join(text.words[slice(*cue)]), side)
        for cue in found.within(text.words)
        for side in sides[text.words[cue.start : cue.end]]
    )


@cache
def _listed(written: str) -> tuple[Phrases, Mapping[tuple[str, ...], tuple[_Side, ...]]]:
    """The words of all pairs, and on which sides each stands."""
    sides: dict[tuple[str, ...], tuple[_Side, ...]] = {}
    other: set[tuple[str, ...]] = set()
    for number, pair in enumerate(filter(str.strip, written.split(";"))):
        for is_second, words in enumerate(pair.split("|")):
            for word in words.split():
                phrase = tuple(word.removeprefix("!").split("_"))
                if word[0] == "!":
                    other.add(phrase)
                else:
                    side = _Side(number, bool(is_second))
                    sides[phrase] = (*sides.get(phrase, ()), side)
    return Phrases(frozenset(sides), frozenset(other)), sides
