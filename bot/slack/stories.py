"""How is a story shown as a timeline: by a command, from a briefing, from the Home tab?

In a modal, built when it is opened from what is stored then, so that it has nothing deleted or
expired.
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
from bot.service.ports import HomeMemory, Mention, Outcome
from bot.service.story import MOST_STORIES, Stories
from bot.slack.access import Access
from bot.slack.blocks import origins, sentences
from bot.slack.buttons import actions, labelled, plain
from bot.slack.event_inbox import Intake
from bot.slack.evidence import Page, Sheets, page_of, turned, turning
from bot.slack.home import OPEN_STORY, channels_of, opening
from bot.slack.modals import notice
from bot.slack.payloads import JsonObject
from bot.slack.posting import reply_link
from bot.slack.pressed import GONE, Pressed, on_press, update
from bot.slack.rich_text import directed, link, quotation, rich_text, section, shortened, words
from bot.slack.sharing import Exports
from bot.slack.statements import elements

ASKED_FOR = re.compile(r"story\b(?!.*://)\s*(.{0,80})", re.IGNORECASE)
"""What follows the command that shows a story, with the words to search for."""
BEFORE, AFTER = "story_before.v1", "story_after.v1"
EXPORT = "story_export.v1"
TITLE = "Story"

_LOOKING = "Looking through the briefings of this channel…"
_PREPARING = "Preparing the files…"
_READY = "The files are in the briefing’s thread: Markdown, Word and plain text."
_NO_WORDS = "Add a word or two about the story, for example: /brief story Karatobe"
_NOTHING = "No stored briefing in this channel contains “{words}”."
_SEVERAL = "Several stories here contain “{words}”:"
_MORE = "There are more. Add another word to narrow them down."
_NOT_HERE = "You can only open this story in its own channel."
_LONGEST_TITLE = 200


def story_view(
    story: Timeline, at: Page, links: Mapping[str, str], *, told: str = ""
) -> JsonObject:
    """The modal: the lines with their passages, chapter by chapter and page by page. ``links`` lead
    to the replies, by key; ``told`` is a message at the top."""
    fixed = catalogue(story.language)
    sheets = Sheets()
    export = labelled(EXPORT, fixed.buttons["export"], value=at.key)
    title = rich_text(section([words(shortened(story.title, _LONGEST_TITLE), "bold")]))
    sheets.add([title, sentences("\n".join(story.notes))])
    sheets.add([actions(export)])
    told_by = origins(story.documents, fixed, has_title=False)
    sources = {each.label: by for each, by in zip(story.documents, told_by, strict=True)}
    for chapter in story.chapters:
        heading, known = [_heading(chapter, links)], set[str]()
        for row in chapter.rows:
            labels = dict.fromkeys(p.document for p in row.line.evidence if p.document not in known)
            known |= labels.keys()
            above = [*heading, *(sources[each] for each in labels)]
            sheets.add([*([rich_text(*above)] if above else []), _shown(row, fixed)])
            heading = []
    page = min(at.number, len(sheets.filled) - 1)
    ways = turning(page, len(sheets.filled), fixed, (BEFORE, AFTER))
    return {
        "type": "modal",
        "private_metadata": str(replace(at, number=page)),
        "title": plain(TITLE),
        "close": plain(fixed.close),
        "blocks": [*([sentences(told)] if told else []), *sheets.filled[page], *ways],
    }


def _heading(chapter: Chapter, links: Mapping[str, str]) -> JsonObject:
    """The title, which links to the reply."""
    url = links.get(chapter.reply.key) if chapter.reply else None
    return section([link(chapter.title, url, "bold")])


def _shown(row: Row, fixed: Catalogue) -> JsonObject:
    """A line and its passages, each of which links to its place in the source."""
    told = directed(elements(row.wording), (), wording.direction_text(row.line))
    return rich_text(
        section(told), *(_quoted(each, fixed) for each in dict.fromkeys(row.line.evidence))
    )


def _quoted(passage: Passage, fixed: Catalogue) -> JsonObject:
    place = link(fixed.place(passage), passage.url)
    return quotation([*directed([words(passage.text)], (), passage.text), words(" "), place])


def _several_view(found: str, stories: list[tuple[str, Timeline]]) -> JsonObject:
    rows = [opening(key, story.title) for key, story in stories[:MOST_STORIES]]
    more = [sentences(_MORE)] if len(stories) > MOST_STORIES else []
    view = notice(TITLE, words(_SEVERAL.format(words=found)))
    return {**view, "blocks": [*view["blocks"], *rows, *more]}


class StoryListeners:
    """Listeners for the command and for the buttons in the modal."""

    def __init__(
        self, access: Access, intake: Intake, memory: HomeMemory, exports: Exports
    ) -> None:
        self._access = access
        self._archive = intake.archive
        self._postings = intake.postings
        self._stories = Stories(intake.archive, memory.search, memory.reminders)
        self.exports = exports

    def listen(self, app: AsyncApp) -> None:
        app.action(OPEN_STORY)(on_press(self.opened))
        app.action(BEFORE)(on_press(self.turned))
        app.action(AFTER)(on_press(self.turned))
        app.action(EXPORT)(on_press(self.exported))

    async def asked(self, typed: Pressed) -> str | None:
        """Show the story with the words after the command, or a list if several have them. Returns
        a refusal if that can't be."""
        match = ASKED_FOR.fullmatch(str(typed.body.get("text") or "").strip())
        wanted = match[1].strip() if match else ""
        direct = typed.channel.startswith("D")
        place = Mention("", typed.team, typed.channel, "", "", typed.person, "help", direct=direct)
        if refusal := await self._access.refusal_of(place) if wanted else _NO_WORDS:
            return refusal
        if view_id := await typed.open(notice(TITLE, words(_LOOKING))):
            stories = await self._stories.with_words(place, wanted)
            view = notice(TITLE, words(_NOTHING.format(words=wanted)))
            if len(stories) == 1:
                key, story = stories[0]
                view = await self._view(story, Page(key))
            elif stories:
                view = _several_view(wanted, stories)
            await update(view, view_id, typed.client)
        return None

    async def show(self, pressed: Pressed, mention: Mention, _: Outcome | None) -> str | None:
        """Show the story of the reply to ``mention``. Returns a refusal if the button was pressed
        in another channel."""
        if pressed.channel != mention.channel:
            return _NOT_HERE
        if view_id := await pressed.open(notice(TITLE, words(_LOOKING))):
            await self._turn(Page(mention.key), view_id, pressed.client)
        return None

    async def opened(self, pressed: Pressed) -> None:
        """Show a story from the Home tab or a list of stories."""
        await pressed.ack()
        at, view = Page(pressed.value), pressed.view
        if view["type"] != "home":
            await self._turn(at, view["id"], pressed.client)
        elif view_id := await pressed.open(notice(TITLE, words(_LOOKING))):
            mention = await self._archive.mention(at.key)
            is_there = mention is not None and await _is_in(mention, pressed)
            await self._turn(at if is_there else Page(""), view_id, pressed.client)

    async def turned(self, pressed: Pressed) -> None:
        await pressed.ack()
        await self._turn(turned(pressed), pressed.view["id"], pressed.client)

    async def exported(self, pressed: Pressed) -> None:
        """Post the story as files in the thread of the briefing it was opened from."""
        await pressed.ack()
        at, client = page_of(pressed.view), pressed.client
        view_id = str(pressed.view["id"])
        mention = await self._archive.mention(at.key)
        asks = mention and replace(mention, person=pressed.person)
        if asks and (refusal := await self._access.refusal_of(asks)):
            await self._turn(at, view_id, client, told=refusal)
            return
        story = await self._stories.of(asks) if asks else None
        if asks is None or story is None:
            await update(notice(TITLE, words(GONE)), view_id, client)
            return
        await update(await self._view(story, at, told=_PREPARING), view_id, client)
        place = (asks.channel, asks.thread)
        failed = await self.exports.upload(story, f"story:{at.key}", place, client)
        await update(await self._view(story, at, told=failed or _READY), view_id, client)

    async def _turn(
        self, at: Page, view_id: str, client: AsyncWebClient, *, told: str = ""
    ) -> None:
        mention = await self._archive.mention(at.key)
        story = await self._stories.of(mention) if mention else None
        view = await self._view(story, at, told=told) if story else notice(TITLE, words(GONE))
        await update(view, view_id, client)

    async def _view(self, story: Timeline, at: Page, *, told: str = "") -> JsonObject:
        mention = await self._archive.mention(at.key)
        links = {}
        for reply in story.replies if mention else ():
            if mention and (
                url := await reply_link(self._postings, mention, reply.key, reply.thread)
            ):
                links[reply.key] = url
        return story_view(story, at, links, told=told)


async def _is_in(mention: Mention, pressed: Pressed) -> bool:
    if mention.direct:
        return mention.person == pressed.person
    channels = await channels_of(pressed.person, mention.team, pressed.client)
    return mention.channel in (channels or ())
