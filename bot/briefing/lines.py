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

    ``sources`` are their labels; they are ``witnesses`` of all there are (``of``), since sources
    that carry one article count once. ``is_disputed`` where a passage of the line is a side of a
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
    """That a line is in a person's words: whose, by name, and the ``objections`` that the person
    decided to overrule. Without any, it was verified like every other line."""

    by: str
    objections: tuple[Reason, ...] = ()


@dataclass(frozen=True)
class Line:
    """One statement that no check proves wrong, or that a person lets stand all the same
    (``edited``). ``evidence`` is never empty; ``support`` is set where there is more than one
    witness. ``speaker`` is who says it, where the source names one beside the words; else its own
    words tell whether anybody does. ``days`` are those of its days ("Tuesday") of which the date
    is sure.

    ``judge`` is the model that found it supported, None where none was asked. ``doubts`` are what
    the checks could not decide; a line is only shown once it has none left.
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
    """The ISO date of the day on which the same channel was told the same, where it was."""
    corrected: str | None = field(default=None, kw_only=True)
    """The ISO date on which it was found to be wrong, or no longer so; None where it wasn't."""

    @property
    def is_edited(self) -> bool:
        """Whether a person wrote it."""
        return self.edited is not None

    @property
    def is_verified(self) -> bool:
        """Whether nothing speaks against it."""
        return self.edited is None or not self.edited.objections

    @property
    def is_source_wording(self) -> bool:
        """Whether the text is a sentence of the source itself: shown in quotation marks."""
        return self.text == self.evidence[0].text

    @property
    def needs_judgement(self) -> bool:
        """Whether it has words of the writer's. A sentence that code copied has none; who says a
        quotation is the writer's word."""
        return type(self) is not Line or not self.is_source_wording

    def judged_by(self, judge: str) -> Self:
        """The same, which ``judge`` found supported."""
        return replace(self, judge=judge, doubts=())


@dataclass(frozen=True)
class Quote(Line):
    """Words that the source quotes, cut from it by code: ``text`` is ``evidence[0].text``, the
    following passages hold the speaker and the role, if there are any."""

    role: str | None
    translation: str | None = None


@dataclass(frozen=True)
class Commitment(Line):
    """Who undertook what, by when, on which condition. ``deadline_date`` is an ISO date where the
    deadline says one, or it follows from the publication date."""

    actor: str
    action: str
    deadline: str | None
    condition: str | None
    status: Status
    deadline_date: str | None = None

    @property
    def terms(self) -> tuple[str, ...]:
        """The deadline and the condition, where the action does not say them already."""
        terms = (self.deadline, self.condition)
        return tuple(term for term in terms if term and term not in self.action)


@dataclass(frozen=True)
class Event(Line):
    """What happened when. ``when`` stands in the evidence letter for letter; ``date`` is an ISO
    date only where ``date_basis`` says what it follows from."""

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
    """Something to read with care, noted and never corrected: by code, or, where it ``is_drafted``,
    by a writer."""

    voice: Voice = field(default="outlet", kw_only=True)
    speaker: str | None = field(default=None, kw_only=True)
    kind: CautionKind = field(kw_only=True)
    is_drafted: bool = field(default=False, kw_only=True)

    @property
    def needs_judgement(self) -> bool:
        return self.is_drafted


@dataclass(frozen=True)
class Difference(Line):
    """Where several sources disagree, side by side. ``about`` says in what; none of the ``sides``
    is said to be right. As a line it rests on the passages of all of them."""

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
    """A line of an earlier ``reply``, with its passages as they stood there. ``source`` is what
    these are from, as a reader calls it, ``published`` its ISO date, and ``language`` that of the
    passages."""

    text: str
    passages: tuple[Passage, ...]
    reply: EarlierReply
    source: str | None = None
    published: str | None = None
    language: str | None = None
    is_undertaking: bool = False


@dataclass(frozen=True)
class Change(Line):
    """What the sources change, contradict, add or say was done or missed of what the channel was
    told before. ``evidence`` says so now, and ``then`` holds the earlier lines, none where it is
    new. ``before`` and ``after`` are what differs, where that is a figure, a date or a name."""

    kind: ChangeKind = field(kw_only=True)
    then: tuple[EarlierLine, ...] = field(default=(), kw_only=True)
    before: str | None = field(default=None, kw_only=True)
    after: str | None = field(default=None, kw_only=True)

    @property
    def needs_pair(self) -> bool:
        """Whether only a judge can say that it holds: no values were compared."""
        return self.kind != "new" and self.before is None


@dataclass(frozen=True)
class Rewritten:
    """That the page of the document ``label`` had another text on the ISO date ``day``."""

    label: str
    day: str


@dataclass(frozen=True)
class Since:
    """What a briefing has to do with the ``replies`` before it, the latest first, never none.
    Without ``changes`` nothing is said of what is new."""

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
    """A line that failed. Its words are never shown unasked."""

    section: Place
    text: str
    reasons: tuple[Reason, ...]
    references: tuple[str, ...]


@dataclass(frozen=True)
class Edit:
    """What the asker did to the line of that ``number`` of a reply, counted from 0 in reading
    order: rewrote it as ``line``, or dropped it (None). ``key`` is that of the request.

    Until it ``is_decided``, a line that doesn't hold is not shown: its writer chooses between it
    and the earlier one.
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
        """Whether it helps to paste the text; a fault of the network may pass by itself."""
        return self.kind not in ("network", "too_many")


EXTRACTIVE = "extractive"
"""The engine that only quotes; every other is a model behind the API of that name."""


@dataclass(frozen=True)
class Receipt:
    """How it came about: which ``engine`` wrote. ``judge`` is the model that judged the lines of
    ``model``: ``judged`` of them, while ``unjudged`` are shown on the checks' word alone. Of the
    ``lines``, so many are ``edited`` by hand, and of these ``unverified`` don't hold. ``seconds``
    is wall time; ``cost_usd`` is None unless prices are set."""

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

    def counting(self, lines: Sequence[Line], withheld: Sequence[Withheld]) -> "Receipt":
        """The same for ``lines`` shown and lines ``withheld``."""
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
    """That a briefing is one of the same sources as an earlier one, whose mention has the key
    ``of``, and how it differs from that."""

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
    """Until when (seconds since 1970) a model's version may take its place; None where none may."""
    wishes: Wishes | None = None
    """What it was made for, all told; None where that was not kept."""
    edits: tuple[Edit, ...] = ()
    """What the asker did to its lines since."""
    corrected: str | None = None
    """The ISO date of the latest correction that was told in its thread."""


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
    """Names what it was made from, and who may have it again; None where nobody may."""
    order: tuple[LineSection, ...] = get_args(LineSection)
    """The order in which the sections under the bottom line are read: each of them once."""
    original: "Briefing | None" = None
    """What it was before, without its documents; None where nothing was edited."""
    was_edited: bool = False
    """Whether lines of what it was copied from, or made anew from, had been edited."""
    remake: Remake | None = None
    """Which earlier briefing it puts differently, where it was asked for in its thread."""
    since: Since | None = None
    """What is new since the same channel was told the story before; None where it was not."""

    def sections(self) -> Iterator[tuple[LineSection, tuple[Line, ...]]]:
        """The sections under the bottom line that have lines, in the order in which they are
        read."""
        yield from ((name, lines) for name in self.order if (lines := getattr(self, name)))

    def lines(self) -> Iterator[Line]:
        """Every line, in the order in which it is read; differences and cautions stand apart."""
        yield from (line for line in (self.headline, self.bottom_line) if line is not None)
        for _, section in self.sections():
            yield from section

    @property
    def changes(self) -> tuple[Change, ...]:
        """What is new since the story was told before, where it was."""
        return self.since.changes if self.since else ()

    @property
    def title(self) -> str:
        """What it may be called: its first line, which is the headline where there is one."""
        return next((line.text for line in self.lines()), "")


@dataclass(frozen=True)
class Answer(_Reply):
    """The reply to a question. Where it has no lines, ``nearest`` holds at most three passages:
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
        """What it may be called: its question."""
        return self.question

    @property
    def answered(self) -> bool | None:
        """Whether the sources say; None where that is not known."""
        return bool(self.lines) if self.lines or self.is_known else None
