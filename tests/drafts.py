"""One article, and what a good model writes about it."""

from collections.abc import AsyncIterator

from bot.briefing.documents import Document, Span
from bot.briefing.draft import (
    DraftAnswer,
    DraftBriefing,
    DraftCommitment,
    DraftEvent,
    DraftFigure,
    DraftItem,
    DraftLine,
    DraftQuote,
    DraftUnknown,
)
from bot.briefing.passages import Excerpt, whole
from bot.briefing.requests import Wishes
from bot.briefing.tasks import AnswerTask, Usage, WritingTask
from bot.errors import ModelFailure

SENTENCES = (
    "The mayors of Ansel and Brook agreed on Friday to share the works if both councils consent.",
    "“It is a fair price,” said Mara Lind, mayor of Brook.",
    "The works cost 12 million crowns.",
)


def document(*sentences: str, label: str = "A", title: str | None = None) -> Document:
    """A document of these sentences, one a paragraph, with its curly quotations found."""
    text, spans = "\n".join(sentences), list[Span]()
    for sentence in sentences:
        start = spans[-1].end + 1 if spans else 0
        spans.append(Span(start, start + len(sentence)))
    opened = [place for place, char in enumerate(text) if char == "“"]
    quotations = tuple(Span(place + 1, text.index("”", place)) for place in opened)
    return Document(label, text, tuple(spans), tuple(spans), quotations, 1, title=title)


ARTICLE = document(*SENTENCES, title="Two towns, one tap")
EXCERPTS: tuple[Excerpt, ...] = whole((ARTICLE,))
TASK = WritingTask(EXCERPTS, Wishes())
QUESTION = AnswerTask(EXCERPTS, "What did the works cost?", Wishes())

_AGREED = "The mayors of Ansel and Brook agreed to share the works if both councils consent."
_LINE = DraftLine(evidence=["A1"], voice="event", speaker=None, text=_AGREED)
_COST = DraftLine(evidence=["A3"], voice="event", speaker=None, text="The works cost 12 million.")

DRAFT = DraftBriefing(
    headline=_LINE,
    bottom_line=_LINE,
    key_points=[_LINE, _COST],
    quotes=[
        DraftQuote(quotation="A2q1", evidence=["A2"], speaker="Mara Lind", role="mayor of Brook")
    ],
    commitments=[
        DraftCommitment(
            **_LINE.model_dump(),
            actor="The mayors",
            action="share the works",
            deadline=None,
            condition="if both councils consent",
            status="agreed",
        )
    ],
    timeline=[DraftEvent(**_LINE.model_dump(), when="on Friday")],
    figures=[DraftFigure(**_COST.model_dump(), figure="12 million", unit="crowns")],
    unknowns=[DraftUnknown(kind="actor", text="Who runs the works is not stated.")],
)
ANSWER = DraftAnswer(lines=[_COST])
NO_ANSWER = DraftAnswer(lines=[])


class Written:
    """What came out of a writer."""

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
