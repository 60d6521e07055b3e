"""Does a request carry a signature at all?

Only Bolt can say whether it is Slack's. But a timestamp that is no number, or a signature that is
no hexadecimal, raises in slack_sdk and becomes a 500 with a traceback; here it is a 401.
"""

import re
from collections.abc import Awaitable, Callable

from aiohttp import web

_TIMESTAMP = re.compile(r"[0-9]{1,12}", re.ASCII)
_SIGNATURE = re.compile(r"v0=[0-9a-f]{64}", re.ASCII)

Answering = Callable[[web.Request], Awaitable[web.StreamResponse]]


@web.middleware
async def refuse_unsigned(request: web.Request, handler: Answering) -> web.StreamResponse:
    """Answer 401 to a POST without the form of a signature, and let the rest through."""
    if request.method == "POST" and not _is_signed(request):
        return web.json_response({"error": "invalid request"}, status=401)
    return await handler(request)


def _is_signed(request: web.Request) -> bool:
    timestamp = request.headers.get("X-Slack-Request-Timestamp", "")
    signature = request.headers.get("X-Slack-Signature", "")
    return bool(_TIMESTAMP.fullmatch(timestamp) and _SIGNATURE.fullmatch(signature))
