"""Which events does a change bring the app, and what do they look like?"""

import time

from bot.local.delivery import Delivery, Outbox
from bot.local.rules import Credentials, Rules
from bot.local.shapes import Shapes
from bot.local.state import Channel, JsonObject, Message, Person, State

_SUBSCRIPTION = {
    "channel": ("message.channels", "channels:history"),
    "group": ("message.groups", "groups:history"),
    "im": ("message.im", "im:history"),
}


class Events:
    """Sends the events that the app is subscribed to, and has the scopes for."""

    def __init__(self, state: State, shapes: Shapes, outbox: Outbox, grants: "Grants") -> None:
        self._state = state
        self._shapes = shapes
        self._outbox = outbox
        self._grants = grants

    def posted(self, message: Message) -> list[Delivery]:
        """A new message: a ``message`` event and, where the bot is mentioned, ``app_mention``."""
        channel = self._state.channels[message.channel]
        if message.seen_by or not channel.has_bot:
            return []
        event = _in_channel(self._shapes.message(message, with_metadata=True), channel)
        sent = [self.send(channel.team, event)] if self._grants.hear_messages(channel) else []
        if self._grants.hear_mention(message.text, channel):
            mention = {key: value for key, value in event.items() if key != "channel_type"}
            sent.append(self.send(channel.team, mention | {"type": "app_mention"}))
        return sent

    def changed(self, message: Message, before: JsonObject) -> None:
        """An edit, by anyone; ``before`` is the message's JSON from before it."""
        now = self._shapes.message(message, with_metadata=True)
        self._hidden(message, "message_changed", {"message": now, "previous_message": before})

    def deleted(self, message: Message, before: JsonObject) -> None:
        details = {"deleted_ts": message.ts, "previous_message": before}
        self._hidden(message, "message_deleted", details)

    def home_opened(self, person: Person, tab: str, view: JsonObject) -> None:
        """The person opens the app's Home or its Messages tab."""
        channel = self._state.direct_messages(person)
        event = {"type": "app_home_opened", "user": person.id, "channel": channel.id, "tab": tab}
        self.send_if_subscribed(person.team, event | ({"view": view} if view else {}))

    def stopped(self, person: Person, message: Message) -> None:
        """The person presses the native stop button."""
        event = {
            "type": "agent_session_stopped",
            "channel": message.channel,
            "thread_ts": message.root,
            "user": person.id,
            "streaming_message_ts": [message.ts],
        }
        self.send_if_subscribed(person.team, event)

    def send_if_subscribed(self, team: str, event: JsonObject) -> None:
        if self._grants.subscribed(str(event["type"])):
            self.send(team, event | {"event_ts": self._state.new_ts()})

    def send(self, team: str, event: JsonObject) -> Delivery:
        """Deliver one event under an id of its own."""
        event_id = self._state.new_id("Ev")
        payload = self._grants.event_callback(team, event, event_id)
        return self._outbox.send(Delivery(self._state.new_id("env-"), "events_api", payload))

    def send_again(self, delivery: Delivery) -> Delivery:
        """Deliver the same event once more, as when its acknowledgement was lost on the way."""
        envelope, attempts = self._state.new_id("env-"), delivery.attempts or 1
        again = Delivery(envelope, "events_api", delivery.payload, attempts=attempts)
        return self._outbox.send(again)

    def _hidden(self, message: Message, subtype: str, details: JsonObject) -> None:
        channel = self._state.channels[message.channel]
        if message.seen_by or not channel.has_bot or not self._grants.hear_messages(channel):
            return
        base = {"type": "message", "subtype": subtype, "hidden": True, "ts": self._state.new_ts()}
        self.send(channel.team, _in_channel(base | details, channel))


class Grants:
    """What the app may hear, by its subscriptions and its scopes, and its event envelope."""

    def __init__(self, app: Credentials, rules: Rules) -> None:
        self._app = app
        self._rules = rules

    def subscribed(self, event_type: str) -> bool:
        return event_type in self._rules.subscriptions

    def hear_messages(self, channel: Channel) -> bool:
        subscription, scope = _SUBSCRIPTION[channel.kind]
        return self.subscribed(subscription) and scope in self._rules.scopes

    def hear_mention(self, text: str, channel: Channel) -> bool:
        return (
            channel.kind != "im"
            and f"<@{self._app.bot_user_id}>" in text
            and self.subscribed("app_mention")
            and "app_mentions:read" in self._rules.scopes
        )

    def event_callback(self, team: str, event: JsonObject, event_id: str) -> JsonObject:
        authorization = {
            "enterprise_id": None,
            "team_id": team,
            "user_id": self._app.bot_user_id,
            "is_bot": True,
            "is_enterprise_install": False,
        }
        return {
            "token": "local",
            "team_id": team,
            "context_team_id": team,
            "context_enterprise_id": None,
            "api_app_id": self._app.app_id,
            "event": event,
            "type": "event_callback",
            "event_id": event_id,
            "event_time": int(time.time()),
            "authorizations": [authorization],
            "is_ext_shared_channel": False,
            "event_context": f"4-{event_id}",
        }


def _in_channel(shape: JsonObject, channel: Channel) -> JsonObject:
    return shape | {
        "channel": channel.id,
        "event_ts": shape["ts"],
        "channel_type": channel.kind,
    }
