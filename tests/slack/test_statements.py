"""An Arabic line and an English one with Arabic words keep their order in Slack."""

from dataclasses import replace

from bot.briefing.catalogue import ENGLISH, catalogue
from bot.briefing.lines import Line, Quote
from bot.slack.blocks import source_paragraphs
from bot.slack.statements import Elements, of_its_kind, statement
from tests.texts import article

SOURCE = replace(article("arabic"), title="الجسر")
TWO = (SOURCE.passage(2), SOURCE.passage(3))


def shown(elements: Elements) -> str:
    """The text of the line, with marks of direction as < > [ ] and of isolation as { }."""
    marks = str.maketrans("\u200e\u200f\u2067\u2068\u2069", "><[{}")
    return "".join(each["text"] for each in elements).translate(marks)


def test_an_arabic_line_runs_from_right_to_left_with_its_references() -> None:
    line = Line("قال الوزير Dana Oru ذلك", "event", None, TWO)
    assert shown(statement(line, catalogue("ar"))) == "<[قال الوزير {Dana Oru} ذلك< A2< A3}"


def test_arabic_words_in_an_english_line_keep_their_place() -> None:
    said = Quote("ننتظر", "attributed", "سامي", TWO[:1], None, "We wait")
    assert shown(of_its_kind(said, ENGLISH)) == ">“{ننتظر}” (our translation: We wait) — {سامي} A2"


def test_a_right_to_left_title_does_not_move_the_count_of_words() -> None:
    two = (SOURCE, replace(SOURCE, label="B"))
    in_english, in_arabic = (
        shown(source_paragraphs(two, fixed, has_title=True)[0]["elements"])
        for fixed in (ENGLISH, catalogue("ar"))
    )
    assert in_english == f"A · {{الجسر}} · Pasted text, {SOURCE.words} words"
    assert in_arabic.startswith("<[{A}")
