"""How good must the checks be at least? Figures once reached are pinned and never fall unsaid.

A floor is a share of claims: of the bad ones that are caught, or of the good ones that pass. What
was pinned holds for the claims it was measured on, so a digest of those is pinned with it.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files

from bot.errors import UsageError
from bot.evaluation.scores import Outcome, Score, grouped, score

# Of fewer claims one more or less says nothing.
_FEWEST = 10
_DIGITS = 4


@dataclass(frozen=True)
class Floors:
    """``floors`` by what they are about ("own/en/caught"); ``digest`` is that of our claims."""

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
        """The floors that ``found`` sets; what was not measured this time stays as it was.

        Raises:
            UsageError: a floor would fall, and ``allow_regression`` is not set.
        """
        lower = self.below(found)
        if lower and not allow_regression:
            told = " ".join(lower)
            raise UsageError(f"{told} Mend that, or say --allow-regression and why in the commit.")
        sets = {name.partition("/")[0] for name in found}
        kept = {n: floor for n, floor in self.floors.items() if n.partition("/")[0] not in sets}
        return Floors(digest, dict(sorted((kept | dict(found)).items())))

    def written(self) -> str:
        """The floors as they stand in their file."""
        return json.dumps({"digest": self.digest, "floors": self.floors}, indent=1) + "\n"


def pinned() -> Floors:
    """The floors that hold."""
    text = (files("bot") / "evaluation" / "floors.json").read_text(encoding="utf-8")
    return Floors(**json.loads(text))


def figures(name: str, outcomes: Sequence[Outcome]) -> dict[str, float]:
    """What may be pinned of the set ``name``, rounded down: as a whole, by language, by kind."""
    found = _shares(name, score(outcomes))
    for language, spoken in grouped(outcomes, lambda each: each.language).items():
        place = f"{name}/{language}"
        found |= _shares(place, score(spoken))
        for kind, alike in grouped(spoken, lambda each: each.kind).items():
            found |= _shares(f"{place}/{kind}", score(alike))
    return found


def _shares(name: str, reached: Score) -> dict[str, float]:
    shares = {
        "caught": (reached.recall, reached.bad),
        "passed": (reached.passed, reached.good),
    }
    return {
        f"{name}/{which}": int(share * 10**_DIGITS) / 10**_DIGITS
        for which, (share, rows) in shares.items()
        if share is not None and rows >= _FEWEST
    }
