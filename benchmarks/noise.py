"""Measures how much of a measurement is due to the machine."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

_NAP = 0.01


@asynccontextmanager
async def late_wakeups() -> AsyncIterator[list[float]]:
    """The delays in seconds with which this loop woke from short sleeps during the block."""
    late: list[float] = []
    napping = asyncio.create_task(_nap(late))
    try:
        yield late
    finally:
        napping.cancel()


async def _nap(late: list[float]) -> None:
    while True:
        began = time.monotonic()
        await asyncio.sleep(_NAP)
        late.append(time.monotonic() - began - _NAP)
