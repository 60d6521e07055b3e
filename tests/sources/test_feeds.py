"""A feed brings its entries, or one sentence saying why it doesn't."""

import asyncio
from collections.abc import AsyncIterator, Mapping

import pytest
from aiohttp import web
from hypothesis import given
from hypothesis import strategies as st

from bot.service.errors import ReadoutError, Refused, SourceError, Unreachable, Unreadable
from bot.service.ports import Feed
from bot.sources import readers
from bot.sources.content import Entries, FeedLink, Fetched
from bot.sources.feed_entries import MOST_ENTRIES, parse_feed
from bot.sources.feeds import LONGEST_UNCHANGED, FeedReader
from bot.sources.fetching import Fetcher
from bot.sources.parser_processes import ParserProcesses
from tests.sources.site import InProcessParsers, Site

NOW = 1_772_438_400.0  # 2 March 2026, 8:00 UTC
URL = "https://news.example.org/feed"


def item(title: str, link: str, more: str = "") -> str:
    return f"<item><title>{title}</title><link>{link}</link>{more}</item>"


def rss(*items: str, head: str = "<?xml version='1.0' encoding='utf-8'?>") -> str:
    channel = f"<channel><title>News</title>{''.join(items)}</channel>"
    return f"{head}<rss version='2.0'>{channel}</rss>"


def found(content: str | bytes, charset: str | None = None) -> Entries:
    came = parse_feed(content.encode() if isinstance(content, str) else content, charset, URL)
    assert isinstance(came, Entries)
    return came


@pytest.fixture
def feeds(site: Site) -> FeedReader:
    async def fetch(url: str, validators: Mapping[str, str]) -> Fetched:
        return await site.fetcher.fetch(url, validators=validators)

    return FeedReader(fetch, InProcessParsers())


ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>News</title><entry>
<title type="html">The bridge &lt;b&gt;reopens&lt;/b&gt;</title><id>tag:1</id>
<link rel="self" href="/1.atom"/><link href="/a?utm_source=feed"/>
<updated>2026-03-02T07:00:00Z</updated><summary>On Monday.</summary></entry></feed>"""
JSON = """{"version": "https://jsonfeed.org/version/1.1", "title": "News", "items": [{"id": "1",
"url": "/a?utm_source=feed", "title": "The bridge reopens", "content_html": "On <i>Monday</i>.",
"date_published": "2026-03-02T09:00:00+02:00"}]}"""
RSS = rss(
    item(
        "The bridge reopens",
        "/a?utm_source=feed",
        "<pubDate>Mon, 02 Mar 2026 09:00:00 +0200</pubDate>"
        "<description>&lt;p&gt;On Monday.&lt;/p&gt;</description>",
    )
)


@pytest.mark.parametrize("content", [RSS, ATOM, JSON], ids=["rss", "atom", "json"])
def test_each_kind_of_feed_gives_the_same_entry(content: str) -> None:
    (entry,) = found(content).entries

    assert entry.url == "https://news.example.org/a?utm_source=feed"
    assert entry.key == "https://news.example.org/a"
    assert (entry.title, entry.summary) == ("The bridge reopens", "On Monday.")
    assert entry.published == NOW - 3_600
    assert not entry.public_only


@pytest.mark.parametrize("label", [None, "utf-8", "windows-1251"])
@pytest.mark.parametrize("head", ["", "<?xml version='1.0' encoding='windows-1251'?>"])
def test_a_feed_in_windows_1251_is_read_whatever_it_is_labelled(
    head: str, label: str | None
) -> None:
    words = "Мост через реку открыт снова, сообщили власти"
    content = rss(*(item(f"{words} {n}", f"/{n}") for n in range(9)), head=head)

    titles = [entry.title for entry in found(content.encode("cp1251"), label).entries]

    assert titles[0] == f"{words} 0"


def test_of_fifty_thousand_entries_both_ends_are_read_and_the_rest_is_counted() -> None:
    came = found(rss(*(item(f"Title {n}", f"/{n}") for n in range(50_000))))

    titles = [entry.title for entry in came.entries]
    assert (len(titles), titles[0], titles[-1]) == (MOST_ENTRIES, "Title 0", "Title 49999")
    assert came.left_out == 50_000 - MOST_ENTRIES


def test_a_thousand_ids_of_one_article_are_one_entry() -> None:
    by_address = [item("The bridge", f"/a?ref={n}", f"<guid>{n}</guid>") for n in range(200)]
    by_title = [item("The bridge", f"/{n}", f"<guid>b{n}</guid>") for n in range(200)]

    assert len(found(rss(*by_address, *by_title)).entries) == 1


@pytest.mark.parametrize(
    "date",
    ["", "<pubDate></pubDate>", "<pubDate>yesterday</pubDate>"],
)
def test_an_invalid_date_is_unknown(date: str) -> None:
    (entry,) = found(rss(item("The bridge", "/a", date))).entries

    assert entry.published is None


ENTITIES = {
    "laughs": "<!ENTITY a 'ha'>"
    + "".join(
        f"<!ENTITY {b} '{f'&{a};' * 10}'>" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    ),
    "a-file": "<!ENTITY i SYSTEM 'file:///etc/passwd'>",
    "long": f"<!ENTITY i '{'x' * 100_000}'>",
}


@pytest.mark.parametrize("entities", ENTITIES.values(), ids=ENTITIES.keys())
def test_entities_of_a_feed_are_not_expanded(entities: str) -> None:
    head = f"<?xml version='1.0'?><!DOCTYPE rss [{entities}]>"

    (entry,) = found(rss(item("&i;&i; The bridge", "/a"), head=head)).entries

    assert entry.title.endswith("The bridge")
    assert len(entry.title) <= 300
    assert not {"root:", "haha"} & set(entry.title.split())


def test_links_that_are_not_web_addresses_are_left_out() -> None:
    links = ["", "javascript:alert(1)", "file:///etc/passwd", "http://[bad/", "/a"]

    entries = found(rss(*(item(f"Title {n}", link) for n, link in enumerate(links)))).entries

    assert [entry.url for entry in entries] == ["https://news.example.org/a"]


def test_an_entry_that_leads_elsewhere_is_for_the_public_web_alone() -> None:
    links = ["/a", "http://10.0.0.1/b", "https://t.example.com/c"]

    entries = found(rss(*(item(link, link) for link in links))).entries

    assert [entry.public_only for entry in entries] == [False, True, True]


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"\x89PNG\r\n\x1a\n\0\0", id="picture"),
        pytest.param(b"Good morning", id="text"),
        pytest.param(b"<html><head><title>News</title></head><body>Hi</body></html>", id="page"),
        pytest.param(b'{"items": []}', id="json"),
        pytest.param(b'{"version": "https://jsonfeed.org/version/1", "items": 1}', id="no-items"),
        pytest.param(b"{" * 100_000, id="deep"),
        pytest.param(b"<svg xmlns='http://www.w3.org/2000/svg'></svg>", id="xml"),
    ],
)
def test_anything_else_is_refused_in_one_sentence(content: bytes) -> None:
    with pytest.raises(Unreadable) as caught:
        parse_feed(content, None, URL)

    assert caught.value.message.startswith("There is no feed at this address.")


@given(st.binary(max_size=300), st.integers(0, len(RSS)), st.sampled_from([RSS, ATOM, JSON]))
def test_whatever_the_bytes_there_are_entries_or_a_sentence(
    junk: bytes, place: int, feed: str
) -> None:
    content = feed.encode()[:place] + junk + feed.encode()[place:]
    try:
        came = parse_feed(content, None, URL)
    except ReadoutError:
        return
    assert isinstance(came, FeedLink) or all(e.url.startswith("http") for e in came.entries)


async def test_a_feed_that_has_not_changed_is_not_sent_again(site: Site, feeds: FeedReader) -> None:
    async def answer(request: web.Request) -> web.Response:
        if request.headers.get("If-None-Match") == '"1"':
            return web.Response(status=304)
        headers = {"ETag": '"1"', "Last-Modified": "Mon, 02 Mar 2026 07:00:00 GMT"}
        return web.Response(text=RSS, headers=headers)

    url = site.answer("/feed", answer)

    first = await feeds.read(url, None, NOW)
    again = await feeds.read(url, first, NOW + 60)

    assert again == first
    assert site.requests[1].headers["If-Modified-Since"] == "Mon, 02 Mar 2026 07:00:00 GMT"


async def test_a_feed_that_never_changes_is_fetched_in_full_once_a_week(
    site: Site, feeds: FeedReader
) -> None:
    async def answer(request: web.Request) -> web.Response:
        if "If-None-Match" in request.headers:
            return web.Response(status=304)
        return web.Response(text=RSS, headers={"ETag": '"1"'})

    url = site.answer("/feed", answer)

    feed = await feeds.read(url, None, NOW)
    for day in range(1, 9):
        feed = await feeds.read(url, feed, NOW + day * 86_400)

    whole = [request for request in site.requests if "If-None-Match" not in request.headers]
    assert len(whole) == 2
    assert feed.read == NOW + LONGEST_UNCHANGED


async def test_a_page_leads_to_the_feed_that_it_names(site: Site, feeds: FeedReader) -> None:
    site.gives("/rss.xml", RSS.encode(), "application/rss+xml")
    url = site.gives(
        "/",
        b"<html><head><link rel='alternate' type='application/rss+xml' href='/rss.xml'></head>"
        b"<body><p>News</p></body></html>",
    )

    feed = await feeds.read(url, None, NOW)
    await feeds.read(url, feed, NOW)

    assert [entry.title for entry in feed.entries] == ["The bridge reopens"]
    assert (feed.url, feed.location) == (url, site.url("/rss.xml"))
    assert [request.path for request in site.requests] == ["/", "/rss.xml", "/rss.xml"]


async def test_a_page_that_names_a_private_address_is_refused() -> None:
    page = b"<html><head><link rel=alternate type=application/atom+xml href='http://10.0.0.1/f'>"

    async def fetch(url: str, validators: Mapping[str, str]) -> Fetched:
        if url == URL:
            return Fetched(url, 200, {}, "text/html", page)
        return await Fetcher().fetch(url, validators=validators)

    with pytest.raises(Refused):
        await FeedReader(fetch, InProcessParsers()).read(URL, None, NOW)


@pytest.mark.parametrize(
    ("status", "told"),
    [(304, "nothing has changed"), (404, "any more"), (403, "doesn’t let"), (500, "an error")],
)
async def test_a_status_is_one_sentence(
    site: Site, feeds: FeedReader, status: int, told: str
) -> None:
    async def answer(_: web.Request) -> web.Response:
        return web.Response(status=status)

    url = site.answer("/feed", answer)

    with pytest.raises(SourceError, match=told) as caught:
        await feeds.read(url, None, NOW)

    assert caught.value.source == url
    assert "Paste" not in caught.value.message


async def test_a_feed_of_forty_megabytes_is_refused_before_it_is_read_to_its_end(
    site: Site, feeds: FeedReader
) -> None:
    url = site.gives("/feed", b" " * 40_000_000, "application/rss+xml")

    with pytest.raises(Unreadable, match="too large: 5 MB of HTML or 20 MB") as caught:
        await feeds.read(url, None, NOW)
    assert "Paste" not in caught.value.message


async def test_an_endless_feed_ends_at_the_deadline(site: Site) -> None:
    async def endless(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        while True:
            await response.write(b"<item>")
            await asyncio.sleep(0.01)

    async def fetch(url: str, validators: Mapping[str, str]) -> Fetched:
        fetcher = Fetcher(frozenset({site.host}), deadline=0.2)
        return await fetcher.fetch(url, validators=validators)

    with pytest.raises(Unreachable, match="did not answer in time"):
        await FeedReader(fetch, InProcessParsers()).read(site.answer("/feed", endless), None, NOW)


@pytest.fixture
async def workers() -> AsyncIterator[ParserProcesses]:
    workers = ParserProcesses(1)
    yield workers
    workers.close()


async def test_a_feed_is_parsed_in_a_process_of_its_own(
    site: Site, workers: ParserProcesses
) -> None:
    feeds = readers.feed_reader(frozenset({site.host}), workers)
    url = site.gives("/feed", RSS.encode(), "text/xml")

    feed = await feeds.read(url, None, NOW)

    assert isinstance(feed, Feed)
    assert [entry.title for entry in feed.entries] == ["The bridge reopens"]
    assert "reads feeds" in site.requests[0].headers["User-Agent"]


async def test_a_feed_that_takes_too_long_to_parse_is_unreadable(site: Site) -> None:
    workers = ParserProcesses(1, seconds=0.0)
    feeds = readers.feed_reader(frozenset({site.host}), workers)
    url = site.gives("/feed", RSS.encode(), "text/xml")

    with pytest.raises(Unreadable, match="takes too much time"):
        await feeds.read(url, None, NOW)

    workers.close()


async def test_a_private_feed_is_refused_like_a_private_page(workers: ParserProcesses) -> None:
    with pytest.raises(Refused, match="not a public web address"):
        await readers.feed_reader(frozenset(), workers).read("http://10.0.0.1/feed", None, NOW)
