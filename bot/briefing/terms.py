"""The content words of a text, as a ranking and a question see them."""

import re
from collections.abc import Sequence
from functools import lru_cache

from bot.briefing.documents import Passage
from bot.briefing.lexicon import function_words

_WORD = re.compile(r"[^\W_]+(?:[’'][^\W\d_]+)?")
# Written without spaces between words: pairs of characters stand for words.
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]{2,}")
_POSSESSIVE = re.compile(r"[’']s?$")


@lru_cache(maxsize=4096)
def terms(text: str, language: str | None = None) -> tuple[str, ...]:
    """The content words of ``text`` in order, casefolded, function words left out."""
    ignored = function_words(language)
    words = (
        (word if word.isalnum() else _POSSESSIVE.sub("", word)).casefold()
        for word in _WORD.findall(text)
    )
    found = [word for word in words if len(word) > 1 and word not in ignored]
    for run in () if text.isascii() else _UNSPACED.findall(text):
        found += [run[i : i + 2] for i in range(len(run) - 1)]
    return tuple(found)


def weightiest(passages: Sequence[Passage], text: str, most: int) -> tuple[Passage, ...]:
    """Those of ``passages`` that hold most of the content words of ``text`` between them, up to
    ``most`` and one of each sentence, in their order."""
    of_each = {passage.reference: passage for passage in reversed(passages)}
    in_order, own = tuple(reversed(of_each.values())), set(terms(text))
    chosen: list[Passage] = []
    while len(chosen) < min(most, len(in_order)):
        others = (passage for passage in in_order if passage not in chosen)
        best = max(others, key=lambda passage: len(own.intersection(terms(passage.text))))
        own -= set(terms(best.text))
        chosen.append(best)
    return tuple(passage for passage in in_order if passage in chosen)
