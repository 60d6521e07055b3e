"""Messages, threads and files that a mention refers to are found, and nothing else is."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

import aiohttp
import pytest
from aiohttp import web
from slack_sdk.web.async_client import AsyncWebClient

from bot.briefing.requests import AttachedFile, LinkedMessage, PastedText, WebPage
from bot.service.errors import Refused, SlackFailure, SourceError, Unreachable, Unreadable
from bot.service.ports import Mention, Notice
from bot.slack.conversations import SlackAttachments, SlackConversations
from sandbox.slack import Fault, LocalFile
from tests.slack.examples import ARTICLE
from tests.slack.workspace import Workspace
from tests.sources.site import listening


async def in_thread(workspace: Workspace, *messages: str) -> Mention:
    """A mention at the end of a thread of ``messages``."""
    root = await workspace.asked(messages[0])
    for text in messages[1:]:
        workspace.slack.say("bob", root.channel, text, thread_ts=root.thread)
    ts = workspace.slack.say("ann", root.channel, "@readout", thread_ts=root.thread)
    return replace(root, message=ts, permalink=workspace.slack.permalink(ts))


async def above(workspace: Workspace, mention: Mention) -> tuple[object, ...]:
    return await SlackConversations(workspace.client).above(mention)


async def test_links_files_and_texts_above_are_the_sources(workspace: Workspace) -> None:
    mention = await in_thread(workspace, "look: https://a.example/x", "ok", ARTICLE)
    workspace.slack.say("bob", mention.channel, "https://later.example", thread_ts=mention.thread)
    page, text = await above(workspace, mention)

    assert page == WebPage("https://a.example/x")
    assert isinstance(text, PastedText)
    assert text.text == ARTICLE
    assert text.url is not None
    assert f"thread_ts={mention.thread}" in text.url


async def test_a_discussion_is_a_source_as_a_whole(workspace: Workspace) -> None:
    words = "one two three four five six seven eight nine ten eleven"
    mention = await in_thread(workspace, words, words, words, words)
    (text,) = await above(workspace, mention)

    assert isinstance(text, PastedText)
    assert text.text == "\n".join([words] * 4)


@pytest.mark.parametrize("channel", ["news", "dm"])
@pytest.mark.parametrize(
    "request_of", ["{bot}brief this\n\n{text}", "{bot}brief this in French: {text}"]
)
async def test_the_request_above_a_text_is_not_part_of_it(
    workspace: Workspace, channel: str, request_of: str
) -> None:
    bot = "" if channel == "dm" else "@readout "
    root = await workspace.asked(request_of.format(bot=bot, text=ARTICLE), channel)
    ts = workspace.slack.say("ann", root.channel, "@readout who pays?", thread_ts=root.thread)
    mention = replace(root, message=ts, permalink=workspace.slack.permalink(ts))
    (text,) = await above(workspace, mention)

    assert text == PastedText(ARTICLE, url=workspace.slack.permalink(root.message))
    assert await SlackConversations(workspace.client).linked(
        link(workspace, root.message), mention
    ) == (text,)


async def test_requests_to_the_bot_are_not_part_of_a_discussion(workspace: Workspace) -> None:
    words = "one two three four five six seven eight nine ten eleven"
    mention = await in_thread(workspace, words, words, "@readout what do they say?", words, words)
    (text,) = await above(workspace, mention)

    assert isinstance(text, PastedText)
    assert text.text == "\n".join([words] * 4)


async def test_our_own_messages_are_not_sources(workspace: Workspace) -> None:
    asked = await workspace.asked("hm")
    await workspace.replies().to(asked).done(Notice(ARTICLE))
    ts = workspace.slack.say("ann", asked.channel, "@readout", thread_ts=asked.thread)

    assert await above(workspace, replace(asked, message=ts)) == ()


async def test_an_unreadable_thread_is_reported(workspace: Workspace) -> None:
    mention = await in_thread(workspace, "look")
    workspace.slack.fail("conversations.replies", Fault(error="missing_scope"))

    with pytest.raises(Unreachable, match="not allowed"):
        await above(workspace, mention)


async def test_a_thread_that_slack_cannot_return_now_can_be_retried(
    workspace: Workspace,
) -> None:
    mention = await in_thread(workspace, "look")
    workspace.slack.fail("conversations.replies", Fault(status=503))

    with pytest.raises(SlackFailure, match="did not respond"):
        await above(workspace, mention)


@pytest.mark.parametrize(
    "ask", [SlackConversations.is_shared, SlackConversations.refusal_of_digests]
)
@pytest.mark.parametrize(
    "fault",
    [
        Fault(status=503),
        Fault(status=429, retry_after=300),
        Fault(error="ratelimited"),
        Fault(error="internal_error"),
    ],
)
async def test_a_channel_does_not_count_as_unshared_while_slack_cannot_say(
    workspace: Workspace,
    ask: Callable[[SlackConversations, Mention], Awaitable[object]],
    fault: Fault,
) -> None:
    mention = await workspace.asked()
    workspace.slack.fail("conversations.info", fault)

    with pytest.raises(SlackFailure):
        await ask(SlackConversations(workspace.client), mention)


async def test_a_channel_counts_as_unshared_if_we_may_not_ask(workspace: Workspace) -> None:
    mention = await workspace.asked()
    conversations = SlackConversations(workspace.client)
    workspace.slack.fail("conversations.info", Fault(error="missing_scope"), times=2)

    assert await conversations.is_shared(mention) is False
    assert await conversations.refusal_of_digests(mention) is None


def link(workspace: Workspace, ts: str) -> LinkedMessage:
    message = workspace.slack.message(ts)
    return LinkedMessage(workspace.slack.permalink(ts), message.channel, ts)


async def test_a_linked_message_is_read_however_short(workspace: Workspace) -> None:
    mention = await workspace.asked("root")
    ts = workspace.slack.say("bob", mention.channel, "It snowed.", thread_ts=mention.thread)
    found = await SlackConversations(workspace.client).linked(link(workspace, ts), mention)

    assert found == (PastedText("It snowed.", url=workspace.slack.permalink(ts)),)


async def test_a_linked_message_of_another_channel_is_refused(workspace: Workspace) -> None:
    workspace.slack.channel("secret", private=True)
    ts = workspace.slack.say("bob", "secret", "It snowed.")

    with pytest.raises(Refused, match="only read messages from the channel"):
        await SlackConversations(workspace.client).linked(
            link(workspace, ts), await workspace.asked()
        )


async def test_a_linked_message_that_is_gone_is_unreadable(workspace: Workspace) -> None:
    mention = await workspace.asked()
    gone = LinkedMessage("https://x/archives/C1/p1", mention.channel, mention.message)
    workspace.slack.delete(mention.message)

    with pytest.raises(SourceError):
        await SlackConversations(workspace.client).linked(gone, mention)


async def attached(workspace: Workspace, file: LocalFile) -> AttachedFile:
    workspace.slack.say("ann", "dm", "", files=[file])
    stored = list(workspace.slack.state.files)[-1]
    info = await workspace.client.files_info(file=stored)
    return AttachedFile(file.name, info["file"]["url_private_download"], len(file.content))


def attachments(workspace: Workspace) -> SlackAttachments:
    session = workspace.client.session
    assert session is not None
    return SlackAttachments(workspace.client, session)


TEXT = LocalFile("notes.txt", "text/plain", b"Snow fell. " * 10)


async def test_a_file_is_downloaded(workspace: Workspace) -> None:
    file = await attached(workspace, TEXT)

    assert await attachments(workspace).content(file, 1_000) == TEXT.content


async def test_an_attached_html_file_is_not_taken_for_a_login_page(workspace: Workspace) -> None:
    page = LocalFile("page.html", "text/html", b"<title>Snow</title>")

    assert (
        await attachments(workspace).content(await attached(workspace, page), 1_000) == page.content
    )


async def test_a_file_without_an_address_is_looked_up(workspace: Workspace) -> None:
    await attached(workspace, TEXT)
    unasked = AttachedFile("notes.txt", f"slack-file:{list(workspace.slack.state.files)[-1]}")

    assert await attachments(workspace).content(unasked, 1_000) == TEXT.content


@pytest.mark.parametrize("size", [110, None])
async def test_a_file_that_is_too_large_is_refused(workspace: Workspace, size: int | None) -> None:
    file = replace(await attached(workspace, TEXT), size=size)

    with pytest.raises(Unreadable, match="larger"):
        await attachments(workspace).content(file, 100)


async def test_a_login_page_is_not_taken_for_the_file(workspace: Workspace) -> None:
    file = await attached(workspace, TEXT)
    workspace.client.token = "xoxb-wrong"

    with pytest.raises(Unreadable, match="files:read"):
        await attachments(workspace).content(file, 100_000)


async def test_the_token_is_sent_only_to_slack(workspace: Workspace) -> None:
    async with listening() as elsewhere:
        file = AttachedFile("x", elsewhere.gives("/x", b"x"))
        with pytest.raises(Refused, match="Paste the text, or attach the file itself"):
            await attachments(workspace).content(file, 10)

        assert elsewhere.requests == []


@pytest.mark.parametrize(
    ("address", "failure"),
    [
        pytest.param("https://files.slack.com/F1/x", Unreachable, id="files"),
        pytest.param("https://slack.com/files/x", Unreachable, id="the-api's-own-host"),
        pytest.param("http://files.slack.com/x", Refused, id="not-encrypted"),
        pytest.param("https://files.slack.com.evil.example/x", Refused, id="a-longer-name"),
        pytest.param("https://files.slack.com@evil.example/x", Refused, id="a-name-before-@"),
        pytest.param("https://files.slack-gov.com/x", Refused, id="another-slack"),
        pytest.param("", Refused, id="nowhere"),
    ],
)
async def test_files_of_slack_are_fetched_only_from_its_own_hosts(
    address: str, failure: type[SourceError]
) -> None:
    async with aiohttp.ClientSession() as session:
        files = SlackAttachments(AsyncWebClient("xoxb", "https://slack.com/api/"), session)
        with pytest.raises(failure):
            await files.content(AttachedFile("x", address), 10)


@pytest.mark.parametrize(
    ("address", "failure"),
    [
        pytest.param("https://files.slack-gov.com/F1/x", Unreachable, id="files"),
        pytest.param("https://files.slack.com/F1/x", Refused, id="another-slack"),
    ],
)
async def test_files_of_govslack_are_fetched_only_from_its_own_host(
    address: str, failure: type[SourceError]
) -> None:
    async with aiohttp.ClientSession() as session:
        files = SlackAttachments(AsyncWebClient("xoxb", "https://slack-gov.com/api/"), session)
        with pytest.raises(failure):
            await files.content(AttachedFile("x", address), 10)


async def test_a_redirect_is_not_followed() -> None:
    async def redirect(_: web.Request) -> web.Response:
        raise web.HTTPFound("/elsewhere")

    async with listening() as slack, aiohttp.ClientSession() as session:
        file = AttachedFile("x", slack.answer("/file", redirect))
        files = SlackAttachments(AsyncWebClient("xoxb", slack.url("/api/")), session)
        with pytest.raises(Unreachable):
            await files.content(file, 10)

        assert [request.path for request in slack.requests] == ["/file"]
