"""Who goes first: those who have just asked, or those whose reply is being made?

Somebody who asks sees nothing until the mention is on disk and its first sign is given; a reply
takes many seconds anyhow. So while anybody waits for a sign, the steps of replies do not begin.
"""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager, suppress

# However many ask, replies go on this often.
_LONGEST_SECONDS = 2.0


class Precedence:
    """What gives a sign goes first, what writes a reply waits."""

    def __init__(self) -> None:
        self._first = 0
        self._free = asyncio.Event()
        self._free.set()

    @contextmanager
    def first(self) -> Iterator[None]:
        """Whatever runs in the block is waited for."""
        self._first += 1
        self._free.clear()
        try:
            yield
        finally:
            self._first -= 1
            if not self._first:
                self._free.set()

    async def turn(self) -> None:
        """Return once nothing goes first, or after two seconds."""
        with suppress(TimeoutError):
            async with asyncio.timeout(_LONGEST_SECONDS):
                await self._free.wait()
