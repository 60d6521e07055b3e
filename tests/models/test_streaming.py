"""A streamed draft gives the same items however it is cut, each once it is complete."""

import json
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from bot.briefing.draft import DraftAnswer, DraftBriefing, DraftItem, DraftLongBriefing
from bot.models.streaming import DraftStream
from tests.drafts import ANSWER, DRAFT, LONG_DRAFT, NO_ANSWER

DRAFTS: SearchStrategy[DraftBriefing | DraftAnswer] = st.one_of(
    st.from_type(DraftBriefing),
    st.from_type(DraftLongBriefing),
    st.from_type(DraftAnswer),
    st.just(LONG_DRAFT),
)


def items_of(draft: DraftBriefing | DraftAnswer) -> list[DraftItem]:
    """The items of a draft, in the order of its fields."""
    found = []
    for name in type(draft).model_fields:
        value = getattr(draft, name)
        section = "answer" if name == "lines" else name
        contents = value if isinstance(value, list) else [value] if value else []
        found += [DraftItem(section, content) for content in contents]  # type: ignore[arg-type]
    return found


def pieces(text: str, cuts: list[int]) -> list[str]:
    """``text`` cut at these places."""
    places = sorted({0, *(cut % (len(text) + 1) for cut in cuts), len(text)})
    return [text[a:b] for a, b in pairwise(places)]


@given(draft=DRAFTS, cuts=st.lists(st.integers(0, 100_000), max_size=60))
def test_a_draft_cut_anywhere_gives_the_same_items(
    draft: DraftBriefing | DraftAnswer, cuts: list[int]
) -> None:
    stream = DraftStream(type(draft))
    items = [item for piece in pieces(draft.model_dump_json(), cuts) for item in stream.feed(piece)]
    items += stream.close()
    assert items == items_of(draft)
    assert stream.is_whole
    assert stream.is_usable


@given(draft=DRAFTS, share=st.floats(0, 1))
def test_a_truncated_draft_gives_its_first_items(
    draft: DraftBriefing | DraftAnswer, share: float
) -> None:
    text = draft.model_dump_json()
    stream = DraftStream(type(draft))
    items = [*stream.feed(text[: int(len(text) * share)]), *stream.close()]
    assert items == items_of(draft)[: len(items)]


@pytest.mark.parametrize(
    "end", ["", ",", " ,\n", '],"commitments":[', '],"commitments":[{"evidence":["A']
)
def test_an_item_is_complete_once_its_brace_is_closed(end: str) -> None:
    text = DRAFT.model_dump_json()
    until_second_point = text[: text.index(',"commitments"') - 1]
    stream = DraftStream(DraftBriefing)
    items = [*stream.feed(until_second_point + end), *stream.close()]
    assert items == items_of(DRAFT)[:4]
    assert not stream.is_whole


def test_an_item_is_not_given_before_its_end() -> None:
    text = DRAFT.model_dump_json()
    stream = DraftStream(DraftBriefing)
    assert stream.feed(text[: text.index('"bottom_line"') - 3]) == []
    assert stream.feed(text[text.index('"bottom_line"') - 3 :][:20]) == items_of(DRAFT)[:1]


@pytest.mark.parametrize(
    ("text", "items", "usable"),
    [
        pytest.param("", 0, False, id="nothing"),
        pytest.param("I can't do that.", 0, False, id="prose"),
        pytest.param('{"lines": []}', 0, True, id="the-sources-do-not-say"),
        pytest.param('{"lines": null}', 0, False, id="null"),
        pytest.param('{"answer": []}', 0, False, id="another-key"),
        pytest.param('{"lines": [7, "A1"]}', 0, False, id="no-objects"),
        pytest.param('{"lines": [{"text": "x"}]}', 0, False, id="half-a-line"),
        pytest.param('{"lines": [' + "[" * 5_000, 0, False, id="too-deep"),
        pytest.param(ANSWER.model_dump_json() + " Hope it helps!", 1, True, id="prose-after"),
        pytest.param("Sure:\n```json\n" + NO_ANSWER.model_dump_json() + "```", 0, True, id="fence"),
    ],
)
def test_texts_that_are_not_drafts_are_recognised(text: str, items: int, usable: bool) -> None:
    stream = DraftStream(DraftAnswer)
    assert len([*stream.feed(text), *stream.close()]) == items
    assert stream.is_usable == usable


def test_a_broken_item_does_not_hide_its_neighbours() -> None:
    lines = [{"text": "no voice"}, ANSWER.lines[0].model_dump(), "rubbish"]
    stream = DraftStream(DraftAnswer)
    items = [*stream.feed(json.dumps({"lines": lines})), *stream.close()]
    assert [item.content for item in items] == [ANSWER.lines[0]]
