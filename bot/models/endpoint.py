"""Where a model is, what it costs, and what was learnt about it."""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Generic, TypeVar
from urllib.parse import urlsplit

from bot.service.model_scheduler import ModelScheduler

_OPENAI_HOSTS = ("api.openai.com", ".openai.azure.com")


@dataclass(frozen=True)
class Endpoint:
    """Where a model is, and by which ``api`` it is asked.

    ``window`` and ``max_output`` are tokens, prices are US dollars a million tokens, times are
    seconds. ``read_timeout`` is the longest silence, before the first word and between two;
    ``total_timeout`` the longest answer. ``retries`` are those of the client, for 408, 409, 429
    and 5xx and only before the first word. Requests to all endpoints with the same ``scheduler``
    take turns.
    """

    model: str
    base_url: str | None = None
    api_key: str | None = field(default=None, repr=False)
    window: int = 128_000
    max_output: int = 8_192
    price_input: float | None = None
    price_output: float | None = None
    connect_timeout: float = 5.0
    read_timeout: float = 110.0
    total_timeout: float = 300.0
    retries: int = 2
    api: str = "openai"
    scheduler: ModelScheduler = field(default_factory=lambda: ModelScheduler(16), repr=False)

    @property
    def is_openai(self) -> bool:
        """Whether OpenAI or Azure serves it, which accept only the newer names of parameters."""
        host = urlsplit(self.base_url or "https://api.openai.com").hostname or ""
        return host.endswith(_OPENAI_HOSTS)

    def cost(self, tokens_in: int, tokens_out: int) -> float | None:
        """US dollars, None unless both prices are set."""
        if self.price_input is None or self.price_output is None:
            return None
        return (tokens_in * self.price_input + tokens_out * self.price_output) / 1_000_000


Value = TypeVar("Value")
Clock = Callable[[], float]
"""Counts seconds, as `time.monotonic` does."""

_SECONDS = 3_600.0

_log = logging.getLogger(__name__)


class Learnt(Generic[Value]):
    """A value that is ``assumed`` until another one is learnt, and again an hour later. ``what``
    names it in the log."""

    def __init__(self, what: str, assumed: Value, clock: Clock = time.monotonic) -> None:
        self._what = what
        self._assumed = self._learnt = assumed
        self._clock = clock
        self._until = 0.0

    @property
    def value(self) -> Value:
        """The value that holds now."""
        return self._learnt if self._clock() < self._until else self._assumed

    def learn(self, value: Value) -> None:
        """Use ``value`` for an hour; a change is logged."""
        if value != self.value:
            _log.warning("%s is assumed to be %s for an hour", self._what, value)
        self._learnt, self._until = value, self._clock() + _SECONDS
