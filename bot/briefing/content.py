"""Which words of a text say what it is about, and where in a document are they?"""

import re
from collections import Counter
from collections.abc import Collection, Mapping
from functools import cache, lru_cache

from bot.briefing.checks.wording import wording
from bot.briefing.documents import Document
from bot.briefing.lexicon import lexicon

_WORD = re.compile(r"\w+")
_BEGINNING = 5  # as in `wording`

Postings = Mapping[str, Counter[int]]
"""For a word's beginning, the numbers of the sentences that have it, and how often."""


@lru_cache(maxsize=4096)
def content(text: str, language: str | None) -> frozenset[str]:
    """The beginnings of the words of ``text`` that carry something; those by which somebody speaks
    do not, since another source lets him speak by another."""
    found, speaks = wording(text, language), _speaks(language)
    return frozenset(
        key
        for word, key in zip(found.words, found.keys, strict=True)
        if key and not speaks.fullmatch(word)
    )


def postings(document: Document, wanted: Collection[str]) -> Postings:
    """Where ``document`` has words that begin like ``wanted``, found in one pass."""
    found: dict[str, Counter[int]] = {word: Counter() for word in wanted}
    for match in _WORD.finditer(document.text):
        beginning = match[0].lower()[:_BEGINNING]
        if beginning in found:
            found[beginning][document.number_at(match.start())] += 1
    return found


@cache
def _speaks(language: str | None) -> re.Pattern[str]:
    known = lexicon(language)
    listed = (known.speech_verbs, known.weak_speech_verbs, "according")
    return re.compile("|".join(listed), re.IGNORECASE)
