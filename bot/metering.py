"""Who is told what a request to a model took?

The client of the model tells of each request as that ends, however it ends. Whoever works for a
mention says before into which ledger that goes; on the command line it is counted and no more.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from bot import metrics
from bot.ledger import Attempt

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


def current_enter() -> Enter | None:
    """Who is told of a request that this task begins now."""
    return _enter.get()


async def ended(attempt: Attempt, enter: Enter | None) -> None:
    """Count a request that has ended, and tell ``enter``. What fails there is logged; where this
    is cancelled meanwhile, the entry is still written."""
    _count(attempt)
    if enter is None:
        return
    entering = asyncio.create_task(_entered(attempt, enter))
    _entering.add(entering)
    entering.add_done_callback(_entering.discard)
    await asyncio.wait({entering}, timeout=_LONGEST_SECONDS)


async def _entered(attempt: Attempt, enter: Enter) -> None:
    try:
        await enter(attempt)
    except Exception:  # noqa: BLE001 - a reply is worth more than its entry
        _log.exception("what a request to a model took could not be entered")


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
