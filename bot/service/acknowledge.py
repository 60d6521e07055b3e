"""What is said first, as soon as a mention is heard?

The process that listens does no jobs: it gives the first sign, and passes the mention on to the one
that does.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from bot.service import metrics
from bot.service.errors import ReadoutError
from bot.service.model_scheduler import begin_flow
from bot.service.ports import Mention, Replies

# What is on its way gets this long when we close; the record in the archive outlives it.
_LAST_SECONDS = 2.0

_log = logging.getLogger(__name__)

Sign = Callable[[Mention], Awaitable[None]]
"""Gives the first sign that a mention was heard."""
PassOn = Callable[[str, bool], None]
"""Has the job of the mention of that key begun; whether it is its first time."""


class FirstSigns:
    """Gives first signs, then has the jobs begun (`ports.Jobs`). ``patience``: the seconds that a
    second delivery waits for the sign of the first."""

    def __init__(self, sign: Sign, pass_on: PassOn, patience: float = 2.0) -> None:
        self._sign = sign
        self._pass_on = pass_on
        self._patience = patience
        self._closed = False
        self._tasks: set[asyncio.Task[None]] = set()

    async def accept(self, mention: Mention, *, first: bool) -> None:
        """As the port says. It is on its way when this returns, and the ``first`` time its first
        sign too.

        Raises:
            ReadoutError: we are closing.
        """
        if self._closed:
            raise ReadoutError("Readout is restarting. Please ask again in a minute.")
        task = asyncio.create_task(self._begun(mention, first=first))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def close(self) -> None:
        """Take no new ones; what is on its way gets two seconds."""
        self._closed = True
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=_LAST_SECONDS)
        for task in list(self._tasks):
            task.cancel()

    async def _begun(self, mention: Mention, *, first: bool) -> None:
        # In this order: a sign that came after the reply would outlast it.
        if first:
            try:
                await self._sign(mention)
                if mention.is_a_message:
                    metrics.FIRST_SIGN.observe(metrics.seconds_since(mention.message))
            except Exception:  # noqa: BLE001 - the reply may still succeed, and says more
                _log.exception("the first sign could not be posted")
        elif mention.is_a_message:
            # Another process may be about to give the sign; this one is for a crash of that.
            await asyncio.sleep(self._patience)
        self._pass_on(mention.key, first)


async def acknowledge(replies: Replies, mention: Mention) -> None:
    """The first sign that the mention was heard; nothing is looked up for it."""
    if not mention.is_about_others and mention.intent != "edit":
        begin_flow(mention.team, mention.person)
        await replies.to(mention).progress(_first_words(mention))


def _first_words(mention: Mention) -> str:
    if mention.version_of or mention.remakes:
        return "writing"  # what was read for the first is read no more
    sources = len(mention.sources)
    if mention.intent in ("help", "mute", "unmute"):
        return "having a look"
    if sources == 0:
        return "searching the sources"
    return "reading the source" if sources == 1 else f"reading {sources} sources"
