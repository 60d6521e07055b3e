"""Which times of day does a text name?"""

import re
from functools import lru_cache
from typing import NamedTuple

from bot.briefing.normalisation import in_ascii

_CLOCK = re.compile(
    r"(?<![\d.,:])(?P<hour>2[0-4]|[01]?\d)(?!\d)"
    r"(?:(?P<mark>[:.h]| ?h ?| ?[чг]\. ?)(?P<minute>[0-5]\d)(?!\d))?"
    r"(?P<half> ?(?:[ap]\.?m\b\.?|uhr\b|h\b|o'clock|heures?\b|horas\b|часо?в?\b|ч\."
    r"|godz|点|點|時|시))?",
    re.IGNORECASE,
)
# Behind an hour without minutes, what is no length of time.
_OF_DAY = re.compile(r"[ap]\.?m\.?|uhr|o'clock|時", re.IGNORECASE)


class Clock(NamedTuple):
    """A time of day and where it stands; ``hour`` is from 0 to 11, since "10.30" may be at night.
    ``is_certain`` where it can be nothing else ("10.30pm", "22:30")."""

    start: int
    end: int
    hour: int
    minute: int
    is_certain: bool


@lru_cache(maxsize=4096)
def clocks(text: str) -> tuple[Clock, ...]:
    """The times of day of ``text``, and what may be one ("10.30")."""
    plain = in_ascii(text)
    return tuple(
        Clock(
            *each.span(),
            int(each["hour"]) % 12,
            int(each["minute"] or 0),
            is_certain=_is_certain(each),
        )
        for each in _CLOCK.finditer(plain)
        if each["half"] or each["minute"]
    )


def _is_certain(match: re.Match[str]) -> bool:
    """Whether it is no number with a full stop in it, and no "17 hours"."""
    if match["minute"] and match["mark"] in (":", "h"):
        return True
    return _OF_DAY.fullmatch((match["half"] or "").strip()) is not None or bool(
        match["minute"] and match["half"]
    )
