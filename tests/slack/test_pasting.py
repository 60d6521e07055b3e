"""The box for a text: it opens, briefs what was pasted once, and says what is wrong."""

from dataclasses import replace

import pytest

from bot.briefing.requests import PastedText, WebPage
from bot.local.state import View
from bot.ports import Mention, Notice
from tests.slack.conftest import House
from tests.slack.examples import briefing, document

TEXT = "The ministers agreed on Monday to reopen the line.\n\nThe bridge will be inspected first."


async def box(house: House, mention: Mention) -> View:
    outcome = Notice("This is a login.", paste=True)
    await house.archive.keep_outcome(mention, outcome)
    await house.replies().to(mention).done(outcome)
    house.slack.click("bob", house.own(mention.thread)[-1].ts, "Paste the text")
    found: View = await house.slack.wait_for(lambda: house.slack.modal("bob"))
    return found


async def test_the_pasted_text_is_briefed_once_in_the_thread_of_the_request(
    listening: House,
) -> None:
    mention = await listening.asked()
    view = await box(listening, mention)
    listening.slack.submit(view, {"text": TEXT})
    listening.slack.submit(view, {"text": TEXT})
    (again,) = await listening.heard()

    assert again.sources == (PastedText(TEXT),)
    bob = listening.slack.person("bob").id
    assert (again.thread, again.person, again.intent) == (mention.thread, bob, "brief")
    assert again.key != mention.key


async def test_a_question_is_asked_of_the_pasted_text(listening: House) -> None:
    mention = await listening.asked()
    await listening.archive.delete(mention.key)
    mention = replace(mention, question="Who pays?", intent="ask", sources=(WebPage("https://a"),))
    await listening.archive.record(mention)
    listening.slack.submit(await box(listening, mention), {"text": TEXT})
    (again,) = await listening.heard()

    assert (again.intent, again.question) == ("ask", "Who pays?")


async def test_what_is_wrong_is_said_in_the_box(listening: House) -> None:
    mention = await listening.asked()
    view = await box(listening, mention)
    listening.slack.submit(view, {"text": " \n "})
    await listening.slack.wait_for(lambda: view.errors)
    assert "no text" in str(view.errors)

    await listening.archive.delete(mention.key)
    listening.slack.submit(view, {"text": TEXT})
    await listening.slack.wait_for(lambda: "Nothing is kept" in str(view.errors))
    assert not listening.jobs.accepted


@pytest.mark.parametrize(("verdict", "offered"), [("teaser", True), ("article", False)])
async def test_the_box_is_offered_where_only_the_free_part_was_read(
    listening: House, verdict: str, offered: bool
) -> None:
    mention = await listening.asked()
    outcome = briefing(replace(document(), verdict=verdict))
    await listening.archive.keep_outcome(mention, outcome)
    await listening.replies().to(mention).done(outcome)

    assert ("paste.v1" in str(listening.own(mention.thread)[-1].blocks)) is offered
