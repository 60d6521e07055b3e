"""How does a message read on the screen, as plain text?

What a person would see: labels for links, names for mentions, bullets, quotation bars,
``[buttons]``; no markup.
"""

import html
import re
from collections.abc import Callable, Iterator

from bot.local.entries import label
from bot.local.state import JsonObject, Message

Name = Callable[[str], str]

_ANGLED = re.compile(r"<([@#!]?)([^<>|]+)(?:\|([^<>]*))?>")
_EMPHASIS = re.compile(r"(?<![\w*_~])([*_~])(?=\S)([^\n]*?\S)\1(?![\w*_~])")
_AS_SMALL_AS_TEXT = 4  # the lowest level of a header
_TASK_SIGNS = {"complete": "✓", "error": "✗", "in_progress": "…", "pending": "·"}


class Screen:
    """Renders messages; ``name`` gives the name of the person or channel of an id."""

    def __init__(self, name: Name) -> None:
        self._name = name

    def lines(self, message: Message) -> list[str]:
        """The lines of the message's body: its blocks, or its text where it has none."""
        if message.blocks:
            return [line for block in message.blocks for line in self._block(block)]
        return self.mrkdwn(message.text).split("\n") if message.text else []

    def mrkdwn(self, text: str) -> str:
        """Slack's own markup without its signs."""
        shown = _ANGLED.sub(self._angled, text)
        return html.unescape(_EMPHASIS.sub(r"\2", shown))

    def _angled(self, match: re.Match[str]) -> str:
        sign, target, words = match.groups()
        if sign in ("@", "#"):
            return f"{sign}{self._name(target)}"
        if sign == "!":
            return words or f"@{target}"
        return _link(target, words)

    def _block(self, block: JsonObject) -> Iterator[str]:
        match block["type"]:
            case "rich_text":
                for part in block["elements"]:
                    yield from self._rich_part(part)
            case "section":
                yield from self._section(block)
            case "context":
                inside = [self._element(each) for each in block["elements"]]
                yield from "  ".join(inside).split("\n")
            case "actions" | "context_actions":
                yield " ".join(_control(each) for each in block["elements"])
            case kind:
                yield from _simple_block(kind, block)

    def _section(self, block: JsonObject) -> Iterator[str]:
        for text in [block.get("text"), *block.get("fields", [])]:
            if text:
                yield from self._element(text).split("\n")
        if "accessory" in block:
            yield _control(block["accessory"])

    def _element(self, element: JsonObject) -> str:
        if element["type"] == "image":
            return f"[image: {element['alt_text']}]"
        text = str(element["text"])
        return self.mrkdwn(text) if element["type"] == "mrkdwn" else text

    def _rich_part(self, part: JsonObject) -> Iterator[str]:
        if part["type"] == "rich_text_list":
            yield from self._rich_list(part)
            return
        bar = {"rich_text_quote": "│ ", "rich_text_preformatted": "    "}.get(part["type"], "")
        words = "".join(self._inline(each) for each in part["elements"])
        yield from (f"{bar}{line}" for line in words.rstrip("\n").split("\n"))

    def _rich_list(self, part: JsonObject) -> Iterator[str]:
        indent = "  " * int(part.get("indent", 0))
        for number, item in enumerate(part["elements"], start=1 + int(part.get("offset", 0))):
            sign = f"{number}." if part["style"] == "ordered" else "•"
            words = "".join(self._inline(each) for each in item["elements"])
            first, *rest = words.split("\n")
            yield f"{indent}{sign} {first}"
            yield from (f"{indent}  {line}" for line in rest)

    def _inline(self, element: JsonObject) -> str:
        match element:
            case {"type": "text", "text": text}:
                return str(text)
            case {"type": "link", "url": url}:
                return _link(url, element.get("text"))
            case {"type": "user", "user_id": user}:
                return f"@{self._name(user)}"
            case {"type": "channel", "channel_id": channel}:
                return f"#{self._name(channel)}"
            case {"type": "emoji", "name": name}:
                return f":{name}:"
        return f"@{element.get('range', element['type'])}"


def _link(url: str, words: str | None) -> str:
    """What a person reads of a link: its words, and the address only where there are none."""
    return words or url


def _control(element: JsonObject) -> str:
    if element["type"] == "feedback_buttons":
        halves = (element["positive_button"], element["negative_button"])
        return " ".join(f"[{half['text']['text']}]" for half in halves)
    if element["type"] == "image":
        return f"[image: {element['alt_text']}]"
    sign = " ▾" if "options" in element else ""
    return f"[{label(element) or '…'}{sign}]"


def _simple_block(kind: str, block: JsonObject) -> Iterator[str]:
    match kind:
        case "table":
            yield from (" | ".join(map(_cell, row)) for row in block["rows"])
        case "markdown":
            yield from str(block["text"]).split("\n")
        case _:
            yield _one_line(kind, block)


def _one_line(kind: str, block: JsonObject) -> str:
    match kind:
        case "header":
            text = str(block["text"]["text"])
            return text if block.get("level") == _AS_SMALL_AS_TEXT else text.upper()
        case "divider":
            return "─" * 40
        case "image":
            return f"[image: {block['alt_text']}]"
        case "task_card":
            return f"{_TASK_SIGNS.get(block.get('status', ''), '·')} {block['title']}"
        case "input":
            return f"{block['label']['text']}: [{block['element']['type']}]"
    return str(block.get("title", ""))


def _cell(cell: JsonObject) -> str:
    return str(cell.get("text") or cell.get("value") or "")
