"""Is this a list of articles, or a page that is still being written?"""

import re

from bot.briefing.words import count_words
from bot.sources.signs import Signs

_SECTION = re.compile(
    r"/(?:category|categories|tags?|topics?|sections?|archives?|authors?|search|rubrik|thema"
    r"|rubrique|seccion|kategorie|latest|page/\d+)(?:/|$)|^/(?:[\w-]{2,20}/?)?$",
    re.IGNORECASE,
)
_LISTS = frozenset({"CollectionPage", "ItemList", "SearchResultsPage", "Blog", "ProfilePage"})
_LIVE = re.compile(
    r"\blive\b|\bliveblog\b|\bliveticker\b|\ben direct\b|\ben vivo\b|\ben directo\b|\bонлайн\b"
    r"|\bin diretta\b|\bao vivo\b|\bcanlı\b",
    re.IGNORECASE,
)
_ENTRY = re.compile(
    r"^\W{0,3}(?:\d{1,2}[:.h]\d{2}(?![\d%])|\d{1,2} ?[ap]\.?m\b)|^\d+ (?:min|minutes?|hours?) ago",
    re.IGNORECASE | re.MULTILINE,
)
_CERTAIN = 5
_WORDS_A_CARD = 45  # a list has a sentence or two under a heading, a round-up has paragraphs


def is_listing(signs: Signs) -> bool:
    """Whether the page leads to articles and is none."""
    return _points(signs) >= _CERTAIN


def is_live(signs: Signs) -> bool:
    """Whether the page is a live blog: it says so, or is full of entries with their times."""
    if "LiveBlogPosting" in signs.told.kinds:
        return True
    is_called_live = _LIVE.search(signs.heading) or _LIVE.search(signs.path.replace("-", " "))
    return bool(is_called_live) and len(_ENTRY.findall(signs.text)) >= 5


def _points(signs: Signs) -> int:
    lines = signs.text.splitlines()
    paragraphs = sum(count_words(line) >= 25 for line in lines)
    points = 5 if signs.link_share >= 0.5 else 3 if signs.link_share >= 0.3 else 0
    points += 7 if signs.cards >= 4 and signs.words < _WORDS_A_CARD * signs.cards else 0
    points += 1 if _SECTION.search(signs.path) else 0
    points += 2 if not signs.declared and _LISTS & signs.told.kinds else 0
    points += 1 if paragraphs < 3 else 0
    points += 2 if signs.sentence_ends * 50 < signs.words and len(lines) >= 8 else 0
    points -= 2 if paragraphs >= 5 and signs.sentence_ends >= 10 else 0
    return points - (3 if signs.declared else 0)
