"""Who is told what a request to a model used?

The model's client reports each request as it ends, however it ends. Code that works for a mention
says beforehand which ledger that goes into; on the command line it is only counted.
"""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from bot.briefing.tasks import Usage
from bot.service import metrics
from bot.service.ports import Attempt, AttemptKind

Enter = Callable[[Attempt], Awaitable[None]]
"""Keeps the figures of one request."""

_LONGEST_SECONDS = 5.0
"""For that long a reply waits for an entry; the entry is written all the same."""

_log = logging.getLogger(__name__)
_enter: ContextVar[Enter | None] = ContextVar("enter", default=None)
_entering: set[asyncio.Task[None]] = set()


@contextmanager
def entered_by(enter: Enter) -> Iterator[None]:
    """What is asked of models inside the block, by this task and those that it starts, is told to
    ``enter``."""
    before = _enter.set(enter)
    try:
        yield
    finally:
        _enter.reset(before)


class UsageMeter:
    """One request, from its making. Who is told of its end is settled by the task that makes it."""

    def __init__(self, kind: AttemptKind, model: str) -> None:
        self._kind = kind
        self._model = model
        self._enter = _enter.get()
        self._begun = time.monotonic()
        self._first: float | None = None

    def piece(self) -> None:
        """A piece of the answer came."""
        if self._first is None:
            self._first = time.monotonic() - self._begun

    async def end(self, usage: Usage, *, failed: bool) -> None:
        """Count the request, and enter it. What fails there is logged; where this is cancelled
        meanwhile, the entry is still written."""
        seconds = time.monotonic() - self._begun
        attempt = Attempt(self._kind, self._model, usage, seconds, self._first, failed)
        _count(attempt)
        if self._enter is None:
            return
        entering = asyncio.create_task(_entered(attempt, self._enter))
        _entering.add(entering)
        entering.add_done_callback(_entering.discard)
        await asyncio.wait({entering}, timeout=_LONGEST_SECONDS)


async def _entered(attempt: Attempt, enter: Enter) -> None:
    try:
        await enter(attempt)
    except Exception:  # noqa: BLE001 - a reply is worth more than its entry
        _log.exception("could not record what a request to a model used")


def _count(attempt: Attempt) -> None:
    """Into the figures for Prometheus."""
    model, used = attempt.model, attempt.usage
    outcome = "failed" if attempt.failed else "ok"
    metrics.REQUESTS.labels(model, attempt.kind, outcome).inc()
    metrics.REQUEST.labels(model, attempt.kind).observe(attempt.seconds)
    metrics.TOKENS.labels(model, "in").inc(used.tokens_in)
    metrics.TOKENS.labels(model, "out").inc(used.tokens_out)
    if used.cost_usd is not None:
        metrics.COST.labels(model).inc(used.cost_usd)
    if attempt.first is not None:
        metrics.FIRST_PIECE.labels(model).observe(attempt.first)
