"""What people do in this Slack: write, edit, click, fill in modals, read."""

import asyncio
import html
import re
import textwrap
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import TypeVar

from sandbox.slack.blocks import check_message, with_block_ids
from sandbox.slack.calls import Refusal, ResponseUrl, Workspace
from sandbox.slack.delivery import Delivery, DeliveryKind, Outcome
from sandbox.slack.methods import app_message, home_of, new_content, view_json
from sandbox.slack.state import (
    DEFAULT_TEAM,
    TEXT_OF_A_POST,
    Channel,
    JsonObject,
    LocalFile,
    Message,
    Person,
    Status,
    View,
    store_file,
)


def action_of(blocks: list[JsonObject], control: str, choice: str) -> JsonObject:
    """The ``actions`` entry for the control of that action_id, label or value.

    Raises:
        LookupError: there is no such control.
    """
    for block, element in controls(blocks):
        if control in (element.get("action_id"), label(element), element.get("value")):
            return _action(block, element, choice)
    known = [element.get("action_id") for _, element in controls(blocks)]
    raise LookupError(f"there is no {control!r} to click, only {known}")


def controls(blocks: list[JsonObject]) -> Iterator[tuple[JsonObject, JsonObject]]:
    """Every control with its block; feedback buttons count as two."""
    for block in blocks:
        inside = [*block.get("elements", []), block.get("accessory"), block.get("element")]
        for element in inside:
            if isinstance(element, dict) and element.get("type") == "feedback_buttons":
                for half in ("positive_button", "negative_button"):
                    shared = {"action_id": element.get("action_id"), "type": "feedback_buttons"}
                    yield block, element[half] | shared
            elif isinstance(element, dict) and "action_id" in element:
                yield block, element


def label(element: JsonObject) -> str:
    text = element.get("text") or element.get("placeholder") or {}
    return str(text.get("text", "")) if isinstance(text, dict) else ""


def entered_values(blocks: list[JsonObject], entered: dict[str, str]) -> JsonObject:
    """The ``state.values``: what was entered for each action_id, or else its initial value."""
    values: dict[str, JsonObject] = {}
    for block, element in controls(blocks):
        if element["type"] in ("button", "feedback_buttons", "overflow"):
            continue
        given = entered.get(str(element["action_id"]))
        field = {"type": element["type"], **_value(element, given)}
        values.setdefault(str(block["block_id"]), {})[str(element["action_id"])] = field
    return values


def _action(block: JsonObject, element: JsonObject, choice: str) -> JsonObject:
    pressed: JsonObject = {
        "action_id": element.get("action_id"),
        "block_id": block.get("block_id"),
        "type": element["type"],
        "action_ts": f"{time.time():.6f}",
    }
    if "options" in element or element["type"].endswith("_select"):
        return pressed | _value(element, choice)
    if element["type"] == "plain_text_input":
        return pressed | {"value": choice}
    kept = ("text", "value", "style") if element["type"] == "button" else ("text", "value")
    return pressed | {name: element[name] for name in kept if name in element}


def _value(element: JsonObject, given: str | None) -> JsonObject:
    kind = element["type"]
    if kind == "checkboxes":
        chosen = [each for each in element["options"] if each["value"] in (given or "").split(",")]
        return {"selected_options": chosen if given else element.get("initial_options", [])}
    if kind == "multi_users_select":
        chosen = [each for each in (given or "").split(",") if each]
        return {"selected_users": chosen or element.get("initial_users", [])}
    if "options" in element:
        option = next((each for each in element["options"] if each["value"] == given), None)
        return {"selected_option": option or element.get("initial_option")}
    if kind in ("conversations_select", "timepicker"):
        noun = "time" if kind == "timepicker" else "conversation"
        return {f"selected_{noun}": given or element.get(f"initial_{noun}")}
    return {"value": given if given is not None else element.get("initial_value")}


def use_response_url(slack: Workspace, key: str, payload: JsonObject) -> str:
    """Handle a post to a response_url; returns the name of the error, or "ok"."""
    target = slack.response_urls.get(key)
    if target is None or time.time() > target.expires:
        return "expired_url"
    if target.uses_left <= 0:
        return "used_url"
    target.uses_left -= 1
    slack.answers.append(payload)
    try:
        show_answer(slack, target, payload)
    except Refusal as refusal:
        return str(refusal.answer["error"])
    return "ok"


def show_answer(slack: Workspace, target: ResponseUrl, payload: JsonObject) -> None:
    """Show the app's answer where the person acted: it replaces or deletes the original, or is a
    new message to them alone or to all."""
    check_message(payload.get("blocks"))
    if len(str(payload.get("text") or "")) > TEXT_OF_A_POST:
        raise Refusal("msg_too_long")
    original = slack.state.message(target.channel, target.message_ts)
    if payload.get("delete_original") and original:
        slack.state.remove_message(original)
    elif payload.get("replace_original") and original:
        _replace(slack, original, payload)
    elif payload.get("text") or payload.get("blocks"):
        _post(slack, target, payload)


def tell_person(slack: Workspace, target: ResponseUrl, text: str) -> None:
    """Post a message from Slack itself to the person who acted."""
    message = Message(slack.state.new_ts(), target.channel, "USLACKBOT", text)
    message.seen_by, message.thread_ts = target.person, target.thread_ts
    slack.state.add_message(message)


def _replace(slack: Workspace, original: Message, payload: JsonObject) -> None:
    before = slack.shapes.message(original)
    original.text = str(payload.get("text") or "")
    original.blocks = with_block_ids(payload.get("blocks"), slack.state)
    slack.state.touch()
    slack.events.changed(original, before)


def _post(slack: Workspace, target: ResponseUrl, payload: JsonObject) -> None:
    thread_ts = str(payload.get("thread_ts") or target.thread_ts)
    message = app_message(slack, target.channel, thread_ts)
    message.text = str(payload.get("text") or "")
    message.blocks = with_block_ids(payload.get("blocks"), slack.state)
    message.seen_by = "" if payload.get("response_type") == "in_channel" else target.person
    slack.state.add_message(message)
    slack.events.posted(message)


# The composer sends what a person types twice: as ``text`` with escapes and ``<…>`` tokens, and as
# a rich_text block with the exact structure. Formatting isn't interpreted except for lines that
# begin with ``>`` (quote) or a bullet, and for fences of three backticks.

_TOKEN = re.compile(
    r"""
      <(?P<target>https?://[^\s|<>]+)(?:\|(?P<label>[^<>]*))?>   # a link with a label
    | (?P<url>https?://[^\s<>|]+)
    | <@(?P<user>[UW][A-Z0-9]+)>
    | (?<![\w.])@(?P<name>[\w.-]*\w)
    | (?<![\w&])\#(?P<channel>[\w-]+)
    """,
    re.VERBOSE,
)
_BULLET = re.compile(r"^\s*[•◦]\s+")
_NAMES = {"user": ("@", "user_id"), "channel": ("#", "channel_id")}
_NOT_THE_LINK = ".,;:!?)'\"»”’"

Lookup = Callable[[str], str | None]


class Composer:
    """Turns typed text into the ``text`` and the block of a message; the look-ups find ids by
    name."""

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
        return self._mention(match), match.end()

    def _mention(self, match: re.Match[str]) -> JsonObject | None:
        if match["channel"]:
            channel = self._channel(match["channel"])
            return {"type": "channel", "channel_id": channel} if channel else None
        user = match["user"] or self._person(match["name"])
        return {"type": "user", "user_id": user} if user else None


def escape(text: str) -> str:
    """``text`` with the three characters escaped that Slack escapes."""
    return html.escape(text, quote=False)


def _line_kind(line: str) -> str:
    if line.startswith(">"):
        return "quote"
    return "list" if _BULLET.match(line) else "section"


def _token(element: JsonObject) -> str:
    kind = element["type"]
    if kind == "link":
        label = f"|{escape(element['text'])}" if "text" in element else ""
        return f"<{escape(element['url'])}{label}>"
    if kind in _NAMES:
        sign, name = _NAMES[kind]
        return f"<{sign}{element[name]}>"
    return escape(element["text"])


# Messages as plain text, as a person would see them: labels for links, names for mentions, bullets,
# quotation bars, ``[buttons]``; no markup.

_TOKEN_IN_TEXT = re.compile(r"<([@#!]?)([^<>|]+)(?:\|([^<>]*))?>")
_EMPHASIS = re.compile(r"(?<![\w*_~])([*_~])(?=\S)([^\n]*?\S)\1(?![\w*_~])")
_AS_SMALL_AS_TEXT = 4  # the lowest level of a header
_TASK_SIGNS = {"complete": "✓", "error": "✗", "in_progress": "…", "pending": "·"}


class Screen:
    """Renders messages; ``name`` gives the name of the person or channel of an id."""

    def __init__(self, name: Callable[[str], str]) -> None:
        self._name = name

    def lines(self, message: Message) -> list[str]:
        """The lines of the message's body: its blocks, or its text where it has none."""
        if message.blocks:
            return [line for block in message.blocks for line in self._block(block)]
        return self.mrkdwn(message.text).split("\n") if message.text else []

    def mrkdwn(self, text: str) -> str:
        """The text of Slack's markup."""
        shown = _TOKEN_IN_TEXT.sub(self._token_text, text)
        return html.unescape(_EMPHASIS.sub(r"\2", shown))

    def _token_text(self, match: re.Match[str]) -> str:
        sign, target, words = match.groups()
        if sign in ("@", "#"):
            return f"{sign}{self._name(target)}"
        if sign == "!":
            return words or f"@{target}"
        return words or target

    def _block(self, block: JsonObject) -> Iterator[str]:
        match block["type"]:
            case "rich_text":
                for part in block["elements"]:
                    yield from self._rich_part(part)
            case "section":
                yield from self._element(block["text"]).split("\n")
                if "accessory" in block:
                    yield _control(block["accessory"])
            case "context":
                inside = [self._element(each) for each in block["elements"]]
                yield from "  ".join(inside).split("\n")
            case "actions" | "context_actions":
                yield " ".join(_control(each) for each in block["elements"])
            case kind:
                yield _one_line(kind, block)

    def _element(self, element: JsonObject) -> str:
        text = str(element["text"])
        return self.mrkdwn(text) if element["type"] == "mrkdwn" else text

    def _rich_part(self, part: JsonObject) -> Iterator[str]:
        if part["type"] == "rich_text_list":
            yield from self._rich_list(part)
            return
        bar = {"rich_text_quote": "│ ", "rich_text_preformatted": "    "}.get(part["type"], "")
        words = "".join(self._inline(each) for each in part["elements"])
        yield from (f"{bar}{line}" for line in words.rstrip("\n").split("\n"))

    def _rich_list(self, part: JsonObject) -> Iterator[str]:
        indent = "  " * int(part.get("indent", 0))
        for item in part["elements"]:
            words = "".join(self._inline(each) for each in item["elements"])
            first, *rest = words.split("\n")
            yield f"{indent}• {first}"
            yield from (f"{indent}  {line}" for line in rest)

    def _inline(self, element: JsonObject) -> str:
        match element:
            case {"type": "text", "text": text}:
                return str(text)
            case {"type": "link", "url": url}:
                return str(element.get("text") or url)
            case {"type": "user", "user_id": user}:
                return f"@{self._name(user)}"
            case {"type": "channel", "channel_id": channel}:
                return f"#{self._name(channel)}"
        return f":{element['name']}:"


def _control(element: JsonObject) -> str:
    if element["type"] == "feedback_buttons":
        halves = (element["positive_button"], element["negative_button"])
        return " ".join(f"[{half['text']['text']}]" for half in halves)
    sign = " ▾" if "options" in element else ""
    return f"[{label(element) or '…'}{sign}]"


def _one_line(kind: str, block: JsonObject) -> str:
    match kind:
        case "header":
            text = str(block["text"]["text"])
            return text if block.get("level") == _AS_SMALL_AS_TEXT else text.upper()
        case "divider":
            return "─" * 40
        case "task_card":
            return f"{_TASK_SIGNS.get(block.get('status', ''), '·')} {block['title']}"
        case "input":
            return f"{block['label']['text']}: [{block['element']['type']}]"
    return str(block.get("title", ""))


T = TypeVar("T")
DIRECT = "dm"
_CONNECTION_ERROR = {"": "We had some trouble connecting. Try again?"}


class People(Workspace):
    """What people do. Names and ids both work; unknown people and channels are created on demand.

    ``channel`` is a channel's name or id, or ``"dm"`` for the person's direct messages with
    the bot. Everything happens in the first team unless the channel or the person given by id
    belongs to another.
    """

    def person(self, name: str, *, team: str = DEFAULT_TEAM) -> Person:
        return self.state.person(name, team)

    def other_bot(self, name: str, *, team: str = DEFAULT_TEAM) -> Person:
        """A bot of another app, which can write like a person."""
        return self.state.person(name, team, is_bot=True)

    def channel(
        self,
        name: str,
        *,
        team: str = DEFAULT_TEAM,
        private: bool = False,
        has_bot: bool = True,
        creator: str = "",
    ) -> Channel:
        """The channel of that name, created as described if it doesn't exist; ``creator`` is the
        name or id of its creator."""
        known = self.state.find_channel(name, team)
        return known or self.state.add_channel(
            Channel(
                id=self.state.new_id("C"),
                team=team,
                name=name.lstrip("#"),
                kind="group" if private else "channel",
                has_bot=has_bot,
                creator=self.person(creator, team=team).id if creator else "",
            )
        )

    def invite_bot(self, channel: str) -> None:
        self.channel(channel).has_bot = True
        self.state.touch()

    def remove_bot(self, channel: str) -> None:
        self.channel(channel).has_bot = False
        self.state.touch()

    def say(
        self,
        person: str,
        channel: str,
        text: str,
        *,
        thread_ts: str = "",
        files: Sequence[LocalFile] = (),
    ) -> str:
        """Write a message and return its ``ts``; ``@readout`` in the text mentions the bot."""
        who, where = self.find(person, channel)
        typed = self._compose(text, where)
        message = replace(
            typed,
            user=who.id,
            bot_id=who.bot_id,
            thread_ts=self._root(where, thread_ts),
            files=[store_file(self.state, who, each).id for each in files],
            subtype="file_share" if files else "",
        )
        where.members.add(who.id)
        self.state.add_message(message)
        self.events.posted(message)
        return message.ts

    def edit(self, ts: str, text: str) -> None:
        message = self.message(ts)
        before = self.shapes.message(message)
        typed = self._compose(text, self.state.channels[message.channel])
        message.text, message.blocks, message.edited = typed.text, typed.blocks, typed.ts
        self.state.touch()
        self.events.changed(message, before)

    def react(self, person: str, ts: str, name: str) -> None:
        message, who = self.message(ts), self.find(person)[0]
        message.reactions.append((name, who.id))
        self.state.touch()
        self.events.reacted(who, message, name)

    def unfurl(self, ts: str, title: str) -> None:
        """Slack adds a preview to the message, which reaches the app as an edit."""
        message = self.message(ts)
        before = self.shapes.message(message)
        message.attachments = [{"id": 1, "title": title, "fallback": title}]
        self.state.touch()
        self.events.changed(message, before)

    def delete(self, ts: str) -> None:
        """The author deletes the message; under replies it leaves a tombstone."""
        message = self.message(ts)
        before = self.shapes.message(message)
        if message.root == ts and self.replies(ts):
            message.subtype, message.user = "tombstone", "USLACKBOT"
            message.text, message.blocks, message.files = "This message was deleted.", [], []
            self.state.touch()
            self.events.changed(message, before)
            return
        self.state.remove_message(message)
        self.events.deleted(message, before)

    def stop(self, person: str, ts: str) -> None:
        """The person presses the native stop button of a message that is being streamed."""
        message = self.message(ts)
        if message.stream:
            message.stream.state = "stopped_by_user"
        self.state.touch()
        self.events.stopped(self.find(person)[0], message)

    def end_stream(self, ts: str) -> None:
        """The platform ends a stream, as it does with one that has lasted too long."""
        message = self.message(ts)
        if message.stream:
            message.stream.state = "ended"
        self.state.touch()

    def deliver_again(self, ts: str) -> list[Delivery]:
        """Send every event of that message once more, with its old event id."""
        log = list(self.outbox.deliveries)
        again = [each for each in log if each.payload.get("event", {}).get("ts") == ts]
        first = {each.payload["event_id"]: each for each in again}
        return [self.events.send_again(each) for each in first.values()]

    def permalink(self, ts: str) -> str:
        """What "Copy link" gives for a message."""
        message = self.message(ts)
        place = f"{self.url}archives/{message.channel}/p{ts.replace('.', '')}"
        if message.root == ts:
            return place
        return f"{place}?thread_ts={message.root}&cid={message.channel}"

    def replies(self, ts: str) -> list[Message]:
        """The messages in the thread under ``ts``, oldest first, without the root."""
        root = self.message(ts)
        return [m for m in self.state.thread(root.channel, root.root) if m.ts != root.root]

    def status(self, ts: str) -> Status | None:
        """What the thread under ``ts`` shows as the app's status now."""
        root = self.message(ts)
        return self.state.statuses.get((root.channel, root.root))

    def modal(self, person: str) -> View | None:
        """The modal on top of that person's screen."""
        who = self.find(person)[0].id
        mine = [each for each in self.state.views.values() if each.person == who and each.open]
        return next((each for each in mine[::-1] if each.content["type"] == "modal"), None)

    def home(self, person: str) -> View | None:
        return home_of(self.state, self.find(person)[0].id)

    def message(self, ts: str) -> Message:
        """The message of that timestamp.

        Raises:
            LookupError: there is none, or no longer.
        """
        message = self.state.find_message(ts)
        if message is None:
            raise LookupError(f"there is no message {ts}")
        return message

    def find(self, person: str, channel: str = DIRECT) -> tuple[Person, Channel]:
        """The person and the channel, created if need be."""
        known = self.state.channels.get(channel)
        someone = self.state.people.get(person)
        team = known.team if known else someone.team if someone else DEFAULT_TEAM
        who = self.state.person(person, team)
        if channel in (DIRECT, f"@{self.app.bot_name}"):
            return who, self.state.direct_messages(who)
        return who, known or self.channel(channel, team=team, creator=who.id)

    async def wait_for(self, predicate: Callable[[], T | None], seconds: float = 60.0) -> T:
        """The first true value of ``predicate``, which is called again whenever something changes.

        Raises:
            TimeoutError: there was none within ``seconds``; the message has the last calls.
        """
        try:
            async with asyncio.timeout(seconds):
                while not (found := predicate()):
                    await self.state.wait_for_change()
                return found
        except TimeoutError:
            last = [f"{call.method} {call.outcome}" for call in self.calls[-8:]]
            raise TimeoutError(f"not within {seconds} s; the last calls were {last}") from None

    def _compose(self, text: str, channel: Channel) -> Message:
        composer = Composer(
            lambda name: self._user_id(name, channel.team),
            lambda name: (
                found.id if (found := self.state.find_channel(name, channel.team)) else None
            ),
        )
        return Message(
            ts=self.state.new_ts(),
            channel=channel.id,
            user="",
            text=composer.text(text),
            blocks=[composer.block(text, self.state.new_id("b"))] if text else [],
        )

    def _user_id(self, name: str, team: str) -> str | None:
        if name == self.app.bot_name:
            return self.app.bot_user_id
        return self.state.known_person(name, team)

    def _root(self, channel: Channel, thread_ts: str) -> str:
        if not thread_ts:
            return ""
        message = self.state.message(channel.id, thread_ts)
        if message is None:
            raise LookupError(f"there is no message {thread_ts} in {channel.name}")
        return message.root

    # Each of these sends a payload and returns its delivery at once; the app's answer appears in
    # the state: as an ephemeral message, a changed message, a modal.

    def command(self, person: str, channel: str, typed: str) -> Delivery:
        """Type a slash command with its text, such as ``/brief https://example.org``."""
        who, where = self.find(person, channel)
        name, _, text = typed.partition(" ")
        target = ResponseUrl(where.id, who.id, "")
        payload = {
            "token": "local",
            "team_id": who.team,
            "team_domain": who.team.lower(),
            "channel_id": where.id,
            "channel_name": "directmessage" if where.kind == "im" else where.name,
            "user_id": who.id,
            "user_name": who.name,
            "command": name,
            "text": text.strip(),
            "api_app_id": self.app.app_id,
            "is_enterprise_install": "false",
            "response_url": self.new_response_url(target),
            "trigger_id": self.new_trigger(who.team, who.id),
        }
        return self._send("slash_commands", payload, target, name)

    def shortcut(self, person: str, ts: str, callback_id: str) -> Delivery:
        """Choose a message shortcut from the menu of a message."""
        message = self.message(ts)
        who, where = self.find(person, message.channel)
        target = ResponseUrl(where.id, who.id, ts, message.thread_ts)
        payload = self._interaction("message_action", who) | {
            "callback_id": callback_id,
            "action_ts": f"{time.time():.6f}",
            "message_ts": ts,
            "message": self.shapes.message(message),
            "channel": _channel(where),
            "response_url": self.new_response_url(target),
        }
        return self._send("interactive", payload, target, callback_id)

    def click(self, person: str, ts: str, control: str, *, choice: str = "") -> Delivery:
        """Use a control of a message, named by its action_id, its label or its value.

        ``choice`` is the value of the option chosen, for menus, or what was typed into a field.

        Raises:
            LookupError: the message has no such control.
        """
        message = self.message(ts)
        who, where = self.find(person, message.channel)
        target = ResponseUrl(where.id, who.id, ts, message.thread_ts)
        # Slack doesn't send ephemeral messages back to the app.
        shown = {} if message.seen_by else {"message": self.shapes.message(message)}
        payload = self._interaction("block_actions", who) | {
            **shown,
            "container": _container(message),
            "channel": _channel(where),
            "state": {"values": entered_values(message.blocks, {})},
            "response_url": self.new_response_url(target),
            "actions": [action_of(message.blocks, control, choice)],
        }
        return self._send("interactive", payload, target, control)

    def click_in_view(self, view: View, control: str, *, choice: str = "") -> Delivery:
        """Use a control of a modal or of the Home tab, named as for ``click``."""
        who, where = self.find(view.person)
        payload = self._interaction("block_actions", who, view.id) | {
            "container": {"type": "view", "view_id": view.id},
            "view": self._view(view, {}),
            "actions": [action_of(view.content["blocks"], control, choice)],
        }
        return self._send("interactive", payload, ResponseUrl(where.id, who.id, ""), control)

    def submit(self, view: View, entered: dict[str, str]) -> Delivery:
        """Press the submit button of a modal; ``entered`` has a value for each action_id.

        If the app refuses, ``view.errors`` has the fields; else the modal closes or changes, as the
        app answers.
        """
        who = self.find(view.person)[0]
        payload = self._interaction("view_submission", who, view.id) | {
            "view": self._view(view, entered),
            "response_urls": [],
        }
        delivery = Delivery(self.state.new_id("env-"), "interactive", payload)
        return self.outbox.send(delivery, lambda outcome: self._handle_submission(view, outcome))

    def dismiss(self, view: View) -> None:
        """Press the close button, which the app isn't told."""
        view.open = False
        self.state.touch()

    def open_home(self, person: str, tab: str = "home") -> None:
        """Open the app's ``home`` or ``messages`` tab."""
        who = self.find(person)[0]
        view = self.home(person)
        shown = self._view(view, {}) if view and tab == "home" else {}
        self.events.home_opened(who, tab, shown)

    def _send(
        self, kind: DeliveryKind, payload: JsonObject, target: ResponseUrl, name: str
    ) -> Delivery:
        delivery = Delivery(self.state.new_id("env-"), kind, payload)

        def settle(outcome: Outcome) -> None:
            error = "" if outcome.acked else "dispatch_failed"
            self.answers.append(outcome.payload)
            try:
                show_answer(self, target, outcome.payload)
            except Refusal:
                error = "invalid_command_response"
            if error:
                tell_person(self, target, f'{name} failed with the error "{error}"')

        return self.outbox.send(delivery, settle)

    def _handle_submission(self, view: View, outcome: Outcome) -> None:
        try:
            view.errors = {} if outcome.acked else _CONNECTION_ERROR
            self.answers.append(outcome.payload)
            if outcome.acked:
                self._apply_answer(view, outcome.payload)
        except Refusal:
            view.errors = _CONNECTION_ERROR
        self.state.touch()

    def _apply_answer(self, view: View, answer: JsonObject) -> None:
        match answer.get("response_action"):
            case "errors":
                view.errors = answer["errors"]
            case "update":
                view.content = new_content(answer.get("view"), "modal", self.state)
            case _:
                view.open = False

    def _view(self, view: View, entered: dict[str, str]) -> JsonObject:
        return view_json(view, entered_values(view.content["blocks"], entered), self.app)

    def _interaction(self, kind: str, who: Person, view_id: str = "") -> JsonObject:
        return {
            "type": kind,
            "token": "local",
            "api_app_id": self.app.app_id,
            "team": {"id": who.team, "domain": who.team.lower()},
            "enterprise": None,
            "is_enterprise_install": False,
            "user": {
                "id": who.id,
                "username": who.name,
                "name": who.name,
                "team_id": who.team,
            },
            "trigger_id": self.new_trigger(who.team, who.id, view_id),
        }


def _container(message: Message) -> JsonObject:
    thread = {"thread_ts": message.root} if message.thread_ts else {}
    return {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": message.channel,
        "is_ephemeral": bool(message.seen_by),
        **thread,
    }


def _channel(channel: Channel) -> JsonObject:
    return {"id": channel.id, "name": "directmessage" if channel.kind == "im" else channel.name}


WIDTH = 96
_HANGING = re.compile(r"\s*(?:[•│·✓✗…-] |\d+\. )?")


def transcript(slack: People, thread_ts: str, longest_request: int | None = None) -> str:
    """The thread as text: author, time and content of each message, replies indented. Of the first
    message at most ``longest_request`` lines are shown."""
    channel = slack.message(thread_ts).channel
    screen = Screen(lambda name: name_of(slack, name))
    lines = [name_of(slack, channel), "─" * WIDTH]
    for message in slack.state.thread(channel, thread_ts):
        indent = "" if message.ts == thread_ts else "    "
        body = _body(screen, message, WIDTH - len(indent))
        if longest_request and not indent and len(body) > longest_request:
            body = [*body[:longest_request], f"  … {len(body) - longest_request} more lines"]
        shown = [_head(slack, message), *body]
        lines += [*(f"{indent}{line}".rstrip() for line in shown), ""]
    status = slack.state.statuses.get((channel, thread_ts))
    if status:
        lines.append(f"    {slack.app.bot_name} {status.text}")
    return "\n".join(lines).rstrip() + "\n"


def name_of(slack: People, name: str) -> str:
    """The displayed name for the id of a person, a bot or a channel."""
    app, state = slack.app, slack.state
    if name == app.bot_user_id:
        return app.bot_name
    if name in state.people:
        return state.people[name].name
    if name in state.channels:
        channel = state.channels[name]
        return f"Direct messages with {app.bot_name}" if channel.kind == "im" else channel.name
    return "Slackbot" if name == "USLACKBOT" else name


def _head(slack: People, message: Message) -> str:
    at = time.strftime("%H:%M", time.localtime(float(message.ts)))
    notes = [
        "  APP" if message.bot_id else "",
        f"  {at}",
        "  (edited)" if message.edited else "",
        f"  (only {name_of(slack, message.seen_by)} sees this)" if message.seen_by else "",
    ]
    files = [f"  [file: {slack.state.files[each].name}]" for each in message.files]
    return "".join([name_of(slack, message.user), *notes, *files])


def _body(screen: Screen, message: Message, width: int) -> list[str]:
    return [
        line
        for each in screen.lines(message)
        for line in textwrap.wrap(
            each,
            width,
            initial_indent="  ",
            subsequent_indent="  " + " " * _hanging(each),
            break_long_words=False,
            break_on_hyphens=False,
        )
        or [""]
    ]


def _hanging(line: str) -> int:
    match = _HANGING.match(line)
    return match.end() if match else 0
