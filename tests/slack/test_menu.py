"""The menu behind the buttons, and the buttons for other lengths."""

import asyncio
import threading
from contextlib import AsyncExitStack
from dataclasses import replace
from io import BytesIO

import docx
import pytest

from bot.briefing.lines import Answer, Briefing
from bot.briefing.rendering import plain_text
from bot.briefing.requests import Wishes
from bot.operations.exports import export_files
from bot.service.errors import ReadoutError, SlackFailure
from bot.service.ports import Exportable, ExportedFile, Exporter, Mention
from bot.slack.app import run_socket_mode
from bot.slack.sharing import Sharing, shared_mention
from sandbox.slack import Fault
from sandbox.slack.state import Message, View
from tests.e2e.readout import shown
from tests.slack.examples import answer, briefing, document, line
from tests.slack.workspace import (
    BOTH_WAYS,
    Workspace,
    entry,
    ephemeral_texts,
    opened,
    replied,
    share,
)
from tests.slacks import choose


@pytest.mark.parametrize(("button", "length"), [("shorter", "short"), ("longer", "long")])
async def test_another_length_is_one_new_job_of_the_same_reading(
    listening: Workspace, button: str, length: str
) -> None:
    mention, ts = await replied(listening, briefing())
    for _ in range(2):
        if button == "shorter":
            choose(listening.slack, "bob", ts, button)
        else:
            listening.slack.click("bob", ts, f"{button}.v1")
    (anew,) = await listening.mentions()

    assert anew.key == f"{mention.key}:{button}:{ts}"
    assert (anew.wishes.length, anew.person) == (length, listening.slack.person("bob").id)
    documents, _ = await listening.archive.reading(anew.key) or ((), ())
    assert documents == briefing().documents


async def test_translate_asks_for_the_language_and_makes_one_job(listening: Workspace) -> None:
    mention, ts = await replied(listening, briefing())
    listening.slack.click("ann", ts, "more.v1", choice=entry("translate", mention))
    modal = await listening.slack.wait_for(lambda: listening.slack.modal("ann"))
    listening.slack.submit(modal, {"language": "hy"})
    (anew,) = await listening.mentions()

    assert anew.wishes == Wishes(language="hy")
    assert anew.key == f"{mention.key}:translate:{modal.id}"


async def test_translate_says_at_once_that_there_is_no_model(
    workspace: Workspace, stack: AsyncExitStack
) -> None:
    workspace.home.has_model = False
    await connected(workspace, stack)
    _, ts = await replied(workspace, briefing())
    modal = await opened(workspace, ts, "translate")

    assert "Translating needs a model, and Readout has none set up here." in str(modal.content)
    assert "submit" not in modal.content


async def test_a_question_in_the_dialog_is_asked_in_the_thread(listening: Workspace) -> None:
    mention, ts = await replied(listening, briefing())
    listening.slack.click("bob", ts, "ask.v1")
    modal = await listening.slack.wait_for(lambda: listening.slack.modal("bob"))
    listening.slack.submit(modal, {"question": " Who pays? "})
    (asked,) = await listening.mentions()

    assert (asked.intent, asked.question, asked.sources) == ("follow_up", "Who pays?", ())
    assert (asked.thread, asked.person) == (mention.thread, listening.slack.person("bob").id)


@BOTH_WAYS
async def test_share_puts_the_reply_under_a_message_that_says_who_shared_it(
    listening: Workspace,
) -> None:
    mention, ts = await replied(listening, briefing())
    target = listening.slack.channel("ministers").id
    await share(listening, mention, ts, target)
    (shared,) = await listening.mentions()
    (root,) = listening.slack.state.messages(target)

    assert "Ministers to meet again in May" in root.text
    assert listening.slack.person("bob").id in str(root.blocks)
    assert (shared.channel, shared.thread) == (target, root.ts)
    assert shared.person == listening.slack.person("bob").id
    assert await listening.archive.outcome(shared.key) == briefing()


async def test_what_is_shared_opens_with_headline_bottom_line_and_source(
    listening: Workspace,
) -> None:
    mention, ts = await replied(listening, briefing())
    target = listening.slack.channel("ministers").id
    await share(listening, mention, ts, target)
    await listening.mentions()
    (root,) = listening.slack.state.messages(target)
    told = shown(root)

    assert told.startswith(f"@{listening.slack.person('bob').id} shared a briefing from another")
    assert "Ministers to meet again in May A1\nThe Daily\nThe two agreed to reopen" in told
    assert f"'{mention.permalink}'" in str(root.blocks)


@pytest.mark.parametrize("place", ["closet", "dm"])
async def test_the_original_thread_is_linked_only_if_everybody_can_read_it(
    listening: Workspace, place: str
) -> None:
    listening.slack.channel("closet", private=True)
    mention = await listening.asked(channel=place)
    await listening.archive.keep_outcome(mention, briefing())
    await listening.replies().to(mention).done(briefing())
    ts = listening.own(mention.thread)[-1].ts
    target = listening.slack.channel("ministers").id
    await share(listening, mention, ts, target)
    (root,) = await listening.slack.wait_for(lambda: listening.slack.state.messages(target))

    assert "shared a briefing:" in shown(root)
    assert mention.channel not in str(root.blocks)


@pytest.mark.parametrize("is_known", [True, False])
async def test_nothing_is_shared_in_a_channel_that_others_were_let_into_meanwhile(
    listening: Workspace, is_known: bool
) -> None:
    _, ts = await replied(listening, briefing())
    target = listening.slack.channel("ministers")
    box = await opened(listening, ts, "share")
    listening.slack.submit(box, {"channel": target.id})
    await listening.slack.wait_for(lambda: target.id in str(box.content["blocks"]))
    target.members.add(listening.slack.person("guest", team="T2").id)
    if not is_known:
        listening.slack.fail("conversations.info", Fault(error="internal_error"))
    listening.slack.submit(box, {})
    said = "shared with other organisations" if is_known else "I couldn’t share this in"
    await listening.slack.wait_for(lambda: said in str(box.content["blocks"]))

    assert listening.slack.state.messages(target.id) == []


async def test_a_shared_reply_names_the_first_of_many_sources(listening: Workspace) -> None:
    many = tuple(document(label=label) for label in "ABCDE")
    mention, ts = await replied(listening, replace(answer(), documents=many))
    target = listening.slack.channel("ministers").id
    await share(listening, mention, ts, target)
    await listening.mentions()
    told = shown(listening.slack.state.messages(target)[0])

    assert "shared an answer" in told
    assert "Who pays?\nA · " in told
    assert told.count("The Daily") == 3
    assert "and 2 more\nArland will not pay alone." in told


async def test_sharing_to_a_channel_without_the_bot_works_once_it_is_invited(
    listening: Workspace,
) -> None:
    mention, ts = await replied(listening, briefing())
    target = listening.slack.channel("closed", has_bot=False).id
    await share(listening, mention, ts, target)
    modal = await listening.slack.wait_for(lambda: listening.slack.modal("bob"))
    await listening.slack.wait_for(lambda: "Invite me to" in str(modal.content))
    first, _ = modal.content["blocks"]
    told = first["elements"][0]["elements"]

    assert [each.get("text") or each.get("channel_id") or each["user_id"] for each in told] == [
        "Invite me to ", target, " with /invite ", listening.slack.app.bot_user_id,
        ", then press Share again.",
    ]  # fmt: skip
    assert listening.jobs.accepted == []
    listening.slack.invite_bot(target)
    listening.slack.submit(modal, {})
    (shared,) = await listening.mentions()
    assert [each.ts for each in listening.slack.state.messages(target)] == [shared.thread]


@pytest.mark.parametrize(
    ("code", "said", "submit"),
    [
        ("is_archived", "That channel is archived", "Next"),
        ("restricted_action", "An admin has restricted who can post", "Next"),
        ("restricted_action_thread_only_channel", "An admin has restricted", "Next"),
        ("team_access_not_granted", "I’m not installed in that channel’s workspace", "Next"),
        ("channel_not_found", "Invite me to", "Share"),
        ("fatal_error", "Please try again", "Share"),
    ],
)
async def test_a_failed_share_says_why_and_can_be_continued(
    listening: Workspace, code: str, said: str, submit: str
) -> None:
    mention, ts = await replied(listening, briefing())
    target = listening.slack.channel("ministers").id
    listening.slack.fail("chat.postMessage", Fault(error=code))
    await share(listening, mention, ts, target)
    modal = await listening.slack.wait_for(lambda: listening.slack.modal("bob"))
    await listening.slack.wait_for(lambda: said in str(modal.content))

    assert {"type": "channel", "channel_id": target} in (
        modal.content["blocks"][0]["elements"][0]["elements"]
    )
    assert modal.content["submit"]["text"] == submit
    assert ("Choose another channel." in str(modal.content)) is (submit == "Next")
    if submit == "Next":
        listening.slack.submit(modal, {"channel": target})
        await listening.slack.wait_for(lambda: "Share the whole" in str(modal.content))
    listening.slack.submit(modal, {})
    assert await listening.mentions()


async def test_a_slow_share_still_succeeds(
    listening: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.slack.actions._VIEW_SECONDS", 0.1)
    mention, ts = await replied(listening, briefing())
    target = listening.slack.channel("ministers").id
    listening.slack.fail("chat.postMessage", Fault(delay=0.5))
    await share(listening, mention, ts, target)
    (shared,) = await listening.mentions()

    assert [each.ts for each in listening.slack.state.messages(target)] == [shared.thread]
    assert await listening.archive.outcome(shared.key) == briefing()


async def confirming(workspace: Workspace, target: str) -> View:
    """The dialog in which Bob confirms the channel."""
    mention, ts = await replied(workspace, briefing())
    workspace.slack.click("bob", ts, "more.v1", choice=entry("share", mention))
    modal = await workspace.slack.wait_for(lambda: workspace.slack.modal("bob"))
    workspace.slack.submit(modal, {"channel": target})
    await workspace.slack.wait_for(lambda: target in str(modal.content["blocks"]))
    return modal


async def test_what_is_confirmed_twice_at_once_is_shared_once(listening: Workspace) -> None:
    target = listening.slack.channel("ministers").id
    modal = await confirming(listening, target)
    listening.slack.fail("chat.postMessage", Fault(delay=0.5))
    for _ in range(2):
        listening.slack.submit(modal, {})
    await listening.handled()
    (shared,) = await listening.mentions()

    assert [each.ts for each in listening.slack.state.messages(target)] == [shared.thread]
    assert await listening.archive.outcome(shared.key) == briefing()


async def about_to_share(workspace: Workspace) -> tuple[Mention, Mention]:
    """The request whose briefing Bob shares, and that of sharing it."""
    origin, _ = await replied(workspace, briefing())
    body = {"view": {"id": "V1"}, "user": {"id": workspace.slack.person("bob").id}}
    return origin, shared_mention(origin, workspace.slack.channel("ministers").id, body)


async def assert_shared_once(workspace: Workspace, shared: Mention) -> None:
    kept = await workspace.archive.mention(shared.key)
    assert kept
    assert [each.ts for each in workspace.slack.state.messages(shared.channel)] == [kept.thread]
    assert workspace.jobs.accepted == [shared.key]
    assert await workspace.archive.outcome(shared.key) == briefing()


async def test_two_processes_share_it_once(workspace: Workspace) -> None:
    origin, shared = await about_to_share(workspace)
    workspace.slack.fail("chat.postMessage", Fault(delay=0.5))
    async with asyncio.TaskGroup() as processes:
        for intake in (workspace.intake, workspace.intake):
            work = Sharing(intake, workspace.client).share(briefing(), shared, origin)
            processes.create_task(work)

    await assert_shared_once(workspace, shared)


@pytest.mark.parametrize(
    "fault", [Fault(lost_reply=True), Fault(status=500), Fault(error="internal_error")]
)
async def test_interrupted_sharing_continues_where_it_stopped(
    workspace: Workspace, fault: Fault
) -> None:
    origin, shared = await about_to_share(workspace)
    workspace.slack.fail("chat.postMessage", fault)
    with pytest.raises(SlackFailure):
        await Sharing(workspace.intake, workspace.client).share(briefing(), shared, origin)
    assert workspace.jobs.accepted == []
    assert await workspace.archive.unanswered() == ()
    await Sharing(workspace.intake, workspace.client, patience=0).share(briefing(), shared, origin)

    await assert_shared_once(workspace, shared)


async def test_sharing_whose_job_was_not_started_starts_it_when_confirmed_again(
    workspace: Workspace,
) -> None:
    origin, shared = await about_to_share(workspace)
    closed = workspace.intake
    await closed.close()
    with pytest.raises(ReadoutError):
        await Sharing(closed, workspace.client).share(briefing(), shared, origin)
    await Sharing(workspace.intake, workspace.client).share(briefing(), shared, origin)

    await assert_shared_once(workspace, shared)


def files(workspace: Workspace, ts: str) -> list[Message]:
    return [message for message in workspace.slack.replies(ts) if message.files]


PREPARING, READY = "Preparing the files…", "The files are in the thread"


async def exporting(workspace: Workspace, person: str, mention: Mention, ts: str) -> View:
    """The dialog that opens for the person who exports the reply."""
    workspace.slack.click(person, ts, "more.v1", choice=entry("export", mention))
    return await workspace.slack.wait_for(lambda: workspace.slack.modal(person))


async def says(workspace: Workspace, box: View, words: str) -> None:
    await workspace.slack.wait_for(lambda: words in str(box.content))


@pytest.mark.parametrize("outcome", [briefing(), answer()], ids=["briefing", "answer"])
async def test_export_puts_three_files_into_the_thread_and_shows_the_text_to_copy(
    listening: Workspace, outcome: Briefing | Answer
) -> None:
    mention, ts = await replied(listening, outcome)
    box = await exporting(listening, "bob", mention, ts)
    await says(listening, box, READY)
    (message,) = files(listening, mention.thread)
    markdown, word, text = (listening.slack.state.files[name] for name in message.files)

    assert markdown.content.startswith(b"# ")
    assert docx.Document(BytesIO(word.content)).paragraphs
    assert text.content.decode() == plain_text(outcome)
    *_, copied = box.content["blocks"][-1]["elements"]
    assert copied["type"] == "rich_text_preformatted"
    assert "".join(each["text"] for each in copied["elements"]) == plain_text(outcome)


async def connected(
    workspace: Workspace, stack: AsyncExitStack, exporter: Exporter = export_files
) -> None:
    """Reached by the workspace's Slack, and exporting with ``exporter``."""
    app = workspace.app(exporter=exporter)
    await stack.enter_async_context(run_socket_mode(app, workspace.connection))


async def test_export_reports_progress_at_once_and_a_second_press_uploads_nothing_more(
    workspace: Workspace, stack: AsyncExitStack
) -> None:
    released = threading.Event()

    def slow(outcome: Exportable) -> tuple[ExportedFile, ...]:
        released.wait(10)
        return export_files(outcome)

    await connected(workspace, stack, slow)
    mention, ts = await replied(workspace, briefing())
    boxes = [await exporting(workspace, person, mention, ts) for person in ("bob", "ann")]
    assert all(PREPARING in str(box.content) for box in boxes)
    released.set()
    for box in boxes:
        await says(workspace, box, READY)
    assert len(files(workspace, mention.thread)) == 1

    workspace.slack.dismiss(boxes[0])
    await says(workspace, await exporting(workspace, "bob", mention, ts), READY)
    assert len(files(workspace, mention.thread)) == 2


@pytest.mark.parametrize(
    ("code", "said"), [("missing_scope", "files:write"), ("fatal_error", "Please try again")]
)
@pytest.mark.parametrize("is_open", [True, False], ids=["in the box", "privately"])
async def test_an_export_that_fails_says_so(
    listening: Workspace, code: str, said: str, is_open: bool
) -> None:
    mention, ts = await replied(listening, briefing())
    listening.slack.fail("files.getUploadURLExternal", Fault(error=code))
    if is_open:
        await says(listening, await exporting(listening, "bob", mention, ts), said)
    else:
        listening.slack.fail("views.update", Fault(error="not_found"))
        await exporting(listening, "bob", mention, ts)
        (sentence,) = await listening.slack.wait_for(
            lambda: ephemeral_texts(listening, mention.channel)
        )
        assert said in sentence


async def test_files_that_could_not_be_made_are_an_error_on_our_side(
    workspace: Workspace, stack: AsyncExitStack
) -> None:
    def broken(_: Exportable) -> tuple[ExportedFile, ...]:
        raise ValueError

    await connected(workspace, stack, broken)
    mention, ts = await replied(workspace, briefing())
    await says(workspace, await exporting(workspace, "bob", mention, ts), "an error on our side")


async def test_a_text_too_long_for_the_dialog_is_in_the_file(listening: Workspace) -> None:
    long = tuple(line(f"Point {number}: {'word ' * 40}.", document()) for number in range(60))
    mention, ts = await replied(listening, briefing(key_points=long))
    box = await exporting(listening, "bob", mention, ts)
    await says(listening, box, READY)

    assert "too long to copy from here" in str(box.content)
    assert "Point 5" not in str(box.content)


@pytest.mark.parametrize("name", ["share", "translate", "ask"])
async def test_a_dialog_of_a_deleted_request_says_so(listening: Workspace, name: str) -> None:
    mention, ts = await replied(listening, briefing())
    box = await opened(listening, ts, name)
    await listening.archive.delete(mention.key)
    entered = {"channel": mention.channel, "language": "fr", "question": "Who?"}
    listening.slack.submit(box, entered)
    await listening.slack.wait_for(lambda: "Nothing is stored" in str(box.errors))

    assert listening.jobs.accepted == []


async def test_the_key_of_a_request_made_by_several_buttons_does_not_grow(
    listening: Workspace,
) -> None:
    mention, ts = await replied(listening, briefing(), key="msg:T1:C1:1.1:shorter:2.2")
    listening.slack.click("bob", ts, "longer.v1")
    (anew,) = await listening.mentions()

    assert anew.key == f"msg:T1:C1:1.1:longer:{ts}"
    assert anew.remakes == mention.key
    same = {"key": mention.key, "wishes": mention.wishes, "person": mention.person, "remakes": None}
    assert replace(anew, **same) == mention  # type: ignore[arg-type]  # each of its own type


@BOTH_WAYS
@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("translate", "Choose a language."),
        ("ask", "Type a question."),
        ("share", "Choose a channel."),
    ],
)
@pytest.mark.parametrize("sent", ["nothing chosen", "no state"])
async def test_an_empty_dialog_is_refused(
    listening: Workspace, name: str, message: str, sent: str
) -> None:
    _, ts = await replied(listening, briefing())
    box = await opened(listening, ts, name)
    if sent == "no state":  # as of a client that sends no field that nobody touched
        box.content["blocks"] = []
    listening.slack.submit(box, {"question": " \n "} if sent == "nothing chosen" else {})
    await listening.slack.wait_for(lambda: box.errors)

    assert list(box.errors.values()) == [message]
    assert listening.jobs.accepted == []
