"""The dialog for a text opens, briefs what was pasted once, and says what is wrong."""

from dataclasses import replace

import pytest

from bot.briefing.lines import Briefing, Unread
from bot.briefing.requests import PastedText, WebPage, Wishes
from bot.service.ports import Mention, Notice
from sandbox.slack import LocalFile
from sandbox.slack.state import View
from tests.slack.examples import briefing, document
from tests.slack.pasted import BODY, CLOSINGS
from tests.slack.workspace import BOTH_WAYS, Workspace

TEXT = "The ministers agreed on Monday to reopen the line.\n\nThe bridge will be inspected first."


async def box(workspace: Workspace, mention: Mention) -> View:
    outcome = Notice("This is a login.", paste=True)
    await workspace.archive.keep_outcome(mention, outcome)
    await workspace.replies().to(mention).done(outcome)
    workspace.slack.click("bob", workspace.own(mention.thread)[-1].ts, "Paste the text")
    found: View = await workspace.slack.wait_for(lambda: workspace.slack.modal("bob"))
    return found


@BOTH_WAYS
async def test_the_pasted_text_is_briefed_once_in_the_thread_of_the_request(
    listening: Workspace,
) -> None:
    mention = await listening.asked()
    view = await box(listening, mention)
    listening.slack.submit(view, {"text": TEXT})
    listening.slack.submit(view, {"text": TEXT})
    (again,) = await listening.mentions()

    assert again.sources == (PastedText(TEXT),)
    bob = listening.slack.person("bob").id
    assert (again.thread, again.person, again.intent) == (mention.thread, bob, "brief")
    assert again.key != mention.key


LOGIN = Unread("https://www.a.example/x/", "login", "The page asks you to log in.")
OTHER = Unread("scan.pdf", "locked", "The file is locked.")
AWAY = Unread("https://b.example/", "network", "No answer.")
NONE_READ = Notice("Nothing was read.", paste=True, unread=(LOGIN, AWAY, OTHER))
SOME_READ = briefing(unread=(LOGIN, AWAY, OTHER))


@pytest.mark.parametrize("outcome", [NONE_READ, SOME_READ], ids=["none read", "some read"])
async def test_each_source_that_needs_a_text_has_a_button_and_a_dialog_that_names_it(
    listening: Workspace, outcome: Notice | Briefing
) -> None:
    mention = await listening.asked()
    await listening.archive.keep_outcome(mention, outcome)
    await listening.replies().to(mention).done(outcome)
    ts = listening.own(mention.thread)[-1].ts
    rows = [b["elements"] for b in listening.slack.message(ts).blocks if b["type"] == "actions"]
    labels = [e["text"]["text"] for row in rows for e in row if "paste" in e["action_id"]]
    assert labels == ["Paste the text: a.example/x", "Paste the text: scan.pdf"]

    listening.slack.click("bob", ts, labels[1])
    view = await listening.slack.wait_for(lambda: listening.slack.modal("bob"))
    assert view.content["blocks"][0]["label"]["text"] == "The text of scan.pdf"
    listening.slack.submit(view, {"text": TEXT})
    (again,) = await listening.mentions()
    assert again.sources == (PastedText(TEXT, pasted_for="scan.pdf"),)
    assert again.completes == mention.key


async def test_a_button_and_a_dialog_of_an_earlier_version_still_take_a_text(
    listening: Workspace,
) -> None:
    mention = await listening.asked()
    earlier = Notice("This is a login.", paste=True)
    await listening.archive.keep_outcome(mention, earlier)
    await listening.replies().to(mention).done(earlier)
    message = listening.own(mention.thread)[-1]
    button = message.blocks[-1]["elements"][0]
    button["action_id"], button["value"] = "paste.v1", mention.key
    listening.slack.click("bob", message.ts, "paste.v1")
    view = await listening.slack.wait_for(lambda: listening.slack.modal("bob"))
    assert view.content["blocks"][0]["label"]["text"] == "The text of the article"
    view.content["private_metadata"] = mention.key
    listening.slack.submit(view, {"text": TEXT})
    (again,) = await listening.mentions()

    assert (again.sources, again.thread) == ((PastedText(TEXT),), mention.thread)


async def test_a_question_is_asked_of_the_pasted_text(listening: Workspace) -> None:
    mention = await listening.asked()
    await listening.archive.delete(mention.key)
    mention = replace(mention, question="Who pays?", intent="ask", sources=(WebPage("https://a"),))
    await listening.archive.record(mention)
    listening.slack.submit(await box(listening, mention), {"text": TEXT})
    (again,) = await listening.mentions()

    assert (again.intent, again.question) == ("ask", "Who pays?")


@BOTH_WAYS
async def test_a_text_of_two_words_is_refused_in_the_dialog(listening: Workspace) -> None:
    view = await box(listening, await listening.asked())
    listening.slack.submit(view, {"text": "Two words"})
    await listening.slack.wait_for(lambda: view.errors)

    assert "too short to brief: 2 words." in str(view.errors)
    assert not listening.jobs.accepted


async def test_the_dialog_has_slacks_limit_and_says_what_to_do_with_longer_texts(
    listening: Workspace,
) -> None:
    view = await box(listening, await listening.asked())
    (block,) = view.content["blocks"]

    assert block["element"]["max_length"] == 3_000
    assert "3,000 characters" in block["hint"]["text"]
    assert "reply with it in the thread" in block["hint"]["text"]


LONG = "\n\n".join([BODY, CLOSINGS[0]])


async def offered(workspace: Workspace, said: str = "brief this") -> Mention:
    """A mention whose page could not be read, and was answered so."""
    workspace.slack.channel("news")
    workspace.slack.say("ann", "news", f"@readout {said} https://example.org/login")
    (mention,) = await workspace.mentions()
    await workspace.archive.keep_outcome(mention, Notice("This is a login.", paste=True))
    return mention


async def pasted(workspace: Workspace) -> Mention:
    return (await workspace.mentions(2))[-1]


async def test_a_reply_with_the_text_is_read_where_pasting_was_offered(
    listening: Workspace,
) -> None:
    mention = await offered(listening, "Who pays? In French please")
    listening.slack.say("bob", "news", LONG, thread_ts=mention.thread)
    again = await pasted(listening)

    (source,) = again.sources
    assert isinstance(source, PastedText)
    assert source.text == LONG
    assert (again.intent, again.question, again.wishes) == ("ask", mention.question, Wishes("fr"))
    assert (again.person, again.thread) == (listening.slack.person("bob").id, mention.thread)


async def test_a_reply_with_the_text_and_a_word_before_it_is_read_too(listening: Workspace) -> None:
    mention = await offered(listening)
    listening.slack.say("bob", "news", f"Here is the text:\n\n{LONG}", thread_ts=mention.thread)
    again = await pasted(listening)

    assert (again.intent, again.text) == ("brief", "")
    assert [getattr(source, "text", None) for source in again.sources] == [LONG]


@pytest.mark.parametrize(
    ("unread", "name"), [((LOGIN, AWAY), LOGIN.source), ((LOGIN, OTHER), None)]
)
async def test_a_reply_with_the_text_completes_the_source_if_only_one_is_missing(
    listening: Workspace, unread: tuple[Unread, ...], name: str | None
) -> None:
    listening.slack.channel("news")
    listening.slack.say("ann", "news", "@readout https://www.a.example/x/ https://b.example")
    (mention,) = await listening.mentions()
    await listening.archive.keep_outcome(mention, Notice("No.", paste=True, unread=unread))
    listening.slack.say("bob", "news", LONG, thread_ts=mention.thread)
    again = await pasted(listening)

    assert [getattr(each, "pasted_for", "?") for each in again.sources] == [name]
    assert again.completes == mention.key


async def test_a_file_is_read_where_pasting_was_offered(listening: Workspace) -> None:
    mention = await offered(listening)
    file = LocalFile("article.txt", "text/plain", LONG.encode())
    listening.slack.say("bob", "news", "", thread_ts=mention.thread, files=[file])
    again = await pasted(listening)

    assert [source.kind for source in again.sources] == ["file"]


@pytest.mark.parametrize("said", [LONG, "That is a pity."])
async def test_messages_in_other_threads_are_ignored(listening: Workspace, said: str) -> None:
    mention = await offered(listening)
    unknown = listening.slack.say("ann", "news", "lunch, anyone")
    later = replace(mention, key=f"{mention.key}:later")
    await listening.archive.record(later)
    await listening.archive.keep_outcome(later, briefing())
    for thread in (unknown, mention.thread):
        listening.slack.say("bob", "news", said, thread_ts=thread)
    await listening.handled()

    assert listening.jobs.accepted == [mention.key]


@BOTH_WAYS
async def test_errors_are_shown_in_the_dialog(listening: Workspace) -> None:
    mention = await listening.asked()
    view = await box(listening, mention)
    listening.slack.submit(view, {"text": " \n "})
    await listening.slack.wait_for(lambda: view.errors)
    assert "no text" in str(view.errors)

    await listening.archive.delete(mention.key)
    listening.slack.submit(view, {"text": TEXT})
    await listening.slack.wait_for(lambda: "Nothing is stored" in str(view.errors))
    assert not listening.jobs.accepted


@pytest.mark.parametrize(("verdict", "offered"), [("teaser", True), ("article", False)])
async def test_the_dialog_is_offered_if_only_the_free_part_was_read(
    listening: Workspace, verdict: str, offered: bool
) -> None:
    mention = await listening.asked()
    outcome = briefing(replace(document(), verdict=verdict))
    await listening.archive.keep_outcome(mention, outcome)
    await listening.replies().to(mention).done(outcome)

    assert ("paste.v1" in str(listening.own(mention.thread)[-1].blocks)) is offered
