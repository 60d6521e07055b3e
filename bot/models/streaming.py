"""Reads the items of a draft from JSON that is still being written.

An item is complete when a later one begins or the document ends, so a truncated answer gives
every item that it finished. Prose or a Markdown fence around the JSON is forgiven.
"""

import json
import re
from collections.abc import Iterator
from typing import Literal, cast, get_args

import jiter
from pydantic import BaseModel, ValidationError

from bot.briefing.draft import DraftContent, DraftItem, Section

Shape = type[BaseModel]
"""The class of a whole answer, one of `bot.briefing.draft`."""

_ItemSection = Section | Literal["unknowns", "answer"]

_THOUGHT = re.compile(r"\s*<think>.*?(</think>|\Z)", re.DOTALL)
_OBJECT = re.compile(r'\{\s*"')

# Written after a text, these begin a later item or a later section, if the last one is complete.
_CONTINUATIONS = (",0", ',"":0', "0", '"":0')


class DraftStream:
    """The items of a draft of ``shape``, as their text comes in."""

    def __init__(self, shape: Shape) -> None:
        self._shape = shape
        self._text = ""
        self._taken = 0
        self._good = 0
        self._sections: frozenset[str] = frozenset()
        self.is_whole = False
        """Whether the text held one JSON object to its end."""

    def feed(self, text: str) -> list[DraftItem]:
        """The items that ``text`` completes."""
        self._text += text
        # No item begins without one of these, and looking costs time in proportion to the whole.
        if "{" not in text and "[" not in text:
            return []
        return self._new(_closed(self._parsed("")))

    def close(self) -> list[DraftItem]:
        """The last items, once nothing more comes."""
        try:
            whole, _ = json.JSONDecoder(strict=False).raw_decode(self._json())
        except (ValueError, RecursionError):
            return [
                item for end in _CONTINUATIONS for item in self._new(_closed(self._parsed(end)))
            ]
        self.is_whole = True
        self._sections = frozenset(whole)
        return self._new(list(_pieces(whole)))

    @property
    def is_usable(self) -> bool:
        """Whether the text, once closed, is a draft: it has an item, or says that there is none."""
        if self._good:
            return True
        return self.is_whole and not self._taken and self._sections >= set(self._shape.model_fields)

    def _parsed(self, end: str) -> object:
        try:
            return jiter.from_json((self._json() + end).encode(), partial_mode=True)
        except ValueError:
            return None

    def _json(self) -> str:
        thought = _THOUGHT.match(self._text)
        start = _OBJECT.search(self._text, thought.end() if thought else 0)
        return self._text[start.start() :] if start else ""

    def _new(self, pieces: list[tuple[str, object]]) -> list[DraftItem]:
        new = pieces[self._taken :]
        self._taken = max(self._taken, len(pieces))
        items = [item for section, raw in new if (item := self._item(section, raw))]
        self._good += len(items)
        return items

    def _item(self, section: str, raw: object) -> DraftItem | None:
        kind = _kinds(self._shape).get(section)
        if kind is None or not isinstance(raw, dict):
            return None
        try:  # a lesser server leaves out what is null, or adds keys of its own
            content = kind.model_validate({name: raw.get(name) for name in kind.model_fields})
        except ValidationError:
            return None
        return DraftItem(_section(section), content)


def _pieces(parsed: object) -> Iterator[tuple[str, object]]:
    """Every item of a draft with the name of its section, in the order written."""
    for section, value in parsed.items() if isinstance(parsed, dict) else ():
        for item in value if isinstance(value, list) else [value]:
            yield section, item


def _closed(parsed: object) -> list[tuple[str, object]]:
    """The items that a later one follows, and those of sections that a later one follows."""
    if not isinstance(parsed, dict) or not parsed:
        return []
    pieces = list(_pieces(parsed))
    last = list(parsed.values())[-1]
    return pieces if last == [] else pieces[:-1]


def _kinds(shape: Shape) -> dict[str, type[DraftContent]]:
    """The class of the items of each section."""
    return {
        name: (get_args(field.annotation) or (field.annotation,))[0]
        for name, field in shape.model_fields.items()
    }


def _section(name: str) -> _ItemSection:
    return "answer" if name == "lines" else cast("_ItemSection", name)
