"""Every way to ask, and what gets no reply."""

import re
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from bot.briefing.catalogue import catalogue
from bot.service.request_handler import help_text
from sandbox.slack import LocalFile
from tests.e2e.articles import ASKED, RAIL, WORKS, page
from tests.e2e.readout import Readout, Reply, shown, started
from tests.slacks import delete_reply
from tests.sources import papers
from tests.sources.site import Site

pytestmark = pytest.mark.asyncio(loop_scope="module")

AGREED = "agreed on Friday to share the water works by 1 March, if both councils consent."
OF_THE_SECOND = re.compile(r" B\d+\b")
"""A line that rests on document B."""


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def readout(tmp_path_factory: pytest.TempPathFactory, site: Site) -> AsyncIterator[Readout]:
    site.gives("/works", page(WORKS))
    site.gives("/rail", page(RAIL))
    allowed = {"READOUT_FETCH_ALLOW": site.host}
    async with started(tmp_path_factory.mktemp("ways"), settings=allowed) as readout:
        yield readout
        assert refused(readout) == [], "Slack took every call"
        assert readout.slack.state.statuses == {}, "no thread is left with a status"


def refused(readout: Readout) -> list[str]:
    # Refusals are expected where the bot isn't a member; and the bot is faster than people are.
    expected = ("ok", "not_in_channel", "channel_not_found", "ratelimited")
    bad = [each for each in readout.slack.calls if each.outcome not in expected]
    return [f"{each.method} {each.outcome} {each.args}" for each in bad]


_FULLER = {catalogue(language).buttons["longer"] for language in ("en", "fr", "de")}


def is_briefing(reply: Reply, words: str = AGREED) -> bool:
    return len(reply.messages) == 1 and words in reply.text and bool(_FULLER & {*reply.buttons})


async def test_pasted_text_is_briefed(readout: Readout) -> None:
    assert is_briefing(await readout.ask(ASKED, "paste"))


async def test_a_link_is_briefed(readout: Readout, site: Site) -> None:
    reply = await readout.ask(f"@readout {site.url('/works')}", "link")
    assert is_briefing(reply)
    assert f"{site.url('/works')}#:~:text=" in str(reply.messages[0].blocks)


async def test_two_links_make_one_briefing_over_both(readout: Readout, site: Site) -> None:
    reply = await readout.ask(f"@readout {site.url('/works')} {site.url('/rail')}", "two")
    assert is_briefing(reply, "")
    assert OF_THE_SECOND.search(reply.text)
    assert "A · Two towns agree to share one water works" in reply.text
    assert "B · Ministers agree to reopen the northern rail line" in reply.text


async def test_a_link_and_pasted_text_make_one_briefing(readout: Readout, site: Site) -> None:
    reply = await readout.ask(f"@readout {site.url('/rail')}\n{WORKS}", "both")
    assert is_briefing(reply, "")
    assert OF_THE_SECOND.search(reply.text)


async def test_an_unreadable_link_beside_a_readable_one_is_named(
    readout: Readout, site: Site
) -> None:
    gone = site.url("/gone")
    reply = await readout.ask(f"@readout {gone} {site.url('/works')}", "half")
    assert AGREED in reply.text
    assert is_briefing(reply)
    assert reply.buttons[0] == "Paste the text"
    assert f"Not read\n• {gone}: The site says there is no such page." in reply.text


async def test_an_unreadable_link_is_answered_with_the_reason(readout: Readout, site: Site) -> None:
    reply = await readout.ask(f"@readout {site.url('/gone')}", "gone")
    assert "The site says there is no such page." in reply.text
    assert len(reply.messages) == 1


async def test_an_address_that_must_not_be_read_is_refused(readout: Readout) -> None:
    reply = await readout.ask("@readout http://127.0.0.1:1/secret", "private")
    assert len(reply.messages) == 1
    assert "This is not a public web address that can be read." in reply.text


@pytest.mark.parametrize("said", ["@readout", "@readout in French", "@readout brief this please"])
async def test_a_mention_in_a_thread_briefs_the_messages_above(readout: Readout, said: str) -> None:
    root = readout.slack.say("Ben", f"above {said}", "Have you seen this?")
    readout.slack.say("Ben", f"above {said}", WORKS, thread_ts=root)
    reply = await readout.ask(said, f"above {said}", thread_ts=root)
    assert is_briefing(reply)


async def test_a_question_in_a_thread_is_answered_from_the_messages_above(readout: Readout) -> None:
    root = readout.slack.say("Ben", "above-asked", WORKS)
    reply = await readout.ask("@readout What did the works cost?", "above-asked", thread_ts=root)
    assert len(reply.messages) == 1
    assert "“The works cost 12 million crowns.”" in reply.text


async def test_a_discussion_above_is_a_source_itself(readout: Readout) -> None:
    title, *lines = WORKS.splitlines()
    root = readout.slack.say("Ben", "talk", title)
    for number, each in enumerate(lines):
        readout.slack.say("Ben" if number % 2 else "Cleo", "talk", each, thread_ts=root)
    assert is_briefing(await readout.ask("@readout", "talk", thread_ts=root))


async def test_a_direct_message_needs_no_mention(readout: Readout) -> None:
    reply = await readout.ask(WORKS, "dm", person="Dora")
    assert is_briefing(reply)
    answer = await readout.ask("What did the works cost?", "dm", person="Dora", thread_ts=reply.to)
    assert "“The works cost 12 million crowns.”" in answer.text


async def test_a_command_with_a_link_is_answered_in_a_thread_of_its_own(
    readout: Readout, site: Site
) -> None:
    readout.slack.command("Ana", "cmd", f"/brief {site.url('/works')} short")
    await readout.settled()
    channel = readout.slack.channel("cmd")
    root, briefing = readout.slack.state.messages(channel.id)
    assert "asked for a briefing of" in shown(root)
    signs = [c for c in readout.slack.calls if c.args.get("thread_ts") == root.ts]
    assert signs[0].method == "assistant.threads.setStatus"
    assert signs[0].args["status"] == "is reading the source…"
    assert briefing.thread_ts == root.ts
    assert AGREED in shown(briefing)


async def test_a_command_with_a_question_is_answered_with_the_briefing_one_button_away(
    readout: Readout, site: Site
) -> None:
    readout.slack.command("Ana", "cmd-ask", f"/brief What did the works cost? {site.url('/works')}")
    await readout.settled()
    _, answer = readout.slack.state.messages(readout.slack.channel("cmd-ask").id)
    assert "12 million crowns" in shown(answer)
    readout.slack.click("Ana", answer.ts, "Brief")
    await readout.settled()
    *_, briefing = readout.slack.state.messages(readout.slack.channel("cmd-ask").id)
    assert AGREED in shown(briefing)
    assert briefing.thread_ts == answer.thread_ts


@pytest.mark.parametrize("typed", ["/brief help", "/brief", "/brief hello"])
async def test_a_command_without_a_source_shows_help_to_the_asker_only(
    readout: Readout, typed: str
) -> None:
    readout.slack.command("Ana", typed, typed)
    await readout.settled()
    (answer,) = readout.slack.state.messages(readout.slack.channel(typed).id)
    assert answer.seen_by == readout.slack.person("Ana").id
    assert shown(answer) == help_text(has_model=False)


async def test_an_unknown_command_is_explained_to_the_asker_only(readout: Readout) -> None:
    readout.slack.command("Ana", "foo", "/brief foo")
    await readout.settled()
    (answer,) = readout.slack.state.messages(readout.slack.channel("foo").id)
    assert answer.seen_by == readout.slack.person("Ana").id
    assert shown(answer).startswith("I don’t understand “foo”. Use /brief with a link")


@pytest.mark.parametrize("has_bot", [True, False], ids=["here", "where it is not"])
async def test_a_stop_command_with_nothing_running_says_so(readout: Readout, has_bot: bool) -> None:
    place = readout.slack.channel(f"stop {has_bot}", has_bot=has_bot).id
    readout.slack.command("Ana", place, "/brief stop")
    await readout.settled()
    (answer,) = readout.slack.state.messages(place)
    assert answer.seen_by == readout.slack.person("Ana").id
    assert shown(answer) == "You have nothing running here to stop."


async def test_a_command_in_a_closed_channel_is_answered_directly(
    readout: Readout, site: Site
) -> None:
    readout.slack.channel("closed", has_bot=False)
    readout.slack.command("Edda", "closed", f"/brief {site.url('/works')}")
    await readout.settled()
    root, briefing = readout.direct_messages("Edda")
    assert "I’m not a member of that channel. Invite me there" in shown(root)
    assert AGREED in shown(briefing)


async def test_a_request_in_a_private_channel_is_briefed(readout: Readout) -> None:
    readout.slack.channel("closet", private=True)
    assert is_briefing(await readout.ask(ASKED, "closet"))


async def test_the_shortcut_briefs_its_message(readout: Readout) -> None:
    ts = readout.slack.say("Ben", "shortcut", WORKS)
    readout.slack.shortcut("Ana", ts, "brief_message")
    assert is_briefing(await readout.reply(ts))


async def test_the_shortcut_in_a_closed_channel_is_answered_directly(readout: Readout) -> None:
    readout.slack.channel("far", has_bot=False)
    ts = readout.slack.say("Ben", "far", WORKS)
    readout.slack.shortcut("Fay", ts, "brief_message")
    await readout.settled()
    (briefing,) = readout.direct_messages("Fay")
    assert "I could not reply where you asked. I’m not a member of that channel." in shown(briefing)
    assert AGREED in shown(briefing)
    assert readout.slack.replies(ts) == []
    await delete_reply(readout.slack, "Fay", briefing.ts)
    await readout.slack.wait_for(lambda: readout.direct_messages("Fay") == [])


async def test_a_briefing_sent_directly_can_be_asked_about(readout: Readout) -> None:
    readout.slack.channel("away", has_bot=False)
    ts = readout.slack.say("Ben", "away", WORKS)
    readout.slack.shortcut("Hal", ts, "brief_message")
    await readout.settled()
    (briefing,) = readout.direct_messages("Hal")
    asked = "What did the works cost?"
    answer = await readout.ask(asked, "dm", person="Hal", thread_ts=briefing.ts)
    assert "12 million crowns" in answer.text
    unknown = await readout.ask("Who painted them?", "dm", person="Hal", thread_ts=briefing.ts)
    assert unknown.text.startswith("This comes closest.")


@pytest.mark.parametrize("snippet", [False, True], ids=["file", "snippet"])
async def test_a_text_file_is_briefed(readout: Readout, snippet: bool) -> None:
    file = LocalFile("works.txt", "text/plain", WORKS.encode(), snippet=snippet)
    assert is_briefing(await readout.ask("@readout", f"file {snippet}", files=[file]))


async def test_a_pdf_shows_its_pages_and_a_locked_one_is_named(
    readout: Readout,
) -> None:
    made = papers.printed(WORKS.splitlines(), title="Water works")
    locked = papers.pdf([WORKS[:40]], password="secret")
    files = [LocalFile("a.txt", "text/plain", made), LocalFile("b.pdf", "application/pdf", locked)]

    reply = await readout.ask("@readout", "papers", files=files)

    assert AGREED in reply.text
    assert "The file is locked with a password." in reply.text
    readout.slack.click("Ana", reply.ts, "Evidence")
    view = await readout.slack.wait_for(lambda: readout.slack.modal("Ana"))
    assert ", p. 1" in str(view.content)


async def test_a_linked_message_of_this_channel_is_briefed(readout: Readout) -> None:
    ts = readout.slack.say("Ben", "linked", WORKS)
    reply = await readout.ask(f"@readout {readout.slack.permalink(ts)}", "linked")
    assert is_briefing(reply)


async def test_a_link_to_a_message_of_another_channel_is_refused(readout: Readout) -> None:
    ts = readout.slack.say("Ben", "secret", WORKS)
    reply = await readout.ask(f"@readout {readout.slack.permalink(ts)}", "nosy")
    assert "I only read messages from the channel I’m asked in." in reply.text
    assert "water works" not in reply.text


@pytest.mark.parametrize("said", ["@readout", "@readout hi", "@readout help", "@readout ?"])
async def test_an_empty_mention_a_greeting_and_help_are_answered_with_help(
    readout: Readout, said: str
) -> None:
    reply = await readout.ask(said, f"help {said}")
    assert [shown(each) for each in reply.messages] == [help_text(has_model=False)]


async def test_a_question_with_a_source_is_answered_with_the_briefing_one_button_away(
    readout: Readout, site: Site
) -> None:
    reply = await readout.ask(f"@readout What did the works cost? {site.url('/works')}", "question")
    assert len(reply.messages) == 1
    assert "“The works cost 12 million crowns.”" in reply.text
    assert "Brief" in reply.buttons
    assert AGREED not in reply.text
    readout.slack.click("Ben", reply.ts, "Brief")
    await readout.settled()
    readout.slack.click("Ben", reply.ts, "Brief")
    _, briefing = (await readout.reply(reply.to)).messages
    assert AGREED in shown(briefing)


async def test_a_follow_up_is_answered_with_and_without_a_mention(readout: Readout) -> None:
    briefing = await readout.ask(ASKED, "follow")
    for said in ("Who is the mayor of Brook?", "@readout Who is the mayor of Brook?"):
        reply = await readout.ask(said, "follow", thread_ts=briefing.to, person="Ben")
        assert len(reply.messages) == 1
        assert "Mara Lind, mayor of Brook" in reply.text


async def test_an_earlier_turn_helps_to_understand_a_question(readout: Readout) -> None:
    briefing = await readout.ask(ASKED, "turns")
    await readout.ask("What will Brook pay?", "turns", thread_ts=briefing.to)
    reply = await readout.ask("And Ansel?", "turns", thread_ts=briefing.to)
    assert "Brook will pay a third of the cost, and Ansel the rest." in reply.text


async def test_without_a_model_an_unknown_answer_is_left_open(readout: Readout) -> None:
    briefing = await readout.ask(ASKED, "silent")
    reply = await readout.ask("How many soldiers died?", "silent", thread_ts=briefing.to)
    assert len(reply.messages) == 1
    assert reply.text.startswith("No direct answer found.")


@pytest.mark.parametrize(
    ("wish", "words"),
    [
        ("shorter", AGREED),
        ("in French", "Il faut un modèle pour traduire"),
        ("@readout shorter please", AGREED),
        ("@readout in German, for the minister", "braucht es ein Modell"),
    ],
)
async def test_a_wish_makes_a_new_briefing(readout: Readout, wish: str, words: str) -> None:
    briefing = await readout.ask(ASKED, wish)
    reply = await readout.ask(wish, wish, thread_ts=briefing.to)
    assert is_briefing(reply)
    assert words in reply.text


async def test_a_second_source_in_a_thread_is_briefed_under_the_next_label(
    readout: Readout, site: Site
) -> None:
    briefing = await readout.ask(ASKED, "second")
    reply = await readout.ask(
        f"@readout and this one? {site.url('/rail')}", "second", thread_ts=briefing.to
    )
    assert is_briefing(reply, "")
    assert OF_THE_SECOND.search(reply.text)
    answer = await readout.ask("What did the works cost?", "second", thread_ts=briefing.to)
    assert "“The works cost 12 million crowns.” A4" in answer.text


async def test_a_pasted_text_in_a_thread_is_briefed_under_the_next_label(readout: Readout) -> None:
    briefing = await readout.ask(ASKED, "second paste")
    reply = await readout.ask(f"And this one?\n{RAIL}", "second paste", thread_ts=briefing.to)
    assert is_briefing(reply, "")
    assert OF_THE_SECOND.search(reply.text)


@pytest.mark.parametrize(
    "said",
    [
        "thanks!", "@readout thank you", "great 👍", "I will show it to the board.",
        "@Ben what do you think of it?", "We could ask Brook next week.",
    ],
)  # fmt: skip
async def test_messages_that_ask_nothing_get_no_reply(readout: Readout, said: str) -> None:
    readout.slack.person("Ben")
    briefing = await readout.ask(ASKED, said)
    assert (await readout.ask(said, said, thread_ts=briefing.to)).messages == []


async def test_threads_without_the_bot_get_no_reply(readout: Readout) -> None:
    root = readout.slack.say("Ben", "others", WORKS)
    assert (await readout.ask("What did it cost?", "others", thread_ts=root)).messages == []
    assert (await readout.ask("What did it cost?", "others")).messages == []


@pytest.mark.parametrize("threaded", [False, True])
async def test_other_bots_are_never_answered(readout: Readout, threaded: bool) -> None:
    channel = f"bots {threaded}"
    robot = readout.slack.other_bot("robot")
    briefing = await readout.ask(ASKED, channel)
    thread = briefing.to if threaded else ""
    for said in (ASKED, "What did the works cost?"):
        reply = await readout.ask(said, channel, person=robot.id, thread_ts=thread)
        assert reply.messages == []


async def test_a_muted_thread_is_answered_only_when_the_bot_is_mentioned(readout: Readout) -> None:
    briefing = await readout.ask(ASKED, "mute")
    asked = "What did the works cost?"

    async def say(text: str) -> str:
        return (await readout.ask(text, "mute", thread_ts=briefing.to)).text

    assert "Muted" in await say("@readout mute")
    assert await say(asked) == ""
    assert "12 million" in await say(f"@readout {asked}")
    assert "I’m answering in this thread again." in await say("unmute")
    assert "12 million" in await say(asked)


async def test_a_preview_of_an_answered_message_is_not_answered(readout: Readout) -> None:
    briefing = await readout.ask(ASKED, "edited")
    readout.slack.unfurl(briefing.to, "Two towns")
    assert (await readout.reply(briefing.to)).messages == briefing.messages
