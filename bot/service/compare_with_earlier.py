"""Finds what is new since the channel was last briefed on a story.

A model is asked while the briefing is being written. Its answer is proved and judged, and left out
if it comes too late.
"""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from bot.briefing.changes import (
    MOST_CHANGES,
    ChangeVerifier,
    EarlierBriefing,
    earlier_lines,
    known_lines_last,
    since_without_changes,
    were_all_briefed,
)
from bot.briefing.documents import Document
from bot.briefing.draft import DraftKnown
from bot.briefing.edits import counted_lines
from bot.briefing.lines import Briefing, Change, Reason, Since, Withheld
from bot.briefing.requests import Wishes
from bot.briefing.tasks import ComparisonTask, Usage
from bot.service.errors import ModelFailure
from bot.service.ports import Judge, Writer

_MOST_JUDGED = 8
_EXTRA_TIME = 0.2
"""How much longer both together may take than the briefing alone, as a share of its time."""
_LEAST_SECONDS = 1.0

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class ComparisonResult:
    """What is new, which lines are already known, and the usage; empty if nothing is certain."""

    since: Since | None
    known: tuple[DraftKnown, ...] = ()
    comparison: ChangeVerifier | None = None
    withheld: tuple[Withheld, ...] = ()
    usage: Usage = field(default_factory=lambda: Usage(0, 0))

    def added_to(self, briefing: Briefing) -> Briefing:
        """``briefing`` with what is new at the top, and known lines last in their sections."""
        briefing = replace(briefing, since=self.since)
        if self.since is None or self.comparison is None:
            return briefing
        day_of = partial(self.comparison.day_known, known=self.known, changes=self.since.changes)
        withheld = (*briefing.withheld, *self.withheld)
        briefing = replace(known_lines_last(briefing, day_of), withheld=withheld)
        receipt = briefing.receipt.with_counts(counted_lines(briefing), withheld)
        return replace(briefing, receipt=receipt)


@dataclass
class EarlierComparison:
    """Compares ``documents`` with ``earlier`` briefings while the new one is written."""

    documents: tuple[Document, ...]
    earlier: Sequence[EarlierBriefing]
    wishes: Wishes
    writer: Writer
    judge: Judge | None
    _task: asyncio.Task[ComparisonResult] | None = None
    _started: float = 0.0

    def __post_init__(self) -> None:
        self._without = ComparisonResult(since_without_changes(self.earlier, self.documents))

    def begin(self) -> None:
        """Ask what is new, if there are earlier briefings and a model to ask."""
        is_asked = self.earlier and self.writer.change_finder and self._task is None
        if is_asked and not were_all_briefed(self.documents, self.earlier):
            self._started = self._now()
            self._task = asyncio.create_task(self._compare())

    async def end(self, *, has_draft: bool) -> ComparisonResult:
        """The result. This waits a little longer than the writing took, and not at all if the model
        wrote no line."""
        if self._task is None or not has_draft:
            return self._without
        longest = max(_LEAST_SECONDS, _EXTRA_TIME * (self._now() - self._started))
        await asyncio.wait({self._task}, timeout=longest)
        if not self._task.done():
            return self._without
        try:
            return self._task.result()
        except ModelFailure:
            return self._without
        except Exception as error:  # noqa: BLE001 - the briefing is there in any case
            _log.exception("could not compare with earlier briefings: %s", type(error).__name__)
            return self._without

    async def aclose(self) -> None:
        """Cancel the request if it is still running."""
        if self._task:
            self._task.cancel()
            await asyncio.wait({self._task})

    def _now(self) -> float:
        return asyncio.get_running_loop().time()

    async def _compare(self) -> ComparisonResult:
        finder = self.writer.change_finder
        lines = await asyncio.to_thread(earlier_lines, self.earlier)
        if finder is None or not lines or self._without.since is None:
            return self._without
        first = next((each.language for each in self.documents), None)
        language = self.wishes.language or first
        draft, usage = await finder.changes(ComparisonTask(self.documents, lines, language))
        comparison = ChangeVerifier(
            self.documents, lines, self.wishes, language, self.writer.secrets
        )
        proved = [await asyncio.to_thread(comparison.verdict, each) for each in draft.changes]
        changes = [each for each in proved if isinstance(each, Change)][:_MOST_JUDGED]
        withheld = [each for each in proved if isinstance(each, Withheld)]
        standing, refused, judging = await self._judge(changes)
        # What is new is also in the briefing; what has changed is only here, so it comes first.
        standing.sort(key=lambda change: change.kind == "new")
        known = replace(self._without.since, changes=tuple(standing[:MOST_CHANGES]))
        return ComparisonResult(
            known, tuple(draft.known), comparison, (*withheld, *refused), usage.plus(judging)
        )

    async def _judge(self, changes: list[Change]) -> tuple[list[Change], list[Withheld], Usage]:
        """The changes that pass, those that don't, and the judge's usage. Without a judge, a change
        passes if its values were compared and no check doubts it."""
        problems, usage = dict[int, str | None](), Usage(0, 0)
        if self.judge and changes:
            try:
                judgement = await self.judge.judge(changes, self.documents)
                problems, usage = dict(judgement.problems), judgement.usage
            except ModelFailure:
                pass
        standing, refused = list[Change](), list[Withheld]()
        for place, change in enumerate(changes):
            problem = problems.get(place)
            if self.judge and place in problems and problem is None:
                standing.append(change.judged_by(self.judge.model))
            elif problem is None and not change.doubts and not change.needs_pair:
                standing.append(change)
            else:
                why = Reason("judge", problem, "judge") if problem else _UNJUDGED
                references = tuple(passage.reference for passage in change.evidence)
                refused.append(Withheld("since", change.text, (*change.doubts, why), references))
        return standing, refused, usage


_UNJUDGED = Reason("judge", "It was not judged.", "doubt")
