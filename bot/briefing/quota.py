"""How much of a source may be shown in its own words?"""

from bot.briefing.passages import Excerpt

# Of a source of more than 400 words at most a quarter is copied, of a shorter one a third.
_SHORT_SOURCE = 400
_COPIED, _COPIED_OF_SHORT = 1 / 4, 1 / 3


def may_be_copied(excerpt: Excerpt) -> float:
    """How many words of a source may be shown as its own wording in one briefing."""
    share = _COPIED if excerpt.words > _SHORT_SOURCE else _COPIED_OF_SHORT
    return share * excerpt.words
