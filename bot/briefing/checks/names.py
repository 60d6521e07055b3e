"""The check that every name of a line is in its document."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from sys import intern

from bot.briefing.checks.statement import Statement, references_text
from bot.briefing.dates import DECLINING, times
from bot.briefing.documents import Document
from bot.briefing.lexicon import function_words, is_honorific, lexicon
from bot.briefing.lines import Grade, Reason
from bot.briefing.normalisation import normalised
from bot.briefing.text import folded_words

# The words of a text that may be names.
#
# Latin, Cyrillic, Greek and Armenian write names with a capital; scripts without capitals have no
# names here.

_CAPITAL_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
# With a capital, or an acronym with full stops; "[^a-z]" passes other small letters, too.
# "Outre-Manche" and "pro-Kremlin" are words that a name is only a part of.
_NAME = re.compile(
    r"(?<!\w)(?<![^\W\d_A-Z]-)(?:(?:[^\W\d_]\.){2,}|[^\W\d_a-z][^\W_]*(?:'[^\W_]+)*)"
)
_OPENING = re.compile(r"(?:^|[.!?։:;]['\")\]]*\s|(?<!\w)['\"(\[]|\s-\s|[•*]\s)$")
_ELIDED = re.compile(r"^(?:[cdjlmnst]|qu)'(?=[^\W\d_])", re.IGNORECASE)
_ENDING = re.compile(r"'(?:[a-z]\w*|[^\W\d_])$")  # "Armenia's", "ARMENIA'S", "Ankara'da"
_BEGINNING = 5
_IN_A_WORD = re.compile(r"[\w'’]")


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
class CapitalisedWords:
    """The words of a text that have a capital, found when needed."""

    text: str

    @cached_property
    def runs(self) -> tuple[tuple[Word, ...], ...]:
        """The words with a capital, in rows ("Prime Minister Nikol Pashinyan")."""
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
        whole = [*map(intern, _CAPITAL_WORD.findall(self.text.casefold()))]
        parts = (part for word in whole if "'" in word for part in word.split("'"))
        return self.names.union(whole, parts)

    @cached_property
    def names(self) -> frozenset[str]:
        """The words that are written with a capital, casefolded."""
        return frozenset(word.key for run in self.runs for word in run)

    @cached_property
    def _folded(self) -> frozenset[str]:
        return frozenset(folded_words(self.text))

    def has(self, word: Word, language: str | None) -> bool:
        """Whether the text has ``word`` in any form that ``language`` may give it."""
        key = word.key
        if key in self.words or not self.names.isdisjoint(_same_names(language).get(key, ())):
            return True
        if word.is_acronym:
            return len(key) > 2 and any(key in each for each in _initials(self.text, language))
        return (
            has_lower_case(self.text, key)
            or any(are_one_name(key, name) for name in self.names)
            or (language in DECLINING and self._has_declined(key))
        )

    def _has_declined(self, key: str) -> bool:
        """Whether a word in Latin letters begins like ``key`` and has another ending; those of
        other scripts are listed below."""
        bare = "".join(folded_words(key))
        beginning = bare[: max(_SHARED, len(bare) - _LONGEST_ENDING)]
        return bare.isascii() and any(
            word.startswith(beginning) and len(word) - len(beginning) <= 2 * _LONGEST_ENDING
            for word in self._folded
        )


@lru_cache(maxsize=512)
def capitalised_words(text: str) -> CapitalisedWords:
    """The words of ``text`` with a capital; places count in its normalised form."""
    return CapitalisedWords(normalised(text).text)


def has_lower_case(text: str, key: str) -> bool:
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
    key = written.casefold()
    return Word(intern(written), intern(key), start, match.end(), bool(opens))


# Letter for letter or in another form: inflected, as an inhabitant, as an abbreviation. A passage
# says "he" if its document has named him before, so the whole document counts, and a name is
# missing only if it is nowhere, or if it has taken another's place. What may be an ordinary word
# isn't a name: the first word of a sentence, headlines in capitals, German nouns, scripts without
# capitals. In a translation, only names left as they are are looked for. Months and days of the
# week are left to the check of dates.

NOUNS_WITH_CAPITALS = frozenset({"de", "lb"})
# In a line with more capitals than that share of its longer words, each may be a headline's.
_HEADLINE, _FEWEST = 0.6, 6
_LONG = 4
_LONGEST_ENDING = 3
_SHARED = 4  # letters with which two forms of one name begin
_REACH = 30  # characters, in which the word before a name is looked for
_WORD = re.compile(r"[^\W\d_]+")

# Nothing is left of shorter stems that could still be told apart. Names that are declined are
# often short ("Анна", "Анны").
_SHORTEST_STEM = 4
_SHORTEST_DECLINED = 3

# "Armenia" and "Armenian", "Iran" and "Iranian", "China" and "Chinese", each perhaps in the plural.
# What changes inside ("France", "French") is a different word, and must be in the passage.
_PLACE = re.compile(r"(?:|a|e|y|o)$")
_OF_THE_PLACE = re.compile(r"(?:i?ans?|eans?|is?|ese|ish)$")

# The cases of Russian and Armenian nouns. Endings that make another name ("-ов") are none.
_CYRILLIC_CASE = re.compile(
    r"(?:|[аяуюеиыоёйьъ]|о[ймю]|е[ймю]|[ёи]м|ью|ам|ям|ами|ями|а[хм]|ях|[оеё]го|[ое]му|ы[мйех]|и[йех]|ими|ыми"
    r"|ая|яя|ую|юю|ое|ее)$"
)
_ARMENIAN_CASE = re.compile(
    r"(?:|ը|ն|ի|ին|ից|ով|ում|ու|ուն|ուց|յի|յին|յից|յով|յում|այի|ներ|եր|(?:ներ|եր)(?:ը|ն|ի|ին|ից|ով|ում))$"
)
# Greek names in -ος, -ης, -ας, -α and -η.
_GREEK_CASE = re.compile(r"(?:|[σηαεουωόάή]|ο[συι]|ό[συ]|ησ|ήσ|ασ|άσ|εσ|έσ|ων|ών|ουσ|ούσ|ού)$")

_DECLINED = (
    ("\u0370", "\u03ff", _GREEK_CASE),
    ("\u0400", "\u052f", _CYRILLIC_CASE),
    ("\u0531", "\u0587", _ARMENIAN_CASE),
)


def names(statement: Statement) -> list[Reason]:
    """One reason for every name, of one word or several in a row, that its document lacks."""
    where = references_text(statement)
    line, sources = capitalised_words(statement.text), _Sources(statement)
    if _is_headline(line):
        return []
    if statement.is_translation:
        return [_elsewhere(run, where) for run in line.runs if sources.have_only_elsewhere(run)]
    if statement.language in NOUNS_WITH_CAPITALS:
        return []
    missing = {run: sources.lacking(run, line) for run in line.runs}
    elsewhere = [run for run in line.runs if not missing[run] and sources.have_elsewhere(run)]
    # Capitals may be short for words that are there.
    graded: dict[str, Grade] = {
        name: "doubt" if name.isupper() else "proof" for name in missing.values() if name
    }
    return [
        *(Reason("names", f"“{name}” is not in {where}.", grade) for name, grade in graded.items()),
        *(_elsewhere(run, where) for run in elsewhere),
    ]


def _elsewhere(run: tuple[Word, ...], where: str) -> Reason:
    name = " ".join(word.text for word in run)
    return Reason("names", f"“{name}” is in its source and not in {where}.", "doubt")


class _Sources:
    """The passages of a statement and the documents they are cut from."""

    def __init__(self, statement: Statement) -> None:
        self._language = statement.language
        self._is_detail = statement.is_detail
        self._times = times(statement.text, statement.language)
        labels = dict.fromkeys(passage.document for passage in statement.passages)
        self._documents = [_known(statement.library[label]) for label in labels]
        self._passages = [capitalised_words(passage.text) for passage in statement.passages]
        self._cited = capitalised_words(" ".join(passage.text for passage in statement.passages))

    def lacking(self, run: tuple[Word, ...], line: CapitalisedWords) -> str:
        """The words of ``run`` that are names and missing, or of somebody else; "" for none."""
        words = tuple(word for word in run if not self._is_time(word))
        lost = tuple(
            word
            for word in words
            if self._is_name(word)
            and not any(document.has(word, self._language) for document in self._documents)
        )
        if not lost and self._stands_for_another(words, line):
            lost = words
        return " ".join(word.text for word in lost)

    def have_elsewhere(self, run: tuple[Word, ...]) -> bool:
        """Whether ``run`` is a name of which no passage has a word, but perhaps "he"."""
        words = [word for word in run if not self._is_time(word) and self._is_name(word)]
        return bool(words) and not any(self._cited.has(word, self._language) for word in run)

    def have_only_elsewhere(self, run: tuple[Word, ...]) -> bool:
        """Whether the documents have ``run`` letter for letter, as a translation leaves a name, and
        the passages have no word of it."""
        words = [word for word in run if not self._is_time(word)]
        return (
            bool(words)
            and all(any(word.key in each.names for each in self._documents) for word in words)
            and not any(word.key in self._cited.names for word in words)
        )

    def _stands_for_another(self, run: tuple[Word, ...], line: CapitalisedWords) -> bool:
        """Whether a passage has another name between the same words ("title Destiny 2")."""
        if not any(map(self._is_name, run)):
            return False
        if any(word.key in passage.words for passage in self._passages for word in run):
            return False
        ours, own = _around(line, run), {word.key for each in line.runs for word in each}
        small = function_words(self._language)
        for passage in self._passages:
            for other in passage.runs:
                if own & {word.key for word in other} or self._are_one(run, other):
                    continue
                theirs = _around(passage, other)
                same = [word for word, their in zip(ours, theirs, strict=True) if word == their]
                are_full = all(map(self._is_full_name, (run, other)))
                if not small.issuperset(same) and (len(same) == len(ours) or are_full):
                    return True
        return False

    def _is_full_name(self, run: tuple[Word, ...]) -> bool:
        return len(run) > 1 and not any(word.key in lexicon(self._language).offices for word in run)

    def _are_one(self, run: tuple[Word, ...], other: tuple[Word, ...]) -> bool:
        """Whether two names may be forms of one."""
        keys, theirs = {word.key for word in run}, {word.key for word in other}
        return any(
            one[:_SHARED] == two[:_SHARED]
            or are_one_name(one, two)
            or two in _same_names(self._language).get(one, ())
            for one in keys
            for two in theirs
        )

    def _is_time(self, word: Word) -> bool:
        return any(time.start <= word.start < time.end for time in self._times)

    def _is_name(self, word: Word) -> bool:
        if len(word.text) < 2 or is_honorific(word.text):
            return False
        if word.is_acronym:
            return len(word.text) > 2
        known = function_words(self._language) | lexicon(self._language).offices
        merely_opens = word.is_opening and not self._is_detail
        return not merely_opens and len(word.text) > 2 and word.key not in known


@cache
def _same_names(language: str | None) -> Mapping[str, frozenset[str]]:
    """The other forms of each name listed in ``language``."""
    return {name: group for group in lexicon(language).same_names for name in group}


@lru_cache(maxsize=32)
def _initials(text: str, language: str | None) -> tuple[str, str]:
    """The initials of all words of ``text``, and of its content words."""
    words = _WORD.findall(text.casefold())
    small = function_words(language)
    heavy = (word[0] for word in words if word not in small)
    return "".join(word[0] for word in words), "".join(heavy)


@lru_cache(maxsize=32)
def _known(document: Document) -> CapitalisedWords:
    """The words with a capital in a document and its metadata."""
    about = (document.title, document.outlet, document.author, document.url)
    return capitalised_words(" ".join(filter(None, (document.text, *about))))


def _is_headline(line: CapitalisedWords) -> bool:
    """Whether most of its longer words have a capital."""
    longer = [word for word in _WORD.findall(line.text) if len(word) >= _LONG]
    capitalised = sum(word[0].isupper() for word in longer)
    return len(longer) >= _FEWEST and capitalised > _HEADLINE * len(longer)


def _around(text: CapitalisedWords, run: tuple[Word, ...]) -> tuple[str, str]:
    """The words before and behind ``run``; "" at an end of the text."""
    before = _WORD.findall(text.text[max(0, run[0].start - _REACH) : run[0].start])
    behind = _WORD.search(text.text, run[-1].end)
    return before[-1].casefold() if before else "", behind[0].casefold() if behind else ""


def are_one_name(one: str, other: str) -> bool:
    """Whether ``one`` and ``other``, casefolded, differ by an ending of a closed list at most: a
    misspelt name is another name."""
    if one[:_SHORTEST_DECLINED] != other[:_SHORTEST_DECLINED]:
        return one == other
    if cases := next((cases for a, z, cases in _DECLINED if a <= one[0] <= z), None):
        shared = _stems(one, cases, _SHORTEST_DECLINED) & _stems(other, cases, _SHORTEST_DECLINED)
        return bool(shared)
    return bool(
        _stems(one, _PLACE) & _stems(other, _OF_THE_PLACE)
        or _stems(other, _PLACE) & _stems(one, _OF_THE_PLACE)
    )


@lru_cache(maxsize=1024)
def _stems(word: str, ending: re.Pattern[str], shortest: int = _SHORTEST_STEM) -> frozenset[str]:
    lengths = range(shortest, len(word) + 1)
    return frozenset(word[:length] for length in lengths if ending.fullmatch(word, length))
