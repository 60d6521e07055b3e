"""On which passage does each line rest, side by side, in a modal?"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from bot.briefing.documents import Passage
from bot.briefing.lines import Answer, Briefing, Line, Withheld
from bot.ports import Notice, Outcome
from bot.slack.blocks import sentences
from bot.slack.buttons import plain
from bot.slack.payloads import JsonObject
from bot.slack.rich_text import link, quotation, rich_text, section, words

MOST_BLOCKS = 100
MOST_CHARACTERS = 200_000
"""Of the 250,000 that a view may have as JSON (`view_too_large`)."""
GONE = "Nothing is kept for this reply any more: it was deleted, or its time is over."


def evidence_view(outcome: Outcome | None) -> JsonObject:
    """The modal: every line, and under it its passages word for word."""
    return {
        "type": "modal",
        "title": plain("Evidence"),
        "close": plain("Close"),
        "blocks": _blocks(outcome),
    }


def _blocks(outcome: Outcome | None) -> list[JsonObject]:
    if outcome is None or isinstance(outcome, Notice):
        return [sentences(GONE)]
    lines = list(_lines(outcome))
    shown = list(_fitting(map(_line_with_passages, lines)))
    if len(shown) < len(lines):
        shown.append(sentences(f"{len(lines) - len(shown)} more lines do not fit in here."))
    if outcome.withheld:
        shown.append(sentences(_withheld(outcome.withheld)))
    return shown or [sentences("There is no line to show a passage for.")]


def _lines(outcome: Briefing | Answer) -> Iterator[Line]:
    if isinstance(outcome, Answer):
        yield from outcome.lines or outcome.nearest
        return
    yield from outcome.lines()
    for difference in outcome.differences:
        yield from difference.sides


def _fitting(blocks: Iterable[JsonObject]) -> Iterator[JsonObject]:
    """As many as a modal holds beside the two sentences under them."""
    left = MOST_CHARACTERS
    for block in islice(blocks, MOST_BLOCKS - 2):
        left -= len(str(block))
        if left < 0:
            return
        yield block


def _line_with_passages(line: Line) -> JsonObject:
    passages = [quotation(_passage(passage)) for passage in line.evidence]
    return rich_text(section([words(line.text, "bold")]), *passages)


def _passage(passage: Passage) -> list[JsonObject]:
    return [words(passage.text), words("  "), link(passage.place, passage.url)]


def _withheld(lines: Sequence[Withheld]) -> str:
    checks = Counter(reason.check for line in lines for reason in line.reasons)
    named = ", ".join(f"{check} ({number})" for check, number in checks.most_common())
    count = "1 line was" if len(lines) == 1 else f"{len(lines)} lines were"
    return f"{count} withheld because the passages do not bear them out. Failed checks: {named}."
