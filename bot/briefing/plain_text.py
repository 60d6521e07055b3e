"""A briefing or an answer as plain text, for an e-mail.

What it says and where that is from; passages and references to them stay in the thread.
"""

from collections.abc import Iterator
from itertools import pairwise

from bot.briefing.directions import frame, isolated
from bot.briefing.lines import Answer, Briefing
from bot.briefing.paper import Paragraph, paper

_BULLETED = ("line", "item")
# Between paragraphs of these kinds no empty line is left.
_TOGETHER = {
    ("title", "source"), ("source", "source"), ("heading", "line"), ("heading", "item"),
    ("text", "line"), ("line", "line"), ("item", "item"),
}  # fmt: skip


def plain_text(outcome: Briefing | Answer) -> str:
    """The whole of it but the passages, each paragraph on a line of its own."""
    told = list(_without_passages(paper(outcome)))
    written = [_written(told[0])]
    for before, paragraph in pairwise(told):
        gap = "\n" if (before.kind, paragraph.kind) in _TOGETHER else "\n\n"
        written += [gap, _written(paragraph)]
    return "".join(written) + "\n"


def _without_passages(paragraphs: tuple[Paragraph, ...]) -> Iterator[Paragraph]:
    """The others, without the heading of the passages either."""
    for paragraph, after in pairwise(paragraphs):
        if "passage" not in (paragraph.kind, after.kind):
            yield paragraph
    yield paragraphs[-1]


def _written(paragraph: Paragraph) -> str:
    right = paragraph.is_from_the_right
    told = paragraph.text if paragraph.url is None else f"{paragraph.text} · {paragraph.url}"
    before, behind = frame(told, from_the_right=right)
    bullet = "- " if paragraph.kind in _BULLETED else ""
    return f"{bullet}{before}{isolated(told, from_the_right=right)}{behind}"
