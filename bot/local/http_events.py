"""How do envelopes travel as signed HTTP requests?"""

import hashlib
import hmac
import json
import time
from urllib.parse import urlencode

import aiohttp

from bot.local.delivery import Attempt, Delivery, Outcome
from bot.local.rules import Credentials, Rules

_JSON = "application/json"
_FORM = "application/x-www-form-urlencoded"


class HttpEvents:
    """The carrier to a request address; one session for all requests."""

    def __init__(self, app: Credentials, rules: Rules, request_url: str) -> None:
        self._app = app
        self._url = request_url
        timeout = aiohttp.ClientTimeout(total=rules.ack_seconds)
        self._session = aiohttp.ClientSession(timeout=timeout)

    async def carry(self, delivery: Delivery, attempt: Attempt) -> Outcome:
        """Post the payload; any 2xx within the time allowed acknowledges it."""
        body, content_type = _body(delivery)
        headers = {"Content-Type": content_type} | signature(body, self._app.signing_secret)
        if attempt.number:
            headers["X-Slack-Retry-Num"] = str(attempt.number)
            headers["X-Slack-Retry-Reason"] = attempt.reason
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
        outcome = await self.carry(Delivery("challenge", "events_api", challenge), Attempt(0))
        return outcome.acked and outcome.payload.get("challenge") == "local"

    async def close(self) -> None:
        await self._session.close()

    async def _post(self, body: str, headers: dict[str, str]) -> Outcome:
        async with self._session.post(self._url, data=body.encode(), headers=headers) as answer:
            text = await answer.text()
            if not answer.ok:
                may_retry = answer.headers.get("X-Slack-No-Retry") != "1"
                return Outcome(acked=False, reason="http_error", may_retry=may_retry)
            if answer.content_type == _JSON and text:
                return Outcome(acked=True, payload=json.loads(text))
            return Outcome(acked=True, payload={"text": text} if text else {})


def signature(body: str, secret: str, at: int | None = None) -> dict[str, str]:
    """The two headers that prove where a request comes from, version v0."""
    timestamp = str(int(time.time()) if at is None else at)
    base = f"v0:{timestamp}:{body}".encode()
    digest = hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": timestamp, "X-Slack-Signature": f"v0={digest}"}


def _body(delivery: Delivery) -> tuple[str, str]:
    match delivery.kind:
        case "events_api":
            return json.dumps(delivery.payload), _JSON
        case "slash_commands":
            return urlencode(delivery.payload), _FORM
        case "interactive":
            return urlencode({"payload": json.dumps(delivery.payload)}), _FORM
