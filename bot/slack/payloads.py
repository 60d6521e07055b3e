"""What was written in a Slack message, paragraph by paragraph, and what is its address?"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import parse_qs, urlsplit

from bot.briefing.requests import LinkedMessage

# ``blocks`` take precedence: a rich_text block has the words, the links and the line breaks exactly
# as they were typed or pasted, while ``text`` is an escaped rendering of it. The words in elements
# of an unknown type are read as well, so that a new type never hides them.

JsonObject = dict[str, Any]

_TOKEN = re.compile(r"<([^<>]+)>|(https?://[^\s<>|]+)")
_TRAILING_PUNCTUATION = ".,;:!?)'\"»”’]"
_QUOTED = ("rich_text_quote", "rich_text_preformatted")
_FENCE = "```"


@dataclass(frozen=True)
class Piece:
    """A run of words as they are shown, with the ``link`` or the ``person`` that they stand for.
    ``is_bold`` is only known from blocks."""

    text: str
    link: str | None = None
    person: str | None = None
    is_bold: bool = False

    @property
    def is_bare_link(self) -> bool:
        """Whether the address itself is shown, as when it was typed."""
        return self.link is not None and self.text in {self.link, self.link.split("://", 1)[-1]}


@dataclass(frozen=True)
class Paragraph:
    """One line of a message; ``quoted`` if it was in a quotation or between code fences."""

    pieces: tuple[Piece, ...]
    quoted: bool = False

    @property
    def text(self) -> str:
        """Its words, with links as they are shown."""
        return "".join(piece.text for piece in self.pieces)

    @property
    def links(self) -> list[str]:
        return [piece.link for piece in self.pieces if piece.link]

    @property
    def words(self) -> str:
        """Its words without bare links."""
        return "".join(piece.text for piece in self.pieces if not piece.is_bare_link).strip()

    @property
    def is_heading(self) -> bool:
        """Whether all of it is bold, as Slack shows a heading that was pasted."""
        written = [piece for piece in self.pieces if piece.text.strip() and not piece.person]
        return bool(written) and all(piece.is_bold for piece in written)

    def mentions(self, person: str) -> bool:
        return any(piece.person == person for piece in self.pieces)

    def without(self, person: str) -> "Paragraph":
        """The same line without mentions of ``person``."""
        kept = tuple(piece for piece in self.pieces if piece.person != person)
        return replace(self, pieces=kept)


def paragraphs(message: JsonObject) -> tuple[Paragraph, ...]:
    """The lines of a message, including empty ones, then those of messages that it forwards."""
    blocks = [block for block in message.get("blocks") or [] if block.get("type") == "rich_text"]
    said = (
        list(_lines_of_blocks(blocks))
        if blocks
        else list(text_paragraphs(message.get("text") or ""))
    )
    for attachment in message.get("attachments") or []:
        if attachment.get("is_share"):
            shared = text_paragraphs(attachment.get("text") or "")
            said += [replace(paragraph, quoted=True) for paragraph in shared]
    return tuple(said)


def text_paragraphs(text: str) -> Iterator[Paragraph]:
    """The lines of a ``text`` field, or of what was typed after a command."""
    fenced = False
    for line in text.split("\n"):
        opening, *rest = line.split(_FENCE)
        quoted = fenced or opening.startswith(("&gt;", ">")) or bool(rest)
        fenced ^= len(rest) % 2 == 1
        words = line.replace(_FENCE, "")
        words = re.sub(r"^(&gt;|>)\s?", "", words) if not fenced else words
        yield Paragraph(tuple(_pieces(words)), quoted)


def _lines_of_blocks(blocks: list[JsonObject]) -> Iterator[Paragraph]:
    for element in (each for block in blocks for each in block.get("elements") or []):
        quoted = element.get("type") in _QUOTED
        for section in _sections(element):
            yield from _lines(_inline(section), quoted)


def _sections(element: JsonObject) -> list[JsonObject]:
    items = element.get("elements") or []
    return list(items) if element.get("type") == "rich_text_list" else [element]


def _lines(pieces: Iterator[Piece], quoted: bool) -> Iterator[Paragraph]:
    line: list[Piece] = []
    for piece in pieces:
        first, *rest = piece.text.split("\n")
        line.append(replace(piece, text=first))
        for text in rest:
            yield Paragraph(_without_empty(line), quoted)
            line = [replace(piece, text=text)]
    yield Paragraph(_without_empty(line), quoted)


def _without_empty(line: list[Piece]) -> tuple[Piece, ...]:
    return tuple(piece for piece in line if piece.text)


def _inline(element: JsonObject) -> Iterator[Piece]:
    match element:
        case {"type": "link", "url": str(url)}:
            yield Piece(element.get("text") or url, link=url)
        case {"type": "user", "user_id": str(person)}:
            yield Piece(f"@{person}", person=person)
        case {"elements": list(parts)}:
            for part in parts:
                yield from _inline(part)
        case _:
            style = element.get("style")
            is_bold = isinstance(style, dict) and bool(style.get("bold"))
            yield Piece(_shown_text(element), is_bold=is_bold)


def _shown_text(element: JsonObject) -> str:
    match element:
        case {"type": "emoji"}:
            return _emoji(element)
        case {"channel_id": str(channel)}:
            return f"#{channel}"
        case {"range": str(name)} | {"usergroup_id": str(name)}:
            return f"@{name}"
        case {"text": str(text)} | {"fallback": str(text)}:
            return text
    return ""


def _emoji(element: JsonObject) -> str:
    try:
        return "".join(chr(int(code, 16)) for code in element["unicode"].split("-"))
    except (KeyError, ValueError):
        return f":{element.get('name', '')}:"


def _pieces(line: str) -> Iterator[Piece]:
    done = 0
    for match in _TOKEN.finditer(line):
        piece, end = _token(match)
        yield from _plain(line[done : match.start()])
        yield piece
        done = end
    yield from _plain(line[done:])


def _plain(text: str) -> Iterator[Piece]:
    if text:
        yield Piece(html.unescape(text))


def _token(match: re.Match[str]) -> tuple[Piece, int]:
    if match[2]:
        url = match[2].rstrip(_TRAILING_PUNCTUATION)
        link = html.unescape(url)
        return Piece(link, link=link), match.start() + len(url)
    target, _, label = match[1].partition("|")
    return _tag(html.unescape(target), html.unescape(label)), match.end()


def _tag(target: str, label: str) -> Piece:
    if target.startswith("@"):
        return Piece(target, person=target[1:])
    if target.startswith("#"):
        return Piece(f"#{label}" if label else target)
    if target.startswith("!"):
        return Piece(label or f"@{target[1:].partition('^')[0]}")
    return Piece(label or target, link=target)


_MESSAGE = re.compile(r"/archives/([CDG][A-Z0-9]+)/p(\d{10})(\d{6})/?")


@dataclass(frozen=True)
class Workspace:
    """A workspace: its id, our user's id in it, and its web address."""

    team: str
    bot: str
    url: str | None

    def permalink(self, channel: str, ts: str, thread: str | None = None) -> str | None:
        """The link to a message, as Slack's "Copy link" gives it; None if we don't know the
        workspace's address."""
        return permalink(self.url, channel, ts, thread) if self.url else None

    def linked_message(self, url: str) -> LinkedMessage | None:
        """The message of this workspace that ``url`` links to; None if it links to none."""
        try:
            address = urlsplit(url)
        except ValueError:  # brackets that are no IPv6 address
            return None
        match = _MESSAGE.fullmatch(address.path)
        if match is None or not self.url or address.netloc != urlsplit(self.url).netloc:
            return None
        return LinkedMessage(url, match[1], f"{match[2]}.{match[3]}")


def permalink(workspace_url: str, channel: str, ts: str, thread: str | None = None) -> str:
    """The link to message ``ts`` of a channel of the workspace at ``workspace_url``."""
    place = f"{workspace_url.rstrip('/')}/archives/{channel}/p{ts.replace('.', '')}"
    if thread in (None, ts):
        return place
    return f"{place}?thread_ts={thread}&cid={channel}"


def thread_root(link: LinkedMessage) -> str:
    """The timestamp of the root of a linked message's thread."""
    return parse_qs(urlsplit(link.url).query).get("thread_ts", [link.ts])[0]


def workspace_address(link: str) -> str:
    """The web address of the workspace in a permalink."""
    return link.partition("/archives/")[0]
