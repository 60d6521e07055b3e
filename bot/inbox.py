"""Events from Slack are on disk before anybody interprets them.

After three seconds, Slack takes silence for a failed delivery, and of hundreds that come at once,
the last would be interpreted later than that. So events are stored as received, a whole batch at a
time, and acknowledged; what they mean is worked out in turn. A crash in between loses nothing, and
an event interpreted twice is one job, by its mention's key.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class Arrival:
    """An event as Slack sent it: the JSON of its ``body``, under an ``id`` of ours."""

    id: str
    body: str


class Inbox(Protocol):
    """Remembers what arrived until it is understood."""

    async def keep(self, arrivals: Sequence[Arrival], understood: Collection[str]) -> None:
        """Put the arrivals on disk, and forget those whose ids were ``understood``."""

    async def left(self, seconds: float) -> tuple[Arrival, ...]:
        """What has been waiting for so many seconds, in the order of its arrival. It waits anew
        from now on; what was left too often is forgotten, as it may be what kills the process."""
