"""What does Slack make of the words that a person types or pastes?

The composer sends them twice: as ``text`` with escapes and ``<…>`` tokens, and as a rich_text
block with the exact structure. Formatting is left alone except for lines that begin with
``>`` (quote) or a bullet, and for fences of three backticks.
"""

import html
import re
from collections.abc import Callable, Iterator
from itertools import groupby

from bot.local.state import JsonObject

_TOKEN = re.compile(
    r"""
      <(?P<target>https?://[^\s|<>]+)(?:\|(?P<label>[^<>]*))?>   # a link with a label
    | (?P<url>https?://[^\s<>|]+)
    | <@(?P<user>[UW][A-Z0-9]+)>
    | (?<![\w.])@(?P<name>[\w.-]*\w)
    | (?<![\w&])\#(?P<channel>[\w-]+)
    | (?<!\w):(?P<emoji>[a-z][a-z0-9_+-]*):
    """,
    re.VERBOSE,
)
_BULLET = re.compile(r"^\s*[•◦]\s+")
_NAMES = {"user": ("@", "user_id"), "channel": ("#", "channel_id"), "broadcast": ("!", "range")}
_NOT_THE_LINK = ".,;:!?)'\"»”’"

Lookup = Callable[[str], str | None]


class Composer:
    """Turns typed words into what the platform sends; the look-ups find ids by name."""

    def __init__(self, person: Lookup, channel: Lookup) -> None:
        self._person = person
        self._channel = channel

    def text(self, typed: str) -> str:
        """The ``text`` of the message: escaped, with links and mentions in angle brackets."""
        return "".join(_token(each) for each in self._elements(typed))

    def block(self, typed: str, block_id: str) -> JsonObject:
        """The rich_text block of the message."""
        parts = [
            part
            for number, piece in enumerate(typed.split("```"))
            for part in (self._fenced(piece) if number % 2 else self._lines(piece))
        ]
        return {"type": "rich_text", "block_id": block_id, "elements": parts}

    def _fenced(self, piece: str) -> list[JsonObject]:
        words = [{"type": "text", "text": piece.strip("\n")}]
        return [{"type": "rich_text_preformatted", "elements": words}]

    def _lines(self, piece: str) -> Iterator[JsonObject]:
        for kind, run in groupby(piece.strip("\n").split("\n"), _line_kind):
            lines = list(run)
            if kind == "list":
                yield self._list(lines)
            elif any(lines):
                words = "\n".join(re.sub(r"^>\s?", "", each) for each in lines)
                yield {"type": f"rich_text_{kind}", "elements": list(self._elements(words))}

    def _list(self, lines: list[str]) -> JsonObject:
        items = [
            {
                "type": "rich_text_section",
                "elements": list(self._elements(_BULLET.sub("", each))),
            }
            for each in lines
        ]
        return {"type": "rich_text_list", "style": "bullet", "indent": 0, "elements": items}

    def _elements(self, typed: str) -> Iterator[JsonObject]:
        done = 0
        for match in _TOKEN.finditer(typed):
            element, end = self._element(match)
            if element is None:
                continue
            if typed[done : match.start()]:
                yield {"type": "text", "text": typed[done : match.start()]}
            yield element
            done = end
        if typed[done:]:
            yield {"type": "text", "text": typed[done:]}

    def _element(self, match: re.Match[str]) -> tuple[JsonObject | None, int]:
        if match["target"]:
            label = {"text": match["label"]} if match["label"] else {}
            return {"type": "link", "url": match["target"], **label}, match.end()
        if match["url"]:
            url = match["url"].rstrip(_NOT_THE_LINK)
            return {"type": "link", "url": url}, match.start() + len(url)
        return self._named(match), match.end()

    def _named(self, match: re.Match[str]) -> JsonObject | None:
        if match["emoji"]:
            return {"type": "emoji", "name": match["emoji"]}
        if match["name"] in ("here", "channel", "everyone"):
            return {"type": "broadcast", "range": match["name"]}
        if match["channel"]:
            channel = self._channel(match["channel"])
            return {"type": "channel", "channel_id": channel} if channel else None
        user = match["user"] or self._person(match["name"])
        return {"type": "user", "user_id": user} if user else None


def escaped(text: str) -> str:
    """The three characters that Slack escapes in ``text``."""
    return html.escape(text, quote=False)


def _line_kind(line: str) -> str:
    if line.startswith(">"):
        return "quote"
    return "list" if _BULLET.match(line) else "section"


def _token(element: JsonObject) -> str:
    kind = element["type"]
    if kind == "link":
        label = f"|{escaped(element['text'])}" if "text" in element else ""
        return f"<{escaped(element['url'])}{label}>"
    if kind in _NAMES:
        sign, name = _NAMES[kind]
        return f"<{sign}{element[name]}>"
    return f":{element['name']}:" if kind == "emoji" else escaped(element["text"])
