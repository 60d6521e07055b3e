"""Which words of a text may be names?

Latin, Cyrillic, Greek and Armenian write names with a capital; scripts without capitals have no
names here.
"""

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property, lru_cache

from bot.briefing.normalisation import normalised

_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+(?:'[^\W_]+)*")
_OPENING = re.compile(r"(?:^|[.!?։:;…]['\")\]]*\s|(?<!\w)['\"(\[]|\s-\s|[•*]\s)$")
_ELIDED = re.compile(r"(?:[cdjlmnst]|qu)'(?=[^\W\d_])", re.IGNORECASE)
_ENDING = re.compile(r"'(?:[a-z]\w*|[^\W\d_])$")  # "Armenia's", "ARMENIA'S", "Ankara'da"
_INITIALS_SKIP = frozenset({"of", "the", "and", "for", "de", "du", "des", "la", "et"})


@dataclass(frozen=True)
class Word:
    """A word as written, without a possessive or an elided article; ``key`` is casefolded."""

    text: str
    start: int
    end: int
    is_opening: bool
    """Whether it begins a sentence or a quotation, where any word has a capital."""

    @cached_property
    def key(self) -> str:
        return self.text.casefold()

    @property
    def is_capitalised(self) -> bool:
        return self.text[0].isupper()

    @property
    def is_acronym(self) -> bool:
        return len(self.text) > 1 and self.text.isupper()


@dataclass(frozen=True)
class Capitals:
    """The words of a text and the runs of capitalised ones ("Prime Minister Nikol Pashinyan")."""

    text: str
    words: tuple[Word, ...]
    runs: tuple[tuple[Word, ...], ...]

    @cached_property
    def keys(self) -> frozenset[str]:
        """Every word."""
        return frozenset(word.key for word in self.words)

    @cached_property
    def lower(self) -> frozenset[str]:
        """The words that are also written without a capital."""
        return frozenset(word.text for word in self.words if not word.is_capitalised)

    @cached_property
    def names(self) -> frozenset[str]:
        """The words that are written with a capital."""
        return frozenset(word.key for run in self.runs for word in run)

    @cached_property
    def abbreviations(self) -> frozenset[str]:
        """The short ones of them that a full stop follows ("Oct.", "Gen.")."""
        return frozenset(
            word.key
            for run in self.runs
            for word in run
            if 2 < len(word.text) < 6 and self.text[word.end : word.end + 1] == "."
        )

    @cached_property
    def initials(self) -> frozenset[str]:
        """The initials of every run of two words or more, "of" and the like left out."""
        parts = re.findall(
            r"(?:[^\W\d_a-z]\w+(?: (?:of|the|and|for|de|du|la|et))*[ -]?){2,}", self.text
        )
        spelled = (
            "".join(
                word[0] for word in re.split(r"[ -]", part) if word and word not in _INITIALS_SKIP
            )
            for part in parts
        )
        return frozenset(initials.casefold() for initials in spelled)

    @cached_property
    def fuller(self) -> dict[str, set[str]]:
        """For the last word of a run, what stands before it: "blinken" → "antony"."""
        before: defaultdict[str, set[str]] = defaultdict(set)
        for index, run in enumerate(self.runs):
            before[run[-1].key].update(word.key for word in run[:-1])
            title = self.runs[index - 1] if index else ()
            # "Secretary of State Antony Blinken": the title belongs to the name, too.
            if len(run) > 2 and title and self.text[title[-1].end : run[0].start] == " of ":
                before[run[-1].key].update(word.key for word in title)
        return dict(before)


@lru_cache(maxsize=512)
def capitals(text: str) -> Capitals:
    """The words and names of ``text``; places count in its normalised form."""
    plain = normalised(text).text
    words = tuple(_word(plain, match) for match in _WORD.finditer(plain))
    return Capitals(plain, words, tuple(_runs(plain, words)))


def _word(plain: str, match: re.Match[str]) -> Word:
    written = match[0]
    if "'" in written:
        written = _ENDING.sub("", _ELIDED.sub("", written, count=1))
    elif written.endswith("."):
        written = written.replace(".", "")
    opens = written[0].isupper() and _OPENING.search(
        plain, max(0, match.start() - 6), match.start()
    )
    return Word(written, match.start(), match.end(), bool(opens))


def _runs(plain: str, words: tuple[Word, ...]) -> list[tuple[Word, ...]]:
    runs: list[list[Word]] = []
    last: Word | None = None
    for word in words:
        if not word.is_capitalised:
            continue
        if last and plain[last.end : word.start] == " ":
            runs[-1].append(word)
        else:
            runs.append([word])
        last = word
    return [tuple(run) for run in runs]
