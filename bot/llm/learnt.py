"""What an endpoint has shown about itself: assumed for an hour, since one answer may mislead and an
endpoint may change."""

import logging
import time
from collections.abc import Callable
from typing import Generic, TypeVar

Value = TypeVar("Value")
Clock = Callable[[], float]
"""Counts seconds, as `time.monotonic` does."""

_SECONDS = 3_600.0

_log = logging.getLogger(__name__)


class Learnt(Generic[Value]):
    """``assumed``, until something else is learnt of ``what`` it is, and again an hour later."""

    def __init__(self, what: str, assumed: Value, clock: Clock = time.monotonic) -> None:
        self._what = what
        self._assumed = self._learnt = assumed
        self._clock = clock
        self._until = 0.0

    @property
    def value(self) -> Value:
        """What holds now."""
        return self._learnt if self._clock() < self._until else self._assumed

    def learn(self, value: Value) -> None:
        """From now on, for an hour, it is ``value``; logged where that is news."""
        if value != self.value:
            _log.warning("%s is assumed to be %s for an hour", self._what, value)
        self._learnt, self._until = value, self._clock() + _SECONDS
