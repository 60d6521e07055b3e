"""How is a story shown as a timeline: by a command, from a briefing, from the Home tab?

It is a modal, built from what is stored when it is opened, so that it has nothing that was deleted
or has expired.
"""

import re
from collections.abc import Mapping
from dataclasses import replace

from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.briefing import wording
from bot.briefing.catalogue import Catalogue, catalogue
from bot.briefing.documents import Passage
from bot.briefing.timeline import Chapter, Row, Timeline
from bot.service.intake import Intake
from bot.service.ports import HomeMemory, Mention, Outcome
from bot.service.story import MOST_STORIES, Stories
from bot.slack.access import Access
from bot.slack.blocks import source_paragraphs, text_block
from bot.slack.buttons import actions, button_element
from bot.slack.evidence import Page, modal_pages, page_buttons, page_of, page_view, target_page
from bot.slack.home import OPEN_STORY, channels_of, story_entry
from bot.slack.interactions import GONE, Interaction, on_press, update_view
from bot.slack.modals import notice_view
from bot.slack.payloads import JsonObject
from bot.slack.posting import reply_links
from bot.slack.rich_text import bidi_line, link, quotation, rich_text, section, shortened, words
from bot.slack.sharing import Exports
from bot.slack.statements import elements

STORY_COMMAND = re.compile(r"story\b(?!.*://)\s*(.{0,80})", re.IGNORECASE)
"""The text of the command that shows a story, with the words to search for."""
BEFORE, AFTER = "story_before.v1", "story_after.v1"
EXPORT = "story_export.v1"
TITLE = "Story"

_PREPARING = "Preparing the files…"
_READY = "The files are in the briefing’s thread: Markdown, Word and plain text."
_NO_WORDS = "Add a word or two about the story, for example: /brief story Karatobe"
_NOTHING = "No stored briefing in this channel contains “{words}”."
_SEVERAL = "Several stories here contain “{words}”:"
_MORE = "There are more. Add another word to narrow them down."
_NOT_HERE = "You can only open this story in its own channel."
_LOOKING_VIEW = notice_view(TITLE, "Looking through the briefings of this channel…")
_GONE_VIEW = notice_view(TITLE, GONE)
_LONGEST_TITLE = 200


def story_view(
    story: Timeline, at: Page, links: Mapping[str, str], *, message: str = ""
) -> JsonObject:
    """A page of the modal: lines with their passages, chapter by chapter. ``links`` are addresses
    of replies, by key; ``message`` is at the top."""
    fixed = catalogue(story.language)
    pages = modal_pages()
    export = button_element(EXPORT, fixed.buttons["export"], value=at.key)
    title = rich_text(section([words(shortened(story.title, _LONGEST_TITLE), "bold")]))
    pages.add([title, text_block("\n".join(story.notes))])
    pages.add([actions(export)])
    paragraphs = source_paragraphs(story.documents, fixed, has_title=False)
    sources = {each.label: by for each, by in zip(story.documents, paragraphs, strict=True)}
    for chapter in story.chapters:
        heading, known = [_heading(chapter, links)], set[str]()
        for row in chapter.rows:
            labels = dict.fromkeys(p.document for p in row.line.evidence if p.document not in known)
            known |= labels.keys()
            above = [*heading, *(sources[each] for each in labels)]
            pages.add([*([rich_text(*above)] if above else []), _row_block(row, fixed)])
            heading = []
    page = min(at.number, len(pages.filled) - 1)
    buttons = page_buttons(page, len(pages.filled), fixed, (BEFORE, AFTER))
    shown = [*pages.filled[page], *buttons]
    return page_view(replace(at, number=page), TITLE, fixed, message, shown)


def _heading(chapter: Chapter, links: Mapping[str, str]) -> JsonObject:
    url = links.get(chapter.reply.key) if chapter.reply else None
    return section([link(chapter.title, url, "bold")])


def _row_block(row: Row, fixed: Catalogue) -> JsonObject:
    """A line and its passages, each with a link to its place in the source."""
    line = bidi_line(elements(row.wording), (), wording.direction_text(row.line))
    quotations = (_quotation(each, fixed) for each in dict.fromkeys(row.line.evidence))
    return rich_text(section(line), *quotations)


def _quotation(passage: Passage, fixed: Catalogue) -> JsonObject:
    place = link(fixed.place(passage), passage.url)
    return quotation([*bidi_line([words(passage.text)], (), passage.text), words(" "), place])


def _choice_view(found: str, stories: list[tuple[str, Timeline]]) -> JsonObject:
    rows = [story_entry(key, story.title) for key, story in stories[:MOST_STORIES]]
    more = [text_block(_MORE)] if len(stories) > MOST_STORIES else []
    return notice_view(TITLE, _SEVERAL.format(words=found), below=[*rows, *more])


class StoryListeners:
    def __init__(
        self, access: Access, intake: Intake, memory: HomeMemory, exports: Exports
    ) -> None:
        self._access = access
        self._archive = intake.archive
        self._postings = intake.postings
        self._stories = Stories(intake.archive, memory.search, memory.reminders)
        self.exports = exports

    def listen(self, app: AsyncApp) -> None:
        app.action(OPEN_STORY)(on_press(self.open))
        app.action(BEFORE)(on_press(self.turn_page))
        app.action(AFTER)(on_press(self.turn_page))
        app.action(EXPORT)(on_press(self.export))

    async def search(self, typed: Interaction) -> str | None:
        """Show the story that contains the words after the command, or a list of several. Returns a
        refusal if the person may not see it, or a message if there are no words."""
        match = STORY_COMMAND.fullmatch(str(typed.body.get("text") or "").strip())
        wanted = match[1].strip() if match else ""
        direct = typed.channel.startswith("D")
        asks = Mention("", typed.team, typed.channel, "", "", typed.person, "help", direct=direct)
        if refusal := await self._access.refusal_of(asks) if wanted else _NO_WORDS:
            return refusal
        if view_id := await typed.open(_LOOKING_VIEW):
            stories = await self._stories.with_words(asks, wanted)
            view = notice_view(TITLE, _NOTHING.format(words=wanted))
            if len(stories) == 1:
                key, story = stories[0]
                view = await self._view(story, Page(key))
            elif stories:
                view = _choice_view(wanted, stories)
            await update_view(view, view_id, typed.client)
        return None

    async def show(self, pressed: Interaction, mention: Mention, _: Outcome | None) -> str | None:
        """Show the story of the reply to ``mention``. Returns a refusal if the button was pressed
        in another channel."""
        if pressed.channel != mention.channel:
            return _NOT_HERE
        if view_id := await pressed.open(_LOOKING_VIEW):
            await self._update(Page(mention.key), view_id, pressed.client)
        return None

    async def open(self, pressed: Interaction) -> None:
        """Show a story that was chosen on the Home tab or in a list."""
        await pressed.ack()
        at, view = Page(pressed.value), pressed.view
        if view["type"] != "home":
            await self._update(at, view["id"], pressed.client)
        elif view_id := await pressed.open(_LOOKING_VIEW):
            mention = await self._archive.mention(at.key)
            is_there = mention is not None and await _is_in(mention, pressed)
            await self._update(at if is_there else Page(""), view_id, pressed.client)

    async def turn_page(self, pressed: Interaction) -> None:
        await pressed.ack()
        await self._update(target_page(pressed), pressed.view["id"], pressed.client)

    async def export(self, pressed: Interaction) -> None:
        """Post the story as files in the thread of the briefing it was opened from."""
        await pressed.ack()
        at, view_id, client = page_of(pressed.view), pressed.view["id"], pressed.client
        mention = await self._archive.mention(at.key)
        asks = mention and replace(mention, person=pressed.person)
        if asks and (refusal := await self._access.refusal_of(asks)):
            await self._update(at, view_id, client, message=refusal)
            return
        story = await self._stories.of(asks) if asks else None
        if asks is None or story is None:
            await update_view(_GONE_VIEW, view_id, client)
            return
        await update_view(await self._view(story, at, message=_PREPARING), view_id, client)
        place = (asks.channel, asks.thread)
        failed = await self.exports.upload(story, f"story:{at.key}", place, client)
        await update_view(await self._view(story, at, message=failed or _READY), view_id, client)

    async def _update(
        self, at: Page, view_id: str, client: AsyncWebClient, *, message: str = ""
    ) -> None:
        mention = await self._archive.mention(at.key)
        story = await self._stories.of(mention) if mention else None
        view = await self._view(story, at, message=message) if story else _GONE_VIEW
        await update_view(view, view_id, client)

    async def _view(self, story: Timeline, at: Page, *, message: str = "") -> JsonObject:
        mention = await self._archive.mention(at.key)
        threads = {reply.key: reply.thread for reply in story.replies}
        links = await reply_links(self._postings, mention, threads) if mention else {}
        return story_view(story, at, links, message=message)


async def _is_in(mention: Mention, pressed: Interaction) -> bool:
    if mention.direct:
        return mention.person == pressed.person
    channels = await channels_of(pressed.person, mention.team, pressed.client)
    return mention.channel in (channels or ())
