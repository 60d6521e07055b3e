"""How many words does a text have, even in a script without spaces between them?"""

import re

LONGEST_QUOTATION = 35
"""In words; a longer one is clipped where a sentence of it ends."""

# Thai, Lao, Myanmar, Khmer; Kana and Han, with what is written in half width and beyond the BMP.
_WITHOUT_SPACES = re.compile(
    r"[\u0e01-\u0eff\u1000-\u109f\u1780-\u17ff\u19e0-\u19ff\ua9e0-\ua9ff\uaa60-\uaa7f"
    r"\u3005-\u3007\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff"
    r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U000323af]"
)


def count_words(text: str) -> int:
    """The words of ``text`` as split at white space; of scripts without spaces two characters are
    a word, and punctuation is none."""
    if text.isascii() or not _WITHOUT_SPACES.search(text):
        return len(text.split())
    packed = len(_WITHOUT_SPACES.findall(text))
    spaced = 0
    for run in text.split():
        others, found = _WITHOUT_SPACES.subn(" ", run)
        spaced += len(re.findall(r"\w+", others)) if found else 1
    return spaced + (packed + 1) // 2


def packed(text: str) -> frozenset[str]:
    """Every two characters that stand side by side in ``text`` where no spaces part words."""
    runs = re.findall(rf"{_WITHOUT_SPACES.pattern}+", text)
    return frozenset(run[at : at + 2] for run in runs for at in range(len(run) - 1))
