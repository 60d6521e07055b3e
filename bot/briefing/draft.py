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
Status = Literal["agreed", "pledged", "proposed", "reported", "denied"]
UnknownKind = Literal["publication_date", "second_source", "amount", "place", "actor", "other"]
LineSection = Literal["key_points", "quotes", "commitments", "timeline", "figures"]
"""The sections under the bottom line, in the order in which a plain briefing is read."""
Section = Literal["headline", "bottom_line", LineSection]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class DraftLine(_Strict):
    """One fact in at most 30 words, after the references (`A12`) it rests on."""

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
    """Who undertook what, by when, on which condition, in the words of the passages."""

    actor: str
    action: str
    deadline: str | None
    condition: str | None
    status: Status


class DraftEvent(DraftLine):
    """What happened when; `when` is copied letter for letter from the passage."""

    when: str


class DraftFigure(DraftLine):
    """A figure as written in the passage."""

    figure: str
    unit: str | None


class DraftUnknown(_Strict):
    """What a reader would ask and the sources do not say."""

    kind: UnknownKind
    text: str


class DraftBriefing(_Strict):
    """A briefing as a writer proposes it, in the order in which it is read."""

    headline: DraftLine
    bottom_line: DraftLine
    key_points: list[DraftLine]
    quotes: list[DraftQuote]
    commitments: list[DraftCommitment]
    timeline: list[DraftEvent]
    figures: list[DraftFigure]
    unknowns: list[DraftUnknown]


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


class RepairedEvent(DraftEvent, _Numbered):
    """A second try at an entry of the timeline."""


class RepairedFigure(DraftFigure, _Numbered):
    """A second try at a figure."""


class DraftRepair(_Strict):
    """Second tries at lines that failed, each with the number it was given back under."""

    lines: list[RepairedLine]
    quotes: list[RepairedQuote]
    commitments: list[RepairedCommitment]
    timeline: list[RepairedEvent]
    figures: list[RepairedFigure]


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


Place = Section | Literal["answer"]
"""Where in a reply a line stands."""


@dataclass(frozen=True)
class DraftItem:
    """One piece of a draft as it arrives; ``section`` is `answer` for a line of an answer."""

    section: Place | Literal["unknowns"]
    content: DraftLine | DraftQuote | DraftUnknown

    @property
    def fits(self) -> bool:
        """Whether the content has the form of its section: a quotation among quotations, …"""
        forms = (form for form in _FORMS.values() if isinstance(self.content, form))
        return next(forms, DraftLine) is _FORMS.get(self.section, DraftLine)


_FORMS: Mapping[str, type[DraftLine | DraftQuote | DraftUnknown]] = {
    "quotes": DraftQuote,
    "commitments": DraftCommitment,
    "timeline": DraftEvent,
    "figures": DraftFigure,
    "unknowns": DraftUnknown,
}
"""The sections of which each piece is more, or else, than a plain line."""
