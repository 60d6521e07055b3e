"""How good must the checks be at least? Figures once reached are pinned and never fall unnoticed.

A floor is a share of claims: of the wrong ones that are caught, or of the honest ones that pass.
What was pinned holds for the claims it was measured on, so a digest of those is pinned with it.
"""

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files

from bot.errors import UsageError
from bot.evaluation.scores import Outcome, Score, grouped, score

# Of fewer claims one more or less says nothing.
_FEWEST = 10
_STEPS = 10_000


@dataclass(frozen=True)
class Floors:
    """``floors`` by what they are about ("english/proofs/caught"); ``digest`` is that of our
    claims."""

    digest: str
    floors: Mapping[str, float]

    def below(self, found: Mapping[str, float]) -> list[str]:
        """A sentence for every figure that was measured and lies below its floor."""
        return [
            f"{name} is {found[name]:.4f} and was {floor:.4f}."
            for name, floor in self.floors.items()
            if found.get(name, floor) < floor
        ]

    def raised(
        self, found: Mapping[str, float], digest: str, *, allow_regression: bool
    ) -> "Floors":
        """The floors that ``found`` sets.

        Raises:
            UsageError: a floor would fall, and ``allow_regression`` is not set.
        """
        lower = self.below(found)
        if lower and not allow_regression:
            told = " ".join(lower)
            raise UsageError(
                f"{told} Fix that, or use --allow-regression and say why in the commit."
            )
        return Floors(digest, dict(sorted(found.items())))

    def written(self) -> str:
        """The floors as they stand in their file."""
        return json.dumps({"digest": self.digest, "floors": self.floors}, indent=1) + "\n"


def pinned() -> Floors:
    """The floors that hold."""
    text = (files("bot") / "evaluation" / "floors.json").read_text(encoding="utf-8")
    return Floors(**json.loads(text))


def figures(outcomes: Sequence[Outcome]) -> dict[str, float]:
    """What may be pinned of our own claims, rounded down: by group, by proofs alone and with
    doubts."""
    return {
        figure: share
        for group, found in grouped(outcomes).items()
        for figure, share in _shares(group, score(found))
    }


def _shares(group: str, reached: Score) -> Iterator[tuple[str, float]]:
    for way, stopped in reached.ways.items():
        if reached.wrong >= _FEWEST:
            yield f"{group}/{way}/caught", _down(stopped.caught / reached.wrong)
        if reached.honest >= _FEWEST:
            yield f"{group}/{way}/passed", _down(1 - stopped.refused / reached.honest)


def _down(share: float) -> float:
    return math.floor(share * _STEPS) / _STEPS
