"""How much of a source may be shown in its own words?"""

from bot.briefing.passages import Excerpt

# Below how many words which share of a source may be copied. The shorter it is, the more of it a
# bottom line and three lines take.
_SHARES = ((150, 3 / 5), (200, 1 / 2), (400, 1 / 3))
_SHARE = 1 / 4


LONGEST_QUOTATION = 35
"""In words; a longer one is clipped where a sentence of it ends."""


def may_be_copied(excerpt: Excerpt) -> float:
    """How many words of a source may be shown as its own wording in one briefing."""
    return _share(excerpt.words) * excerpt.words


def _share(words: int) -> float:
    return next((share for most, share in _SHARES if words < most), _SHARE)
