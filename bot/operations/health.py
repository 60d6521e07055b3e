"""Serves the health of a process and its metrics for Prometheus, and ends it if it hangs."""

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
"""The switch interval of threads. With Python's default of 5 ms the loop waits that long for each
step of a transaction, and meanwhile the other process can't write."""

STUCK_SECONDS = 60.0
"""After this long without a turn of its event loop a process counts as hung. The longest single
task takes about a second."""

_POSTPONEMENTS = 10


@asynccontextmanager
async def exit_if_stuck(seconds: float = STUCK_SECONDS) -> AsyncIterator[None]:
    """During the block, end this process once its loop has not turned for ``seconds``.

    It exits with status 1 and prints the tracebacks of all threads on standard error, without any
    data. The watching thread is faulthandler's own, so nothing in Python can stop it.
    """
    watchdog = asyncio.create_task(_postpone_exit(seconds))
    try:
        yield
    finally:
        watchdog.cancel()
        faulthandler.cancel_dump_traceback_later()


async def _postpone_exit(seconds: float) -> None:
    while True:
        faulthandler.dump_traceback_later(seconds, exit=True)
        await asyncio.sleep(seconds / _POSTPONEMENTS)


# - ``/healthz``: 200. No answer means: restart it.
# - ``/readyz``: 200 while all checks pass, else 503; the body has the result of each.
# - ``/metrics``: the metrics for Prometheus.

Check = Callable[[], Awaitable[bool]]

_CHECK_SECONDS = 2.0
_LAG_INTERVAL = 0.5
_LAGS_KEPT = 20

_log = logging.getLogger(__name__)


@asynccontextmanager
async def serve_health(host: str, port: int, checks: Mapping[str, Check]) -> AsyncIterator[int]:
    """Serve health and metrics at ``host`` and ``port`` (0: any free one) during the block; yields
    the port.

    Raises:
        SettingsError: the port is taken, or the host isn't an address of this machine.
    """
    measuring = asyncio.create_task(_measure_lag())
    runner = web.AppRunner(_application(checks), access_log=None)
    await runner.setup()
    try:
        await _start(web.TCPSite(runner, host, port))
        yield int(runner.addresses[0][1])
    finally:
        measuring.cancel()
        await runner.cleanup()


async def is_ready(host: str, port: int) -> bool:
    """Whether the process that serves its health there is ready."""
    timeout = aiohttp.ClientTimeout(total=_CHECK_SECONDS)
    async with (
        aiohttp.ClientSession(timeout=timeout) as session,
        session.get(URL.build(scheme="http", host=host, port=port, path="/readyz")) as answer,
    ):
        return answer.status == 200


async def _start(site: web.TCPSite) -> None:
    try:
        await site.start()
    except OSError as error:
        raise SettingsError(
            "Health and metrics can't be served. Set READOUT_METRICS_PORT to a free port whose "
            "next port is free too, and READOUT_METRICS_HOST to an address of this machine."
        ) from error


async def _measure_lag() -> None:
    """Report to the metrics the longest delay of the loop in the last measurements."""
    loop, lags = asyncio.get_running_loop(), deque[float](maxlen=_LAGS_KEPT)
    while True:
        due = loop.time() + _LAG_INTERVAL
        await asyncio.sleep(_LAG_INTERVAL)
        lags.append(max(0.0, loop.time() - due))
        metrics.LOOP_LAG.set(max(lags))


def _application(checks: Mapping[str, Check]) -> web.Application:
    async def alive(_: web.Request) -> web.Response:
        return web.json_response({"status": "ok"})

    async def ready(_: web.Request) -> web.Response:
        results = await _results(checks)
        return web.json_response(results, status=200 if all(results.values()) else 503)

    async def figures(_: web.Request) -> web.Response:
        await _results(checks)
        return web.Response(body=generate_latest(), headers={"Content-Type": CONTENT_TYPE_LATEST})

    application = web.Application()
    application.router.add_get("/healthz", alive)
    application.router.add_get("/readyz", ready)
    application.router.add_get("/metrics", figures)
    return application


async def _results(checks: Mapping[str, Check]) -> dict[str, bool]:
    """Whether each check passes; also reported to the metrics."""
    results = dict(zip(checks, await asyncio.gather(*map(_passes, checks.items())), strict=True))
    for name, passes in results.items():
        metrics.READY.labels(name).set(passes)
    return results


async def _passes(named: tuple[str, Check]) -> bool:
    name, check = named
    try:
        async with asyncio.timeout(_CHECK_SECONDS):
            return await check()
    except Exception:  # noqa: BLE001 - any failure means not ready
        _log.warning("not ready: %s", name, exc_info=True)
        return False
