"""The words of a text that say what it is about."""

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from sys import intern

from bot.briefing.checks.tokens import tokens_of
from bot.briefing.documents import Passage
from bot.briefing.lexicon import function_words, lexicon
from bot.briefing.text import UNSPACED

_TERM = re.compile(r"[^\W_]+(?:[’'][^\W\d_]+)?")
# Written without spaces between words: pairs of characters stand for words.
_UNSPACED_RUN = re.compile(f"[{UNSPACED}]{{2,}}")
_POSSESSIVE = re.compile(r"[’']s?$")


@lru_cache(maxsize=1024)
def terms(text: str, language: str | None = None) -> tuple[str, ...]:
    """The content words of ``text`` in order, casefolded, without function words."""
    ignored = function_words(language)
    words = (
        (word if word.isalnum() else _POSSESSIVE.sub("", word)).casefold()
        for word in _TERM.findall(text)
    )
    found = [intern(word) for word in words if len(word) > 1 and word not in ignored]
    for run in () if text.isascii() else _UNSPACED_RUN.findall(text):
        found += [run[i : i + 2] for i in range(len(run) - 1)]
    return tuple(found)


def best_passages(passages: Sequence[Passage], text: str, most: int) -> tuple[Passage, ...]:
    """At most ``most`` of ``passages`` that together have most content words of ``text``, one of
    each sentence, in their order."""
    of_each = {passage.reference: passage for passage in reversed(passages)}
    in_order, own = tuple(reversed(of_each.values())), set(terms(text))
    chosen: list[Passage] = []
    while len(chosen) < min(most, len(in_order)):
        others = (passage for passage in in_order if passage not in chosen)
        best = max(others, key=lambda passage: len(own.intersection(terms(passage.text))))
        own -= set(terms(best.text))
        chosen.append(best)
    return tuple(passage for passage in in_order if passage in chosen)


@lru_cache(maxsize=1024)
def content_stems(text: str, language: str | None) -> frozenset[str]:
    """The stems of the content words of ``text``, without verbs of speech, which differ between
    sources."""
    tokens, speech_verbs = tokens_of(text, language), _speech_verbs(language)
    return frozenset(
        key
        for word, key in zip(tokens.words, tokens.keys, strict=True)
        if key and not speech_verbs.fullmatch(word)
    )


@cache
def _speech_verbs(language: str | None) -> re.Pattern[str]:
    known = lexicon(language)
    listed = (known.speech_verbs, known.weak_speech_verbs, "according")
    return re.compile("|".join(listed), re.IGNORECASE)
