"""The newspapers of the playground: what their feeds and pages contain, and when."""

from itertools import pairwise

import pytest

from bot.sources.content import Entries
from bot.sources.feed_entries import parse_feed
from sandbox.news import FEEDS, STORY, news_response, published_articles

ADDRESS = "http://127.0.0.1:8321/news/"
WHEN = [article.at.timestamp() for article in STORY]


@pytest.mark.parametrize("now", [WHEN[0] - 1, *WHEN])
def test_the_feeds_have_what_is_published_by_then_with_its_day(now: float) -> None:
    found: list[tuple[str, str, float | None]] = []
    for name in FEEDS:
        feed = news_response(name, ADDRESS, now)
        assert feed is not None
        entries = parse_feed(feed[0].encode(), None, f"{ADDRESS}{name}")
        assert isinstance(entries, Entries)
        assert not any(entry.public_only for entry in entries.entries)
        found += [(entry.url, entry.title, entry.published) for entry in entries.entries]

    told = [(f"{ADDRESS}{a.name}", a.title, a.at.timestamp()) for a in published_articles(now)]
    assert sorted(found) == sorted(told)
    assert len(told) == sum(each <= now for each in WHEN)


def test_a_page_is_there_from_the_hour_of_its_article_on() -> None:
    for article in STORY:
        assert news_response(article.name, ADDRESS, article.at.timestamp() - 1) is None
        page = news_response(article.name, ADDRESS, article.at.timestamp())
        assert page is not None
        assert article.paper in page[0]


def test_each_article_is_new_once() -> None:
    days = pairwise([0.0, *WHEN])
    assert tuple(a for before, now in days for a in published_articles(now, before)) == STORY
