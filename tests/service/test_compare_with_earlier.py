"""What a briefing reports as new since an earlier one in its channel."""

from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from bot.briefing.documents import Document
from bot.briefing.draft import DraftChange, DraftChanges, DraftItem, DraftKnown, DraftLine
from bot.briefing.lines import Briefing
from bot.briefing.requests import PastedText, Source, Wishes
from bot.briefing.tasks import Usage
from bot.service.briefing_service import BriefingService
from bot.service.errors import ModelFailure
from bot.service.extractive_writer import ExtractiveWriter
from bot.service.job_steps import JobSteps
from bot.service.ports import Mention
from tests.fakes import (
    FixedChangeFinder,
    FixedJudge,
    FixedReader,
    MemoryArchive,
    ScriptedWriter,
    Transcript,
    job_steps,
)

AROUND = """\


The river Sorrel left its bed on Saturday night after two weeks of rain in the hills above \
Castell. Streets near the market stood under water up to the first floor, and the power \
station on the east bank was switched off before midnight. Soldiers of the province brought \
boats and blankets, while volunteers cooked soup for everybody who had left home. Schools in \
Castell stay closed this week, and trains to the coast end at Orrel until engineers have \
looked at the embankment. The weather service expects no more rain before the weekend, but \
warns that the ground is full of water and that smaller streams may still rise. The last \
flood of this size in Castell is remembered by hardly anybody who lives there today."""
FLOOD = (
    """\
The flood in Castell has killed 31 people, mayor Ona Brell said.

Brell denied that the sirens of Castell had failed before the flood.

About 400 families from Castell sleep in the gymnasium on Mill Street since the flood."""
    + AROUND
)
NEXT_DAY = (
    """\
The flood in Castell has killed 44 people, mayor Ona Brell said.

Brell admitted that the sirens of Castell had failed before the flood.

About 400 families from Castell sleep in the gymnasium on Mill Street since the flood.

The insurer Halm offered 12 million crowns to Castell after the flood."""
    + AROUND
)
OTHER = """\
The chess club of Orvin won the final of the northern league on Sunday.

Its captain Lise Tamm drew the last game and thanked the hundreds of spectators."""


def item(section: Any, reference: str, text: str) -> DraftItem:
    line = DraftLine(evidence=[reference], voice="event", speaker=None, text=text)
    return DraftItem(section, line)


FIRST_DRAFT = (
    item("headline", "A1", "Flood in Castell kills 31 people"),
    item("bottom_line", "A1", "The flood in Castell has killed 31 people, Ona Brell said."),
    item("key_points", "A2", "Ona Brell denied that the sirens had failed before the flood."),
    item("key_points", "A3", "About 400 families from Castell sleep in the gymnasium."),
    item("key_points", "A7", "Schools in Castell stay closed this week."),
)
POINTS = (
    item("key_points", "A3", "About 400 families from Castell sleep in the gymnasium."),
    item("key_points", "A2", "Ona Brell admitted that the sirens had failed before the flood."),
    item("key_points", "A5", "The river Sorrel left its bed on Saturday night."),
)
NEXT_DRAFT = (
    item("headline", "A1", "Flood in Castell kills 44 people"),
    item("bottom_line", "A1", "The flood in Castell has killed 44 people, Ona Brell said."),
    *POINTS,
    Usage(1000, 100),
)
TOLL = DraftChange(
    kind="changed", now=["A1"], then=[1], before="31 people", after="44 people",
    text="The flood in Castell has killed 44 people, not 31.",
)  # fmt: skip
SIRENS = DraftChange(
    kind="contradicts", now=["A2"], then=[3], before=None, after=None,
    text="Ona Brell admitted that the sirens had failed, which Brell had denied.",
)  # fmt: skip
HALM = DraftChange(
    kind="new", now=["A4"], then=[], before=None, after=None,
    text="The insurer Halm offered 12 million crowns to Castell.",
)  # fmt: skip
WRONG = DraftChange(
    kind="changed", now=["A3"], then=[1], before="31", after="400",
    text="The toll rose to 4,000 in Castell.",
)  # fmt: skip
CHANGES = DraftChanges(changes=[HALM, TOLL, SIRENS, WRONG], known=[DraftKnown(now="A3", then=4)])


@dataclass
class Channel:
    """A channel in which articles are briefed, one a day."""

    finder: FixedChangeFinder = field(default_factory=lambda: FixedChangeFinder(CHANGES))
    judge: FixedJudge | None = field(default_factory=FixedJudge)
    archive: MemoryArchive = field(default_factory=MemoryArchive)
    day: int = 0

    async def brief(self, text: str, *draft: Any, **fields: Any) -> Briefing:
        self.day += 1
        writer = ScriptedWriter(*draft)
        writer.change_finder = self.finder
        return await self.by(BriefingService(FixedReader(), writer, "1", judge=self.judge), text,
                             **fields)  # fmt: skip

    async def by(self, service: BriefingService, text: str, **fields: Any) -> Briefing:
        ts = f"{self.day}.0"
        stated: dict[str, Any] = {
            "key": f"msg:T1:C1:{ts}", "team": "T1", "channel": "C1", "thread": ts, "message": ts,
            "person": "U1", "intent": "brief", "sources": (PastedText(text),),
        }  # fmt: skip
        mention = Mention(**(stated | fields))
        desk: JobSteps = job_steps(service, self.archive, Transcript())
        await self.archive.record(mention)
        await desk.read(mention.key)
        await desk.write(mention.key)
        await self.archive.intend(mention, 0, mention.channel)
        await self.archive.posted(mention, 0, f"{ts}1")
        outcome = await self.archive.outcome(mention.key)
        assert isinstance(outcome, Briefing)
        return outcome


class MessageReader(FixedReader):
    """Gives each text the address of its message, as the real reader does."""

    def __init__(self, ts: str) -> None:
        super().__init__()
        self.url = f"https://slack.test/p{ts}"

    async def read(self, source: Source, label: str) -> Document:
        return replace(await super().read(source, label), url=self.url)


async def test_the_first_briefing_of_a_story_compares_with_nothing() -> None:
    channel = Channel()
    briefing = await channel.brief(FLOOD, *FIRST_DRAFT)
    assert briefing.since is None
    assert channel.finder.tasks == []


async def test_the_next_briefing_opens_with_the_changes_and_puts_known_lines_last() -> None:
    channel = Channel()
    await channel.brief(FLOOD, *FIRST_DRAFT)
    briefing = await channel.brief(NEXT_DAY, *NEXT_DRAFT)

    assert briefing.since is not None
    assert [each.key for each in briefing.since.replies] == ["msg:T1:C1:1.0"]
    assert [each.kind for each in briefing.since.changes] == ["changed", "contradicts", "new"]
    toll = briefing.since.changes[0]
    assert (toll.before, toll.after, toll.judge) == ("31 people", "44 people", "judge-1")
    assert toll.then[0].text == "Flood in Castell kills 31 people"
    last = briefing.key_points[-1]
    assert (last.text, last.told) == (POINTS[0].text, briefing.since.replies[0].day)
    assert [each.text for each in briefing.withheld] == [WRONG.text]
    assert (briefing.receipt.tokens_in, briefing.receipt.lines) == (1850, 8)
    [task] = channel.finder.tasks
    assert [each.text for each in task.earlier] == [each.text for each in FIRST_DRAFT]


async def test_changes_are_judged_together_and_rejected_ones_withheld() -> None:
    channel = Channel(judge=FixedJudge("insurer"))
    await channel.brief(FLOOD, *FIRST_DRAFT)
    briefing = await channel.brief(NEXT_DAY, *NEXT_DRAFT)
    assert briefing.since is not None
    assert [each.kind for each in briefing.since.changes] == ["changed", "contradicts"]
    assert HALM.text in [each.text for each in briefing.withheld]
    assert channel.judge is not None
    [asked] = [each for each in channel.judge.asked if each[0].text == HALM.text]
    assert [each.text for each in asked] == [HALM.text, TOLL.text, SIRENS.text]


@pytest.mark.parametrize("judge", [None, FixedJudge(failure=ModelFailure("It is down."))])
async def test_without_a_judge_only_changes_of_values_are_reported(
    judge: FixedJudge | None,
) -> None:
    channel = Channel(judge=judge)
    await channel.brief(FLOOD, *FIRST_DRAFT)
    briefing = await channel.brief(NEXT_DAY, *NEXT_DRAFT)
    assert briefing.since is not None
    assert "contradicts" not in [each.kind for each in briefing.since.changes]


@pytest.mark.parametrize(
    "finder",
    [
        FixedChangeFinder(ModelFailure("The endpoint is busy.")),
        FixedChangeFinder(DraftChanges(changes=[], known=[])),
        FixedChangeFinder(DraftChanges(changes=[WRONG], known=[DraftKnown(now="Z9", then=99)])),
    ],
    ids=["fails", "finds nothing", "talks nonsense"],
)
async def test_if_the_change_finder_gives_nothing_usable_the_briefing_still_links_back(
    finder: FixedChangeFinder,
) -> None:
    channel = Channel(finder)
    await channel.brief(FLOOD, *FIRST_DRAFT)
    briefing = await channel.brief(NEXT_DAY, *NEXT_DRAFT)
    assert briefing.since is not None
    assert (len(briefing.since.replies), briefing.since.changes) == (1, ())
    assert [each.text for each in briefing.key_points] == [each.text for each in POINTS]


async def test_changes_that_come_much_later_than_the_draft_are_not_awaited() -> None:
    channel = Channel(FixedChangeFinder(CHANGES, hangs=True))
    await channel.brief(FLOOD, *FIRST_DRAFT)
    briefing = await channel.brief(NEXT_DAY, *NEXT_DRAFT)
    assert briefing.since is not None
    assert briefing.since.changes == ()
    assert channel.finder.tasks


async def test_without_a_model_there_are_links_but_no_changes() -> None:
    channel = Channel()
    service = BriefingService(FixedReader(), ExtractiveWriter(), "1")
    for day, text in enumerate((FLOOD, NEXT_DAY), 1):
        channel.day = day
        briefing = await channel.by(service, text)
    assert briefing.since is not None
    assert ([each.thread for each in briefing.since.replies], briefing.since.changes) == (
        ["1.0"],
        (),
    )


@pytest.mark.parametrize(
    "elsewhere",
    [
        {"channel": "C2", "key": "msg:T1:C2:2.0"},
        {"team": "T2", "key": "msg:T2:C1:2.0"},
        {"fleeting": True},
    ],
)
async def test_another_place_and_an_ephemeral_channel_know_nothing_of_it(
    elsewhere: dict[str, Any],
) -> None:
    channel = Channel()
    await channel.brief(FLOOD, *FIRST_DRAFT)
    briefing = await channel.brief(NEXT_DAY, *NEXT_DRAFT, **elsewhere)
    assert briefing.since is None


async def test_another_story_is_not_mistaken_for_it() -> None:
    channel = Channel()
    await channel.brief(OTHER, item("headline", "A1", "Chess club of Orvin wins the final"))
    briefing = await channel.brief(NEXT_DAY, *NEXT_DRAFT)
    assert briefing.since is None


async def test_the_same_article_again_does_not_ask_the_model_for_changes() -> None:
    channel = Channel()
    await channel.brief(FLOOD, *FIRST_DRAFT)
    briefing = await channel.brief(FLOOD, *FIRST_DRAFT, wishes=Wishes(length="short"))
    assert briefing.since is not None
    assert (len(briefing.since.replies), channel.finder.tasks) == (1, [])


async def test_another_version_in_the_thread_is_not_compared_with_the_first() -> None:
    channel = Channel()
    await channel.brief(FLOOD, *FIRST_DRAFT)
    version = {"thread": "1.0", "version_of": "msg:T1:C1:1.0", "wishes": Wishes(length="short")}
    briefing = await channel.brief(FLOOD, *FIRST_DRAFT[:3], **version)
    assert briefing.since is None


async def test_a_reused_briefing_has_the_links_of_its_own_channel() -> None:
    channel = Channel()
    await channel.brief(FLOOD, *FIRST_DRAFT)
    there = await channel.brief(NEXT_DAY, *NEXT_DRAFT)
    assert there.made_from
    again = await channel.brief(NEXT_DAY, *NEXT_DRAFT)
    assert again.receipt.tokens_in == 0
    assert again.since is not None
    assert [each.key for each in again.since.replies] == ["msg:T1:C1:2.0", "msg:T1:C1:1.0"]
    assert again.since.changes == ()
    assert {each.told for each in again.key_points} == {None}


async def test_the_briefing_of_a_text_pasted_again_is_reused_too() -> None:
    channel = Channel()
    for ts in ("1.0", "2.0"):
        service = BriefingService(MessageReader(ts), ScriptedWriter(*FIRST_DRAFT), "1")
        channel.day += 1
        again = await channel.by(service, FLOOD)
    assert again.receipt.tokens_in == 0
    assert [each.url for each in again.documents] == ["https://slack.test/p2.0"]


async def test_an_internal_error_costs_only_the_comparison() -> None:
    channel = Channel()
    await channel.brief(FLOOD, *FIRST_DRAFT)
    channel.finder.said = None  # type: ignore[assignment]  # what no port gives
    briefing = await channel.brief(NEXT_DAY, *NEXT_DRAFT)
    assert briefing.since is not None
    assert briefing.since.changes == ()
