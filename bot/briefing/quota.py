"""How much of a source may be shown in its own words?"""

from bot.briefing.passages import Excerpt

# Of a source of more than 400 words a quarter may be copied, of a shorter one a third, and of a
# notice of under 200 words a half: a bottom line and three lines take that much of it.
_SHORT, _NOTICE = 400, 200
_COPIED, _COPIED_OF_SHORT, _COPIED_OF_NOTICE = 1 / 4, 1 / 3, 1 / 2


def may_be_copied(excerpt: Excerpt) -> float:
    """How many words of a source may be shown as its own wording in one briefing."""
    return _share(excerpt.words) * excerpt.words


def _share(words: int) -> float:
    if words > _SHORT:
        return _COPIED
    return _COPIED_OF_SHORT if words >= _NOTICE else _COPIED_OF_NOTICE
