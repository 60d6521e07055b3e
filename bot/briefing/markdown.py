"""A briefing or an answer as Markdown, for a document or a mail.

Foreign words are escaped, so that nothing in a source becomes markup or a link; the only links
are those that code made from a source's own address.
"""

from itertools import pairwise
from urllib.parse import quote

from bot.briefing.directions import frame, isolated, space
from bot.briefing.harmless import markdown_text
from bot.briefing.lines import Answer, Briefing
from bot.briefing.paper import Paragraph, Reference, paper
from bot.briefing.wording import Words

_OPENINGS = {"title": "# ", "heading": "## ", "line": "- ", "item": "- "}
_MARKS = {"plain": "", "bold": "**", "italic": "*"}
# Between paragraphs of these kinds no empty line is left.
_TOGETHER = {("item", "item"), ("line", "line")}


def markdown(outcome: Briefing | Answer) -> str:
    """The whole of it: what is said with the numbers of its passages, and these behind it."""
    paragraphs = paper(outcome)
    written = [_written(paragraphs[0])]
    for before, paragraph in pairwise(paragraphs):
        gap = "\n" if (before.kind, paragraph.kind) in _TOGETHER else "\n\n"
        written += [gap, _written(paragraph)]
    return "".join(written) + "\n"


def _written(paragraph: Paragraph) -> str:
    """A paragraph that runs in its own direction."""
    right = paragraph.is_from_the_right
    before, behind = frame(paragraph.text, from_the_right=right)
    told = isolated("".join(map(_styled, paragraph.told)), from_the_right=right)
    if paragraph.url:
        told = f"[{told}]({_address(paragraph.url)})"
    references = "".join(
        f"{space(from_the_right=right)}{_reference(each)}" for each in paragraph.references
    )
    number = f"[{paragraph.number}] " if paragraph.number else ""
    opening = _OPENINGS.get(paragraph.kind, number)
    shown = f"*{told}*" if paragraph.kind == "receipt" else told
    return f"{opening}{before}{shown.rstrip()}{references}{behind}"


def _styled(words: Words) -> str:
    """Words in their style; a mark that stands beside a space would be no mark."""
    said = words.text.strip()
    if not said:
        return words.text
    before, behind = words.text.split(said)
    mark = _MARKS[words.style]
    return f"{before}{mark}{markdown_text(said)}{mark}{behind}"


def _reference(reference: Reference) -> str:
    place = f"[{reference.place}]"
    return f"{place}({_address(reference.url)})" if reference.url else place


def _address(url: str) -> str:
    """``url`` as the target of a link: a bracket or a space would end it."""
    return quote(url, safe=":/?#[]@!$&'*+,;=%~")
