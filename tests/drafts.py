"""One article, and what a good model writes about it."""

from collections.abc import AsyncIterator

from bot.briefing.composition import Composition
from bot.briefing.documents import Document, Excerpt, Span, whole_excerpts
from bot.briefing.draft import (
    DraftAnswer,
    DraftBriefing,
    DraftCaution,
    DraftCommitment,
    DraftEvent,
    DraftFigure,
    DraftItem,
    DraftLine,
    DraftLongBriefing,
    DraftQuote,
    DraftUnknown,
)
from bot.briefing.lines import Line
from bot.briefing.requests import Wishes
from bot.briefing.tasks import AnswerTask, RepairedItem, Usage, WritingTask
from bot.briefing.verification import Verdict
from bot.service.errors import ModelFailure

SENTENCES = (
    "The mayors of Ansel and Brook agreed on Friday to share the works if both councils consent.",
    "“It is a fair price,” said Mara Lind, mayor of Brook.",
    "The works cost 12 million crowns.",
    "Brook has bought its water from a private well since the old pump broke in a winter storm.",
    "Engineers will inspect the pipes in spring, before the first water flows to Brook.",
    "An official who asked not to be named said that the well had run dry twice.",
    "Shops on the market square closed in summer because the well gave too little.",
    "The well belongs to a family that has farmed 40 hectares above the town for many years.",
    "A second line of pipes will run along the railway, where the ground is soft and easy to dig.",
    "Both councils meet in the first week of February, and the sessions are open to everybody.",
)


def document(*sentences: str, label: str = "A", title: str | None = None) -> Document:
    """A document with a paragraph for each sentence, and with its curly quotations."""
    text, spans = "\n".join(sentences), list[Span]()
    for sentence in sentences:
        start = spans[-1].end + 1 if spans else 0
        spans.append(Span(start, start + len(sentence)))
    opened = [place for place, char in enumerate(text) if char == "“"]
    quotations = tuple(Span(place + 1, text.index("”", place)) for place in opened)
    return Document(label, text, tuple(spans), tuple(spans), quotations, 1, title=title)


ARTICLE = document(*SENTENCES, title="Two towns, one tap")
EXCERPTS: tuple[Excerpt, ...] = whole_excerpts((ARTICLE,))
TASK = WritingTask(EXCERPTS, Wishes())
QUESTION = AnswerTask(EXCERPTS, "What did the works cost?", Wishes())


def line(reference: str, text: str) -> DraftLine:
    """A line stated as fact, resting on that sentence."""
    return DraftLine(evidence=[reference], voice="event", speaker=None, text=text)


COST = line("A3", "The works cost 12 million.")
BOTTOM_LINE = line("A1", "The mayors agreed on Friday, if both councils consent.")


def take(composition: Composition, item: DraftItem) -> Verdict | None:
    """Verify ``item`` and add it; returns its verdict."""
    return composition.add(item, composition.verdict(item))


def mend(composition: Composition, item: DraftItem) -> Line | None:
    """Verify ``item`` and apply it as a repair of the first failed line."""
    return composition.apply_repair(RepairedItem(0, item), composition.verdict(item))


DRAFT = DraftBriefing(
    headline=line("A1", "Two towns agree to share the works"),
    bottom_line=BOTTOM_LINE,
    differences=[],
    key_points=[COST, line("A4", "Brook has bought water since its old pump broke in a storm.")],
    commitments=[
        DraftCommitment(
            **line("A5", "Engineers will inspect the pipes in spring.").model_dump(),
            actor="Engineers",
            action="inspect the pipes",
            deadline="in spring",
            condition=None,
            status="planned",
        )
    ],
    quotes=[
        DraftQuote(quotation="A2q1", evidence=["A2"], speaker="Mara Lind", role="mayor of Brook")
    ],
    cautions=[
        DraftCaution(
            evidence=["A6"],
            kind="anonymous_source",
            text="The official who speaks of the well is not named.",
        )
    ],
    unknowns=[DraftUnknown(kind="actor", text="Who runs the works is not stated.")],
)
LONG_DRAFT = DraftLongBriefing(
    **dict(DRAFT),
    timeline=[
        DraftEvent(**line("A7", "Shops on the square closed.").model_dump(), when="in summer")
    ],
    figures=[
        DraftFigure(
            **line("A8", "A family farms 40 hectares above the town.").model_dump(),
            figure="40",
            unit="hectares",
        )
    ],
)
ANSWER = DraftAnswer(lines=[COST])
NO_ANSWER = DraftAnswer(lines=[])


class Written:
    """Collects what a writer gives: items, usage, failure."""

    def __init__(self) -> None:
        self.items: list[DraftItem] = []
        self.usage: Usage | None = None
        self.failure: str | None = None

    async def of(self, pieces: AsyncIterator[DraftItem | Usage]) -> "Written":
        try:
            async for piece in pieces:
                if isinstance(piece, Usage):
                    self.usage = piece
                else:
                    assert self.usage is None, "usage comes last"
                    self.items.append(piece)
        except ModelFailure as failure:
            self.failure = failure.message
        return self

    @property
    def sections(self) -> list[str]:
        return [item.section for item in self.items]
