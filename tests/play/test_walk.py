"""A newcomer's walk through the page of `readout play`, step by step.

Each test is a step and begins where the one before it ended; a new step is a new test.
"""

import re
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, FilePayload, expect

from bot.operations.settings import Settings
from bot.slack.interactions import NOT_YOURS
from sandbox.recorded import ANSWERED, NOT_ANSWERED, sample_article
from tests.play.conftest import Visit, playground_visit

pytestmark = [
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.chromium,
    pytest.mark.slow,
]

HEADLINE = "Kestria and Ambria agree to reopen the Hallin rail line"
COST, SILENCE = "48 million", "This comes closest"
SUGGESTED = "What did Ilva Terren say?"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def walk(browser: Browser, pytestconfig: pytest.Config) -> AsyncIterator[Visit]:
    async with playground_visit(browser, pytestconfig, Settings(engine="extractive")) as visitor:
        yield visitor


async def test_a_mention_brings_a_briefing_into_its_thread(walk: Visit) -> None:
    await walk.page.get_by_role("button", name="Mention it with a sample article").click()
    await walk.picture("1-begun")
    await walk.channel.get_by_role("textbox").press("Enter")
    await walk.channel.get_by_role("button", name="1 reply").click()

    await expect(walk.thread).to_contain_text("In their words")
    await expect(walk.thread).to_contain_text("Quoted from the source, no model")
    await walk.picture("2-briefing")


async def test_a_reference_leads_to_the_message_with_the_source(walk: Visit) -> None:
    await walk.thread.get_by_role("link", name="passage A3").first.click()

    await expect(walk.channel.locator(".target")).to_contain_text(HEADLINE)
    await expect(walk.thread).to_contain_text("In their words")


async def test_evidence_shows_each_line_with_its_passage(walk: Visit) -> None:
    await walk.thread.get_by_role("button", name="Evidence").click()

    await expect(walk.modal.get_by_role("heading", name="Evidence")).to_be_visible()
    await expect(walk.modal).to_contain_text("A34")
    await walk.picture("3-evidence")


async def test_escape_closes_the_dialog_and_returns_the_focus(walk: Visit) -> None:
    await walk.page.keyboard.press("Escape")

    await expect(walk.modal).to_be_hidden()
    await expect(walk.thread.get_by_role("button", name="Evidence")).to_be_focused()


async def test_full_briefing_replaces_the_reply_and_first_version_leads_back(walk: Visit) -> None:
    first = await walk.reply.inner_text()
    await walk.reply.get_by_role("button", name="Full briefing").click()
    back = walk.reply.get_by_role("button", name="First version")
    await expect(back).to_be_visible()
    await expect(walk.replies).to_have_count(1)
    await walk.picture("3-full")

    await back.click()
    await expect(walk.reply.get_by_role("button", name="Full briefing")).to_be_visible()
    await expect(walk.replies).to_have_count(1)
    assert await walk.reply.inner_text() == first


async def test_a_suggested_question_is_answered_in_the_thread(walk: Visit) -> None:
    await walk.reply.get_by_role("button", name=SUGGESTED).click()

    await expect(walk.replies).to_have_count(2)
    await expect(walk.reply).to_contain_text(SILENCE)
    await expect(walk.reply).to_contain_text("Terren")
    await walk.picture("4-suggested")


async def test_a_question_in_the_thread_is_answered_with_the_closest_passages(walk: Visit) -> None:
    await walk.say(ANSWERED, walk.thread)
    await expect(walk.reply).to_contain_text(COST)

    await walk.say(NOT_ANSWERED, walk.thread)
    await expect(walk.reply).to_contain_text(SILENCE)
    await walk.picture("4-answers")


async def test_after_questions_shorter_adds_a_second_briefing(walk: Visit) -> None:
    await walk.choose("Shorter")

    await expect(walk.reply).to_contain_text("Shorter version of this briefing")
    await expect(walk.reply).to_contain_text(HEADLINE)
    await expect(walk.reply.get_by_role("button", name="Full briefing")).to_be_visible()


async def test_after_questions_full_briefing_adds_another(walk: Visit) -> None:
    await walk.replies.first.get_by_role("button", name="Full briefing").click()

    await expect(walk.reply).to_contain_text("Full briefing")
    await expect(walk.reply.get_by_role("button", name="Full briefing")).to_be_hidden()
    await walk.picture("4-longer")


async def test_translate_says_that_it_needs_a_model(walk: Visit) -> None:
    await walk.choose("Translate")
    await expect(walk.modal).to_contain_text("Translating needs a model")
    await walk.page.keyboard.press("Escape")


async def test_share_shows_it_in_another_channel(walk: Visit) -> None:
    await walk.choose("Share")
    await walk.modal.get_by_label("Share to").select_option("#city-desk")
    await walk.modal.get_by_role("button", name="Next").click()
    await walk.modal.get_by_role("button", name="Share", exact=True).click()
    await expect(walk.modal).to_contain_text("#city-desk")
    await walk.page.keyboard.press("Escape")

    await walk.page.get_by_role("link", name="city-desk").click()
    await expect(walk.channel).to_contain_text(HEADLINE)
    await walk.page.go_back()


async def test_export_leaves_files_in_the_thread(walk: Visit) -> None:
    await walk.choose("Export")
    await expect(walk.modal).to_contain_text("The files are in the thread")
    await expect(walk.modal.locator("pre")).to_contain_text(HEADLINE)
    await walk.page.keyboard.press("Escape")

    await expect(walk.reply.get_by_role("link", name=re.compile(r"\.docx"))).to_be_visible()
    async with walk.page.expect_download() as waiting:
        await walk.reply.get_by_role("link", name=re.compile(r"\.md")).click()
    content = (await (await waiting.value).path()).read_text("utf-8")
    assert HEADLINE in content
    await walk.picture("5-menu")


async def test_a_thumb_down_is_thanked_for(walk: Visit) -> None:
    await walk.thread.get_by_role("button", name="Not useful").first.click()

    await expect(walk.thread).to_contain_text("Thank you")


async def test_a_reload_shows_what_was_there(walk: Visit) -> None:
    await walk.page.reload()

    await expect(walk.thread).to_contain_text(SILENCE)


async def test_after_a_restart_it_still_knows_the_thread(walk: Visit) -> None:
    await walk.page.get_by_role("button", name="Restart Readout").click()
    await expect(walk.page.get_by_text("on the same database")).to_be_visible()

    await walk.thread.get_by_role("button", name="Evidence").first.click()
    await expect(walk.modal).to_contain_text("A34")
    await walk.page.keyboard.press("Escape")
    await walk.say(ANSWERED, walk.thread)
    await expect(walk.reply).to_contain_text(COST)


async def test_nobody_else_can_delete_a_reply(walk: Visit) -> None:
    replies = walk.replies
    before = await replies.count()
    who = walk.page.get_by_label("Who you are")
    await who.select_option("Ben")
    await expect(who).to_have_value("Ben")  # the page is Ben's by now
    await walk.choose("Delete")

    await expect(walk.modal).to_contain_text(NOT_YOURS.format(deed="delete it"))
    await walk.picture("6-delete-of-another")
    await walk.page.keyboard.press("Escape")
    await who.select_option("Ana")
    await expect(who).to_have_value("Ana")
    await expect(replies).to_have_count(before)


async def test_a_delete_is_asked_about_and_done(walk: Visit) -> None:
    replies = walk.replies
    before = await replies.count()
    await walk.choose("Delete")
    await walk.picture("6-delete")
    await walk.modal.get_by_role("button", name="Delete").click()

    await expect(replies).to_have_count(before - 1)


async def test_the_shortcut_briefs_a_message_of_somebody_else(walk: Visit) -> None:
    message = walk.channel.get_by_role("article", name=re.compile("^Ben"))
    await message.hover()
    await message.get_by_role("button", name="Brief this message").click()
    await message.get_by_role("button", name="1 reply").click()

    await expect(walk.thread).to_contain_text("In their words")


async def test_a_file_is_briefed(walk: Visit) -> None:
    await walk.page.get_by_role("link", name="city-desk").click()
    content = walk.slack.state.messages(walk.slack.channel("foreign-desk").id)[0].text.encode()
    file = FilePayload(name="hallin.txt", mimeType="text/plain", buffer=content)
    await walk.channel.get_by_label("Files").set_input_files([file])
    await walk.say("@readout brief this", walk.channel)
    mine = walk.channel.get_by_role("article", name=re.compile("^Ana"))
    await mine.last.get_by_role("button", name="1 reply").click()

    await expect(walk.thread).to_contain_text("In their words")
    await expect(walk.thread).to_contain_text("hallin.txt")


async def test_an_edited_request_is_offered_again(walk: Visit) -> None:
    mine = walk.channel.get_by_role("article", name=re.compile("^Ana")).last
    await mine.hover()
    await mine.get_by_role("button", name="Edit").click()
    box = walk.channel.get_by_role("textbox", name="Edit the message")
    await box.fill("@readout brief this, short")
    await box.press("Enter")

    await expect(mine).to_contain_text("(edited)")
    await expect(walk.reply.get_by_role("button", name="Brief again")).to_be_visible()


async def test_a_deleted_request_takes_its_replies_with_it(walk: Visit) -> None:
    mine = walk.channel.get_by_role("article", name=re.compile("^Ana")).last
    await mine.hover()
    await mine.get_by_role("button", name="Delete").click()

    await expect(walk.channel).to_contain_text("This message was deleted.")
    await expect(walk.thread).not_to_contain_text("In their words")


async def test_the_tab_key_stops_at_one_message_of_a_list(walk: Visit) -> None:
    await walk.page.get_by_role("link", name="foreign-desk").focus()
    await walk.page.keyboard.press("Enter")
    stops = walk.channel.locator("article[tabindex='0']")
    messages = walk.channel.get_by_role("article")
    await expect(messages).not_to_have_count(1)
    await expect(stops).to_have_count(1)

    await messages.last.focus()
    await walk.page.keyboard.press("ArrowUp")
    before = messages.nth(await messages.count() - 2)
    await expect(before).to_be_focused()
    await expect(before).to_have_attribute("tabindex", "0")
    await expect(stops).to_have_count(1)


async def test_the_keyboard_alone_reaches_what_a_message_offers(walk: Visit) -> None:
    await walk.channel.get_by_role("article").first.focus()
    for key in ("ArrowDown", "ArrowUp", "Tab", "Tab", "Tab", "Enter"):
        await walk.page.keyboard.press(key)

    await expect(walk.thread).to_contain_text("In their words")
    await walk.thread.get_by_role("textbox").press("Escape")
    await expect(walk.thread).to_be_hidden()


async def test_a_command_is_typed_with_the_keyboard_alone(walk: Visit) -> None:
    box = walk.channel.get_by_role("textbox")
    await box.focus()
    await walk.page.keyboard.type("/b")
    await walk.page.keyboard.press("Tab")
    await walk.page.keyboard.type("help")
    await walk.page.keyboard.press("Enter")

    await expect(walk.channel).to_contain_text("Only visible to you")
    await walk.picture("7-command")


async def test_the_settings_of_a_channel_are_kept(walk: Visit) -> None:
    await walk.say("/brief settings", walk.channel)
    await expect(walk.modal).to_be_visible()
    await walk.picture("7-settings")
    await walk.modal.get_by_label("Length").select_option("Short")
    await walk.modal.get_by_role("button", name="Save").click()
    await expect(walk.modal).to_be_hidden()

    await walk.say("/brief settings", walk.channel)
    await expect(walk.modal.get_by_label("Length")).to_have_value("short")
    await walk.page.keyboard.press("Escape")


async def test_a_channel_without_readout_invites_it(walk: Visit) -> None:
    await walk.page.get_by_role("link", name="newsroom").click()
    await walk.channel.get_by_role("button", name="Add it").click()

    await expect(walk.channel.get_by_text("not in this channel")).to_be_hidden()


async def test_direct_messages_are_private(walk: Visit) -> None:
    await walk.page.get_by_role("link", name="Readout").click()
    await walk.picture("8-direct")
    await walk.say("help", walk.channel)
    await expect(walk.thread.get_by_role("article")).not_to_have_count(1)

    await walk.page.get_by_label("Who you are").select_option("Ben")
    await expect(walk.channel.get_by_role("article")).to_have_count(0)
    await expect(walk.channel).to_contain_text("alone")
    await walk.page.get_by_label("Who you are").select_option("Ana")
    await expect(walk.channel.get_by_role("article")).to_have_count(1)


async def test_in_direct_messages_suggestions_help_to_begin_and_go_on(walk: Visit) -> None:
    await walk.channel.get_by_role("button", name="What can you do?").click()
    await expect(walk.channel.get_by_role("textbox")).to_have_value("What can you do?")
    await walk.say(sample_article(), walk.channel)
    replies = walk.channel.get_by_role("button", name="1 reply")
    await expect(replies).to_have_count(2)
    await replies.last.click()
    await expect(walk.thread.locator("header")).to_contain_text(HEADLINE)

    await walk.thread.get_by_role("button", name=SUGGESTED).click()
    await walk.picture("8-suggested")
    await walk.thread.get_by_role("textbox").press("Enter")
    await expect(walk.reply).to_contain_text(SILENCE)
    await expect(walk.reply).to_contain_text("Terren")


async def test_the_home_tab_finds_what_was_briefed(walk: Visit) -> None:
    await walk.page.get_by_role("link", name="Readout").click()
    await walk.page.get_by_role("tab", name="Home").click()

    home = walk.page.get_by_role("tabpanel")
    await expect(home).to_contain_text(HEADLINE)
    await walk.picture("9-home")
    hits = home.get_by_role("link", name=HEADLINE)
    field = home.get_by_role("textbox")
    await field.fill("zeppelin")
    await field.press("Enter")
    await expect(hits).to_have_count(0)
    await field.fill("hallin")
    await field.press("Enter")
    await expect(hits).not_to_have_count(0)
    await expect(field).to_be_focused()


async def test_delete_my_data_leaves_nothing_to_find(walk: Visit) -> None:
    await walk.page.get_by_role("button", name="Delete my data").click()
    await walk.modal.get_by_role("button", name="Delete").click()

    hits = walk.page.get_by_role("tabpanel").get_by_role("link", name=HEADLINE)
    await expect(hits).to_have_count(0)
