"""What Readout offers, and what a command that it does not know is told."""

import pytest

from bot.briefing.requests import Wishes
from bot.service import styles
from bot.service.ports import Mention
from bot.service.request_handler import help_text, not_understood


def asking(text: str, wishes: Wishes | None = None, question: str | None = None) -> Mention:
    return Mention(
        "cmd:T1:1", "T1", "C1", "", "", "U1", "follow_up", text=text,
        wishes=wishes or Wishes(note=text), question=question,
    )  # fmt: skip


@pytest.mark.parametrize(
    "needs_a_model", ["in French", "for the minister", "only from the sources"]
)
def test_help_offers_what_takes_a_model_only_where_there_is_one(needs_a_model: str) -> None:
    assert needs_a_model in help_text(has_model=True)
    assert needs_a_model not in help_text(has_model=False)


@pytest.mark.parametrize("has_model", [True, False])
def test_help_tells_of_settings_stop_home_and_every_style(has_model: bool) -> None:
    told = help_text(has_model=has_model)
    others = [name for name in styles.known() if name != styles.PLAIN]
    for said in ("/brief settings", "/brief stop", "“stop”", "Home tab", *others):
        assert said in told


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("setings", "/brief settings"),
        ("Settings please", "/brief settings"),
        ("stpo", "/brief stop"),
        ("example.org/rail", "/brief https://example.org/rail"),
    ],
)
def test_a_slip_is_answered_with_what_was_meant(typed: str, meant: str) -> None:
    assert f"“{typed}”. Did you mean {meant}?" in not_understood(asking(typed))


def test_what_resembles_nothing_is_answered_with_all_there_is() -> None:
    told = not_understood(asking("foo"))
    assert "Did you mean" not in told
    for offered in ("a link", "40 words", "/brief help", "/brief settings", "/brief stop"):
        assert offered in told


@pytest.mark.parametrize(
    "mention",
    [asking("shorter", Wishes(length="short")), asking("Who pays?", question="Who pays?")],
)
def test_a_wish_or_a_question_is_told_where_it_belongs(mention: Mention) -> None:
    assert "needs something to read" in not_understood(mention)
    assert "in a briefing’s thread" in not_understood(mention)


def test_a_long_text_is_quoted_by_its_beginning() -> None:
    assert len(not_understood(asking("word " * 35))) < 250
