"""The house style: words that a desk never uses, and names and titles in its spelling.

Enforced by code: a line in a writer's own words that contains such a word is withheld like any
other that fails, and names get the desk's spelling once the line has passed. Words in quotation
marks are the source's and stay as they are.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import fields, replace
from typing import Any

from bot.briefing.draft import Place
from bot.briefing.house import House
from bot.briefing.lines import Line, Quote, Reason

_IN_QUOTATION_MARKS = re.compile(r"(“[^”]*”|«[^»]*»|„[^“”]*[“”]|\"[^\"]*\")")
# What a writer puts in words of its own beside the text.
_OWN = {"speaker", "role", "actor", "action", "deadline", "condition", "translation"}


def objections(house: House, text: str) -> Iterator[Reason]:
    """The words of ``text`` that this desk never writes, outside quotation marks."""
    own = "".join(_IN_QUOTATION_MARKS.split(text)[::2])
    for word in house.banned:
        if _whole(word).search(own):
            yield Reason("house", f"This desk never writes “{word}”.")


def dressed(house: House, line: Line, *, is_quoted: bool) -> Line:
    """``line`` with names as this desk spells them; its text only where it is not ``is_quoted``."""
    if not house.spellings:
        return line
    own = _OWN if is_quoted else {*_OWN, "text"}
    told = ((each.name, getattr(line, each.name)) for each in fields(line) if each.name in own)
    changed: dict[str, Any] = {name: spelt(house, value) for name, value in told if value}
    return replace(line, **changed)


def is_quoted(line: Line, place: Place) -> bool:
    """Whether ``line`` is shown in quotation marks: a headline never is."""
    return isinstance(line, Quote) or (line.is_source_wording and place != "headline")


def spelt(house: House, text: str) -> str:
    """``text`` with names as this desk spells them, outside quotation marks."""
    pieces = _IN_QUOTATION_MARKS.split(text)
    for theirs, ours in house.spellings:
        pieces[::2] = [_whole(theirs).sub(_exactly(ours), piece) for piece in pieces[::2]]
    return "".join(pieces)


def _whole(word: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(word)}(?!\w)", re.IGNORECASE)


def _exactly(word: str) -> Callable[[re.Match[str]], str]:
    return lambda _: word
