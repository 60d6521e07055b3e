"""Compares reading a page with trafilatura alone: the time, and the quality of the text.

Pages made up here, surrounded by a news site's menus and boxes; or, with READOUT_SHARED, the folder
with the benchmark pages, those, with their word F1 against the gold text. Both sides start from the
same bytes; trafilatura is called as its manual says, with no options, so without title, author and
date: on a small page these cost more than its text, and the target is for real pages.
"""

import gzip
import json
import os
import re
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import mean, median

import trafilatura

from benchmarks.article import article
from benchmarks.figures import Figure, print_figures, repeat, repeat_parser
from bot.sources.content import Markup
from bot.sources.files import decode
from bot.sources.pages import parse_page

TITLE = "Reading a page, against trafilatura alone"
_TARGET = 3.0
_HEAD = """<meta property="og:site_name" content="The Courier"><script>var a = 1;</script>
<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Council decides",
"datePublished": "2026-04-06", "author": {"@type": "Person", "name": "Mara Lind"}}</script>"""


@dataclass(frozen=True)
class Page:
    """A page as bytes, and in ``gold`` its correct text."""

    content: bytes
    gold: str
    url: str = "https://courier.example/a"


def measure() -> list[Figure]:
    """Times in milliseconds, their ratio, and the quality of the text (word F1)."""
    shared = _shared()
    pages = shared or [_made_up_page(words) for words in (200, 400, 700, 1000, 1500)]
    _read(pages[0])  # the first page imports libraries
    _read_with_trafilatura(pages[0])
    ours, alone, ratios = [], [], []
    found: list[tuple[str, str, str]] = []
    for page in pages:
        ours_took, ours_text = _measure_time(_read, page)
        alone_took, alone_text = _measure_time(_read_with_trafilatura, page)
        ours.append(ours_took)
        alone.append(alone_took)
        ratios.append(ours_took / alone_took)
        found.append((page.gold, ours_text, alone_text))
    return [
        Figure("reading a page, median", "ms", (median(ours),), floor=(median(alone),)),
        Figure("times trafilatura, median", "x", (median(ratios),), _TARGET if shared else None),
        Figure(
            "word F1 lost against trafilatura",
            "",
            (mean(_f1(gold, text) for gold, _, text in found)
             - mean(_f1(gold, text) for gold, text, _ in found),),
        ),
        Figure("word F1", "", (mean(_f1(gold, text) for gold, text, _ in found),)),
    ]  # fmt: skip


def main() -> None:
    arguments = repeat_parser(__doc__).parse_args()
    print_figures(TITLE, repeat(measure, arguments.repeat), as_json=arguments.json)


def _read(page: Page) -> str:
    return parse_page(Markup(decode(page.content), page.url)).text


def _read_with_trafilatura(page: Page) -> str:
    return trafilatura.extract(page.content) or ""


def _measure_time(read: Callable[[Page], str], page: Page) -> tuple[float, str]:
    began = time.perf_counter()
    text = read(page)
    return (time.perf_counter() - began) * 1000, text


def _f1(gold: str, text: str) -> float:
    wanted, words = (Counter(re.findall(r"\w+", each.lower())) for each in (gold, text))
    return 2 * (wanted & words).total() / max(1, wanted.total() + words.total())


def _made_up_page(words: int) -> Page:
    text = article(words).text
    body = "".join(f"<p>{line}</p>" for line in text.splitlines() if line.strip())
    links = "".join(f"<li><a href='/{n}'>Section {n} of the paper</a></li>" for n in range(80))
    cards = "".join(f"<div class='card'><a href='/n/{n}'>Another story {n}</a></div>" * 2
                    for n in range(60))  # fmt: skip
    html = (
        f"<!doctype html><html><head><title>Council decides</title>{_HEAD}"
        f"</head><body><nav><ul>{links}</ul></nav><article>{body}</article>"
        f"<aside>{cards}</aside><footer>{links}</footer></body></html>"
    )
    return Page(html.encode(), text)


def _shared() -> list[Page]:
    named = os.environ.get("READOUT_SHARED")
    if not named:
        return []
    folder = Path(named) / "data" / "pages"
    rows = json.loads((folder / "manifest.json").read_text("utf-8"))["news"]
    return [
        Page(
            gzip.decompress((folder / row["file"]).read_bytes()),
            (folder / row["gold"]).read_text("utf-8"),
            row["url"],
        )
        for row in rows
    ]


if __name__ == "__main__":
    main()
