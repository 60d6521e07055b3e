"""The scripted liar of the gauntlet lies in many ways, the same ones every time, and is caught."""

import re

import pytest

from benchmarks.changed_sentences import CORRUPTIONS, HONEST, Sentence, elided, shortened
from benchmarks.liar import LIES, Liar, draft_lies
from benchmarks.scripted_judges import Kinds, ScriptedJudge, is_a_lie
from benchmarks.speaker_lies import speaker_of_two
from bot.briefing.lines import Briefing
from bot.briefing.numbering import numbered
from bot.briefing.requests import Wishes
from bot.service.briefing_service import BriefingService, Reading
from bot.service.ports import Judge
from evals.cases import Article, articles
from tests.fakes import FixedReader, Transcript

ARTICLE = next(article.document for article in articles() if article.language == "en")
KINDS = Kinds([(told.kind, told.item) for told in draft_lies(ARTICLE)], ARTICLE)
PROVED = {
    "bound_lost", "commitment_actor", "event_when", "figure_value", "magnitude", "month",
    "name_misspelt", "name_outside", "narration_quoted", "number_outside", "quotation_changed",
    "quotation_cut", "quotation_invented", "quotation_reversed", "quote_speaker", "weekday", "year",
}  # fmt: skip


async def briefed(judge: Judge | None) -> Briefing:
    briefing_service = BriefingService(FixedReader(), Liar(), "0", judge=judge)
    return await briefing_service.brief(Reading((ARTICLE,)), Wishes(), Transcript())


def lies_in(briefing: Briefing) -> set[str]:
    return {kind for kind in map(KINDS.of, briefing.lines()) if is_a_lie(kind)}


def test_it_knows_many_ways_to_lie() -> None:
    assert len(LIES) >= 60


def test_no_lie_is_a_sentence_of_its_article() -> None:
    for told in draft_lies(ARTICLE):
        if is_a_lie(told.kind) and told.item.section == "key_points":
            assert told.text not in ARTICLE.text or told.kind == "wrong_reference"


def test_it_gives_the_words_of_one_speaker_to_another() -> None:
    text = "“We will not pay,” Oru said. The road is long. Lind denied that he had asked for money."
    article = Article("en/test", "en", numbered("A", text, language="en"))

    (change,) = speaker_of_two(Sentence(article, 1))

    assert (change.text[-10:], change.also) == ("Lind said.", 3)


def test_its_lies_about_an_article_are_always_the_same() -> None:
    again = numbered("A", ARTICLE.text, language="en")
    first = [(told.kind, told.text) for told in draft_lies(ARTICLE)]
    assert [(told.kind, told.text) for told in draft_lies(again)] == first


async def test_no_lie_is_shown_if_the_judge_knows_it() -> None:
    briefing = await briefed(ScriptedJudge(KINDS))
    assert lies_in(briefing) == set()
    assert briefing.bottom_line is not None
    assert len(list(briefing.lines())) >= 4


async def test_lies_that_code_can_disprove_are_not_shown_whatever_the_judge_says() -> None:
    assert {told.kind for told in draft_lies(ARTICLE)} & PROVED
    assert not lies_in(await briefed(ScriptedJudge(None))) & PROVED


async def test_without_a_judge_fewer_lies_are_shown_than_with_one_that_accepts_everything() -> None:
    believed = lies_in(await briefed(ScriptedJudge(None)))
    assert len(lies_in(await briefed(None))) < len(believed)


AGREED = (
    "“We will not pay for the old bridge alone,” Oru said. "
    "Ministers of Arland agreed on Monday to pay 1,250 crowns by 1 June 2026, if it may reopen. "
    "The line, which is 12 kilometres long, was shut after Borland cut its budget by 4%. "
    "Lind denied that Borland had asked for more than 3.75 million crowns."
)


def sentence(number: int) -> Sentence:
    return Sentence(Article("en/test", "en", numbered("A", AGREED, language="en")), number)


def made(kind: str, number: int) -> set[str]:
    return {change.text for change in (CORRUPTIONS | HONEST)[kind](sentence(number))}


@pytest.mark.parametrize(
    ("kind", "number", "part"),
    [
        pytest.param("negation_lost", 1, "We will pay for the old bridge", id="not left out"),
        pytest.param("condition_lost", 2, "by 1 June 2026.", id="condition cut"),
        pytest.param("hedge_lost", 2, "if it will reopen", id="may becomes will"),
        pytest.param("points", 3, "by 4 percentage points", id="per cent becomes points"),
        pytest.param("direction", 3, "shut before Borland", id="after becomes before"),
        pytest.param("attribution_lost", 4, "", id="a denial is not told as a fact"),
        pytest.param("ok_trimmed", 3, "The line was shut after", id="a relative clause cut"),
        pytest.param("ok_reordered", 1, "Oru said: “We will not pay", id="the speaker first"),
        pytest.param("ok_number_format", 2, "1250 crowns", id="no comma in thousands"),
        pytest.param("ok_rounded", 4, "", id="no rounding behind more than"),
    ],
)
def test_a_change_is_what_its_name_says(kind: str, number: int, part: str) -> None:
    texts = made(kind, number)

    assert any(part in text for text in texts) if part else not texts


def test_an_outside_number_is_not_in_the_article() -> None:
    texts = made("number_outside", 3)

    assert texts
    for text in texts:
        assert set(re.findall(r"\d+", text)) - set(re.findall(r"\d+", AGREED)), text


def test_an_honest_cut_keeps_the_negation() -> None:
    cuts = [*elided(sentence(1)), *shortened(sentence(1))]

    assert cuts
    assert all("not" in cut.text for cut in cuts)
