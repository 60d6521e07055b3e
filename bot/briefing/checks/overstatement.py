"""Does a line say more than its passages do, by one word?

That one thing is the cause of another, that all did it, only they, for the first time; or that
they did what "some of" them did. Whether a passage says as much in words of another kind can't be
told, so this is never more than a doubt.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from bot.briefing.checks.cited import cited
from bot.briefing.checks.phrases import phrases
from bot.briefing.checks.statement import Statement
from bot.briefing.checks.wording import Place, compared
from bot.briefing.documents import Passage
from bot.briefing.lexicon import lexicon
from bot.briefing.lexicon.strength import STRENGTH, Kind
from bot.briefing.lines import Reason

# The others have no one word in another language.
_IN_TRANSLATION: tuple[Kind, ...] = ("cause",)


def overstatement(statement: Statement) -> list[Reason]:
    """One reason for every word that makes the line stronger, and for every lost "some of"."""
    if statement.is_detail:
        return []
    where = cited(statement)
    parts = [] if statement.is_translation else list(_lost_parts(statement))
    return [
        *(Reason("overstatement", f"“{word}” is not in {where}.") for word in _added(statement)),
        *(
            Reason("overstatement", f"{where} says “{part}” of “{word}”, the line does not.")
            for part, word in dict.fromkeys(parts)
        ),
    ]


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


def _lost_parts(statement: Statement) -> Iterator[tuple[str, str]]:
    """What the passages say of a part only ("some of"), where the line speaks of no part at all."""
    both = compared(statement)
    parts = lexicon(statement.language).parts
    listed = phrases(parts)
    # "Some people" is said of a part too.
    if next(phrases(f"{parts} · {parts.replace(' of ·', ' ·')}").within(both.line.words), None):
        return
    for passage in both.passages:
        for cue in listed.within(passage.words):
            about = passage.about(cue)
            if about is None:
                continue
            places = both.line.places.get(passage.keys[about], ())
            there = {each for place in places for each in both.counterparts(place)}
            if there == {Place(passage, about)}:
                yield " ".join(passage.words[slice(*cue)]), passage.words[about]
