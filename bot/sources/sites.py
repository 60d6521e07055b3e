"""Sites whose pages have no article for a program, by what they have instead."""

from typing import Literal, NamedTuple
from urllib.parse import urlsplit

Kind = Literal["social", "video", "document"]


class Site(NamedTuple):
    """What is found at a site, and what people call it."""

    kind: Kind
    name: str


_SITES: dict[str, Site] = {
    **dict.fromkeys(("x.com", "twitter.com", "t.co"), Site("social", "X")),
    **dict.fromkeys(("facebook.com", "fb.com", "fb.watch"), Site("social", "Facebook")),
    **dict.fromkeys(("linkedin.com", "lnkd.in"), Site("social", "LinkedIn")),
    "instagram.com": Site("social", "Instagram"),
    "threads.net": Site("social", "Threads"),
    "threads.com": Site("social", "Threads"),
    "reddit.com": Site("social", "Reddit"),
    "vk.com": Site("social", "VK"),
    "bsky.app": Site("social", "Bluesky"),
    **dict.fromkeys(("youtube.com", "youtu.be"), Site("video", "YouTube")),
    "tiktok.com": Site("video", "TikTok"),
    "vimeo.com": Site("video", "Vimeo"),
    "twitch.tv": Site("video", "Twitch"),
    "dailymotion.com": Site("video", "Dailymotion"),
    "docs.google.com": Site("document", "Google Docs"),
    "drive.google.com": Site("document", "Google Drive"),
    **dict.fromkeys(
        ("sharepoint.com", "1drv.ms", "onedrive.live.com"), Site("document", "OneDrive")
    ),
    "dropbox.com": Site("document", "Dropbox"),
    "notion.so": Site("document", "Notion"),
    "notion.site": Site("document", "Notion"),
    "figma.com": Site("document", "Figma"),
    "scribd.com": Site("document", "Scribd"),
    "box.com": Site("document", "Box"),
}


def site_of(url: str) -> Site | None:
    """The site that ``url`` leads to, if it is one of these."""
    try:
        labels = (urlsplit(url).hostname or "").lower().split(".")
    except ValueError:
        return None
    names = (".".join(labels[start:]) for start in range(len(labels) - 1))
    return next((_SITES[name] for name in names if name in _SITES), None)
