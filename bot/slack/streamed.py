"""Which parts of a reply are shown while it is being written?

Cards that say what is being done, the sources, then each line as soon as it stands. All but the
cards, which are in our own words, goes out as `blocks` chunks: the words of a source stand in
rich_text there, which Slack shows as it is, while it would read a `markdown_text` chunk for
mentions and links. https://docs.slack.dev/reference/methods/chat.appendStream
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, groupby

from bot.briefing.catalogue import catalogue
from bot.briefing.documents import Document
from bot.briefing.draft import Place
from bot.briefing.lines import Difference, Line
from bot.slack import statements
from bot.slack.origins import origins
from bot.slack.payloads import JsonObject
from bot.slack.rich_text import bullets, heading, rich_text, section

MOST_BYTES = 8_500
"""Of one stream. Slack refuses more than an amount that it does not name; others measured about
10,600 bytes in UTF-8 (github.com/openclaw/openclaw/pull/143882)."""
MOST_BLOCKS = 45
"""Of 50 in one message."""
_MOST_SOURCES = 3

Standing = tuple[Place, Line]
"""A line and where in the reply it stands."""


class Streamed:
    """The pieces of one stream, each made once, in order. ``is_full`` once one did not fit."""

    def __init__(self, key: str, documents: Sequence[Document], language: str | None) -> None:
        self.is_full = False
        self._key = key
        self._documents = documents
        self._fixed = catalogue(language)
        self._stages = ["reading"]
        self._place: Place | None = None
        self._bytes = self._blocks = 0

    @property
    def title(self) -> str:
        """What it is about, in some words."""
        return next((each.title for each in self._documents if each.title), "")

    def opening(self, stage: str, lines: Iterable[Standing]) -> list[JsonObject]:
        """The first piece, which says by itself what is briefed and what is being done."""
        first = self._documents[:_MOST_SOURCES]
        blocks = [rich_text(*origins(first, self._fixed, has_title=False))] if first else []
        return self._fitting([*self._cards(stage), *_chunk(blocks), *self._shown(lines)])

    def next(self, stage: str, lines: Iterable[Standing]) -> list[JsonObject]:
        """What is new; nothing where it does not fit any more."""
        return self._fitting([*self._cards(stage), *self._shown(lines)])

    def _cards(self, stage: str) -> Iterator[JsonObject]:
        if stage == self._stages[-1]:
            return
        yield self._card("complete")
        self._stages.append(stage)
        yield self._card("in_progress")

    def _card(self, status: str) -> JsonObject:
        number, stage = len(self._stages) - 1, self._stages[-1]
        title = f"{stage[:1].upper()}{stage[1:]}"
        return {
            "type": "task_update",
            "id": _card_id(self._key, number),
            "title": title,
            "status": status,
        }

    def _shown(self, lines: Iterable[Standing]) -> list[JsonObject]:
        blocks: list[JsonObject] = []
        for place, group in groupby(lines, key=lambda each: each[0]):
            blocks += self._block(place, [line for _, line in group])
            self._place = place
        return _chunk(blocks)

    def _block(self, place: Place, lines: list[Line]) -> Iterator[JsonObject]:
        fixed = self._fixed
        match place:
            case "headline":
                yield from (rich_text(section(statements.headline(each, fixed))) for each in lines)
            case "differences":
                differences = (each for each in lines if isinstance(each, Difference))
                yield from chain.from_iterable(map(self._difference, differences))
            case "bottom_line" | "answer":
                yield from (rich_text(section(statements.statement(each, fixed))) for each in lines)
            case _:
                if place != self._place:
                    yield heading(fixed.headings[place])
                told = (statements.of_its_kind(each, fixed) for each in lines)
                yield rich_text(bullets(told))

    def _difference(self, difference: Difference) -> Iterator[JsonObject]:
        title = self._fixed.differ.format(about=difference.about)
        told = (statements.side(each, self._documents, self._fixed) for each in difference.sides)
        yield heading(title)
        yield rich_text(bullets(told))

    def _fitting(self, chunks: list[JsonObject]) -> list[JsonObject]:
        taken = len(json.dumps(chunks, ensure_ascii=False).encode())
        blocks = sum(len(each.get("blocks", ["a card"])) for each in chunks)
        self.is_full |= self._bytes + taken > MOST_BYTES or self._blocks + blocks > MOST_BLOCKS
        if self.is_full:
            return []
        self._bytes, self._blocks = self._bytes + taken, self._blocks + blocks
        return chunks


def is_of(key: str, message: JsonObject) -> bool:
    """Whether ``message`` is a stream of the reply to the mention ``key``: its cards are."""
    blocks = message.get("blocks") or []
    return any(each.get("task_id") == _card_id(key, 0) for each in blocks)


def _card_id(key: str, number: int) -> str:
    return f"{key}:{number}"


def _chunk(blocks: list[JsonObject]) -> list[JsonObject]:
    return [{"type": "blocks", "blocks": blocks}] if blocks else []
