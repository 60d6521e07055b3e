"""Does a line repeat what another already says?"""

import re
from collections.abc import Iterator
from decimal import Decimal

from bot.briefing.checks.quantities import quantities
from bot.briefing.checks.wording import wording
from bot.briefing.content import content
from bot.briefing.lines import Commitment, Difference, Event, Line
from bot.briefing.words import packed

_MOST_OF_IT = 0.8
"""Of the content words of a line, where it rests on a sentence of the other."""
_WORD = re.compile(r"[^\W\d_]+")


def repeats(line: Line, earlier: Line, language: str | None) -> bool:
    """Whether ``line`` rests on a sentence that ``earlier`` rests on too, and has hardly a word
    beside those of it: no figure, no name and no "not" of its own. Both are in ``language``."""
    return any(_repeats(line, each, language) for each in _facts(earlier))


def _facts(line: Line) -> Iterator[Line]:
    if isinstance(line, Difference):
        yield from line.sides
    else:
        yield line


def _repeats(line: Line, earlier: Line, language: str | None) -> bool:
    if not {p.reference for p in line.evidence} & {p.reference for p in earlier.evidence}:
        return False
    said, before = _said(line), _said(earlier)
    words, known = (packed(each) or content(each, language) for each in (said, before))
    if not words or len(words & known) < _MOST_OF_IT * len(words):
        return False
    new = words - known
    return not (
        _figures(said, language) - _figures(before, language)
        or _denied(said, language) - _denied(before, language)
        or any(_is_name(each, said, line) for each in _WORD.findall(said) if _begins(each, new))
    )


def _said(line: Line) -> str:
    """What it says, with what its section shows beside its text."""
    match line:
        case Commitment(terms=terms):
            return " ".join((line.text, *terms))
        case Event(when=when):
            return f"{line.text} {when}"
    return line.text


def _figures(text: str, language: str | None) -> frozenset[Decimal]:
    return frozenset(value for each in quantities(text, language) for value in each.values)


def _denied(text: str, language: str | None) -> frozenset[str]:
    said = wording(text, language)
    about = map(said.about, said.cues("negations"))
    return frozenset(said.keys[place] for place in about if place is not None)


def _begins(word: str, keys: frozenset[str]) -> bool:
    return word.lower().startswith(tuple(keys))


def _is_name(word: str, said: str, line: Line) -> bool:
    """Whether a word is written as a name; at the beginning that is so where its passages have it
    as well."""
    if not word[0].isupper():
        return False
    whole = re.compile(rf"(?<!\w){word}(?!\w)")
    return not said.startswith(word) or any(whole.search(p.text) for p in line.evidence)
