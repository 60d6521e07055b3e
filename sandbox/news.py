"""A story of five articles, in two newspapers with feeds."""

from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from html import escape
from zoneinfo import ZoneInfo

from sandbox.recorded import sample_text
from sandbox.slack.state import ZONE

POST, COURIER = "Kestrian Post", "Lorrimar Courier"
FEEDS = {"post.rss": POST, "courier.rss": COURIER}
"""The papers, by the names of their feeds."""


@dataclass(frozen=True)
class NewsArticle:
    """The sample ``name`` as an article that ``paper`` publishes ``at`` that time."""

    name: str
    paper: str
    at: datetime

    @property
    def text(self) -> str:
        return sample_text(f"{self.name}.txt")

    @property
    def title(self) -> str:
        return self.text.partition("\n")[0]


def _local_time(day: int, hour: int, minute: int) -> datetime:
    return datetime(2026, 4, day, hour, minute, tzinfo=ZoneInfo(ZONE))


BEGIN = _local_time(8, 9, 0).timestamp()
"""When the story begins: on a Wednesday, after its first article (seconds since 1970)."""
PROMISING = "pay-no-more"
"""The article of 9 April, with a promise for the next day."""
STORY = (
    NewsArticle("demo-article", POST, _local_time(8, 7, 10)),
    NewsArticle(PROMISING, COURIER, _local_time(9, 7, 20)),
    NewsArticle("second-day", POST, _local_time(9, 7, 50)),
    NewsArticle("no-pastures", COURIER, _local_time(10, 7, 30)),
    NewsArticle("report-late", POST, _local_time(11, 7, 50)),
)


def published_articles(by: float, after: float = 0.0) -> list[NewsArticle]:
    """The articles published after ``after`` and no later than ``by`` (seconds since 1970), the
    oldest first."""
    return [each for each in STORY if after < each.at.timestamp() <= by]


def news_response(name: str, address: str, now: float) -> tuple[str, str] | None:
    """The body and the content type of the feed or page ``name`` below ``address``, as it is
    ``now``; None if there is none."""
    known = published_articles(now)
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
