"""Does a line keep the condition, the "may", the "not" and the speaker of its passages at all?

Words of two languages can't be compared, and the word that a "not" is about can't be found in a
line told in other words. But whether there is any such word can be seen, if both languages have
lists of them. A line may have left out the clause that it belongs to, so this is never more than a
doubt. English hedges in too many ways for it.
"""

import re
from collections.abc import Iterator
from functools import cache

from bot.briefing.checks.attribution import names_a_speaker
from bot.briefing.checks.phrases import phrases
from bot.briefing.checks.statement import Statement
from bot.briefing.checks.wording import Wording, compared
from bot.briefing.lexicon import Lexicon, lexicon
from bot.briefing.lexicon.speaking import SPEAKING
from bot.briefing.lines import Reason

_MOST = 0.6


def omission(statement: Statement) -> list[Reason]:
    """One doubt for each of them that the line lacks: a translation where any passage has it,
    another line where all have."""
    if statement.is_detail:
        return []
    return list(_left_out(statement))


def _left_out(statement: Statement) -> Iterator[Reason]:
    both, own = compared(statement), lexicon(statement.language)
    languages = (statement.library[passage.document].language for passage in statement.passages)
    sources = list(zip(both.passages, map(lexicon, languages), strict=True))
    enough = any if statement.is_translation else all
    is_conditional = _has(both.line, own.conditions)
    is_open = is_conditional or _has(both.line, own.hedges, own.doubts, own.promises, own.futures)
    is_negative = _has(both.line, own.negations, own.negatives)
    is_hedged = enough(_has(w, k.hedges, k.doubts) for w, k in sources)
    if is_hedged and not is_open and statement.group != "english":
        yield Reason("hedges", "It is more certain than its passages.", "doubt")
    is_denied = enough(_has(w, k.negations) for w, k in sources)
    keeps_denied = statement.is_translation or any(
        _keeps_denied(both.line, *each) for each in sources
    )
    if is_denied and keeps_denied and not is_negative:
        yield Reason("negation", "It leaves out a “not”.", "doubt")
    if not statement.is_translation:
        return
    if not is_conditional and enough(_has(w, k.conditions) for w, k in sources):
        yield Reason("conditions", "It leaves out a condition.", "doubt")
    is_said = names_a_speaker(statement) or _is_said(statement.text, statement.language)
    if not is_said and any(
        _is_said(passage.text, statement.library[passage.document].language)
        for passage in statement.passages
    ):
        yield Reason("attribution", "It leaves out that this is somebody’s claim.", "doubt")


def _is_said(text: str, language: str | None) -> bool:
    words = SPEAKING.get(language or "en")
    return words is not None and _whole(words).search(text) is not None


@cache
def _whole(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)


def _keeps_denied(line: Wording, passage: Wording, known: Lexicon) -> bool:
    """Whether the line has most of a clause in which the passage denies something."""
    clauses = (passage.clause(cue.start) for cue in phrases(known.negations).within(passage.words))
    return any(
        keys and sum(key in line.places for key in keys) >= _MOST * len(keys) for keys in clauses
    )


def _has(text: Wording, *lists: str) -> bool:
    return any(next(phrases(each).within(text.words), None) for each in lists)
