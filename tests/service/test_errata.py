"""A wrong line is corrected wherever a reply rests on it, once, and nowhere else."""

from collections import defaultdict
from dataclasses import replace
from typing import Any

import pytest

from bot.briefing.digest import DatedCommitment, Digest, DigestHistory, Story, without_text
from bot.briefing.documents import Document
from bot.briefing.edits import line_fingerprint, parts_of
from bot.briefing.errata import erratum_by_person
from bot.briefing.lines import Answer, Briefing, Change, EarlierLine, EarlierReply, Line, Since
from bot.service.briefing_service import BriefingService
from bot.service.errors import NO_ANSWER, SlackFailure
from bot.service.extractive_writer import ExtractiveWriter
from bot.service.job_steps import JobSteps
from bot.service.ports import Correction, Due, Mention, Notice, Outcome, ThreadReply
from bot.service.reminders import reminders_in
from tests.fakes import (
    FixedReader,
    MemoryArchive,
    MemoryDigests,
    MemoryReminders,
    Transcript,
    corrections,
    job_steps,
)
from tests.slack.examples import answer, briefing, document, line, mention

PAGE = "https://example.org/rail"
THEN = document(key=PAGE, is_public=True)
REOPENS = THEN.sentence(2)
NOW = document(THEN.text.replace("1 June", "1 July"), key=PAGE, is_public=True)
CONTRADICTION = "The line will reopen by 1 July instead of 1 June."
DAY = 1_937_260_800.0  # 23 May 2031
SAID = (
    "Correction (23 May): The Daily now says otherwise. Before: “The two agreed to "
    f"reopen the line.” Now: {CONTRADICTION}"
)


class Threads:
    """`ports.Replies` with a transcript for each thread; some threads are closed."""

    def __init__(self) -> None:
        self.of: defaultdict[str, Transcript] = defaultdict(Transcript)
        self.failing: dict[str, SlackFailure] = {}

    def to(self, mention: Mention) -> ThreadReply:
        if mention.key in self.failing:
            return ClosedThread(self.failing[mention.key])
        return self.of[mention.key]

    def messages_below(self) -> dict[str, list[str]]:
        """The messages below each reply, by its key, repetitions left out."""
        said = {key: list(dict(t.said_below)) for key, t in self.of.items() if t.said_below}
        return {key: texts for key, texts in said.items() if texts}


class ClosedThread(Transcript):
    def __init__(self, failure: SlackFailure) -> None:
        super().__init__()
        self.failure = failure

    async def again(self, outcome: Outcome, edit: str = "") -> None:
        raise self.failure


class Setup:
    def __init__(self) -> None:
        self.archive, self.threads = MemoryArchive(), Threads()
        self.corrections = replace(corrections(self.archive, self.threads), clock=lambda: DAY)

    @property
    def steps(self) -> JobSteps:
        service = BriefingService(FixedReader(), ExtractiveWriter(), "0")
        return job_steps(service, self.archive, self.threads)

    async def replied(self, outcome: Outcome, **fields: Any) -> Mention:
        asked = mention(**fields)
        await self.archive.record(asked)
        await self.archive.keep_outcome(asked, outcome)
        return asked

    async def corrected(self, asked: Mention) -> str | None:
        outcome = await self.archive.outcome(asked.key)
        return outcome.corrected if isinstance(outcome, Briefing | Answer) else None


def earlier_line(asked: Mention, number: int = 2, source: Any = THEN) -> EarlierLine:
    reply = EarlierReply(asked.key, asked.thread, "2031-05-12", "Rail")
    text = "The two agreed to reopen the line."
    return EarlierLine(text, (source.passage(number),), reply, "The Daily")


def later(then: EarlierLine, source: Any = NOW, **fields: Any) -> Briefing:
    """A briefing of the changed page."""
    stated: dict[str, Any] = {"kind": "contradicts", "then": (then,)}
    change = Change(CONTRADICTION, "event", None, (source.passage(2),), **(stated | fields))
    return briefing(source, since=Since((then.reply,), (change,)))


async def test_a_line_that_its_page_now_denies_is_corrected_wherever_a_reply_rests_on_it() -> None:
    setup = Setup()
    first = await setup.replied(briefing(THEN))
    question = answer(THEN, lines=(line("By 1 June.", THEN, 2),))
    asked = await setup.replied(question, key="msg:T1:C1:5.0")
    copy = await setup.replied(
        briefing(THEN), key=f"{first.key}:share:V1", channel="C2", thread="9.0"
    )
    await setup.replied(answer(THEN), key="msg:T1:C1:6.0")  # rests on another sentence
    same = line("The two agreed to reopen the line.", NOW, 4)  # which the page still has
    await setup.replied(answer(NOW, lines=(same,)), key="msg:T1:C1:6.5")
    await setup.replied(briefing(THEN), key="msg:T1:C3:7.0", channel="C3", thread="7.0")
    outcome = later(earlier_line(first))
    new = await setup.replied(outcome, key="msg:T1:C1:8.0", thread="8.0")

    await setup.corrections.post_errata(new, outcome)
    await setup.corrections.post_errata(new, outcome)

    assert setup.threads.messages_below() == {
        key: [SAID] for key in (first.key, asked.key, copy.key)
    }
    for each in (first, asked, copy):
        assert await setup.corrected(each) == "2031-05-23"
        assert setup.threads.of[each.key].shown_again[-1] == await setup.archive.outcome(each.key)
    marked = await setup.archive.outcome(first.key)
    assert isinstance(marked, Briefing)
    days = {each.text: each.corrected for part in parts_of(marked) for each in part.lines}
    assert days.pop("The two agreed to reopen the line.") == "2031-05-23"
    assert set(days.values()) == {None}
    assert marked.made_from is None


@pytest.mark.parametrize(
    "outcome",
    [
        lambda then: later(then, replace(NOW, key="https://other.example/rail")),
        lambda then: later(then, replace(NOW, key=None)),
        lambda then: later(then, THEN),
        lambda then: later(then, kind="missed"),
        lambda then: replace(later(then), since=None),
    ],
    ids=["another page", "no page", "the same words", "not denied", "nothing compared"],
)
async def test_other_news_corrects_nothing(outcome: Any) -> None:
    setup = Setup()
    first = await setup.replied(briefing(THEN))
    said = outcome(earlier_line(first))
    new = await setup.replied(said, key="msg:T1:C1:8.0", thread="8.0")
    await setup.corrections.post_errata(new, said)

    assert setup.threads.messages_below() == {}
    assert await setup.corrected(first) is None


async def test_posting_a_briefing_posts_its_corrections() -> None:
    setup = Setup()
    first = await setup.replied(briefing(THEN))
    new = await setup.replied(later(earlier_line(first)), key="msg:T1:C1:8.0", thread="8.0")
    await setup.steps.post(new.key)
    assert list(setup.threads.messages_below()) == [first.key]


async def test_another_channel_does_not_learn_what_a_private_page_says_now() -> None:
    setup = Setup()
    then, now = replace(THEN, is_public=False), replace(NOW, is_public=False)
    first = await setup.replied(briefing(then))
    copy = await setup.replied(
        briefing(then), key=f"{first.key}:share:V1", channel="C2", thread="9.0"
    )
    outcome = later(earlier_line(first, source=then), now)
    await setup.corrections.post_errata(
        await setup.replied(outcome, key="n", thread="8.0"), outcome
    )

    said = setup.threads.messages_below()
    assert said[first.key] == [SAID]
    assert said[copy.key] == [SAID.partition(" Now: ")[0]]


async def test_another_channel_does_not_learn_a_line_that_it_was_not_shown() -> None:
    setup = Setup()
    first = await setup.replied(briefing(THEN))
    own = line("Part of the line may reopen.", THEN, 2)
    shared = briefing(THEN, headline=None, bottom_line=own, key_points=())
    copy = await setup.replied(shared, key=f"{first.key}:share:V1", channel="C2", thread="9.0")
    outcome = later(earlier_line(first))
    await setup.corrections.post_errata(
        await setup.replied(outcome, key="n", thread="8.0"), outcome
    )

    (said,) = setup.threads.messages_below()[copy.key]
    assert "“Part of the line may reopen.”" in said
    assert "The two agreed" not in said


async def test_a_closed_thread_does_not_prevent_corrections_elsewhere() -> None:
    setup = Setup()
    first = await setup.replied(briefing(THEN))
    second = await setup.replied(briefing(THEN), key="msg:T1:C1:5.0", thread="5.0")
    setup.threads.failing[first.key] = SlackFailure("Closed.", code="is_archived")
    outcome = later(earlier_line(first))
    new = await setup.replied(outcome, key="msg:T1:C1:8.0", thread="8.0")
    await setup.corrections.post_errata(new, outcome)
    assert list(setup.threads.messages_below()) == [second.key]

    setup.threads.failing[first.key] = SlackFailure("Away.", code=NO_ANSWER)
    with pytest.raises(SlackFailure, match="Away"):
        await setup.corrections.post_errata(new, outcome)
    del setup.threads.failing[first.key]
    await setup.corrections.post_errata(new, outcome)
    assert set(setup.threads.messages_below()) == {first.key, second.key}


async def test_a_reply_whose_model_version_is_awaited_is_not_corrected() -> None:
    setup = Setup()
    first = await setup.replied(briefing(THEN, awaits=9e9))
    outcome = later(earlier_line(first))
    await setup.corrections.post_errata(
        await setup.replied(outcome, key="n", thread="8.0"), outcome
    )
    assert setup.threads.messages_below() == {}


def digest_of(*lines: Line, source: Document = THEN) -> Notice:
    """A digest with one story."""
    known = without_text(source)
    headline, mark = line("Rail", source, 1), ("new", (known,), (source.words,), ("The Daily",))
    story = Story("s1", headline, lines, *mark)  # type: ignore[arg-type]
    return Notice("New.", digest=Digest("2031-05-13T08:00:00", (story,), briefing().receipt))


async def test_a_digest_with_the_line_is_corrected_like_any_reply() -> None:
    setup = Setup()
    first = await setup.replied(briefing(THEN))
    wrong = line("The two agreed to reopen the line.", THEN, 2)
    fields: dict[str, Any] = {"thread": "digest:d1:1", "intent": "digest"}
    said = digest_of(wrong, line("It denies.", THEN, 4))
    assert said.digest is not None
    promised = replace(briefing(THEN).commitments[0], text=wrong.text)
    due = (DatedCommitment(promised, without_text(THEN)),)
    said = replace(said, digest=replace(said.digest, due=due))
    digest = await setup.replied(said, key="digest:d1:1", **fields)
    apart = await setup.replied(digest_of(line("It denies.", THEN, 4)), key="digest:d1:2", **fields)
    outcome = later(earlier_line(first))
    new = await setup.replied(outcome, key="msg:T1:C1:8.0", thread="8.0")
    for _ in range(2):
        await setup.corrections.post_errata(new, outcome)

    assert setup.threads.messages_below() == {first.key: [SAID], digest.key: [SAID]}
    shown = setup.threads.of[digest.key].shown_again[-1]
    assert isinstance(shown, Notice)
    assert shown.digest is not None
    assert shown.digest.corrected == "2031-05-23"
    assert [each.corrected for each in shown.digest.stories[0].lines] == ["2031-05-23", None]
    assert shown.digest.due[0].line.corrected == "2031-05-23"
    assert await setup.archive.outcome(apart.key) == digest_of(line("It denies.", THEN, 4))


@pytest.mark.parametrize("by_hand", [False, True])
async def test_a_commitment_that_turned_out_wrong_is_no_longer_due(by_hand: bool) -> None:
    setup = Setup()
    said = "The two agreed to reopen the line."
    promised = replace(briefing(THEN).commitments[0], text=said, deadline_date="2031-06-01")
    other = replace(promised, text="Another.", evidence=(THEN.passage(4),))
    first = await setup.replied(replace(briefing(THEN), commitments=(promised, other)))
    key = "digest:d1:1"
    digest = await setup.replied(digest_of(), key=key, thread=key, intent="digest", about="d1")
    planned, reminders = setup.corrections.digests, setup.corrections.reminders.reminders
    due = tuple(DatedCommitment(each, without_text(THEN)) for each in (promised, other))
    assert isinstance(planned, MemoryDigests)
    planned.kept_told["d1"] = DigestHistory(due=due)
    reminder = await setup.replied(Notice("Due.", due=Due("2031-06-01")), key="due:1", intent="due")
    outcome = await setup.archive.outcome(first.key)
    assert isinstance(outcome, Briefing)
    assert isinstance(reminders, MemoryReminders)
    await reminders.keep(first, list(reminders_in(first, outcome, None, "UTC", DAY)))
    assert len(reminders.kept) == 2
    reminders.claimed = dict.fromkeys(reminders.kept, reminder.key)

    if by_hand:
        await setup.corrections.post_erratum(first, erratum_by_person("Ana", promised, THEN))
    else:
        outcome = later(earlier_line(first))
        new = await setup.replied(outcome, key="msg:T1:C1:8.0", thread="8.0")
        await setup.corrections.post_errata(new, outcome)

    assert digest.about is not None
    assert [each.line.text for each in (await planned.told("d1")).due] == ["Another."]
    shown = setup.threads.of[reminder.key].shown_again[-1]
    assert isinstance(shown, Notice)
    assert shown.due is not None
    assert [each.line.text for each in shown.due.reminders] == ["Another."]


async def mark_wrong(setup: Setup, target: Mention, number: int = 1, seen: str = "") -> Mention:
    """Mark a line of the reply as wrong."""
    outcome = await setup.archive.outcome(target.key)
    assert isinstance(outcome, Briefing | Answer)
    shown = [each for part in parts_of(outcome) for each in part.lines]
    correction = Correction(
        "wrong", number, seen or line_fingerprint(shown[number]), "Ana", "V1", 0
    )
    asked = replace(
        target, key=f"{target.key}:correct:{number}", intent="correct", about=target.key,
        correction=correction,
    )  # fmt: skip
    await setup.archive.record(asked)
    for step in (setup.steps.read, setup.steps.write, setup.steps.post):
        await step(asked.key)
    return asked


async def test_a_line_that_the_asker_marks_as_wrong_is_corrected_in_every_copy() -> None:
    setup = Setup()
    first = await setup.replied(briefing(THEN))
    copy = await setup.replied(
        briefing(THEN), key=f"{first.key}:share:V1", channel="C2", thread="9.0"
    )
    other_words = answer(THEN, lines=(line("By 1 June.", THEN, 2),))
    await setup.replied(other_words, key="msg:T1:C1:5.0")
    await setup.replied(briefing(THEN), key="msg:T1:C3:7.0", channel="C3", thread="7.0")
    await mark_wrong(setup, first)

    said = setup.threads.messages_below()
    assert said.keys() == {first.key, copy.key}
    assert said[copy.key][0].endswith(
        "): Ana marked this line as wrong: “The two agreed to reopen the line.”"
    )
    outcome = await setup.archive.outcome(first.key)
    assert isinstance(outcome, Briefing)
    assert outcome.bottom_line is not None
    assert outcome.bottom_line.corrected == outcome.corrected is not None
    assert await setup.archive.mention(f"{first.key}:correct:1") is None


async def test_marking_a_copy_does_not_correct_its_original() -> None:
    setup = Setup()
    first = await setup.replied(briefing(THEN))
    copy = await setup.replied(
        briefing(THEN), key=f"{first.key}:share:V1", channel="C2", thread="9.0"
    )
    await mark_wrong(setup, copy)
    assert list(setup.threads.messages_below()) == [copy.key]
    assert await setup.corrected(first) is None


async def test_a_line_that_has_changed_meanwhile_is_not_marked() -> None:
    setup = Setup()
    first = await setup.replied(briefing(THEN))
    asked = await mark_wrong(setup, first, seen="another")
    assert setup.threads.messages_below() == {}
    assert "has changed in the meantime" in setup.threads.of[asked.key].corrections[-1][1]


async def test_a_correction_mark_survives_edits_of_other_lines() -> None:
    setup = Setup()
    first = await setup.replied(briefing(THEN))
    await mark_wrong(setup, first)
    marked = await setup.archive.outcome(first.key)
    assert isinstance(marked, Briefing)
    dropped = Correction("drop", 0, line_fingerprint(_first(marked)), "Ana", "V1", 0)
    asked = replace(first, key="d", intent="correct", about=first.key, correction=dropped)
    await setup.archive.record(asked)
    await setup.steps.write(asked.key)

    left = await setup.archive.outcome(first.key)
    assert isinstance(left, Briefing)
    assert left.headline is None
    assert left.bottom_line == marked.bottom_line
    assert left.corrected == marked.corrected is not None


def _first(outcome: Briefing) -> Line:
    assert outcome.headline is not None
    return outcome.headline
