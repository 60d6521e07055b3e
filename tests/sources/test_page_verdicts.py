"""Every kind of page that is no article gets its verdict; articles that look like one are read."""

import gzip
import json
import re
from collections import Counter
from statistics import mean
from typing import Any

import pytest
import trafilatura
from aiohttp import web

from bot.briefing.requests import WebPage
from bot.service.errors import SourceError
from bot.sources.content import Article, Markup
from bot.sources.files import decode
from bot.sources.pages import parse_page
from bot.sources.reading import SourceReader
from tests.shared_data import shared
from tests.sources.hard_pages import HARD, HardPage
from tests.sources.near_misses import NEAR_MISSES
from tests.sources.site import Site


def read(hard: HardPage) -> Article:
    return parse_page(Markup(hard.html, hard.url, hard.status))


@pytest.mark.parametrize("hard", HARD, ids=lambda hard: hard.name)
def test_a_page_that_is_not_an_article_gets_its_verdict(hard: HardPage) -> None:
    assert read(hard).verdict == hard.verdict


@pytest.mark.parametrize("hard", NEAR_MISSES, ids=lambda hard: hard.name)
def test_an_article_that_looks_like_one_of_these_is_read(hard: HardPage) -> None:
    assert read(hard).verdict == "article"


def test_of_a_teaser_the_free_part_is_kept_and_the_offer_is_not() -> None:
    by_name = {hard.name: hard for hard in HARD}

    assert "subscri" not in read(by_name["teaser-in-words"]).text.lower()
    assert "Kept back" not in read(by_name["hidden-from-readers"]).text


async def test_the_shared_pages_get_their_verdicts(reader: SourceReader, site: Site) -> None:
    wrong, short = [], []
    for row in manifest()["hard"]:
        verdict, text = await _read_over_the_wire(reader, site, row)
        if verdict not in {row["expect"], *row.get("accept", ())}:
            wrong.append((row["id"], row["expect"], verdict))
        if row["expect"] == "article" and "gold_text" in row and row["id"] != "h58":
            short += [row["id"]] if word_f1(text, row["gold_text"]) < 0.94 else []

    assert wrong == []
    assert short == []


def test_the_shared_news_is_read_no_worse_than_by_the_extractor_alone() -> None:
    ours, alone = [], []
    for row in manifest()["news"]:
        html = decode(_page(row))
        gold = (shared("pages") / row["gold"]).read_text("utf-8")
        ours.append(word_f1(parse_page(Markup(html, row["url"])).text, gold))
        alone.append(word_f1(trafilatura.extract(html) or "", gold))

    assert mean(ours) >= mean(alone)


def manifest() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((shared("pages") / "manifest.json").read_text("utf-8"))
    return found


def _page(row: dict[str, Any]) -> bytes:
    return gzip.decompress((shared("pages") / row["file"]).read_bytes())


async def _read_over_the_wire(
    reader: SourceReader, site: Site, row: dict[str, Any]
) -> tuple[str | None, str]:
    headers = {"content-type": "text/html", **row.get("headers", {})}

    async def answer(_: web.Request) -> web.Response:
        return web.Response(body=_page(row), status=row.get("status", 200), headers=headers)

    url = site.answer(f"/{row['id']}", answer)
    try:
        document = await reader.read(WebPage(url), "A")
    except SourceError as error:
        return error.verdict, ""
    return document.verdict, document.text


def word_f1(found: str, gold: str) -> float:
    words, wanted = (Counter(re.findall(r"\w+", text.lower())) for text in (found, gold))
    return 2 * (words & wanted).total() / max(1, words.total() + wanted.total())
