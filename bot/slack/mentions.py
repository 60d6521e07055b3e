"""What does a payload of Slack ask of us, if anything, and what in it is material to read?"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from bot.briefing.requests import (
    AttachedFile,
    PastedText,
    Source,
    WebPage,
    restrict_to_public_web,
)
from bot.briefing.text import count_words
from bot.service.ports import Intent, Mention
from bot.slack.parse_wishes import (
    COMPARE,
    ENGLISH_NAMES,
    POLITELY_ELSEWHERE,
    Said,
    means_this_one,
    understood,
)
from bot.slack.payloads import JsonObject, Paragraph, Workspace, paragraphs, typed

# Is a line beside pasted text said to us, or does the text begin or end with it?
#
# Articles begin and end with short paragraphs that read like wishes: "In brief", "Can the deal
# hold?", "Please send tips to …". Before a text, a line is for us if it is a wish and nothing else,
# or tells us to do something with "this"; after a text, it must also say please, or name us. In
# doubt, a line belongs to the text.

_I = re.IGNORECASE
_PLEASE = (
    r"(?:\b(?:please|pls|plz|bitte|svp|stp|s['’]il\s+(?:te|vous)\s+pla[iî]t|por\s+favor"
    r"|per\s+favore|per\s+piacere|alstublieft|proszę|lütfen|пожалуйста|будь\s+ласка|խնդրում\s+եմ)\b"
    r"|من\s+فضلك|لو\s+سمحت|请|請|お願い|ください|주세요|부탁)"
)
_YOU = r"\b(?:can|could|would|will)\s+(?:yo)?u\s+(?:please\s+)?"
_OURS = (
    r"(?:brief|summari[sz]e|sum\s+up|condense|shorten|translate|rewrite|redo|compare|recap|digest"
    r"|analy[sz]e)"
)
_TEXT = (
    r"(?:text|article|story|piece|page|report|document|post|statement|release|letter|news|link)s?"
)
_WHAT = (
    rf"(?:(?:this|these|the|my|our)\s+(?:\w+\s+){{0,2}}?{_TEXT}"
    r"|the\s+(?:following|above|below)|(?:this|these)\s+(?:two|three|ones?)|these|this|it|all)"
    r"(?=\W*$|\s*[.,;:!?]|\s+(?:above|below|in|into|to|for|as|on|with|and|at|from|please|pls|by"
    r"|using|so|but|like|without|focus\w*)\b)"
)
_NOUN = r"(?:summary|briefing|brief|overview|digest|recap|translation|tl;?\s?dr|gist)"
_IN_ENGLISH = (
    rf"(?:{_OURS}|tl;?\s?dr)\s+{_WHAT}"
    r"|(?:summari[sz]e|translate|shorten|condense)\s+(?:in|into|to|for|as)\b"
    rf"|(?:please|pls|plz)\s+{_OURS}\W*$|(?:{_OURS}|{_NOUN})\W+(?:please|pls|plz)\W*$"
    r"|(?:give|make|write|send|get|do|prepare|create)\s+(?:me\s+|us\s+)?(?:an?|the|one)\s+"
    rf"(?:[\w-]+\s+){{0,3}}?{_NOUN}\b"
    rf"|(?:an?\s+)?(?:[\w-]+\s+)?{_NOUN}\s+of\s+{_WHAT}"
)
_ELSEWHERE = (
    r"(?:fass|übersetz|kürz|schreib)\w*\s+(?:\w+\s+)?(?:das|dies\w*|den\s+\w+|es|mir)\b"
    r"|(?:résum|tradui|raccourci|synthétis)\w*[\s-]+(?:moi\s+)?"
    r"(?:ce(?:t|tte|ci|la)?|le\s+texte|l['’]article)\b"
    r"|(?:resum|traduc|traduz|acort|riassum)\w*\s+(?:me\s+)?"
    r"(?:est[eoa]|quest[oa]|el\s+\w+|o\s+texto|il\s+testo)\b"
    r"|(?:переведи|сократи|перескажи|резюмируй|сделай)\w*\s+"
    r"(?:это|эт[оу]\w*|на|статью|текст|кратк\w+|резюме)\b"
    rf"|{COMPARE}\s+(?:(?:die|diese|beide|les|ces|l[oa]s|est[eoa]s|quest[ei]|i|le|эт\w+|обе|оба|այս)\b"
    r"|ه)"
    r"|(?:لخص|ترجم)\s"
    r"|(?:总结|總結|概括|翻译|翻譯|要約|翻訳|요약|번역)\W*\w"
)
_GREETING = r"(?:(?:hi|hey|hello|ok|okay|so|and|readout|dear|thanks)\W+)*"
_WANT = r"(?:i(?:['’]d|\s+would)?\s+(?:like|want|need)\s+(?:you\s+to\s+)?)?"
_ORDER = re.compile(
    rf"^\W*{_GREETING}(?:{_PLEASE}\W*)?(?:(?:{_YOU})?{_WANT}(?:{_IN_ENGLISH})|{_ELSEWHERE}"
    rf"|{POLITELY_ELSEWHERE})",
    _I,
)
_ASKS_US = re.compile(rf"{_PLEASE}|{_YOU}(?:make|keep|write|give|do|get|put|say|{_OURS})\b", _I)
_CALLS_US = re.compile(r"^\W*(?:hi|hey|hello|ok(?:ay)?|so|and)\s+@?readout\b|^\W*@?readout\s*,", _I)
_INTRODUCES = re.compile(
    rf"\bhere(?:['’]s|\s+is|\s+are)\s+(?:the|my|our)\s+(?:\w+\s+)?{_TEXT}\b[^.!?:]{{0,40}}:\W*$"
    rf"|\bhere(?:['’]s|\s+it\s+is|\s+goes)\s*:\W*$|\b(?:see\s+|{_TEXT}\s+(?:is\s+)?)below\s*:\W*$",
    _I,
)
_LIKE_A_HEADING = re.compile(
    r"\W*(?:in\s+(?:brief|short|full|depth|a\s+nutshell|(?:more\s+|full\s+)?detail)|tl;?\s?dr"
    r"|(?:more|further)\s+details?|(?:the\s+)?(?:short|long)\s+(?:version|one)"
    rf"|(?:{'|'.join(ENGLISH_NAMES.values())})(?:\s+version)?"
    r"|kurz|en\s+détail|en\s+detalle|кратко|коротко)\W*",
    _I,
)
_SMALL_ORDER = re.compile(rf"\W*(?:{_OURS}|{_NOUN})\W*", _I)
_HELLO = re.compile(r"\W*(?:hi|hey|hello|hallo|salut|hola|ciao)\b", _I)
_ENDS_ASKING = re.compile(r"[?？؟՞]\W*$")
_OF_THE_TEXT = re.compile(
    rf"\b(?:(?:does|did)\s+(?:it|this|the\s+{_TEXT})\s+(?:say|mention|mean)|tell\s+me"
    rf"|(?:this|the)\s+{_TEXT}|according\s+to\s+(?:it|this))\b",
    _I,
)
_NOT_TO_US = re.compile(r"[“”„«»\"]|\b(?:us|our|your|said|says)\b", _I)
_MOST_WORDS = 25
_LONGEST = 300


def is_said_before(text: str, *, named: bool) -> bool:
    """Whether the line ``text`` before a pasted text is for us; ``named`` if it mentions us."""
    if not is_short(text):
        return False
    if orders(text) or introduces(text) or means_this_one(text):
        return True
    said, small = understood(text), _starts_small(text)
    if said.courtesy == "help":
        return named and (small or bool(_HELLO.match(text)))
    asks = bool(_ENDS_ASKING.search(text))
    if said.question:
        return (asks or small) and (named or small or bool(_OF_THE_TEXT.search(text)))
    if small:  # no headline does
        return said.wishes_something or asks or bool(_SMALL_ORDER.fullmatch(text))
    return _is_wish_alone(said) and (_is_plain(said) or bool(_ASKS_US.search(text)))


def is_said_behind(text: str, *, named: bool) -> bool:
    """Whether the line ``text`` behind a pasted text is beyond doubt for us."""
    if not is_short(text) or (_NOT_TO_US.search(text) and not named):
        return False
    if named or _CALLS_US.search(text):
        said = understood(text)
        is_ours = orders(text) or said.question or _is_wish_alone(said)
        return bool(is_ours) or means_this_one(text)
    asks_us, is_small_list = _ASKS_US.search(text), _starts_small(text) and "," in text
    if orders(text):
        return bool(asks_us) or understood(text).wishes.language is not None
    if not (asks_us or is_small_list):  # as nearly all lines of a text
        return False
    said = understood(text)
    return _is_wish_alone(said) and (bool(asks_us) or _is_plain(said))


def orders(text: str) -> bool:
    """Whether it tells us to do something with the text beside it: "brief this in French"."""
    return bool(_ORDER.search(text))


def introduces(text: str) -> bool:
    """Whether it only says that a text follows: "here is the text:"."""
    return bool(_INTRODUCES.search(text))


def is_short(text: str) -> bool:
    """Whether it is as short as what people say to us beside a text."""
    return len(text) <= _LONGEST and count_words(text) <= _MOST_WORDS


def _starts_small(text: str) -> bool:
    return text.lstrip()[:1].islower()


def _is_wish_alone(said: Said) -> bool:
    return said.question is None and said.wishes_something and said.wishes.note is None


def _is_plain(said: Said) -> bool:
    """Whether it names a language, a style or a length, in words that are no heading."""
    wishes = said.wishes
    is_named = wishes.language or wishes.style != "briefing" or wishes.length != "standard"
    return bool(is_named) and not _LIKE_A_HEADING.fullmatch(said.text)


# What in a message is talk to us, and what is material to read?
#
# Links that were typed, files, and pasted text are material; talk is what stands before it, behind
# it, or with our name, and is surely said to us (above): a line in doubt is text. A link
# inside pasted text belongs to that text. Text counts as pasted from 40 words on: shorter, it is
# more likely a question or a wish; a quotation or a fenced block, which says itself that it is not
# talk, from 12 words on outside threads, where people quote a line in order to ask about it.

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
class MessagePlace:
    """Where a message stands: ``link`` leads to it. In a ``direct`` message all is said to us."""

    workspace: Workspace
    link: str | None
    in_thread: bool = False
    direct: bool = False


def place_of(message: JsonObject, channel: str, workspace: Workspace) -> MessagePlace:
    root = message.get("thread_ts")
    link = workspace.permalink(channel, message["ts"], root)
    return MessagePlace(workspace, link, root not in (None, message["ts"]), channel.startswith("D"))


def spoken_to_us(
    lines: Sequence[Paragraph], files: list[JsonObject], place: MessagePlace
) -> Message:
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


def material(message: JsonObject, place: MessagePlace) -> tuple[Source, ...]:
    """The sources in a message: links, files and long text; without the request in one to us. What
    somebody of another workspace has linked is theirs, whoever has it read."""
    found = _material(message, place)
    if team_of(message) in (None, place.workspace.team):
        return found
    return tuple(map(restrict_to_public_web, found))


def _material(message: JsonObject, place: MessagePlace) -> tuple[Source, ...]:
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


def whole_text(message: JsonObject, place: MessagePlace) -> tuple[Source, ...]:
    """All that a message says, however short, as one source; none if it says nothing."""
    return tuple(_texts(_lines(message, place), place))


def _lines(message: JsonObject, place: MessagePlace) -> list[Paragraph]:
    return [line.without(place.workspace.bot) for line in paragraphs(message)]


def _parted(
    lines: Sequence[Paragraph], place: MessagePlace
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
    if not at:
        return [line]
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


def _pages(links: Iterable[str], place: MessagePlace) -> Iterator[Source]:
    for link in dict.fromkeys(links):
        if link.startswith(("http://", "https://")):
            yield place.workspace.message(link) or WebPage(link)


def _texts(lines: Sequence[Paragraph], place: MessagePlace) -> Iterator[Source]:
    text = "\n".join(line.text.rstrip() for line in lines).strip()
    if text:
        yield PastedText(text, url=place.link)


def _files(files: list[JsonObject], place: MessagePlace) -> Iterator[Source]:
    for file in files:
        if file.get("mode") not in _GONE:
            name = file.get("name") or file.get("title") or "file"
            yield AttachedFile(name, _location(file), file.get("size"), place.link)


def _location(file: JsonObject) -> str:
    """Where its bytes are; in Slack Connect that must be asked for, by its id."""
    address = file.get("url_private_download") or file.get("url_private")
    return address or f"{UNASKED}{file.get('id', '')}"


# What does a payload of Slack ask of us, if anything?
#
# The intent says what the job has to do: ``brief`` or ``ask`` about the sources of the mention;
# ``follow_up``, about what is known of its thread; ``help``, ``mute``, ``unmute``. A mention that
# brings no sources is a ``follow_up``, or in a thread ``brief`` where it says nothing at all: in a
# thread that is not known yet, both are about the messages above it (`Conversations.above`).
#
# The same message heard as ``app_mention`` and as ``message`` gives the same mention.

_ASKS = re.compile(r"[?？؟՞]")
_COMPARES = re.compile(rf"\W*(?:(?:please|and|now)\W+)*{COMPARE}\s+\w", re.IGNORECASE)
_HEARD_SUBTYPES = (None, "file_share", "thread_broadcast")
EMOJI = "memo"
"""As a reaction to a message, it has the message briefed."""


def from_event(event: JsonObject, workspace: Workspace) -> Mention | None:
    """The mention that a message is; None for what is not said to us.

    A message in a channel's thread that does not name us is a mention with ``addressed`` unset
    if it asks or wishes something of nobody in particular, asks beside a source ("and this
    one?"), or brings a text: whether we are part of that thread, and whether a text is what we
    offered to read there (`only_brings_text`), is for the caller to look up.
    """
    if not _is_from_a_person(event) or event["user"] == workspace.bot:
        return None
    lines = paragraphs(event)
    direct = event.get("channel_type") == "im" or event["channel"].startswith("D")
    addressed = direct or any(line.names(workspace.bot) for line in lines)
    if not addressed and not event.get("thread_ts"):
        return None
    place = place_of(event, event["channel"], workspace)
    heard = spoken_to_us(lines, event.get("files") or [], place)
    said = understood(heard.said)
    if said.courtesy == "thanks" and not heard.sources:
        return None
    if not addressed and not _is_for_anybody(said, heard, lines):
        return None
    blank = _blank(event, event["channel"], workspace)
    guest = _guest(blank, team_of(event), workspace)
    mention = replace(guest, addressed=addressed, direct=direct)
    return _filled(mention, heard, said)


def from_command(body: JsonObject, workspace: Workspace) -> Mention:
    """What a command asks. It stands in no thread yet: ``thread`` and ``message`` are empty.

    Without sources it is a call for help, or to stop, or something that is not understood: there
    is no thread for it to be about.
    """
    lines = tuple(typed(f"<@{workspace.bot}> {body.get('text') or ''}"))
    heard = spoken_to_us(lines, [], MessagePlace(workspace, None))
    mention = Mention(
        key=f"cmd:{workspace.team}:{body['trigger_id']}",
        team=workspace.team,
        channel=body["channel_id"],
        thread="",
        message="",
        person=body["user_id"],
        intent="help",
        direct=body["channel_id"].startswith("D"),
        response_url=body.get("response_url"),
    )
    filled = _filled(mention, heard, understood(heard.said))
    is_for_a_thread = filled.intent in ("mute", "unmute")
    return replace(filled, intent="follow_up") if is_for_a_thread else filled


def from_shortcut(body: JsonObject, workspace: Workspace) -> Mention:
    """The message on which "Brief this message" was chosen, as a mention by who chose it."""
    message, channel, user = body["message"], body["channel"]["id"], body["user"]
    place = place_of(message, channel, workspace)
    sources = material(message, place) or whole_text(message, place)
    key = f"{body['callback_id']}:{workspace.team}:{body['trigger_id']}"
    mention = _of_anybody(message, place, channel, user["id"], key)
    mention = _guest(mention, user.get("team_id"), workspace)
    to = body.get("response_url")
    return replace(mention, response_url=to, sources=sources, intent="brief" if sources else "help")


def reacted_to(event: JsonObject, workspace: Workspace) -> tuple[str, str] | None:
    """Channel and timestamp of the message to which somebody added `EMOJI`, unless it is ours.

    https://docs.slack.dev/reference/events/reaction_added
    """
    item = event.get("item") or {}
    is_ours = event.get("item_user") == workspace.bot or event.get("user") == workspace.bot
    if event.get("type") != "reaction_added" or event.get("reaction") != EMOJI or is_ours:
        return None
    return (item["channel"], item["ts"]) if item.get("type") == "message" else None


def from_reaction(event: JsonObject, message: JsonObject, workspace: Workspace) -> Mention | None:
    """The ``message`` to which somebody added `EMOJI`, as a mention by them; a second person who
    adds it asks for the same. None if there is nothing to read: under a short remark the emoji may
    mean something else."""
    channel = event["item"]["channel"]
    place = place_of(message, channel, workspace)
    key = f"{EMOJI}:{workspace.team}:{channel}:{message['ts']}"
    mention = _of_anybody(message, place, channel, event["user"], key)
    sources = material(message, place)
    return replace(mention, sources=sources, intent="brief") if sources else None


def only_brings_text(mention: Mention) -> bool:
    """Whether it is a text or a file that was sent without a word to us."""
    asks = mention.question is not None or _ASKS.search(mention.text)
    return not (mention.addressed or asks) and _is_text_alone(mention.sources)


def again(mention: Mention, action: str, message: str, user: JsonObject) -> Mention:
    """``mention`` once more, as the ``user`` asks who pressed a button on ``message`` or sent a
    box; a second press is the same job. What comes of it is theirs: they are billed for it, and
    may delete it.

    A key names the first request and the last button alone: one that grew with each would not
    fit into the 150 characters that an entry of a menu may carry.
    """
    team = user.get("team_id")
    is_outside = team not in (None, mention.team)
    return replace(
        mention,
        key=f"{mention.first_request}:{action}:{message}",
        person=str(user["id"]),
        addressed=True,
        # What somebody outside has linked stays theirs, whoever has it read again.
        outside=mention.outside or is_outside,
        home=team if is_outside else None,
        response_url=None,
        remakes=None,
        version_of=None,
    )


def from_stop(event: JsonObject, workspace: Workspace) -> Mention | None:
    """The wish to stop what somebody has asked for in a thread, by Slack's own button.

    https://docs.slack.dev/reference/events/agent_session_stopped
    """
    channel, thread, at = (event.get(name) for name in ("channel", "thread_ts", "event_ts"))
    if event.get("type") != "agent_session_stopped" or not (channel and thread and at):
        return None
    return Mention(
        key=f"stopped:{workspace.team}:{channel}:{at}",
        team=workspace.team,
        channel=channel,
        thread=thread,
        message=at,
        person=event["user"],
        intent="stop",
        direct=channel.startswith("D"),
    )


def message_key(team: str, channel: str, ts: str) -> str:
    """The key of the mention that a message may be, before anything of it is read."""
    return f"msg:{team}:{channel}:{ts}"


def event_key(body: JsonObject) -> str:
    """The same each time that an event is delivered, and for both events that Slack makes of a
    message that mentions us."""
    event = body.get("event") or {}
    if _is_new_message(event):
        return message_key(team_sent_to(body) or "", event["channel"], event["ts"])
    return str(body["event_id"])


def team_sent_to(body: JsonObject) -> str | None:
    """The workspace that an event was sent to; where workspaces share a channel, ours."""
    sent_to = next(iter(body.get("authorizations") or ()), body)
    return sent_to.get("team_id") or sent_to.get("enterprise_id")


def _is_from_a_person(event: JsonObject) -> bool:
    return _is_new_message(event) and bool(event.get("user")) and not event.get("bot_id")


def _is_new_message(event: JsonObject) -> bool:
    is_message = event.get("type") in ("message", "app_mention")
    return is_message and event.get("subtype") in _HEARD_SUBTYPES and not event.get("hidden")


def _guest(mention: Mention, team: str | None, workspace: Workspace) -> Mention:
    """The same by somebody of that ``team``, where Slack tells it, if it is another than ours."""
    is_outside = team is not None and team != workspace.team
    return replace(mention, outside=True, home=team) if is_outside else mention


def _is_for_anybody(said: Said, heard: Message, lines: tuple[Paragraph, ...]) -> bool:
    names_somebody = any(piece.person for line in lines for piece in line.pieces)
    asks = (
        said.question is not None
        or said.is_plain_wish
        or bool(_COMPARES.match(said.text))
        or said.courtesy in ("mute", "unmute", "stop")
    )
    asks_of_a_source = bool(heard.sources) and _ASKS.search(said.text)  # "and this one?"
    is_for_us = asks or asks_of_a_source or _is_text_alone(heard.sources)
    return bool(is_for_us) and not names_somebody


def _is_text_alone(sources: tuple[Source, ...]) -> bool:
    kinds = {source.kind for source in sources}
    return bool(kinds) and kinds <= {"text", "file"}


def _blank(message: JsonObject, channel: str, workspace: Workspace) -> Mention:
    ts = message["ts"]
    return Mention(
        key=message_key(workspace.team, channel, ts),
        team=workspace.team,
        channel=channel,
        thread=message.get("thread_ts") or ts,
        message=ts,
        person=message["user"],
        intent="help",
        permalink=workspace.permalink(channel, ts, message.get("thread_ts")),
    )


def _of_anybody(
    message: JsonObject, place: MessagePlace, channel: str, person: str, key: str
) -> Mention:
    """What ``person`` asks of a ``message``, whoever wrote it."""
    blank = _blank({**message, "user": person}, channel, place.workspace)
    return replace(blank, key=key, direct=channel.startswith("D"))


def _filled(mention: Mention, heard: Message, said: Said) -> Mention:
    return replace(
        mention,
        intent=_intent(mention, heard, said),
        text=heard.said,
        sources=heard.sources,
        wishes=said.wishes,
        question=said.question,
    )


def _intent(mention: Mention, heard: Message, said: Said) -> Intent:
    if said.courtesy in ("mute", "unmute", "stop"):
        return said.courtesy
    if heard.sources:
        return "ask" if said.question else "brief"
    if said.courtesy == "help":
        is_about_thread = not heard.said and mention.thread != mention.message
        return "brief" if is_about_thread else "help"
    return "follow_up"


# What do we have to do if a message was edited or deleted?
#
# Slack also reports an edit when it only adds a preview, and reports the deletion of a message with
# replies as an edit that leaves a tombstone. Only what the message asked us to do counts.
# https://docs.slack.dev/reference/events/message/message_changed
# https://docs.slack.dev/reference/events/message/message_deleted


def from_change(event: JsonObject, workspace: Workspace) -> Mention | None:
    """To withdraw what a message gave rise to that is gone, or to offer the new request that an
    edited one is; None for all else. Whether it ever asked for anything is for the caller to look
    up."""
    if event.get("type") != "message" or (event.get("previous_message") or {}).get("bot_id"):
        return None
    match event.get("subtype"), (event.get("message") or {}).get("subtype"):
        case ("message_deleted", _) | ("message_changed", "tombstone"):
            return _withdrawal(event, workspace)
        case "message_changed", _:
            return _edit(event, workspace)
    return None


def _withdrawal(event: JsonObject, workspace: Workspace) -> Mention:
    before = event.get("previous_message") or {}
    channel, ts = event["channel"], event.get("deleted_ts") or event["message"]["ts"]
    return Mention(
        key=f"gone:{workspace.team}:{channel}:{ts}",
        team=workspace.team,
        channel=channel,
        thread=before.get("thread_ts") or ts,
        message=ts,
        person=before.get("user") or "",
        intent="withdraw",
    )


def _edit(event: JsonObject, workspace: Workspace) -> Mention | None:
    place = {"type": "message", "channel": event["channel"]}
    place["channel_type"] = event.get("channel_type")
    now, before = (
        from_event({**event[name], **place}, workspace) for name in ("message", "previous_message")
    )
    if now is None or now == before or now.intent not in {"brief", "ask", "follow_up"}:
        return None
    key = message_key(now.team, now.channel, now.message)
    edited = event["message"].get("edited") or {}
    return replace(
        now, key=f"{key}:edit:{edited.get('ts') or event['event_ts']}", intent="edit", about=key
    )
