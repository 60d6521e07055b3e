"""Measures how good a model is as a judge.

It gets 240 lines with known answers, half of them wrong in one respect, in English and five other
languages, about invented news. The result is stored in the user's data folder, so that a judge that
is too weak isn't used.
"""

import asyncio
import math
import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import groupby
from pathlib import Path

from platformdirs import user_data_path
from pydantic import BaseModel, TypeAdapter, ValidationError

from bot.briefing.documents import Passage
from bot.briefing.lines import Line
from bot.briefing.tasks import Usage
from bot.service.errors import ModelFailure
from bot.service.ports import Judge

_LINES_OF_A_REQUEST = 4
_REQUESTS_AT_ONCE = 8
_LINES_OF_A_BRIEFING = 12
_LEAST_CAUGHT, _MOST_STOPPED = 0.8, 0.1
_SURE = 1.96
"""Standard deviations, for a margin that holds in 95 of 100 trials."""


class _Row(BaseModel):
    """A line and whether it is supported; the part of ``id`` before the last dash is its source."""

    id: str
    language: str
    passages: tuple[str, ...]
    line: str
    said_by: str | None
    supported: bool


@dataclass(frozen=True)
class Share:
    """``hits`` of ``of``."""

    hits: int
    of: int

    @property
    def value(self) -> float:
        """The share, from 0 to 1."""
        return self.hits / self.of

    def __str__(self) -> str:
        """In numbers and per cent, with a margin (Wilson's interval, the wider half)."""
        share, extra = self.value, _SURE**2 / self.of
        middle = (share + extra / 2) / (1 + extra)
        half = _SURE * math.sqrt(share * (1 - share) / self.of + extra / (4 * self.of))
        margin = half / (1 + extra) + abs(middle - share)
        return f"{self.hits} of {self.of} ({share:.0%}, ±{100 * margin:.0f})"


@dataclass(frozen=True)
class Trial:
    """A model's result as a judge: how many wrong lines it ``caught``, how many honest ones it
    ``stopped``, and how many it left ``unjudged``. ``prompt`` is the version of its instructions,
    ``day`` an ISO date. ``weak_in`` are the languages in which it is unfit."""

    model: str
    prompt: str
    day: str
    caught: Share
    stopped: Share
    unjudged: int
    weak_in: tuple[str, ...]
    tokens: int
    cost_usd: float | None
    seconds: float

    @property
    def is_unfit(self) -> bool:
        """Whether it is better to use no judge than this one."""
        return _is_unfit(self.caught, self.stopped)

    @property
    def share_of_a_briefing(self) -> float:
        """About how much of the trial the judging of a standard briefing is, from 0 to 1."""
        return _LINES_OF_A_BRIEFING / (self.caught.of + self.stopped.of)


async def run_trial(judge: Judge, day: str) -> Trial:
    """Let ``judge`` judge the packaged lines; ``day`` is today as an ISO date."""
    started, places = time.monotonic(), asyncio.Semaphore(_REQUESTS_AT_ONCE)
    usage = Usage(0, 0)

    async def ask(rows: Sequence[_Row]) -> list[tuple[_Row, bool | None]]:
        """Whether it finds each line supported; None if it doesn't say."""
        nonlocal usage
        async with places:
            try:
                judgement = await judge.judge([_line(row) for row in rows], ())
            except ModelFailure:
                return [(row, None) for row in rows]
        usage = usage.plus(judgement.usage)
        problems = judgement.problems
        return [
            (row, problems[place] is None if place in problems else None)
            for place, row in enumerate(rows)
        ]

    answers = await asyncio.gather(*map(ask, _requests()))
    judged = [each for answer in answers for each in answer]
    caught, stopped = _shares(judged)
    return Trial(
        judge.model,
        judge.prompt,
        day,
        caught,
        stopped,
        sum(found is None for _, found in judged),
        tuple(_weak_in(judged)),
        usage.tokens_in + usage.tokens_out,
        usage.cost_usd,
        round(time.monotonic() - started, 1),
    )


def save(trial: Trial) -> Path:
    """Write ``trial`` into the data folder, in place of the last one; returns its path."""
    path = _path()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(_TRIALS.dump_json(trial, indent=1))
    return path


def load(model: str, prompt: str) -> Trial | None:
    """The last trial, if it was of that model with that version of its instructions."""
    try:
        trial = _TRIALS.validate_json(_path().read_bytes())
    except (OSError, ValidationError):
        return None
    return trial if (trial.model, trial.prompt) == (model, prompt) else None


_TRIALS = TypeAdapter(Trial)


def _path() -> Path:
    return user_data_path("readout") / "judge.json"


def _is_unfit(caught: Share, stopped: Share) -> bool:
    return caught.value < _LEAST_CAUGHT or stopped.value > _MOST_STOPPED


def _shares(judged: Sequence[tuple[_Row, bool | None]]) -> tuple[Share, Share]:
    wrong = [found for row, found in judged if not row.supported]
    honest = [found for row, found in judged if row.supported]
    return Share(wrong.count(False), len(wrong)), Share(honest.count(False), len(honest))


def _weak_in(judged: Sequence[tuple[_Row, bool | None]]) -> list[str]:
    languages = dict.fromkeys(row.language for row, _ in judged)
    spoken = {each: [pair for pair in judged if pair[0].language == each] for each in languages}
    return [language for language, pairs in spoken.items() if _is_unfit(*_shares(pairs))]


@cache
def _rows() -> tuple[_Row, ...]:
    text = (files("bot.operations") / "labelled_lines.jsonl").read_text(encoding="utf-8")
    return tuple(map(_Row.model_validate_json, text.splitlines()))


def _requests() -> list[list[_Row]]:
    """The lines for each request to a judge: a few of one source."""
    sources = [list(rows) for _, rows in groupby(_rows(), lambda row: row.id.rpartition("-")[0])]
    size = _LINES_OF_A_REQUEST
    return [rows[at : at + size] for rows in sources for at in range(0, len(rows), size)]


def _line(row: _Row) -> Line:
    passages = tuple(
        Passage("A", 0, len(text), text, f"A{number}")
        for number, text in enumerate(row.passages, 1)
    )
    return Line(row.line, "attributed" if row.said_by else "event", row.said_by, passages)
