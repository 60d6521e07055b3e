"""A briefing and an answer as plain text: what is said and where from, and no marks."""

import re
from dataclasses import replace

import pytest

from bot.briefing.lines import Answer, Briefing
from bot.briefing.paper import plain_text
from tests.slack.examples import answer, briefing, document

_MARK = re.compile(r"\[\d+\]|\b[A-Z]\d+\b|\*\*|^#|\]\(", re.MULTILINE)


def test_a_briefing_reads_as_a_mail_would() -> None:
    told = plain_text(briefing())

    assert told.startswith(
        "Ministers to meet again in May\n"
        "The Daily · https://example.org/rail\n\n"
        "The two agreed to reopen the line.\n\n"
        "Where the sources differ: who pays\n"
        "- A · The Daily: A pays.\n"
    )
    assert (
        "\n\nKey points\n- Borland denied that it had asked.\n- It never asked for money." in told
    )
    assert told.endswith("52 words\n")


def test_an_answer_stands_under_its_question() -> None:
    told = plain_text(answer())

    assert told.startswith(
        "Who pays?\nThe Daily · https://example.org/rail\n\n- Arland will not pay alone.\n\n"
    )


@pytest.mark.parametrize("outcome", [briefing(), answer()], ids=["briefing", "answer"])
def test_it_has_neither_passages_nor_marks(outcome: Briefing | Answer) -> None:
    told = plain_text(outcome)

    assert not _MARK.search(told)
    assert "Evidence" not in told
    assert document().sentence(4) not in told


def test_what_was_not_read_and_what_is_not_said_goes_with_it() -> None:
    told = plain_text(briefing())

    assert "Not read\n- https://example.org/2: It did not answer.\n" in told
    assert "What the sources do not say\n- What the bridge costs is not said.\n" in told


def test_a_source_without_a_title_line_is_still_named() -> None:
    assert plain_text(replace(briefing(), headline=None)).startswith(
        "Ministers to meet again in May · The Daily · https://example.org/rail\n\n"
    )
