"""The buttons under a reply do what they say, for those who may press them."""

import asyncio
import json
from dataclasses import replace

import pytest

from bot.briefing.requests import WebPage
from bot.service.errors import ReadoutError
from bot.service.ports import Mention, Notice
from bot.slack import actions, evidence, interactions, sharing
from bot.slack.actions import TRANSLATE_DIALOG
from bot.slack.buttons import BUTTONS, BUTTONS_BY_NAME, FEEDBACK, MENU
from bot.slack.home import FORGET, LANGUAGE, LENGTH, SEARCH, STYLE
from bot.slack.interactions import NOT_YOURS
from bot.slack.modals import PASTE_DIALOG, QUESTION_DIALOG
from bot.slack.settings import SETTINGS
from sandbox.slack import Fault
from tests.fakes import MemoryArchive
from tests.slack.examples import answer, briefing, document, line, mention
from tests.slack.workspace import (
    BOTH_WAYS,
    BY_THE_TABLE,
    Workspace,
    ephemeral_texts,
    press,
    put_earlier_buttons,
    replied,
    reply_with_button,
)
from tests.slacks import asked_to_delete, delete_reply


def thanked(workspace: Workspace, mention: Mention) -> list[str]:
    """Who was thanked, each as often as they were."""
    private = (each for each in workspace.slack.state.messages(mention.channel) if each.seen_by)
    return [each.seen_by for each in private if each.text.startswith("Thank you")]


async def test_an_internal_error_is_reported_to_whoever_pressed_the_button(
    listening: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    mention, ts = await replied(listening, briefing())

    async def broken(_key: str) -> Mention | None:
        raise RuntimeError("secret")

    monkeypatch.setattr(listening.archive, "mention", broken)
    listening.slack.click("bob", ts, "evidence.v1")
    (sentence,) = await listening.slack.wait_for(
        lambda: ephemeral_texts(listening, mention.channel)
    )
    assert sentence.startswith("That didn’t work because of an error on our side.")


async def test_a_button_pressed_during_a_restart_is_answered_with_the_sentence_for_that(
    listening: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    mention, ts = await replied(listening, briefing())

    async def restarting(_mention: Mention) -> bool:
        raise ReadoutError("Readout is restarting.")

    monkeypatch.setattr(listening.archive, "record", restarting)
    sent = listening.slack.click("bob", ts, "longer.v1")
    sentences = await listening.slack.wait_for(lambda: ephemeral_texts(listening, mention.channel))
    assert sentences == ["Readout is restarting."]
    await listening.slack.wait_for(lambda: sent.acked_at)


@BOTH_WAYS
async def test_evidence_opens_a_modal(listening: Workspace) -> None:
    _, ts = await replied(listening, briefing())
    listening.slack.click("bob", ts, "evidence.v1")
    modal = await listening.slack.wait_for(lambda: listening.slack.modal("bob"))

    assert "if inspectors clear the bridge" in json.dumps(modal.content)


async def test_evidence_has_a_next_and_a_previous_page(listening: Workspace) -> None:
    points = tuple(line(f"Point {number}.", document()) for number in range(60))
    _, ts = await replied(listening, briefing(key_points=points))
    listening.slack.click("bob", ts, "evidence.v1")
    modal = await listening.slack.wait_for(lambda: listening.slack.modal("bob"))
    assert "Point 50." not in json.dumps(modal.content)

    listening.slack.click_in_view(modal, "evidence_after.v1")
    await listening.slack.wait_for(lambda: "Point 50." in json.dumps(modal.content))
    listening.slack.click_in_view(modal, "evidence_before.v1")
    await listening.slack.wait_for(lambda: "Point 1." in json.dumps(modal.content))


async def test_evidence_that_slack_refuses_to_show_is_explained(listening: Workspace) -> None:
    mention, ts = await replied(listening, briefing())
    listening.slack.fail("views.open", Fault(error="expired_trigger_id"))
    listening.slack.click("bob", ts, "evidence.v1")
    (sentence,) = await listening.slack.wait_for(
        lambda: ephemeral_texts(listening, mention.channel)
    )

    assert "expired_trigger_id" in sentence


@BOTH_WAYS
async def test_retry_is_one_new_job_however_often_it_is_pressed(listening: Workspace) -> None:
    mention, ts = await replied(listening, Notice("No.", retry=True))
    listening.slack.click("bob", ts, "retry.v1")
    listening.slack.click("bob", ts, "retry.v1")
    (again,) = await listening.mentions()

    bob = listening.slack.person("bob").id
    assert again == replace(mention, key=f"{mention.key}:retry:{ts}", person=bob)


async def test_brief_starts_the_briefing_of_the_sources_of_a_question(listening: Workspace) -> None:
    fields = {"intent": "ask", "question": "Who?", "sources": (WebPage("https://a.example"),)}
    mention, ts = await replied(listening, answer(), **fields)
    listening.slack.click("bob", ts, "brief.v1")
    (briefed,) = await listening.mentions()

    assert (briefed.intent, briefed.question) == ("brief", None)
    assert briefed.sources == mention.sources


async def test_delete_removes_every_message_and_all_stored_data(listening: Workspace) -> None:
    source = document()
    points = tuple(line(f"{n} " + "x" * 300, source) for n in range(60))
    mention, ts = await replied(listening, briefing(source, key_points=points))
    assert len(listening.own(mention.thread)) > 1
    await delete_reply(listening.slack, "ann", ts)
    await listening.until_deleted(mention)

    assert listening.own(mention.thread) == []


async def test_delete_in_direct_messages_after_a_closed_channel(listening: Workspace) -> None:
    mention = await listening.asked()
    listening.slack.fail("chat.postMessage", Fault(error="not_in_channel"))
    await listening.replies().to(mention).done(briefing())
    direct = listening.slack.state.direct_messages(listening.slack.person("ann")).id
    (message,) = listening.slack.state.messages(direct)
    await delete_reply(listening.slack, "ann", message.ts)

    await listening.slack.wait_for(lambda: not listening.slack.state.messages(direct))


async def test_a_message_that_slack_does_not_delete_is_reported(listening: Workspace) -> None:
    mention, ts = await replied(listening, briefing())
    listening.slack.fail("chat.delete", Fault(error="cant_delete_message"))
    await delete_reply(listening.slack, "ann", ts)
    (sentence,) = await listening.slack.wait_for(
        lambda: ephemeral_texts(listening, mention.channel)
    )

    assert "one of my messages remains" in sentence
    assert await listening.archive.mention(mention.key) is None


@pytest.mark.parametrize(
    "fault",
    [Fault(status=500), Fault(status=429, retry_after=600), Fault(error="internal_error")],
)
async def test_a_reply_that_slack_cannot_delete_yet_is_left_to_a_job_with_all_stored_data(
    listening: Workspace, fault: Fault
) -> None:
    mention, ts = await replied(listening, briefing())
    listening.slack.fail("chat.delete", fault)
    await delete_reply(listening.slack, "ann", ts)
    (withdrawal,) = await listening.mentions()
    sentences = await listening.slack.wait_for(lambda: ephemeral_texts(listening, mention.channel))

    assert sentences == ["Slack won’t let me delete all my messages right now. I’ll keep trying."]
    assert withdrawal == mention.withdrawal
    assert await listening.archive.outcome(mention.key)


async def test_a_direct_message_that_slack_cannot_delete_yet_keeps_its_button(
    listening: Workspace,
) -> None:
    mention = await listening.asked()
    listening.slack.fail("chat.postMessage", Fault(error="not_in_channel"))
    await listening.replies().to(mention).done(answer())
    direct = listening.slack.state.direct_messages(listening.slack.person("ann")).id
    (message,) = listening.slack.state.messages(direct)
    listening.slack.fail("chat.delete", Fault(status=500))
    await delete_reply(listening.slack, "ann", message.ts)
    (sentence,) = await listening.slack.wait_for(lambda: ephemeral_texts(listening, direct))

    assert sentence.endswith("Please try again in a minute.")
    await delete_reply(listening.slack, "ann", message.ts)
    await listening.slack.wait_for(
        lambda: listening.slack.state.message(direct, message.ts) is None
    )


async def test_of_several_direct_messages_the_one_with_the_button_is_deleted_last(
    listening: Workspace,
) -> None:
    mention, direct = await replied_directly(listening)
    *others, last = listening.slack.state.messages(direct)
    assert others
    for fault in (Fault(), Fault(status=500)):  # only the second call fails
        listening.slack.fail("chat.delete", fault)
    await delete_reply(listening.slack, "ann", last.ts)
    (sentence,) = await listening.slack.wait_for(lambda: ephemeral_texts(listening, direct))

    assert sentence.endswith("Please try again in a minute.")
    assert listening.slack.state.message(direct, last.ts)
    await delete_reply(listening.slack, "ann", last.ts)
    await listening.until_deleted(mention)
    assert all(each.seen_by for each in listening.slack.state.messages(direct))


async def test_no_job_takes_over_the_deletion_of_direct_messages(listening: Workspace) -> None:
    mention, direct = await replied_directly(listening)
    last = listening.slack.state.messages(direct)[-1]
    listening.slack.fail("chat.delete", Fault(delay=1.0))
    here = direct, last.ts
    deleting = asyncio.create_task(
        actions.delete_reply(mention, here, listening.intake, listening.client)
    )
    await listening.slack.wait_for(lambda: listening.called("chat.delete"))

    assert await listening.archive.unanswered() == ()
    await deleting
    assert listening.slack.state.messages(direct) == []


async def replied_directly(listening: Workspace) -> tuple[Mention, str]:
    """A mention with a reply in several direct messages, and their channel."""
    source = document()
    long = briefing(source, key_points=tuple(line(f"{n} " + "x" * 300, source) for n in range(60)))
    mention = await listening.asked()
    listening.slack.fail("chat.postMessage", Fault(error="not_in_channel"))
    await listening.archive.keep_outcome(mention, long)
    await listening.replies().to(mention).done(long)
    return mention, listening.slack.state.direct_messages(listening.slack.person("ann")).id


async def test_a_version_that_comes_while_its_reply_is_being_deleted_is_deleted_too(
    listening: Workspace,
) -> None:
    mention, ts = await replied(listening, briefing())
    longer = replace(mention, key=f"{mention.key}:long:1.1", version_of=mention.key)
    await listening.archive.record(longer)
    listening.slack.fail("chat.delete", Fault(delay=1.0))
    here = mention.channel, ts
    deleting = asyncio.create_task(
        actions.delete_reply(mention, here, listening.intake, listening.client)
    )
    while not await listening.archive.mention(mention.withdrawal.key):
        await asyncio.sleep(0.01)
    await listening.archive.keep_outcome(longer, briefing())
    await listening.replies().to(longer).done(briefing())
    assert len(listening.own(mention.thread)) > 0
    await deleting

    assert listening.own(mention.thread) == []


async def test_stop_is_one_job_however_often_it_is_pressed(listening: Workspace) -> None:
    listening.slack.fail("assistant.threads.setStatus", Fault(error="feature_disabled"))
    mention = await listening.asked()
    await listening.replies().to(mention).progress("reading the source")
    (sign,) = listening.own(mention.thread)
    pressed = [listening.slack.click("ann", sign.ts, "stop.v1") for _ in range(3)]
    await listening.slack.wait_for(lambda: all(each.acked_at for each in pressed))
    (stop,) = await listening.mentions()
    assert (stop.intent, stop.about, stop.text) == ("stop", mention.key, "")


async def test_a_thumb_up_is_kept_and_thanked_for(listening: Workspace) -> None:
    mention, ts = await replied(listening, briefing())
    listening.slack.click("bob", ts, "Useful")
    (sentence,) = await listening.slack.wait_for(
        lambda: ephemeral_texts(listening, mention.channel)
    )

    assert sentence.startswith("Thank you")
    bob = listening.slack.person("bob").id
    assert listening.home.thumbs == {(mention.key, bob): True}


async def test_a_thumb_up_is_thanked_for_once_however_often_it_is_pressed(
    listening: Workspace,
) -> None:
    mention, ts = await replied(listening, briefing())
    listening.slack.click("bob", ts, "Useful")
    await listening.slack.wait_for(lambda: ephemeral_texts(listening, mention.channel))
    again = listening.slack.click("bob", ts, "Useful")
    await listening.slack.wait_for(lambda: again.acked_at)
    listening.slack.click("ann", ts, "Useful")
    ann, bob = (listening.slack.person(who).id for who in ("ann", "bob"))
    await listening.slack.wait_for(lambda: ann in thanked(listening, mention))

    assert thanked(listening, mention) == [bob, ann]


async def test_a_thumb_down_is_kept_in_place_of_one_up(listening: Workspace) -> None:
    mention, ts = await replied(listening, answer())
    for opinion in ("Useful", "Not useful"):
        listening.slack.click("bob", ts, opinion)
    bob = listening.slack.person("bob").id
    await listening.slack.wait_for(lambda: len(thanked(listening, mention)) == 2)

    assert listening.home.thumbs == {(mention.key, bob): False}


async def test_delete_asks_in_the_language_of_the_reply_before_anything_goes(
    listening: Workspace,
) -> None:
    mention, ts = await replied(listening, briefing(language="fr"))
    box = await asked_to_delete(listening.slack, "ann", ts)

    assert box.content["title"]["text"] == "Supprimer"
    assert "Supprimer cette réponse" in json.dumps(box.content["blocks"], ensure_ascii=False)
    listening.slack.dismiss(box)
    await listening.handled()
    assert listening.own(mention.thread)


async def test_delete_is_confirmed_once(listening: Workspace) -> None:
    mention, ts = await replied(listening, briefing())
    box = await asked_to_delete(listening.slack, "ann", ts)
    listening.slack.submit(box, {})
    await listening.until_deleted(mention)
    listening.slack.submit(box, {})
    await listening.slack.wait_for(lambda: "Nothing is stored" in str(box.content["blocks"]))

    assert listening.called("chat.delete") == 1


def test_action_ids_of_the_first_version_are_still_known() -> None:
    known = {
        *(each.action_id for each in BUTTONS), *(each.earlier_id for each in BUTTONS), MENU,
        FEEDBACK, evidence.BEFORE, evidence.AFTER, TRANSLATE_DIALOG, QUESTION_DIALOG,
        PASTE_DIALOG, SETTINGS,
        sharing.CHANNEL_DIALOG, sharing.CONFIRMATION_DIALOG, LENGTH, LANGUAGE, STYLE,
        SEARCH, FORGET,
    }  # fmt: skip
    first = (
        "evidence shorter longer brief paste retry anew stop delete more feedback evidence_before "
        "evidence_after translated asked pasted settings share shared default_length "
        "default_language default_style search forget_me"
    )
    assert {*(f"{name}.v1" for name in first.split()), "delete.v2"} <= known


async def test_the_buttons_and_the_menu_of_earlier_versions_still_work(
    listening: Workspace,
) -> None:
    mention, ts = await replied(listening, briefing())
    put_earlier_buttons(
        listening, mention, ts, "evidence.v1", "shorter.v1", "longer.v1", "delete.v1"
    )
    listening.slack.click("bob", ts, "more.v1", choice=f"ask:{mention.key}")
    box = await listening.slack.wait_for(lambda: listening.slack.modal("bob"))
    assert "Ask" in box.content["submit"]["text"]
    listening.slack.dismiss(box)
    listening.slack.click("bob", ts, "shorter.v1")
    listening.slack.click("bob", ts, "longer.v1")
    made = await listening.mentions(2)
    assert [each.wishes.length for each in made] == ["short", "long"]

    listening.slack.click("ann", ts, "delete.v1")
    box = await listening.slack.wait_for(lambda: listening.slack.modal("ann"))
    listening.slack.submit(box, {})
    await listening.slack.wait_for(lambda: not listening.own(mention.thread))


async def test_evidence_of_a_reply_that_has_become_shorter_shows_its_last_page(
    listening: Workspace,
) -> None:
    points = tuple(line(f"Point {number}.", document()) for number in range(60))
    mention, ts = await replied(listening, long := briefing(key_points=points))
    listening.slack.click("bob", ts, "evidence.v1")
    modal = await listening.slack.wait_for(lambda: listening.slack.modal("bob"))
    await listening.archive.supersede(mention, long, briefing())
    listening.slack.click_in_view(modal, "evidence_after.v1")

    await listening.slack.wait_for(lambda: "Point 1." not in json.dumps(modal.content))


# What a button or a dialog knows of the reply that it belongs to.


async def test_nothing_is_shown_of_a_reply_that_has_expired_while_its_modal_is_open() -> None:
    clock = iter((0.0, 0.0, 0.0, 90_000.0, 90_000.0))
    archive, asked = MemoryArchive(1, lambda: next(clock)), mention()
    await archive.record(asked)
    await archive.keep_outcome(asked, briefing())
    assert (await interactions.mention_and_reply(asked.key, archive))[1] == briefing()
    assert await interactions.mention_and_reply(asked.key, archive) == (None, None)


# Every button of the table, also one that is new.


def shown_to_presser(workspace: Workspace, mention: Mention, person: str) -> str:
    """What the person who pressed is shown, in a sentence or in a dialog."""
    box = workspace.slack.modal(person)
    return "\n".join(
        [*ephemeral_texts(workspace, mention.channel), json.dumps(box.content) if box else ""]
    ).strip()


@pytest.mark.parametrize("name", BY_THE_TABLE)
async def test_every_button_does_something_for_whoever_pressed_it(
    listening: Workspace, name: str
) -> None:
    mention, ts = await reply_with_button(listening, name)
    person = "ann" if BUTTONS_BY_NAME[name].deed else "bob"
    sent = press(listening, person, ts, name)
    await listening.slack.wait_for(
        lambda: listening.jobs.accepted or shown_to_presser(listening, mention, person)
    )
    await listening.slack.wait_for(lambda: sent.acked_at)

    assert "error on our side" not in shown_to_presser(listening, mention, person)
    begun = [await listening.archive.mention(key) for key in listening.jobs.accepted]
    assert {each.person for each in begun if each} <= {listening.slack.person(person).id}
    assert not (begun and BUTTONS_BY_NAME[name].presser == "reader"), (
        "who may not ask begins nothing"
    )


@pytest.mark.parametrize("name", BY_THE_TABLE)
async def test_every_button_of_a_deleted_request_says_so(listening: Workspace, name: str) -> None:
    mention, ts = await reply_with_button(listening, name)
    await listening.archive.delete(mention.key)
    press(listening, "ann", ts, name)
    await listening.slack.wait_for(lambda: shown_to_presser(listening, mention, "ann"))

    assert "Nothing is stored" in shown_to_presser(listening, mention, "ann")
    assert listening.jobs.accepted == []


@pytest.mark.parametrize("name", [name for name in BY_THE_TABLE if BUTTONS_BY_NAME[name].deed])
async def test_what_only_the_asker_can_do_is_refused_to_others(
    listening: Workspace, name: str
) -> None:
    mention, ts = await reply_with_button(listening, name)
    press(listening, "bob", ts, name)
    box = await listening.slack.wait_for(lambda: listening.slack.modal("bob"))

    assert NOT_YOURS.format(deed=BUTTONS_BY_NAME[name].deed) in str(box.content)
    assert "submit" not in box.content
    assert listening.own(mention.thread)
    assert listening.jobs.accepted == []
