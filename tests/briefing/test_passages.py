"""What of the documents fits a budget."""

from hypothesis import given
from hypothesis import strategies as st

from bot.briefing.documents import whole, within
from bot.briefing.numbering import numbered

_COUNTS = st.lists(st.integers(0, 12), min_size=1, max_size=5)


def _count(text: str) -> int:
    return len(text.split())


@given(_COUNTS, st.integers(0, 60))
def test_shares_stay_within_the_budget_and_in_order(counts: list[int], budget: int) -> None:
    documents = tuple(
        numbered(chr(65 + n), " ".join(["One two three."] * count))
        for n, count in enumerate(counts)
    )
    excerpts = within(whole(documents), budget, _count)
    assert [excerpt.document for excerpt in excerpts] == list(documents)
    assert sum(_count(p.text) for e in excerpts for p in e.passages()) <= budget
    for excerpt in excerpts:
        assert [p.reference for p in excerpt.passages()] == [
            f"{excerpt.document.label}{n}" for n in excerpt.numbers
        ]


def test_a_short_source_leaves_its_share_to_the_long_one() -> None:
    short, long = numbered("A", "One two."), numbered("B", "One two three. " * 10)
    assert [len(e.numbers) for e in within(whole((short, long)), 20, _count)] == [1, 6]
    assert [len(e.numbers) for e in within(whole((long, short)), 20, _count)] == [6, 1]


def test_nothing_is_cut_where_everything_fits() -> None:
    documents = (numbered("A", "One two. Three."), numbered("B", "Four."))
    assert within(whole(documents), 100, _count) == whole(documents)
    assert all(excerpt.is_whole for excerpt in whole(documents))


def test_the_words_of_an_excerpt_are_those_read() -> None:
    document = numbered("A", "One two three. Four five.")
    [excerpt] = within(whole((document,)), 3, _count)
    assert (excerpt.words, excerpt.is_whole, document.words) == (3, False, 5)
    assert within(whole((document,)), 0, _count)[0].words == 0
