"""How does one Web API request become an answer?

In Slack's order: a fault that a test asked for, the token, the method, its rate limit, its
scope, and then what the method does.
"""

import asyncio
import json
import time

from aiohttp import web

from bot.local.calls import Call, Refusal
from bot.local.faults import Fault
from bot.local.methods import METHODS, Method
from bot.local.rate_limits import POST_BURST
from bot.local.socket_mode import SocketMode
from bot.local.state import JsonObject
from bot.local.workspace import ApiCall, Workspace


class WebApi:
    """Answers ``/api/<method>``, form-encoded or JSON, by GET or POST."""

    def __init__(self, slack: Workspace, sockets: SocketMode) -> None:
        self._slack = slack
        self._sockets = sockets

    async def serve(self, request: web.Request) -> web.Response:
        name = request.match_info["method"]
        args, token = await _read(request)
        channel = str(args.get("channel") or args.get("channel_id") or "")
        fault = self._slack.faults.take(name, channel)
        if fault.delay:
            await asyncio.sleep(fault.delay)
        if fault.page:
            return web.Response(text="<html>Please sign in</html>", content_type=fault.page)
        answer, status = self._answer(name, args, token, fault)
        outcome = "ok" if answer.get("ok") else str(answer.get("error", status))
        self._slack.calls.append(ApiCall(name, args, time.time(), outcome))
        self._slack.state.touch()
        if fault.lost_reply and request.transport:
            request.transport.abort()
        return self._response(answer, status)

    def _answer(
        self, name: str, args: JsonObject, token: str, fault: Fault
    ) -> tuple[JsonObject, int]:
        if fault.error:
            return {"ok": False, "error": fault.error}, 200
        if fault.status:
            return {"retry_after": fault.retry_after}, fault.status
        try:
            return {"ok": True, **self._run(name, Call(self._slack, args), token)}, 200
        except Refusal as refusal:
            status = 429 if refusal.answer["error"] == "ratelimited" else 200
            return refusal.answer, status

    def _run(self, name: str, call: Call, token: str) -> JsonObject:
        if name == "apps.connections.open":
            return self._open_connection(token)
        if token != self._slack.app.bot_token:
            raise Refusal("invalid_auth" if token else "not_authed")
        method = METHODS.get(name)
        if method is None:
            raise Refusal("unknown_method", req_method=name)
        self._limit(name, method, call)
        call.require_scope(method.scope)
        return method.run(call)

    def _open_connection(self, token: str) -> JsonObject:
        if token == self._slack.app.bot_token:
            raise Refusal("not_allowed_token_type")
        if token != self._slack.app.app_token:
            raise Refusal("invalid_auth" if token else "not_authed")
        if "connections:write" not in self._slack.rules.app_scopes:
            raise Refusal("missing_scope", needed="connections:write", provided="")
        ticket = self._slack.state.new_id("ticket-")
        self._sockets.issue_ticket(ticket)
        address = self._slack.url.replace("http://", "ws://")
        return {"url": f"{address}socket?ticket={ticket}"}

    def _limit(self, name: str, method: Method, call: Call) -> None:
        if not self._slack.rules.rate_limits:
            return
        rates = self._slack.rates
        wait = 0
        if method.per_minute:
            key = (name, call.team)
            wait = rates.seconds_to_wait(key, method.per_minute, method.per_minute / 60)
        elif name == "chat.postMessage":
            wait = rates.seconds_to_wait((name, call.word("channel")), POST_BURST, 1.0)
        if wait:
            raise Refusal("ratelimited", retry_after=wait)

    def _response(self, answer: JsonObject, status: int) -> web.Response:
        headers = {"x-slack-req-id": self._slack.state.new_id("req")}
        if self._slack.rules.tells_scopes:
            headers["x-oauth-scopes"] = ",".join(sorted(self._slack.rules.scopes))
        retry_after = answer.pop("retry_after", 0)
        if status == 429:
            headers["Retry-After"] = str(retry_after)
            answer = {"ok": False, "error": "ratelimited"}
        elif status != 200:
            return web.Response(status=status, text="upstream error", headers=headers)
        return web.json_response(answer, status=status, headers=headers)


async def _read(request: web.Request) -> tuple[JsonObject, str]:
    args: JsonObject = dict(request.query)
    if request.content_type == "application/json":
        args |= json.loads(await request.text() or "{}")
    else:
        args |= dict(await request.post())
    token = str(args.pop("token", ""))
    return args, bearer(request) or token


def bearer(request: web.Request) -> str:
    """The token of the Authorization header, or nothing."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return token if scheme.lower() == "bearer" else ""
