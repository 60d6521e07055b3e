"""The figures of a sentence, as written."""

import pytest

from bot.briefing.extractive.figures import figures
from bot.briefing.numbering import numbered


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Repairs cost 48 million crowns.", [("48 million", None)]),
        ("It earned $2.8 billion, or $2.53 a share.", [("$2.8 billion", None), ("$2.53", None)]),
        ("A budget of $22.6bn is debated.", [("$22.6bn", None)]),
        ("Sales fell 10 percent and 12.3%.", [("10", "percent"), ("12.3", "%")]),
        ("About 3,200 wagons a month crossed.", [("3,200", "wagons")]),
        ("Some 12 000 people came.", [("12 000", "people")]),
        ("Ogun 74 100% tackles.", []),
        ("They met on 3 May 2027 in room 12.", []),
        ("“We have 12 trains,” he sang.", []),
        ("The 5.0-liter engine.", [("5.0", "liter")]),
    ],
)
def test_figures_have_a_unit_a_currency_or_a_magnitude(
    text: str, found: list[tuple[str, str | None]]
) -> None:
    drafted = figures(numbered("A", text, language="en"), 1)
    assert [(item.figure, item.unit) for item in drafted] == found
    assert all(item.figure in text for item in drafted)
