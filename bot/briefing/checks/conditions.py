"""Does a line keep the condition of what it takes from its passages?

"They agreed to reopen the line" is not what "They agreed to reopen the line, if inspectors clear
the bridge" says. A condition is part of the clause next to it: a line that has most of that clause
must have a condition too. Of a translation only that is asked whether it has any.
"""

from collections.abc import Iterator

from bot.briefing.checks.statement import Statement
from bot.briefing.checks.wording import Wording, compared
from bot.briefing.lines import Reason

_SENTENCE_ENDS = frozenset(".!?;…։؟")

# The line rests on a clause if it has this share of what the clause says, or of its end.
_SHARE = 0.6
_FEWEST_WORDS = 2


def conditions(statement: Statement) -> list[Reason]:
    """One reason for every condition that the line leaves out."""
    both = compared(statement)
    if statement.is_detail or both.line.has("conditions"):
        return []
    if statement.is_translation:
        is_lost = any(each.has("conditions") for each in both.passages)
        return [Reason("conditions", "It leaves out a condition.", "doubt")] if is_lost else []
    lost = dict.fromkeys(each for passage in both.passages for each in _lost(both.line, passage))
    return [Reason("conditions", f"It leaves out the condition “{each}”.") for each in lost]


def _lost(line: Wording, passage: Wording) -> Iterator[str]:
    """The conditions of ``passage`` whose clause ``line`` has, and not what they say."""
    for cue in passage.cues("conditions"):
        end = _until(passage, cue.end, ",")
        opens = cue.start == 0 or passage.words[cue.start - 1] in _SENTENCE_ENDS
        start = end if opens else _from(passage, cue.start)
        stop = _until(passage, end + 1, "") if opens else cue.start
        is_kept = _rests_on(line, passage.keys[cue.end : end])
        if _rests_on(line, passage.keys[start:stop]) and not is_kept:
            yield " ".join(passage.words[cue.start : end])


def _rests_on(line: Wording, clause: tuple[str, ...]) -> bool:
    keys = [key for key in clause if key]
    share = sum(key in line.places for key in keys)
    return len(keys) >= _FEWEST_WORDS and share >= _SHARE * len(keys)


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
