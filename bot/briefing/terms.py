"""The content words of a text, as a ranking and a question see them."""

import re
from functools import lru_cache

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
