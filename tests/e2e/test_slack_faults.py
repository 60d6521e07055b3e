"""Whatever Slack does, there is one reply, and nothing is left half done."""

import pytest

from sandbox.slack import Fault, LocalFile
from tests.e2e.articles import ASKED, WORKS, page
from tests.e2e.readout import Readout, shown
from tests.sources.site import Site

pytestmark = pytest.mark.asyncio(loop_scope="module")

AGREED = "agreed on Friday to share the water works by 1 March, if both councils consent."
POST, UPDATE, STATUS = "chat.postMessage", "chat.update", "assistant.threads.setStatus"
LOOK = "conversations.replies"
LOST, BROKEN, LIMITED = Fault(lost_reply=True), Fault(status=500), Fault(status=429)
REFUSED = Fault(error="missing_scope")
GONE = Fault(error="message_not_found")
# A permanent refusal would affect the next test.
NO_STATUS = [(STATUS, Fault(error="internal_error"))] * 9


@pytest.mark.parametrize(
    ("faults", "posts"),
    [
        pytest.param([(POST, LIMITED)], 2, id="rate-limit"),
        pytest.param([(POST, LOST)], 1, id="lost-reply"),
        pytest.param([(POST, BROKEN)], 2, id="error-500"),
        pytest.param([(POST, BROKEN), (LOOK, LIMITED)], 2, id="error-500-and-no-look-at-first"),
        pytest.param([(STATUS, LIMITED)], 1, id="status-limited"),
        pytest.param([(STATUS, LOST), (STATUS, LOST)], 1, id="status-lost"),
        pytest.param(NO_STATUS, 1, id="no-status"),
        pytest.param([*NO_STATUS, (POST, LOST)], 1, id="no-status-and-lost-sign"),
        # The update of the first sign, and the one with the reply.
        pytest.param(NO_STATUS + [(UPDATE, LOST)] * 2, 1, id="no-status-and-lost-reply"),
        pytest.param(NO_STATUS + [(UPDATE, GONE)] * 2, 2, id="no-status-and-sign-gone"),
    ],
)  # fmt: skip
async def test_a_slack_fault_gives_one_reply(
    readout: Readout, request: pytest.FixtureRequest, faults: list[tuple[str, Fault]], posts: int
) -> None:
    for method, fault in faults:
        readout.slack.fail(method, fault)
    before = len(readout.slack.calls)
    reply = await readout.ask(ASKED, request.node.name)
    readout.slack.faults.clear()
    made = [each.method for each in readout.slack.calls[before:]]
    full = [each for each in reply.messages if AGREED in shown(each)]
    assert len(full) == 1
    assert made.count(POST) == posts
    assert readout.slack.status(reply.to) is None


@pytest.mark.parametrize("code", ["invalid_blocks", "msg_too_long", "msg_blocks_too_long"])
async def test_blocks_rejected_by_slack_are_replaced_by_plain_text(
    readout: Readout, code: str
) -> None:
    readout.slack.fail(POST, Fault(error=code))
    reply = await readout.ask(ASKED, code)
    assert [each.blocks for each in reply.messages] == [[]]
    assert AGREED in reply.text


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("not_in_channel", "I’m not a member of that channel. Invite me there with /invite."),
        ("channel_type_not_supported", "Slack does not let apps post in that kind of"),
        ("is_archived", "That channel is archived, so nobody can post there."),
        ("restricted_action_read_only_channel", "An admin has restricted who can post in that"),
    ],
)
async def test_a_request_in_a_channel_closed_meanwhile_is_answered_directly(
    readout: Readout, code: str, reason: str
) -> None:
    readout.slack.fail(POST, Fault(error=code))
    reply = await readout.ask(ASKED, code.replace("_", "-"), person="Gil")
    assert reply.messages == []
    briefing = readout.direct_messages("Gil")[-1]
    assert f"I could not reply where you asked. {reason}" in shown(briefing)
    assert "Please try again" not in shown(briefing)
    assert AGREED in shown(briefing)


async def test_if_posting_keeps_failing_a_plain_sentence_offers_retry(readout: Readout) -> None:
    readout.slack.fail(POST, Fault(error="invalid_arguments"), times=3)
    reply = await readout.ask(ASKED, "hopeless")
    assert "could not be finished after several tries" in reply.text
    assert reply.buttons[0] == "Retry"
    assert readout.slack.status(reply.to) is None
    readout.slack.click("Ana", reply.ts, "Retry")
    assert AGREED in (await readout.reply(reply.to)).text


async def test_a_thread_that_can_t_be_read_is_answered_with_the_reason(readout: Readout) -> None:
    root = readout.slack.say("Ben", "unreadable", WORKS)
    readout.slack.fail("conversations.replies", REFUSED)
    reply = await readout.ask("@readout", "unreadable", thread_ts=root)
    assert "I’m not allowed to do this here." in reply.text
    assert reply.buttons[0] == "Retry"
    readout.slack.click("Ana", reply.ts, "Retry")
    assert AGREED in (await readout.reply(reply.to)).text


async def test_a_file_that_may_not_be_read_is_answered_with_the_reason(readout: Readout) -> None:
    file = LocalFile("works.txt", "text/plain", WORKS.encode())
    ts = readout.slack.say("Ana", "gone-file", "@readout", files=[file])
    readout.slack.state.files.clear()
    reply = await readout.reply(ts)
    assert "The file is gone. Please send it again." in reply.text


@pytest.mark.parametrize(
    "content", [b"", b"\n \n\t", b"\xff\xfe\x00"], ids=["empty", "blank", "odd"]
)
async def test_an_empty_file_is_answered_with_a_sentence(
    readout: Readout, request: pytest.FixtureRequest, content: bytes
) -> None:
    file = LocalFile("nothing.txt", "text/plain", content)
    reply = await readout.ask("@readout", request.node.name, files=[file])
    assert "There is no text in it." in reply.text
    assert len(reply.messages) == 1


async def test_an_empty_page_is_answered_with_a_sentence(readout: Readout, site: Site) -> None:
    reply = await readout.ask(f"@readout {site.gives('/empty', page('Nothing'))}", "empty-page")
    assert len(reply.messages) == 1
    assert "Paste the text or attach the file instead." in reply.text


async def test_a_connection_renewed_by_slack_loses_nothing(readout: Readout) -> None:
    await readout.slack.sockets.disconnect()
    ts = readout.slack.say("Ana", "renewed", ASKED)
    assert AGREED in (await readout.reply(ts)).text
