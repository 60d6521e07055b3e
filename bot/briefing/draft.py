"""What a writer returns: lines with references. The only schema a model sees.

Evidence comes first and the words last in every line: a model writes better what it has already
pointed at. The schema keeps to the portable strict subset: every field is required, null stands
for "nothing", there are no limits and no further keys.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from pydantic import BaseModel, ConfigDict

Voice = Literal["event", "attributed", "outlet"]
Status = Literal[
    "agreed", "pledged", "ordered", "decided", "planned", "proposed", "warned", "forecast",
    "reported", "denied",
]  # fmt: skip
UnknownKind = Literal["publication_date", "second_source", "amount", "place", "actor", "other"]
CautionKind = Literal[
    "name_spelling", "loaded_wording", "anonymous_source", "second_hand", "single_source",
    "denial", "figures_disagree", "headline", "addresses_machine",
]  # fmt: skip
ChangeKind = Literal["changed", "contradicts", "done", "missed", "new"]
LineSection = Literal["key_points", "commitments", "quotes", "timeline", "figures"]
"""The sections under the bottom line, in the order in which a plain briefing is read."""
Section = Literal["headline", "bottom_line", "differences", LineSection, "cautions"]
"""Where a piece of a briefing stands."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class DraftLine(_Strict):
    """A sentence, after the references (`A12`) it rests on."""

    evidence: list[str]
    voice: Voice
    speaker: str | None
    text: str


class DraftQuote(_Strict):
    """Words of a speaker: `quotation` is the number of a quotation of the source (`A12q1`);
    `evidence` holds the speaker and the role; `speaker` is null where the source names nobody.
    `translation` says the quotation in the language of the briefing, where the source has
    another."""

    quotation: str
    evidence: list[str]
    speaker: str | None
    role: str | None
    translation: str | None = None


class DraftCommitment(DraftLine):
    """Who undertook what, by when, on which condition."""

    actor: str
    action: str
    deadline: str | None
    condition: str | None
    status: Status


class DraftEvent(DraftLine):
    """What happened when."""

    when: str


class DraftFigure(DraftLine):
    """A figure, and what it counts."""

    figure: str
    unit: str | None


class DraftDifference(_Strict):
    """What several sources tell differently, each side as a line of its own."""

    about: str
    sides: list[DraftLine]


class DraftCaution(_Strict):
    """What to read with care, after the references (`A12`) that show it."""

    evidence: list[str]
    kind: CautionKind
    text: str


class DraftUnknown(_Strict):
    """What a reader would ask and the sources do not say."""

    kind: UnknownKind
    text: str


class DraftBriefing(_Strict):
    """A short or standard briefing as a writer proposes it. Its room is filled in this order."""

    headline: DraftLine
    bottom_line: DraftLine | None
    differences: list[DraftDifference]
    key_points: list[DraftLine]
    commitments: list[DraftCommitment]
    quotes: list[DraftQuote]
    cautions: list[DraftCaution]
    unknowns: list[DraftUnknown]


class DraftLongBriefing(DraftBriefing):
    """A long one, which has two sections more."""

    timeline: list[DraftEvent]
    figures: list[DraftFigure]


class DraftAnswer(_Strict):
    """An answer as a writer proposes it; no lines means that the sources do not say."""

    lines: list[DraftLine]


class _Numbered(_Strict):
    number: int


class RepairedLine(DraftLine, _Numbered):
    """A second try at the failed line of that number."""


class RepairedQuote(DraftQuote, _Numbered):
    """A second try at a quote."""


class RepairedCommitment(DraftCommitment, _Numbered):
    """A second try at a commitment."""


class DraftRepair(_Strict):
    """Second tries at lines that failed, each with the number it was given back under."""

    lines: list[RepairedLine]
    commitments: list[RepairedCommitment]
    quotes: list[RepairedQuote]


class DraftProblem(_Strict):
    """What is wrong with the line of that number."""

    number: int
    problem: str


class DraftVerdicts(_Strict):
    """What a judge says of lines: what is wrong with those that their passages do not hold, and
    the numbers of the others. Short, since readers wait for it."""

    unsupported: list[DraftProblem]
    supported: list[int]


class DraftSelection(_Strict):
    """The numbers of the sentences of a part that matter, the most important first."""

    sentences: list[int]


class DraftChange(_Strict):
    """What a source adds to what was told before, changes or contradicts of it, or says was done or
    missed. `now` holds references (`A12`), `then` the numbers of earlier lines; `before` and
    `after` are the figures, dates or names that differ."""

    kind: ChangeKind
    now: list[str]
    then: list[int]
    before: str | None
    after: str | None
    text: str


class DraftKnown(_Strict):
    """A sentence (`A12`) that says nothing beyond the earlier line of that number."""

    now: str
    then: int


class DraftChanges(_Strict):
    """What is new since a story was told before, the weightiest first, and what is not."""

    changes: list[DraftChange]
    known: list[DraftKnown]


Place = Section | Literal["answer", "since"]
"""Where in a reply a line stands."""
DraftContent = DraftLine | DraftQuote | DraftDifference | DraftCaution | DraftUnknown


@dataclass(frozen=True)
class DraftItem:
    """One piece of a draft as it arrives; ``section`` is `answer` for a line of an answer."""

    section: Place | Literal["unknowns"]
    content: DraftContent

    @property
    def fits(self) -> bool:
        """Whether the content has the form of its section: a quotation among quotations, …"""
        forms = (form for form in _FORMS.values() if isinstance(self.content, form))
        return next(forms, DraftLine) is _FORMS.get(self.section, DraftLine)

    @property
    def place(self) -> Place:
        """Where it would stand as a line."""
        return self.section if self.section != "unknowns" else "key_points"

    @property
    def text(self) -> str:
        """What it says, or for a quotation its number."""
        match self.content:
            case DraftQuote(quotation=quotation):
                return quotation
            case DraftDifference(about=about):
                return about
        return self.content.text

    @property
    def references(self) -> tuple[str, ...]:
        """What it points at."""
        match self.content:
            case DraftQuote(quotation=quotation, evidence=evidence):
                return (quotation, *evidence)
            case DraftDifference(sides=sides):
                return tuple(each for side in sides for each in side.evidence)
            case DraftUnknown():
                return ()
        return tuple(self.content.evidence)


_FORMS: Mapping[str, type[DraftContent]] = {
    "differences": DraftDifference,
    "quotes": DraftQuote,
    "commitments": DraftCommitment,
    "cautions": DraftCaution,
    "timeline": DraftEvent,
    "figures": DraftFigure,
    "unknowns": DraftUnknown,
}
"""The sections of which each piece is more, or else, than a plain line."""
