"""A newline ends a paragraph, unless the lines were wrapped."""

import pytest

from bot.briefing.numbering import paragraphs, trimmed
from tests.texts import text_of

_WIDE = "word " * 30


def _cut(text: str) -> list[str]:
    return [text[slice(*span)] for span in paragraphs(text)]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        pytest.param("", [], id="nothing"),
        pytest.param(" \n\t\n ", [], id="white space alone"),
        pytest.param("One", ["One"], id="a word"),
        pytest.param("Headline\nText.", ["Headline", "Text."], id="a headline"),
        pytest.param("One.\r\nTwo.\rThree.", ["One.", "Two.", "Three."], id="all newlines"),
        pytest.param("One.\n\n\nTwo.", ["One.", "Two."], id="blank lines"),
        pytest.param("  One. \n  Two.", ["One.", "Two."], id="white space around"),
        pytest.param("One.\u2028Two.\u2029Three.", ["One.", "Two.", "Three."], id="separators"),
        pytest.param(
            f"{_WIDE}\n{_WIDE}\n{_WIDE}\n{_WIDE}",
            [_WIDE.strip()] * 4,
            id="paragraphs of one length are no columns",
        ),
    ],
)
def test_a_newline_ends_a_paragraph(text: str, parts: list[str]) -> None:
    assert _cut(text) == parts


def test_a_wrapped_mail_keeps_its_paragraphs_whole() -> None:
    parts = _cut(text_of("mail"))
    assert [part.split()[0] for part in parts] == ["Dear", "the", "The", "The", "Yours,", "Hanne"]
    assert "\n" in parts[1]


@pytest.mark.parametrize("name", ["demo", "british", "russian", "french", "armenian", "arabic"])
def test_a_headline_is_a_paragraph_of_its_own(name: str) -> None:
    text = text_of(name)
    assert _cut(text)[0] == text.split("\n", 1)[0]


def test_trimming_leaves_nothing_of_white_space() -> None:
    assert trimmed("  a ", 0, 4) == (2, 3)
    assert trimmed("   ", 0, 3) is None


def test_chinese_paragraphs_of_like_length_are_not_taken_for_wrapped_lines() -> None:
    parts = [
        "沈立重工净利润增长",
        "本报讯，公司发布半年报，今年前六个月实现营业收入一百二十六亿元，增长主要来自港口机械和售后服务。",
        "公司称不会下调年初设定的营收目标，但也不打算上调这一目标，财务总监在说明会上这样解释公司的打算。",
        "分析师认为海外占比提高可能带来毛利率上升，但是回款周期也会拉长，应收账款因此仍然是焦点。",
        "收盘时股价下跌。",
    ]
    assert _cut("\n".join(parts)) == parts


def test_chinese_lines_that_break_at_one_width_are_wrapped() -> None:
    whole = "公司发布半年报，今年前六个月实现营业收入增长。" * 12
    lines = [whole[start : start + 50] for start in range(0, len(whole), 50)]
    assert len(_cut("\n".join(lines))) == 1
