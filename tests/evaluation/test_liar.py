"""The scripted liar of the gauntlet lies in many ways, the same ones every time, and is caught."""

import pytest

from benchmarks.liar import LIES, Liar, drafted
from benchmarks.mistaken import speaker_of_two
from bot.briefing.lines import Line
from bot.briefing.numbering import numbered
from bot.briefing.requests import Wishes
from bot.desk import Desk, Reading
from bot.evaluation.articles import Article, articles
from bot.evaluation.sentences import Sentence
from tests.fakes import FixedJudge, FixedReader, Transcript

ARTICLE = next(article.document for article in articles() if article.language == "en")


def test_it_knows_many_ways_to_lie() -> None:
    assert len(LIES) >= 80


def test_no_lie_is_a_sentence_of_its_article() -> None:
    for told in drafted(ARTICLE):
        is_lie = not told.kind.startswith("ok_") and told.item.section == "key_points"
        if is_lie and len(told.item.content.model_dump().get("evidence", ())) == 1:
            assert told.text not in ARTICLE.text or told.kind == "wrong_reference"


def test_it_gives_the_words_of_one_speaker_to_another() -> None:
    text = "“We will not pay,” Oru said. The road is long. Lind denied that he had asked for money."
    article = Article("en/test", "en", numbered("A", text, language="en"))

    (change,) = speaker_of_two(Sentence(article, 1))

    assert (change.text[-10:], change.also) == ("Lind said.", 3)


def test_it_tells_the_same_of_the_same_article() -> None:
    again = numbered("A", ARTICLE.text, language="en")
    first = [(told.kind, told.text) for told in drafted(ARTICLE)]
    assert [(told.kind, told.text) for told in drafted(again)] == first


@pytest.mark.parametrize("is_judged", [True, False])
async def test_its_briefing_has_a_bottom_line_and_three_lines_and_few_lies(
    is_judged: bool,
) -> None:
    lies = {told.text for told in drafted(ARTICLE) if not told.kind.startswith("ok_")}
    judge = FixedJudge(*lies) if is_judged else None
    briefing = await Desk(FixedReader(), Liar(), "0", judge=judge).brief(
        Reading((ARTICLE,)), Wishes(), Transcript()
    )
    shown: list[Line] = [line for line in briefing.lines() if line.text not in ARTICLE.text]
    assert briefing.bottom_line is not None
    assert len(list(briefing.lines())) >= 4
    assert sum(line.text in lies for line in shown) <= (0 if is_judged else len(lies) // 2)
