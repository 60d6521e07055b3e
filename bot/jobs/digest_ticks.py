"""Once a minute, digests and reminders that are due become jobs in whichever worker looks first."""

import asyncio
import logging
import time
from collections.abc import Callable

from bot.service.digest_jobs import due_mentions
from bot.service.ports import Archive, Digests, Reminders
from bot.service.reminders import due_reminders

_MINUTE = 60.0

_log = logging.getLogger(__name__)


async def tick(
    digests: Digests,
    reminders: Reminders,
    archive: Archive,
    accept: Callable[[str, bool], None],
    clock: Callable[[], float] = time.time,
) -> None:
    """Begin the jobs of what is due with ``accept``, at the start of every minute, until cancelled;
    ``clock`` gives seconds since 1970."""
    while True:
        now = clock()
        for due in (due_mentions(digests, archive, now), due_reminders(reminders, archive, now)):
            try:
                async for mention in due:
                    accept(mention.key, False)  # noqa: FBT003 - it was not heard
            except Exception:  # noqa: BLE001 - one bad minute must not be the last
                _log.exception("looking for what is due failed; trying again in a minute")
        await asyncio.sleep(_MINUTE - clock() % _MINUTE)
