"""Sources that carry one article are one witness."""

from bot.briefing.comparison import Families
from bot.briefing.numbering import numbered
from tests.briefing.groups import group


def test_sources_without_copies_are_as_many_witnesses() -> None:
    families = Families(group("ferry").documents)
    assert len(families) == 3
    assert families.count(["A", "B"]) == 2


def test_a_text_that_is_taken_over_counts_once() -> None:
    families = Families(group("plant").documents)
    assert len(families) == 2
    assert families.count(["A", "B"]) == 1
    assert families.count(["A", "B", "C"]) == 2


def test_copies_of_a_copy_are_one_family() -> None:
    agency, taken_over, _ = group("plant").documents
    again = numbered("D", taken_over.text, language="en")
    assert len(Families((agency, taken_over, again))) == 1
