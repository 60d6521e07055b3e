"""A correction is made once and shown: dropped, restored, rewritten, kept or not."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from bot.briefing.documents import Document
from bot.briefing.edits import current_line, line_fingerprint, may_be_rewritten, parts_of
from bot.briefing.lines import Answer, Briefing, Line
from bot.briefing.tasks import Judgement
from bot.service.briefing_service import BriefingService
from bot.service.errors import ModelFailure
from bot.service.extractive_writer import ExtractiveWriter
from bot.service.job_steps import JobSteps
from bot.service.ports import Correction, Judge, Mention
from tests.fakes import FixedJudge, FixedReader, MemoryArchive, Transcript, job_steps
from tests.slack.examples import answer, briefing, mention

BOTTOM = 1
"""The number of the bottom line of `briefing`: it rests on A2."""
HOLDS = "Arland and Borland agreed on Monday to reopen the line if inspectors clear the bridge."
HOLDS_NOT = "The two agreed to reopen the line by 3 June."


class Scene:
    """A reply in a thread, and its asker in the evidence."""

    def __init__(self, outcome: Briefing | Answer, judge: Judge | None = None) -> None:
        self.archive, self.transcript = MemoryArchive(), Transcript()
        self.briefing_service = BriefingService(FixedReader(), ExtractiveWriter(), "0", judge=judge)
        self.mention = mention()
        self.given = outcome
        self.count = 0

    @property
    def story(self) -> JobSteps:
        return job_steps(self.briefing_service, self.archive, self.transcript)

    async def begin(self) -> None:
        await self.archive.record(self.mention)
        await self.archive.keep_outcome(self.mention, self.given)

    async def asks(
        self, action: Any, number: int = BOTTOM, text: str = "", seen: str = ""
    ) -> Mention:
        """What a press in the evidence records."""
        self.count += 1
        now = current_line(await self.outcome(), number)
        seen = seen or (line_fingerprint(now) if now else "")
        asked = replace(
            self.mention,
            key=f"{self.mention.key}:correct:{self.count}",
            intent="correct",
            about=self.mention.key,
            correction=Correction(action, number, seen, "Ana", "V1", 0, text=text),
        )
        await self.archive.record(asked)
        return asked

    async def does(self, asked: Mention) -> None:
        story = self.story
        await story.read(asked.key)
        await story.write(asked.key)
        await story.post(asked.key)

    async def corrects(self, action: Any, number: int = BOTTOM, text: str = "") -> None:
        await self.does(await self.asks(action, number, text))

    async def outcome(self) -> Briefing | Answer:
        outcome = await self.archive.outcome(self.mention.key)
        assert isinstance(outcome, Briefing | Answer)
        return outcome

    async def line(self, number: int = BOTTOM) -> Line | None:
        return current_line(await self.outcome(), number)

    @property
    def told(self) -> str:
        return self.transcript.corrections[-1][1]


async def scene(outcome: Briefing | Answer | None = None, judge: Judge | None = None) -> Scene:
    made = Scene(outcome or briefing(), judge)
    await made.begin()
    return made


async def test_a_dropped_line_can_be_restored() -> None:
    here = await scene()
    await here.corrects("drop")
    outcome = await here.outcome()
    assert isinstance(outcome, Briefing)
    assert outcome.bottom_line is None
    assert here.transcript.shown_again == [outcome]

    await here.corrects("restore")
    assert await here.outcome() == here.given
    assert here.transcript.shown_again[-1] == here.given


async def test_dropping_one_side_drops_the_whole_difference_and_can_be_undone() -> None:
    here = await scene()
    await here.corrects("drop", 3)
    outcome = await here.outcome()
    assert isinstance(outcome, Briefing)
    assert outcome.differences == ()
    await here.corrects("restore", 2)
    assert await here.outcome() == here.given


async def test_a_rewritten_line_that_passes_replaces_the_earlier_one() -> None:
    here = await scene()
    await here.corrects("rewrite", text=HOLDS)
    now = await here.line()

    assert now is not None
    assert (now.text, now.edited and now.edited.by, now.is_verified) == (HOLDS, "Ana", True)
    assert (await here.outcome()).receipt.edited == 1
    assert here.told == ""


async def test_a_rewritten_line_that_fails_awaits_its_author_s_decision() -> None:
    here = await scene()
    await here.corrects("rewrite", text=HOLDS_NOT)
    outcome = await here.outcome()

    assert await here.line() == current_line(here.given, BOTTOM)
    (edit,) = outcome.edits
    assert edit.line is not None
    assert edit.line.edited is not None
    assert "3 June" in edit.line.edited.objections[0].message
    assert here.transcript.shown_again == []
    assert here.transcript.corrections == [(outcome, "")]


async def test_a_failing_line_that_is_kept_is_marked_as_not_verified() -> None:
    here = await scene()
    await here.corrects("rewrite", text=HOLDS_NOT)
    await here.corrects("mine")
    now = await here.line()

    assert now is not None
    assert (now.text, now.is_verified) == (HOLDS_NOT, False)
    assert (await here.outcome()).receipt.unverified == 1
    assert here.transcript.shown_again == [await here.outcome()]


async def test_the_author_may_return_to_the_earlier_line() -> None:
    here = await scene()
    await here.corrects("rewrite", text=HOLDS)
    await here.corrects("rewrite", text=HOLDS_NOT)
    await here.corrects("earlier")
    now = await here.line()

    assert now is not None
    assert now.text == HOLDS
    assert len((await here.outcome()).edits) == 1


async def test_the_judge_decides_on_a_rewritten_line_that_no_check_refutes() -> None:
    judge = FixedJudge("Monday")
    here = await scene(judge=judge)
    await here.corrects("rewrite", text=HOLDS)
    (edit,) = (await here.outcome()).edits
    assert edit.line is not None
    assert edit.line.edited is not None
    assert [reason.check for reason in edit.line.edited.objections] == ["judge"]

    here = await scene(judge=FixedJudge())
    await here.corrects("rewrite", text=HOLDS)
    now = await here.line()
    assert now is not None
    assert now.judge == "judge-1"


async def test_a_rewritten_line_that_a_check_refutes_is_not_judged() -> None:
    judge = FixedJudge()
    here = await scene(judge=judge)
    await here.corrects("rewrite", text=HOLDS_NOT)
    assert judge.asked == []


class SilentJudge(FixedJudge):
    """A judge that does not answer."""

    async def judge(self, lines: Sequence[Line], documents: Sequence[Document]) -> Judgement:
        await asyncio.Event().wait()
        raise AssertionError


@pytest.mark.parametrize("judge", [FixedJudge(failure=ModelFailure("No.")), SilentJudge(), None])
async def test_if_no_judge_answers_the_doubts_decide(judge: Judge | None) -> None:
    doubtful = "Borland never asked for any money."
    here = await scene(judge=judge)
    story = here.story
    in_a_moment = replace(story.corrections, judge_seconds=0.05)
    for text, number in ((HOLDS, BOTTOM), (doubtful, 4)):
        asked = await here.asks("rewrite", number, text)
        await here.archive.keep_outcome(asked, await in_a_moment.make(asked))
    edits = {edit.number: edit for edit in (await here.outcome()).edits}

    assert edits[BOTTOM].is_decided
    assert [each.line and each.line.judge for each in edits.values()] == [None, None]
    assert not edits[4].is_decided


@pytest.mark.parametrize("step", [0, 1, 2])
async def test_a_repeated_step_changes_nothing(step: int) -> None:
    """After a crash between what it made and what it kept, or said."""
    here = await scene()
    asked = await here.asks("drop")
    story = here.story
    if step == 0:
        await story.corrections.make(asked)
    await story.write(asked.key)
    once = await here.outcome()
    if step == 1:
        await story.write(asked.key)
    if step == 2:
        kept = await here.archive.outcome(asked.key)
        assert kept is not None
        await here.transcript.again(once)
    await story.post(asked.key)
    await story.post(asked.key)

    assert await here.outcome() == once
    assert here.told == ""
    assert await here.archive.mention(asked.key) is None


async def test_of_two_dialogs_about_one_line_the_later_is_told_that_it_changed() -> None:
    here = await scene()
    first = await here.asks("rewrite", text=HOLDS)
    second = await here.asks("drop")
    await here.does(first)
    await here.does(second)
    now = await here.line()

    assert now is not None
    assert now.text == HOLDS
    assert "has changed in the meantime" in here.told


async def test_two_dialogs_may_change_two_lines() -> None:
    here = await scene()
    first, second = await here.asks("drop", 4), await here.asks("rewrite", text=HOLDS)
    await asyncio.gather(here.does(first), here.does(second))
    assert {edit.number for edit in (await here.outcome()).edits} == {4, BOTTOM}


async def test_the_last_line_cannot_be_dropped() -> None:
    """An answer without lines would say that the sources do not say."""
    here = await scene(answer())
    await here.corrects("drop", 0)
    assert await here.outcome() == here.given
    assert "the last line" in here.told


async def test_while_the_model_s_version_is_awaited_nothing_can_be_edited() -> None:
    here = await scene(briefing(awaits=9e9))
    await here.corrects("drop")
    assert await here.outcome() == here.given
    assert "still working" in here.told


async def test_a_deleted_reply_cannot_be_edited() -> None:
    here = await scene()
    asked = await here.asks("drop")
    await here.archive.delete(here.mention.key)
    await here.does(asked)
    assert here.transcript.corrections == [(None, here.told)]
    assert "Nothing is stored" in here.told


async def test_a_decision_that_was_already_made_is_reported() -> None:
    here = await scene()
    await here.corrects("mine")
    assert "has changed in the meantime" in here.told


async def test_an_edit_that_fails_is_reported() -> None:
    here = await scene()
    asked = await here.asks("drop")
    await here.story.give_up(asked.key)
    assert "try again" in here.told
    assert await here.archive.mention(asked.key) is None


async def test_an_edit_that_is_stored_but_not_shown_is_reported() -> None:
    here = await scene()
    asked = await here.asks("drop")
    await here.story.write(asked.key)
    await here.story.give_up(asked.key)
    assert "Your edit is stored" in here.told


async def test_unverified_words_carry_no_links_or_mentions() -> None:
    here = await scene()
    await here.corrects("rewrite", text="See evil.example and <!channel>, @ann.")
    await here.corrects("mine")
    now = await here.line()
    assert now is not None
    assert "evil.example" not in now.text
    assert "<!channel" not in now.text
    assert "@ann" not in now.text


LINES = [each for part in parts_of(briefing()) for each in part.lines]


@pytest.mark.parametrize("number", [n for n, each in enumerate(LINES) if may_be_rewritten(each)])
async def test_every_written_line_can_be_rewritten_in_place(number: int) -> None:
    here = await scene()
    await here.corrects("rewrite", number, "Ministers of Arland and Borland agreed.")
    (edit,) = (await here.outcome()).edits
    assert edit.number == number
    if not edit.is_decided:
        await here.corrects("mine", number)
    now = await here.line(number)
    assert now is not None
    assert "Ministers of Arland" in now.text
    assert type(now) is type(LINES[number])


@pytest.mark.parametrize("number", [n for n, x in enumerate(LINES) if not may_be_rewritten(x)])
async def test_the_source_s_own_words_can_be_dropped_but_not_rewritten(number: int) -> None:
    here = await scene()
    await here.corrects("rewrite", number, "Ministers of Arland and Borland agreed.")
    assert "the source’s own words" in here.told
    assert await here.outcome() == here.given
    await here.corrects("drop", number)
    assert await here.line(number) is None
