"""A line points at no two passages that differ."""

from bot.briefing.draft import DraftItem, DraftLine
from bot.briefing.inspection import Inspector
from bot.briefing.lines import Line, Withheld
from tests.briefing.groups import group


def test_a_line_may_rest_on_sources_that_say_the_same() -> None:
    line = _inspected("A3", "C3")
    assert isinstance(line, Line)
    assert [passage.reference for passage in line.evidence] == ["A3", "C3"]


def test_a_line_that_points_at_sources_that_differ_goes_back() -> None:
    withheld = _inspected("A3", "B2")
    assert isinstance(withheld, Withheld)
    [reason] = withheld.reasons
    assert reason.message == "A3 and B2 differ (Fourteen / 11): give each side its own line."


def _inspected(*references: str) -> object:
    drafted = DraftLine(
        evidence=list(references), voice="attributed", speaker="the coast guard",
        text="The coast guard said that fourteen passengers were injured.",
    )  # fmt: skip
    return Inspector(group("ferry").documents).verdict(DraftItem("key_points", drafted))
