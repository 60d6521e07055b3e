"""What a briefing and an answer consist of, after the checks.

A statement has a text and passages; without a passage it isn't a statement (`Unknown`, notes).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, Self, get_args

from bot.briefing.documents import Document, Passage
from bot.briefing.draft import (
    CautionKind,
    ChangeKind,
    LineSection,
    Place,
    Status,
    UnknownKind,
    Voice,
)
from bot.briefing.requests import Wishes

CheckName = Literal[
    "references", "quotations", "numbers", "dates", "names", "negation", "hedges",
    "conditions", "attribution", "direction", "overstatement", "words", "house", "judge", "output",
    "second_opinion",  # what "judge" was called until 0.2.0: stored replies have it
]  # fmt: skip
Grade = Literal["proof", "doubt", "judge"]


@dataclass(frozen=True)
class Support:
    """How many of the sources that a line cites support it by themselves.

    ``sources`` are their labels. ``witnesses`` is their number and ``of`` that of all sources, with
    copies of an article counted once. ``is_disputed``: a passage of the line is a side of a
    `Difference`.
    """

    sources: tuple[str, ...]
    witnesses: int
    of: int
    is_disputed: bool = False


@dataclass(frozen=True)
class Reason:
    """What one check says against a line, as a sentence.

    A ``proof`` decides that the line can't stand, and so does what the ``judge`` says. A ``doubt``
    is a hint for the judge, and decides only where no judge could be asked.
    """

    check: CheckName
    message: str
    grade: Grade = "proof"


@dataclass(frozen=True)
class RelativeDay:
    """A word for a day in a line ("Tuesday"), and the ISO date that it means there."""

    words: str
    date: str


@dataclass(frozen=True)
class Edited:
    """That a person rewrote a line: the person's name, and the ``objections`` that were overruled.
    Without any, it was verified like every other line."""

    by: str
    objections: tuple[Reason, ...] = ()


@dataclass(frozen=True)
class Line:
    """One statement that no check proves wrong, or that a person keeps all the same (``edited``).

    ``evidence`` is never empty; ``support`` is set if there are several sources that aren't copies,
    and one it cites supports it alone. ``speaker`` is who says it, if the source names one beside
    the words; else its own words may say so. ``days`` are those of its days ("Tuesday") whose date
    is certain.

    ``judge`` is the model that found it supported, None if none was asked. ``doubts`` are what the
    checks could not decide; a line is only shown once it has none left.
    """

    text: str
    voice: Voice
    speaker: str | None
    evidence: tuple[Passage, ...]
    support: Support | None = field(default=None, kw_only=True)
    judge: str | None = field(default=None, kw_only=True, compare=False)
    days: tuple[RelativeDay, ...] = field(default=(), kw_only=True, compare=False)
    doubts: tuple[Reason, ...] = field(default=(), kw_only=True, compare=False)
    edited: Edited | None = field(default=None, kw_only=True)
    told: str | None = field(default=None, kw_only=True, compare=False)
    """The ISO date on which the same channel was briefed on the same; None if it wasn't."""
    corrected: str | None = field(default=None, kw_only=True)
    """The ISO date on which it was found wrong or no longer true; None if it wasn't."""

    @property
    def is_edited(self) -> bool:
        """Whether a person wrote it."""
        return self.edited is not None

    @property
    def is_verified(self) -> bool:
        """Whether no objection to it was overruled."""
        return self.edited is None or not self.edited.objections

    @property
    def is_source_wording(self) -> bool:
        """Whether the text is a sentence of the source, which is shown in quotation marks."""
        return self.text == self.evidence[0].text

    @property
    def needs_judgement(self) -> bool:
        """Whether it has words of the writer's, as all lines have but sentences copied by code: the
        writer names even the speaker of a quotation."""
        return type(self) is not Line or not self.is_source_wording

    def judged_by(self, judge: str) -> Self:
        """The same line, found supported by ``judge``."""
        return replace(self, judge=judge, doubts=())


@dataclass(frozen=True)
class Quote(Line):
    """Words that the source quotes, cut from it by code: ``text`` is ``evidence[0].text``, the
    following passages hold the speaker and the role, if there are any."""

    role: str | None
    translation: str | None = None


@dataclass(frozen=True)
class Commitment(Line):
    """Who undertook what, by when, on which condition. ``deadline_date`` is an ISO date if the
    deadline states one or it follows from the publication date."""

    actor: str
    action: str
    deadline: str | None
    condition: str | None
    status: Status
    deadline_date: str | None = None

    @property
    def terms(self) -> tuple[str, ...]:
        """The deadline and the condition, unless the action has them already."""
        terms = (self.deadline, self.condition)
        return tuple(term for term in terms if term and term not in self.action)


@dataclass(frozen=True)
class Event(Line):
    """What happened when. ``when`` stands in the evidence letter for letter; ``date`` is an ISO
    date, and ``date_basis`` what it follows from."""

    when: str
    date: str | None = None
    date_basis: str | None = None


@dataclass(frozen=True)
class Figure(Line):
    """A figure as written in the source."""

    figure: str
    unit: str | None


@dataclass(frozen=True)
class Caution(Line):
    """Something to read with care, noted and never corrected: by a writer if it ``is_drafted``,
    else by code."""

    voice: Voice = field(default="outlet", kw_only=True)
    speaker: str | None = field(default=None, kw_only=True)
    kind: CautionKind = field(kw_only=True)
    is_drafted: bool = field(default=False, kw_only=True)

    @property
    def needs_judgement(self) -> bool:
        return self.is_drafted


@dataclass(frozen=True)
class Difference(Line):
    """Where several sources disagree, side by side. ``about`` says about what; none of the
    ``sides`` is called right. As a line it rests on the passages of all of them."""

    text: str = field(default="", kw_only=True)
    voice: Voice = field(default="event", kw_only=True)
    speaker: str | None = field(default=None, kw_only=True)
    evidence: tuple[Passage, ...] = field(default=(), kw_only=True)
    about: str
    sides: tuple[Line, ...]

    def __post_init__(self) -> None:
        passages = dict.fromkeys(passage for side in self.sides for passage in side.evidence)
        object.__setattr__(self, "text", self.about)
        object.__setattr__(self, "evidence", tuple(passages))

    @property
    def needs_judgement(self) -> bool:
        return any(side.needs_judgement for side in self.sides)

    @property
    def is_edited(self) -> bool:
        return any(side.is_edited for side in self.sides)

    @property
    def is_verified(self) -> bool:
        return all(side.is_verified for side in self.sides)

    def judged_by(self, judge: str) -> Self:
        sides = tuple(side.judged_by(judge) for side in self.sides)
        return replace(super().judged_by(judge), sides=sides)


@dataclass(frozen=True)
class EarlierReply:
    """A briefing of the same story that the same channel was shown before: the reply to the mention
    ``key``, in that ``thread``. ``day`` is the ISO date on which it was written."""

    key: str
    thread: str
    day: str
    title: str


@dataclass(frozen=True)
class EarlierLine:
    """A line of an earlier ``reply``, with its passages as they were. ``source`` is the name of
    their source, ``published`` its ISO date, and ``language`` that of the passages."""

    text: str
    passages: tuple[Passage, ...]
    reply: EarlierReply
    source: str | None = None
    published: str | None = None
    language: str | None = None
    is_undertaking: bool = False


@dataclass(frozen=True)
class Change(Line):
    """How the sources change or contradict what the channel was told before, what they add to it,
    or say was done or missed. ``evidence`` says so now; ``then`` are the earlier lines, none if it
    is new. ``before`` and ``after`` are what differs, if that is a figure, a date or a name."""

    kind: ChangeKind = field(kw_only=True)
    then: tuple[EarlierLine, ...] = field(default=(), kw_only=True)
    before: str | None = field(default=None, kw_only=True)
    after: str | None = field(default=None, kw_only=True)

    @property
    def needs_pair(self) -> bool:
        """Whether only a judge can confirm it, since no values were compared."""
        return self.kind != "new" and self.before is None


@dataclass(frozen=True)
class Rewritten:
    """That the page of the document ``label`` had a different text on the ISO date ``day``."""

    label: str
    day: str


@dataclass(frozen=True)
class Since:
    """How a briefing relates to the earlier ``replies`` on its story, at least one, the latest
    first. Without ``changes`` nothing is said about what is new."""

    replies: tuple[EarlierReply, ...]
    changes: tuple[Change, ...] = ()
    rewritten: tuple[Rewritten, ...] = ()


@dataclass(frozen=True)
class Unknown:
    """What the sources do not say."""

    kind: UnknownKind
    text: str


@dataclass(frozen=True)
class Withheld:
    """A line that failed a check or the judge. Its words are shown only on request."""

    section: Place
    text: str
    reasons: tuple[Reason, ...]
    references: tuple[str, ...]


@dataclass(frozen=True)
class Edit:
    """What the asker did to the line of that ``number`` of a reply, counted from 0 in reading
    order: rewrote it as ``line``, or dropped it (None). ``key`` is that of the request.

    Until it ``is_decided``, a line that failed is not shown: its writer chooses between it and
    the earlier one.
    """

    number: int
    key: str
    line: Line | None = None
    is_decided: bool = True


@dataclass(frozen=True)
class Unread:
    """A source that could not be read, and why."""

    source: str
    kind: str
    message: str

    @property
    def takes_text(self) -> bool:
        """Whether it helps to paste the text; a network fault may pass by itself."""
        return self.kind not in ("network", "too_many")


EXTRACTIVE = "extractive"
"""The engine that only quotes; any other is a model behind the API of that name."""


@dataclass(frozen=True)
class Receipt:
    """How a reply was made: which ``engine`` wrote it. ``judge`` is the model that judged lines of
    ``model``: ``judged`` is their number, ``unjudged`` that of lines which only passed the checks.
    Of the ``lines``, ``edited`` were rewritten by hand, and ``unverified`` of these failed a check.
    ``seconds`` is wall time; ``cost_usd`` is None unless prices are set."""

    engine: str
    version: str
    model: str | None = None
    prompt: str | None = None
    words_read: int = 0
    words_shown: int = 0
    lines: int = 0
    withheld: int = 0
    tokens_in: int = 0
    tokens_out: int = 0
    tokens_estimated: bool = False
    cost_usd: float | None = None
    seconds: float = 0.0
    judge: str | None = None
    judged: int = 0
    unjudged: int = 0
    edited: int = 0
    unverified: int = 0

    @property
    def is_by_model(self) -> bool:
        """Whether a model wrote it."""
        return self.engine != EXTRACTIVE

    def with_counts(self, lines: Sequence[Line], withheld: Sequence[Withheld]) -> "Receipt":
        """The same receipt for ``lines`` shown and lines ``withheld``."""
        verified = [line for line in lines if line.is_verified]
        judges = [line.judge for line in verified if line.judge is not None]
        to_judge = sum(
            line.needs_judgement and (self.is_by_model or line.is_edited) for line in verified
        )
        return replace(
            self,
            lines=len(lines),
            withheld=len(withheld),
            judge=next(iter(judges), None),
            judged=len(judges),
            unjudged=to_judge - len(judges),
            edited=sum(line.is_edited for line in lines),
            unverified=len(lines) - len(verified),
        )


RemadeHow = Literal["shorter", "longer", "translated", "other"]


@dataclass(frozen=True)
class Remake:
    """How a briefing differs from the earlier one of the same sources that it was made from, whose
    mention has the key ``of``."""

    of: str
    how: RemadeHow


@dataclass(frozen=True, kw_only=True)
class _Reply:
    """What a briefing and an answer have in common."""

    withheld: tuple[Withheld, ...] = ()
    unread: tuple[Unread, ...] = ()
    notes: tuple[str, ...] = ()
    language: str | None = None
    """The language its own words are in (ISO 639-1)."""
    awaits: float | None = None
    """Until when (seconds since 1970) a model's version may replace it; None if none may."""
    wishes: Wishes | None = None
    """All wishes that it was made for; None if they were not kept."""
    edits: tuple[Edit, ...] = ()
    """What the asker has done to its lines."""
    corrected: str | None = None
    """The ISO date of the latest correction that was posted in its thread."""


@dataclass(frozen=True)
class Briefing(_Reply):
    """A draft after the checks. ``words_read`` counts, for each document, the words that the
    writer was shown."""

    documents: tuple[Document, ...]
    words_read: tuple[int, ...]
    receipt: Receipt
    headline: Line | None = None
    bottom_line: Line | None = None
    key_points: tuple[Line, ...] = ()
    quotes: tuple[Quote, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    timeline: tuple[Event, ...] = ()
    figures: tuple[Figure, ...] = ()
    differences: tuple[Difference, ...] = ()
    cautions: tuple[Caution, ...] = ()
    unknowns: tuple[Unknown, ...] = ()
    made_from: str | None = None
    """A key of what it was made from and who may reuse it; None if nobody may."""
    is_whole: bool = True
    """False if the draft broke off, or wasn't repaired or judged: the next one may be better."""
    order: tuple[LineSection, ...] = get_args(LineSection)
    """The order in which the sections under the bottom line are read: each of them once."""
    original: "Briefing | None" = None
    """The briefing before its edits, without documents; None if nothing was edited."""
    was_edited: bool = False
    """Whether lines of the briefing that it was copied or made from had been edited."""
    remake: Remake | None = None
    """How it differs from the briefing that it is a version of, if it is one."""
    since: Since | None = None
    """What is new since the channel was last briefed on the story; None if it never was."""

    def sections(self) -> Iterator[tuple[LineSection, tuple[Line, ...]]]:
        """Yield the sections under the bottom line that have lines, in reading order."""
        yield from ((name, lines) for name in self.order if (lines := getattr(self, name)))

    def lines(self) -> Iterator[Line]:
        """Yield every line in reading order, except for differences and cautions."""
        yield from (line for line in (self.headline, self.bottom_line) if line is not None)
        for _, section in self.sections():
            yield from section

    @property
    def changes(self) -> tuple[Change, ...]:
        """What is new since the story was last briefed."""
        return self.since.changes if self.since else ()

    @property
    def title(self) -> str:
        """Its first line, which is the headline if there is one."""
        return next((line.text for line in self.lines()), "")


@dataclass(frozen=True)
class Answer(_Reply):
    """The reply to a question. If it has no lines, ``nearest`` holds at most three passages. Then
    the sources do not say, or, unless a model ``is_known`` to have read them, nobody knows."""

    documents: tuple[Document, ...]
    question: str
    receipt: Receipt
    lines: tuple[Line, ...] = ()
    nearest: tuple[Line, ...] = ()
    is_known: bool = True
    original: "Answer | None" = None
    """As in `Briefing`."""

    @property
    def title(self) -> str:
        """Its question."""
        return self.question

    @property
    def answered(self) -> bool | None:
        """Whether the sources answer the question; None if that is not known."""
        return bool(self.lines) if self.lines or self.is_known else None
