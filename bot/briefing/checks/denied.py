"""What does a text deny, and how far does that reach?

A "not" is about one word. "None" and "nobody" deny what their whole clause says, "denied that …"
all that follows, and "unless" what it is the condition for.
"""

from functools import lru_cache

from bot.briefing.checks.phrases import phrases
from bot.briefing.checks.wording import Wording
from bot.briefing.lexicon import lexicon

_SENTENCE_ENDS = frozenset(".!?…։؟")

# How far a negative word reaches: to the left where a passage is read, and to the right ("found
# no evidence").
_REACH = 5
_REACH_BEHIND = 2
# How far before a word the condition may stand that it is a part of.
_REACH_OF_CONDITION = 10


@lru_cache(maxsize=4096)
def denied(text: Wording, language: str | None) -> frozenset[int]:
    """The words that a "not" is about."""
    found = phrases(lexicon(language).negations).within(text.words)
    places = map(text.about, found)
    return frozenset(place for place in places if place is not None)


@lru_cache(maxsize=4096)
def negative(text: Wording, language: str | None) -> frozenset[int]:
    """Where a word stands that denies, by itself or by its meaning."""
    known = lexicon(language)
    return places_of(text, known.negations) | places_of(text, known.negatives)


@lru_cache(maxsize=8192)
def places_of(text: Wording, listed: str) -> frozenset[int]:
    """Where the phrases of a list stand, every word of them."""
    found = phrases(listed).within(text.words)
    return frozenset(place for cue in found for place in range(*cue))


def is_denied(text: Wording, place: int, language: str | None, reach: int = _REACH) -> bool:
    """Whether a negative word within ``reach`` is about the word at ``place``."""
    if place in denied(text, language):
        return True
    if any(earlier in negative(text, language) for earlier in text.before(place, reach)):
        return True
    nots = phrases(lexicon(language).negations).within(text.words)
    return any(0 < cue.start - place <= _REACH_BEHIND for cue in nots)


def is_reached(text: Wording, place: int, cues: frozenset[int]) -> bool:
    """Whether one of ``cues`` stands before ``place`` in its sentence."""
    begins = (at for at in range(place, -1, -1) if text.words[at] in _SENTENCE_ENDS)
    start = next(begins, -1)
    return any(start < cue < place for cue in cues)


def is_of_a_condition(text: Wording, place: int, language: str | None) -> bool:
    """Whether the word at ``place`` belongs to a condition other than an exception ("if …")."""
    known = lexicon(language)
    cues = places_of(text, known.conditions) - places_of(text, known.exceptions)
    return not cues.isdisjoint(text.before(place, _REACH_OF_CONDITION))


def sets_a_denied_condition(text: Wording, language: str | None) -> bool:
    """Whether ``text`` has an "unless", or an "if" with a "not"."""
    if places_of(text, lexicon(language).exceptions):
        return True
    return any(is_of_a_condition(text, place, language) for place in denied(text, language))
