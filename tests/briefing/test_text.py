"""Text of a source or a person never becomes a link or a mention."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.briefing.text import (
    count_words,
    defang,
    direction_marks,
    escape_markdown,
    is_rtl,
    isolate_runs,
)

_LINKS = re.compile(
    r"\b[a-z][a-z0-9+.-]*:(?=//|[^\s/])|(?<=[^\W_])\.(?=[^\W\d_]{2,}\b)|<[!@#]|@(?=\w)",
    re.IGNORECASE,
)
_HOSTILE = [
    "<!channel>",
    "<!here|here>",
    "<@U123>",
    "<#C1|general>",
    "https://evil.example/a?b=c",
    "HTTP://EVIL.EXAMPLE",
    "javascript:alert(1)",
    "mailto:a@evil.example",
    "data:text/html,x",
    "www.evil.example",
    "evil.example/path",
    "a@evil.example",
    "@everyone",
    "[click](https://evil.example)",
    "![x](//evil.example/p.png)",
    "<a href='https://evil.example'>x</a>",
    "tel:+3741234567",
    "slack://open",
    "приклад.укр",
]


@pytest.mark.parametrize("text", _HOSTILE)
def test_no_address_or_mention_survives(text: str) -> None:
    made = defang(f"See {text} now")
    assert not _LINKS.search(made)
    assert made.replace("\u2060", "") == f"See {text} now"


@given(st.text(max_size=60) | st.lists(st.sampled_from([*_HOSTILE, " ", "."])).map("".join))
def test_defanging_only_adds_invisible_characters(text: str) -> None:
    made = defang(text)
    assert made.replace("\u2060", "") == text.replace("\u2060", "")
    assert not _LINKS.search(made)


@pytest.mark.parametrize("text", ["It cost 3.5 million.", "It ended. Then: no more.", "12:30 p.m."])
def test_plain_prose_stays(text: str) -> None:
    assert defang(text) == text


@given(
    st.text(max_size=60)
    | st.lists(st.sampled_from([*_HOSTILE, "\n", "`", "# ", "- "])).map("".join)
)
def test_text_never_becomes_markup(text: str) -> None:
    made = escape_markdown(text)
    assert "\n" not in made
    bare = re.sub(r"\\.", "", made)
    assert not re.search(r"[\[\]<>`*_#!|]", bare)


def test_text_of_several_lines_becomes_one() -> None:
    assert escape_markdown("One\n  two\tthree") == "One two three"


# Words written from right to left and from left to right keep their order on one line.


_MIXED = st.text("abc كتب 12 .,-()[]“”«» שלום", max_size=40)
_MARKS = dict.fromkeys(map(ord, "\u200e\u200f\u2066\u2067\u2068\u2069"))


def test_the_first_letter_determines_the_direction_of_a_line() -> None:
    assert [is_rtl(text) for text in ("abc كتب", "12: كتب abc", "123", "")] == [
        False, True, False, False,
    ]  # fmt: skip


def test_a_run_in_the_other_direction_is_isolated_as_a_whole() -> None:
    assert isolate_runs("He said “كتب، 12 كتب” twice.", rtl=False) == (
        "He said “\u2068كتب، 12 كتب\u2069” twice."
    )
    assert isolate_runs("قال Dana Oru 3 ذلك", rtl=True) == "قال \u2068Dana Oru 3\u2069 ذلك"
    assert isolate_runs("«كتب» · (12)", rtl=True) == "«كتب» · (12)"
    assert isolate_runs("Nothing to do.", rtl=False) == "Nothing to do."


def test_only_a_right_to_left_line_gets_its_direction_marks() -> None:
    assert direction_marks("كتب A1", rtl=True) == ("\u200f\u2067", "\u2069")
    assert direction_marks("كتب: he wrote", rtl=False) == ("\u200e", "")
    assert direction_marks("he wrote", rtl=False) == ("", "")


@given(_MIXED, st.booleans())
def test_only_marks_are_added_and_every_isolate_is_closed(text: str, right: bool) -> None:
    shown = isolate_runs(text, rtl=right)
    before, behind = direction_marks(text, rtl=right)
    assert f"{before}{shown}{behind}".translate(_MARKS) == text
    depth = 0
    for char in before + shown + behind:
        depth += {"\u2067": 1, "\u2068": 1, "\u2069": -1}.get(char, 0)
        assert 0 <= depth <= 2
        strong = {"L", "R", "AL"} & {unicodedata.bidirectional(char)}
        against = bool(strong) and char not in "\u200e\u200f" and (strong == {"L"}) == right
        assert not against or depth == 1 + right
    assert depth == 0


# Words are counted alike in every script.


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        ("  \n ", 0),
        ("The inquiry – it continues.", 5),
        ("кто платит за мост", 4),
        ("市议会周二投票决定更换旧桥。", 7),
        ("新桥将于2029年春季通车,工程委员会主席说。", 10),
        ("市議会は火曜日に古い橋を架け替えることを決めた。", 12),
        ("ナイト", 2),
        ("สภาเมืองลงมติ", 7),
        ("ສະພາ", 2),
        ("ក្រុមប្រឹក្សា", 7),
        ("မြို့တော်", 5),
        ("The 市议会 of Harrow", 5),
        ("서울 시의회는 투표했다", 3),
        ("书", 1),
    ],
)
def test_in_scripts_without_spaces_two_characters_are_a_word(text: str, words: int) -> None:
    assert count_words(text) == words


@given(st.text(st.characters(max_codepoint=0x0DFF)))
def test_elsewhere_white_space_separates_words(text: str) -> None:
    assert count_words(text) == len(text.split())


@given(st.text("市議会ก าab 1.,。"), st.text("市議会ก าab 1.,。"))
def test_adding_text_never_lowers_the_count(text: str, more: str) -> None:
    assert count_words(f"{text}\n{more}") >= max(count_words(text), count_words(more))
