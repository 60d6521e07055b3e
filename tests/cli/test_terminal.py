"""How a briefing looks on a terminal."""

import io

from rich.console import Console

from bot.briefing.lines import Briefing, Line, Receipt
from bot.cli.terminal import outcome_view
from tests.texts import article


def test_a_line_that_the_judge_left_out_is_marked_where_others_were_judged() -> None:
    document = article("demo")
    points = [
        Line(text, "event", None, (document.passage(2),), judge=judge)
        for text, judge in (("They agreed.", "judge-1"), ("They parted.", None))
    ]
    receipt = Receipt("openai", "0.2.0", "m").counting(points, ())
    printed = io.StringIO()
    Console(file=printed, width=500).print(
        outcome_view(Briefing((document,), (1,), receipt, key_points=tuple(points)))
    )
    assert "They parted. (not judged)" in printed.getvalue()
    assert printed.getvalue().count("not judged") == 2  # the receipt counts it
