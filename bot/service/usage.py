"""What did requests to a model use, and may there be more?

The model's client reports each request as it ends, however it ends. Code that works for a mention
says so beforehand; on the command line requests are only counted.
"""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import partial

from bot.briefing.tasks import Usage
from bot.service import metrics
from bot.service.errors import QuotaUsedUp
from bot.service.ports import Attempt, AttemptKind, Ledger, Mention

_LONGEST_SECONDS = 5.0
"""For that long a reply waits for an entry; the entry is written all the same."""
_DAY = 86_400

_Enter = Callable[[Attempt], Awaitable[None]]

_log = logging.getLogger(__name__)
_enter: ContextVar[_Enter | None] = ContextVar("enter", default=None)
_entering: set[asyncio.Task[None]] = set()


@dataclass(frozen=True)
class ModelUsage:
    """What models use for people: entered into the ``ledger``, and limited to so many tokens a day,
    read and written together (None: no limit). Days are those of the ledger, in UTC. ``clock``
    gives the seconds since 1970."""

    ledger: Ledger
    tokens_per_person: int | None = None
    tokens_per_workspace: int | None = None
    clock: Callable[[], float] = time.time

    @contextmanager
    def entered(self, mention: Mention) -> Iterator[None]:
        """What is asked of models inside the block, by this task and those that it starts, is
        entered as asked for ``mention``."""
        before = _enter.set(partial(self.ledger.enter, mention))
        try:
            yield
        finally:
            _enter.reset(before)

    async def refusal(self, mention: Mention) -> QuotaUsedUp | None:
        """Why no model may be asked for ``mention``; None if one may. Whatever is running when a
        limit is reached is finished."""
        person, team = self.tokens_per_person, self.tokens_per_workspace
        if person is None and team is None:
            return None
        now = self.clock()
        taken = await self.ledger.taken(mention, since=now - now % _DAY)
        if person is not None and taken.person >= person:
            whose = f"You have used all {person:,} of your model tokens for today"
        elif team is not None and taken.team >= team:
            whose = f"This workspace has used all {team:,} of its model tokens for today"
        else:
            return None
        hours = round((_DAY - now % _DAY) / 3600)
        left = f"in {hours} hours" if hours > 1 else "in about an hour"
        return QuotaUsedUp(f"{whose}. The limit resets at midnight UTC, {left}.")


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
        for observe in observers:
            observe(attempt)
        if self._enter is None:
            return
        entering = asyncio.create_task(_entered(attempt, self._enter))
        _entering.add(entering)
        entering.add_done_callback(_entering.discard)
        await asyncio.wait({entering}, timeout=_LONGEST_SECONDS)


async def _entered(attempt: Attempt, enter: _Enter) -> None:
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


observers: list[Callable[[Attempt], None]] = [_count]
"""Called with each request to a model as it ends."""
