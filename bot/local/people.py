"""How does a person write, edit, delete, invite and look around?"""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

from bot.local.api_chat import permalink
from bot.local.api_views import home_of
from bot.local.delivery import Delivery
from bot.local.files import LocalFile, keep
from bot.local.state import DEFAULT_TEAM, Channel, Message, Person, State, Status, View
from bot.local.typed_text import Composer
from bot.local.workspace import Workspace

T = TypeVar("T")
DIRECT = "dm"


class People:
    """What people do. Names and ids both work; who or what is unknown is made on demand.

    ``channel`` is a channel's name or id, or ``"dm"`` for the person's direct messages with
    the bot. Everything happens in the first team unless the channel or the person given by id
    belongs to another.
    """

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace

    @property
    def state(self) -> State:
        return self.workspace.state

    def person(self, name: str, *, team: str = DEFAULT_TEAM) -> Person:
        return self.state.person(name, team)

    def other_bot(self, name: str, *, team: str = DEFAULT_TEAM) -> Person:
        """A bot of another app, who can write like a person."""
        return self.state.person(name, team, is_bot=True)

    def channel(
        self,
        name: str,
        *,
        team: str = DEFAULT_TEAM,
        private: bool = False,
        has_bot: bool = True,
        creator: str = "",
    ) -> Channel:
        """The channel of that name, made as described if there is none yet; ``creator`` is the
        name or the id of who made it."""
        known = self.state.find_channel(name, team)
        return known or self.state.add_channel(
            Channel(
                id=self.state.new_id("C"),
                team=team,
                name=name.lstrip("#"),
                kind="group" if private else "channel",
                has_bot=has_bot,
                creator=self.person(creator, team=team).id if creator else "",
            )
        )

    def invite_bot(self, channel: str) -> None:
        self.state.channel(channel, DEFAULT_TEAM).has_bot = True
        self.state.touch()

    def remove_bot(self, channel: str) -> None:
        self.state.channel(channel, DEFAULT_TEAM).has_bot = False
        self.state.touch()

    def say(
        self,
        person: str,
        channel: str,
        text: str,
        *,
        thread_ts: str = "",
        files: Sequence[LocalFile] = (),
    ) -> str:
        """Write a message and return its ``ts``; ``@readout`` in the text mentions the bot."""
        who, where = self.find(person, channel)
        typed = self._typed(text, where)
        message = replace(
            typed,
            user=who.id,
            bot_id=who.bot_id,
            thread_ts=self._root(where, thread_ts),
            files=[keep(self.state, who, each).id for each in files],
            subtype="file_share" if files else "",
        )
        where.members.add(who.id)
        self.state.add_message(message)
        self.workspace.events.posted(message)
        return message.ts

    def edit(self, ts: str, text: str) -> None:
        """The author changes the message."""
        message = self.written(ts)
        before = self.workspace.shapes.message(message)
        typed = self._typed(text, self.state.channels[message.channel])
        message.text, message.blocks, message.edited = typed.text, typed.blocks, typed.ts
        self.state.touch()
        self.workspace.events.changed(message, before)

    def unfurl(self, ts: str, title: str) -> None:
        """Slack adds a preview to the message, which the app hears of as an edit."""
        message = self.written(ts)
        before = self.workspace.shapes.message(message)
        message.attachments = [{"id": 1, "title": title, "fallback": title}]
        self.state.touch()
        self.workspace.events.changed(message, before)

    def delete(self, ts: str) -> None:
        """The author deletes the message; under replies it leaves a tombstone."""
        message = self.written(ts)
        before = self.workspace.shapes.message(message)
        if message.root == ts and self.replies(ts):
            message.subtype, message.user = "tombstone", "USLACKBOT"
            message.text, message.blocks, message.files = "This message was deleted.", [], []
            self.state.touch()
            self.workspace.events.changed(message, before)
            return
        self.state.remove_message(message)
        self.workspace.events.deleted(message, before)

    def stop(self, person: str, ts: str) -> None:
        """The person presses the native stop button of a message that is being streamed."""
        message = self.written(ts)
        if message.stream:
            message.stream.state = "stopped_by_user"
        self.state.touch()
        self.workspace.events.stopped(self.find(person)[0], message)

    def end_stream(self, ts: str) -> None:
        """The platform ends a stream, as it does with one that has lasted too long."""
        message = self.written(ts)
        if message.stream:
            message.stream.state = "ended"
        self.state.touch()

    def deliver_again(self, ts: str) -> list[Delivery]:
        """Send every event of that message once more, each under its old event id."""
        log = list(self.workspace.outbox.deliveries)
        again = [each for each in log if each.payload.get("event", {}).get("ts") == ts]
        first = {each.payload["event_id"]: each for each in again}
        return [self.workspace.events.send_again(each) for each in first.values()]

    def permalink(self, ts: str) -> str:
        """What "Copy link" gives for a message."""
        return permalink(self.workspace.url, self.written(ts))

    def replies(self, ts: str) -> list[Message]:
        """The messages in the thread under ``ts``, oldest first, without the root."""
        root = self.written(ts)
        return [m for m in self.state.thread(root.channel, root.root) if m.ts != root.root]

    def status(self, ts: str) -> Status | None:
        """What the thread under ``ts`` shows as the app's status now."""
        root = self.written(ts)
        return self.state.statuses.get((root.channel, root.root))

    def modal(self, person: str) -> View | None:
        """The modal on top of that person's screen."""
        who = self.find(person)[0].id
        mine = [each for each in self.state.views.values() if each.person == who and each.open]
        return next((each for each in mine[::-1] if each.content["type"] == "modal"), None)

    def home(self, person: str) -> View | None:
        return home_of(self.state, self.find(person)[0].id)

    def written(self, ts: str) -> Message:
        """The message of that timestamp.

        Raises:
            LookupError: there is none, or no longer.
        """
        message = self.state.find_message(ts)
        if message is None:
            raise LookupError(f"there is no message {ts}")
        return message

    def find(self, person: str, channel: str = DIRECT) -> tuple[Person, Channel]:
        """The person and the place that are meant, made if need be."""
        known = self.state.channels.get(channel)
        someone = self.state.people.get(person)
        team = known.team if known else someone.team if someone else DEFAULT_TEAM
        who = self.state.person(person, team)
        if channel in (DIRECT, f"@{self.workspace.app.bot_name}"):
            return who, self.state.direct_messages(who)
        return who, known or self.channel(channel, team=team, creator=who.id)

    async def wait_for(self, predicate: Callable[[], T | None], seconds: float = 10.0) -> T:
        """The first true value of ``predicate``, asked again whenever something changed.

        Raises:
            TimeoutError: nothing true came within ``seconds``; says what was called.
        """
        try:
            async with asyncio.timeout(seconds):
                while not (found := predicate()):
                    await self.state.changed()
                return found
        except TimeoutError:
            last = [f"{call.method} {call.outcome}" for call in self.workspace.calls[-8:]]
            raise TimeoutError(f"not within {seconds} s; the last calls were {last}") from None

    def _typed(self, text: str, channel: Channel) -> Message:
        composer = Composer(
            lambda name: self._person_named(name, channel.team),
            lambda name: (
                found.id if (found := self.state.find_channel(name, channel.team)) else None
            ),
        )
        return Message(
            ts=self.state.new_ts(),
            channel=channel.id,
            user="",
            text=composer.text(text),
            blocks=[composer.block(text, self.state.new_id("b"))] if text else [],
        )

    def _person_named(self, name: str, team: str) -> str | None:
        if name == self.workspace.app.bot_name:
            return self.workspace.app.bot_user_id
        return self.state.known_person(name, team)

    def _root(self, channel: Channel, thread_ts: str) -> str:
        if not thread_ts:
            return ""
        message = self.state.message(channel.id, thread_ts)
        if message is None:
            raise LookupError(f"there is no message {thread_ts} in {channel.name}")
        return message.root
