"""Lists of single words, as the checks of copied lines ask for them."""

import re
from functools import cache

from bot.briefing.lexicon import factored, lexicon


@cache
def listed(written: str) -> frozenset[str]:
    """The single words of a list with "·" between the entries, or of one with spaces."""
    entries = written.split("·") if "·" in written else written.split()
    words = (entry.strip() for entry in entries)
    return frozenset(word for word in words if word and word[0] != "!" and " " not in word)


@cache
def opposed(written: str) -> tuple[tuple[frozenset[str], frozenset[str]], ...]:
    """Pairs of words of which none may stand for the other, either way round."""
    found = [
        tuple(listed(side) for side in pair.split("|"))
        for pair in written.split(";")
        if pair.strip()
    ]
    return tuple((one, other) for pair in found for one, other in (pair, pair[::-1]))


@cache
def saying(language: str | None) -> re.Pattern[str]:
    """The words by which somebody speaks."""
    known = lexicon(language)
    verbs = (known.speech_verbs, known.weak_speech_verbs, known.according_to)
    return re.compile(factored(*verbs), re.IGNORECASE)


@cache
def merely_saying(language: str | None) -> re.Pattern[str]:
    """Those of them that have nobody else do or believe something, as "asked" has."""
    known = lexicon(language)
    return re.compile(
        rf"(?!(?:{known.addressing_verbs})$)(?:{saying(language).pattern})", re.IGNORECASE
    )


@cache
def denying(language: str | None) -> frozenset[str]:
    """What denies, by itself or by its meaning, but for what says more than that."""
    known = lexicon(language)
    return (listed(known.negations) | listed(known.negatives)) - listed(known.sweeping)
