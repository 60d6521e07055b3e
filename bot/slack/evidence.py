"""On which passage does each line rest, and how was it verified, in a modal turned like pages?"""

import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import repeat

from bot.briefing.catalogue import Catalogue, catalogue
from bot.briefing.directions import frame, is_from_the_right, space
from bot.briefing.documents import Passage
from bot.briefing.harmless import harmless
from bot.briefing.lines import Answer, Briefing, Line, Withheld
from bot.briefing.standing import standing
from bot.briefing.verified import verified, why_withheld
from bot.ports import Notice, Outcome
from bot.slack.blocks import sentences
from bot.slack.buttons import plain
from bot.slack.payloads import JsonObject
from bot.slack.rich_text import Style, directed, link, quotation, rich_text, section, words

MOST_BYTES = 200_000
"""Of the 250,000 that a view may have as JSON (`view_too_large`); a letter of Arabic is two."""
BEFORE, AFTER = "evidence_before.v1", "evidence_after.v1"
GONE = "Nothing is stored for this reply any more: it was deleted or has expired."

_LINES_OF_A_PAGE = 40


def evidence_view(outcome: Outcome | None, key: str, page: int = 0) -> JsonObject:
    """The modal: every line, and under it its passages word for word. What is too much for one
    page is on the next, and ``page`` counts from 0; ``key`` is that of the mention."""
    fixed = catalogue(outcome.language if isinstance(outcome, Briefing | Answer) else None)
    return {
        "type": "modal",
        "title": plain(fixed.buttons["evidence"]),
        "close": plain(fixed.close),
        "blocks": _blocks(outcome, fixed, key, page),
    }


def turned_to(value: str) -> tuple[str, int]:
    """The key and the page that the ``value`` of a button for turning names."""
    page, _, key = value.partition(":")
    return key, int(page)


def _blocks(outcome: Outcome | None, fixed: Catalogue, key: str, page: int) -> list[JsonObject]:
    if outcome is None or isinstance(outcome, Notice):
        return [sentences(GONE)]
    lines = list(_lines(outcome))
    of_all, of_each = verified(outcome, lines, fixed)
    top = [sentences("\n".join(of_all))] if of_all else []
    told = map(_line_with_passages, lines, of_each, repeat(fixed))
    pages = _pages([*top, *told, *_withheld(outcome.withheld, fixed)])
    page = min(page, len(pages) - 1)  # the reply may be a shorter one by now
    shown = pages[page]
    if len(pages) > 1:
        shown.append(_turning(key, page, len(pages), fixed))
    return shown or [sentences(fixed.no_line)]


def _pages(blocks: Iterable[JsonObject]) -> list[list[JsonObject]]:
    """The blocks page by page; a page has room for one more."""
    pages, left = [list[JsonObject]()], MOST_BYTES
    for block in blocks:
        size = len(json.dumps(block, ensure_ascii=False).encode())
        if pages[-1] and (size > left or len(pages[-1]) == _LINES_OF_A_PAGE):
            pages.append([])
            left = MOST_BYTES
        pages[-1].append(block)
        left -= size
    return pages


def _turning(key: str, page: int, count: int, fixed: Catalogue) -> JsonObject:
    """The buttons to the page before and the page after, where there are such."""
    others = ((BEFORE, page - 1), (AFTER, page + 1))
    return {
        "type": "actions",
        "elements": [
            {
                "type": "button",
                "action_id": action,
                "text": plain(fixed.part.format(number=other + 1, count=count)),
                "value": f"{other}:{key}",
            }
            for action, other in others
            if 0 <= other < count
        ],
    }


def _lines(outcome: Briefing | Answer) -> Iterator[Line]:
    if isinstance(outcome, Answer):
        yield from outcome.lines or outcome.nearest
        return
    yield from outcome.lines()
    for difference in outcome.differences:
        yield from difference.sides


def _line_with_passages(line: Line, way: str, fixed: Catalogue) -> JsonObject:
    """A line, in which ``way`` it was verified, and its passages. One that is a sentence of the
    source stands there once, as the first passage."""
    first, *others = line.evidence
    told = "; ".join(filter(None, (standing(line, fixed), way)))
    borne = [words(f" ({told})", "italic")] if told else []
    passages = [quotation(_passage(passage, fixed)) for passage in others]
    if line.is_source_wording:
        return rich_text(quotation([*_passage(first, fixed, "bold"), *borne]), *passages)
    shown = directed([words(line.text, "bold"), *borne], (), line.text)
    return rich_text(section(shown), quotation(_passage(first, fixed)), *passages)


def _passage(passage: Passage, fixed: Catalogue, *styles: Style) -> list[JsonObject]:
    """The passage untouched; only what stands around it says in which direction it runs."""
    right = is_from_the_right(passage.text)
    before, behind = frame(passage.text, from_the_right=right)
    place = link(fixed.place(passage), passage.url)
    between = words(f" {space(from_the_right=right)}")
    return [words(before), words(passage.text, *styles), between, place, words(behind)]


def _withheld(lines: Sequence[Withheld], fixed: Catalogue) -> Iterator[JsonObject]:
    """How many lines were withheld, and each, struck through, with what is against it."""
    if lines:
        yield sentences(fixed.counted(fixed.withheld_lines, len(lines)))
    yield from (_struck(line, fixed) for line in lines)


def _struck(line: Withheld, fixed: Catalogue) -> JsonObject:
    """A withheld line and why; of one that the door stopped, only why."""
    reasons = quotation([words(why_withheld(line, fixed))])
    if any(reason.check == "output" for reason in line.reasons):
        return rich_text(reasons)
    return rich_text(section([words(harmless(line.text), "strike")]), reasons)
