"""On which passage does each line rest, side by side, in a modal?"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from bot.briefing.catalogue import Catalogue, catalogue
from bot.briefing.directions import frame, is_from_the_right, space
from bot.briefing.documents import Passage
from bot.briefing.lines import Answer, Briefing, Line, Withheld
from bot.ports import Notice, Outcome
from bot.slack.blocks import sentences
from bot.slack.buttons import plain
from bot.slack.payloads import JsonObject
from bot.slack.rich_text import directed, link, quotation, rich_text, section, words

MOST_BLOCKS = 100
MOST_CHARACTERS = 200_000
"""Of the 250,000 that a view may have as JSON (`view_too_large`)."""
GONE = "Nothing is kept for this reply any more: it was deleted, or its time is over."


def evidence_view(outcome: Outcome | None) -> JsonObject:
    """The modal: every line, and under it its passages word for word."""
    fixed = catalogue(outcome.language if isinstance(outcome, Briefing | Answer) else None)
    return {
        "type": "modal",
        "title": plain(fixed.buttons["evidence"]),
        "close": plain(fixed.close),
        "blocks": _blocks(outcome, fixed),
    }


def _blocks(outcome: Outcome | None, fixed: Catalogue) -> list[JsonObject]:
    if outcome is None or isinstance(outcome, Notice):
        return [sentences(GONE)]
    lines = list(_lines(outcome))
    shown = list(_fitting(_line_with_passages(line, fixed) for line in lines))
    if len(shown) < len(lines):
        shown.append(sentences(fixed.counted(fixed.more_lines, len(lines) - len(shown))))
    if outcome.withheld:
        shown.append(sentences(_withheld(outcome.withheld, fixed)))
    return shown or [sentences(fixed.no_line)]


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


def _line_with_passages(line: Line, fixed: Catalogue) -> JsonObject:
    passages = [quotation(_passage(passage, fixed)) for passage in line.evidence]
    told = directed([words(line.text, "bold")], (), line.text)
    return rich_text(section(told), *passages)


def _passage(passage: Passage, fixed: Catalogue) -> list[JsonObject]:
    """The passage untouched; only what stands around it says in which direction it runs."""
    right = is_from_the_right(passage.text)
    before, behind = frame(passage.text, from_the_right=right)
    place = link(fixed.place(passage), passage.url)
    return [words(before), words(passage.text), words(f" {space(from_the_right=right)}"), place,
            words(behind)]  # fmt: skip


def _withheld(lines: Sequence[Withheld], fixed: Catalogue) -> str:
    checks = Counter(reason.check for line in lines for reason in line.reasons)
    named = ", ".join(
        f"{fixed.checks.get(check, check)} ({number})" for check, number in checks.most_common()
    )
    return fixed.counted(fixed.withheld_because, len(lines), checks=named)
