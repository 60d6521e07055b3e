"""Words are counted alike in every script."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.briefing.text import count_words


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
def test_of_scripts_without_spaces_two_characters_are_a_word(text: str, words: int) -> None:
    assert count_words(text) == words


@given(st.text(st.characters(max_codepoint=0x0DFF)))
def test_elsewhere_words_are_what_white_space_parts(text: str) -> None:
    assert count_words(text) == len(text.split())


@given(st.text("市議会ก าab 1.,。"), st.text("市議会ก าab 1.,。"))
def test_text_that_is_added_takes_no_words_away(text: str, more: str) -> None:
    assert count_words(f"{text}\n{more}") >= max(count_words(text), count_words(more))
