"""For how many of a list of questions the sentence that answers is among the closest passages.

The list is ours and so are the articles.
"""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from bot.briefing.documents import whole
from bot.briefing.extractive.answering import closest
from bot.briefing.requests import Turn
from tests.texts import article

_FOLDER = Path(__file__).parents[2] / "questions"
_LISTS = ["working", "held_out"]
_MOST_MISSED = 4 / 30


class Question(NamedTuple):
    """A question to an article; ``holders`` are the sentences that answer it, none if it is not
    said."""

    article: str
    asks: str
    after: str | None
    holders: frozenset[int]

    def shown(self) -> list[int]:
        turns = (Turn(self.after, "It was said before."),) if self.after else ()
        found = closest(self.asks, whole((article(self.article),)), turns)
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
