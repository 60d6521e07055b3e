"""A payload becomes a mention with its intent, its sources and its key, or nothing."""

from dataclasses import replace
from typing import Any

import pytest

from bot.briefing.requests import AttachedFile, LinkedMessage, PastedText, WebPage
from bot.slack.mentions import derived_mention, from_command, from_event, from_shortcut
from tests.slack.examples import ARTICLE, LINK, ROOT, TS, WORKSPACE, event, mention

PAGE = WebPage("https://a.example/x")
BOT = "<@UBOT>"
FILE = {
    "id": "F1", "name": "notes.txt", "mode": "snippet", "size": 9,
    "url_private_download": "https://files.slack.com/F1",
}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "fields", "intent", "sources"),
    [
        pytest.param(f"{BOT} <https://a.example/x>", {}, "brief", (PAGE,), id="a-link"),
        pytest.param(f"{BOT} <https://a.example/x|this> <https://a.example/x>", {}, "brief",
                     (PAGE,), id="one-link-twice"),
        pytest.param(f"{BOT} <https://a.example/x> <https://b.example>", {}, "brief",
                     (PAGE, WebPage("https://b.example")), id="two-links"),
        pytest.param(f"who is Klaar, {BOT}? <https://a.example/x>", {}, "ask", (PAGE,),
                     id="a-link-and-a-question"),
        pytest.param(f"{BOT} {ARTICLE}", {}, "brief", (PastedText(ARTICLE, url=LINK),),
                     id="pasted-text"),
        pytest.param(f"{BOT} Who pays?\n{ARTICLE}", {}, "ask", (PastedText(ARTICLE, url=LINK),),
                     id="a-question-and-pasted-text"),
        pytest.param(f"{BOT} {ARTICLE}\n\nWho pays?", {}, "brief",
                     (PastedText(f"{ARTICLE}\n\nWho pays?", url=LINK),),
                     id="text-that-ends-in-a-question"),
        pytest.param(f"{BOT} brief this in French: {ARTICLE}", {}, "brief",
                     (PastedText(ARTICLE, url=LINK),), id="text-after-a-colon"),
        pytest.param(f"{BOT} <https://a.example/x>\n{ARTICLE}", {}, "brief",
                     (PAGE, PastedText(ARTICLE, url=LINK)), id="a-link-and-text"),
        pytest.param(f"{BOT} {ARTICLE} <https://a.example/x|more>", {}, "brief",
                     (PastedText(f"{ARTICLE} more", url=LINK),), id="a-link-inside-text-is-text"),
        pytest.param(f"{BOT} ```{'word ' * 12}```", {}, "brief",
                     (PastedText(("word " * 12).strip(), url=LINK),), id="a-short-fenced-text"),
        pytest.param(f"{BOT} read on", {"files": [FILE]}, "brief",
                     (AttachedFile("notes.txt", "https://files.slack.com/F1", 9, LINK),),
                     id="a-snippet"),
        pytest.param(f"{BOT} <https://acme.slack.test/archives/C1/p1500000000000200>", {}, "brief",
                     (LinkedMessage("https://acme.slack.test/archives/C1/p1500000000000200", "C1",
                                    "1500000000.000200"),), id="a-link-to-a-message"),
        pytest.param(f"{BOT} <https://other.slack.test/archives/C1/p1500000000000200>", {},
                     "brief", (WebPage("https://other.slack.test/archives/C1/p1500000000000200"),),
                     id="a-link-to-another-workspace"),
        pytest.param(f"{BOT} <https://[draft]/x>", {}, "brief", (WebPage("https://[draft]/x"),),
                     id="an-address-that-leads-nowhere"),
        pytest.param(BOT, {}, "help", (), id="nothing"),
        pytest.param(f"hello {BOT}", {}, "help", (), id="a-greeting"),
        pytest.param(f"{BOT} Who is Klaar?", {}, "follow_up", (), id="a-question-about-nothing"),
        pytest.param(f"{BOT} The council voted for a new bridge.", {}, "follow_up", (),
                     id="a-text-that-is-too-short"),
        pytest.param(BOT, {"thread_ts": ROOT}, "brief", (), id="nothing-in-a-thread"),
        pytest.param(f"{BOT} help", {"thread_ts": ROOT}, "help", (), id="help-in-a-thread"),
        pytest.param(f"{BOT} who is Klaar?", {"thread_ts": ROOT}, "follow_up", (),
                     id="a-question-in-a-thread"),
        pytest.param(f"{BOT} > {'word ' * 12}\nwho said this?", {"thread_ts": ROOT}, "follow_up",
                     (), id="a-line-quoted-to-ask-about-it"),
        pytest.param(f"{BOT} mute", {"thread_ts": ROOT}, "mute", (), id="mute"),
        pytest.param(f"{BOT} stop", {"thread_ts": ROOT}, "stop", (), id="stop"),
        pytest.param(f"{BOT} stop", {}, "stop", (), id="stop-outside-a-thread"),
        pytest.param(f"{BOT} unmute", {"thread_ts": ROOT}, "unmute", (), id="unmute"),
        pytest.param("<https://a.example/x>", {"channel": "D1", "channel_type": "im"}, "brief",
                     (PAGE,), id="direct-without-a-mention"),
        pytest.param("hi", {"channel": "D1", "channel_type": "im"}, "help", (),
                     id="direct-greeting"),
    ],
)  # fmt: skip
def test_a_message_to_us_becomes_a_mention(
    text: str, fields: dict[str, Any], intent: str, sources: tuple[object, ...]
) -> None:
    heard = from_event(event(text, **fields), WORKSPACE)

    assert heard is not None
    linked = LINK + f"?thread_ts={ROOT}&cid=C1" if "thread_ts" in fields else LINK
    assert heard.permalink == linked.replace("C1", fields.get("channel", "C1"))
    assert (heard.intent, heard.sources, heard.addressed) == (intent, sources, True)


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        pytest.param("just talk", {}, id="not-to-us"),
        pytest.param("who is Klaar?", {}, id="a-question-outside-threads"),
        pytest.param(f"{BOT} thanks!", {"thread_ts": ROOT}, id="a-thank-you"),
        pytest.param("I see", {"thread_ts": ROOT}, id="talk-in-a-thread"),
        pytest.param("<https://a.example/x>", {"thread_ts": ROOT}, id="a-link-in-a-thread"),
        pytest.param("<@U2> who is Klaar?", {"thread_ts": ROOT}, id="to-somebody-else"),
        pytest.param("in French I would say it differently", {"thread_ts": ROOT}, id="no-wish"),
        pytest.param(f"{BOT} hi", {"bot_id": "B2"}, id="a-bot"),
        pytest.param(f"{BOT} hi", {"subtype": "bot_message"}, id="a-bot-message"),
        pytest.param(f"{BOT} hi", {"subtype": "message_changed", "hidden": True}, id="an-edit"),
        pytest.param("joined", {"subtype": "channel_join"}, id="a-join"),
        pytest.param(f"{BOT} hi", {"user": None}, id="nobody"),
        pytest.param("", {"type": "reaction_added"}, id="another-event"),
    ],
)  # fmt: skip
def test_other_messages_are_ignored(text: str, fields: dict[str, Any]) -> None:
    assert from_event(event(text, **fields), WORKSPACE) is None


@pytest.mark.parametrize(
    "text",
    [
        "who is Klaar?",
        "shorter",
        "in French please",
        "mute",
        "and this? <https://c.example/1>",
        "compare this with yesterday’s position",
    ],
)
def test_a_follow_up_need_not_name_us(text: str) -> None:
    heard = from_event(event(text, thread_ts=ROOT), WORKSPACE)

    assert heard is not None
    assert (heard.addressed, heard.thread, heard.message) == (False, ROOT, TS)


@pytest.mark.parametrize("subtype", ["file_share", "thread_broadcast"])
def test_some_subtypes_are_messages_of_people(subtype: str) -> None:
    assert from_event(event(BOT, subtype=subtype, thread_ts=ROOT), WORKSPACE) is not None


def test_a_message_and_its_app_mention_are_one_mention() -> None:
    as_message = from_event(event(BOT, channel_type="channel"), WORKSPACE)
    as_mention = from_event(event(BOT, type="app_mention"), WORKSPACE)

    assert as_message == as_mention
    assert as_message is not None
    assert as_message.key == f"msg:T1:C1:{TS}"


def test_only_our_own_mention_is_taken_out() -> None:
    heard = from_event(event(f"{BOT} what did <@U2> say?"), WORKSPACE)

    assert heard is not None
    assert heard.text == "what did @U2 say?"


def test_a_file_of_another_workspace_has_no_address_yet() -> None:
    file = {"id": "F9", "name": "x.txt", "file_access": "check_file_info"}
    heard = from_event(event(BOT, files=[file, {"id": "F8", "mode": "tombstone"}]), WORKSPACE)

    assert heard is not None
    assert heard.sources == (AttachedFile("x.txt", "slack-file:F9", None, LINK),)


def test_a_command_is_a_mention_without_a_thread() -> None:
    body = {
        "channel_id": "C1", "user_id": "U1", "trigger_id": "1.2", "response_url": "https://r",
        "text": "https://a.example/x, in French",
    }  # fmt: skip
    heard = from_command(body, WORKSPACE)

    assert (heard.key, heard.thread, heard.sources) == ("cmd:T1:1.2", "", (PAGE,))
    assert (heard.intent, heard.wishes.language) == ("brief", "fr")


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("", "help"),
        ("help", "help"),
        ("stop", "stop"),
        ("mute", "follow_up"),
        ("foo", "follow_up"),
        ("who is Klaar?", "follow_up"),
    ],
)
def test_a_command_without_sources_can_ask_for_help_or_stop(text: str, intent: str) -> None:
    body = {"channel_id": "C1", "user_id": "U1", "trigger_id": "1.2", "text": text}

    assert from_command(body, WORKSPACE).intent == intent


@pytest.mark.parametrize(
    ("text", "source"),
    [
        pytest.param("look: <https://a.example/x>", PAGE, id="its-link"),
        pytest.param("A short note.", PastedText("A short note.", url=LINK), id="its-text"),
        pytest.param(f"{ARTICLE} <https://a.example/x|more>",
                     PastedText(f"{ARTICLE} more", url=LINK), id="its-long-text"),
        pytest.param(f"{BOT} brief this\n\n{ARTICLE}", PastedText(ARTICLE, url=LINK),
                     id="its-text-without-the-request"),
    ],
)  # fmt: skip
def test_the_shortcut_briefs_the_message_it_is_chosen_on(text: str, source: object) -> None:
    body = {
        "callback_id": "brief_message", "trigger_id": "3.4", "user": {"id": "U2"},
        "channel": {"id": "C1"}, "message": event(text, user=None, bot_id="B5"),
    }  # fmt: skip
    heard = from_shortcut(body, WORKSPACE)

    assert (heard.key, heard.person, heard.thread) == ("brief_message:T1:3.4", "U2", TS)
    assert (heard.intent, heard.sources) == ("brief", (source,))


def test_a_button_pressed_twice_is_one_job() -> None:
    asked = mention(intent="ask", question="Who?", sources=(PAGE,))

    once_more = derived_mention(asked, "retry", "9.9", {"id": asked.person})
    assert once_more == replace(asked, key=f"{asked.key}:retry:9.9")


@pytest.mark.parametrize(
    ("fields", "outside"),
    [
        ({}, False),
        ({"user_team": WORKSPACE.team}, False),
        ({"user_team": "TELSEWHERE"}, True),
        ({"source_team": "TELSEWHERE"}, True),
    ],
)
def test_somebody_of_another_workspace_is_recognised(fields: dict[str, str], outside: bool) -> None:
    asked = from_event(event(f"{BOT} <https://a.example/x>", **fields), WORKSPACE)

    assert asked is not None
    assert asked.outside is outside
