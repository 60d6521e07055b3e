"""Numbers written in words.

The words are those by which Unicode's rules (RBNF) spell numbers in some 80 languages, with the
genders, cases and ordinals that they know, and a few that they lack. A row of such words is a
number for certain where spelling its value gives the row back ("two hundred and five"). Where it
does not, as in a form that is declined otherwise, it may be any of the numbers that its words make.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from typing import NamedTuple

from unicode_rbnf import FormatPurpose, RbnfEngine
from unicode_rbnf.engine import NoRuleForNumberError

from bot.briefing.dates import DECLINING
from bot.briefing.lexicon import lexicon
from bot.briefing.text import LETTER

_SPELLED = (*range(100), *range(100, 1000, 100), 1000, 2000, 5000)
_POWERS = tuple(count * 10**power for power in (6, 9, 12) for count in (1, 2, 5))
_PURPOSES = (FormatPurpose.CARDINAL, FormatPurpose.ORDINAL)
_ENDING = re.compile("[aeiouyаеиоуыьяієїёեաիուըάαεηιοωό]{1,2}$")
# What Arabic writes onto a number.
_ARABIC_HEADS = frozenset("وبلفكأا")
_INDIAN = frozenset(("hi", "ne", "ta", "si"))
_SHORTEST_STEM = 3
_TOKEN = re.compile(rf"{LETTER}+(?:'{LETTER}+)?")


# How many words of a number beyond a hundred are put together at most.
_LONGEST_ROW = 9
_LONGEST_ENDING = 4
_DOZEN = 12

# The roots of Arabic numbers, by which their ordinals and fractions are known too.
_ARABIC_ROOTS = (
    (1, "[أا]حد|إحدى|واحد"), (2, "ثان[يى]|ثنائ|ضعف"), (3, "ثلا?ث"), (3, "ثالث"),
    (4, "[أا]?رب[عا]|رابع"), (5, "خا?م[اي]?س"), (6, "ست|ساد?س|سدس"), (7, "سا?ب[عا]"),
    (8, "ثا?م[اي]?ن"), (9, "تا?س[عا]"), (10, "عا?ش[رو]"),
)  # fmt: skip
_JOINING = frozenset((
    "and", "et", "und", "y", "e", "en", "og", "och", "i", "и", "і", "та", "ja", "és", "ve", "va",
    "ու", "և", "si", "și", "a", "&", "و",
))  # fmt: skip
_BETWEEN_NUMBER_WORDS = re.compile(r"\]?[ -]\[?| - ")


class SpelledNumber(NamedTuple):
    """A number in words, and where it stands. ``values`` are what it may be; ``is_certain``: it can
    be only one. ``is_rank``: it is an ordinal ("third")."""

    start: int
    end: int
    values: frozenset[int]
    is_certain: bool
    is_rank: bool


_Row = list[tuple[re.Match[str], frozenset[int], bool]]
"""Number words in a row: each with its place, its possible values, and whether it is spelled
exactly."""

# Signs that Arabic may leave out, and letters that are written in two ways.
_SIGNS = re.compile("[\u0610-\u061a\u0640\u064b-\u065f\u0670\u200c]")
_SAME = str.maketrans("أإآٱىةکی", "اااايهكي")


@lru_cache(maxsize=1024)
def spelled_numbers(text: str, language: str) -> tuple[SpelledNumber, ...]:
    """The numbers in words in ``text``, in order; empty if ``language`` is not known."""
    if not has_number_words(language):
        return ()
    rows: list[_Row] = []
    end = -1
    for token in _words_of(language).beginning.finditer(text):
        read = _read(_plain(token[0]), language)
        if read is None:
            continue
        values, is_exact = read
        between = text[end : token.start()] if rows else "."
        if _BETWEEN_NUMBER_WORDS.fullmatch(between) or between.strip(" -").lower() in _JOINING:
            rows[-1].append((token, values, is_exact))
        else:
            rows.append([(token, values, is_exact)])
        end = token.end()
    return tuple(_number(text, row, language) for row in rows)


def _number(text: str, row: _Row, language: str) -> SpelledNumber:
    """The number that words in a row make, or all that they may make."""
    start, end = row[0][0].start(), row[-1][0].end()
    is_rank = _plain(row[-1][0][0]) in _words_of(language).ordinals
    atoms = [min(values) for _, values, _ in row]
    is_exact = all(is_exact for _, _, is_exact in row)
    if len(atoms) == 2 and atoms[0] < atoms[1] == _DOZEN:
        return SpelledNumber(start, end, frozenset({atoms[0] * _DOZEN}), is_exact, is_rank=False)
    value = _composed(atoms)
    is_exact &= len(row) == 1 or _letters(_plain(text[start:end])) in _forms(value, language)
    if value and is_exact:
        return SpelledNumber(start, end, frozenset({value}), is_certain=True, is_rank=is_rank)
    ways = {value for _, values, _ in row for value in values}
    for first in range(len(atoms)):
        for last in range(first + 2, min(len(atoms), first + _LONGEST_ROW) + 1):
            ways |= {_composed(atoms[first:last]), sum(atoms[first:last])}
    return SpelledNumber(start, end, frozenset(ways), is_certain=False, is_rank=is_rank)


@lru_cache(maxsize=1024)
def _forms(value: int, language: str) -> frozenset[str]:
    return frozenset(map(_letters, _spellings(value, language)))


def _letters(words: str) -> str:
    """``words`` joined, without spaces, hyphens and "and"."""
    parts = re.split(r"[\s\[\]-]+", words)
    return "".join(part for part in parts if part not in _JOINING)


def _composed(atoms: Iterable[int]) -> int:
    """The number that numbers in a row make together: [2, 100, 5, 1000] is 205,000, and
    [2, 1000, 1000000] two thousand million."""
    total = current = 0
    for atom in atoms:
        if 0 < total < atom:
            total, current = (total + current) * atom, 0
        elif atom >= 1000:
            total, current = total + max(current, 1) * atom, 0
        elif (atom == 100 and 0 < current < 100) or (atom == 20 and current == 4):
            current *= atom  # "quatre-vingt"
        else:
            current += atom
    return total + current


@lru_cache(maxsize=1024)
def _read(word: str, language: str) -> tuple[frozenset[int], bool] | None:
    """The values of ``word``, and whether it is spelled exactly; None if it is no number."""
    words = _words_of(language)
    for table in (words.cardinals, words.ordinals):
        if word in table:
            return frozenset({table[word]}), True
    if value := _compound(word, language):
        return frozenset({value}), True
    if language == "ar":
        return _arabic(_SIGNS.sub("", word).translate(_SAME))
    if language not in DECLINING:
        return None
    for length in range(min(len(word), 12), _SHORTEST_STEM - 1, -1):
        if len(word) - length <= _LONGEST_ENDING and word[:length] in words.stems:
            return frozenset({words.stems[word[:length]]}), False
    return None


def _arabic(word: str) -> tuple[frozenset[int], bool] | None:
    bare = re.sub("^و?(?:[فبلك]?ال|[بلك])?", "", word)
    roots = {value for value, root in _ARABIC_ROOTS if re.match(root, bare)}
    tens = {10 * value for value in roots if bare.endswith(("ون", "ين"))}
    if bare.startswith("عشر") and tens:
        tens = {20}
    hundreds = {100 * value for value in roots if bare.endswith("مئة")}
    found = tens or hundreds or roots
    return (frozenset(found), False) if found else None


def _compound(word: str, language: str) -> int | None:
    """The value of a number written as one word ("fünfunddreißigtausend"); None if it isn't one."""
    if len(word) < 6:
        return None
    for atoms in _cuts(word, _words_of(language).cardinals, 0):
        value = _composed(atoms)
        if value and _letters(word) in _forms(value, language):
            return value
    return None


def _cuts(word: str, atoms: Mapping[str, int], depth: int) -> Iterator[list[int]]:
    if not word:
        yield []
    if depth > _LONGEST_ROW or not word:
        return
    for length in range(min(len(word), 16), 1, -1):
        if (value := atoms.get(word[:length])) is not None:
            for values in _cuts(word[length:], atoms, depth + 1):
                yield [value, *values]


class _Words(NamedTuple):
    cardinals: Mapping[str, int]
    ordinals: Mapping[str, int]
    stems: Mapping[str, int]
    beginning: re.Pattern[str]


def has_number_words(language: str | None) -> bool:
    """Whether numbers in words are known in ``language``."""
    return _engine(language or "en") is not None


@cache
def _engine(language: str) -> RbnfEngine | None:
    try:
        return RbnfEngine.for_language({"nb": "no", "tl": "fil"}.get(language, language))
    except ValueError:
        return None


def _spellings(
    value: int, language: str, purposes: tuple[FormatPurpose, ...] = _PURPOSES
) -> Iterator[str]:
    engine = _engine(language)
    for purpose in purposes:
        if engine is None:
            return
        try:
            found = engine.format_number(value, purpose=purpose).text_by_ruleset
        except (NoRuleForNumberError, ValueError):  # it has no ordinals, or none so high
            continue
        yield from (_plain(form) for form in found.values())


def _plain(words: str) -> str:
    """Small letters, one spelling of Indian nasals, and no hyphens that show only at line ends."""
    return words.lower().replace("\u00ad", "").replace("\u0902", "\u0928\u094d")


@cache
def _words_of(language: str) -> _Words:
    """The number words of ``language``, which must be known."""
    more = {w: value for value, words in lexicon(language).number_words.items() for w in words}
    cardinals = _spelled(language, FormatPurpose.CARDINAL) | more
    ordinals = _spelled(language, FormatPurpose.ORDINAL)
    letters = 1 if language in _INDIAN or language == "ar" else 2
    heads = {re.escape(word[:letters]) for word in (*cardinals, *ordinals)}
    if language == "ar":
        heads |= _ARABIC_HEADS
    first = "|".join(sorted(heads))
    beginning = re.compile(rf"(?<!{LETTER})(?:{first}){LETTER}*(?:'{LETTER}+)?", re.IGNORECASE)
    return _Words(cardinals, ordinals, _stems(cardinals, ordinals), beginning)


def _spelled(language: str, purpose: FormatPurpose) -> dict[str, int]:
    """The single words of its numbers, and the multipliers at the end of several ("two
    thousand"), with their values."""
    found: dict[str, int] = {}
    for value in (*_SPELLED, *_POWERS):
        for form in _spellings(value, language, (purpose,)):
            words = _TOKEN.findall(form)
            if len(words) == 1:
                found.setdefault(words[0], value)
            elif words and value >= 100:
                found.setdefault(words[-1], 10 ** (len(str(value)) - 1))
    return found


def _stems(*tables: Mapping[str, int]) -> dict[str, int]:
    """The stems of the words that belong to only one number, with its value."""
    found: defaultdict[str, set[int]] = defaultdict(set)
    for word, value in (entry for table in tables for entry in table.items()):
        found[word].add(value)
        found[word[:_SHORTEST_STEM] + _ENDING.sub("", word[_SHORTEST_STEM:])].add(value)
    return {stem: values.pop() for stem, values in found.items() if len(values) == 1}
