"""What is recorded: articles, and what is asked about them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Protocol

from bot.briefing.documents import Document
from bot.briefing.draft import DraftBriefing, DraftLine, DraftQuote
from bot.briefing.lines import Answer, Briefing
from bot.briefing.numbering import numbered
from bot.briefing.requests import Wishes
from bot.models.endpoint import Endpoint
from bot.models.judge import ModelJudge
from bot.models.writer import ModelWriter
from bot.service.briefing_service import BriefingService, Reading
from sandbox.demo import ask, brief_article, running_demo
from sandbox.recorded import MODEL, QUESTIONS, later_article, sample_article
from sandbox.slack.people import transcript
from tests.fakes import FixedReader, Transcript
from tests.texts import article

_TRAMS = (Path(__file__).parent / "trams.txt").read_text(encoding="utf-8")


class Recordable(Protocol):
    """Something that a model is asked about; ``draft`` as of a `Case`."""

    @property
    def name(self) -> str: ...
    @property
    def draft(self) -> DraftBriefing | None: ...

    async def play(self, url: str) -> object:
        """Ask the model at ``url`` all that there is to ask."""


@dataclass(frozen=True)
class Case:
    """An article to brief, or a ``question`` to answer from it. A ``draft`` is what a careless
    writer makes of it: then the recorded model judges and repairs that."""

    name: str
    document: Document
    wishes: Wishes = Wishes()
    question: str | None = None
    draft: DraftBriefing | None = None

    async def play(self, url: str) -> Briefing | Answer:
        """What comes of it with the model at ``url``, which writes and judges."""
        reading, reply = Reading((self.document,)), Transcript()
        async with _at(url, "recorded") as (writer, judge):
            briefing_service = BriefingService(FixedReader(), writer, "1", judge=judge)
            if self.question is None:
                return await briefing_service.brief(reading, self.wishes, reply)
            return await briefing_service.answer(reading, self.question, self.wishes, reply)


@asynccontextmanager
async def _at(url: str, model: str) -> AsyncIterator[tuple[ModelWriter, ModelJudge]]:
    """The model at ``url`` as a writer and as a judge."""
    endpoint = Endpoint(model, url, retries=0)
    writer, judge = ModelWriter(endpoint), ModelJudge(endpoint)
    try:
        yield writer, judge
    finally:
        await writer.close()
        await judge.close()


def _event(evidence: str, text: str) -> DraftLine:
    return DraftLine(evidence=[evidence], voice="event", speaker=None, text=text)


_CARELESS = DraftBriefing(
    headline=_event("A2", "High court in Marrowby allows the wind farm off Skerra"),
    bottom_line=_event(
        "A2", "The high court in Marrowby ruled on Thursday that the wind farm may be built."
    ),
    differences=[],
    key_points=[
        _event("A7", "Construction can start before the ministry has issued new rules."),
        _event("A17", "Open Cliffs has spent 80,000 marks on the case."),
        _event("A10", "The cables will drive crabs out of the Lenn channel."),
        _event("A25", "The council of Skerra voted against the wind farm by seven votes to four."),
        _event("A12", "The court ordered each side to bear its own costs."),
    ],
    quotes=[
        DraftQuote(quotation="A14q1", evidence=["A14"], speaker="Helena Vard", role=None),
        DraftQuote(
            quotation="A8q1",
            evidence=["A8"],
            speaker="Karl Imset",
            role="Norrow’s director of projects",
        ),
    ],
    commitments=[],
    cautions=[],
    unknowns=[],
)

CASES = (
    Case(
        "trams",
        numbered("A", _TRAMS, language="en", outlet="Sedge Bay Post", published="2027-06-09"),
    ),
    Case("careless", article("ruling"), draft=_CARELESS),
    Case("translated", article("russian"), Wishes(language="en")),
    Case("answered", article("results"), question="How many people lost their jobs?"),
    Case("denied", article("results"), question="When will the factory in Kestria open?"),
    Case(
        "not_said",
        article("flood"),
        question="How many people did the flood of 1954 kill in Castell?",
    ),
)


@dataclass(frozen=True)
class Demo:
    """The sample article, the questions about it, the next article of its story and other versions
    of its briefing, asked for in a Slack as people do in `readout demo` and on the page of `readout
    play`."""

    name: str = "sample"
    draft: None = None

    async def play(self, url: str) -> str:
        """The threads, as people see them, with the model at ``url``, which writes and judges."""
        async with _at(url, MODEL) as (writer, judge):
            service_with = partial(BriefingService, writer=writer, version="1", judge=judge)
            async with running_demo(service_with) as slack:
                root = await brief_article(slack, sample_article())
                for question in QUESTIONS:
                    await ask(slack, question, root)
                roots = [root, await brief_article(slack, later_article())]
                for version in VERSIONS:
                    roots.append(await brief_article(slack, sample_article()))
                    await ask(slack, version, roots[-1])
                return "\n".join(transcript(slack, each) for each in roots)


VERSIONS = ("longer", "shorter", "in French")
"""What is asked of a briefing for another version of it."""

SAMPLE = Demo()
