"""What in a message is talk to us, and what is material to read?

Links that were typed, files, and pasted text are material; talk is the line with the mention,
the first line, and a last line that stands apart, where they read as a request. A link inside
pasted text belongs to that text. Text counts as pasted from 40 words on: shorter, it is more
likely a question or a wish; a quotation or a fenced block, which says itself that it is not
talk, from 12 words on outside threads, where people quote a line in order to ask about it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from bot.briefing.requests import AttachedFile, PastedText, Source, WebPage
from bot.slack.payloads import JsonObject, Paragraph, paragraphs
from bot.slack.permalinks import Workspace
from bot.slack.wishes import reads_as_request

PASTED_WORDS = 40
QUOTED_WORDS = 12
_REQUEST_WORDS = 25
_OPENING_WORDS = 12
UNASKED = "slack-file:"
"""Before a file's id where its address is not in the message."""
_GONE = ("tombstone", "hidden_by_limit")


@dataclass(frozen=True)
class Message:
    """A message as read: what was said to us, and the sources in it."""

    said: str
    sources: tuple[Source, ...]


@dataclass(frozen=True)
class Place:
    """Where a message stands: ``link`` leads to it."""

    workspace: Workspace
    link: str | None
    in_thread: bool = False


def spoken_to_us(lines: Sequence[Paragraph], files: list[JsonObject], place: Place) -> Message:
    """The message of somebody who asks for something."""
    talk, pasted = _parted(lines, place)
    links = [link for line in talk for link in line.links]
    sources = (*_pages(links, place), *_texts(pasted, place), *_files(files, place))
    return Message(" ".join(line.words for line in talk if line.words), sources)


def material(message: JsonObject, place: Place) -> tuple[Source, ...]:
    """The sources in a message that was not written to us: links, files and long text."""
    lines = _lines(message, place)
    long_text = lines if _count(lines) >= PASTED_WORDS else []
    links = [
        piece.link
        for line in lines
        for piece in line.pieces
        if piece.link and (piece.is_bare_link or not long_text)
    ]
    files = message.get("files") or []
    return (*_pages(links, place), *_texts(long_text, place), *_files(files, place))


def whole_text(message: JsonObject, place: Place) -> tuple[Source, ...]:
    """All that a message says, however short, as one source; none if it says nothing."""
    return tuple(_texts(_lines(message, place), place))


def _lines(message: JsonObject, place: Place) -> list[Paragraph]:
    return [line.without(place.workspace.bot) for line in paragraphs(message)]


def _parted(
    lines: Sequence[Paragraph], place: Place
) -> tuple[Sequence[Paragraph], Sequence[Paragraph]]:
    """The lines that are talk and those that were pasted."""
    bot = place.workspace.bot
    opened = [part for line in lines for part in _at_its_colon(line)]
    written = [n for n, line in enumerate(opened) if not line.quoted and line.without(bot).text]
    apart = [n for n in written[-1:] if n and not opened[n - 1].text]
    edges = {*written[:1], *apart, *(n for n in written if opened[n].names(bot))}
    bare = [line.without(bot) for line in opened]
    talk = {n for n, line in enumerate(bare) if _is_talk(line, at_edge=n in edges)}
    pasted = [line for n, line in enumerate(bare) if n not in talk]
    if not _is_enough(pasted, in_thread=place.in_thread):
        return [line.without(bot) for line in lines], []
    return [bare[n] for n in sorted(talk)], pasted


def _at_its_colon(line: Paragraph) -> list[Paragraph]:
    """A long line in two, if it opens with a request: "Brief this in French: The ministers …"."""
    for number, piece in enumerate(line.pieces):
        opening, colon, rest = piece.text.partition(": ")
        if not colon or piece.link or not rest.strip():
            continue
        before = (*line.pieces[:number], replace(piece, text=f"{opening}:"))
        first = replace(line, pieces=before)
        if len(first.text.split()) > _OPENING_WORDS or not reads_as_request(first.text[:-1]):
            break
        after = (replace(piece, text=rest), *line.pieces[number + 1 :])
        return [first, replace(line, pieces=after)]
    return [line]


def _is_talk(line: Paragraph, *, at_edge: bool) -> bool:
    if line.quoted:
        return False
    has_typed_link = any(piece.is_bare_link for piece in line.pieces)
    if not line.words:
        return has_typed_link
    if not at_edge or has_typed_link:
        return at_edge
    return len(line.words.split()) <= _REQUEST_WORDS and reads_as_request(line.words)


def _is_enough(pasted: list[Paragraph], *, in_thread: bool) -> bool:
    if _count(pasted) >= PASTED_WORDS:
        return True
    return not in_thread and _count(line for line in pasted if line.quoted) >= QUOTED_WORDS


def _count(lines: Iterable[Paragraph]) -> int:
    return sum(len(line.words.split()) for line in lines)


def _pages(links: Iterable[str], place: Place) -> Iterator[Source]:
    for link in dict.fromkeys(links):
        if link.startswith(("http://", "https://")):
            yield place.workspace.message(link) or WebPage(link)


def _texts(lines: Sequence[Paragraph], place: Place) -> Iterator[Source]:
    text = "\n".join(line.text.rstrip() for line in lines).strip()
    if text:
        yield PastedText(text, url=place.link)


def _files(files: list[JsonObject], place: Place) -> Iterator[Source]:
    for file in files:
        if file.get("mode") not in _GONE:
            name = file.get("name") or file.get("title") or "file"
            yield AttachedFile(name, _location(file), file.get("size"), place.link)


def _location(file: JsonObject) -> str:
    """Where its bytes are; in Slack Connect that must be asked for, by its id."""
    address = file.get("url_private_download") or file.get("url_private")
    return address or f"{UNASKED}{file.get('id', '')}"
