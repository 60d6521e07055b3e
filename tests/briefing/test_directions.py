"""Words that run from the right and from the left keep their order on one line."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from bot.briefing.text import frame, is_from_the_right, isolated

_MIXED = st.text("abc كتب 12 .,-()[]“”«» שלום", max_size=40)
_MARKS = dict.fromkeys(map(ord, "\u200e\u200f\u2066\u2067\u2068\u2069"))


def test_the_first_letter_says_in_which_direction_a_line_runs() -> None:
    assert [is_from_the_right(text) for text in ("abc كتب", "12: كتب abc", "123", "")] == [
        False, True, False, False,
    ]  # fmt: skip


def test_a_run_that_goes_against_its_line_is_isolated_with_what_stands_in_it() -> None:
    assert isolated("He said “كتب، 12 كتب” twice.", from_the_right=False) == (
        "He said “\u2068كتب، 12 كتب\u2069” twice."
    )
    assert isolated("قال Dana Oru 3 ذلك", from_the_right=True) == "قال \u2068Dana Oru 3\u2069 ذلك"
    assert isolated("«كتب» · (12)", from_the_right=True) == "«كتب» · (12)"
    assert isolated("Nothing to do.", from_the_right=False) == "Nothing to do."


def test_a_line_from_the_right_says_so_and_one_that_only_begins_so_does_not() -> None:
    assert frame("كتب A1", from_the_right=True) == ("\u200f\u2067", "\u2069")
    assert frame("كتب: he wrote", from_the_right=False) == ("\u200e", "")
    assert frame("he wrote", from_the_right=False) == ("", "")


@given(_MIXED, st.booleans())
def test_only_marks_are_added_and_every_isolate_is_closed(text: str, right: bool) -> None:
    shown = isolated(text, from_the_right=right)
    before, behind = frame(text, from_the_right=right)
    assert f"{before}{shown}{behind}".translate(_MARKS) == text
    depth = 0
    for char in before + shown + behind:
        depth += {"\u2067": 1, "\u2068": 1, "\u2069": -1}.get(char, 0)
        assert 0 <= depth <= 2
        strong = {"L", "R", "AL"} & {unicodedata.bidirectional(char)}
        against = bool(strong) and char not in "\u200e\u200f" and (strong == {"L"}) == right
        assert not against or depth == 1 + right
    assert depth == 0
