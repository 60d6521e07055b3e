"""How few messages does a reply fit in, and what goes into each?

Lines are laid into messages one after the other, so that each is as full as it may be. A line is
never cut in two; a section that goes on in the next message says so there. Limits:
https://docs.slack.dev/reference/block-kit/blocks
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from bot.briefing.catalogue import Catalogue
from bot.slack.payloads import JsonObject
from bot.slack.rich_text import bullets, heading, rich_text, section, size, words
from bot.slack.statements import Elements

MESSAGE_SIZE = 9_000
"""Of about 12,000 characters that Slack takes in all blocks, containers included."""
MESSAGE_BLOCKS = 45
SECTION_SIZE = 3_000
FEW = 3
"""A reply of more messages is laid out anew with marks that lead nowhere: their addresses are up
to twice as long as the lines, most of all in other scripts, and Evidence has them as well."""


@dataclass(frozen=True)
class Section:
    """Lines with bullets, under a title if it has one."""

    title: str | None
    lines: tuple[Elements, ...]


Part: TypeAlias = Section | JsonObject
"""A section, or a block that stays whole."""


def packed(
    parts: Sequence[Part], foot: Sequence[JsonObject], fixed: Catalogue
) -> list[list[JsonObject]]:
    """The blocks of each message; those of the foot stay together, under the last."""
    found = _laid(parts, foot, fixed)
    return found if len(found) <= FEW else _laid(map(_without_links, parts), foot, fixed)


def _laid(
    parts: Iterable[Part], foot: Sequence[JsonObject], fixed: Catalogue
) -> list[list[JsonObject]]:
    sheets = _Sheets(fixed)
    for part in parts:
        if isinstance(part, Section):
            sheets.add_section(part)
        else:
            sheets.add([part])
    sheets.add(foot)
    return sheets.filled


class _Sheets:
    """The messages while they are filled; only the last one still is."""

    def __init__(self, fixed: Catalogue) -> None:
        self.filled: list[list[JsonObject]] = [[]]
        self._fixed = fixed

    def add(self, blocks: Sequence[JsonObject]) -> None:
        """Put blocks that stay together into the message, or into a new one."""
        if not self._has_room(blocks):
            self.filled.append([])
        self.filled[-1].extend(blocks)

    def add_section(self, part: Section) -> None:
        """Put the lines into blocks none of which is much over `SECTION_SIZE`; only the first one
        of a message has the title."""
        title = part.title
        items: list[JsonObject] = []
        for line in part.lines:
            item = section(line)
            if items and size(items) + size(item) <= SECTION_SIZE and self._has_room([item], 0):
                items.append(item)
                continue
            if items and not self._has_room(_blocks(title, line)):
                title = self._fixed.continued.format(title=part.title) if part.title else None
            blocks = _blocks(title, line)
            self.add(blocks)
            items, title = blocks[-1]["elements"][-1]["elements"], None

    def _has_room(self, blocks: Sequence[JsonObject], count: int | None = None) -> bool:
        """Whether they fit in, ``count`` of them as blocks of their own; the first always does."""
        held = self.filled[-1]
        number = len(held) + (len(blocks) if count is None else count)
        fits = size(held) + size(list(blocks)) <= MESSAGE_SIZE and number <= MESSAGE_BLOCKS
        return not held or fits


def _blocks(title: str | None, line: Elements) -> list[JsonObject]:
    return [*([heading(title)] if title else []), rich_text(bullets([line]))]


def _without_links(part: Part) -> Part:
    if isinstance(part, Section):
        return Section(part.title, tuple([*map(_unlinked, line)] for line in part.lines))
    return part


def _unlinked(element: JsonObject) -> JsonObject:
    """A mark without its address; other elements as they are."""
    is_mark = element["type"] == "link" and element.get("style", {}).get("code")
    return words(element["text"], "code") if is_mark else element
