"""What durable work needs from its neighbours, and what it offers them.

`jobs` does the work that `Jobs` accepts and `Story` tells; `storage` gives each worker its `Slot`.
"""

from contextlib import AbstractAsyncContextManager
from typing import Protocol

from bot.ports import Mention


class Slot(Protocol):
    """A worker's place among those on its database; ``number`` counts from 0."""

    number: int

    async def keep(self) -> None:
        """Make sure that it is still ours.

        Raises:
            SettingsError: another has it.
        """

    def left_by(self, slot: int) -> AbstractAsyncContextManager[bool]:
        """Whether the worker of another slot is dead; nobody takes it while the block runs."""


class Jobs(Protocol):
    """Durable work: what was accepted here is done, also after a crash."""

    async def accept(self, mention: Mention, *, first: bool) -> None:
        """Begin the job of a recorded mention; once more changes nothing.

        The record is what outlives a crash: a job that was not begun is found by it at the next
        start. ``first``: it was not heard before, so its first sign is given at once.
        """


class Story(Protocol):
    """What is done for a mention, in steps that a crash may repeat and must not double."""

    async def read(self, key: str) -> None:
        """Read the sources and keep them."""

    async def write(self, key: str, *, with_model: bool) -> None:
        """Write the reply from what was read, check it and keep it; ``with_model`` if one writes
        at all."""

    async def post(self, key: str) -> bool:
        """Post the reply that was kept; whether a better one may still come."""

    async def catch_up(self, key: str) -> bool:
        """Wait for the better one, for at most `ports.LONGEST_AWAITED` after the first was made,
        and keep it; whether there is something new to show."""

    async def post_again(self, key: str) -> None:
        """Show what is kept in place of what was posted."""

    async def give_up(self, key: str) -> None:
        """Say in the thread that it could not be done, with a Retry button."""


class UnderWay(Protocol):
    """What is being done just now, by whichever worker."""

    async def ended(self, key: str) -> None:
        """Return once nobody is at the job of a mention: it is done, or waits in the queue. Where
        its worker does not come back, return all the same after some seconds."""
