"""How do envelopes travel over Socket Mode?

Each goes over one of the open connections in turn. With none open an event waits for one;
a connection that closes before the acknowledgement counts as a failed attempt.
"""

import asyncio
import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from aiohttp import WSMsgType, web

from bot.local.delivery import Attempt, Delivery, Outcome
from bot.local.rules import Credentials, Rules
from bot.local.state import JsonObject

MAX_CONNECTIONS = 10


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
    """The carrier over web sockets, and the server's end of them. ``ever_opened`` counts the
    connections so far; one that was cut off is among the ``connections`` for a moment longer."""

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
        """Allow one connection with this ticket."""
        self._tickets.add(ticket)

    async def carry(self, delivery: Delivery, attempt: Attempt) -> Outcome:
        """Send the envelope over the next connection and wait for its acknowledgement."""
        connection = await self._next_connection(delivery)
        if connection is None:
            return Outcome(acked=False, reason="connection_failed")
        future: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()
        connection.waiting[delivery.id] = future
        delivery.sent_at = time.time()
        try:
            if not connection.is_silent:
                await connection.socket.send_json(_envelope(delivery, attempt))
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
        if self.connections >= MAX_CONNECTIONS:
            await socket.send_json(_goodbye("too_many_websockets"))
            await socket.close()
            return socket
        await self._listen(_Connection(socket, request.transport))
        return socket

    async def disconnect(self, reason: str = "refresh_requested") -> None:
        """Ask every connection to come again, as Slack does every few hours."""
        for connection in list(self._connections):
            await connection.socket.send_json(_goodbye(reason))

    async def cut(self) -> None:
        """Close every connection without a word."""
        for connection in list(self._connections):
            self._forget(connection)
            await connection.socket.close()

    def fall_silent(self) -> None:
        """Leave every connection open, and neither read nor write anything there any more."""
        for connection in self._connections:
            connection.is_silent = True
            if connection.transport:
                connection.transport.pause_reading()

    def refuse(self, times: int) -> None:
        """Let so many of the next connections fail, each of which uses up its ticket."""
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


def _goodbye(reason: str) -> JsonObject:
    return {"type": "disconnect", "reason": reason, "debug_info": {"host": "localhost"}}


def _envelope(delivery: Delivery, attempt: Attempt) -> JsonObject:
    envelope: JsonObject = {
        "envelope_id": delivery.id,
        "type": delivery.kind,
        "payload": delivery.payload,
        "accepts_response_payload": delivery.kind != "events_api",
    }
    if delivery.kind == "events_api":
        envelope |= {"retry_attempt": attempt.number, "retry_reason": attempt.reason}
    return envelope
