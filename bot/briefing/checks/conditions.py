"""Does a line keep the condition of what it takes from its passages?

"They agreed to reopen the line" is not what "They agreed to reopen the line, if inspectors clear
the bridge" says. A condition is part of the clause next to it: a line that has most of that clause
must have a condition too.
"""

from collections.abc import Iterator
from functools import lru_cache

from bot.briefing.checks.phrases import Found, phrases
from bot.briefing.checks.statement import Statement
from bot.briefing.checks.wording import Wording, compared
from bot.briefing.lexicon import lexicon
from bot.briefing.lines import Reason

_SENTENCE_ENDS = frozenset(".!?;…։؟")

# The line rests on a clause if it has this share of what the clause says, or of its end.
_SHARE = 0.6
_FEWEST_WORDS = 2


def conditions(statement: Statement) -> list[Reason]:
    """One reason for every condition that the line leaves out."""
    if statement.is_translation or statement.is_detail:
        return []
    both, language = compared(statement), statement.language
    if next(phrases(lexicon(language).conditions).within(both.line.words), None):
        return []
    lost = (
        condition
        for passage in both.passages
        for condition, clause, holds in _conditional(passage, language)
        if _rests_on(both.line, clause) and not _rests_on(both.line, holds)
    )
    return [
        Reason("conditions", f"It leaves out the condition “{condition}”.")
        for condition in dict.fromkeys(lost)
    ]


def _rests_on(line: Wording, keys: tuple[str, ...]) -> bool:
    if len(keys) < _FEWEST_WORDS:
        return False
    return sum(key in line.places for key in keys) >= _SHARE * len(keys)


@lru_cache(maxsize=4096)
def _conditional(
    text: Wording, language: str | None
) -> tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...]:
    """The conditions of ``text``: each as written, with what it conditions and what it says."""
    return tuple(_found(text, phrases(lexicon(language).conditions).within(text.words)))


def _found(
    text: Wording, cues: Iterator[Found]
) -> Iterator[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    for cue in cues:
        end = _until(text, cue.end, ",")
        opens = cue.start == 0 or text.words[cue.start - 1] in _SENTENCE_ENDS
        clause = (
            text.keys[end : _until(text, end + 1, "")]
            if opens
            else text.keys[_from(text, cue.start) : cue.start]
        )
        yield (
            " ".join(text.words[cue.start : end]),
            tuple(filter(None, clause)),
            tuple(filter(None, text.keys[cue.end : end])),
        )


def _until(text: Wording, start: int, mark: str) -> int:
    """Where the clause that goes on at ``start`` ends: at a ``mark`` or with the sentence."""
    ends = (
        place
        for place in range(start, len(text.words))
        if text.words[place] in _SENTENCE_ENDS or text.words[place] == mark
    )
    return next(ends, len(text.words))


def _from(text: Wording, end: int) -> int:
    """Where the clause before ``end`` begins: behind the last mark but a comma right before it."""
    last = end - 1 if end and text.words[end - 1] == "," else end
    begins = (place + 1 for place in range(last - 1, -1, -1) if text.is_mark(place))
    return next(begins, 0)
