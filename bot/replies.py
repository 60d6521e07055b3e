"""How does a reply reach the asker, while it is made and in its thread?

The ports of that, implemented in `slack`; on a terminal there is a `Reply` alone.
"""

from typing import Protocol

from bot.briefing.documents import Document
from bot.briefing.draft import Place
from bot.briefing.lines import Line, Withheld
from bot.ports import Mention, Outcome


class Reply(Protocol):
    """One reply, as a stream. Shown lines are never taken back."""

    async def progress(self, stage: str) -> None:
        """Say what is being done ("reading 2 sources"), for as long as nothing is shown."""

    async def waiting(self, ahead: int) -> None:
        """Say that it is not its turn yet, and how many requests of its team come before it."""

    async def begins(self, documents: tuple[Document, ...], language: str | None) -> None:
        """What is written from now on rests on ``documents``, and is in ``language``."""

    async def line(self, line: Line, place: Place) -> None:
        """A line that stands, and where in the reply."""

    async def withheld(self, line: Withheld) -> None:
        """A line that does not."""


class Audience(Protocol):
    """Hears how far the replies to mentions are."""

    def to(self, mention: Mention) -> Reply:
        """The reply to ``mention``, as a stream."""


class ThreadReply(Reply, Protocol):
    """One reply as it stands in a thread."""

    async def rest(self) -> None:
        """Return once nothing of it is on its way; no more lines are shown until it is done."""

    async def done(self, outcome: Outcome) -> None:
        """The whole reply, which replaces the first sign and what was shown of it so far.

        Raises:
            SlackFailure: it could not be posted anywhere.
        """

    async def again(self, outcome: Outcome, edit: str = "") -> None:
        """Show ``outcome`` in the messages that the reply was posted in, which are as many as it
        needs in the end; what is gone meanwhile does not come back. Where they can't be changed, it
        is posted below them, once for each ``edit``.

        Raises:
            SlackFailure: it could not be shown.
        """

    async def offer_stop(self, stage: str) -> None:
        """Show a button that stops the work, beside what is being done; at most one of a reply,
        and none where there is no room for it."""

    async def aside(self, text: str) -> None:
        """Say something to the asker alone; where that can't be, nothing is said."""

    async def corrected(self, outcome: Outcome | None, told: str) -> None:
        """Show the asker the reply that was corrected, as it is by now, where they corrected it,
        and what is ``told`` of it, if anything."""

    async def take_back(self) -> None:
        """Delete all that was posted of it, as far as Slack lets us."""


class Replies(Protocol):
    """Opens the reply to a mention, as often as its job is resumed."""

    def to(self, mention: Mention) -> ThreadReply:
        """The reply to ``mention``; nothing is sent yet."""
