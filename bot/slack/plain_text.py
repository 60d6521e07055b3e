"""How does a message read without blocks, should Slack refuse them?"""

from collections.abc import Iterator

from bot.slack.escaping import parsed
from bot.slack.payloads import JsonObject

PIECE_LENGTH = 3_000


def pieces(blocks: tuple[JsonObject, ...]) -> list[str]:
    """The words of the blocks, escaped, in texts of at most 3,000 characters, cut at lines."""
    texts = [""]
    for line in (part for block in blocks for part in _lines(block)):
        for start in range(0, len(line), PIECE_LENGTH):
            part = line[start : start + PIECE_LENGTH]
            if len(texts[-1]) + len(part) + 1 > PIECE_LENGTH:
                texts.append("")
            texts[-1] += f"{part}\n"
    return [text.strip() for text in texts if text.strip()]


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
        case "context":
            yield from (element["text"] for element in block["elements"])


def _words(section: JsonObject) -> str:
    return parsed("".join(element.get("text", "") for element in section["elements"]))
