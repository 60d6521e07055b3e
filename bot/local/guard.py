"""Who may talk to a server that is meant only for this machine?

A page of some web site runs in the same browser: it can send requests to 127.0.0.1, and with a name
of its own that leads there (DNS rebinding) it could read the answers as well. Browsers say who is
asking, in ``Host``, ``Origin`` and ``Sec-Fetch-Site``; programs omit the last two.
"""

from collections.abc import Awaitable, Callable

from aiohttp import web

_HERE = ("127.0.0.1", "localhost")


@web.middleware
async def only_from_here(
    request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
) -> web.StreamResponse:
    """Refuse what another site's page, or another name than this machine's, asks for."""
    if request.host.rpartition(":")[0] not in _HERE and request.host not in _HERE:
        raise web.HTTPForbidden(text="This server answers only at 127.0.0.1 and localhost.")
    origin = request.headers.get("Origin")
    is_foreign = origin is not None and origin != f"http://{request.host}"
    if is_foreign or request.headers.get("Sec-Fetch-Site") in ("cross-site", "same-site"):
        raise web.HTTPForbidden(text="Requests from other sites are not allowed.")
    return await handler(request)
