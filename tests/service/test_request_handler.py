"""When a briefing is reused, and what Readout offers."""

from dataclasses import replace

import pytest

from bot.briefing.lines import Briefing, Receipt, Unread
from bot.briefing.numbering import numbered
from bot.briefing.requests import Wishes
from bot.service import styles
from bot.service.ports import Mention
from bot.service.request_handler import (
    Maker,
    help_text,
    is_reusable,
    not_understood,
    reuse,
    reuse_key,
)

PAGE = replace(numbered("A", "Brook pays."), is_public=True, url="https://example.com/a")
PASTED = replace(PAGE, is_public=False, url=None)
MAKER = Maker("0.1", "model-1", "abc", None)
HERE, THERE, ELSEWHERE = (
    Mention(f"msg:{team}:{channel}:1", team, channel, "1", "1", "U1", "brief")
    for team, channel in (("T1", "C1"), ("T1", "C2"), ("T2", "C1"))
)
RECEIPT = Receipt("openai", "0.1", model="model-1", tokens_in=900, tokens_out=90, cost_usd=0.01)
BRIEFING = Briefing((PAGE,), (PAGE.words,), RECEIPT)


def test_a_public_page_has_one_reuse_key_in_all_channels_of_a_workspace() -> None:
    here, there = (reuse_key([PAGE], Wishes(), MAKER, mention) for mention in (HERE, THERE))
    assert here == there
    assert here != reuse_key([PAGE], Wishes(), MAKER, ELSEWHERE)


@pytest.mark.parametrize("documents", [[PASTED], [PAGE, replace(PASTED, label="B")]])
def test_private_text_has_a_reuse_key_for_each_channel(documents: list[object]) -> None:
    here, again, there = (
        reuse_key(documents, Wishes(), MAKER, mention)  # type: ignore[arg-type]
        for mention in (HERE, HERE, THERE)
    )
    assert here == again
    assert here != there


@pytest.mark.parametrize(
    ("document", "wishes", "maker"),
    [
        (replace(PAGE, text="Brook paid."), Wishes(), MAKER),
        (replace(PAGE, label="B"), Wishes(), MAKER),
        (replace(PAGE, published="2026-01-01"), Wishes(), MAKER),
        (PAGE, Wishes(language="fr"), MAKER),
        (PAGE, Wishes(angle="costs"), MAKER),
        (PAGE, Wishes(style="minister"), MAKER),
        (PAGE, Wishes(), replace(MAKER, prompt="abd")),
        (PAGE, Wishes(), replace(MAKER, model="model-2")),
        (PAGE, Wishes(), replace(MAKER, version="0.2")),
        (PAGE, Wishes(), replace(MAKER, judge="judge-1")),
    ],
)
def test_any_other_difference_changes_the_reuse_key(
    document: object, wishes: Wishes, maker: Maker
) -> None:
    same = reuse_key([PAGE], Wishes(), MAKER, HERE)
    assert reuse_key([document], wishes, maker, HERE) != same  # type: ignore[list-item]


def test_a_text_pasted_for_another_page_has_another_reuse_key() -> None:
    names = {
        reuse_key([replace(PASTED, pasted_for=name)], Wishes(), MAKER, HERE)
        for name in (None, "https://a.example", "https://b.example")
    }
    assert len(names) == 3


@pytest.mark.parametrize(
    ("briefing", "may"),
    [
        (BRIEFING, True),
        (replace(BRIEFING, receipt=replace(RECEIPT, model=None)), False),
        (replace(BRIEFING, words_read=(1,)), False),
        (replace(BRIEFING, unread=(Unread("x", "network", "Gone."),)), False),
        (replace(BRIEFING, is_whole=False), False),
    ],
    ids=["good", "the model failed", "partly read", "a source unread", "broken off"],
)
def test_only_a_complete_briefing_is_reused(briefing: Briefing, may: bool) -> None:
    assert is_reusable(briefing, MAKER) is may


def test_a_reused_briefing_says_so_and_used_no_tokens() -> None:
    again = reuse(replace(BRIEFING, notes=("One.",)), "Made earlier.")
    assert again.notes == ("Made earlier.", "One.")
    assert (again.receipt.tokens_in, again.receipt.tokens_out, again.receipt.cost_usd) == (
        0,
        0,
        None,
    )
    assert again.receipt.model == "model-1"


# Help, and answers to unknown commands.


def asking(text: str, wishes: Wishes | None = None, question: str | None = None) -> Mention:
    return Mention(
        "cmd:T1:1", "T1", "C1", "", "", "U1", "follow_up", text=text,
        wishes=wishes or Wishes(note=text), question=question,
    )  # fmt: skip


@pytest.mark.parametrize(
    "needs_a_model", ["in French", "for the minister", "only from the sources"]
)
def test_help_offers_what_needs_a_model_only_if_there_is_one(needs_a_model: str) -> None:
    assert needs_a_model in help_text(has_model=True)
    assert needs_a_model not in help_text(has_model=False)


@pytest.mark.parametrize("has_model", [True, False])
def test_help_mentions_settings_stop_home_and_every_style(has_model: bool) -> None:
    text = help_text(has_model=has_model)
    others = [name for name in styles.known() if name != styles.PLAIN]
    for said in ("/brief settings", "/brief stop", "/brief digest", "“stop”", "Home tab", *others):
        assert said in text


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("setings", "/brief settings"),
        ("Settings please", "/brief settings"),
        ("stpo", "/brief stop"),
        ("example.org/rail", "/brief https://example.org/rail"),
    ],
)
def test_a_typing_error_is_answered_with_a_suggestion(typed: str, meant: str) -> None:
    assert f"“{typed}”. Did you mean {meant}?" in not_understood(asking(typed))


def test_an_unrecognisable_command_is_answered_with_all_that_is_offered() -> None:
    text = not_understood(asking("foo"))
    assert "Did you mean" not in text
    for offered in ("a link", "40 words", "/brief help", "/brief settings", "/brief stop"):
        assert offered in text


@pytest.mark.parametrize(
    "mention",
    [asking("shorter", Wishes(length="short")), asking("Who pays?", question="Who pays?")],
)
def test_a_wish_or_question_without_a_source_is_answered_with_where_it_belongs(
    mention: Mention,
) -> None:
    assert "needs something to read" in not_understood(mention)
    assert "in a briefing’s thread" in not_understood(mention)


def test_a_long_text_is_quoted_only_by_its_beginning() -> None:
    assert len(not_understood(asking("word " * 35))) < 250
