"""Delivers events to the app over Socket Mode or HTTP."""

import asyncio
import hashlib
import hmac
import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal, Protocol, TypeAlias
from urllib.parse import urlencode

import aiohttp
from aiohttp import WSMsgType, web

from sandbox.slack.state import (
    ZONE,
    Channel,
    Credentials,
    JsonObject,
    Message,
    Person,
    Rules,
    State,
    file_json,
)


@dataclass(frozen=True)
class Shapes:
    """Turns records into Slack's JSON; ``url`` is the address of this server, with a slash."""

    state: State
    app: Credentials
    url: str

    def message(self, message: Message, *, with_metadata: bool = False) -> JsonObject:
        """A message as history shows it; metadata only for those who ask for it."""
        shape: JsonObject = {
            "type": "message",
            "user": message.user,
            "ts": message.ts,
            "text": message.text,
            "team": self.state.channels[message.channel].team,
        }
        who = self.state.people.get(message.user)
        if who is not None and who.team != shape["team"]:
            shape |= {"user_team": who.team, "source_team": who.team}
        if message.subtype:
            shape["subtype"] = message.subtype
        if message.bot_id:
            shape |= self._as_bot(message)
        else:
            shape["client_msg_id"] = f"msg-{message.ts}"
        shape |= self._contents(message) | self._thread(message)
        if with_metadata and message.metadata:
            shape["metadata"] = message.metadata
        return shape

    def channel(self, channel: Channel) -> JsonObject:
        """A conversation as ``conversations.info`` shows it."""
        shape: JsonObject = {
            "id": channel.id,
            "context_team_id": channel.team,
            "is_archived": channel.archived,
            "is_channel": channel.kind == "channel",
            "is_group": channel.kind == "group",
            "is_im": channel.kind == "im",
            "is_mpim": False,
            "is_private": channel.kind != "channel",
            "is_member": channel.has_bot,
        }
        if channel.kind == "im":
            return shape | {"user": channel.name}
        return shape | {
            "name": channel.name,
            "name_normalized": channel.name,
            "creator": channel.creator,
            "is_ext_shared": self.state.is_shared(channel),
        }

    def person(self, person: Person) -> JsonObject:
        """A user as ``users.info`` shows it."""
        return {
            "id": person.id,
            "team_id": person.team,
            "name": person.name,
            "deleted": False,
            "real_name": person.name,
            "tz": ZONE,
            "profile": {"real_name": person.name, "display_name": person.name},
            "is_admin": person.is_admin,
            "is_owner": False,
            "is_bot": bool(person.bot_id),
            "is_app_user": False,
        }

    def _as_bot(self, message: Message) -> JsonObject:
        name = self.app.bot_name if message.by_app else message.bot_id
        app_id = self.app.app_id if message.by_app else "A0OTHERAPP"
        profile = {"id": message.bot_id, "app_id": app_id, "name": name, "deleted": False}
        return {"bot_id": message.bot_id, "app_id": app_id, "bot_profile": profile}

    def _contents(self, message: Message) -> JsonObject:
        parts: JsonObject = {}
        if message.blocks or message.stream:
            parts["blocks"] = message.blocks
        if message.attachments:
            parts["attachments"] = message.attachments
        if message.files:
            files = [self.state.files[each] for each in message.files]
            parts |= {"files": [file_json(each, self.url) for each in files], "upload": False}
        if message.edited:
            parts["edited"] = {"user": message.user, "ts": message.edited}
        if message.reactions:
            parts["reactions"] = _reactions(message.reactions)
        return parts

    def _thread(self, message: Message) -> JsonObject:
        if message.thread_ts and message.thread_ts != message.ts:
            parent = self.state.message(message.channel, message.thread_ts)
            return {"thread_ts": message.thread_ts} | (
                {"parent_user_id": parent.user} if parent else {}
            )
        replies = [
            each
            for each in self.state.thread(message.channel, message.ts)
            if each.ts != message.ts and not each.seen_by
        ]
        if not replies:
            return {}
        return {
            "thread_ts": message.ts,
            "reply_count": len(replies),
            "reply_users": sorted({each.user for each in replies}),
            "latest_reply": replies[-1].ts,
        }


def _reactions(given: list[tuple[str, str]]) -> list[JsonObject]:
    names = dict.fromkeys(name for name, _ in given)
    return [
        {"name": name, "users": (users := [u for n, u in given if n == name]), "count": len(users)}
        for name in names
    ]


# Events are sent until they are acknowledged, as often as the rules say. Commands and interactions
# are sent once: if the app doesn't respond, Slack tells the person.

DeliveryKind: TypeAlias = Literal["events_api", "slash_commands", "interactive"]


@dataclass(frozen=True)
class Outcome:
    """The result of a delivery: the payload of the acknowledgement, or why there was none."""

    acked: bool
    payload: JsonObject = field(default_factory=dict)
    reason: str = ""


@dataclass
class Delivery:
    """One envelope and its state; times are seconds since the epoch, 0 for not yet.

    ``attempts`` starts above 0 if an earlier delivery counts as failed.
    """

    id: str
    kind: DeliveryKind
    payload: JsonObject
    attempts: int = 0
    sent_at: float = 0.0
    acked_at: float = 0.0
    given_up: bool = False


class Carrier(Protocol):
    """A transport to the app. It waits for the acknowledgement as long as the rules allow;
    ``reason`` is why the previous attempt failed."""

    async def carry(self, delivery: Delivery, reason: str) -> Outcome: ...


class Outbox:
    """Sends envelopes over the carrier in use and keeps a log of them."""

    def __init__(self, carrier: Carrier, rules: Rules, touch: Callable[[], None]) -> None:
        self.carrier = carrier
        self.deliveries: list[Delivery] = []
        self._rules = rules
        self._touch = touch
        self._running: set[asyncio.Task[None]] = set()

    def send(
        self, delivery: Delivery, on_outcome: Callable[[Outcome], None] = lambda _: None
    ) -> Delivery:
        """Begin the delivery and return at once; ``on_outcome`` gets its result."""
        self.deliveries.append(delivery)
        task = asyncio.get_running_loop().create_task(self._deliver(delivery, on_outcome))
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        return delivery

    async def close(self) -> None:
        for task in self._running:
            task.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)

    async def _deliver(self, delivery: Delivery, on_outcome: Callable[[Outcome], None]) -> None:
        delays = (0.0, *self._rules.retry_delays) if delivery.kind == "events_api" else (0.0,)
        outcome = Outcome(acked=False, reason="timeout" if delivery.attempts else "")
        for delay in delays:
            await asyncio.sleep(delay)
            delivery.attempts += 1
            outcome = await self.carrier.carry(delivery, outcome.reason)
            if outcome.acked:
                delivery.acked_at = time.time()
                break
        delivery.given_up = not outcome.acked
        on_outcome(outcome)
        self._touch()


_JSON = "application/json"
_FORM = "application/x-www-form-urlencoded"


class HttpEvents:
    """The carrier to a request URL over HTTP."""

    def __init__(self, app: Credentials, rules: Rules, request_url: str) -> None:
        self._secret = app.signing_secret.encode()
        self._url = request_url
        timeout = aiohttp.ClientTimeout(total=rules.ack_seconds)
        self._session = aiohttp.ClientSession(timeout=timeout)

    async def carry(self, delivery: Delivery, reason: str) -> Outcome:
        """Post the payload; any 2xx within the time allowed acknowledges it."""
        body, content_type = _body(delivery)
        timestamp = str(int(time.time()))
        signed = f"v0:{timestamp}:{body}".encode()
        digest = hmac.new(self._secret, signed, hashlib.sha256).hexdigest()
        headers = {
            "Content-Type": content_type,
            "X-Slack-Request-Timestamp": timestamp,
            "X-Slack-Signature": f"v0={digest}",
        }
        if delivery.attempts > 1:
            headers["X-Slack-Retry-Num"] = str(delivery.attempts - 1)
            headers["X-Slack-Retry-Reason"] = reason
        delivery.sent_at = time.time()
        try:
            return await self._post(body, headers)
        except TimeoutError:
            return Outcome(acked=False, reason="http_timeout")
        except aiohttp.ClientError:
            return Outcome(acked=False, reason="connection_failed")

    async def verify_url(self) -> bool:
        """Whether the address answers Slack's challenge, as it must when it is set."""
        challenge = {"type": "url_verification", "challenge": "local", "token": "local"}
        outcome = await self.carry(Delivery("challenge", "events_api", challenge), "")
        return outcome.acked and outcome.payload.get("challenge") == "local"

    async def close(self) -> None:
        await self._session.close()

    async def _post(self, body: str, headers: dict[str, str]) -> Outcome:
        async with self._session.post(self._url, data=body.encode(), headers=headers) as answer:
            text = await answer.text()
            if not answer.ok:
                return Outcome(acked=False, reason="http_error")
            if answer.content_type == _JSON and text:
                return Outcome(acked=True, payload=json.loads(text))
            return Outcome(acked=True, payload={"text": text} if text else {})


def _body(delivery: Delivery) -> tuple[str, str]:
    match delivery.kind:
        case "events_api":
            return json.dumps(delivery.payload), _JSON
        case "slash_commands":
            return urlencode(delivery.payload), _FORM
        case "interactive":
            return urlencode({"payload": json.dumps(delivery.payload)}), _FORM


# Socket Mode: envelopes go over the open connections in turn. With none open, an event waits for
# one; a connection that closes before the acknowledgement counts as a failed attempt.


@dataclass(eq=False)
class _Connection:
    socket: web.WebSocketResponse
    transport: asyncio.Transport | None
    is_silent: bool = False
    waiting: dict[str, asyncio.Future[Outcome]] = field(default_factory=dict)

    def settle(self, envelope_id: str, outcome: Outcome) -> None:
        future = self.waiting.pop(envelope_id, None)
        if future and not future.done():
            future.set_result(outcome)


class SocketMode:
    """The carrier over web sockets, and their server. ``ever_opened`` counts the connections so
    far; one that was cut off still counts among the ``connections`` for a moment."""

    def __init__(self, app: Credentials, rules: Rules, touch: Callable[[], None]) -> None:
        self._app = app
        self._rules = rules
        self._touch = touch
        self._connections: list[_Connection] = []
        self._opened = asyncio.Event()
        self._tickets: set[str] = set()
        self._turn = 0
        self._refused = 0
        self.ever_opened = 0

    @property
    def connections(self) -> int:
        return len(self._connections)

    def issue_ticket(self, ticket: str) -> None:
        self._tickets.add(ticket)

    async def carry(self, delivery: Delivery, reason: str) -> Outcome:
        """Send the envelope over the next connection and wait for its acknowledgement."""
        connection = await self._next_connection(delivery)
        if connection is None:
            return Outcome(acked=False, reason="connection_failed")
        future: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()
        connection.waiting[delivery.id] = future
        delivery.sent_at = time.time()
        try:
            if not connection.is_silent:
                await connection.socket.send_json(_envelope(delivery, reason))
            async with asyncio.timeout(self._rules.ack_seconds):
                return await future
        except TimeoutError:
            return Outcome(acked=False, reason="timeout")
        except ConnectionError:
            return Outcome(acked=False, reason="connection_failed")
        finally:
            connection.waiting.pop(delivery.id, None)

    async def serve(self, request: web.Request) -> web.WebSocketResponse:
        """One connection of the app, from hello to its end."""
        ticket = request.query.get("ticket", "")
        if ticket not in self._tickets:
            raise web.HTTPForbidden(text="this address was used before, or never issued")
        self._tickets.discard(ticket)
        if self._refused:
            self._refused -= 1
            raise web.HTTPServiceUnavailable
        socket = web.WebSocketResponse(timeout=1.0)
        await socket.prepare(request)
        await self._listen(_Connection(socket, request.transport))
        return socket

    async def disconnect(self, reason: str = "refresh_requested") -> None:
        """Ask the app to reconnect each connection, as Slack does every few hours."""
        for connection in list(self._connections):
            debug = {"host": "localhost"}
            goodbye = {"type": "disconnect", "reason": reason, "debug_info": debug}
            await connection.socket.send_json(goodbye)

    async def cut(self) -> None:
        """Close every connection without notice."""
        for connection in list(self._connections):
            self._forget(connection)
            await connection.socket.close()

    def fall_silent(self) -> None:
        """Keep every connection open, but neither read nor write there any more."""
        for connection in self._connections:
            connection.is_silent = True
            if connection.transport:
                connection.transport.pause_reading()

    def refuse(self, times: int) -> None:
        """Refuse the next ``times`` connections; each uses up its ticket."""
        self._refused = times

    async def _next_connection(self, delivery: Delivery) -> _Connection | None:
        patience = None if delivery.kind == "events_api" else self._rules.ack_seconds
        try:
            async with asyncio.timeout(patience):
                while not self._connections:
                    await self._opened.wait()
        except TimeoutError:
            return None
        self._turn += 1
        return self._connections[self._turn % len(self._connections)]

    async def _listen(self, connection: _Connection) -> None:
        await connection.socket.send_json(self._hello())
        self._connections.append(connection)
        self.ever_opened += 1
        self._opened.set()
        self._touch()
        try:
            async for message in connection.socket:
                if message.type is WSMsgType.TEXT:
                    _acknowledge(connection, message.data)
        finally:
            self._forget(connection)

    def _forget(self, connection: _Connection) -> None:
        if connection in self._connections:
            self._connections.remove(connection)
        if not self._connections:
            self._opened.clear()
        for envelope_id in list(connection.waiting):
            connection.settle(envelope_id, Outcome(acked=False, reason="connection_failed"))
        self._touch()

    def _hello(self) -> JsonObject:
        return {
            "type": "hello",
            "num_connections": self.connections + 1,
            "debug_info": {"host": "localhost", "approximate_connection_time": 18060},
            "connection_info": {"app_id": self._app.app_id},
        }


def _acknowledge(connection: _Connection, text: str) -> None:
    answer = json.loads(text)
    payload = answer.get("payload") or {}
    connection.settle(answer.get("envelope_id", ""), Outcome(acked=True, payload=payload))


def _envelope(delivery: Delivery, reason: str) -> JsonObject:
    envelope: JsonObject = {
        "envelope_id": delivery.id,
        "type": delivery.kind,
        "payload": delivery.payload,
        "accepts_response_payload": delivery.kind != "events_api",
    }
    if delivery.kind == "events_api":
        envelope |= {"retry_attempt": delivery.attempts - 1, "retry_reason": reason}
    return envelope


_SUBSCRIPTION = {
    "channel": ("message.channels", "channels:history"),
    "group": ("message.groups", "groups:history"),
    "im": ("message.im", "im:history"),
}


@dataclass(frozen=True)
class Events:
    """Sends the events for which the app has a subscription and the scopes."""

    state: State
    shapes: Shapes
    outbox: Outbox
    app: Credentials
    rules: Rules

    def posted(self, message: Message) -> None:
        """A new message: a ``message`` event and, if it mentions the bot, ``app_mention``."""
        channel = self.state.channels[message.channel]
        if message.seen_by or not channel.has_bot:
            return
        event = _in_channel(self.shapes.message(message, with_metadata=True), channel)
        if self._hears_messages(channel):
            self.send(channel.team, event)
        if self._hears_mention(message.text, channel):
            mention = {key: value for key, value in event.items() if key != "channel_type"}
            self.send(channel.team, mention | {"type": "app_mention"})

    def changed(self, message: Message, before: JsonObject) -> None:
        """An edit, by anyone; ``before`` is the message's JSON from before it."""
        now = self.shapes.message(message, with_metadata=True)
        self._hidden(message, "message_changed", {"message": now, "previous_message": before})

    def deleted(self, message: Message, before: JsonObject) -> None:
        details = {"deleted_ts": message.ts, "previous_message": before}
        self._hidden(message, "message_deleted", details)

    def reacted(self, person: Person, message: Message, name: str) -> None:
        channel = self.state.channels[message.channel]
        if channel.has_bot and "reactions:read" in self.rules.scopes:
            event = {
                "type": "reaction_added",
                "user": person.id,
                "reaction": name,
                "item_user": message.user,
                "item": {"type": "message", "channel": channel.id, "ts": message.ts},
            }
            self.send_if_subscribed(channel.team, event)

    def home_opened(self, person: Person, tab: str, view: JsonObject) -> None:
        """The person opens the app's Home or its Messages tab."""
        channel = self.state.direct_messages(person)
        event = {"type": "app_home_opened", "user": person.id, "channel": channel.id, "tab": tab}
        self.send_if_subscribed(person.team, event | ({"view": view} if view else {}))

    def stopped(self, person: Person, message: Message) -> None:
        event = {
            "type": "agent_session_stopped",
            "channel": message.channel,
            "thread_ts": message.root,
            "user": person.id,
            "streaming_message_ts": [message.ts],
        }
        self.send_if_subscribed(person.team, event)

    def send_if_subscribed(self, team: str, event: JsonObject) -> None:
        if event["type"] in self.rules.subscriptions:
            self.send(team, event | {"event_ts": self.state.new_ts()})

    def send(self, team: str, event: JsonObject) -> Delivery:
        """Deliver one event under an id of its own."""
        event_id = self.state.new_id("Ev")
        channel = self.state.channels.get(_channel_of(event))
        payload = {
            "token": "local",
            "team_id": team,
            "context_team_id": team,
            "context_enterprise_id": None,
            "api_app_id": self.app.app_id,
            "event": event,
            "type": "event_callback",
            "event_id": event_id,
            "event_time": int(time.time()),
            "authorizations": [self._authorization(team)],
            "event_context": f"4-{event_id}",
            "is_ext_shared_channel": channel is not None and self.state.is_shared(channel),
        }
        return self.outbox.send(Delivery(self.state.new_id("env-"), "events_api", payload))

    def send_again(self, delivery: Delivery) -> Delivery:
        """Deliver the same event once more, as if its acknowledgement was lost."""
        envelope, attempts = self.state.new_id("env-"), delivery.attempts or 1
        again = Delivery(envelope, "events_api", delivery.payload, attempts=attempts)
        return self.outbox.send(again)

    def _hidden(self, message: Message, subtype: str, details: JsonObject) -> None:
        channel = self.state.channels[message.channel]
        if message.seen_by or not channel.has_bot or not self._hears_messages(channel):
            return
        base = {"type": "message", "subtype": subtype, "hidden": True, "ts": self.state.new_ts()}
        self.send(channel.team, _in_channel(base | details, channel))

    def _hears_messages(self, channel: Channel) -> bool:
        subscription, scope = _SUBSCRIPTION[channel.kind]
        return subscription in self.rules.subscriptions and scope in self.rules.scopes

    def _hears_mention(self, text: str, channel: Channel) -> bool:
        return (
            channel.kind != "im"
            and f"<@{self.app.bot_user_id}>" in text
            and "app_mention" in self.rules.subscriptions
            and "app_mentions:read" in self.rules.scopes
        )

    def _authorization(self, team: str) -> JsonObject:
        return {
            "enterprise_id": None,
            "team_id": team,
            "user_id": self.app.bot_user_id,
            "is_bot": True,
            "is_enterprise_install": False,
        }


def _channel_of(event: JsonObject) -> str:
    return str(event.get("channel") or (event.get("item") or {}).get("channel") or "")


def _in_channel(shape: JsonObject, channel: Channel) -> JsonObject:
    return shape | {
        "channel": channel.id,
        "event_ts": shape["ts"],
        "channel_type": channel.kind,
    }
