"""The state of this Slack: people, channels, messages, files, views, statuses."""

import asyncio
import itertools
import math
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias
from urllib.parse import quote

DEFAULT_SCOPES = frozenset({
    "app_mentions:read", "assistant:write", "channels:history", "channels:read", "chat:write",
    "commands", "files:read", "files:write", "groups:history", "groups:read", "im:history",
    "reactions:read", "users:read",
})  # fmt: skip
DEFAULT_SUBSCRIPTIONS = frozenset({
    "agent_session_stopped", "app_home_opened", "app_mention", "message.channels",
    "message.groups", "message.im", "reaction_added",
})  # fmt: skip


@dataclass(frozen=True)
class Rules:
    """How this Slack behaves. Times are in seconds; the defaults are Slack's documented values.

    ``retry_delays`` are the pauses before each further delivery of an event that was not
    acknowledged. ``stream_seconds`` and ``stream_bytes`` are undocumented; others measured them:
    about five minutes and about 10,600 weighted bytes.
    """

    rate_limits: bool = True
    scopes: frozenset[str] = DEFAULT_SCOPES
    app_scopes: frozenset[str] = frozenset({"connections:write"})
    subscriptions: frozenset[str] = DEFAULT_SUBSCRIPTIONS
    ack_seconds: float = 3.0
    retry_delays: tuple[float, ...] = (0.0, 60.0, 300.0)
    trigger_seconds: float = 3.0
    stream_seconds: float = 300.0
    stream_bytes: int = 10_600
    streams_in_channels: bool = True
    agent_features: bool = True
    tells_scopes: bool = True


@dataclass(frozen=True)
class Credentials:
    bot_token: str = "xoxb-local-readout"
    app_token: str = "xapp-local-readout"
    signing_secret: str = "local-signing-secret"
    app_id: str = "A0LOCALAPP"
    bot_id: str = "B0LOCALBOT"
    bot_user_id: str = "U0LOCALBOT"
    bot_name: str = "readout"


ANY = "any method"


@dataclass(frozen=True)
class Fault:
    """What a call gets instead of its answer.

    ``error`` is answered with ``ok: false``; ``status`` is an HTTP status without JSON, 429 with
    ``retry_after`` seconds. With ``lost_reply`` the call takes effect, and the connection drops
    before the answer. ``page`` is the content type of an HTTP 200 page, as from a proxy. ``delay``
    is in seconds. If a ``channel`` is named, only calls about it are affected.
    """

    error: str = ""
    status: int = 0
    retry_after: int = 1
    lost_reply: bool = False
    page: str = ""
    delay: float = 0.0
    channel: str = ""


class Faults:
    """Faults waiting for calls, per method or for any, used up in the order they were added."""

    def __init__(self) -> None:
        self._waiting: dict[str, list[Fault]] = defaultdict(list)

    def add(self, method: str, fault: Fault, times: int) -> None:
        self._waiting[method] += [fault] * times

    def clear(self) -> None:
        self._waiting.clear()

    def take(self, method: str, channel: str = "") -> Fault:
        """Remove and return the next fault of the method in that channel, or one without effect."""
        for waiting in (self._waiting[method], self._waiting[ANY]):
            for fault in waiting:
                if fault.channel in {"", channel}:
                    waiting.remove(fault)
                    return fault
        return Fault()


# Rate limits. Tiers are Slack's documented calls a minute, per method and workspace:
# https://docs.slack.dev/apis/web-api/rate-limits/

TIER_2 = 20
TIER_3 = 50
TIER_4 = 100
POST_BURST = 4  # "short bursts" are allowed above one message a second and channel


@dataclass
class _Bucket:
    tokens: float
    filled_at: float


class RateLimits:
    """Token buckets, one for each key, filled evenly over the minute."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._buckets: dict[tuple[str, str], _Bucket] = {}

    def seconds_to_wait(self, key: tuple[str, str], capacity: int, per_second: float) -> int:
        """Take a token and return 0, or return the whole seconds until there is one."""
        now = self._clock()
        bucket = self._buckets.setdefault(key, _Bucket(capacity, now))
        refilled = bucket.tokens + (now - bucket.filled_at) * per_second
        bucket.tokens, bucket.filled_at = min(capacity, refilled), now
        if bucket.tokens >= 1:
            bucket.tokens -= 1
            return 0
        return math.ceil((1 - bucket.tokens) / per_second)


BLOCKS_OF_A_MESSAGE = 50
BLOCKS_OF_A_VIEW = 100
# Undocumented: rejected at 11,341 to 13,297 characters, github.com/slackapi/bolt-js/issues/2509
TEXT_OF_ALL_BLOCKS = 12_000
TEXT_OF_A_POST = 40_000
TEXT_OF_AN_UPDATE = 4_000
# docs.slack.dev/reference/methods/views.open, error view_too_large
BYTES_OF_A_VIEW = 250_000


# Plain mutable records, shared by the API, the tests and the page.

JsonObject: TypeAlias = dict[str, Any]
ChannelKind: TypeAlias = Literal["channel", "group", "im"]

DEFAULT_TEAM = "T0LOCAL01"
ZONE = "Europe/London"
"""The time zone of the people."""


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
    """A message that is being streamed; ``chunks`` are in the order they came."""

    started: float
    chunks: list[JsonObject] = field(default_factory=list)
    state: Literal["open", "finished", "ended", "stopped_by_user"] = "open"

    def is_open(self, lifetime: float) -> bool:
        """Whether it still takes chunks; it does for at most ``lifetime`` seconds."""
        return self.state == "open" and time.monotonic() - self.started < lifetime


@dataclass
class Message:
    """One message; ``seen_by`` is the only reader of an ephemeral one, else empty."""

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
        """The timestamp of the thread that this message is in, or would start."""
        return self.thread_ts or self.ts


@dataclass
class View:
    """An open modal or a person's Home tab; ``errors`` are the last from the app, by block."""

    id: str
    team: str
    person: str
    content: JsonObject
    hash: str = ""
    errors: dict[str, str] = field(default_factory=dict)
    open: bool = True


@dataclass
class Status:
    text: str
    loading: list[str]
    at: float


@dataclass
class Session:
    """The session of a thread (``agents.sessions``)."""

    state: str
    title: str = ""


class State:
    """All records; ``touch`` wakes everyone who waits for a change. The clock here is ``ahead``
    seconds ahead of this machine's."""

    def __init__(self) -> None:
        self.ahead = 0.0
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

    def now(self) -> float:
        """The time here, in seconds since 1970."""
        return time.time() + self.ahead

    def new_id(self, prefix: str) -> str:
        return f"{prefix}{next(self._numbers):09X}"

    def new_ts(self) -> str:
        """A unique timestamp in microseconds."""
        self._last_ts = max(self._last_ts + 1, int(self.now() * 1_000_000))
        return f"{self._last_ts // 1_000_000}.{self._last_ts % 1_000_000:06d}"

    def person(self, name: str, team: str, *, is_bot: bool = False) -> Person:
        """The person with that id or name, created if need be."""
        known = self.people.get(name) or self._people_by_name.get((team, name))
        if known is None:
            bot_id = self.new_id("B") if is_bot else ""
            known = Person(self.new_id("U"), team, name, bot_id)
            self.people[known.id] = self._people_by_name[team, name] = known
        return known

    def known_person(self, name: str, team: str) -> str | None:
        """The id of the person with that name; None if there is none."""
        person = self._people_by_name.get((team, name))
        return person.id if person else None

    def find_channel(self, name: str, team: str) -> Channel | None:
        """The channel with that id or name, with or without ``#``."""
        return self.channels.get(name) or self._channels_by_name.get((team, name.lstrip("#")))

    def add_channel(self, channel: Channel) -> Channel:
        self.channels[channel.id] = channel
        self._channels_by_name[channel.team, channel.name] = channel
        self._messages[channel.id] = {}
        return channel

    def is_shared(self, channel: Channel) -> bool:
        """Whether somebody of another workspace is in it."""
        return any(self.people[member].team != channel.team for member in channel.members)

    def direct_messages(self, person: Person) -> Channel:
        """The conversation between the bot and one person."""
        known = self._channels_by_name.get((person.team, person.id))
        return known or self.add_channel(
            Channel(self.new_id("D"), person.team, person.id, "im", members={person.id})
        )

    def add_message(self, message: Message) -> None:
        self._messages[message.channel][message.ts] = message
        self.touch()

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
        """The message with that timestamp in any channel."""
        return next((held[ts] for held in self._messages.values() if ts in held), None)

    def touch(self) -> None:
        self.version += 1
        waiting, self._waiting = self._waiting, set()
        for each in waiting:
            if not each.done():
                each.set_result(None)

    async def wait_for_change(self) -> None:
        """Return at the next change."""
        future = asyncio.get_running_loop().create_future()
        self._waiting.add(future)
        await future


@dataclass(frozen=True)
class LocalFile:
    """A file that a person attaches; a ``snippet`` is a long paste that became a file."""

    name: str
    mimetype: str
    content: bytes
    snippet: bool = False


def store_file(state: State, owner: Person, file: LocalFile) -> StoredFile:
    stored = StoredFile(
        id=state.new_id("F"),
        name=file.name,
        mimetype=file.mimetype,
        content=file.content,
        owner=owner.id,
        snippet=file.snippet,
        created=int(state.now()),
    )
    state.files[stored.id] = stored
    return stored


def file_json(file: StoredFile, url: str) -> JsonObject:
    """The file as in messages and ``files.info``; ``url`` is this server's address."""
    address = f"{url}files-pri/{file.id}"
    extension = file.name.rpartition(".")[2].lower() if "." in file.name else "text"
    return {
        "id": file.id,
        "created": file.created,
        "timestamp": file.created,
        "name": file.name,
        "title": file.name,
        "mimetype": file.mimetype,
        "filetype": "text" if extension == "txt" else extension,
        "pretty_type": "Plain Text" if file.mimetype == "text/plain" else extension.upper(),
        "user": file.owner,
        "mode": "snippet" if file.snippet else "hosted",
        "editable": file.snippet,
        "size": len(file.content),
        "is_external": False,
        "external_type": "",
        "is_public": True,
        "file_access": "visible",
        "url_private": f"{address}/{quote(file.name)}",
        "url_private_download": f"{address}/download/{quote(file.name)}",
        "permalink": f"{url}files/{file.owner}/{file.id}/{quote(file.name)}",
    }
