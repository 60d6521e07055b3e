"""What does a payload of Slack ask of us, if anything, and which sources are in it?"""

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
    POLITE_REQUEST,
    ParsedRequest,
    any_of,
    parse_request,
    points_at_source,
)
from bot.slack.payloads import JsonObject, Paragraph, Workspace, paragraphs, text_paragraphs

# Is a line before or after pasted text a request, or part of the text?
#
# Articles begin and end with short paragraphs that read like requests: "In brief", "Can the deal
# hold?", "Please send tips to …". Before a text, a line is a request if it is nothing but a wish,
# or says what to do with "this"; after a text, it must also say please or name us. In doubt, a line
# belongs to the text.

_I = re.IGNORECASE
_PLEASE = rf"(?:\b(?:{any_of('please')})\b|{any_of('unspaced_please')})"
_YOU = r"\b(?:can|could|would|will)\s+(?:yo)?u\s+(?:please\s+)?"
_VERBS = rf"(?:{any_of('verbs')})"
_TEXT = (
    r"(?:text|article|story|piece|page|report|document|post|statement|release|letter|news|link)s?"
)
_THIS_TEXT = (
    rf"(?:(?:this|these|the|my|our)\s+(?:\w+\s+){{0,2}}?{_TEXT}"
    r"|the\s+(?:following|above|below)|(?:this|these)\s+(?:two|three|ones?)|these|this|it|all)"
    r"(?=\W*$|\s*[.,;:!?]|\s+(?:above|below|in|into|to|for|as|on|with|and|at|from|please|pls|by"
    r"|using|so|but|like|without|focus\w*)\b)"
)
_NOUN = r"(?:summary|briefing|brief|overview|digest|recap|translation|tl;?\s?dr|gist)"
_IN_ENGLISH = (
    rf"(?:{_VERBS}|tl;?\s?dr)\s+{_THIS_TEXT}"
    r"|(?:summari[sz]e|translate|shorten|condense)\s+(?:in|into|to|for|as)\b"
    rf"|(?:please|pls|plz)\s+{_VERBS}\W*$|(?:{_VERBS}|{_NOUN})\W+(?:please|pls|plz)\W*$"
    r"|(?:give|make|write|send|get|do|prepare|create)\s+(?:me\s+|us\s+)?(?:an?|the|one)\s+"
    rf"(?:[\w-]+\s+){{0,3}}?{_NOUN}\b"
    rf"|(?:an?\s+)?(?:[\w-]+\s+)?{_NOUN}\s+of\s+{_THIS_TEXT}"
)
_OTHER_LANGUAGES = (
    rf"{any_of('orders_about_a_text')}"
    rf"|{COMPARE}\s+(?:(?:die|diese|beide|les|ces|l[oa]s|est[eoa]s|quest[ei]|i|le|эт\w+|обе|оба|այս)\b"
    r"|ه)"
)
_GREETING = r"(?:(?:hi|hey|hello|ok|okay|so|and|readout|dear|thanks)\W+)*"
_WANT = r"(?:i(?:['’]d|\s+would)?\s+(?:like|want|need)\s+(?:you\s+to\s+)?)?"
_ORDER = re.compile(
    rf"^\W*{_GREETING}(?:{_PLEASE}\W*)?(?:(?:{_YOU})?{_WANT}(?:{_IN_ENGLISH})|{_OTHER_LANGUAGES}"
    rf"|{POLITE_REQUEST})",
    _I,
)
_ASKS_US = re.compile(rf"{_PLEASE}|{_YOU}(?:make|keep|write|give|do|get|put|say|{_VERBS})\b", _I)
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
_BARE_ORDER = re.compile(rf"\W*(?:{_VERBS}|{_NOUN})\W*", _I)
_STARTS_WITH_HELLO = re.compile(r"\W*(?:hi|hey|hello|hallo|salut|hola|ciao)\b", _I)
_ENDS_ASKING = re.compile(r"[?？؟՞]\W*$")
_ABOUT_THE_TEXT = re.compile(
    rf"\b(?:(?:does|did)\s+(?:it|this|the\s+{_TEXT})\s+(?:say|mention|mean)|tell\s+me"
    rf"|(?:this|the)\s+{_TEXT}|according\s+to\s+(?:it|this))\b",
    _I,
)
_NOT_TO_US = re.compile(r"[“”„«»\"]|\b(?:us|our|your|said|says)\b", _I)
_MOST_WORDS = 25
_LONGEST = 300


def is_request_before(text: str, *, named: bool) -> bool:
    """Whether the line ``text`` before a pasted text is a request; ``named`` if it mentions us."""
    if not is_short(text):
        return False
    if is_order(text) or introduces_text(text) or points_at_source(text):
        return True
    request, is_lower = parse_request(text), _starts_in_lower_case(text)
    if request.known_phrase == "help":
        return named and (is_lower or bool(_STARTS_WITH_HELLO.match(text)))
    asks = bool(_ENDS_ASKING.search(text))
    if request.question:
        return (asks or is_lower) and (named or is_lower or bool(_ABOUT_THE_TEXT.search(text)))
    if is_lower:  # so it is no headline
        return request.has_wishes or asks or bool(_BARE_ORDER.fullmatch(text))
    return _is_wish_alone(request) and (_is_plain(request) or bool(_ASKS_US.search(text)))


def is_request_after(text: str, *, named: bool) -> bool:
    """Whether the line ``text`` after a pasted text is a request beyond doubt; ``named`` if it
    mentions us."""
    if not is_short(text) or (_NOT_TO_US.search(text) and not named):
        return False
    if named or _CALLS_US.search(text):
        request = parse_request(text)
        is_ours = is_order(text) or request.question or _is_wish_alone(request)
        return bool(is_ours) or points_at_source(text)
    asks_us, is_lower_list = _ASKS_US.search(text), _starts_in_lower_case(text) and "," in text
    if is_order(text):
        return bool(asks_us) or parse_request(text).wishes.language is not None
    if not (asks_us or is_lower_list):  # as with nearly all lines of a text
        return False
    request = parse_request(text)
    return _is_wish_alone(request) and (bool(asks_us) or _is_plain(request))


def is_order(text: str) -> bool:
    """Whether it tells us to do something with the text around it: "brief this in French"."""
    return bool(_ORDER.search(text))


def introduces_text(text: str) -> bool:
    """Whether it only says that a text follows: "here is the text:"."""
    return bool(_INTRODUCES.search(text))


def is_short(text: str) -> bool:
    """Whether it is as short as requests around a text are."""
    return len(text) <= _LONGEST and count_words(text) <= _MOST_WORDS


def _starts_in_lower_case(text: str) -> bool:
    return text.lstrip()[:1].islower()


def _is_wish_alone(request: ParsedRequest) -> bool:
    return request.question is None and request.has_wishes and request.wishes.note is None


def _is_plain(request: ParsedRequest) -> bool:
    """Whether it names a language, a style or a length, and doesn't read like a heading."""
    wishes = request.wishes
    is_named = wishes.language or wishes.style != "briefing" or wishes.length != "standard"
    return bool(is_named) and not _LIKE_A_HEADING.fullmatch(request.text)


# Which part of a message is talk to us, and which are sources?
#
# Links that were typed, files and pasted text are sources. Talk comes before or after them or
# mentions us, and is clearly a request (see above). A link inside pasted text belongs to that text.
# Text counts as pasted from 40 words on: shorter text is more likely a question or a wish. A
# quotation or a fenced block is clearly not talk and counts from 12 words on, but not in threads,
# where people quote a line to ask about it.

PASTED_WORDS = 40
QUOTED_WORDS = 12
FILE_ID_PREFIX = "slack-file:"
"""What precedes a file's id in its location, if the message doesn't have its address."""
_GONE_MODES = ("tombstone", "hidden_by_limit")


@dataclass(frozen=True)
class ParsedMessage:
    """What a message says to us, and the sources in it."""

    talk: str
    sources: tuple[Source, ...]


@dataclass(frozen=True)
class MessagePlace:
    """Where a message is; ``link`` is its address. Everything in a ``direct`` message is addressed
    to us."""

    workspace: Workspace
    link: str | None
    in_thread: bool = False
    direct: bool = False


def place_of(message: JsonObject, channel: str, workspace: Workspace) -> MessagePlace:
    root = message.get("thread_ts")
    link = workspace.permalink(channel, message["ts"], root)
    return MessagePlace(workspace, link, root not in (None, message["ts"]), channel.startswith("D"))


def parse_message(
    lines: Sequence[Paragraph], files: list[JsonObject], place: MessagePlace
) -> ParsedMessage:
    """The talk and the sources in a message, read as if it were addressed to us."""
    talk, pasted = _talk_and_pasted(lines, place)
    links = [link for line in talk for link in line.links]
    sources = (*_pages(links, place), *_texts(pasted, place), *_files(files, place))
    words = (line.words for line in talk if line.words and not introduces_text(line.words))
    return ParsedMessage(" ".join(words), sources)


def author_team(message: JsonObject) -> str | None:
    """The workspace of a message's author, which Slack gives in channels that workspaces share.

    https://docs.slack.dev/apis/slack-connect/
    """
    return message.get("user_team") or message.get("source_team")


def sources_in(message: JsonObject, place: MessagePlace) -> tuple[Source, ...]:
    """The sources in a message: links, files and long text; without the request in one to us.
    What somebody from another workspace linked is only read if it is public, whoever asks."""
    found = _sources_in(message, place)
    if author_team(message) in (None, place.workspace.team):
        return found
    return tuple(map(restrict_to_public_web, found))


def _sources_in(message: JsonObject, place: MessagePlace) -> tuple[Source, ...]:
    files = message.get("files") or []
    if place.direct or mentions_bot(message, place.workspace.bot):
        return parse_message(paragraphs(message), files, place).sources
    lines = _lines(message, place)
    long_text = lines if _word_count(lines) >= PASTED_WORDS else []
    links = [
        piece.link
        for line in lines
        for piece in line.pieces
        if piece.link and (piece.is_bare_link or not long_text)
    ]
    return (*_pages(links, place), *_texts(long_text, place), *_files(files, place))


def mentions_bot(message: JsonObject, bot: str) -> bool:
    return any(line.mentions(bot) for line in paragraphs(message))


def text_as_source(message: JsonObject, place: MessagePlace) -> tuple[Source, ...]:
    """The whole text of a message, however short, as a source; empty if it has none."""
    return tuple(_texts(_lines(message, place), place))


def _lines(message: JsonObject, place: MessagePlace) -> list[Paragraph]:
    return [line.without(place.workspace.bot) for line in paragraphs(message)]


def _talk_and_pasted(
    lines: Sequence[Paragraph], place: MessagePlace
) -> tuple[Sequence[Paragraph], Sequence[Paragraph]]:
    """The lines that are talk, and those that were pasted."""
    bot = place.workspace.bot
    parts = [
        part for line in _split_first_line(lines, bot) for part in _split_at_mention(line, bot)
    ]
    written = [n for n, part in enumerate(parts) if part.without(bot).text.strip()]
    before = list(takewhile(lambda n: _is_talk_before(parts[n], bot), written))
    rest = written[len(before) :]
    behind = takewhile(lambda n: _is_talk_after(parts, n, bot), reversed(rest))
    calls = (n for n in rest[1:] if _addresses_us(parts[n], bot))
    talk = {*before, *behind, *calls}
    bare = [part.without(bot) for part in parts]
    pasted = [line for n, line in enumerate(bare) if n not in talk]
    if not _is_long_enough(pasted, in_thread=place.in_thread):
        return [line.without(bot) for line in lines], []
    return [bare[n] for n in sorted(talk)], pasted


def _split_first_line(lines: Sequence[Paragraph], bot: str) -> Iterator[Paragraph]:
    """The lines, with the first one split if it begins with a request: "Brief this in French: The
    ministers …"."""
    is_first = True
    for line in lines:
        yield from _split_at_colon(line, bot) if is_first else [line]
        is_first = is_first and not line.without(bot).text.strip()


def _split_at_colon(line: Paragraph, bot: str) -> list[Paragraph]:
    for number, piece in enumerate(line.pieces):
        opening, colon, rest = piece.text.partition(": ")
        if not colon or piece.link or not rest.strip():
            continue
        first = replace(line, pieces=(*line.pieces[:number], replace(piece, text=f"{opening}:")))
        after = replace(line, pieces=(replace(piece, text=rest), *line.pieces[number + 1 :]))
        text = first.without(bot).text
        is_followed = (
            is_order(text) or introduces_text(text) or _word_count([after]) >= PASTED_WORDS
        )
        if is_followed and is_request_before(text, named=first.mentions(bot)):
            return [first, after]
        break
    return [line]


def _split_at_mention(line: Paragraph, bot: str) -> list[Paragraph]:
    """A line, split at our mention if a text ends before it and a wish follows it."""
    at = next((n for n, piece in enumerate(line.pieces) if piece.person == bot), 0)
    if not at:
        return [line]
    before, after = replace(line, pieces=line.pieces[:at]), replace(line, pieces=line.pieces[at:])
    is_one = not before.text.strip() or is_request_after(line.without(bot).text, named=True)
    return [line] if is_one else [before, after]


def _is_talk_before(line: Paragraph, bot: str) -> bool:
    if line.quoted or line.is_heading:
        return False
    named, words = line.mentions(bot), line.without(bot).words
    if any(piece.is_bare_link for piece in line.pieces) and (named or not words):
        return is_short(words)
    return is_request_before(words, named=named)


def _is_talk_after(lines: Sequence[Paragraph], number: int, bot: str) -> bool:
    line = lines[number]
    if line.quoted or line.is_heading:
        return False
    if not line.words:  # a link in a line of its own that stands apart
        return any("://" in piece.text for piece in line.pieces) and not lines[number - 1].text
    return _addresses_us(line, bot) or is_request_after(line.words, named=False)


def _addresses_us(line: Paragraph, bot: str) -> bool:
    """Whether a later line is talk: it begins with our mention, or is a wish that has it."""
    if line.quoted or not line.mentions(bot):
        return False
    begins = next(piece for piece in line.pieces if piece.text.strip()).person == bot
    return is_short(line.words) if begins else is_request_after(line.without(bot).words, named=True)


def _is_long_enough(pasted: list[Paragraph], *, in_thread: bool) -> bool:
    if _word_count(pasted) >= PASTED_WORDS:
        return True
    return not in_thread and _word_count(line for line in pasted if line.quoted) >= QUOTED_WORDS


def _word_count(lines: Iterable[Paragraph]) -> int:
    return sum(count_words(line.words) for line in lines)


def _pages(links: Iterable[str], place: MessagePlace) -> Iterator[Source]:
    for link in dict.fromkeys(links):
        if link.startswith(("http://", "https://")):
            yield place.workspace.linked_message(link) or WebPage(link)


def _texts(lines: Sequence[Paragraph], place: MessagePlace) -> Iterator[Source]:
    text = "\n".join(line.text.rstrip() for line in lines).strip()
    if text:
        yield PastedText(text, url=place.link)


def _files(files: list[JsonObject], place: MessagePlace) -> Iterator[Source]:
    for file in files:
        if file.get("mode") not in _GONE_MODES:
            name = file.get("name") or file.get("title") or "file"
            yield AttachedFile(name, _location(file), file.get("size"), place.link)


def _location(file: JsonObject) -> str:
    """The address of a file; in Slack Connect its id, with which Slack is asked for the address."""
    address = file.get("url_private_download") or file.get("url_private")
    return address or f"{FILE_ID_PREFIX}{file.get('id', '')}"


# What does a payload of Slack ask of us, if anything?
#
# The intent says what the job has to do: ``brief`` or ``ask`` about the sources of the mention;
# ``follow_up``, about what is known of its thread; ``help``, ``mute``, ``unmute``. A mention
# without sources is a ``follow_up``, or ``brief`` if it says nothing at all in a thread; in a
# thread that is not known yet, both are about the messages above it (`Conversations.above`).
#
# A message that arrives as ``app_mention`` and as ``message`` gives the same mention.

_ASKS = re.compile(r"[?？؟՞]")
_COMPARES = re.compile(rf"\W*(?:(?:please|and|now)\W+)*{COMPARE}\s+\w", re.IGNORECASE)
_HEARD_SUBTYPES = (None, "file_share", "thread_broadcast")
EMOJI = "memo"
"""The reaction to a message that asks for a briefing of it."""


def from_event(event: JsonObject, workspace: Workspace) -> Mention | None:
    """The mention in a message; None if the message is not for us.

    A message in a channel's thread that does not mention us is a mention with ``addressed`` unset
    if it asks or wants something without naming anybody, asks about a source that it has ("and this
    one?"), or has only a text. The caller has to look up whether we are part of that thread, and
    whether we offered to read the text there (`only_brings_text`).
    """
    person = event.get("user")
    if not _is_new_message(event) or event.get("bot_id") or person in (None, "", workspace.bot):
        return None
    lines = paragraphs(event)
    direct = event.get("channel_type") == "im" or event["channel"].startswith("D")
    addressed = direct or any(line.mentions(workspace.bot) for line in lines)
    if not addressed and not event.get("thread_ts"):
        return None
    place = place_of(event, event["channel"], workspace)
    parsed = parse_message(lines, event.get("files") or [], place)
    request = parse_request(parsed.talk)
    if request.known_phrase == "thanks" and not parsed.sources:
        return None
    if not addressed and not _is_for_anybody(request, parsed, lines):
        return None
    blank = _mention_of(event, event["channel"], event["user"], workspace)
    guest = _with_home_team(blank, author_team(event), workspace)
    mention = replace(guest, addressed=addressed, direct=direct)
    return _with_request(mention, parsed, request)


def from_command(body: JsonObject, workspace: Workspace) -> Mention:
    """The mention in a command, which has no thread yet: ``thread`` and ``message`` are empty.

    Without sources it asks for help or to stop, or isn't understood: there is no thread that it
    could be about.
    """
    lines = tuple(text_paragraphs(f"<@{workspace.bot}> {body.get('text') or ''}"))
    parsed = parse_message(lines, [], MessagePlace(workspace, None))
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
    filled = _with_request(mention, parsed, parse_request(parsed.talk))
    is_for_a_thread = filled.intent in ("mute", "unmute")
    return replace(filled, intent="follow_up") if is_for_a_thread else filled


def from_shortcut(body: JsonObject, workspace: Workspace) -> Mention:
    """The message on which "Brief this message" was chosen, as a mention by who chose it."""
    message, channel, user = body["message"], body["channel"]["id"], body["user"]
    place = place_of(message, channel, workspace)
    sources = sources_in(message, place) or text_as_source(message, place)
    key = f"{body['callback_id']}:{workspace.team}:{body['trigger_id']}"
    mention = _mention_of(message, channel, user["id"], workspace)
    mention = _with_home_team(mention, user.get("team_id"), workspace)
    intent: Intent = "brief" if sources else "help"
    to = body.get("response_url")
    return replace(mention, key=key, response_url=to, sources=sources, intent=intent)


def reaction_target(event: JsonObject, workspace: Workspace) -> tuple[str, str] | None:
    """The channel and timestamp of a message, not ours, to which a person added `EMOJI`.

    https://docs.slack.dev/reference/events/reaction_added
    """
    item = event.get("item") or {}
    is_ours = event.get("item_user") == workspace.bot or event.get("user") == workspace.bot
    if event.get("type") != "reaction_added" or event.get("reaction") != EMOJI or is_ours:
        return None
    return (item["channel"], item["ts"]) if item.get("type") == "message" else None


def from_reaction(event: JsonObject, message: JsonObject, workspace: Workspace) -> Mention | None:
    """The ``message`` to which somebody added `EMOJI`, as a mention by them; a second person who
    adds it makes the same one. None if there is nothing to read: on a short remark the emoji may
    mean something else."""
    channel = event["item"]["channel"]
    place = place_of(message, channel, workspace)
    key = reaction_key(workspace.team, channel, message["ts"])
    mention = _mention_of(message, channel, event["user"], workspace)
    sources = sources_in(message, place)
    return replace(mention, key=key, sources=sources, intent="brief") if sources else None


def only_brings_text(mention: Mention) -> bool:
    """Whether it is only a text or a file, sent without a word to us."""
    asks = mention.question is not None or _ASKS.search(mention.text)
    return not (mention.addressed or asks) and _is_only_text(mention.sources)


def derived_mention(mention: Mention, action: str, message: str, user: JsonObject) -> Mention:
    """A new request like ``mention``, by the ``user`` who pressed a button on ``message`` or
    submitted the modal ``message``; a second press makes the same one. It belongs to that person:
    it counts towards their usage, and they may delete the reply.

    Its key is made of the first request and the last button: a key that grew with each press would
    not fit into the 150 characters of a menu's entry.
    """
    team = user.get("team_id")
    is_outside = team not in (None, mention.team)
    return replace(
        mention,
        key=f"{mention.first_request}:{action}:{message}",
        person=str(user["id"]),
        addressed=True,
        # Links from outside stay restricted, whoever has them read again.
        outside=mention.outside or is_outside,
        home=team if is_outside else None,
        response_url=None,
        remakes=None,
        version_of=None,
    )


def from_stop(event: JsonObject, workspace: Workspace) -> Mention | None:
    """A request to stop the person's own requests in a thread, by Slack's own button.

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
    """The key of the mention in a message."""
    return f"msg:{team}:{channel}:{ts}"


def reaction_key(team: str, channel: str, ts: str) -> str:
    """The key of the mention made by `EMOJI` on a message."""
    return f"{EMOJI}:{team}:{channel}:{ts}"


def event_key(body: JsonObject) -> str:
    """The key of an event: the same for each delivery, and for both events that Slack sends for a
    message that mentions us."""
    event = body.get("event") or {}
    if _is_new_message(event):
        return message_key(receiving_team(body) or "", event["channel"], event["ts"])
    return str(body["event_id"])


def receiving_team(body: JsonObject) -> str | None:
    """The workspace that an event was sent to: ours, also if workspaces share the channel."""
    sent_to = next(iter(body.get("authorizations") or ()), body)
    return sent_to.get("team_id") or sent_to.get("enterprise_id")


def _is_new_message(event: JsonObject) -> bool:
    is_message = event.get("type") in ("message", "app_mention")
    return is_message and event.get("subtype") in _HEARD_SUBTYPES and not event.get("hidden")


def _with_home_team(mention: Mention, team: str | None, workspace: Workspace) -> Mention:
    """``mention``, marked as from outside if Slack says that the person is of another ``team``."""
    is_outside = team is not None and team != workspace.team
    return replace(mention, outside=True, home=team) if is_outside else mention


def _is_for_anybody(
    request: ParsedRequest, parsed: ParsedMessage, lines: tuple[Paragraph, ...]
) -> bool:
    names_somebody = any(piece.person for line in lines for piece in line.pieces)
    asks = (
        request.question is not None
        or request.is_plain_wish
        or bool(_COMPARES.match(request.text))
        or request.known_phrase in ("mute", "unmute", "stop")
    )
    asks_of_a_source = bool(parsed.sources) and _ASKS.search(request.text)  # "and this one?"
    is_for_us = asks or asks_of_a_source or _is_only_text(parsed.sources)
    return bool(is_for_us) and not names_somebody


def _is_only_text(sources: tuple[Source, ...]) -> bool:
    kinds = {source.kind for source in sources}
    return bool(kinds) and kinds <= {"text", "file"}


def _mention_of(message: JsonObject, channel: str, person: str, workspace: Workspace) -> Mention:
    """A mention by ``person`` about a ``message``, whoever wrote it, without its request yet."""
    ts = message["ts"]
    return Mention(
        key=message_key(workspace.team, channel, ts),
        team=workspace.team,
        channel=channel,
        thread=message.get("thread_ts") or ts,
        message=ts,
        person=person,
        intent="help",
        direct=channel.startswith("D"),
        permalink=workspace.permalink(channel, ts, message.get("thread_ts")),
    )


def _with_request(mention: Mention, parsed: ParsedMessage, request: ParsedRequest) -> Mention:
    return replace(
        mention,
        intent=_intent(mention, parsed, request),
        text=parsed.talk,
        sources=parsed.sources,
        wishes=request.wishes,
        question=request.question,
    )


def _intent(mention: Mention, parsed: ParsedMessage, request: ParsedRequest) -> Intent:
    if request.known_phrase in ("mute", "unmute", "stop"):
        return request.known_phrase
    if parsed.sources:
        return "ask" if request.question else "brief"
    if request.known_phrase == "help":
        is_about_thread = not parsed.talk and mention.thread != mention.message
        return "brief" if is_about_thread else "help"
    return "follow_up"


# What follows if a message is edited or deleted?
#
# Slack also reports an edit when it only adds a preview, and reports the deletion of a message with
# replies as an edit that leaves a tombstone. Only a change to what the message asks of us counts.
# Slack need not say what the message was before; then only what is marked as edited is an edit.
# https://docs.slack.dev/reference/events/message/message_changed
# https://docs.slack.dev/reference/events/message/message_deleted


def from_change(event: JsonObject, workspace: Workspace) -> Mention | None:
    """A mention that withdraws the request in a deleted message, or offers to start the changed
    request in an edited one; else None. The caller has to look up whether there was a request, and
    in which thread a deleted one was: Slack need not say that."""
    if event.get("type") != "message" or (event.get("previous_message") or {}).get("bot_id"):
        return None
    match event.get("subtype"), (event.get("message") or {}).get("subtype"):
        case ("message_deleted", _) | ("message_changed", "tombstone"):
            return _deletion(event, workspace)
        case "message_changed", _:
            return _edit(event, workspace)
    return None


def _deletion(event: JsonObject, workspace: Workspace) -> Mention:
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
    edited = event["message"].get("edited") or {}
    if not (edited or event.get("previous_message")):
        return None
    place = {"type": "message", "channel": event["channel"]}
    place["channel_type"] = event.get("channel_type")
    now, before = (
        from_event({**(event.get(name) or {}), **place}, workspace)
        for name in ("message", "previous_message")
    )
    if now is None or now == before or now.intent not in {"brief", "ask", "follow_up"}:
        return None
    key = message_key(now.team, now.channel, now.message)
    return replace(
        now, key=f"{key}:edit:{edited.get('ts') or event['event_ts']}", intent="edit", about=key
    )
