"""When does something that happened reach the app, and when is it sent again?

Events are sent until they are acknowledged, as often as the rules say. Commands and
interactions are sent once: Slack tells the person that the app did not respond.
"""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal, Protocol, TypeAlias

from bot.local.rules import Rules
from bot.local.state import JsonObject

Kind: TypeAlias = Literal["events_api", "slash_commands", "interactive"]


@dataclass(frozen=True)
class Attempt:
    """One sending of an envelope, the first being 0; ``reason`` is why the one before failed."""

    number: int
    reason: str = ""


@dataclass(frozen=True)
class Outcome:
    """What came back: the acknowledgement with its payload, or why there was none."""

    acked: bool
    payload: JsonObject = field(default_factory=dict)
    reason: str = ""
    may_retry: bool = True


@dataclass
class Delivery:
    """One envelope and what became of it; times are seconds since the epoch, 0 for not yet.

    ``attempts`` begins above 0 where an earlier delivery counts as failed.
    """

    id: str
    kind: Kind
    payload: JsonObject
    attempts: int = 0
    sent_at: float = 0.0
    acked_at: float = 0.0
    given_up: bool = False


class Carrier(Protocol):
    """A way to the app. It waits for the acknowledgement as long as the rules allow."""

    async def carry(self, delivery: Delivery, attempt: Attempt) -> Outcome: ...


class Outbox:
    """Sends envelopes over the carrier in use and keeps a log of them."""

    def __init__(self, carrier: Carrier, rules: Rules, touch: Callable[[], None]) -> None:
        self.carrier = carrier
        self.deliveries: list[Delivery] = []
        self._rules = rules
        self._touch = touch
        self._running: set[asyncio.Task[None]] = set()

    def send(
        self, delivery: Delivery, on_outcome: Callable[[Outcome], None] = lambda _: None
    ) -> Delivery:
        """Begin the delivery and return at once; ``on_outcome`` hears how it ended."""
        self.deliveries.append(delivery)
        task = asyncio.get_running_loop().create_task(self._deliver(delivery, on_outcome))
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        return delivery

    async def close(self) -> None:
        for task in self._running:
            task.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)

    async def _deliver(self, delivery: Delivery, on_outcome: Callable[[Outcome], None]) -> None:
        delays = (0.0, *self._rules.retry_delays) if delivery.kind == "events_api" else (0.0,)
        outcome = Outcome(acked=False, reason="timeout" if delivery.attempts else "")
        for delay in delays:
            await asyncio.sleep(delay)
            outcome = await self._attempt(delivery, Attempt(delivery.attempts, outcome.reason))
            if outcome.acked or not outcome.may_retry:
                break
        delivery.given_up = not outcome.acked
        on_outcome(outcome)
        self._touch()

    async def _attempt(self, delivery: Delivery, attempt: Attempt) -> Outcome:
        delivery.attempts += 1
        outcome = await self.carrier.carry(delivery, attempt)
        if outcome.acked:
            delivery.acked_at = time.time()
        return outcome
