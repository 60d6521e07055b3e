"""Characters that a reader doesn't see but a program does."""

import re

# Zero-width spaces, the marks that turn the writing direction, and tag characters, in which
# whole sentences can be hidden. The two joiners stay where they belong to the spelling: after a
# letter of an Arabic or Indic script, and inside an emoji.
_INVISIBLE = re.compile(
    "[\u200b\u200e\u200f\u061c\u2060-\u2064\u202a-\u202e\u2066-\u2069\ufeff\U000e0000-\U000e007f]"
    "|(?<![\u0600-\u1aff\u2190-\U0001ffff])[\u200c\u200d]"
)


def without_invisible(text: str) -> str:
    """``text`` as a reader sees it."""
    return _INVISIBLE.sub("", text)
