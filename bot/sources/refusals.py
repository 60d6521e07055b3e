"""The sentences for pages without an article: what is there instead, and what to do."""

import json
from typing import Literal, NamedTuple
from urllib.parse import urlsplit

from bot.service.errors import NO_TEXT, Unreachable, Unreadable
from bot.sources.addresses import unwrap

SiteKind = Literal["social", "video", "document", "spreadsheet", "presentation"]


class Site(NamedTuple):
    """The kind of content on a site, and what people call the site."""

    kind: SiteKind
    name: str


# By host, or by host and a part of the path.
_SITES: dict[str, Site] = {
    **dict.fromkeys(("x.com", "twitter.com"), Site("social", "X")),
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
    "docs.google.com/spreadsheets": Site("spreadsheet", "Google Sheets"),
    "docs.google.com/presentation": Site("presentation", "Google Slides"),
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
    """The site of ``url``, if it is in the table."""
    try:
        parts = urlsplit(url)
        labels = (parts.hostname or "").lower().split(".")
    except ValueError:
        return None
    hosts = [".".join(labels[start:]) for start in range(len(labels) - 1)]
    places = (f"{host}/{part}" for host in hosts for part in parts.path.split("/"))
    return next((_SITES[name] for name in (*places, *hosts) if name in _SITES), None)


BRIEFED_VERDICTS = frozenset({"article", "teaser", "live"})
"""The verdicts of pages that are briefed: a teaser in its free part, as the briefing says."""

PASTE_INSTEAD = "Paste the text or attach the file instead."
_AS_A_FILE = "Paste the text, or save it as a PDF and attach that."

_SENTENCES = {
    "blocked": "The site blocks automated readers, so the article could not be read.",
    "consent": "The site shows a cookie consent page instead of the article.",
    "empty": NO_TEXT,
    "error": "The site says there is no such page.",
    "js_shell": "The page shows its text only to a browser that runs its scripts.",
    "listing": "The page is a list of articles: share the address of the one you mean.",
    "login": "The page asks you to log in before it shows the article.",
    "not_html": "The address leads to something other than a page of text.",
    "notice": "The page shows a notice to visitors instead of an article.",
    "redirect": "The page redirects visitors elsewhere: share the address your browser ends up at.",
    "teaser": "The page shows only a line or two to people who don’t subscribe.",
    "thin": "The page has too little text for an article.",
    "too_deep": "The page is nested too deeply to be read in full.",
    "video": "A video has no text that can be read.",
}
_VERDICTS = {"too_deep": "thin"}
_SENTENCES_BY_SITE = {
    "social": f"{{}} shows its posts only to people who are logged in. {PASTE_INSTEAD}",
    "video": f"A video on {{}} has no text that can be read. {PASTE_INSTEAD}",
    "document": f"A document in {{}} can’t be read from this link. {_AS_A_FILE}",
    "spreadsheet": f"A spreadsheet in {{}} can’t be read from this link. {_AS_A_FILE}",
    "presentation": f"A presentation in {{}} can’t be read from this link. {_AS_A_FILE}",
}
_BY_PAGE = frozenset({"error", "not_html", "listing", "redirect", "notice", "teaser", "too_deep"})

_LEAST = 200  # characters
_KEPT_OUT = frozenset({401, 402, 403, 407, 429, 451})


def verdict_of_status(status: int) -> str:
    """The verdict that follows from an HTTP status alone."""
    if status in _KEPT_OUT:
        return "blocked"
    return "error" if status >= 300 else "article"


def verdict_of_text(text: str) -> str:
    """The verdict on a page of plain text: an article, too little text, or data for programs."""
    try:
        is_data = isinstance(json.loads(text), dict | list)
    except (ValueError, RecursionError):
        is_data = False
    if is_data:
        return "not_html"
    return "article" if len(text.strip()) >= _LEAST else "thin"


def unreadable_page(name: str, source: str, final_url: str | None = None) -> Unreadable:
    """The error for a page whose verdict is ``name``; ``source`` is the address or name as the
    asker gave it, ``final_url`` the address after redirects."""
    site = site_of(final_url or "") or site_of(unwrap(source))
    if site is None or name in _BY_PAGE:
        said = f"{_SENTENCES[name]} {PASTE_INSTEAD}"
    else:
        said = _SENTENCES_BY_SITE[site.kind].format(site.name)
    return Unreadable(said, source=source, verdict=_VERDICTS.get(name, name))


def server_error(source: str) -> Unreachable:
    """The error for a site that reports an error (HTTP 5xx)."""
    said = f"The site reported an error. Try again later. {PASTE_INSTEAD}"
    return Unreachable(said, source=source, verdict="error")
