"""How does a method read its arguments, and how does it refuse?"""

import json
from dataclasses import dataclass

from bot.local.rules import Credentials
from bot.local.state import DEFAULT_TEAM, Channel, JsonObject, Message, State
from bot.local.workspace import Workspace


class Refusal(Exception):
    """The call is answered with ``ok: false`` and this error."""

    def __init__(self, error: str, **details: object) -> None:
        super().__init__(error)
        self.answer: JsonObject = {"ok": False, "error": error, **details}


@dataclass(frozen=True)
class Call:
    """One call of one method: where it happens and what was given."""

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
        return known.team if known else self.word("team_id") or DEFAULT_TEAM

    def word(self, name: str) -> str:
        """The argument as text, empty where there is none."""
        value = self.args.get(name)
        return "" if value is None else str(value)

    def needed(self, name: str) -> str:
        value = self.word(name)
        if not value:
            raise Refusal("invalid_arguments", response_metadata=_missing(name))
        return value

    def number(self, name: str, default: int) -> int:
        value = self.word(name)
        if value and not value.isdecimal():
            raise Refusal("invalid_arguments")
        return int(value or default)

    def flag(self, name: str) -> bool:
        return self.args.get(name) in (True, "true", "True", "1", 1)

    def structure(self, name: str, error: str) -> object:
        """The argument as JSON, whether it came as JSON or as text; None where there is none."""
        value = self.args.get(name)
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value) if value else None
        except json.JSONDecodeError:
            raise Refusal(error) from None

    def channel(self, name: str = "channel") -> Channel:
        """The channel by id; the id of a person stands for their direct messages."""
        given = self.needed(name)
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
        if not channel.has_bot and "chat:write.public" not in self.slack.rules.scopes:
            raise Refusal("not_in_channel")
        return channel

    def own_message(self, channel: Channel, error: str) -> Message:
        """The app's message that ``ts`` names; another's is refused with ``error``."""
        message = self.state.message(channel.id, self.needed("ts"))
        if message is None or message.seen_by:
            raise Refusal("message_not_found")
        if not message.by_app:
            raise Refusal(error)
        return message

    def require_scope(self, scope: str) -> None:
        provided = self.slack.rules.scopes
        if scope and scope not in provided:
            raise Refusal("missing_scope", needed=scope, provided=",".join(sorted(provided)))


def _missing(name: str) -> JsonObject:
    return {"messages": [f"[ERROR] missing required field: {name}"]}
