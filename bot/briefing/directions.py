"""How does a line read correctly if some of its words run left to right and others right to left?

The order in which a program shows mixed words depends on the direction it assumes for the line. So
a right-to-left line declares its direction, and words that run the other way are isolated in it.
Unicode Standard Annex 9: https://unicode.org/reports/tr9/#Explicit_Directional_Isolates
"""

import re
import unicodedata

_LEFT, _RIGHT = "\u200e", "\u200f"
_FROM_THE_RIGHT, _EITHER, _END = "\u2067", "\u2068", "\u2069"

_R = r"\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff"
_L = (
    r"A-Za-z\u00aa\u00b5\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u0556\u0561-\u0587\u10a0-\u1fff"
    r"\u3040-\u9fff"
)
_RUN_FROM_THE_RIGHT = re.compile(rf"[{_R}](?:[^{_L}\u2066-\u2069]*[{_R}])?")
_RUN_FROM_THE_LEFT = re.compile(rf"[{_L}](?:[^{_R}\u2066-\u2069]*[{_L}\d])?")


def is_from_the_right(text: str) -> bool:
    """Whether the first letter of ``text`` is of a script that runs from right to left."""
    kinds = (unicodedata.bidirectional(char) for char in text)
    return next((kind != "L" for kind in kinds if kind in ("L", "R", "AL")), False)


def isolated(text: str, *, from_the_right: bool) -> str:
    """``text`` for a line of that direction, with every run that goes against it isolated."""
    runs = _RUN_FROM_THE_LEFT if from_the_right else _RUN_FROM_THE_RIGHT
    return runs.sub(rf"{_EITHER}\g<0>{_END}", text)


def frame(line: str, *, from_the_right: bool) -> tuple[str, str]:
    """What stands before and behind ``line`` so that it is shown in its direction, whatever the
    program takes it for; mostly nothing."""
    if from_the_right:
        return _RIGHT + _FROM_THE_RIGHT, _END
    return (_LEFT if is_from_the_right(line) else ""), ""


def space(*, from_the_right: bool) -> str:
    """A space that keeps references in the order of their line."""
    return f"{_RIGHT} " if from_the_right else " "
