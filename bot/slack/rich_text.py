"""Building rich_text elements, whose words Slack shows as they are and never parses."""

import html
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from bot.briefing.documents import Passage
from bot.briefing.terms import best_passages
from bot.briefing.text import defang, directed_space, direction_marks, is_rtl, isolate_runs
from bot.slack.payloads import JsonObject

# Slack acts on ``<!channel>``, ``<@user>`` and ``<url|label>`` in every string that it parses, and
# turns bare addresses into links. So words from an article, a file name or a model go into
# rich_text elements wherever possible; everywhere else they go through `safe_mrkdwn`.
# https://docs.slack.dev/messaging/formatting-message-text/#escaping


def safe_mrkdwn(words: str) -> str:
    """``words`` for a string that Slack parses, with no mention, link or address that works."""
    return escaped(defang(words))


def escaped(words: str) -> str:
    """``words`` with Slack's three control characters escaped."""
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def shortened(words: str, most: int) -> str:
    """``words`` on one line, cut at a space to at most ``most`` characters, with an ellipsis."""
    line = " ".join(words.split())
    if len(line) <= most:
        return line
    cut = line[: most - 1]
    whole, space, _ = cut.rpartition(" ")
    return f"{whole if space and len(whole) > most // 2 else cut}…"


PIECE_LENGTH = 3_000
_PART_LENGTH = 500  # escaping makes it at most five times as long


def pieces(blocks: tuple[JsonObject, ...]) -> list[str]:
    """The words of the blocks, escaped, as texts of at most 3,000 characters, cut between lines."""
    texts = [""]
    for part in (part for block in blocks for line in _lines(block) for part in _parts(line)):
        if len(texts[-1]) + len(part) > PIECE_LENGTH:
            texts.append("")
        texts[-1] += part
    return [text.strip() for text in texts if text.strip()]


def _parts(line: str) -> Iterator[str]:
    safe = defang(line)  # before it is cut, perhaps in the middle of an address
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


# https://docs.slack.dev/reference/block-kit/blocks/rich-text-block

Style = Literal["bold", "italic", "code", "strike"]
LONGEST_WORDS = 2_900
"""In one text element: rich_text has no documented limit, a section's text has 3,000."""
LONGEST_LINK = 2_000
_LONGEST_HEADING = 150
_ELEMENT_OVERHEAD = 10
_MOST_MARKS = 2
"""After a line; Evidence has all of its passages."""


def channel_mention(channel: str) -> JsonObject:
    """A channel's name, which Slack shows to those who may see it."""
    return {"type": "channel", "channel_id": channel}


def person_mention(person: str) -> JsonObject:
    """A person's name, which notifies them."""
    return {"type": "user", "user_id": person}


def words(text: str, *styles: Style) -> JsonObject:
    """A text element, cut with an ellipsis if it is longer than `LONGEST_WORDS`."""
    return _styled({"type": "text", "text": _cut(text, LONGEST_WORDS)}, styles)


def link(text: str, url: str | None, *styles: Style) -> JsonObject:
    """A link, or only the words if ``url`` isn't a web address that Slack accepts."""
    if url is None or not url.startswith(("https://", "http://")) or len(url) > LONGEST_LINK:
        return words(text, *styles)
    return _styled({"type": "link", "url": url, "text": text}, styles)


def bidi_line(
    elements: Sequence[JsonObject], passages: Iterable[Passage], text: str
) -> list[JsonObject]:
    """A line in the direction of ``text``, whatever other directions occur in ``elements``, with
    references that link to ``passages``; see `bot.briefing.text`."""
    right = is_rtl(text)
    space = words(directed_space(rtl=right))
    shown = [{**each, "text": isolate_runs(each["text"], rtl=right)} for each in elements]
    whole = "".join(each["text"] for each in elements)
    before, behind = (words(mark) for mark in direction_marks(whole, rtl=right))
    references: list[JsonObject] = []
    for passage in best_passages(list(passages), text, _MOST_MARKS):
        references += [space, link(passage.reference, passage.url, "code")]
    return _without_empty([before, *shown, *references, behind])


def section(elements: Sequence[JsonObject]) -> JsonObject:
    """A paragraph."""
    return {"type": "rich_text_section", "elements": _without_empty(elements)}


def heading(text: str) -> JsonObject:
    """A header block with the title of a section, in the size of the text around it. Screen readers
    can jump between them.

    https://docs.slack.dev/reference/block-kit/blocks/header-block
    """
    title = {"type": "plain_text", "text": _cut(text, _LONGEST_HEADING), "emoji": False}
    return {"type": "header", "text": title, "level": 4}


def bullets(items: Iterable[Sequence[JsonObject]]) -> JsonObject:
    """A list with a bullet before each item."""
    elements = [section(item) for item in items]
    return {"type": "rich_text_list", "style": "bullet", "indent": 0, "elements": elements}


def quotation(elements: Sequence[JsonObject]) -> JsonObject:
    """A paragraph with a bar beside it."""
    return {"type": "rich_text_quote", "elements": _without_empty(elements)}


def rich_text(*parts: JsonObject) -> JsonObject:
    return {"type": "rich_text", "elements": list(parts)}


def size(thing: object) -> int:
    """The characters of a message that blocks or elements take up: those of their texts and
    addresses, and some for each container, since Slack counts these too
    (github.com/slackapi/bolt-js/issues/2509)."""
    if isinstance(thing, dict):
        own = sum(len(thing[name]) for name in ("text", "url") if isinstance(thing.get(name), str))
        return own + _ELEMENT_OVERHEAD + sum(map(size, thing.values()))
    return sum(map(size, thing)) if isinstance(thing, list) else 0


def _without_empty(elements: Iterable[JsonObject]) -> list[JsonObject]:
    """``elements`` without empty texts, which Slack rejects."""
    return [element for element in elements if element.get("text") != ""]


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"


def _styled(element: JsonObject, styles: Iterable[Style]) -> JsonObject:
    style = dict.fromkeys(styles, True)
    return {**element, "style": style} if style else element
