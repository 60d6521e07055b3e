"""Which of the next calls are to go wrong, and how?"""

from collections import defaultdict
from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """What the call gets instead of its answer.

    ``error`` is answered with ``ok: false``; ``status`` is an HTTP status with no JSON in it,
    429 with ``retry_after`` seconds. With ``lost_reply`` the call takes effect and the
    connection drops before the answer. ``delay`` seconds pass before anything happens.
    """

    error: str = ""
    status: int = 0
    retry_after: int = 1
    lost_reply: bool = False
    delay: float = 0.0


class Faults:
    """Faults waiting for calls, per method, used up in the order they were added."""

    def __init__(self) -> None:
        self._waiting: dict[str, list[Fault]] = defaultdict(list)

    def add(self, method: str, fault: Fault, times: int) -> None:
        self._waiting[method] += [fault] * times

    def clear(self) -> None:
        self._waiting.clear()

    def take(self, method: str) -> Fault:
        """The next fault of the method, or one that changes nothing."""
        waiting = self._waiting[method]
        return waiting.pop(0) if waiting else Fault()
