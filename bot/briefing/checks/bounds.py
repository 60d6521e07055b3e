"""What do the words around a number make of it: about, above, or below?"""

import re
from typing import Literal, cast

from bot.briefing.checks.measures import measure_behind
from bot.briefing.lexicon import factored

Bound = Literal["about", "above", "below"]

_ABOVE = (
    r"(?<!no )(?<!not )more than|no (?:less|fewer) than|over|above|at least"
    r"|(?:older|longer|higher|larger|bigger|heavier|taller|wider|deeper|faster|farther) than"
    r"|exceed(?:s|ed|ing)?|mehr als|über|plus de|más de|более|больше|свыше|ավելի քան"
    r"|ب?أكثر من|على الأقل|ما لا يقل عن"
)
_BELOW = (
    r"(?<!no )(?:less|fewer) than|not? more than|under|below|nearly|almost|up to|at most"
    r"|(?:younger|shorter|lower|smaller|lighter|cheaper|slower|closer|nearer) than"
    r"|weniger als|fast|moins de|presque|menos de|casi|менее|почти|գրեթե"
    r"|ب?أقل من|على الأكثر|ما لا يزيد عن"
)
_ABOUT = (
    r"about|around|some|roughly|approximately|an estimated"
    r"|rund|etwa|environ|unos|unas|около|примерно|մոտ|نحو|حوالي|قرابة|زهاء"
)
_BEFORE = re.compile(
    rf"(?<!\w)(?:(?P<above>{factored(_ABOVE)})|(?P<below>{factored(_BELOW)})"
    rf"|(?P<about>{factored(_ABOUT)}))(?: (?:an?|the))? $",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r",? (?:"
    r"(?P<above>or (?:more|over|longer|higher|older|farther|further)|at least"
    r"|oder mehr|ou plus|o más|или (?:более|больше)|կամ ավելի|على الأقل)"
    r"|(?P<below>or (?:less|fewer|under|younger|shorter)|at (?:the )?most"
    r"|oder weniger|ou moins|o menos|или (?:менее|меньше)|կամ պակաս|على الأكثر)"
    r")(?!\w)",
    re.IGNORECASE,
)
_REACH = 20


def bound_of(text: str, start: int, end: int) -> Bound | None:
    """The bound that is set to the number between ``start`` and ``end`` of ``text``, before it
    ("at least 12") or behind it and what it measures ("12 kilometres or more")."""
    found = _BEFORE.search(text[max(0, start - _REACH) : start]) or _AFTER.match(
        text, end + measure_behind(text, end)
    )
    return cast("Bound | None", found and found.lastgroup)
