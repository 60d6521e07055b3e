"""Who goes first: those who have just asked, or those whose reply is being made?

Somebody who asks sees nothing until the mention is on disk and its first sign is given; a reply
takes many seconds anyhow. So while anybody waits for a sign, the steps of replies do not begin;
and those of a job never before its own sign is given, which would else outlast the reply.
"""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager, suppress

# However many ask, replies go on this often.
_LONGEST_SECONDS = 2.0


class Precedence:
    """What gives a sign goes first, what writes a reply waits."""

    def __init__(self) -> None:
        self._signing: dict[str, asyncio.Event] = {}
        self._free = asyncio.Event()
        self._free.set()

    @contextmanager
    def first(self, key: str) -> Iterator[None]:
        """Whatever runs in the block, for the job ``key``, is waited for."""
        given = self._signing[key] = asyncio.Event()
        self._free.clear()
        try:
            yield
        finally:
            del self._signing[key]
            given.set()
            if not self._signing:
                self._free.set()

    async def turn(self, key: str) -> None:
        """Return once the sign of ``key`` is given, and nothing else goes first or two seconds
        have passed."""
        if own := self._signing.get(key):
            await own.wait()
        with suppress(TimeoutError):
            async with asyncio.timeout(_LONGEST_SECONDS):
                await self._free.wait()
