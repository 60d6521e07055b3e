"""The service with everything in memory, and requests to it."""

from dataclasses import replace

from bot.briefing.requests import PastedText
from bot.service.briefing_service import BriefingService
from bot.service.extractive_writer import ExtractiveWriter
from bot.service.intake import acknowledge
from bot.service.ports import Mention, Notice, Outcome, Writer
from tests.fakes import FixedConversations, FixedReader, MemoryArchive, Transcript, job_steps
from tests.texts import text_of

DEMO = PastedText(text_of("demo"))
BRIEF = Mention(
    "msg:T1:C1:1", "T1", "C1", "1", "1", "U1", "brief", text="brief this", sources=(DEMO,)
)
ASK = replace(
    BRIEF,
    key="msg:T1:C1:2",
    message="2",
    intent="follow_up",
    sources=(),
    text="How much will the repairs to the bridge cost?",
    question="How much will the repairs to the bridge cost?",
)
STOP = replace(BRIEF, key="msg:T1:C1:2", message="2", intent="stop", sources=(), text="stop")


class Service:
    """Runs the steps of jobs."""

    def __init__(
        self,
        reader: FixedReader | None = None,
        conversations: FixedConversations | None = None,
        writer: Writer | None = None,
    ) -> None:
        self.reader = reader or FixedReader()
        self.archive, self.transcript = MemoryArchive(), Transcript()
        briefing_service = BriefingService(
            self.reader, writer or ExtractiveWriter(), "0.1.0", clock=lambda: 0.0
        )
        self.steps = job_steps(briefing_service, self.archive, self.transcript, conversations)

    async def serve(self, mention: Mention) -> None:
        """Record ``mention`` and run all its steps."""
        await self.archive.record(mention)
        await acknowledge(self.transcript, mention)
        for step in (self.steps.read, self.steps.write, self.steps.post):
            await step(mention.key)

    async def tell(self, mention: Mention) -> Outcome:
        """Run all steps of ``mention``; returns what was posted last."""
        await self.serve(mention)
        return self.transcript.outcomes[-1]

    @property
    def said(self) -> list[str]:
        """The texts of the notices posted; `briefing` for a briefing."""
        return [
            each.text if isinstance(each, Notice) else type(each).__name__.lower()
            for each in self.transcript.outcomes
        ]
