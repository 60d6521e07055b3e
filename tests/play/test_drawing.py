"""What an app sends is drawn, used and sent back as Slack does it, and never taken for HTML."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, expect
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.slack import LocalSlack, Rules
from tests.play.conftest import SECONDS, Visit, visit

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.chromium]

EVIL = '<img src="x" onerror="document.title=\'taken\'"><script>document.title="taken"</script>'


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def reader(browser: Browser) -> AsyncIterator[Visit]:
    async with LocalSlack.running(Rules(rate_limits=False)) as slack:
        slack.say("Ana", "#news", "hello")
        yield await visit(browser, slack)


def client(reader: Visit) -> AsyncWebClient:
    return AsyncWebClient(token=reader.slack.bot_token, base_url=reader.slack.api_url)


def plain(text: str) -> dict[str, str]:
    return {"type": "plain_text", "text": text}


async def posted(reader: Visit, *blocks: dict[str, Any]) -> str:
    """The timestamp of a message with these blocks, which the page shows."""
    channel = reader.slack.channel("news").id
    answer = await client(reader).chat_postMessage(channel=channel, text="spoken", blocks=blocks)
    return str(answer["ts"])


async def opened(reader: Visit, *blocks: dict[str, Any]) -> None:
    """Show a modal with these blocks."""
    ana = reader.slack.person("Ana")
    view = {"type": "modal", "title": plain("A form"), "submit": plain("Save"), "blocks": blocks}
    trigger = reader.slack.new_trigger(ana.team, ana.id)
    await client(reader).views_open(trigger_id=trigger, view=view)


async def sent(reader: Visit, kind: str, after: int) -> dict[str, Any]:
    """The first payload of that kind that the page had Slack send after that many deliveries."""

    def first() -> dict[str, Any] | None:
        payloads = [each.payload for each in reader.slack.deliveries[after:]]
        return next((each for each in payloads if each.get("type") == kind), None)

    return await reader.slack.wait_for(first, SECONDS)


@pytest.mark.parametrize(
    "block",
    [
        {"type": "markdown", "text": f"{EVIL}\n\n[link](javascript:alert(1))"},
        {"type": "section", "text": {"type": "mrkdwn", "text": EVIL}},
        {"type": "header", "text": plain(EVIL[:150])},
        {
            "type": "rich_text",
            "elements": [
                {
                    "type": "rich_text_section",
                    "elements": [
                        {"type": "text", "text": EVIL},
                        {"type": "link", "url": "javascript:document.title='taken'", "text": "go"},
                    ],
                }
            ],
        },
        {"type": "actions", "elements": [
            {"type": "button", "action_id": "a", "text": plain(EVIL[:75])}]},
    ],
    ids=lambda block: str(block["type"]),
)  # fmt: skip
async def test_no_text_is_rendered_as_html(reader: Visit, block: dict[str, Any]) -> None:
    await posted(reader, block, {"type": "section", "text": plain("after it")})

    last = reader.channel.get_by_role("article").last
    await expect(last).to_contain_text("after it")
    await expect(last.locator("img, script, [href^=javascript]")).to_have_count(0)
    assert await reader.page.title() == "#news"
    assert reader.faults == []


@pytest.mark.parametrize(
    ("block", "words"),
    [
        ({"type": "header", "text": plain("A header")}, "A header"),
        ({"type": "markdown", "text": "| a | b |\n|---|---|\n| one | two |"}, "two"),
        ({"type": "context", "elements": [{"type": "mrkdwn", "text": "*quiet*"}]}, "quiet"),
        ({"type": "task_card", "task_id": "1", "title": "Reading", "status": "pending"}, "Reading"),
    ],
    ids=lambda each: str(each["type"]) if isinstance(each, dict) else None,
)
async def test_each_kind_of_block_shows_its_words(
    reader: Visit, block: dict[str, Any], words: str
) -> None:
    await posted(reader, block)

    await expect(reader.channel.get_by_role("article").last).to_contain_text(words)


async def test_in_verbatim_text_only_tokens_are_parsed(reader: Visit) -> None:
    news = reader.slack.channel("news").id
    text = f"<#{news}> on <https://readout.example/|the site>, not www.readout.example, not @here"
    element = {"type": "mrkdwn", "text": text, "verbatim": True}
    await posted(reader, {"type": "context", "elements": [element]})

    last = reader.channel.get_by_role("article").last
    await expect(last).to_contain_text("#news on the site, not www")
    await expect(last.get_by_role("link")).to_have_count(1)


async def test_an_unknown_kind_of_block_shows_its_words(reader: Visit) -> None:
    ts = await posted(reader, {"type": "divider"})
    unknown = {"type": "hologram", "block_id": "h", "scene": {"title": "a scene", "text": "in it"}}
    reader.slack.message(ts).blocks = [unknown]
    reader.slack.state.touch()

    await expect(reader.channel.get_by_role("article").last).to_contain_text("a scene in it")


async def test_a_button_with_a_confirmation_is_pressed_once_confirmed(reader: Visit) -> None:
    asked = {
        "title": plain("Really?"),
        "text": plain("It goes."),
        "confirm": plain("Do it"),
        "deny": plain("Keep"),
    }
    element = {"type": "button", "action_id": "go.v1", "text": plain("Go"), "confirm": asked}
    await posted(reader, {"type": "actions", "elements": [element]})
    before = len(reader.slack.deliveries)

    button = reader.channel.get_by_role("button", name="Go")
    await button.click()
    await reader.modal.get_by_role("button", name="Keep").click()
    assert len(reader.slack.deliveries) == before
    await button.click()
    await reader.modal.get_by_role("button", name="Do it").click()

    assert (await sent(reader, "block_actions", before))["actions"][0]["action_id"] == "go.v1"


async def test_the_menu_behind_the_dots_works_by_keyboard(reader: Visit) -> None:
    options = [{"text": plain(name), "value": name} for name in ("one", "two", "three")]
    menu = {"type": "overflow", "action_id": "more.v1", "options": options}
    await posted(reader, {"type": "actions", "elements": [menu]})

    await reader.channel.get_by_role("button", name="More actions").last.focus()
    for key in ("Enter", "ArrowDown", "Enter"):
        await reader.page.keyboard.press(key)

    await reader.slack.wait_for(
        lambda: "two" in str(reader.slack.deliveries[-1].payload.get("actions")), SECONDS
    )


async def test_a_form_sends_what_was_filled_in_and_shows_what_was_refused(reader: Visit) -> None:
    options = [{"text": plain(name), "value": name} for name in ("short", "long")]
    fields: dict[str, dict[str, Any]] = {
        "name": {"type": "plain_text_input"},
        "length": {"type": "radio_buttons", "options": options},
        "parts": {"type": "checkboxes", "options": options},
        "to": {"type": "conversations_select"},
    }
    await opened(
        reader,
        *(
            {"type": "input", "block_id": name, "label": plain(name.title()),
             "element": {**element, "action_id": name}}
            for name, element in fields.items()
        ),
    )  # fmt: skip
    before = len(reader.slack.deliveries)
    await reader.modal.get_by_label("Name").fill("Hallin")
    await reader.modal.get_by_label("long").first.check()
    await reader.modal.get_by_label("short").last.check()
    await reader.modal.get_by_label("To").select_option("#news")
    await reader.modal.get_by_role("button", name="Save").click()

    values = (await sent(reader, "view_submission", before))["view"]["state"]["values"]
    assert values["name"]["name"]["value"] == "Hallin"
    assert values["length"]["length"]["selected_option"]["value"] == "long"
    assert [each["value"] for each in values["parts"]["parts"]["selected_options"]] == ["short"]
    assert values["to"]["to"]["selected_conversation"] == reader.slack.channel("news").id

    await expect(reader.modal.get_by_role("alert")).to_contain_text("trouble")
    await reader.page.keyboard.press("Escape")
    await expect(reader.modal).to_be_hidden()


async def test_a_stream_grows_and_is_stopped(reader: Visit) -> None:
    ana, channel = reader.slack.person("Ana"), reader.slack.channel("news").id
    root = reader.slack.say("Ana", "#news", "stream, please")
    slack = client(reader)
    started = await slack.chat_startStream(
        channel=channel,
        thread_ts=root,
        recipient_user_id=ana.id,
        recipient_team_id=ana.team,
        chunks=[{"type": "task_update", "id": "1", "title": "Writing", "status": "in_progress"}],
    )
    await reader.channel.get_by_role("button", name="1 reply").click()
    await expect(reader.thread).to_contain_text("Writing")

    for words in ("The bridge ", "is safe."):
        chunk = {"type": "blocks", "blocks": [{"type": "markdown", "text": words}]}
        await slack.chat_appendStream(channel=channel, ts=str(started["ts"]), chunks=[chunk])
    await expect(reader.thread).to_contain_text("is safe.")
    await reader.thread.get_by_role("button", name="Stop").click()

    await expect(reader.thread.get_by_role("button", name="Stop")).to_be_hidden()
    await expect(reader.thread).to_contain_text("is safe.")

    await slack.chat_update(channel=channel, ts=str(started["ts"]), text="Whole.")
    await expect(reader.thread).to_contain_text("Whole.")
    await expect(reader.thread).not_to_contain_text("Writing")


async def test_a_screen_reader_hears_which_passage_a_reference_links_to(reader: Visit) -> None:
    links = [
        {
            "type": "link",
            "url": "https://readout.example/1",
            "text": "AB12",
            "style": {"code": True},
        },
        {"type": "link", "url": "https://readout.example/2", "text": "The Daily"},
    ]
    section = {"type": "rich_text_section", "elements": links}
    await posted(reader, {"type": "rich_text", "elements": [section]})

    last = reader.channel.get_by_role("article").last
    await expect(last.get_by_role("link", name="passage AB12", exact=True)).to_have_text("AB12")
    await expect(last.get_by_role("link", name="The Daily", exact=True)).to_be_visible()


async def test_a_header_is_a_heading_of_its_level_in_the_size_of_the_text(reader: Visit) -> None:
    await posted(reader, {"type": "header", "text": plain("Key points"), "level": 4})

    heading = reader.channel.get_by_role("article").last.get_by_role("heading", level=4)
    await expect(heading).to_have_text("Key points")
    assert await heading.evaluate("it => getComputedStyle(it).fontSize") == "15px"


async def test_a_form_is_sent_once_its_required_fields_are_filled(reader: Visit) -> None:
    options = [{"text": plain(each), "value": each} for each in ("one", "two")]
    fields: dict[str, dict[str, Any]] = {
        "Text": {"type": "plain_text_input", "min_length": 3, "max_length": 5},
        "Choice": {"type": "static_select", "options": options},
        "Boxes": {"type": "checkboxes", "options": options},
        "Own choice": {"type": "plain_text_input"},
    }
    await opened(reader, *(
        {
            "type": "input",
            "block_id": name,
            "label": plain(name),
            "optional": name == "Own choice",
            "element": {**element, "action_id": f"field-{number}"},
        }
        for number, (name, element) in enumerate(fields.items())
    ))  # fmt: skip
    before = len(reader.slack.deliveries)
    save, told = reader.modal.get_by_role("button", name="Save"), reader.modal.get_by_role("alert")
    text = reader.modal.get_by_role("textbox", name="Text")

    await save.click()
    await expect(told).to_have_text(["Please complete this required field."] * 3)
    await expect(text).to_be_focused()
    await expect(text).to_have_attribute("aria-invalid", "true")
    await expect(text).to_have_accessible_description("Please complete this required field.")

    await text.fill("ab")
    await reader.modal.get_by_label("Choice").first.select_option("one")
    await reader.modal.get_by_label("two").check()
    await save.click()
    await expect(told).to_have_text(["Enter at least 3 characters."])
    assert len(reader.slack.deliveries) == before

    await text.fill("abcdefgh")
    await expect(text).to_have_value("abcde")
    await save.click()
    values = (await sent(reader, "view_submission", before))["view"]["state"]["values"]
    assert values["Text"]["field-0"]["value"] == "abcde"
    await reader.page.keyboard.press("Escape")
    await expect(reader.modal).to_be_hidden()


async def test_a_menu_is_operated_with_the_arrows_and_closed_with_escape(reader: Visit) -> None:
    options = [{"text": plain(each), "value": each} for each in ("First", "Second", "Third")]
    menu = {"type": "overflow", "action_id": "menu", "options": options}
    await posted(reader, {"type": "actions", "elements": [menu]})

    last = reader.channel.get_by_role("article").last
    opener = last.get_by_role("button", name="More actions")
    await opener.focus()
    await reader.page.keyboard.press("Enter")
    for key, entry in (("ArrowUp", "Third"), ("ArrowDown", "First"), ("End", "Third")):
        await reader.page.keyboard.press(key)
        await expect(last.get_by_role("menuitem", name=entry)).to_be_focused()
    await reader.page.keyboard.press("Escape")
    await expect(opener).to_be_focused()


async def test_every_control_is_at_least_24_pixels_wide_and_high(reader: Visit) -> None:
    options = [{"text": plain(each), "value": each} for each in ("one", "two")]
    thumb = {"text": plain("Useful"), "value": "good"}
    await posted(
        reader,
        {"type": "actions", "elements": [
            {"type": "button", "action_id": "go", "text": plain("Go")},
            {"type": "overflow", "action_id": "menu", "options": options},
            {"type": "checkboxes", "action_id": "boxes", "options": options},
            {"type": "static_select", "action_id": "choice", "options": options},
        ]},
        {"type": "context_actions", "elements": [{
            "type": "feedback_buttons",
            "action_id": "feedback",
            "positive_button": thumb,
            "negative_button": {**thumb, "value": "bad"},
        }]},
    )  # fmt: skip
    await reader.channel.get_by_role("article").last.hover()
    small = await reader.page.evaluate(
        """() => [...document.querySelectorAll("button, input, select, textarea, nav a, a.button")]
            .map((it) => [it.outerHTML.slice(0, 120), it.getBoundingClientRect()])
            .filter(([, box]) => box.width && (box.width < 24 || box.height < 24))
            .map(([html, box]) => `${box.width} x ${box.height}: ${html}`)"""
    )
    assert small == []


async def test_the_thread_scrolls_to_own_messages_and_announces_others(reader: Visit) -> None:
    slack, channel = client(reader), reader.slack.channel("news").id
    root = reader.slack.say("Ana", "#news", "a long thread")
    for number in range(30):
        await slack.chat_postMessage(channel=channel, thread_ts=root, text=f"answer {number}")
    await reader.channel.get_by_role("button", name="30 replies").click()
    messages = reader.thread.get_by_role("feed")
    await expect(reader.thread.get_by_text("answer 29")).to_be_in_viewport()

    async def read_above() -> None:
        await messages.evaluate("it => it.scrollTo(0, 100)")
        await expect(reader.thread.get_by_text("answer 2", exact=True)).to_be_in_viewport()

    await read_above()
    await slack.chat_postMessage(channel=channel, thread_ts=root, text="another answer")
    news = reader.thread.get_by_role("button", name="New reply")
    await expect(news).to_be_visible()
    assert await messages.evaluate("it => it.scrollTop") == 100
    await news.click()
    await expect(reader.thread.get_by_text("another answer")).to_be_in_viewport()
    await expect(news).to_be_hidden()

    await read_above()
    await reader.say("and now?", reader.thread)
    # Only the feed: for a moment the words may stand in the box as well.
    await expect(messages.get_by_text("and now?")).to_be_in_viewport()
    await reader.page.keyboard.press("Escape")
    await expect(reader.thread).to_be_hidden()
    await expect(reader.channel.get_by_role("button", name="32 replies")).to_be_focused()


async def test_a_paste_of_200_kilobytes_becomes_a_file_and_holds_nothing_up(reader: Visit) -> None:
    box = reader.channel.get_by_role("textbox")
    await box.focus()
    longest = await box.evaluate(
        """async (it) => {
            const tasks = [];
            new PerformanceObserver((list) => tasks.push(...list.getEntries()))
              .observe({ type: "longtask" });
            const pasted = new DataTransfer();
            pasted.setData("text/plain", "One sentence of nine words and no more. ".repeat(5000));
            const told = { clipboardData: pasted, bubbles: true, cancelable: true };
            it.dispatchEvent(new ClipboardEvent("paste", told));
            await new Promise((done) => setTimeout(done, 500));
            return Math.max(0, ...tasks.map((each) => each.duration));
        }"""
    )
    assert longest < 100
    await expect(reader.channel.get_by_text("Pasted text.txt")).to_be_visible()
    await box.press("Enter")
    await expect(reader.channel.get_by_role("article").last).to_contain_text("Pasted text.txt")
