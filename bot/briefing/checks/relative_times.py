"""Does "last week" stand in a passage of another language?

Only whether it lies ahead or behind is compared: which words of the two languages are one time is
more than lists can tell.
"""

import re

from bot.briefing.checks.statement import Statement
from bot.briefing.dates import Time

_BEHIND = re.compile(
    r"\b(?:last|past|previous|derni[eè]re?s?|passée?s?|letzt\w*|vorig\w*|vergangen\w*|pasad[oa]s?"
    r"|прошл\w+|минувш\w+|անցյալ|նախորդ|وال?ماضي\w*|الماضي\w*|الفائت\w*|المنصرم\w*)\b",
    re.IGNORECASE,
)
_AHEAD = re.compile(
    r"\b(?:next|coming|prochaine?s?|nächst\w*|kommend\w*|próxim[oa]s?|que viene|следующ\w+"
    r"|будущ\w+|հաջորդ|գալիք|ال?مقبل\w*|المقبل\w*|القادم\w*)\b",
    re.IGNORECASE,
)


def hangs_alike(time: Time, statement: Statement) -> bool:
    """Whether ``time`` of a translated line hangs on the day of writing, and its passages do not
    say that it lies on the other side of it."""
    if time.phrase is None or not statement.is_translation:
        return False
    passages = " ".join(passage.text for passage in statement.passages)
    for own, other in ((_BEHIND, _AHEAD), (_AHEAD, _BEHIND)):
        if own.search(time.phrase) and other.search(passages) and not own.search(passages):
            return False
    return True
