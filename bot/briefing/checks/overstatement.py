"""Does a line say more than its passages do, by one word?

That one thing caused another, that all did it, only they, for the first time. Code can't tell
whether a passage says as much in other words, so this is never more than a doubt.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from bot.briefing.checks.statement import Statement, cited
from bot.briefing.documents import Passage
from bot.briefing.lexicon.strength import STRENGTH, Kind
from bot.briefing.lines import Reason

# The others have no one word in another language.
_IN_TRANSLATION: tuple[Kind, ...] = ("cause",)


def overstatement(statement: Statement) -> list[Reason]:
    """One reason for every word that makes the line stronger."""
    if statement.is_detail:
        return []
    where = cited(statement)
    return [Reason("overstatement", f"“{word}” is not in {where}.") for word in _added(statement)]


def _added(statement: Statement) -> Iterator[str]:
    for kind in _IN_TRANSLATION if statement.is_translation else STRENGTH:
        ours = _words(kind, statement.language)
        said = ours and ours.strong.search(statement.text)
        if said and not any(_has(kind, statement, place) for place in statement.passages):
            yield said[0]


def _has(kind: Kind, statement: Statement, passage: Passage) -> bool:
    """Whether a passage has a word of the kind, or is in a language whose words are not known."""
    theirs = _words(kind, statement.library[passage.document].language)
    return theirs is None or theirs.any.search(passage.text) is not None


class _Words(NamedTuple):
    """What is looked for in a line, and in its passages."""

    strong: re.Pattern[str]
    any: re.Pattern[str]


@cache
def _words(kind: Kind, language: str | None) -> _Words | None:
    listed = STRENGTH[kind].get(language or "en")
    if listed is None:
        return None
    strong, _, more = listed.partition(" ¦ ")
    return _Words(_whole(strong), _whole(f"{strong}|{more}" if more else strong))


def _whole(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)[وفبل]{{0,2}}(?:{words})(?!\w)", re.IGNORECASE)
