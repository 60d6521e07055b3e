"""What is on a person's Home tab, and what happens there?"""

import asyncio
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.briefing.digest import DigestWishes
from bot.briefing.requests import Length, Wishes
from bot.service import styles
from bot.service.digest_times import next_slot
from bot.service.errors import SlackFailure
from bot.service.intake import Intake
from bot.service.ports import Digests, Found, HomeMemory, Mention, PlannedDigest, Reminder
from bot.service.reminders import up_to_date
from bot.slack.access import Access
from bot.slack.buttons import actions, button_element, confirmation, header, note, plain, select
from bot.slack.client import RateLimitedClient, pages, try_call
from bot.slack.interactions import Interaction, on_press
from bot.slack.parse_wishes import ENGLISH_NAMES
from bot.slack.payloads import JsonObject
from bot.slack.posting import announce
from bot.slack.reminders import due_list, is_soon
from bot.slack.rich_text import channel_mention, link, rich_text, section, shortened, words
from bot.slack.streaming import AgentView

# Slack is asked for a person's channels each time, so that somebody who has left one sees nothing
# more of it. This needs the scopes channels:read and groups:read.
# https://docs.slack.dev/reference/methods/users.conversations

_MOST_CHANNELS = 1_000
_PAGE = 200


async def channels_of(person: str, team: str, client: AsyncWebClient) -> frozenset[str] | None:
    """The ids of the channels that ``person`` is a member of, about the first thousand; None if we
    aren't allowed to ask or Slack does not answer."""
    found: set[str] = set()
    types = "public_channel,private_channel"
    query = {"user": person, "team_id": team, "types": types, "limit": _PAGE}
    try:
        async for page in pages(client.users_conversations, **query):
            found.update(str(channel["id"]) for channel in page["channels"])
            if len(found) >= _MOST_CHANNELS:
                break
    except SlackFailure:
        return None
    return frozenset(found)


# The tab has what Readout can do, the person's preferences, recent briefings or search results, and
# a button to delete everything. Titles are as untrusted as the sources: they go into rich_text
# elements, which Slack never parses.

LENGTH, LANGUAGE, STYLE = "default_length.v1", "default_language.v1", "default_style.v1"
SEARCH, FORGET = "search.v1", "forget_me.v1"
PAUSE, RESUME, DELETE_DIGEST = "digest_pause.v1", "digest_resume.v1", "digest_delete.v1"
CHANGE_DIGEST = "digest_change.v1"
_DONE = {PAUSE: "paused", RESUME: "resumed", DELETE_DIGEST: "deleted"}
_ENDS_FOR_ALL = (
    "It ends for everybody in its channel, and a message there will say that you deleted it."
)
_NOT_SHOWN = "Not shown: {count}. Those you set up come first."
_NOT_ALLOWED = (
    "Only people who can use me in that channel can pause or delete other people’s digests there, "
    "or resume one."
)
_PREFERENCES = {LENGTH: "length", LANGUAGE: "language", STYLE: "style"}
"""The menus, and the wish that each sets."""
OPEN_STORY = "story_open.v1"
"""Opens the story of the briefing whose key is the button's value."""
MOST_DIGESTS = 10
MOST_DUE = 10
MOST_STORIES = 5
MOST_FOUND = 15
MOST_SEARCHED = 60
"""The results that are looked at, more than are shown, since each thread is listed once."""

_LONGEST_TITLE, _LONGEST_LABEL = 200, 75
AS_THE_SOURCE = "source"
LANGUAGES = dict(sorted(ENGLISH_NAMES.items(), key=lambda each: each[1]))
LANGUAGE_OPTIONS = {AS_THE_SOURCE: "Language of the source", **LANGUAGES}
"""The languages to choose from, by the value of their option."""
NO_TRANSLATION = "Translating needs a model, and Readout has none set up here."
ONLY_ORDER = "Without a model, a style only changes the order of the sections."
_DIVIDER: JsonObject = {"type": "divider"}
LENGTH_NAMES: dict[Length, str] = {"short": "Short", "standard": "Standard", "long": "Full"}
_CAN = (
    "Mention me in a channel with links, pasted text or files, or send them to me here under "
    "Messages. You get a briefing where every line shows the passage behind it. Then ask in "
    "its thread: I "
)
_ANSWER = "answer only from the sources, or tell you if they don’t say."
_SHOW = "show the passages that come closest to your question."
_ONLY_YOURS = (
    "You only see your own requests. To see those from your channels too, an admin can add the "
    "scopes channels:read and groups:read to the app."
)


@dataclass(frozen=True)
class Home:
    """What is shown: ``query`` is None unless the person searched; ``message`` is at the top."""

    wishes: Wishes
    found: Sequence[Found]
    query: str | None = None
    only_own: bool = False
    message: str | None = None
    has_model: bool = True
    digests: Sequence[PlannedDigest] = ()
    due: Sequence[Reminder] = ()


def home_view(home: Home) -> JsonObject:
    message = [rich_text(section([words(home.message, "bold")]))] if home.message else []
    due = due_list("Due this week", home.due)
    own = [*_preferences(home), *due, *_digests(home.digests), *_stories(home), *_briefings(home)]
    blocks = [*message, *_capabilities(home), *own, _DIVIDER, _delete_data_button()]
    return {"type": "home", "blocks": blocks}


def language_of(value: str) -> str | None:
    """The language that an option of the menu stands for."""
    return None if value == AS_THE_SOURCE else value


def _capabilities(home: Home) -> Iterator[JsonObject]:
    yield header("What I can do")
    yield rich_text(section([words(f"{_CAN}{_ANSWER if home.has_model else _SHOW}")]))


def _preferences(home: Home) -> Iterator[JsonObject]:
    wishes = home.wishes
    yield header("How you like your briefings")
    named = {name: f"{title} style" for name, title in styles.titles().items()}
    menus = [
        select(LENGTH, LENGTH_NAMES, wishes.length),
        select(LANGUAGE, LANGUAGE_OPTIONS, wishes.language or AS_THE_SOURCE),
        select(STYLE, named, styles.of(wishes.style).name),
    ]
    yield actions(*menus)
    if not home.has_model:
        yield note(f"{NO_TRANSLATION} {ONLY_ORDER}")


def _digests(digests: Sequence[PlannedDigest]) -> Iterator[JsonObject]:
    """The person's digests with their next time, and buttons to change, pause or delete each."""
    if digests:
        yield header("Digests")
    for digest in digests[:MOST_DIGESTS]:
        is_channel = digest.channel.startswith("C")
        where = channel_mention(digest.channel) if is_channel else words("here")
        yield rich_text(section([where, words(f": {feeds_summary(digest.plan.wishes)}")]))
        yield note("Paused" if digest.is_paused else f"Next: {_local_time(digest.next)}")
        pause = (RESUME, "Resume") if digest.is_paused else (PAUSE, "Pause")
        named = ((CHANGE_DIGEST, "Change"), pause)
        buttons = [button_element(name, text, value=digest.id) for name, text in named]
        sure = confirmation("Delete this digest?", _ENDS_FOR_ALL, "Delete", "Keep")
        delete = button_element(DELETE_DIGEST, "Delete", value=digest.id, confirm=sure)
        yield actions(*buttons, delete)
    if left := len(digests[MOST_DIGESTS:]):
        yield note(_NOT_SHOWN.format(count=left))


def feeds_summary(wishes: DigestWishes) -> str:
    """How many feeds a digest has, and what about: "2 feeds about rail"."""
    count = len(wishes.feeds)
    about = f" about {wishes.focus}" if wishes.focus else ""
    return f"{count} {'feed' if count == 1 else 'feeds'}{about}"


def _stories(home: Home) -> Iterator[JsonObject]:
    """The latest stories with more than one briefing, the newest first. There are none if the app
    can't see the person's channels, since a story belongs to its whole channel."""
    shown, seen = list[Found](), set[str]()
    for found in home.found if not home.only_own else ():
        if found.earlier and found.key not in seen:
            shown.append(found)
            seen |= {found.key, *found.earlier}
    if shown:
        yield header("Stories")
    for found in shown[:MOST_STORIES]:
        yield story_entry(found.key, found.title)
        yield _found_note(found)


def story_entry(key: str, title: str) -> JsonObject:
    """A block with the title of a story and the button that opens it."""
    spoken = shortened(f"Story: {title}", _LONGEST_LABEL)
    button = button_element(OPEN_STORY, "Story", value=key, accessibility_label=spoken)
    text = plain(shortened(title or "Untitled", _LONGEST_TITLE))
    return {"type": "section", "text": text, "accessory": button}


def _briefings(home: Home) -> Iterator[JsonObject]:
    yield header("Briefings")
    yield _search_field(home.query)
    yield from _results(home)
    if home.only_own:
        yield note(_ONLY_YOURS)


def _results(home: Home) -> Iterator[JsonObject]:
    if not home.found:
        nothing = "No results." if home.query else "No briefings yet."
        yield rich_text(section([words(nothing)]))
    for found in _one_per_thread(home.found)[:MOST_FOUND]:
        title = link(found.title or "Untitled", found.permalink, "bold")
        opening = [section([words(found.opening)])] if found.opening else []
        yield rich_text(section([title]), *opening)
        yield _found_note(found)


def _one_per_thread(found: Sequence[Found]) -> list[Found]:
    """The first briefing of each thread, or its latest answer if it has none, in the order of the
    threads. ``found`` has the newest first."""
    threads: dict[tuple[str, str], Found] = {}
    for each in found:
        if each.kind == "briefing" or (each.channel, each.thread) not in threads:
            threads[each.channel, each.thread] = each
    return list(threads.values())


def _found_note(found: Found) -> JsonObject:
    where = f" · <#{found.channel}>" if found.channel.startswith("C") else ""
    kind = "Answer" if found.kind == "answer" else "Briefing"
    return note(f"{kind} · {_local_time(found.at)}{where}")


def _local_time(seconds: float) -> str:
    """A time in the reader's own zone and form, as mrkdwn."""
    at = int(seconds)
    plainly = datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%d %H:%M UTC")
    return f"<!date^{at}^{{date_short_pretty}}, {{time}}|{plainly}>"


def _search_field(query: str | None) -> JsonObject:
    initial = {"initial_value": query} if query else {}
    return {
        "type": "input",
        "dispatch_action": True,
        "label": plain("Search"),
        "element": {
            "type": "plain_text_input",
            "action_id": SEARCH,
            "max_length": 150,
            "placeholder": plain("Names, places, topics; then Enter"),
            "dispatch_action_config": {"trigger_actions_on": ["on_enter_pressed"]},
            **initial,
        },
    }


def _delete_data_button() -> JsonObject:
    text = (
        "This deletes your requests, their sources and replies, your preferences and feedback, "
        "and the digests you set up, which end for everybody who gets them. "
        "Messages in Slack stay; press Delete under a reply to remove that too."
    )
    dialog = confirmation("Delete all your data?", text, "Delete", "Keep")
    confirm = {**dialog, "style": "danger"}
    return actions(button_element(FORGET, "Delete my data", style="danger", confirm=confirm))


_FORGOTTEN = "Your data and preferences are deleted (requests: {count})."


async def find_digest(pressed: Interaction, digests: Digests) -> PlannedDigest | None:
    """The digest whose button was pressed, if that person may still see it."""
    channels = await channels_of(pressed.person, pressed.team, pressed.client)
    shown = await digests.of(pressed.team, pressed.person, channels or ())
    return next((digest for digest in shown if digest.id == pressed.value), None)


class HomeTab:
    """Listeners for the Home tab."""

    def __init__(self, memory: HomeMemory, intake: Intake, client: RateLimitedClient) -> None:
        self._memory = memory
        self._intake = intake
        self._client = client
        self._access = Access(memory.rules, memory.channels)
        self._agent_view = AgentView(client)
        self._one_change = asyncio.Lock()
        self._opening: set[tuple[str, str]] = set()

    def listen(self, app: AsyncApp) -> None:
        app.action(SEARCH)(on_press(self.search))
        app.action(FORGET)(on_press(self.forget))
        for preference in _PREFERENCES:
            app.action(preference)(on_press(self.set_preference))
        for button in (PAUSE, RESUME, DELETE_DIGEST):
            app.action(button)(on_press(self.change_digest))

    async def opened(self, body: JsonObject) -> None:
        """Show the Home tab when it is opened, one at a time to each person; suggest messages when
        the Messages tab is."""
        event, team = body["event"], body["team_id"]
        if event.get("tab") == "home":
            if (opened := (team, event["user"])) not in self._opening:
                self._opening.add(opened)
                try:
                    await self._publish(event["user"], team)
                finally:
                    self._opening.discard(opened)
        elif event.get("tab") == "messages":
            await self._agent_view.suggest_first(team, event["channel"])

    async def search(self, pressed: Interaction) -> None:
        """Show the replies with the words that were searched for."""
        await pressed.ack()
        await self._publish(pressed.person, pressed.team, query=pressed.value.strip() or None)

    async def set_preference(self, pressed: Interaction) -> None:
        """Store the length, language or style that somebody chose."""
        value = language_of(pressed.value) if pressed.action_id == LANGUAGE else pressed.value
        async with self._one_change:  # else the second of two would overwrite the first
            wishes = await self._memory.preferences.of(pressed.team, pressed.person)
            changed = replace(wishes, **{_PREFERENCES[pressed.action_id]: value})  # type: ignore[arg-type]  # an option of ours
            await self._memory.preferences.keep(pressed.team, pressed.person, changed)

    async def forget(self, pressed: Interaction) -> None:
        """Delete the person's data. Requests in progress are stopped first, so that neither a first
        sign nor a stream remains in a thread."""
        await pressed.ack()
        person, team = pressed.person, pressed.team
        unanswered = await self._intake.archive.unanswered()
        own = [each for each in unanswered if (each.team, each.person) == (team, person)]
        pending = [each for each in own if not each.is_about_others]
        for each in pending:
            await self._intake.take(each.withdrawal)
        keys = {*await self._intake.archive.forget(team, person), *(each.key for each in pending)}
        await self._publish(person, team, message=_FORGOTTEN.format(count=len(keys)))

    async def change_digest(self, pressed: Interaction) -> None:
        """Pause a digest, resume it from its next slot, or delete it, and tell its channel."""
        await pressed.ack()
        refusal = None
        if digest := await find_digest(pressed, self._memory.digests):
            if await self._may_change(pressed, digest):
                await self._change(pressed, digest)
            else:
                refusal = _NOT_ALLOWED
        await self._publish(pressed.person, pressed.team, message=refusal)

    async def _may_change(self, pressed: Interaction, digest: PlannedDigest) -> bool:
        if pressed.action_id != RESUME and (
            digest.person == pressed.person or self._access.refusal_in(digest.channel)
        ):
            return True  # people end their own, and anybody what comes to a channel closed to us
        place = (pressed.team, digest.channel, "", "", pressed.person)
        return await self._access.refusal_of(Mention("", *place, "digest")) is None

    async def _change(self, pressed: Interaction, digest: PlannedDigest) -> None:
        digests, action = self._memory.digests, pressed.action_id
        if action == DELETE_DIGEST:
            await digests.delete(digest.id)
        elif digest.is_paused is (action == PAUSE):  # the tab was out of date
            return
        else:
            slot = None if action == PAUSE else next_slot(digest.plan, self._memory.clock())
            await digests.pause(digest.id, slot)
        # It may be paused because other organisations can read the channel by now.
        which = "" if digest.is_paused else f" of {feeds_summary(digest.plan.wishes)}"
        did = f" {_DONE[action]} a digest{which}."
        await announce(pressed.client, digest.channel, pressed.person, did)

    async def _publish(
        self, person: str, team: str, *, query: str | None = None, message: str | None = None
    ) -> None:
        known = await channels_of(person, team, self._client)
        channels, memory = known or (), self._memory
        found = await memory.search.found(team, person, channels, query or "", MOST_SEARCHED)
        wishes = await memory.preferences.of(team, person)
        digests = await memory.digests.of(team, person, channels)
        digests = sorted(digests, key=lambda digest: digest.person != person)
        due, has_model = await self._due(team, person, channels), memory.has_model
        home = Home(wishes, found, query, known is None, message, has_model, digests, due)
        await try_call(self._client.views_publish(user_id=person, view=home_view(home)))

    async def _due(self, team: str, person: str, channels: Iterable[str]) -> Sequence[Reminder]:
        """What is due within a week, or was due and is still unmarked."""
        kept = await self._memory.reminders.of(team, person, channels)
        soon = [each for each in kept if not each.mark and is_soon(each, self._memory.clock())]
        return await up_to_date(soon[:MOST_DUE], self._intake.archive)
