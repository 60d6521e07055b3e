"""Which sentences come closest to a question."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from bot.briefing.documents import Excerpt, whole_excerpts
from bot.briefing.extractive.answering import closest_sentences
from bot.briefing.numbering import numbered
from bot.briefing.requests import Turn
from tests.texts import article

DEMO = whole_excerpts((article("demo"),))


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("How much will the repairs to the bridge cost?", "48 million crowns"),
        ("What did Lorn say about the pastures?", "denied that the pastures"),
        ("When will inspectors arrive?", "in the coming weeks"),
        ("How many pillars have cracks?", "four of its 17 pillars"),
        ("Did Ambria's railway comment?", "declined to comment"),
        ("Who is the mayor?", "Tomas Reuel"),
        ("What did Calder claim?", "Calder claimed"),
    ],
)
def test_the_sentence_that_answers_is_among_the_closest(question: str, words: str) -> None:
    assert any(words in line.text for line in closest_sentences(question, DEMO))


@pytest.mark.parametrize("question", ["", "???", "What?", "Who said what?", "Which airline?"])
def test_nothing_is_close_to_a_question_that_shares_no_words_with_the_source(question: str) -> None:
    assert closest_sentences(question, DEMO) == ()


def test_the_byline_below_a_headline_is_not_close_to_what_the_headline_says() -> None:
    text = "Court frees owner of burnt mill\nBy Dana Oru\n\nThe court of Hald freed him on Monday."
    close = closest_sentences("Who owns the mill?", whole_excerpts((numbered("A", text),)))
    assert [line.evidence for line in close] == [["A1"]]


def test_without_documents_there_are_no_passages() -> None:
    assert closest_sentences("What did Lorn say?", ()) == ()


def test_only_what_was_read_is_shown() -> None:
    excerpt = Excerpt(article("demo"), range(1, 5))
    shown = closest_sentences("How much will the repairs to the bridge cost?", (excerpt,))
    assert {int(line.evidence[0][1:]) for line in shown} <= set(excerpt.numbers)


def test_a_follow_up_is_read_with_the_previous_question() -> None:
    turns = (Turn("What did Lorn say?", "Lorn denied it."),)
    assert any("Brull" in line.text for line in closest_sentences("and Brull?", DEMO, turns))


@pytest.mark.parametrize(
    "question",
    [
        "What did Terren say?",
        "Who ordered wagons?",
        "And what did Terren say about the wagons?",
        "Who pays?",
    ],
)
def test_a_question_that_can_be_understood_alone_is_read_alone(question: str) -> None:
    turns = (Turn("What does Maske say about the date?", "Maske named a date."),)
    assert closest_sentences(question, DEMO, turns) == closest_sentences(question, DEMO)


@pytest.mark.parametrize("question", ["When?", "and when?", "Why did she say that?", "Calder?"])
def test_an_incomplete_question_is_read_with_the_previous_one(question: str) -> None:
    turns = (Turn("What did Lorn say about the pastures?", "Lorn denied it."),)
    assert any("pastures" in line.text for line in closest_sentences(question, DEMO, turns))


def test_a_denial_in_other_words_is_shown_with_its_claim() -> None:
    text = (
        "The auditors said the money of the Harlan pension fund was stolen. "
        "The bank disputes this account. "
        "The Harlan pension fund pays its money out in June. "
        "The fund keeps its money in three banks."
    )
    found = closest_sentences(
        "Was the money of the Harlan pension fund stolen?", whole_excerpts((numbered("A", text),))
    )
    assert "The bank disputes this account." in [line.text for line in found]


def test_a_claim_is_followed_by_its_denial() -> None:
    found = closest_sentences(
        "How many people had lost their jobs?", whole_excerpts((article("results"),))
    )
    shown = [line.text for line in found]
    claim = next(place for place, text in enumerate(shown) if "140 people" in text)
    assert "denied that figure" in shown[claim + 1]


def test_rare_words_of_the_source_count_most() -> None:
    text = "The council met. The council spoke of the lido. The council dined. The council left."
    first, *_ = closest_sentences(
        "What of the council and the lido?", whole_excerpts((numbered("A", text),))
    )
    assert "lido" in first.text


def test_every_passage_is_a_sentence_of_the_source() -> None:
    for line in closest_sentences("How much will the repairs to the bridge cost?", DEMO):
        assert line.text in DEMO[0].document.text
        assert line.evidence


_TERREN = (
    "Minister Terren met the mayors on Monday. The train of Terren was late. Terren is 54 years "
    "old. Nobody in the hall had met Terren before. Terren will publish the plan by Friday. “The "
    "line will be open by June,” Terren said. Terren said that the money was there."
)


def test_a_persons_own_words_come_before_other_mentions_of_them() -> None:
    near = closest_sentences(
        "What did Terren say?", whole_excerpts((numbered("A", _TERREN, language="en"),))
    )
    assert [each.evidence[0] for each in near][:2] == ["A6", "A7"]


def test_a_quotation_is_found_where_it_begins_though_its_speaker_is_named_at_its_end() -> None:
    text = (
        "Minister Terren met the mayors. Terren is 54. Terren came late.\n\n“The people of the "
        "valley have waited for eleven years. We owe them more,” Terren said."
    )
    near = closest_sentences(
        "What did Terren say?", whole_excerpts((numbered("A", text, language="en"),))
    )
    assert near[0].evidence[0] == "A4"


# For how many questions of a list the answering sentence is among the closest passages.


_FOLDER = Path(__file__).parents[2] / "questions"
_LISTS = ["working", "held_out"]
_MOST_MISSED = 1 / 7


class Question(NamedTuple):
    """A question to an article; ``holders`` are the sentences that answer it, none if it is not
    said."""

    article: str
    asks: str
    after: str | None
    holders: frozenset[int]

    def shown(self) -> list[int]:
        turns = (Turn(self.after, "It was said before."),) if self.after else ()
        found = closest_sentences(self.asks, whole_excerpts((article(self.article),)), turns)
        return [int(line.evidence[0][1:]) for line in found]


def questions(name: str) -> Iterator[Question]:
    read = tomllib.loads((_FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
    for about, rows in read.items():
        for row in [*rows["answered"], *rows["not_said"]]:
            holders = frozenset[int](row.get("in", ()))
            yield Question(about, row["asks"], row.get("after"), holders)


@pytest.mark.parametrize("name", _LISTS)
def test_the_sentence_that_answers_is_among_the_closest_in_most_cases(name: str) -> None:
    said = [each for each in questions(name) if each.holders]
    missed = [each for each in said if each.holders.isdisjoint(each.shown())]
    assert len(missed) <= _MOST_MISSED * len(said), missed


@pytest.mark.parametrize("name", _LISTS)
def test_there_are_three_passages_at_most(name: str) -> None:
    assert all(len(each.shown()) <= 3 for each in questions(name))
