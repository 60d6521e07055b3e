"""What is a message's address on the web, and which message does a link mean?"""

import re
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

from bot.briefing.requests import LinkedMessage

_MESSAGE = re.compile(r"/archives/([CDG][A-Z0-9]+)/p(\d{10})(\d{6})/?")


@dataclass(frozen=True)
class Workspace:
    """The workspace that is listened to: its id, our user in it, and its web address."""

    team: str
    bot: str
    url: str | None

    def permalink(self, channel: str, ts: str, thread: str | None = None) -> str | None:
        """The link to a message, in the form of Slack's own "Copy link"."""
        return permalink(self.url, channel, ts, thread) if self.url else None

    def message(self, url: str) -> LinkedMessage | None:
        """The message of this workspace that ``url`` leads to, if it does."""
        match = _MESSAGE.fullmatch(urlsplit(url).path)
        if match is None or not self.url or urlsplit(url).netloc != urlsplit(self.url).netloc:
            return None
        return LinkedMessage(url, match[1], f"{match[2]}.{match[3]}")


def permalink(workspace_url: str, channel: str, ts: str, thread: str | None = None) -> str:
    """The link to message ``ts`` of a channel of the workspace at ``workspace_url``."""
    place = f"{workspace_url.rstrip('/')}/archives/{channel}/p{ts.replace('.', '')}"
    if thread in (None, ts):
        return place
    return f"{place}?thread_ts={thread}&cid={channel}"


def thread_of(link: LinkedMessage) -> str:
    """The root of the thread that a linked message stands in."""
    return parse_qs(urlsplit(link.url).query).get("thread_ts", [link.ts])[0]


def workspace_of(link: str) -> str:
    """The web address of the workspace that a permalink belongs to."""
    return link.partition("/archives/")[0]
