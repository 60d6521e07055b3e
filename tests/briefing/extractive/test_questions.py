"""How many of a list of questions are answered, and how many of those that the text leaves open.

The list is ours and so are the articles. A limit is a share of its half of the list; what is
answered in spite of the text weighs more than what is refused.
"""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from bot.briefing.extractive.answering import Found, found_answer
from bot.briefing.passages import whole
from bot.briefing.requests import Turn
from tests.texts import article

_FOLDER = Path(__file__).parents[2] / "questions"
_LISTS = ["working", "held_out"]
_MOST_ANSWERED, _MOST_REFUSED = 3 / 30, 8 / 30


class Question(NamedTuple):
    """A question to an article; ``holders`` are the sentences that answer it, none if it is not
    said."""

    article: str
    asks: str
    after: str | None
    holders: frozenset[int]

    def found(self) -> Found:
        turns = (Turn(self.after, "It was said before."),) if self.after else ()
        return found_answer(self.asks, whole((article(self.article),)), turns)

    def is_answered(self) -> bool:
        return any(int(line.evidence[0][1:]) in self.holders for line in self.found().lines)


def questions(name: str) -> Iterator[Question]:
    read = tomllib.loads((_FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
    for about, rows in read.items():
        for row in [*rows["answered"], *rows["not_said"]]:
            holders = frozenset[int](row.get("in", ()))
            yield Question(about, row["asks"], row.get("after"), holders)


@pytest.mark.parametrize("name", _LISTS)
def test_what_the_text_leaves_open_is_hardly_ever_answered(name: str) -> None:
    open_ones = [each for each in questions(name) if not each.holders]
    answered = [each for each in open_ones if each.found().lines]
    assert len(answered) <= _MOST_ANSWERED * len(open_ones), answered


@pytest.mark.parametrize("name", _LISTS)
def test_what_the_text_says_is_found_in_most_cases(name: str) -> None:
    said = [each for each in questions(name) if each.holders]
    refused = [each for each in said if not each.is_answered()]
    assert len(refused) <= _MOST_REFUSED * len(said), refused


@pytest.mark.parametrize("name", _LISTS)
def test_there_are_nearest_passages_only_where_nothing_answers_and_two_at_most(name: str) -> None:
    for each in questions(name):
        found = each.found()
        assert len(found.lines) <= 3
        assert len(found.nearest) <= 2
        assert not (found.lines and found.nearest)
