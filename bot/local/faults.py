"""Which of the next calls are to go wrong, and how?"""

from collections import defaultdict
from dataclasses import dataclass

ANY = "any method"


@dataclass(frozen=True)
class Fault:
    """What the call gets instead of its answer.

    ``error`` is answered with ``ok: false``; ``status`` is an HTTP status with no JSON in it,
    429 with ``retry_after`` seconds. With ``lost_reply`` the call takes effect and the
    connection drops before the answer. A ``page`` is what something between the app and Slack says
    instead: HTTP 200, of this content type. ``delay`` seconds pass before anything happens. Where a
    ``channel`` is named, calls about others get their answer.
    """

    error: str = ""
    status: int = 0
    retry_after: int = 1
    lost_reply: bool = False
    page: str = ""
    delay: float = 0.0
    channel: str = ""


@dataclass
class _Waiting:
    fault: Fault
    times: int


class Faults:
    """Faults waiting for calls, per method or for any, used up in the order they were added."""

    def __init__(self) -> None:
        self._waiting: dict[str, list[_Waiting]] = defaultdict(list)

    def add(self, method: str, fault: Fault, times: int) -> None:
        self._waiting[method].append(_Waiting(fault, times))

    def clear(self) -> None:
        self._waiting.clear()

    def take(self, method: str, channel: str = "") -> Fault:
        """The next fault of the method in that channel, or one that changes nothing."""
        for waiting in (*self._waiting[method], *self._waiting[ANY]):
            if waiting.times and waiting.fault.channel in {"", channel}:
                waiting.times -= 1
                return waiting.fault
        return Fault()
