"""Printed lines become paragraphs, without what stands on every page."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sources.pdf import HYPHEN, Box, PageLine, reflow, without_running_heads

WIDE = 400.0


def column(*texts: str, left: float = 60, top: float = 700, step: float = 12) -> list[PageLine]:
    """Lines of letters 5 points wide; ``>`` begins an indented line, an empty one is a gap."""
    lines = []
    for number, text in enumerate(texts):
        start = left + 15 * text.startswith(">")
        words = text.removeprefix(">")
        bottom = top - step * number
        if words:
            lines.append(PageLine(words, start, bottom, start + 5 * len(words), bottom + 10))
    return lines


FULL = "The harbour board of Carrow agreed on Monday to dredge its basin."
MORE = "It will cost 3.4 million marks, and two members voted against it."


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        pytest.param([FULL, MORE], f"{FULL} {MORE}", id="full-lines"),
        pytest.param([FULL, "", MORE], f"{FULL}\n\n{MORE}", id="gap"),
        pytest.param([FULL, f">{MORE}"], f"{FULL}\n\n{MORE}", id="indent"),
        pytest.param([FULL, "It ends.", MORE], f"{FULL} It ends.\n\n{MORE}", id="room-left"),
        pytest.param([FULL, "it goes", MORE], f"{FULL} it goes\n\n{MORE}", id="much-room-left"),
        pytest.param([FULL, "It goes", "on."], f"{FULL} It goes on.", id="lower-case-goes-on"),
        pytest.param([FULL, "• One"], f"{FULL}\n\n• One", id="item"),
    ],
)
def test_paragraphs_end_where_the_layout_says_so(lines: list[str], text: str) -> None:
    assert reflow([column(*lines)]).text == text


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        pytest.param([f"inspec{HYPHEN}", "tors"], "inspectors", id="parted"),
        pytest.param([f"Franco{HYPHEN}", "German"], "Franco-German", id="name"),
        pytest.param([f"2019{HYPHEN}", "2020"], "2019-2020", id="years"),
        pytest.param(
            [f"well{HYPHEN}", "known, well-known"], "well-known, well-known", id="known-elsewhere"
        ),
        pytest.param([f"inspec{HYPHEN}"], "inspec-", id="last"),
        pytest.param(["北京", "上海"], "北京上海", id="without-spaces"),
    ],
)
def test_words_are_joined_over_the_end_of_a_line(lines: list[str], text: str) -> None:
    assert reflow([column(*lines)]).text == text


def test_a_column_continues_in_the_next_one_and_over_pages() -> None:
    left, right = column(FULL, "The board"), column("said so.", FULL, left=450)
    flow = reflow([left + right, column("A new page begins.")])

    assert "The board said so." in flow.text
    assert flow.text[slice(*flow.pages[1])] == "A new page begins."


def test_a_line_from_right_to_left_begins_at_its_right() -> None:
    line = PageLine.between("שלום", (300, 10, 310, 20), (100, 10, 110, 20))

    assert (line.left, line.right) == (-310, -100)


@pytest.mark.parametrize(
    ("first", "last"),
    [
        pytest.param((60, 50, 70, 55), (60, 250, 70, 255), id="up"),
        pytest.param((530, 745, 540, 750), (530, 545, 540, 550), id="down"),
    ],
)
def test_a_line_along_the_page_is_rotated(first: Box, last: Box) -> None:
    line = PageLine.between("some words", first, last)

    assert (line.height, line.right - line.left) == (10, 205)


@pytest.mark.parametrize(
    ("head", "is_kept"),
    [
        pytest.param("The Courier", False, id="the-same"),
        pytest.param("Chapter {half}: What was done {page}", False, id="number-last"),
        pytest.param("{page} | Annual report", False, id="number-first"),
        pytest.param("Page {page} of 6", False, id="number-inside"),
        pytest.param("In {square} people came.", True, id="another-number"),
        pytest.param("{words}", True, id="text"),
    ],
)
def test_running_heads_are_removed(head: str, is_kept: bool) -> None:
    pages = []
    for page in range(1, 7):
        named = {"page": page, "half": page // 3, "square": page * page, "words": "x" * page}
        body = [f"{chr(96 + page)} {chr(97 + n)} said so" for n in range(6)]
        pages.append(column(head.format(**named), "", *body))

    kept = without_running_heads(pages)

    assert {len(lines) for lines in kept} == {7 if is_kept else 6}


@given(st.lists(st.lists(st.text(st.characters(categories=["L"]), min_size=1)), max_size=6))
def test_no_letter_is_lost_and_pages_follow_one_another(pages: list[list[str]]) -> None:
    different = (chr(number) for number in range(0x4E00, 0x9FFF))
    marked = [[f"{next(different)}{text}" for text in page] for page in pages]
    flow = reflow([column(*page) for page in marked])

    assert "".join(flow.text.split()) == "".join("".join(page) for page in marked)
    ends = [0, *(page.end for page in flow.pages)]
    assert [page.start for page in flow.pages] == ends[:-1]
    assert ends[-1] == len(flow.text)
