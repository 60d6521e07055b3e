"""How many tokens may a model take for one person and for one workspace in a day?

Days are those of the ledger, in UTC. Whatever is running when the limit is reached is finished.
"""

import time
from collections.abc import AsyncGenerator, Callable, Mapping
from dataclasses import dataclass

from bot.briefing.documents import Excerpt
from bot.briefing.draft import DraftItem
from bot.briefing.tasks import AnswerTask, Failed, Repaired, Usage, WritingTask
from bot.service.errors import ModelFailure, QuotaUsedUp
from bot.service.ports import Ledger, Mention, Selector, Writer

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


class OverQuotaWriter:
    """`Writer` in place of ``writer``, which may not be asked for the reason given."""

    def __init__(self, writer: Writer, reason: ModelFailure) -> None:
        self._writer = writer
        self._reason = reason
        self.engine = writer.engine
        self.model = writer.model
        self.prompts: Mapping[str, str] = writer.prompts
        self.secrets = writer.secrets
        self.selector: Selector | None = None
        self.budget: int | None = None

    def count(self, text: str) -> int:
        return self._writer.count(text)

    def fits(self, excerpts: tuple[Excerpt, ...]) -> bool:
        return True

    def brief(self, task: WritingTask) -> AsyncGenerator[DraftItem | Usage]:
        return _refusing(self._reason)

    def answer(self, task: AnswerTask) -> AsyncGenerator[DraftItem | Usage]:
        return _refusing(self._reason)

    async def repair(
        self, task: WritingTask | AnswerTask, failed: tuple[Failed, ...]
    ) -> AsyncGenerator[Repaired | Usage]:
        """Nothing: none was written that could have failed."""
        nothing: tuple[Repaired, ...] = ()
        for each in nothing:
            yield each


async def _refusing(reason: ModelFailure) -> AsyncGenerator[Usage]:
    """A stream of nothing but the reason why there is none."""
    nothing: tuple[Usage, ...] = ()
    for each in nothing:
        yield each
    raise reason


def _hours(seconds: float) -> str:
    hours = round(seconds / 3600)
    return f"in {hours} hours" if hours > 1 else "in about an hour"
