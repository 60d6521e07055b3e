"""Briefings from sources and answers to questions, whatever the writer does."""

import asyncio
import threading
from dataclasses import replace
from itertools import count

import pytest

from bot.briefing.catalogue import ENGLISH, catalogue
from bot.briefing.composition import Composition
from bot.briefing.documents import Excerpt, whole_excerpts
from bot.briefing.draft import DraftItem, DraftLine
from bot.briefing.lines import Briefing, Support
from bot.briefing.numbering import numbered
from bot.briefing.requests import DIFFERENCES_FIRST, PastedText, Source, WebPage, Wishes
from bot.briefing.tasks import RepairedItem, Usage, WritingTask
from bot.briefing.verification import Verdict
from bot.service.briefing_service import BriefingService, Reading
from bot.service.draft_and_repair import draft_and_repair
from bot.service.errors import ModelFailure, SourceError, Unreachable
from bot.service.extractive_writer import ExtractiveWriter
from tests.briefing.groups import group
from tests.fakes import (
    FixedJudge,
    FixedReader,
    MemoryArchive,
    ScriptedWriter,
    SlowReader,
    Transcript,
    job_steps,
)
from tests.service.service import BRIEF
from tests.texts import article, text_of

READING = Reading((article("demo"),))
QUESTION = "How much will the repairs to the bridge cost?"
BOTTOM = DraftItem(
    "bottom_line",
    DraftLine(
        evidence=["A3"],
        voice="event",
        speaker=None,
        text="Terren and Maske agreed to reopen the line by 1 June if inspectors clear the bridge.",
    ),
)
POINTS = tuple(
    DraftItem("key_points", DraftLine(evidence=[ref], voice="event", speaker=None, text=text))
    for ref, text in (
        ("A2", "The ministers met on Monday in Port Hallin."),
        ("A14", "Engineers found cracks in four of the 17 pillars."),
        ("A28", "The line was shut after the winter fighting of eleven years ago."),
    )
)
WRONG = DraftItem(
    "key_points",
    DraftLine(evidence=["A2"], voice="event", speaker=None, text="Atlantis will pay 77 million."),
)
DOUBTED = DraftItem(
    "key_points",
    DraftLine(
        evidence=["A13"],
        voice="event",
        speaker=None,
        text="The repairs will cost 48 million crowns.",
    ),
)
COST = DraftItem(
    "answer",
    DraftLine(
        evidence=["A13"],
        voice="attributed",
        speaker="the River Commission",
        text="The repairs will cost 48 million crowns, according to the River Commission.",
    ),
)
_MET = "Ilva Terren and Doran Maske met on Monday in Port Hallin."
USAGE = Usage(900, 80, cost_usd=0.01)
FAILURE = ModelFailure("The model stopped.")


def _service(writer: ScriptedWriter | ExtractiveWriter) -> BriefingService:
    ticks = count(10)
    return BriefingService(FixedReader(), writer, "0.1.0", clock=lambda: next(ticks))


async def _brief(*steps: DraftItem | Usage | ModelFailure) -> tuple[Briefing, Transcript]:
    transcript = Transcript()
    briefing = await _service(ScriptedWriter(*steps)).brief(READING, Wishes(), transcript)
    return briefing, transcript


async def test_sources_are_read_in_order_and_a_failing_one_affects_no_other() -> None:
    gone = Unreachable("No answer.", source="https://b.example")
    texts: dict[str, str | SourceError] = {"https://b.example": gone, "https://c.example": "Rain."}
    reader = FixedReader(**texts)
    briefing_service = BriefingService(reader, ExtractiveWriter(), "0.1.0")
    sources = (PastedText("One."), WebPage("https://b.example"), WebPage("https://c.example"))
    reading = await briefing_service.read(sources, after=25)
    assert [document.label for document in reading.documents] == ["Z", "AA"]
    assert [(one.source, one.kind) for one in reading.unread] == [("https://b.example", "network")]
    assert reading.failures == (gone,)


async def test_sources_are_read_concurrently_a_few_at_a_time() -> None:
    reader = SlowReader()
    sources = tuple(PastedText(f"Text {number}.") for number in range(20))
    reading = await BriefingService(reader, ExtractiveWriter(), "0.1.0").read(sources)
    assert [document.text for document in reading.documents] == [each.text for each in sources]
    assert [document.label for document in reading.documents] == [chr(65 + n) for n in range(20)]
    assert 1 < reader.most_at_once <= 6


async def test_a_source_after_the_twentieth_is_named_and_not_read() -> None:
    reader = FixedReader()
    texts = tuple(PastedText(f"Text {number}.") for number in range(20))
    sources: tuple[Source, ...] = (*texts, WebPage("https://u.example"))
    reading = await BriefingService(reader, ExtractiveWriter(), "0.1.0").read(sources)
    assert len(reading.documents) == 20
    assert "https://u.example" not in reader.read_names
    [left_out] = reading.unread
    assert (left_out.source, left_out.kind) == ("https://u.example", "too_many")
    assert "20 sources" in left_out.message


async def test_an_internal_error_in_one_source_affects_no_other() -> None:
    reader = SlowReader(breaks_at="Text 1.")
    sources = tuple(PastedText(f"Text {number}.") for number in range(3))
    reading = await BriefingService(reader, ExtractiveWriter(), "0.1.0").read(sources)
    assert [document.label for document in reading.documents] == ["A", "B"]
    assert [document.text for document in reading.documents] == ["Text 0.", "Text 2."]
    [failure] = reading.failures
    assert failure.exit_status == 1
    assert "secret" not in failure.message


async def test_a_draft_whose_lines_pass_becomes_the_briefing() -> None:
    briefing, transcript = await _brief(BOTTOM, *POINTS, USAGE)
    assert [line.text for line in briefing.key_points] == [p.content.text for p in POINTS]  # type: ignore[union-attr]
    assert briefing.receipt.engine == "openai"
    assert (briefing.receipt.model, briefing.receipt.prompt) == ("scripted-1", "briefing@1")
    assert (briefing.receipt.tokens_in, briefing.receipt.tokens_out) == (900, 80)
    assert briefing.receipt.seconds == 1.0
    assert transcript.stages == ["writing"]
    assert set(transcript.lines) == set(briefing.lines())
    assert ENGLISH.extracted not in briefing.notes


async def test_lines_are_shown_in_the_order_in_which_they_are_verified() -> None:
    _, transcript = await _brief(*POINTS, BOTTOM)
    texts = [line.text for line in transcript.lines[:4]]
    assert texts[0] == "The ministers met on Monday in Port Hallin."
    assert texts[3].startswith("Terren and Maske agreed")


async def test_a_line_that_fails_a_check_is_withheld_and_counted() -> None:
    briefing, _ = await _brief(BOTTOM, *POINTS, WRONG, USAGE)
    assert briefing.receipt.withheld == 1
    assert not any("Atlantis" in line.text for line in briefing.lines())


@pytest.mark.parametrize(
    "steps", [(), (FAILURE,), (WRONG, WRONG, FAILURE), (USAGE,)],
    ids=["nothing", "a failure", "only wrong lines", "usage alone"],
)  # fmt: skip
async def test_if_the_model_gives_nothing_usable_the_briefing_is_extracted(
    steps: tuple[DraftItem | Usage | ModelFailure, ...],
) -> None:
    briefing, transcript = await _brief(*steps)
    assert briefing.bottom_line is not None
    assert briefing.key_points
    assert (briefing.receipt.engine, briefing.receipt.model) == ("extractive", None)
    assert ENGLISH.extracted in briefing.notes
    assert set(transcript.lines) == set(briefing.lines())


async def test_a_draft_that_breaks_off_is_filled_up_and_the_notes_say_so() -> None:
    briefing, _ = await _brief(POINTS[0], FAILURE)
    assert briefing.receipt.engine == "openai"
    assert briefing.bottom_line is not None
    assert briefing.bottom_line.is_source_wording
    assert briefing.notes[0] == "The model stopped."
    assert briefing.notes[1].startswith("Lines by the model: 1. Sentences from the source,")


async def test_what_the_writer_says_it_read_is_what_counts_as_read() -> None:
    excerpt = Excerpt(READING.documents[0], range(1, 6))
    briefing, _ = await _brief(BOTTOM, *POINTS[:1], Usage(1, 1, shown=(excerpt,)))
    assert briefing.words_read == (excerpt.words,)
    assert briefing.receipt.words_read == excerpt.words
    assert all(
        int(passage.reference[1:]) <= 5 for line in briefing.lines() for passage in line.evidence
    )
    assert any(f"the first {excerpt.words} of" in note for note in briefing.notes)


async def test_the_extractive_engine_says_what_it_can_t_do() -> None:
    wishes = Wishes(language="fr", audience="the minister")
    briefing = await _service(ExtractiveWriter()).brief(READING, wishes, Transcript())
    assert briefing.notes == (
        catalogue("fr").extracted,
        catalogue("fr").cannot_translate,
        catalogue("fr").no_reader,
    )


@pytest.mark.parametrize(
    ("note", "said"),
    [(DIFFERENCES_FIRST, False), (f"compare, mockingly ({DIFFERENCES_FIRST})", True)],
)
async def test_a_comparison_needs_no_model(note: str, *, said: bool) -> None:
    briefing = await _service(ExtractiveWriter()).brief(READING, Wishes(note=note), Transcript())
    assert (ENGLISH.no_reader in briefing.notes) is said


async def test_without_a_model_a_note_says_that_every_sentence_is_too_long_to_quote() -> None:
    text = f"The ministry closed {'the lock and ' * 30}the harbour on Monday."
    source = Reading((numbered("A", text, language="en"),))
    briefing = await _service(ExtractiveWriter()).brief(source, Wishes(), Transcript())
    assert not list(briefing.lines())
    assert briefing.notes == (ENGLISH.nothing_to_quote,)


async def test_an_answer_that_passes_is_given_with_its_passages() -> None:
    transcript = Transcript()
    briefing_service = _service(ScriptedWriter(COST, USAGE))
    answer = await briefing_service.answer(READING, QUESTION, Wishes(), transcript)
    assert answer.answered
    assert [passage.reference for passage in answer.lines[0].evidence] == ["A13"]
    assert (answer.receipt.engine, answer.receipt.lines) == ("openai", 1)
    assert answer.nearest == ()
    assert transcript.lines == list(answer.lines)


async def test_an_answer_without_lines_means_that_the_sources_do_not_say() -> None:
    answer = await _service(ScriptedWriter(USAGE)).answer(READING, QUESTION, Wishes(), Transcript())
    assert answer.answered is False
    assert 0 < len(answer.nearest) <= 3


async def test_an_answer_that_fails_the_checks_leaves_the_question_open() -> None:
    wrong = DraftItem("answer", WRONG.content)
    answer = await _service(ScriptedWriter(wrong)).answer(READING, QUESTION, Wishes(), Transcript())
    assert answer.answered is None
    assert answer.receipt.withheld == len(answer.withheld) == 1


async def test_if_the_model_fails_the_question_stays_open_and_the_closest_passages_are_shown() -> (
    None
):
    answer = await _service(ScriptedWriter(FAILURE)).answer(
        READING, QUESTION, Wishes(), Transcript()
    )
    assert (answer.answered, answer.lines) == (None, ())
    assert "48 million" in answer.nearest[0].text
    assert (answer.receipt.engine, answer.receipt.model) == ("extractive", None)
    assert answer.notes == ("The model stopped.",)


@pytest.mark.parametrize(
    "question", [QUESTION, "How much will a ticket for the passenger trains cost?", "Who, where?"]
)
async def test_without_a_model_readout_never_claims_that_the_sources_do_not_say(
    question: str,
) -> None:
    transcript = Transcript()
    answer = await _service(ExtractiveWriter()).answer(READING, question, Wishes(), transcript)
    assert (answer.answered, answer.lines, transcript.lines) == (None, (), [])
    assert len(answer.nearest) <= 3
    assert all(line.is_source_wording for line in answer.nearest)


RIGHT = DraftItem("key_points", POINTS[0].content.model_copy(update={"text": _MET}))


async def test_failed_lines_are_sent_back_once_together_and_replaced_by_their_repairs() -> None:
    writer = ScriptedWriter(
        BOTTOM, WRONG, *POINTS[1:], USAGE, repairs=(RepairedItem(0, RIGHT), Usage(100, 20))
    )
    transcript = Transcript()
    briefing = await _service(writer).brief(READING, Wishes(), transcript)
    assert [len(failed) for failed in writer.failed] == [1]
    assert writer.failed[0][0].item == WRONG
    assert briefing.key_points[0].text == _MET
    assert briefing.withheld == ()
    assert (briefing.receipt.tokens_in, briefing.receipt.tokens_out) == (1000, 100)
    assert set(transcript.lines) == set(briefing.lines())


async def test_a_line_that_fails_again_is_withheld_and_its_passage_quoted() -> None:
    wrong = DraftItem("key_points", WRONG.content.model_copy(update={"evidence": ["A26"]}))
    writer = ScriptedWriter(BOTTOM, wrong, *POINTS[1:], repairs=(RepairedItem(0, wrong),))
    briefing = await _service(writer).brief(READING, Wishes(), Transcript())
    assert [line.text for line in briefing.withheld] == ["Atlantis will pay 77 million."]
    assert briefing.key_points[0].is_source_wording
    assert briefing.key_points[0].evidence[0].reference == "A26"


async def test_a_failure_during_the_repair_keeps_the_first_result() -> None:
    writer = ScriptedWriter(BOTTOM, WRONG, *POINTS[1:], repairs=(FAILURE,))
    briefing = await _service(writer).brief(READING, Wishes(), Transcript())
    assert len(briefing.withheld) == 1
    assert "Lines that failed a check were not rewritten: The model stopped." in briefing.notes


async def test_a_failed_answer_is_sent_back_too() -> None:
    wrong = DraftItem("answer", WRONG.content)
    writer = ScriptedWriter(wrong, repairs=(RepairedItem(0, COST),))
    answer = await _service(writer).answer(READING, QUESTION, Wishes(), Transcript())
    assert [line.text for line in answer.lines] == [COST.content.text]  # type: ignore[union-attr]
    assert answer.receipt.prompt == "answer@1"


async def test_what_the_judge_rejects_is_sent_back_then_withheld_and_never_shown() -> None:
    judge, transcript = FixedJudge("cracks"), Transcript()
    writer = ScriptedWriter(BOTTOM, *POINTS, USAGE)
    briefing = await replace(_service(writer), judge=judge).brief(READING, Wishes(), transcript)
    assert [[r.grade for r in failed.reasons] for failed in writer.failed[0]] == [["judge"]]
    assert [(r.check, r.message) for line in briefing.withheld for r in line.reasons] == [
        ("judge", "cracks")
    ]
    assert briefing.withheld[0].text not in [line.text for line in transcript.lines]
    assert set(transcript.lines) == set(briefing.lines())
    own = [line for line in briefing.lines() if line.needs_judgement]
    receipt = briefing.receipt
    assert (receipt.judge, receipt.judged, receipt.unjudged, receipt.withheld) == (
        "judge-1", len(own), 0, 1,
    )  # fmt: skip


async def test_lines_are_judged_in_batches_cut_by_position() -> None:
    judge = FixedJudge()
    await replace(_service(ScriptedWriter(BOTTOM, *POINTS)), judge=judge).brief(
        READING, Wishes(), Transcript()
    )
    assert [len(lines) for lines in judge.asked] == [1, len(POINTS)]


async def test_if_the_judge_fails_only_doubted_lines_are_withheld() -> None:
    judge = FixedJudge(failure=FAILURE)
    briefing_service = replace(_service(ScriptedWriter(BOTTOM, DOUBTED, *POINTS)), judge=judge)
    briefing = await briefing_service.brief(READING, Wishes(), Transcript())
    assert [line.reasons[0].grade for line in briefing.withheld] == ["doubt"]
    own = 1 + len(POINTS)
    assert (briefing.receipt.judged, briefing.receipt.unjudged) == (0, own)
    assert f"{own + 1} lines were not judged: The model stopped." in briefing.notes


@pytest.mark.parametrize(
    ("writer", "judge", "times"),
    [
        (ScriptedWriter(BOTTOM, *POINTS), FixedJudge(), 1),
        (ScriptedWriter(BOTTOM, FAILURE), None, 2),
        (ScriptedWriter(BOTTOM, WRONG, repairs=(FAILURE,)), None, 2),
        (ScriptedWriter(BOTTOM, *POINTS), FixedJudge(failure=FAILURE), 2),
    ],
    ids=["all went well", "the draft broke off", "no repair", "not judged"],
)
async def test_the_same_source_is_briefed_again_if_the_model_or_the_judge_failed(
    writer: ScriptedWriter, judge: FixedJudge | None, times: int
) -> None:
    archive, transcript = MemoryArchive(), Transcript()
    steps = job_steps(replace(_service(writer), judge=judge), archive, transcript)
    for mention in (BRIEF, replace(BRIEF, key="msg:T1:C1:9", message="9", thread="9")):
        await archive.record(mention)
        for step in (steps.read, steps.write, steps.post):
            await step(mention.key)
    assert len(writer.tasks) == times


async def test_cancelling_the_briefing_cancels_the_judge() -> None:
    judge = FixedJudge(hangs=True)
    briefing_service = replace(_service(ScriptedWriter(BOTTOM, *POINTS)), judge=judge)
    writing = asyncio.create_task(briefing_service.brief(READING, Wishes(), Transcript()))
    while not judge.asked:
        await asyncio.sleep(0.01)
    writing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await writing
    assert judge.was_cancelled


async def test_a_doubted_line_that_the_judge_supports_is_shown() -> None:
    briefing_service = replace(
        _service(ScriptedWriter(BOTTOM, DOUBTED, *POINTS)), judge=FixedJudge()
    )
    briefing = await briefing_service.brief(READING, Wishes(), Transcript())
    assert briefing.withheld == ()
    assert DOUBTED.content.text in [line.text for line in briefing.key_points]  # type: ignore[union-attr]


async def test_a_judge_never_overrules_a_proof() -> None:
    judge = FixedJudge()
    briefing_service = replace(_service(ScriptedWriter(BOTTOM, WRONG, *POINTS)), judge=judge)
    briefing = await briefing_service.brief(READING, Wishes(), Transcript())
    assert [line.reasons[0].grade for line in briefing.withheld] == ["proof"]
    assert WRONG.content.text not in [line.text for asked in judge.asked for line in asked]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("first", "model"),
    [
        ((FAILURE,), "scripted-2"),
        ((WRONG, FAILURE), "scripted-2"),
        ((BOTTOM, FAILURE), "scripted-1"),
    ],
    ids=["nothing came", "nothing stood", "a line stood"],
)
async def test_the_fallback_model_writes_if_the_first_fails_before_any_line_passes(
    first: tuple[DraftItem | ModelFailure, ...], model: str
) -> None:
    fallback = ScriptedWriter(BOTTOM, *POINTS, USAGE)
    fallback.model = "scripted-2"
    briefing_service = replace(_service(ScriptedWriter(*first)), fallback=fallback)
    briefing = await briefing_service.brief(READING, Wishes(), Transcript())
    assert briefing.receipt.model == model


async def test_the_same_source_briefed_twice_gives_the_same_lines() -> None:
    briefing_service = BriefingService(
        FixedReader(), ExtractiveWriter(), "0.1.0", clock=lambda: 0.0
    )
    reading = await briefing_service.read((PastedText(text_of("demo")),))
    first, second = [
        await briefing_service.brief(reading, Wishes(), Transcript()) for _ in range(2)
    ]
    assert first == second


async def test_a_model_s_line_says_how_many_of_its_cited_sources_support_it() -> None:
    documents = group("plant").documents
    said = "Rolf Adair said that energy had become too dear."
    evidence = ["C5", "A5", "B5"]
    drafted = DraftLine(evidence=evidence, voice="attributed", speaker="Rolf Adair", text=said)
    writer = ScriptedWriter(DraftItem("bottom_line", drafted))
    briefing = await _service(writer).brief(Reading(documents), Wishes(), Transcript())
    assert briefing.bottom_line is not None
    assert briefing.bottom_line.support == Support(("A", "B", "C"), witnesses=2, of=2)


async def test_a_model_s_answer_says_how_many_of_its_cited_sources_support_it() -> None:
    documents = group("ferry").documents
    said = "The coast guard said that fourteen passengers were injured."
    evidence = ["A3", "C3"]
    drafted = DraftLine(evidence=evidence, voice="attributed", speaker="the coast guard", text=said)
    briefing_service = _service(ScriptedWriter(DraftItem("answer", drafted)))
    answer = await briefing_service.answer(Reading(documents), "How many?", Wishes(), Transcript())
    assert answer.lines[0].support == Support(("A", "C"), witnesses=2, of=3)


async def test_an_answer_s_receipt_counts_the_words_shown() -> None:
    answered = await _service(ScriptedWriter(COST)).answer(
        READING, QUESTION, Wishes(), Transcript()
    )
    near = await _service(ExtractiveWriter()).answer(READING, QUESTION, Wishes(), Transcript())
    assert answered.receipt.words_shown == len(answered.lines[0].text.split())
    assert near.receipt.words_shown > 0


@pytest.mark.slow
async def test_the_event_loop_stays_responsive_while_a_book_is_briefed() -> None:
    text = "\n".join(
        f"On day {n} the town of Brook paid {n} crowns for pipes." for n in range(3000)
    )
    briefing_service = BriefingService(FixedReader(), ExtractiveWriter(), "0.1.0")
    served = 0

    async def serve_others() -> None:
        nonlocal served
        while True:
            await asyncio.sleep(0)
            served += 1

    others = asyncio.create_task(serve_others())
    briefing = await briefing_service.brief(Reading((numbered("A", text),)), Wishes(), Transcript())
    others.cancel()
    assert briefing.bottom_line
    assert served > 50


async def test_a_model_s_lines_are_checked_in_a_thread() -> None:
    proving = list[threading.Thread]()

    class Watched(Composition):
        def verdict(self, item: DraftItem) -> Verdict | None:
            proving.append(threading.current_thread())
            return super().verdict(item)

    repaired = RepairedItem(0, replace(WRONG, content=POINTS[2].content))
    writer = ScriptedWriter(BOTTOM, POINTS[0], WRONG, USAGE, repairs=(repaired,))
    task = WritingTask(whole_excerpts(READING.documents), Wishes())
    composition = Watched(task.excerpts, task.wishes)
    written = await draft_and_repair(writer, None, task, composition, Transcript())
    assert written.composition.written == 3
    assert len(proving) == 4
    assert threading.current_thread() not in proving
