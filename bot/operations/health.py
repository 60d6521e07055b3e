"""Is this process alive, and ready to work? Told over HTTP, with the figures for Prometheus."""

import asyncio
import faulthandler
import logging
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager

import aiohttp
from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from yarl import URL

from bot.service import metrics
from bot.service.errors import SettingsError

SWITCH_SECONDS = 0.0005
"""How long a thread keeps the interpreter from the others. With Python's own 5 ms the loop waits
that long for each step of a transaction, which keeps the other process from writing."""

STUCK_SECONDS = 60.0
"""How long the loop of a process may not turn until it is taken for hung. The longest that one
thing keeps it is about a second."""

_TURNS = 10


@asynccontextmanager
async def ended_if_stuck(seconds: float = STUCK_SECONDS) -> AsyncIterator[None]:
    """While the block runs, end this process once its loop has not turned for ``seconds``.

    It ends with status 1 and says on standard error where each thread was, without a word of what
    it was at. The thread that watches belongs to no interpreter, so nothing in Python stops it.
    """
    turning = asyncio.create_task(_turn(seconds))
    try:
        yield
    finally:
        turning.cancel()
        faulthandler.cancel_dump_traceback_later()


async def _turn(seconds: float) -> None:
    while True:
        faulthandler.dump_traceback_later(seconds, exit=True)
        await asyncio.sleep(seconds / _TURNS)


# - ``/healthz``: 200. No answer means: restart it.
# - ``/readyz``: 200 while each check holds, else 503; each is named with its verdict.
# - ``/metrics``: the figures of `metrics`.

Check = Callable[[], Awaitable[bool]]

_CHECK_SECONDS = 2.0
_BETWEEN_LOOKS = 0.5
_SOME_LOOKS = 20

_log = logging.getLogger(__name__)


@asynccontextmanager
async def watched(host: str, port: int, checks: Mapping[str, Check]) -> AsyncIterator[int]:
    """Tell how this process is, at ``host`` and ``port`` (0: any), until the block ends; the port.

    Raises:
        SettingsError: the port is taken, or the host is not of this machine.
    """
    beating = asyncio.create_task(_beat())
    runner = web.AppRunner(_application(checks), access_log=None)
    await runner.setup()
    try:
        await _opened(web.TCPSite(runner, host, port))
        yield int(runner.addresses[0][1])
    finally:
        beating.cancel()
        await runner.cleanup()


async def is_ready(host: str, port: int) -> bool:
    """Whether the process that is `watched` there says that it is ready."""
    timeout = aiohttp.ClientTimeout(total=_CHECK_SECONDS)
    async with (
        aiohttp.ClientSession(timeout=timeout) as session,
        session.get(URL.build(scheme="http", host=host, port=port, path="/readyz")) as answer,
    ):
        return answer.status == 200


async def _opened(site: web.TCPSite) -> None:
    try:
        await site.start()
    except OSError as error:
        raise SettingsError(
            "Health and metrics can't be served. Set READOUT_METRICS_PORT to a free port whose "
            "next port is free too, and READOUT_METRICS_HOST to an address of this machine."
        ) from error


async def _beat() -> None:
    """Tell the metrics how late the loop was, the latest of some looks at it."""
    loop, lags = asyncio.get_running_loop(), deque[float](maxlen=_SOME_LOOKS)
    while True:
        due = loop.time() + _BETWEEN_LOOKS
        await asyncio.sleep(_BETWEEN_LOOKS)
        lags.append(max(0.0, loop.time() - due))
        metrics.LOOP_LAG.set(max(lags))


def _application(checks: Mapping[str, Check]) -> web.Application:
    async def alive(_: web.Request) -> web.Response:
        return web.json_response({"status": "ok"})

    async def ready(_: web.Request) -> web.Response:
        verdicts = await _verdicts(checks)
        return web.json_response(verdicts, status=200 if all(verdicts.values()) else 503)

    async def figures(_: web.Request) -> web.Response:
        await _verdicts(checks)
        return web.Response(body=generate_latest(), headers={"Content-Type": CONTENT_TYPE_LATEST})

    application = web.Application()
    application.router.add_get("/healthz", alive)
    application.router.add_get("/readyz", ready)
    application.router.add_get("/metrics", figures)
    return application


async def _verdicts(checks: Mapping[str, Check]) -> dict[str, bool]:
    """Whether each check holds, which is counted as well."""
    verdicts = dict(zip(checks, await asyncio.gather(*map(_holds, checks.items())), strict=True))
    for name, holds in verdicts.items():
        metrics.READY.labels(name).set(holds)
    return verdicts


async def _holds(named: tuple[str, Check]) -> bool:
    name, check = named
    try:
        async with asyncio.timeout(_CHECK_SECONDS):
            return await check()
    except Exception:  # noqa: BLE001 - whatever fails here is what was asked about
        _log.warning("not ready: %s", name, exc_info=True)
        return False
