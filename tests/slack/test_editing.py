"""Only whoever asked can drop and rewrite lines in the evidence, and no original is lost."""

import json
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.briefing.edits import current_line
from bot.briefing.lines import Briefing, Line
from bot.service.briefing_service import BriefingService
from bot.service.extractive_writer import ExtractiveWriter
from bot.service.ports import Mention
from bot.slack.evidence import Page, editing_button, evidence_view
from bot.slack.rich_text import pieces
from sandbox.slack import Fault
from sandbox.slack.state import View
from tests.fakes import FixedJudge, FixedReader, job_steps
from tests.slack.examples import answer, briefing, document, line
from tests.slack.workspace import BOTH_WAYS, Workspace, ephemeral_texts, replied, share

VERIFIED = "Arland and Borland agreed on Monday to reopen the line if inspectors clear the bridge."
UNVERIFIED = "The two agreed to reopen the line by 3 June."


def rows(view: View) -> dict[str, list[dict[str, Any]]]:
    """The buttons of the modal by their action."""
    found: dict[str, list[dict[str, Any]]] = {}
    for block in view.content["blocks"]:
        for element in block["elements"] if block["type"] == "actions" else []:
            name = element["action_id"].partition("_line.v1.")[0]
            found.setdefault(name, []).append(element)
    return found


def shown(view: View) -> str:
    return json.dumps(view.content["blocks"], ensure_ascii=False)


async def opened(workspace: Workspace, ts: str, person: str = "ann") -> View:
    workspace.slack.click(person, ts, "evidence.v1")
    return await workspace.slack.wait_for(lambda: workspace.slack.modal(person))


def press(workspace: Workspace, view: View, name: str, number: int, person: str = "") -> None:
    """Press the button of that name under the line of that number."""
    before, view.person = view.person, workspace.slack.person(person).id if person else view.person
    try:
        workspace.slack.click_in_view(view, f"{name}_line.v1.{number}")
    finally:
        view.person = before


async def done(
    workspace: Workspace, judge: FixedJudge | None = None, count: int = 1
) -> list[Mention]:
    """Do the jobs that were recorded."""
    heard = await workspace.mentions(count)
    briefing_service = BriefingService(FixedReader(), ExtractiveWriter(), "0", judge=judge)
    story = job_steps(briefing_service, workspace.archive, workspace.replies())
    for mention in heard:
        await story.write(mention.key)
        await story.post(mention.key)
    workspace.jobs.accepted.clear()
    return heard


async def rewriting(workspace: Workspace, view: View, text: str, number: int = 1) -> View:
    """Open the dialog for a line, and submit it with ``text``."""
    press(workspace, view, "rewrite", number)
    box = await workspace.slack.wait_for(lambda: _above(workspace, view))
    workspace.slack.submit(box, {"text": text})
    return box


def _above(workspace: Workspace, view: View) -> View | None:
    top = workspace.slack.modal("ann")
    return top if top and top is not view else None


async def test_only_the_asker_has_buttons_under_the_lines(listening: Workspace) -> None:
    _, ts = await replied(listening, briefing())
    theirs = await opened(listening, ts, "bob")
    own = await opened(listening, ts, "ann")

    assert "drop" not in rows(theirs)
    assert len(rows(own)["drop"]) == 12
    assert len(rows(own)["rewrite"]) == 9  # not the three that are the source's words


COPIED = line("Borland denied that it had asked for money.", document(), 4)
DROPPED_ONLY = "Lines that are the source’s own words can be dropped, but not rewritten."


@pytest.mark.parametrize(
    ("lines", "is_askers", "is_told"),
    [
        ((COPIED,), True, True),
        ((COPIED,), False, False),
        ((COPIED, line("It asked for none.", document(), 4)), True, False),
    ],
)
def test_the_asker_is_told_why_no_line_can_be_rewritten(
    lines: tuple[Line, ...], is_askers: bool, is_told: bool
) -> None:
    view = evidence_view(answer(lines=lines), Page("msg:T1:C1:1"), is_askers=is_askers)
    assert (DROPPED_ONLY in str(view["blocks"][0])) is is_told


async def test_each_button_tells_screen_readers_which_line_it_is_for(listening: Workspace) -> None:
    _, ts = await replied(listening, briefing())
    found = rows(await opened(listening, ts))

    assert found["drop"][1]["text"]["text"] == "Drop"
    assert found["drop"][1]["accessibility_label"] == "Drop: The two agreed to reopen the line."
    labels = [each["accessibility_label"] for each in (*found["drop"], *found["rewrite"])]
    assert len(set(labels)) == len(labels)


async def test_a_line_is_dropped_and_restored_in_the_message_and_in_the_modal(
    listening: Workspace,
) -> None:
    mention, ts = await replied(listening, briefing())
    view = await opened(listening, ts)
    press(listening, view, "drop", 1)
    await done(listening)
    (message,) = listening.own(mention.thread)

    assert message.ts == ts
    assert "The two agreed to reopen the line." not in json.dumps(message.blocks)
    assert '"strike": true' in shown(view)
    press(listening, view, "restore", 1)
    await done(listening)
    assert "The two agreed to reopen the line." in json.dumps(
        listening.own(mention.thread)[0].blocks
    )
    assert '"strike": true' not in shown(view)


async def test_others_do_not_see_what_was_dropped(listening: Workspace) -> None:
    _, ts = await replied(listening, briefing())
    view = await opened(listening, ts)
    press(listening, view, "drop", 1)
    await done(listening)
    theirs = await opened(listening, ts, "bob")

    assert "The two agreed to reopen the line." not in shown(theirs)


async def test_a_verified_rewrite_says_who_wrote_it(listening: Workspace) -> None:
    mention, ts = await replied(listening, briefing())
    view = await opened(listening, ts)
    box = await rewriting(listening, view, VERIFIED)
    await listening.slack.wait_for(lambda: not box.open)
    await listening.slack.wait_for(lambda: "Checking your version" in shown(view))
    await done(listening, FixedJudge())

    said = json.dumps(listening.own(mention.thread)[0].blocks)
    assert VERIFIED in said
    assert "edited by ann" in said
    assert "1 edited by hand" in said
    assert '"user"' not in said
    assert "Checking" not in shown(view)
    assert VERIFIED in shown(view)


async def test_the_dialog_shows_the_line_and_its_passage(listening: Workspace) -> None:
    _, ts = await replied(listening, briefing())
    view = await opened(listening, ts)
    press(listening, view, "rewrite", 1)
    box = await listening.slack.wait_for(lambda: _above(listening, view))

    *_, field = box.content["blocks"]
    assert field["element"]["initial_value"] == "The two agreed to reopen the line."
    text = "".join(
        each["text"]
        for block in box.content["blocks"][:-1]
        for part in block["elements"]
        if block["type"] == "rich_text"
        for each in part["elements"]
    )
    assert document().sentence(2) in text


async def test_the_author_decides_about_an_unverified_rewrite(listening: Workspace) -> None:
    mention, ts = await replied(listening, briefing())
    view = await opened(listening, ts)
    await rewriting(listening, view, UNVERIFIED)
    await done(listening)

    assert UNVERIFIED not in json.dumps(listening.own(mention.thread)[0].blocks)
    assert UNVERIFIED in shown(view)
    top = json.dumps(view.content["blocks"][:3], ensure_ascii=False)
    assert "Your version (not verified)" in top, "a modal that changes is shown from its top"
    assert current_line(briefing(), 1).text in top  # type: ignore[union-attr]
    assert "3 June" in shown(view)
    press(listening, view, "mine", 1)
    await done(listening)
    said = json.dumps(listening.own(mention.thread)[0].blocks, ensure_ascii=False)
    assert UNVERIFIED in said
    assert "not verified · edited by ann" in said
    assert "1 not verified" in said


async def test_the_earlier_version_can_be_kept(listening: Workspace) -> None:
    mention, ts = await replied(listening, briefing())
    view = await opened(listening, ts)
    await rewriting(listening, view, UNVERIFIED)
    await done(listening)
    press(listening, view, "earlier", 1)
    await done(listening)

    assert UNVERIFIED not in shown(view)
    assert await listening.archive.outcome(mention.key) == briefing()


async def test_if_the_modal_was_closed_a_private_message_is_sent(
    listening: Workspace,
) -> None:
    mention, ts = await replied(listening, briefing())
    view = await opened(listening, ts)
    await rewriting(listening, view, UNVERIFIED)
    await listening.mentions()
    listening.slack.dismiss(view)
    await done(listening)
    (sentence,) = await listening.slack.wait_for(
        lambda: ephemeral_texts(listening, mention.channel)
    )
    assert "Open Evidence to decide" in sentence

    view = await opened(listening, ts)
    assert UNVERIFIED in shown(view)  # still there to be decided


@BOTH_WAYS
async def test_a_second_delivery_of_the_same_press_is_the_same_job(listening: Workspace) -> None:
    _, ts = await replied(listening, briefing())
    view = await opened(listening, ts)
    box = await rewriting(listening, view, VERIFIED)
    await listening.slack.wait_for(lambda: not box.open)
    listening.slack.submit(box, {"text": VERIFIED})
    await listening.handled()
    (only,) = await done(listening)

    assert only.intent == "correct"
    assert only.correction is not None
    assert only.correction.text == VERIFIED


async def test_somebody_else_is_refused_privately(listening: Workspace) -> None:
    """Slack shows nobody another's modal, but a forged press could come."""
    mention, ts = await replied(listening, briefing())
    view = await opened(listening, ts)
    for action in ("drop", "rewrite"):
        press(listening, view, action, 1, "bob")
        await listening.handled()
    assert listening.jobs.accepted == []
    told_bob = await listening.slack.wait_for(lambda: listening.slack.modal("bob"))
    assert "Only the person who asked" in shown(told_bob)
    assert len(listening.own(mention.thread)) == 1


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "The line is empty"),
        ("The two agreed to reopen the line.", "already says"),
        ("word " * 50, "50 words; the limit here is 45"),
    ],
)
async def test_an_invalid_line_is_refused_in_the_dialog(
    listening: Workspace, text: str, why: str
) -> None:
    _, ts = await replied(listening, briefing())
    view = await opened(listening, ts)
    box = await rewriting(listening, view, text)
    await listening.slack.wait_for(lambda: box.errors)

    assert why in box.errors["text"]
    assert listening.jobs.accepted == []


async def test_a_line_that_changed_while_its_dialog_was_open_is_reported(
    listening: Workspace,
) -> None:
    _, ts = await replied(listening, briefing())
    view = await opened(listening, ts)
    press(listening, view, "rewrite", 1)
    box = await listening.slack.wait_for(lambda: _above(listening, view))
    press(listening, view, "drop", 1)
    await done(listening)
    listening.slack.submit(box, {"text": VERIFIED})
    await listening.slack.wait_for(lambda: box.errors)

    assert "has changed in the meantime" in box.errors["text"]


async def test_withheld_lines_can_be_unfolded(listening: Workspace) -> None:
    _, ts = await replied(listening, briefing())
    view = await opened(listening, ts, "bob")
    assert "It costs 3 million." not in shown(view)

    listening.slack.click_in_view(view, "1 line was withheld")
    await listening.slack.wait_for(lambda: "It costs 3 million." in shown(view))
    listening.slack.click_in_view(view, "1 line was withheld")
    await listening.slack.wait_for(lambda: "It costs 3 million." not in shown(view))


async def test_pages_keep_their_buttons_for_the_asker(listening: Workspace) -> None:
    points = tuple(line(f"Point {number}.", document()) for number in range(60))
    _, ts = await replied(listening, briefing(key_points=points))
    view = await opened(listening, ts)
    listening.slack.click_in_view(view, "evidence_after.v1")
    await listening.slack.wait_for(lambda: "Point 40." in shown(view))
    numbers = [int(each["action_id"].rpartition(".")[2]) for each in rows(view)["drop"]]

    press(listening, view, "drop", numbers[3])
    await done(listening)
    assert "Point 40." in shown(view)  # still the same page


async def test_another_modal_can_lead_to_the_lines(listening: Workspace) -> None:
    mention, ts = await replied(listening, briefing())
    view = await opened(listening, ts)
    view.content["blocks"] = [editing_button(mention.key)]
    listening.slack.click_in_view(view, "Edit lines")
    above = await listening.slack.wait_for(lambda: _above(listening, view))
    press(listening, above, "drop", 1)
    await done(listening)

    outcome = await listening.archive.outcome(mention.key)
    assert isinstance(outcome, Briefing)
    assert current_line(outcome, 1) is None
    assert '"strike": true' in shown(above)


@pytest.mark.parametrize("entry", ["share", "export"])
async def test_the_asker_is_offered_to_edit_lines_of_what_is_shared_or_exported(
    listening: Workspace, entry: str
) -> None:
    mention, ts = await replied(listening, briefing())
    for person in ("bob", "ann"):
        listening.slack.click(person, ts, "more.v1", choice=f"{entry}:{mention.key}")
    theirs = await listening.slack.wait_for(lambda: listening.slack.modal("bob"))
    own = await listening.slack.wait_for(lambda: listening.slack.modal("ann"))
    assert "edit_lines.v1" not in shown(theirs)

    listening.slack.click_in_view(own, "Edit lines")
    above = await listening.slack.wait_for(lambda: _above(listening, own))
    assert "drop_line.v1.0" in shown(above)


async def test_a_shared_copy_has_the_marks_and_not_the_dropped_lines(listening: Workspace) -> None:
    mention, ts = await replied(listening, briefing())
    view = await opened(listening, ts)
    press(listening, view, "drop", 0)
    await rewriting(listening, view, UNVERIFIED)
    await listening.mentions(2)
    await done(listening, count=2)
    press(listening, view, "mine", 1)
    await done(listening)
    target = listening.slack.channel("ministers").id
    await share(listening, mention, ts, target)
    (shared,) = await listening.mentions()
    outcome = await listening.archive.outcome(shared.key)

    assert isinstance(outcome, Briefing)
    assert (outcome.headline, outcome.original, outcome.edits) == (None, None, ())
    assert outcome.bottom_line is not None
    assert not outcome.bottom_line.is_verified
    (root,) = listening.slack.state.messages(target)
    assert UNVERIFIED in root.text


async def test_a_modal_that_slack_does_not_change_breaks_nothing(listening: Workspace) -> None:
    mention, ts = await replied(listening, briefing())
    view = await opened(listening, ts)
    listening.slack.fail("views.update", Fault(error="fatal_error"))
    press(listening, view, "drop", 1)
    await done(listening)
    assert "The two agreed to reopen" not in json.dumps(listening.own(mention.thread)[0].blocks)
    assert ephemeral_texts(listening, mention.channel) == []


def texts(blocks: Sequence[dict[str, Any]]) -> list[str]:
    return [
        "".join(each["text"] for each in part["elements"])
        for block in blocks
        if block["type"] == "rich_text"
        for part in block["elements"]
    ]


def test_lines_are_under_the_headings_of_the_briefing_in_its_order() -> None:
    view = evidence_view(briefing(), Page("k"))
    headings = [b["text"]["text"] for b in view["blocks"] if b["type"] == "header"]

    assert headings == [
        "Where the sources differ: who pays",
        "Key points",
        "Next steps",
        "In their words",
        "Timeline",
        "Figures",
        "Read with care",
    ]  # without the order of a style


def test_a_passage_appears_once_in_a_section() -> None:
    source = document()
    points = (line("They agreed.", source, 2), line("On Monday they did.", source, 2))
    view = evidence_view(
        Briefing((source,), (40,), briefing().receipt, key_points=points), Page("k")
    )

    assert texts(view["blocks"]).count(f"{source.sentence(2)}  A2") == 1
    assert "Passage A2 above" in texts(view["blocks"])


def test_a_line_of_many_passages_fits_a_view() -> None:
    source = document("\n".join(f"On day {number} it rained." for number in range(200)))
    evidence = tuple(source.passage(number) for number in range(2, 140, 3))
    rained = Line("It rained for days.", "event", None, evidence)
    made = Briefing((source,), (9,), briefing().receipt, key_points=(rained,))
    view = evidence_view(made, Page("k"), is_askers=True)

    assert len(view["blocks"]) <= 100
    assert sum(block["type"] == "context" for block in view["blocks"]) == 20


def test_the_context_of_a_passage_is_grey_plain_text() -> None:
    source = document("See <!channel> at evil.example.\nIt rained.\nAsk @here.")
    view = evidence_view(
        Briefing((source,), (9,), briefing().receipt, key_points=(line("It rained.", source, 2),)),
        Page("k"),
    )
    grey = [block for block in view["blocks"] if block["type"] == "context"]

    assert [element["type"] for block in grey for element in block["elements"]] == [
        "plain_text"
    ] * 2


def test_the_closest_passages_have_their_heading() -> None:
    view = evidence_view(answer(lines=(), nearest=(line("It rained.", document()),)), Page("k"))
    assert [b["text"]["text"] for b in view["blocks"] if b["type"] == "header"] == [
        "Closest passages"
    ]


@given(st.text("ab 5.,’“”-\u0301é日ا", min_size=1, max_size=40), st.text("ab 5.-é日ا", max_size=30))
def test_a_passage_is_shown_verbatim(passage: str, said: str) -> None:
    source = document(passage)
    made = Briefing((source,), (9,), briefing().receipt, key_points=(line(said, source),))
    quotes = [
        "".join(each["text"] for each in part["elements"])
        for block in evidence_view(made, Page("k"))["blocks"]
        for part in (block["elements"] if block["type"] == "rich_text" else ())
        if part["type"] == "rich_text_quote"
    ]
    assert any(passage in each for each in quotes)


def test_marking_words_leaves_the_passage_unchanged() -> None:
    source = document()
    made = Briefing(
        (source,), (9,), briefing().receipt,
        key_points=(line("Arland and Borland agreed to reopen the line.", source, 2),),
    )  # fmt: skip
    blocks = evidence_view(made, Page("k"))["blocks"]
    *_, passage = (block for block in blocks if block["type"] == "rich_text")
    quoted = passage["elements"][0]["elements"]
    bold = [each["text"] for each in quoted if each.get("style") == {"bold": True}]

    assert bold == ["Arland", "Borland agreed", "reopen"]
    assert "".join(each["text"] for each in quoted).startswith(source.sentence(2))


async def test_each_edit_of_a_reply_that_was_sent_directly_is_shown_below_it(
    listening: Workspace,
) -> None:
    mention = await listening.asked()
    await listening.archive.keep_outcome(mention, briefing())
    listening.slack.fail("chat.postMessage", Fault(error="not_in_channel"))
    await listening.replies().to(mention).done(briefing())
    direct = listening.slack.state.direct_messages(listening.slack.person("ann")).id
    (first,) = listening.slack.state.messages(direct)
    view = await opened(listening, first.ts)
    for number, text in (
        (1, "The two agreed to reopen the line."),
        (5, "It never asked for money."),
    ):
        press(listening, view, "drop", number)
        await done(listening)
        assert text not in json.dumps(listening.slack.state.messages(direct)[-1].blocks)
    assert len(listening.slack.state.messages(direct)) == 3


async def test_an_edit_of_a_reply_that_is_deleted_meanwhile_is_reported_once_as_too_late(
    listening: Workspace,
) -> None:
    mention, ts = await replied(listening, briefing())
    view = await opened(listening, ts)
    press(listening, view, "drop", 1)
    await listening.mentions()
    await listening.archive.delete(mention.key)
    await done(listening)
    assert shown(view).count("Nothing is stored") == 1
    assert "so nothing was changed" in shown(view)


async def test_a_line_marked_as_wrong_is_announced_in_the_thread_and_marked_in_the_reply(
    listening: Workspace,
) -> None:
    mention, ts = await replied(listening, briefing())
    view = await opened(listening, ts)
    assert rows(view)["wrong"][1]["confirm"]["confirm"]["text"] == "Mark as wrong"
    press(listening, view, "wrong", 1)
    await done(listening)

    reply, below = listening.own(mention.thread)
    assert reply.ts == ts
    assert "see this thread." in json.dumps(reply.blocks[0])
    assert "reopen the line. (corrected on " in _words(reply.blocks)
    assert below.text.endswith(
        "): ann marked this line as wrong: “The two agreed to reopen the line.”"
    )
    assert len(rows(view)["wrong"]) == len(rows(view)["drop"]) - 1


def _words(blocks: list[dict[str, Any]]) -> str:
    return "".join(pieces(tuple(blocks)))
