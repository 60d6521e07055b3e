"""A line in a person's words, proved like every other line."""

from dataclasses import dataclass, replace

from bot.briefing.budget import Budget
from bot.briefing.draft import DraftCaution, DraftItem, DraftLine
from bot.briefing.edits import Part
from bot.briefing.inspection import Inspector
from bot.briefing.lines import Answer, Briefing, Caution, Line, Reason
from bot.briefing.requests import Wishes

_LONGEST_WORDS = 45
"""Where the budget has no limit of its own."""


@dataclass(frozen=True)
class Proved:
    """The line as it would be shown, and what the checks have against it: proofs and, where there
    are none, doubts, which a judge may decide."""

    line: Line
    reasons: tuple[Reason, ...]

    @property
    def is_refuted(self) -> bool:
        """Whether a check proves it wrong."""
        return any(reason.grade == "proof" for reason in self.reasons)


def proved(
    text: str, place: tuple[Part, Line], outcome: Briefing | Answer, secrets: tuple[str, ...]
) -> Proved:
    """The line at that ``place`` of a reply, with ``text`` for its words and held against the same
    passages. Takes a second for a book."""
    part, line = place
    wishes = outcome.wishes or Wishes(language=outcome.language)
    inspector = Inspector(outcome.documents, wishes.language, secrets, wishes.house)
    verdict = inspector.verdict(_item(text, part, line))
    if isinstance(verdict, Line):
        return Proved(_plain(verdict), verdict.doubts)
    reasons = getattr(verdict, "reasons", ())
    return Proved(Line(text, line.voice, line.speaker, line.evidence), reasons)


def longest(part: Part, outcome: Briefing | Answer) -> int:
    """How many words a line of that part may have."""
    wishes = outcome.wishes or Wishes()
    budget = Budget.of(wishes, [document.words for document in outcome.documents])
    return budget.longest.get(part.name, _LONGEST_WORDS)


def _item(text: str, part: Part, line: Line) -> DraftItem:
    references = list(dict.fromkeys(passage.reference for passage in line.evidence))
    if isinstance(line, Caution):
        return DraftItem("cautions", DraftCaution(evidence=references, kind=line.kind, text=text))
    place = part.name if part.name in ("headline", "answer") else "key_points"
    content = DraftLine(evidence=references, voice=line.voice, speaker=line.speaker, text=text)
    return DraftItem(place, content)


def _plain(line: Line) -> Line:
    """What of a verdict takes the place of the earlier line's."""
    return replace(
        Line(line.text, line.voice, line.speaker, line.evidence), days=line.days, doubts=()
    )
