"""What readers are shown of what a strong model answered, through the real requests and checks."""

import json
import re
from collections.abc import Awaitable, Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.briefing.catalogue import ENGLISH
from bot.briefing.documents import Excerpt
from bot.briefing.lines import Answer, Briefing, Line
from bot.briefing.numbering import numbered
from bot.briefing.requests import Wishes
from bot.briefing.wording import line_wording
from bot.models.endpoint import Endpoint
from bot.models.prompts import request
from bot.models.writer import ModelWriter
from bot.service.briefing_service import BriefingService, Reading
from sandbox.recorded import (
    ANSWERED,
    MODEL,
    NOT_ANSWERED,
    QUESTIONS,
    RecordedModel,
    recorded_answers,
    without_variable_parts,
)
from tests.fakes import FixedReader, Transcript
from tests.recorded.cases import CASES, SAMPLE, VERSIONS, Case, Recordable
from tests.recorded.replay import Replay, complaint, edited, recording
from tests.texts import article

BY_NAME = {case.name: case for case in CASES}
Replayed = Callable[[str], Awaitable[Briefing | Answer]]
_LACKS = re.compile(r"\bnot (?:say|stated|mention|specif|given)|\bun(?:clear|known)\b")


@pytest.fixture
def replayed(pytestconfig: pytest.Config) -> Replayed:
    """What comes of a case with what is recorded for it."""

    async def outcome(name: str) -> Briefing | Answer:
        outcome = await played(BY_NAME[name], pytestconfig)
        assert isinstance(outcome, (Briefing, Answer))
        return outcome

    return outcome


async def played(case: Recordable, pytestconfig: pytest.Config) -> object:
    """What comes of it, if what is recorded for it answers today's requests."""
    recorded = recording(case)
    answers = {key: json.dumps(each.answer) for key, each in recorded.items()}
    async with Replay(case, answers) as model:
        outcome = await case.play(model.url)
    if told := complaint(case, model):
        if edited(recorded) and not pytestconfig.getoption("--fresh"):
            pytest.skip(told)
        pytest.fail(told, pytrace=False)
    return outcome


def lines_of(outcome: Briefing | Answer) -> list[Line]:
    """What a model wrote of it, as far as it is shown."""
    if isinstance(outcome, Answer):
        return list(outcome.lines)
    drafted = (note for note in outcome.cautions if note.is_drafted)
    return [*outcome.lines(), *outcome.differences, *drafted]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
async def test_every_line_shown_has_its_passages_and_was_judged(
    case: Case, replayed: Replayed
) -> None:
    outcome = await replayed(case.name)
    lines, receipt = lines_of(outcome), outcome.receipt
    to_judge = [line for line in lines if line.needs_judgement]
    for line in lines:
        assert line.evidence
        assert [case.document.text[each.start : each.end] for each in line.evidence] == [
            each.text for each in line.evidence
        ]
        assert not line.doubts
        assert not _LACKS.search(line.text)
    assert all(line.judge == "recorded" for line in to_judge)
    assert (receipt.engine, receipt.model) == ("openai", "recorded")
    assert (receipt.judged, receipt.unjudged) == (len(to_judge), 0)
    assert (receipt.lines, receipt.withheld) == (len(lines), len(outcome.withheld))


async def test_the_judge_sends_wrong_lines_back_and_their_repairs_are_shown(
    replayed: Replayed,
) -> None:
    outcome = await replayed("careless")
    shown = {line.text: line for line in lines_of(outcome)}
    wrong = {point.text for point in BY_NAME["careless"].draft.key_points[:4]}  # type: ignore[union-attr]
    assert wrong.isdisjoint(shown)
    assert any("90,000 marks" in text for text in shown), "a proof refused 80,000"
    assert any(re.match("The families (had )?argued", text) for text in shown), "told as a fact"
    assert any("for the wind farm by seven votes to four" in text for text in shown)
    headline = "High court in Marrowby allows the wind farm off Skerra"
    assert shown[headline].judge == "recorded", "a doubt that the judge did not share"
    [vard] = [line for line in lines_of(outcome) if "polite to us" in line.text]
    assert vard.speaker != "Helena Vard"


async def test_a_figure_that_the_source_corrects_is_told_as_corrected_and_noted(
    replayed: Replayed,
) -> None:
    outcome = await replayed("trams")
    assert isinstance(outcome, Briefing)
    assert any("560,000 crowns" in point.text for point in outcome.key_points)
    noted = [note.text for note in outcome.cautions if note.kind == "figures_disagree"]
    assert any("410,000 crowns" in text for text in noted)


async def test_a_day_of_which_the_date_is_sure_is_told_with_it(replayed: Replayed) -> None:
    outcome = await replayed("trams")
    days = [day for line in lines_of(outcome) for day in line.days]
    assert ("Monday", "2027-06-07") in [(day.words, day.date) for day in days]


async def test_conditions_dates_and_figures_survive_a_translation(replayed: Replayed) -> None:
    outcome = await replayed("translated")
    assert isinstance(outcome, Briefing)
    told = " ".join(words.text for line in outcome.lines() for words in line_wording(line, ENGLISH))
    assert "by 1 June" in told
    assert re.search("if inspectors (accept|approve) it", told)


@pytest.mark.parametrize(
    ("name", "answered", "words"),
    [
        ("answered", True, "140 people had lost their jobs"),
        ("denied", True, "was dropped last winter"),
        ("not_said", False, ""),
    ],
)
async def test_a_question_is_answered_from_the_source_or_not_at_all(
    replayed: Replayed, name: str, answered: bool, words: str
) -> None:
    outcome = await replayed(name)
    assert isinstance(outcome, Answer)
    assert outcome.answered is answered
    assert words in " ".join(line.text for line in outcome.lines)
    assert bool(outcome.nearest) is not answered


@pytest.mark.slow
async def test_the_demo_shows_what_is_recorded_about_the_sample_article(
    pytestconfig: pytest.Config,
) -> None:
    thread = await played(SAMPLE, pytestconfig)
    assert isinstance(thread, str)
    assert "Quoted from the source" not in thread
    assert "not judged" not in thread
    assert "only plays back" not in thread
    _, *replies = (" ".join(told.split()) for told in thread.split("readout  APP  "))
    asked = ("", *QUESTIONS, "next day", *(each for version in VERSIONS for each in ("", version)))
    shown = {text: reply for text, reply in zip(asked, replies, strict=True) if text}
    assert all(f"judged by {MODEL}" in shown[each] for each in (*QUESTIONS[2:], *VERSIONS[:2]))
    assert "48 million crowns" in shown[ANSWERED]
    assert "The sources do not say." in shown[NOT_ANSWERED]
    assert re.match(r"[\d:]* ?Since \d+ \w+ ", shown["next day"]), shown["next day"]
    assert "Changed: 48 million crowns → 61 million crowns. Repairs to" in shown["next day"]
    assert "Done: Ilva Terren has answered the Union of Drivers" in shown["next day"]
    assert "3,200 wagons" in shown["longer"]
    assert "Key points" not in shown["shorter"]
    assert f"jugé par {MODEL}" in shown["in French"]
    suggested = re.findall(r"\[(What [^]]+\?)\]", " ".join(replies))
    assert set(suggested) == set(QUESTIONS[2:]), "it knows what its briefings suggest to ask"


@pytest.mark.parametrize("language", [None, "de"])
async def test_the_recorded_model_says_that_it_knows_nothing_else(language: str | None) -> None:
    async with RecordedModel(recorded_answers()) as model:
        writer = ModelWriter(Endpoint(MODEL, model.url))
        briefing_service, reading = (
            BriefingService(FixedReader(), writer, "1"),
            Reading((article("flood"),)),
        )
        briefing = await briefing_service.brief(reading, Wishes(language=language), Transcript())
        await writer.close()
    assert briefing.receipt.engine == "extractive"
    assert briefing.notes[0] == "The recorded model only plays back answers, and has none for this."


@given(
    turns=st.lists(st.tuples(st.text(), st.text()), max_size=4),
    text=st.text(),
)
def test_what_was_asked_before_makes_no_other_request(
    turns: list[tuple[str, str]], text: str
) -> None:
    document = numbered("A", text, language="en")
    excerpts = (Excerpt(document, tuple(range(1, len(document.sentences) + 1))),)
    earlier = [{"question": question, "answer": answer} for question, answer in turns]
    first, later = (
        request(excerpts, {"question": "Who pays?", "earlier": each, "wishes": {}})
        for each in ([], earlier)
    )
    assert without_variable_parts(first) == without_variable_parts(later)
