"""What does this Slack know: people, channels, messages, files, views, statuses?

Plain mutable records without transport, so that the API, the tests and a page can share them.
"""

import asyncio
import itertools
import time
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

JsonObject: TypeAlias = dict[str, Any]
ChannelKind: TypeAlias = Literal["channel", "group", "im"]

DEFAULT_TEAM = "T0LOCAL01"


@dataclass
class Person:
    """Someone in a team; another app's bot when ``bot_id`` is set."""

    id: str
    team: str
    name: str
    bot_id: str = ""
    is_admin: bool = False


@dataclass
class Channel:
    id: str
    team: str
    name: str
    kind: ChannelKind
    has_bot: bool = True
    archived: bool = False
    creator: str = ""
    members: set[str] = field(default_factory=set)


@dataclass
class StoredFile:
    id: str
    name: str
    mimetype: str
    content: bytes
    owner: str
    snippet: bool
    created: int


@dataclass
class Stream:
    """A message that is being streamed; ``chunks`` are its parts in the order they came."""

    started: float
    mode: str
    chunks: list[JsonObject] = field(default_factory=list)
    state: Literal["open", "finished", "ended", "stopped_by_user"] = "open"

    def is_open(self, lifetime: float) -> bool:
        """Whether it still takes chunks, ``lifetime`` seconds being the longest it may."""
        return self.state == "open" and time.monotonic() - self.started < lifetime


@dataclass
class Message:
    """One message; ``seen_by`` names the only reader of an ephemeral one, else is empty."""

    ts: str
    channel: str
    user: str
    text: str
    blocks: list[JsonObject] = field(default_factory=list)
    thread_ts: str = ""
    bot_id: str = ""
    by_app: bool = False
    subtype: str = ""
    metadata: JsonObject = field(default_factory=dict)
    attachments: list[JsonObject] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    edited: str = ""
    seen_by: str = ""
    reactions: list[tuple[str, str]] = field(default_factory=list)
    stream: Stream | None = None

    @property
    def root(self) -> str:
        """The timestamp of the thread that this message is in, or would begin."""
        return self.thread_ts or self.ts


@dataclass
class View:
    """An open modal or a person's Home tab; ``errors`` is what the app refused last."""

    id: str
    team: str
    person: str
    content: JsonObject
    root: str
    previous: str = ""
    hash: str = ""
    errors: dict[str, str] = field(default_factory=dict)
    open: bool = True


@dataclass
class Status:
    text: str
    loading_messages: list[str]
    at: float


@dataclass
class Session:
    """What ``agents.sessions`` knows of a thread."""

    state: str
    title: str = ""


class State:
    """All records, made on demand; ``touch`` tells everyone who waits that one has changed."""

    def __init__(self) -> None:
        self.people: dict[str, Person] = {}
        self.channels: dict[str, Channel] = {}
        self.files: dict[str, StoredFile] = {}
        self.uploads: dict[str, tuple[StoredFile, int]] = {}
        self.views: dict[str, View] = {}
        self.statuses: dict[tuple[str, str], Status] = {}
        self.sessions: dict[tuple[str, str], Session] = {}
        self.titles: dict[tuple[str, str], str] = {}
        self.prompts: dict[tuple[str, str], list[JsonObject]] = {}
        self._messages: dict[str, dict[str, Message]] = {}
        self._people_by_name: dict[tuple[str, str], Person] = {}
        self._channels_by_name: dict[tuple[str, str], Channel] = {}
        self._numbers = itertools.count(1)
        self._last_ts = 0
        self.version = 0
        self._waiting: set[asyncio.Future[None]] = set()

    def new_id(self, prefix: str) -> str:
        return f"{prefix}{next(self._numbers):09X}"

    def new_ts(self) -> str:
        """A timestamp in microseconds that no other message of this Slack has."""
        self._last_ts = max(self._last_ts + 1, time.time_ns() // 1000)
        return f"{self._last_ts // 1_000_000}.{self._last_ts % 1_000_000:06d}"

    def person(self, name: str, team: str, *, is_bot: bool = False) -> Person:
        """The person of that id or name, made if need be."""
        known = self.people.get(name) or self._people_by_name.get((team, name))
        return known or self._new_person(name, team, is_bot)

    def known_person(self, name: str, team: str) -> str | None:
        """The id of the person of that name, where there is one."""
        person = self._people_by_name.get((team, name))
        return person.id if person else None

    def channel(self, name: str, team: str) -> Channel:
        """The channel of that id or name, ``#`` or not; made with the bot in it if need be."""
        known = self.find_channel(name, team)
        return known or self.add_channel(
            Channel(self.new_id("C"), team, name.lstrip("#"), "channel")
        )

    def find_channel(self, name: str, team: str) -> Channel | None:
        return self.channels.get(name) or self._channels_by_name.get((team, name.lstrip("#")))

    def add_channel(self, channel: Channel) -> Channel:
        self.channels[channel.id] = channel
        self._channels_by_name[channel.team, channel.name] = channel
        self._messages[channel.id] = {}
        return channel

    def direct_messages(self, person: Person) -> Channel:
        """The conversation between the bot and one person."""
        known = self._channels_by_name.get((person.team, person.id))
        return known or self.add_channel(
            Channel(self.new_id("D"), person.team, person.id, "im", members={person.id})
        )

    def add_message(self, message: Message) -> Message:
        self._messages[message.channel][message.ts] = message
        self.touch()
        return message

    def remove_message(self, message: Message) -> None:
        del self._messages[message.channel][message.ts]
        self.touch()

    def message(self, channel: str, ts: str) -> Message | None:
        return self._messages.get(channel, {}).get(ts)

    def messages(self, channel: str) -> list[Message]:
        """Every message of the channel, threads and ephemeral ones included, oldest first."""
        return list(self._messages.get(channel, {}).values())

    def thread(self, channel: str, thread_ts: str) -> list[Message]:
        """The root and its replies, oldest first, ephemeral ones included."""
        return [each for each in self.messages(channel) if each.root == thread_ts]

    def find_message(self, ts: str) -> Message | None:
        """The message of that timestamp in any channel."""
        return next((held[ts] for held in self._messages.values() if ts in held), None)

    def everything(self) -> JsonObject:
        """All records by their ids, for a page or another process."""
        names = (
            "people",
            "channels",
            "files",
            "views",
            "statuses",
            "sessions",
            "titles",
            "prompts",
        )
        return {name: getattr(self, name) for name in names} | {"messages": self._messages}

    def touch(self) -> None:
        """Wake everyone who waits for a change."""
        self.version += 1
        waiting, self._waiting = self._waiting, set()
        for each in waiting:
            if not each.done():
                each.set_result(None)

    async def changed(self) -> None:
        """Return when something has changed after this call."""
        future = asyncio.get_running_loop().create_future()
        self._waiting.add(future)
        await future

    def _new_person(self, name: str, team: str, is_bot: bool) -> Person:
        bot_id = self.new_id("B") if is_bot else ""
        person = Person(self.new_id("U"), team, name, bot_id)
        self.people[person.id] = person
        self._people_by_name[team, name] = person
        return person
