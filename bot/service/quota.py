"""How many tokens may a model take for one person and for one workspace in a day?

Days are those of the ledger, in UTC. Whatever is running when the limit is reached is finished.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass

from bot.service.errors import QuotaUsedUp
from bot.service.ports import Ledger, Mention

_DAY = 86_400


@dataclass(frozen=True)
class Quota:
    """Tokens a day, read and written together; None is no limit. ``clock`` gives the seconds since
    1970."""

    person: int | None = None
    team: int | None = None
    clock: Callable[[], float] = time.time

    async def refusal(self, ledger: Ledger, mention: Mention) -> QuotaUsedUp | None:
        """Why no model may be asked for ``mention``; None if one may."""
        if self.person is None and self.team is None:
            return None
        now = self.clock()
        taken = await ledger.taken(mention, since=now - now % _DAY)
        hours = _hours(_DAY - now % _DAY)
        if self.person is not None and taken.person >= self.person:
            whose = f"You have used all {self.person:,} of your model tokens for today"
        elif self.team is not None and taken.team >= self.team:
            whose = f"This workspace has used all {self.team:,} of its model tokens for today"
        else:
            return None
        return QuotaUsedUp(f"{whose}. The limit resets at midnight UTC, {hours}.")


def _hours(seconds: float) -> str:
    hours = round(seconds / 3600)
    return f"in {hours} hours" if hours > 1 else "in about an hour"
