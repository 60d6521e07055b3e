"""Which words of a text may be names?

Latin, Cyrillic, Greek and Armenian write names with a capital; scripts without capitals have no
names here.
"""

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache

from bot.briefing.normalisation import normalised

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
# With a capital, or an acronym with full stops; "[^a-z]" passes other small letters, too.
# "Outre-Manche" and "pro-Kremlin" are words that a name is only a part of.
_NAME = re.compile(
    r"(?<!\w)(?<![^\W\d_A-Z]-)(?:(?:[^\W\d_]\.){2,}|[^\W\d_a-z][^\W_]*(?:'[^\W_]+)*)"
)
_OPENING = re.compile(r"(?:^|[.!?։:;]['\")\]]*\s|(?<!\w)['\"(\[]|\s-\s|[•*]\s)$")
_ELIDED = re.compile(r"^(?:[cdjlmnst]|qu)'(?=[^\W\d_])", re.IGNORECASE)
_ENDING = re.compile(r"'(?:[a-z]\w*|[^\W\d_])$")  # "Armenia's", "ARMENIA'S", "Ankara'da"
_CAPITALISED = r"[^\W\d_a-z]\w+"
_BEGINNING = 5
_IN_A_WORD = re.compile(r"[\w'’]")
_SPELLED_OUT = re.compile(
    rf"{_CAPITALISED}(?:(?: (?:of|the|and|for|de|du|la|et))*[ -]{_CAPITALISED})+"
)


@dataclass(frozen=True, slots=True)
class Word:
    """A word as written, without a possessive or an elided article; ``key`` is casefolded."""

    text: str
    key: str
    start: int
    end: int
    is_opening: bool
    """Whether it begins a sentence or a quotation, where any word has a capital."""

    @property
    def is_acronym(self) -> bool:
        """Whether it has capitals only."""
        return len(self.text) > 1 and self.text.isupper()


@dataclass(frozen=True)
class Capitals:
    """The words of a text that have a capital, looked for when they are asked for."""

    text: str

    @cached_property
    def runs(self) -> tuple[tuple[Word, ...], ...]:
        """Those words in rows ("Prime Minister Nikol Pashinyan")."""
        plain, runs = self.text, list[list[Word]]()
        for match in _NAME.finditer(plain):
            if not match[0][0].isupper():
                continue
            word = _word(plain, match)
            if runs and plain[runs[-1][-1].end : word.start] in (" ", "-"):
                runs[-1].append(word)
            else:
                runs.append([word])
        return tuple(map(tuple, runs))

    @cached_property
    def words(self) -> frozenset[str]:
        """Every word and part of a word, casefolded, with and without a capital."""
        whole = _WORD.findall(self.text.casefold())
        parts = (part for word in whole if "'" in word for part in word.split("'"))
        return self.names.union(whole, parts)

    @cached_property
    def names(self) -> frozenset[str]:
        """The words that are written with a capital, casefolded."""
        return frozenset(word.key for run in self.runs for word in run)

    @cached_property
    def initials(self) -> frozenset[str]:
        """The initials of every run of two words or more, "of" and the like left out."""
        spelled = (
            "".join(word[0] for word in re.split(r"[ -]", part) if word and word[0].isupper())
            for part in _SPELLED_OUT.findall(self.text)
        )
        return frozenset(initials.casefold() for initials in spelled)


@lru_cache(maxsize=512)
def capitals(text: str) -> Capitals:
    """The names of ``text``; places count in its normalised form."""
    return Capitals(normalised(text).text)


def has_small(text: str, key: str) -> bool:
    """Whether ``text`` has a word without a capital that begins like ``key``: with the same five
    letters, or all of them where it has fewer."""
    beginning = key[:_BEGINNING]
    place = text.find(beginning)
    while place >= 0:
        end = place + len(beginning)
        is_whole = len(key) >= _BEGINNING or not text[end : end + 1].isalnum()
        if is_whole and not _IN_A_WORD.match(text[place - 1 : place]):
            return True
        place = text.find(beginning, place + 1)
    return False


def _word(plain: str, match: re.Match[str]) -> Word:
    written, start = match[0], match.start()
    if "'" in written:
        written = _ENDING.sub("", _ELIDED.sub("", written))
    elif written.endswith("."):
        written = written.replace(".", "")
    opens = _OPENING.search(plain[max(0, start - 6) : start] if start else "")
    return Word(written, written.casefold(), start, match.end(), bool(opens))
