"""Measures the checks and the extractive engine.

In this process, without any network: all checks on a briefing of 12 lines, with the preparation of
its article (numbering its sentences) included, for an article of 700 words and for one of 20,000;
then a whole extractive briefing of each. Each run uses an article that this process hasn't seen, so
that nothing cached helps.
"""

import itertools
import time
from collections.abc import Callable, Sequence
from functools import partial
from statistics import median

from benchmarks.article import Article, article, draft
from benchmarks.figures import Figure, print_figures, repeat, repeat_parser
from bot.briefing.composition import Composition
from bot.briefing.documents import whole_excerpts
from bot.briefing.draft import DraftBriefing, DraftItem
from bot.briefing.extractive.engine import extract
from bot.briefing.numbering import numbered
from bot.briefing.requests import Wishes

TITLE = "Checks and the extractive engine"
_LINES = 12
_TARGETS = {700: 10.0, 20_000: 100.0}
_TIMES = 15
_NUMBERS = itertools.count()


def measure() -> list[Figure]:
    """The figures of one run, each the median of several."""
    return [figure for words in _TARGETS for figure in _measure_length(words)]


def main() -> None:
    arguments = repeat_parser(__doc__).parse_args()
    print_figures(TITLE, repeat(measure, arguments.repeat), as_json=arguments.json)


def _measure_length(words: int) -> list[Figure]:
    drafted = [(each, _drafted(each)) for each in _new_articles(words)]
    checked = _median_time([partial(_check, example, items) for example, items in drafted])
    extracted = _median_time([partial(_extract, example) for example in _new_articles(words)])
    return [
        Figure(f"checks, {words:,} words", "ms", (checked,), _TARGETS[words]),
        Figure(f"extractive, {words:,} words", "ms", (extracted,)),
    ]


def _new_articles(words: int) -> list[Article]:
    """Articles that this process hasn't seen."""
    return [article(words, next(_NUMBERS)) for _ in range(_TIMES + 1)]


def _drafted(example: Article) -> list[DraftItem]:
    return _items(draft(numbered("A", example.text), example.facts, _LINES))


def _items(drafted: DraftBriefing) -> list[DraftItem]:
    return [
        DraftItem("headline", drafted.headline),
        *(DraftItem("bottom_line", line) for line in [drafted.bottom_line] if line),
        *(DraftItem("key_points", line) for line in drafted.key_points),
        *(DraftItem("quotes", quote) for quote in drafted.quotes),
    ]


def _check(example: Article, items: list[DraftItem]) -> None:
    composition = Composition(whole_excerpts((numbered("A", example.text),)), Wishes())
    for item in items:
        composition.add(item, composition.verdict(item))
    if composition.withheld:
        raise AssertionError("the draft was meant to be valid")


def _extract(example: Article) -> None:
    list(extract(whole_excerpts((numbered("A", example.text),)), Wishes()))


def _median_time(works: Sequence[Callable[[], object]]) -> float:
    """The median time of all ``works`` but the first, in milliseconds."""
    works[0]()
    times: list[float] = []
    for work in works[1:]:
        began = time.perf_counter()
        work()
        times.append((time.perf_counter() - began) * 1000)
    return median(times)


if __name__ == "__main__":
    main()
