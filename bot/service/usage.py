"""Records what requests to a model use, and says whether there may be more.

The model's client reports each request as it ends, however it ends. Code that works for a mention
says so beforehand; on the command line requests are only counted.
"""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from functools import partial

from bot.service import metrics
from bot.service.errors import QuotaUsedUp
from bot.service.ports import Attempt, Ledger, Mention

_LONGEST_SECONDS = 5.0
"""A reply waits this long for its entry, which is written in any case."""
_PAUSES = (2, 8, 30, 120, 600)
"""The seconds before an entry that the ledger didn't take is tried again."""
_DAY = 86_400

_Enter = Callable[[Attempt], Awaitable[None]]

_log = logging.getLogger(__name__)
_enter: ContextVar[_Enter | None] = ContextVar("enter", default=None)
_entering: set[asyncio.Task[None]] = set()


@dataclass(frozen=True)
class ModelUsage:
    """Enters what models use for people into the ``ledger``, and limits the tokens a day, read and
    written together (None: no limit). Days are in UTC, as in the ledger. ``clock`` gives the
    seconds since 1970."""

    ledger: Ledger
    tokens_per_person: int | None = None
    tokens_per_workspace: int | None = None
    clock: Callable[[], float] = time.time

    @contextmanager
    def recording(self, mention: Mention) -> Iterator[None]:
        """Enter all requests to models inside the block, by this task and those that it starts, as
        made for ``mention``."""
        before = _enter.set(partial(self.ledger.enter, mention))
        try:
            yield
        finally:
            _enter.reset(before)

    async def refusal(self, mention: Mention) -> QuotaUsedUp | None:
        """Why no model may be asked for ``mention``; None if one may. Requests that are running
        when a limit is reached are finished."""
        person, team = self.tokens_per_person, self.tokens_per_workspace
        if person is None and team is None:
            return None
        now = self.clock()
        taken = await self.ledger.taken(mention, since=now - now % _DAY)
        if person is not None and taken.person >= person:
            who, their = "You have", "your"
            if mention.intent == "digest":  # the whole channel reads it
                who, their = "Whoever set up this digest has", "their"
            whose = f"{who} used all {person:,} of {their} model tokens for today"
        elif team is not None and taken.team >= team:
            whose = f"This workspace has used all {team:,} of its model tokens for today"
        else:
            return None
        hours = round((_DAY - now % _DAY) / 3600)
        left = f"in {hours} hours" if hours > 1 else "in about an hour"
        return QuotaUsedUp(f"{whose}. The limit resets at midnight UTC, {left}.")


async def report(attempt: Attempt) -> None:
    """Count a request to a model that has ended, and enter it for the mention that this task works
    for. After an error the entry is made later; if this is cancelled, it is still made."""
    for observe in observers:
        observe(attempt)
    if (enter := _enter.get()) is None:
        return
    await asyncio.wait({_begin_entry(attempt, enter, _PAUSES)}, timeout=_LONGEST_SECONDS)


def _begin_entry(attempt: Attempt, enter: _Enter, pauses: tuple[float, ...]) -> asyncio.Task[None]:
    entering = asyncio.create_task(_record(attempt, enter, pauses))
    _entering.add(entering)
    entering.add_done_callback(_entering.discard)
    return entering


async def _record(attempt: Attempt, enter: _Enter, pauses: tuple[float, ...]) -> None:
    loop = asyncio.get_running_loop()
    began = loop.time()
    try:
        await enter(attempt)
    except Exception:  # noqa: BLE001 - a reply is worth more than its entry
        _log.exception("could not record what a request to a model used")
        if pauses:
            later = replace(attempt, ago=attempt.ago + loop.time() - began + pauses[0])
            loop.call_later(pauses[0], _begin_entry, later, enter, pauses[1:])


def _count(attempt: Attempt) -> None:
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
"""Each is called with every request to a model when it ends."""
