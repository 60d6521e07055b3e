"""A story of five articles, in two papers that have feeds, from one morning to the next."""

from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from html import escape
from zoneinfo import ZoneInfo

from sandbox.recorded import text_of
from sandbox.slack.state import ZONE

POST, COURIER = "Kestrian Post", "Lorrimar Courier"
FEEDS = {"post.rss": POST, "courier.rss": COURIER}
"""The papers, by the names of their feeds."""


@dataclass(frozen=True)
class NewsArticle:
    """An article: the sample ``name``, which ``paper`` publishes ``at`` that time."""

    name: str
    paper: str
    at: datetime

    @property
    def text(self) -> str:
        return text_of(f"{self.name}.txt")

    @property
    def title(self) -> str:
        return self.text.partition("\n")[0]


def _on(day: int, hour: int, minute: int) -> datetime:
    return datetime(2026, 4, day, hour, minute, tzinfo=ZoneInfo(ZONE))


BEGIN = _on(8, 9, 0).timestamp()
"""When the story begins: a Wednesday, with its first article in the paper."""
PROMISING = "pay-no-more"
"""The article of 9 April, in which something is promised for the day after."""
STORY = (
    NewsArticle("demo-article", POST, _on(8, 7, 10)),
    NewsArticle(PROMISING, COURIER, _on(9, 7, 20)),
    NewsArticle("second-day", POST, _on(9, 7, 50)),
    NewsArticle("no-pastures", COURIER, _on(10, 7, 30)),
    NewsArticle("report-late", POST, _on(11, 7, 50)),
)


def published(by: float, after: float = 0.0) -> list[NewsArticle]:
    """What is in the papers ``by`` that time and was not ``after`` that one, in seconds since 1970;
    oldest first."""
    return [each for each in STORY if after < each.at.timestamp() <= by]


def served(name: str, address: str, now: float) -> tuple[str, str] | None:
    """The feed or the page ``name`` as it is ``now`` below ``address``, and its content type; None
    where there is none."""
    known = published(now)
    if name in FEEDS:
        mine = [each for each in reversed(known) if each.paper == FEEDS[name]]
        return _rss(FEEDS[name], mine, address), "application/rss+xml"
    found = next((each for each in known if each.name == name), None)
    return (_page(found), "text/html") if found else None


def _page(article: NewsArticle) -> str:
    paragraphs = "".join(f"<p>{escape(each)}</p>" for each in article.text.splitlines()[1:])
    title, paper = escape(article.title), escape(article.paper)
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta property="og:site_name" content="{paper}">'
        f'<meta property="article:published_time" content="{article.at.isoformat()}"></head>'
        f"<body><p>{paper}</p><article><h1>{title}</h1>{paragraphs}</article></body></html>"
    )


def _rss(paper: str, articles: list[NewsArticle], address: str) -> str:
    items = "".join(
        f"<item><title>{escape(each.title)}</title><link>{address}{each.name}</link>"
        f"<guid>{address}{each.name}</guid>"
        f"<pubDate>{format_datetime(each.at.astimezone(UTC))}</pubDate></item>"
        for each in articles
    )
    return f'<rss version="2.0"><channel><title>{paper}</title>{items}</channel></rss>'
