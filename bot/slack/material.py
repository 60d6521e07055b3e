"""What in a message is talk to us, and what is material to read?

Links that were typed, files, and pasted text are material; talk is what stands before it, behind
it, or with our name, and is surely said to us (`addressing`): a line in doubt is text. A link
inside pasted text belongs to that text. Text counts as pasted from 40 words on: shorter, it is
more likely a question or a wish; a quotation or a fenced block, which says itself that it is not
talk, from 12 words on outside threads, where people quote a line in order to ask about it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from bot.briefing.requests import (
    AttachedFile,
    PastedText,
    Source,
    WebPage,
    from_the_public_web,
)
from bot.briefing.words import count_words
from bot.slack.addressing import introduces, is_said_before, is_said_behind, is_short, orders
from bot.slack.payloads import JsonObject, Paragraph, paragraphs
from bot.slack.permalinks import Workspace

PASTED_WORDS = 40
QUOTED_WORDS = 12
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
    """Where a message stands: ``link`` leads to it. In a ``direct`` message all is said to us."""

    workspace: Workspace
    link: str | None
    in_thread: bool = False
    direct: bool = False


def place_of(message: JsonObject, channel: str, workspace: Workspace) -> Place:
    """Where ``message`` stands."""
    root = message.get("thread_ts")
    link = workspace.permalink(channel, message["ts"], root)
    return Place(workspace, link, root not in (None, message["ts"]), channel.startswith("D"))


def spoken_to_us(lines: Sequence[Paragraph], files: list[JsonObject], place: Place) -> Message:
    """The message of somebody who asks for something."""
    talk, pasted = _parted(lines, place)
    links = [link for line in talk for link in line.links]
    sources = (*_pages(links, place), *_texts(pasted, place), *_files(files, place))
    said = (line.words for line in talk if line.words and not introduces(line.words))
    return Message(" ".join(said), sources)


def team_of(message: JsonObject) -> str | None:
    """Whose person wrote a message, where Slack tells: in channels that workspaces share.

    https://docs.slack.dev/apis/slack-connect/
    """
    return message.get("user_team") or message.get("source_team")


def material(message: JsonObject, place: Place) -> tuple[Source, ...]:
    """The sources in a message: links, files and long text; without the request in one to us. What
    somebody of another workspace has linked is theirs, whoever has it read."""
    found = _material(message, place)
    if team_of(message) in (None, place.workspace.team):
        return found
    return tuple(map(from_the_public_web, found))


def _material(message: JsonObject, place: Place) -> tuple[Source, ...]:
    files = message.get("files") or []
    if place.direct or is_to(place.workspace.bot, message):
        return spoken_to_us(paragraphs(message), files, place).sources
    lines = _lines(message, place)
    long_text = lines if _count(lines) >= PASTED_WORDS else []
    links = [
        piece.link
        for line in lines
        for piece in line.pieces
        if piece.link and (piece.is_bare_link or not long_text)
    ]
    return (*_pages(links, place), *_texts(long_text, place), *_files(files, place))


def is_to(bot: str, message: JsonObject) -> bool:
    """Whether a message mentions ``bot``."""
    return any(line.names(bot) for line in paragraphs(message))


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
    parts = [part for line in _opened(lines, bot) for part in _at_the_mention(line, bot)]
    written = [n for n, part in enumerate(parts) if part.without(bot).text.strip()]
    before = list(takewhile(lambda n: _opens(parts[n], bot), written))
    rest = written[len(before) :]
    behind = takewhile(lambda n: _closes(parts, n, bot), reversed(rest))
    calls = (n for n in rest[1:] if _calls(parts[n], bot))
    talk = {*before, *behind, *calls}
    bare = [part.without(bot) for part in parts]
    pasted = [line for n, line in enumerate(bare) if n not in talk]
    if not _is_enough(pasted, in_thread=place.in_thread):
        return [line.without(bot) for line in lines], []
    return [bare[n] for n in sorted(talk)], pasted


def _opened(lines: Sequence[Paragraph], bot: str) -> Iterator[Paragraph]:
    """The lines, the first of them in two if it opens with a request: "Brief this in French: The
    ministers …"."""
    is_first = True
    for line in lines:
        yield from _at_its_colon(line, bot) if is_first else [line]
        is_first = is_first and not line.without(bot).text.strip()


def _at_its_colon(line: Paragraph, bot: str) -> list[Paragraph]:
    for number, piece in enumerate(line.pieces):
        opening, colon, rest = piece.text.partition(": ")
        if not colon or piece.link or not rest.strip():
            continue
        first = replace(line, pieces=(*line.pieces[:number], replace(piece, text=f"{opening}:")))
        after = replace(line, pieces=(replace(piece, text=rest), *line.pieces[number + 1 :]))
        said = first.without(bot).text
        is_followed = orders(said) or introduces(said) or _count([after]) >= PASTED_WORDS
        if is_followed and is_said_before(said, named=first.names(bot)):
            return [first, after]
        break
    return [line]


def _at_the_mention(line: Paragraph, bot: str) -> list[Paragraph]:
    """A line in two if the end of a text stands before our mention, and a wish behind it."""
    at = next((n for n, piece in enumerate(line.pieces) if piece.person == bot), 0)
    before, after = replace(line, pieces=line.pieces[:at]), replace(line, pieces=line.pieces[at:])
    is_one = not before.text.strip() or is_said_behind(line.without(bot).text, named=True)
    return [line] if is_one else [before, after]


def _opens(line: Paragraph, bot: str) -> bool:
    if line.quoted or line.is_heading:
        return False
    named, words = line.names(bot), line.without(bot).words
    if any(piece.is_bare_link for piece in line.pieces) and (named or not words):
        return is_short(words)
    return is_said_before(words, named=named)


def _closes(lines: Sequence[Paragraph], number: int, bot: str) -> bool:
    line = lines[number]
    if line.quoted or line.is_heading:
        return False
    if not line.words:  # a link in a line of its own that stands apart
        return any("://" in piece.text for piece in line.pieces) and not lines[number - 1].text
    return _calls(line, bot) or is_said_behind(line.words, named=False)


def _calls(line: Paragraph, bot: str) -> bool:
    """Whether a line after the first is said to us, since it begins with our mention or is a wish
    that names us."""
    if line.quoted or not line.names(bot):
        return False
    begins = next(piece for piece in line.pieces if piece.text.strip()).person == bot
    return is_short(line.words) if begins else is_said_behind(line.without(bot).words, named=True)


def _is_enough(pasted: list[Paragraph], *, in_thread: bool) -> bool:
    if _count(pasted) >= PASTED_WORDS:
        return True
    return not in_thread and _count(line for line in pasted if line.quoted) >= QUOTED_WORDS


def _count(lines: Iterable[Paragraph]) -> int:
    return sum(count_words(line.words) for line in lines)


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
