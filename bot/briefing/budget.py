"""How much may a briefing say, and is there still room for the next line?

One screen, faster to read than its source. Room is given out as lines arrive, with a share reserved
for each section still to come, so that nothing is shown and then taken back.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot.briefing import wording
from bot.briefing.catalogue import Catalogue
from bot.briefing.lines import Answer, Briefing, Difference, Line
from bot.briefing.requests import Wishes
from bot.briefing.words import LONGEST_QUOTATION, count_words

PARTS = (
    "headline", "bottom_line", "differences", "key_points", "commitments", "quotes", "cautions",
    "timeline", "figures", "unknowns",
)  # fmt: skip
"""What a briefing consists of, in the order in which its room is given out."""

SHORTEST_SOURCE = 120
"""Of a source with fewer words one fact is told, and what it owes or leaves open."""

_SHORT, _STANDARD, _SEVERAL, _LONG = 70, 220, 300, 600
_OF_SOURCE = {"standard": 0.3, "long": 0.5}
_AT_LEAST = 120

_CEILINGS: Mapping[str, Mapping[str, int]] = {
    "short": {"differences": 1, "key_points": 2, "commitments": 2, "cautions": 1},
    "standard": {
        "differences": 3, "key_points": 5, "commitments": 4, "quotes": 2, "cautions": 3,
        "unknowns": 2,
    },
    "long": {
        "differences": 3, "key_points": 10, "commitments": 8, "quotes": 4, "cautions": 3,
        "timeline": 8, "figures": 8, "unknowns": 3,
    },
}  # fmt: skip
_OF_LITTLE: Mapping[str, int] = {"differences": 1, "commitments": 2, "unknowns": 1}
_SHARES: Mapping[str, Mapping[str, float]] = {
    "short": {"commitments": 0.25, "cautions": 0.1},
    "standard": {"commitments": 0.18, "quotes": 0.12, "cautions": 0.08, "unknowns": 0.04},
    "long": {
        "commitments": 0.15, "quotes": 0.12, "cautions": 0.06, "timeline": 0.12, "figures": 0.08,
        "unknowns": 0.03,
    },
}  # fmt: skip
_LONGEST: Mapping[str, int] = {
    "headline": 14, "bottom_line": 45, "key_points": 25, "commitments": 35,
    "quotes": LONGEST_QUOTATION, "cautions": 25, "timeline": 30, "figures": 30,
}  # fmt: skip
_BOTTOM_LINE_AT_A_GLANCE = 25
# Nobody shortens the sentences of a source, and of those in news a third have 26 to 35 words.
_LONGEST_COPIED: Mapping[str, int] = {"bottom_line": 45, "key_points": 35}
_BESIDE_POINTS = ("differences", "cautions")
_MOST_POINTS = 10
_TOP: Mapping[str, int] = {"headline": 10, "bottom_line": 25}
"""The words that are kept for each where it does not stand yet."""


@dataclass(frozen=True)
class Budget:
    """What one briefing may say. ``words`` as they are shown: lines, speakers, quotations,
    cautions; ``ceilings`` are the lines of each part, and of ``longest`` the words of one line in
    a writer's words, of ``longest_copied`` those of a sentence of the source."""

    words: int
    ceilings: Mapping[str, int]
    shares: Mapping[str, float]
    longest: Mapping[str, int]
    longest_copied: Mapping[str, int]

    @classmethod
    def of(cls, wishes: Wishes, sources: Sequence[int]) -> "Budget":
        """The budget for ``wishes`` and ``sources`` of so many words."""
        length, read = wishes.length, sum(sources)
        longest = dict(_LONGEST)
        if length == "short":
            longest["bottom_line"] = _BOTTOM_LINE_AT_A_GLANCE
        ceilings = dict(_CEILINGS[length])
        if wishes.points is not None:  # who asks for three points wants no other sections
            ceilings = {part: ceilings[part] for part in _BESIDE_POINTS} | {
                "key_points": min(wishes.points, _MOST_POINTS)
            }
        if read < SHORTEST_SOURCE:
            ceilings = {part: min(most, _OF_LITTLE.get(part, 0)) for part, most in ceilings.items()}
        words, copied = _words(length, read, len(sources)), {**longest, **_LONGEST_COPIED}
        return cls(words, ceilings, _SHARES[length], longest, copied)

    def has_room(
        self, part: str, words: int, shown: Mapping[str, Sequence[int]], *, more_comes: bool = True
    ) -> bool:
        """Whether a line of so many shown ``words`` has room beside what is ``shown``: the words
        of each line, by part. Where ``more_comes``, what is kept for later parts is not used;
        what is kept for the top never is, since that is filled in if its lines fail."""
        if len(shown.get(part, ())) >= self._most(part):
            return False
        used = sum(sum(lines) for lines in shown.values())
        top = sum(most for each, most in _TOP.items() if each != part and not shown.get(each))
        return used + words <= self.words - top - (self._kept(part, shown) if more_comes else 0)

    def _kept(self, part: str, shown: Mapping[str, Sequence[int]]) -> float:
        """The words that are kept for the parts after ``part``."""
        later = PARTS[PARTS.index(part) + 1 :]
        return sum(
            max(0.0, self.shares.get(each, 0) * self.words - sum(shown.get(each, ())))
            for each in later
            if self._most(each)
        )

    def _most(self, part: str) -> int:
        """How many lines ``part`` may have."""
        return 1 if part in _TOP else self.ceilings.get(part, 0)


def shown_words(line: Line, fixed: Catalogue) -> int:
    """The words of ``line`` as they are shown; marks of how many sources bear it are none."""
    if isinstance(line, Difference):
        return count_words(line.about) + sum(shown_words(side, fixed) for side in line.sides)
    told = wording.of_its_kind(replace(line, support=None), fixed)
    return count_words("".join(each.text for each in told))


def words_of(outcome: Briefing | Answer, fixed: Catalogue) -> int:
    """The words that are shown of ``outcome``: all but headings, sources, notes and receipt."""
    if isinstance(outcome, Answer):
        return sum(shown_words(each, fixed) for each in outcome.lines or outcome.nearest)
    lines = (*outcome.lines(), *outcome.differences, *outcome.cautions)
    gaps = sum(count_words(each.text) for each in outcome.unknowns)
    return gaps + sum(shown_words(each, fixed) for each in lines)


def _words(length: str, read: int, sources: int) -> int:
    if length == "short":
        return _SHORT
    standard = min(_SEVERAL if sources > 1 else _STANDARD, _share(read, "standard"))
    return standard if length == "standard" else max(standard, min(_LONG, _share(read, "long")))


def _share(read: int, length: str) -> int:
    return max(_AT_LEAST, int(_OF_SOURCE[length] * read))
