"""What does a payload of Slack ask of us, if anything?

The intent says what the story has to do: ``brief`` or ``ask`` about the sources of the mention;
``follow_up``, about what is known of its thread; ``help``, ``mute``, ``unmute``. A mention that
brings no sources is a ``follow_up``, or in a thread ``brief`` where it says nothing at all: in a
thread that is not known yet, both are about the messages above it (`Conversations.above`).

The same message heard as ``app_mention`` and as ``message`` gives the same mention.
"""

import re
from dataclasses import replace

from bot.briefing.requests import Source, Wishes
from bot.ports import Intent, Mention
from bot.slack.material import (
    Message,
    Place,
    material,
    place_of,
    spoken_to_us,
    team_of,
    whole_text,
)
from bot.slack.payloads import JsonObject, Paragraph, paragraphs, typed
from bot.slack.permalinks import Workspace
from bot.slack.wishes import COMPARE, Said, understood

# What a button adds to a key: its name, and the message or the box that it stands in.
_BUTTON = re.compile(r":[a-z]+:[^:]+$")
_ASKS = re.compile(r"[?？؟՞]")
_COMPARES = re.compile(rf"\W*(?:(?:please|and|now)\W+)*{COMPARE}\s+\w", re.IGNORECASE)
_HEARD_SUBTYPES = (None, "file_share", "thread_broadcast")


def from_event(event: JsonObject, workspace: Workspace) -> Mention | None:
    """The mention that a message is; None for what is not said to us.

    A message in a channel's thread that does not name us is a mention with ``addressed`` unset
    if it asks or wishes something of nobody in particular, asks beside a source ("and this
    one?"), or brings a text: whether we are part of that thread, and whether a text is what we
    offered to read there (`only_brings_text`), is for the caller to look up.
    """
    if not _is_from_a_person(event):
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
    heard = spoken_to_us(lines, [], Place(workspace, None))
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
    message, channel = body["message"], body["channel"]["id"]
    place = place_of(message, channel, workspace)
    sources = material(message, place) or whole_text(message, place)
    blank = _blank({**message, "user": body["user"]["id"]}, channel, workspace)
    mention = replace(
        _guest(blank, body["user"].get("team_id"), workspace),
        key=f"{body['callback_id']}:{workspace.team}:{body['trigger_id']}",
        direct=channel.startswith("D"),
        response_url=body.get("response_url"),
    )
    return replace(mention, sources=sources, intent="brief" if sources else "help")


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
    first = _BUTTON.sub("", mention.key)
    team = user.get("team_id")
    is_outside = team not in (None, mention.team)
    return replace(
        mention,
        key=f"{first}:{action}:{message}",
        person=str(user["id"]),
        addressed=True,
        # What somebody outside has linked stays theirs, whoever has it read again.
        outside=mention.outside or is_outside,
        home=team if is_outside else None,
        response_url=None,
        remakes=None,
        version_of=None,
    )


def as_briefing(mention: Mention, message: str, user: JsonObject) -> Mention:
    """The briefing of the sources that ``mention`` only asked something about."""
    return replace(again(mention, "brief", message, user), intent="brief", question=None)


def stopping(mention: Mention, message: str, user: JsonObject) -> Mention:
    """The wish to stop what is done for ``mention``, by the button on ``message``; it holds
    nothing of what was asked."""
    return replace(
        again(mention, "stop", message, user),
        intent="stop",
        about=mention.key,
        text="",
        sources=(),
        wishes=Wishes(),
        question=None,
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


def _is_from_a_person(event: JsonObject) -> bool:
    is_message = event.get("type") in ("message", "app_mention")
    is_new = event.get("subtype") in _HEARD_SUBTYPES and not event.get("hidden")
    return is_message and is_new and bool(event.get("user")) and not event.get("bot_id")


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
