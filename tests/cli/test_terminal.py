"""Briefings and digests on a terminal."""

import io

from rich.console import Console

from bot.briefing.digest import DatedCommitment, Digest, without_text
from bot.briefing.lines import Briefing, Commitment, Line, Receipt
from bot.cli.terminal import outcome_view
from tests.texts import article


def test_an_unjudged_line_is_marked_if_others_were_judged() -> None:
    document = article("demo")
    points = [
        Line(text, "event", None, (document.passage(2),), judge=judge)
        for text, judge in (("They agreed.", "judge-1"), ("They parted.", None))
    ]
    receipt = Receipt("openai", "0.2.0", "m").with_counts(points, ())
    printed = io.StringIO()
    Console(file=printed, width=500).print(
        outcome_view(Briefing((document,), (1,), receipt, key_points=tuple(points)))
    )
    assert "They parted. (not judged)" in printed.getvalue()
    assert printed.getvalue().count("not judged") == 2  # the receipt counts it


def test_a_due_commitment_has_its_passage_though_the_article_is_not_stored() -> None:
    document = article("demo")
    promise = Commitment(
        "Terren will answer the union.", "event", None, (document.passage(34),),
        "Terren", "answer the union", "by Friday", None, "pledged", "2026-04-10",
    )  # fmt: skip
    due = DatedCommitment(promise, without_text(document))
    printed = io.StringIO()
    Console(file=printed, width=500).print(
        outcome_view(Digest("2026-04-10T08:00:00", (), Receipt("extractive", "0.2.0"), (due,)))
    )
    assert "• Terren → answer the union · by Friday" in printed.getvalue()
    assert f"    A34  {document.passage(34).text}" in printed.getvalue()
