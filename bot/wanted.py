"""Is a request still wanted while somebody works on it?

Another process may have stopped or deleted it, so the archive is asked five times a second: once
for everything this process works on, since a hundred requests may be waiting for a model.
"""

import asyncio
import logging
from collections.abc import Iterator
from contextlib import contextmanager

from bot.ports import Archive

_EVERY_SECONDS = 0.2

_log = logging.getLogger(__name__)


class Wanted:
    """What is worked at in this process."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._ended: dict[str, asyncio.Event] = {}
        self._looking: asyncio.Task[None] | None = None

    @contextmanager
    def watched(self, key: str) -> Iterator[asyncio.Event]:
        """An event that is set once the request ``key`` is not wanted any more, in the block."""
        ended = self._ended[key] = asyncio.Event()
        if self._looking is None or self._looking.done():
            self._looking = asyncio.create_task(self._look())
        try:
            yield ended
        finally:
            del self._ended[key]

    async def _look(self) -> None:
        while self._ended:
            # Not those that are begun while the archive is asked: it was not asked about them.
            asked = dict(self._ended)
            try:
                wanted = await self._archive.wanted(list(asked))
            except Exception:  # noqa: BLE001 - whatever it was, work goes on and is looked after
                _log.exception("could not look up whether the request is still wanted")
            else:
                for key in asked.keys() - wanted:
                    asked[key].set()
            await asyncio.sleep(_EVERY_SECONDS)
