"""Health, readiness and metrics over HTTP."""

import asyncio
import socket
import time

import aiohttp
import pytest

from bot.operations.health import is_ready, serve_health
from bot.service import metrics
from bot.service.errors import SettingsError

LOOPBACK = "127.0.0.1"


async def holds() -> bool:
    return True


async def does_not() -> bool:
    return False


async def fails() -> bool:
    raise ConnectionError("SECRET of the server")


async def asked(port: int, path: str) -> tuple[int, str]:
    async with (
        aiohttp.ClientSession() as session,
        session.get(f"http://{LOOPBACK}:{port}{path}") as answer,
    ):
        return answer.status, await answer.text()


async def test_a_process_is_ready_when_every_check_holds() -> None:
    async with serve_health(LOOPBACK, 0, {"database": holds, "slack": holds}) as port:
        assert await asked(port, "/readyz") == (200, '{"database": true, "slack": true}')
        assert await is_ready(LOOPBACK, port)


async def test_a_failing_check_is_named_without_the_reason() -> None:
    checks = {"database": fails, "slack": does_not, "queue": holds}
    async with serve_health(LOOPBACK, 0, checks) as port:
        verdicts = '{"database": false, "slack": false, "queue": true}'
        assert await asked(port, "/readyz") == (503, verdicts)
        assert not await is_ready(LOOPBACK, port)
        assert (await asked(port, "/healthz"))[0] == 200, "a restart would mend nothing"
        _, figures = await asked(port, "/metrics")
    assert 'readout_ready{check="database"} 0.0' in figures
    assert 'readout_ready{check="queue"} 1.0' in figures


async def test_a_blocked_event_loop_is_reported_as_lag() -> None:
    async with serve_health(LOOPBACK, 0, {}):
        await asyncio.sleep(0)  # the first look is on its way
        time.sleep(0.7)  # noqa: ASYNC251 - nothing else may run meanwhile
        await asyncio.sleep(0.01)
    assert metrics.LOOP_LAG._value.get() > 0.1


async def test_a_port_in_use_is_reported_in_a_sentence() -> None:
    with (
        socket.create_server((LOOPBACK, 0)) as taken,
        pytest.raises(SettingsError, match="READOUT_METRICS_PORT"),
    ):
        async with serve_health(LOOPBACK, taken.getsockname()[1], {}):
            pass
