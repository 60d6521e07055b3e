"""Edits of a briefing: lines dropped, restored, rewritten, kept or not."""

import asyncio
from dataclasses import replace
from typing import Any

import pytest

from bot.briefing.edits import current_line, line_fingerprint, may_be_rewritten, parts_of
from bot.briefing.lines import Answer, Briefing, Line
from bot.service.briefing_service import BriefingService
from bot.service.errors import ModelFailure
from bot.service.extractive_writer import ExtractiveWriter
from bot.service.job_steps import JobSteps
from bot.service.ports import Correction, Judge, Mention
from tests.fakes import FixedJudge, FixedReader, MemoryArchive, Transcript, job_steps
from tests.slack.examples import answer, briefing, mention

BOTTOM = 1
"""The number of the bottom line of `briefing`: it rests on A2."""
SUPPORTED = "Arland and Borland agreed on Monday to reopen the line if inspectors clear the bridge."
UNSUPPORTED = "The two agreed to reopen the line by 3 June."


class Setup:
    """A reply in a thread, and its asker in the evidence."""

    def __init__(self, outcome: Briefing | Answer, judge: Judge | None = None) -> None:
        self.archive, self.transcript = MemoryArchive(), Transcript()
        self.briefing_service = BriefingService(FixedReader(), ExtractiveWriter(), "0", judge=judge)
        self.mention = mention()
        self.given = outcome
        self.count = 0

    @property
    def steps(self) -> JobSteps:
        return job_steps(self.briefing_service, self.archive, self.transcript)

    async def begin(self) -> None:
        await self.archive.record(self.mention)
        await self.archive.keep_outcome(self.mention, self.given)

    async def record_press(
        self, action: Any, number: int = BOTTOM, text: str = "", seen: str = ""
    ) -> Mention:
        """Record the mention of a press in the evidence."""
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

    async def run_steps(self, asked: Mention) -> None:
        steps = self.steps
        await steps.read(asked.key)
        await steps.write(asked.key)
        await steps.post(asked.key)

    async def apply_edit(self, action: Any, number: int = BOTTOM, text: str = "") -> None:
        await self.run_steps(await self.record_press(action, number, text))

    async def outcome(self) -> Briefing | Answer:
        outcome = await self.archive.outcome(self.mention.key)
        assert isinstance(outcome, Briefing | Answer)
        return outcome

    async def line(self, number: int = BOTTOM) -> Line | None:
        return current_line(await self.outcome(), number)

    @property
    def message(self) -> str:
        return self.transcript.corrections[-1][1]


async def setup(outcome: Briefing | Answer | None = None, judge: Judge | None = None) -> Setup:
    made = Setup(outcome or briefing(), judge)
    await made.begin()
    return made


async def test_a_dropped_line_can_be_restored() -> None:
    editor = await setup()
    await editor.apply_edit("drop")
    outcome = await editor.outcome()
    assert isinstance(outcome, Briefing)
    assert outcome.bottom_line is None
    assert editor.transcript.shown_again == [outcome]

    await editor.apply_edit("restore")
    assert await editor.outcome() == editor.given
    assert editor.transcript.shown_again[-1] == editor.given


async def test_dropping_one_side_drops_the_whole_difference_and_can_be_undone() -> None:
    editor = await setup()
    await editor.apply_edit("drop", 3)
    outcome = await editor.outcome()
    assert isinstance(outcome, Briefing)
    assert outcome.differences == ()
    await editor.apply_edit("restore", 2)
    assert await editor.outcome() == editor.given


async def test_a_rewritten_line_that_passes_replaces_the_earlier_one() -> None:
    editor = await setup()
    await editor.apply_edit("rewrite", text=SUPPORTED)
    now = await editor.line()

    assert now is not None
    assert (now.text, now.edited and now.edited.by, now.is_verified) == (SUPPORTED, "Ana", True)
    assert (await editor.outcome()).receipt.edited == 1
    assert editor.message == ""


async def test_a_rewritten_line_that_fails_awaits_its_author_s_decision() -> None:
    editor = await setup()
    await editor.apply_edit("rewrite", text=UNSUPPORTED)
    outcome = await editor.outcome()

    assert await editor.line() == current_line(editor.given, BOTTOM)
    (edit,) = outcome.edits
    assert edit.line is not None
    assert edit.line.edited is not None
    assert "3 June" in edit.line.edited.objections[0].message
    assert editor.transcript.shown_again == []
    assert editor.transcript.corrections == [(outcome, "")]


async def test_a_failing_line_that_is_kept_is_marked_as_not_verified() -> None:
    editor = await setup()
    await editor.apply_edit("rewrite", text=UNSUPPORTED)
    await editor.apply_edit("mine")
    now = await editor.line()

    assert now is not None
    assert (now.text, now.is_verified) == (UNSUPPORTED, False)
    assert (await editor.outcome()).receipt.unverified == 1
    assert editor.transcript.shown_again == [await editor.outcome()]


async def test_the_author_may_return_to_the_earlier_line() -> None:
    editor = await setup()
    await editor.apply_edit("rewrite", text=SUPPORTED)
    await editor.apply_edit("rewrite", text=UNSUPPORTED)
    await editor.apply_edit("earlier")
    now = await editor.line()

    assert now is not None
    assert now.text == SUPPORTED
    assert len((await editor.outcome()).edits) == 1


async def test_the_judge_decides_on_a_rewritten_line_that_no_check_refutes() -> None:
    judge = FixedJudge("Monday")
    editor = await setup(judge=judge)
    await editor.apply_edit("rewrite", text=SUPPORTED)
    (edit,) = (await editor.outcome()).edits
    assert edit.line is not None
    assert edit.line.edited is not None
    assert [reason.check for reason in edit.line.edited.objections] == ["judge"]

    editor = await setup(judge=FixedJudge())
    await editor.apply_edit("rewrite", text=SUPPORTED)
    now = await editor.line()
    assert now is not None
    assert now.judge == "judge-1"


async def test_a_rewritten_line_that_a_check_refutes_is_not_judged() -> None:
    judge = FixedJudge()
    editor = await setup(judge=judge)
    await editor.apply_edit("rewrite", text=UNSUPPORTED)
    assert judge.asked == []


@pytest.mark.parametrize(
    "judge", [FixedJudge(failure=ModelFailure("No.")), FixedJudge(hangs=True), None]
)
async def test_if_no_judge_answers_the_doubts_decide(judge: Judge | None) -> None:
    doubtful = "Borland never asked for any money."
    editor = await setup(judge=judge)
    steps = editor.steps
    in_a_moment = replace(steps.corrections, judge_seconds=0.05)
    for text, number in ((SUPPORTED, BOTTOM), (doubtful, 4)):
        asked = await editor.record_press("rewrite", number, text)
        await editor.archive.keep_outcome(asked, await in_a_moment.make(asked))
    edits = {edit.number: edit for edit in (await editor.outcome()).edits}

    assert edits[BOTTOM].is_decided
    assert [each.line and each.line.judge for each in edits.values()] == [None, None]
    assert not edits[4].is_decided


@pytest.mark.parametrize("step", [0, 1, 2])
async def test_a_repeated_step_changes_nothing(step: int) -> None:
    """As after a crash between two writes, or before posting."""
    editor = await setup()
    asked = await editor.record_press("drop")
    steps = editor.steps
    if step == 0:
        await steps.corrections.make(asked)
    await steps.write(asked.key)
    once = await editor.outcome()
    if step == 1:
        await steps.write(asked.key)
    if step == 2:
        kept = await editor.archive.outcome(asked.key)
        assert kept is not None
        await editor.transcript.again(once)
    await steps.post(asked.key)
    await steps.post(asked.key)

    assert await editor.outcome() == once
    assert editor.message == ""
    assert await editor.archive.mention(asked.key) is None


async def test_of_two_dialogs_about_one_line_the_later_is_told_that_it_changed() -> None:
    editor = await setup()
    first = await editor.record_press("rewrite", text=SUPPORTED)
    second = await editor.record_press("drop")
    await editor.run_steps(first)
    await editor.run_steps(second)
    now = await editor.line()

    assert now is not None
    assert now.text == SUPPORTED
    assert "has changed in the meantime" in editor.message


async def test_two_dialogs_may_change_two_lines() -> None:
    editor = await setup()
    first, second = (
        await editor.record_press("drop", 4),
        await editor.record_press("rewrite", text=SUPPORTED),
    )
    await asyncio.gather(editor.run_steps(first), editor.run_steps(second))
    assert {edit.number for edit in (await editor.outcome()).edits} == {4, BOTTOM}


async def test_the_last_line_cannot_be_dropped() -> None:
    """Without lines an answer would mean that the sources do not say."""
    editor = await setup(answer())
    await editor.apply_edit("drop", 0)
    assert await editor.outcome() == editor.given
    assert "the last line" in editor.message


async def test_while_the_model_s_version_is_awaited_nothing_can_be_edited() -> None:
    editor = await setup(briefing(awaits=9e9))
    await editor.apply_edit("drop")
    assert await editor.outcome() == editor.given
    assert "still working" in editor.message


async def test_a_deleted_reply_cannot_be_edited() -> None:
    editor = await setup()
    asked = await editor.record_press("drop")
    await editor.archive.delete(editor.mention.key)
    await editor.run_steps(asked)
    assert editor.transcript.corrections == [(None, editor.message)]
    assert "Nothing is stored" in editor.message


async def test_a_decision_that_was_already_made_is_reported() -> None:
    editor = await setup()
    await editor.apply_edit("mine")
    assert "has changed in the meantime" in editor.message


async def test_an_edit_that_fails_is_reported() -> None:
    editor = await setup()
    asked = await editor.record_press("drop")
    await editor.steps.give_up(asked.key)
    assert "try again" in editor.message
    assert await editor.archive.mention(asked.key) is None


async def test_an_edit_that_is_stored_but_not_shown_is_reported() -> None:
    editor = await setup()
    asked = await editor.record_press("drop")
    await editor.steps.write(asked.key)
    await editor.steps.give_up(asked.key)
    assert "Your edit is stored" in editor.message


async def test_unverified_words_carry_no_links_or_mentions() -> None:
    editor = await setup()
    await editor.apply_edit("rewrite", text="See evil.example and <!channel>, @ann.")
    await editor.apply_edit("mine")
    now = await editor.line()
    assert now is not None
    assert "evil.example" not in now.text
    assert "<!channel" not in now.text
    assert "@ann" not in now.text


LINES = [each for part in parts_of(briefing()) for each in part.lines]


@pytest.mark.parametrize("number", [n for n, each in enumerate(LINES) if may_be_rewritten(each)])
async def test_every_written_line_can_be_rewritten_in_place(number: int) -> None:
    editor = await setup()
    await editor.apply_edit("rewrite", number, "Ministers of Arland and Borland agreed.")
    (edit,) = (await editor.outcome()).edits
    assert edit.number == number
    if not edit.is_decided:
        await editor.apply_edit("mine", number)
    now = await editor.line(number)
    assert now is not None
    assert "Ministers of Arland" in now.text
    assert type(now) is type(LINES[number])


@pytest.mark.parametrize("number", [n for n, x in enumerate(LINES) if not may_be_rewritten(x)])
async def test_the_source_s_own_words_can_be_dropped_but_not_rewritten(number: int) -> None:
    editor = await setup()
    await editor.apply_edit("rewrite", number, "Ministers of Arland and Borland agreed.")
    assert "the source’s own words" in editor.message
    assert await editor.outcome() == editor.given
    await editor.apply_edit("drop", number)
    assert await editor.line(number) is None
