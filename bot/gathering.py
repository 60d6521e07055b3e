"""How are the sources of one mention read? In parallel, a few at a time, and each by itself: if one
goes wrong, only that one is reported."""

import asyncio
import logging
from collections.abc import Sequence

from bot.briefing.documents import Document, label
from bot.briefing.presenting import presentable
from bot.briefing.requests import Source
from bot.errors import ReadoutError, SourceError, SourceFault, Unreadable
from bot.ports import Reader

MOST_SOURCES = 20
"""What one briefing can set side by side and a reader still follow."""
_AT_ONCE = 6

_log = logging.getLogger(__name__)


async def gathered(reader: Reader, sources: Sequence[Source]) -> list[Document | SourceError]:
    """What came of each of ``sources``, in order; those after the twentieth are not read."""
    limit = asyncio.Semaphore(_AT_ONCE)
    read = (
        _read(reader, source, label(place), limit)
        for place, source in enumerate(sources[:MOST_SOURCES])
    )
    return [*await asyncio.gather(*read), *map(_too_many, sources[MOST_SOURCES:])]


async def _read(
    reader: Reader, source: Source, name: str, limit: asyncio.Semaphore
) -> Document | SourceError:
    async with limit:
        try:
            return presentable(await reader.read(source, name))
        except SourceError as failure:
            return failure
        except ReadoutError:
            raise
        except Exception as error:  # noqa: BLE001 - whatever it is, the other sources are read
            _log.exception("a source could not be read: %s", type(error).__name__)
            return SourceFault(source=source.name)


def _too_many(source: Source) -> SourceError:
    message = (
        f"Only {MOST_SOURCES} sources can be read together, so this one was left out. Send it in "
        "a separate message in this thread."
    )
    return Unreadable(message, source=source.name, verdict="too_many")
