"""What a person asks for: sources, wishes, earlier questions; and the house style."""

from dataclasses import dataclass, fields, replace
from typing import Literal


@dataclass(frozen=True)
class HouseStyle:
    """A channel's style: ``banned`` words, and pairs of ``spellings``: the sources' and its own."""

    banned: tuple[str, ...] = ()
    spellings: tuple[tuple[str, str], ...] = ()


Length = Literal["short", "standard", "long"]

DIFFERENCES_FIRST = "differences between the sources come first"
"""The note of a request that only compares sources."""


@dataclass(frozen=True)
class WebPage:
    """A page to fetch; with ``public_only`` never from the operator's own network."""

    url: str
    kind: Literal["page"] = "page"
    public_only: bool = False

    @property
    def name(self) -> str:
        """What the asker would call it: its address."""
        return self.url


@dataclass(frozen=True)
class PastedText:
    """Text as it was pasted or sent; ``url`` leads to the message it stands in, if there is one.
    ``pasted_for`` is the name of the unreadable source that it was pasted for."""

    text: str
    name: str = "pasted text"
    url: str | None = None
    kind: Literal["text"] = "text"
    pasted_for: str | None = None


@dataclass(frozen=True)
class AttachedFile:
    """A file to read: ``location`` is a path on this machine or an address that needs our token."""

    name: str
    location: str
    size: int | None = None
    url: str | None = None
    kind: Literal["file"] = "file"


@dataclass(frozen=True)
class LinkedMessage:
    """A message that a link leads to, by channel and timestamp."""

    url: str
    channel: str
    ts: str
    kind: Literal["message"] = "message"

    @property
    def name(self) -> str:
        """What the asker would call it: its link."""
        return self.url


Source = WebPage | PastedText | AttachedFile | LinkedMessage


def restrict_to_public_web(source: Source) -> Source:
    """``source``, fetched only from the public web if it is a page."""
    return replace(source, public_only=True) if isinstance(source, WebPage) else source


@dataclass(frozen=True)
class Wishes:
    """How the asker would like the briefing.

    ``language`` is an ISO 639-1 code; None means that of the first source. ``style`` is the name of
    a prompt file; ``points`` is the most key points there may be. ``note`` is the rest of the
    request, in the asker's words. ``house`` is the house style, which code enforces.
    """

    language: str | None = None
    length: Length = "standard"
    style: str = "briefing"
    audience: str | None = None
    angle: str | None = None
    note: str | None = None
    house: HouseStyle = HouseStyle()
    points: int | None = None

    def for_prompt(self) -> dict[str, str]:
        """The wishes for a writer's prompt, by name, with only the banned words of the house style:
        spellings are applied once a line has passed."""
        names = ("language", "length", "audience", "angle", "note")
        wished = {name: getattr(self, name) for name in names if getattr(self, name)}
        if self.points is not None:
            wished["most_key_points"] = str(self.points)
        never = ", ".join(self.house.banned)
        return {**wished, "never_write": never} if never else wished

    def override(self, earlier: "Wishes") -> "Wishes":
        """These wishes, completed by the ``earlier`` ones. A new length ends an earlier number of
        key points."""
        wished = {
            field.name: value
            for field in fields(self)
            if (value := getattr(self, field.name)) != field.default
        }
        if "length" in wished:
            wished.setdefault("points", None)
        return replace(earlier, **wished)


@dataclass(frozen=True)
class Turn:
    """An earlier question in the thread and its answer, which help to understand the next question
    ("and Klaar?") and are never evidence."""

    question: str
    answer: str
