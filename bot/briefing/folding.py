"""Words without case and accents, as people type them in a search.

Folded before they are stored and before they are searched for, so that every database finds the
same: not every PostgreSQL has `unaccent`, and SQLite's own folding only knows Latin letters.
"""

import re
import unicodedata

# A longer one is no word, and more than an index takes.
_WORD = re.compile(r"[^\W_]{1,80}")


def folded(text: str) -> tuple[str, ...]:
    """The words of ``text`` without case and accents, in order."""
    bare = "".join(
        char for char in unicodedata.normalize("NFKD", text) if unicodedata.category(char) != "Mn"
    )
    return tuple(_WORD.findall(bare.casefold()))
