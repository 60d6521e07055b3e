"""Does a translated line keep the condition, the "may", the "not" and the speaker of its passages?

Words of two languages can't be compared, but whether there is any such word at all can be, where
both languages have lists of them. A line may have left out the clause that it belongs to, so this
is never more than a doubt.
"""

from collections.abc import Iterator

from bot.briefing.checks.attribution import names_a_speaker, speakers
from bot.briefing.checks.phrases import phrases
from bot.briefing.checks.statement import Statement
from bot.briefing.checks.wording import Wording, compared
from bot.briefing.lexicon import Lexicon, lexicon
from bot.briefing.lines import Reason


def translation(statement: Statement) -> list[Reason]:
    """One doubt for each of them that some passage has, and the line has not."""
    if statement.is_detail or not statement.is_translation:
        return []
    return list(_lost(statement))


def _lost(statement: Statement) -> Iterator[Reason]:
    both, own = compared(statement), lexicon(statement.language)
    sources = [
        (words, lexicon(statement.library[passage.document].language))
        for words, passage in zip(both.passages, statement.passages, strict=True)
    ]
    if not _has(both.line, own.conditions) and any(_has(w, k.conditions) for w, k in sources):
        yield Reason("conditions", "It leaves out a condition.", "doubt")
    if not _is_open(both.line, own) and any(_has(w, k.hedges, k.doubts) for w, k in sources):
        yield Reason("hedges", "It is more certain than its passages.", "doubt")
    if not _is_negative(both.line, own) and any(_has(w, k.negations) for w, k in sources):
        yield Reason("negation", "It leaves out a “not”.", "doubt")
    told = [name for passage in statement.passages for name in speakers(statement, passage)]
    if any(told) and not names_a_speaker(statement):
        yield Reason("attribution", "It leaves out that somebody says so.", "doubt")


def _has(text: Wording, *lists: str) -> bool:
    return any(next(phrases(each).within(text.words), None) for each in lists)


def _is_open(line: Wording, own: Lexicon) -> bool:
    return _has(line, own.hedges, own.doubts, own.promises, own.futures, own.conditions)


def _is_negative(line: Wording, own: Lexicon) -> bool:
    return _has(line, own.negations, own.negatives)
