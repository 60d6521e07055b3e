"""How does a message read without blocks, if Slack refuses them?"""

import html
from collections.abc import Iterator

from bot.briefing.harmless import harmless
from bot.slack.escaping import escaped
from bot.slack.payloads import JsonObject

PIECE_LENGTH = 3_000
_PART_LENGTH = 500  # escaping makes it at most five times as long


def pieces(blocks: tuple[JsonObject, ...]) -> list[str]:
    """The words of the blocks, escaped, in texts of at most 3,000 characters, cut at lines."""
    texts = [""]
    for part in (part for block in blocks for line in _lines(block) for part in _parts(line)):
        if len(texts[-1]) + len(part) > PIECE_LENGTH:
            texts.append("")
        texts[-1] += part
    return [text.strip() for text in texts if text.strip()]


def _parts(line: str) -> Iterator[str]:
    safe = harmless(line)  # before it is cut, perhaps in the middle of an address
    for start in range(0, len(safe), _PART_LENGTH):
        is_last = start + _PART_LENGTH >= len(safe)
        yield escaped(safe[start : start + _PART_LENGTH]) + "\n" * is_last


def _lines(block: JsonObject) -> Iterator[str]:
    match block["type"]:
        case "rich_text":
            for part in block["elements"]:
                yield from _lines(part)
        case "rich_text_list":
            for item in block["elements"]:
                yield f"• {_words(item)}"
        case "rich_text_section" | "rich_text_quote":
            yield _words(block)
        case "header":
            yield block["text"]["text"]
        case "context":
            yield from (html.unescape(element["text"]) for element in block["elements"])


def _words(section: JsonObject) -> str:
    return "".join(element.get("text", "") for element in section["elements"])
