"""What the Web API and the people's side share, and how a method reads its arguments."""

import json
import time
from dataclasses import dataclass, field

from sandbox.slack.delivery import Events, Outbox, Shapes, SocketMode
from sandbox.slack.state import (
    DEFAULT_TEAM,
    Channel,
    Credentials,
    Faults,
    JsonObject,
    Message,
    RateLimits,
    Rules,
    State,
)


@dataclass(frozen=True)
class ApiCall:
    """One call of the app; ``outcome`` is "ok" or the error, ``at`` seconds since the epoch."""

    method: str
    args: JsonObject
    at: float
    outcome: str


@dataclass
class ResponseUrl:
    """Where the app may answer an interaction: five times within 30 minutes."""

    channel: str
    person: str
    message_ts: str
    thread_ts: str = ""
    expires: float = field(default_factory=lambda: time.time() + 1800)
    uses_left: int = 5


@dataclass
class Trigger:
    """The permission to open one modal soon after a person acted."""

    team: str
    person: str
    expires: float
    view_id: str = ""
    used: bool = False


class Workspace:
    """One running Slack; ``url`` is its address, with a slash at the end. ``calls`` are the app's
    calls that were answered, ``answers`` its responses to commands and interactions, immediate or
    at a response_url; both oldest first."""

    def __init__(self, url: str, rules: Rules) -> None:
        self.url = url
        self.rules = rules
        self.app = Credentials()
        self.state = State()
        self.shapes = Shapes(self.state, self.app, url)
        self.sockets = SocketMode(self.app, rules, self.state.touch)
        self.outbox = Outbox(self.sockets, rules, self.state.touch)
        self.events = Events(self.state, self.shapes, self.outbox, self.app, rules)
        self.faults = Faults()
        self.rates = RateLimits()
        self.calls: list[ApiCall] = []
        self.answers: list[JsonObject] = []
        self.response_urls: dict[str, ResponseUrl] = {}
        self.triggers: dict[str, Trigger] = {}

    def new_trigger(self, team: str, person: str, view_id: str = "") -> str:
        trigger_id = self.state.new_id("13345224609.")
        expires = time.time() + self.rules.trigger_seconds
        self.triggers[trigger_id] = Trigger(team, person, expires, view_id)
        return trigger_id

    def new_response_url(self, target: ResponseUrl) -> str:
        key = self.state.new_id("R")
        self.response_urls[key] = target
        return f"{self.url}response/{key}"


class Refusal(Exception):
    """The call is answered with ``ok: false`` and this error."""

    def __init__(self, error: str, **details: object) -> None:
        super().__init__(error)
        self.answer: JsonObject = {"ok": False, "error": error, **details}


@dataclass(frozen=True)
class Call:
    """One call of a method with its arguments."""

    slack: Workspace
    args: JsonObject

    @property
    def state(self) -> State:
        return self.slack.state

    @property
    def app(self) -> Credentials:
        return self.slack.app

    @property
    def team(self) -> str:
        """The workspace of the channel given, or the one named, or the first."""
        name = str(self.args.get("channel") or self.args.get("channel_id") or "")
        known = self.state.channels.get(name) or self.state.people.get(name)
        return known.team if known else self.text("team_id") or DEFAULT_TEAM

    def text(self, name: str) -> str:
        """The argument as text; empty if it is missing."""
        value = self.args.get(name)
        return "" if value is None else str(value)

    def required(self, name: str) -> str:
        value = self.text(name)
        if not value:
            missing = {"messages": [f"[ERROR] missing required field: {name}"]}
            raise Refusal("invalid_arguments", response_metadata=missing)
        return value

    def number(self, name: str, default: int) -> int:
        value = self.text(name)
        if value and not value.isdecimal():
            raise Refusal("invalid_arguments")
        return int(value or default)

    def flag(self, name: str) -> bool:
        return self.args.get(name) in (True, "true", "True", "1", 1)

    def structure(self, name: str, error: str) -> object:
        """The argument as parsed JSON, also if it was sent as text; None if it is missing."""
        value = self.args.get(name)
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value) if value else None
        except json.JSONDecodeError:
            raise Refusal(error) from None

    def channel(self, name: str = "channel") -> Channel:
        """The channel by id; the id of a person stands for their direct messages."""
        given = self.required(name)
        person = self.state.people.get(given)
        if person:
            return self.state.direct_messages(person)
        channel = self.state.channels.get(given)
        if channel is None or (channel.kind != "channel" and not channel.has_bot):
            raise Refusal("channel_not_found")
        return channel

    def channel_to_post(self, name: str = "channel") -> Channel:
        channel = self.channel(name)
        if channel.archived:
            raise Refusal("is_archived")
        if not channel.has_bot:
            raise Refusal("not_in_channel")
        return channel

    def message_in_thread(self, channel: Channel, ts: str) -> Message:
        message = self.state.message(channel.id, ts)
        if message is None:
            raise Refusal("thread_not_found")
        return message

    def own_message(self, channel: Channel, error: str) -> Message:
        """The app's message with the timestamp ``ts``; another's is refused with ``error``."""
        message = self.state.message(channel.id, self.required("ts"))
        if message is None or message.seen_by:
            raise Refusal("message_not_found")
        if not message.by_app:
            raise Refusal(error)
        return message

    def require_scope(self, scope: str) -> None:
        provided = self.slack.rules.scopes
        if scope and scope not in provided:
            raise Refusal("missing_scope", needed=scope, provided=",".join(sorted(provided)))
