"""Which numbers does a text state, of which kind, and how exactly?"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache, lru_cache
from itertools import pairwise
from typing import NamedTuple

from bot.briefing.checks import number_words
from bot.briefing.checks.bounds import Bound, bound_of
from bot.briefing.checks.magnitudes import MAGNITUDE, UNIT, kind_of, scale_of
from bot.briefing.checks.measures import measure
from bot.briefing.lexicon import factored
from bot.briefing.normalisation import normalised

# Which dollars ("Australian") is a matter of names.
_WHOSE = r"(?: (?:u\.?s\.?|american|australian|canadian|hong kong|de|d'|of))?"

_BEFORE = re.compile(
    r"(?:(?:us|au?|ca?|hk|nz)?\$|[€£₽֏₼₺¥₹₴]|\b(?:usd|eur|gbp|chf|rub|amd))\ ?$", re.IGNORECASE
)
# In threes, as a decimal, or plain; of a date or a version ("1.5.2024") every part by itself.
_DIGITS = (
    r"[1-9]\d{0,2}(?:(?:[ ,]\d{3})++(?:\.\d++)?|(?:[ .]\d{3})++(?:,\d++)?|(?:'\d{3})++)(?![.,]?\d)"
    r"|(?<!\d[.,])\d++(?:[.,]\d++)?(?![.,]\d)|\d++"
)
_GROUPED = re.compile(r"([1-9]\d{0,2}([.,' ])\d{3}(?:\2\d{3})*)(?:([.,])(\d+))?")
_PLAIN = re.compile(r"\d+(?:[.,]\d+)?")
# They tell how many there are without saying a number.
_COUNTED = ("both", "pair", "couple", "twice", "twin", "twins")
_MANY = ("tens", "dozens", "scores", "hundreds", "thousands", "millions", "billions")

_AFTER = re.compile(
    rf"(?P<magnitudes>(?:[ -]?(?:{MAGNITUDE})(?!\w))*)"
    rf"(?:{_WHOSE}[ -]?(?P<unit>{UNIT})(?!\w)|(?P<decade>s\b))?",
    re.IGNORECASE,
)
_NUMERAL = re.compile(rf"(?<!\w)(?P<sign>(?<![^\s(])-)?(?P<digits>{_DIGITS})")
_BETWEEN = re.compile(r"-| - | (?:to|and|or|bis|und|à|et|a|y|до|и|և) ")
# Of those, what spans a range, unless something moves "from 3 to 5".
_RANGE = re.compile(r"-| - | (?:to|bis|à|до) ")
_RANK_ENDING = re.compile(r"(?:st|nd|rd|th|er|re|e)\b", re.IGNORECASE)
_HUNDREDTHS = {"fourth": Decimal(25), "fifth": Decimal(20), "tenth": Decimal(10)}
_SHARE = re.compile(rf"a ({'|'.join(_HUNDREDTHS)})", re.IGNORECASE)
_ENDS_SHARE = re.compile(
    r"$|[.,;:)]| (?:of|in|from|this|last|since|unless|if|and|on|to|by|less|more)\b"
)
_LONGEST_MEASURE = 16
# With the word before a comma, to tell "A, B and C" from "On Monday, A and B".
_AND = (" and ", " et ", " und ", " y ", " и ", " և ")
_TWO_NAMED = re.compile(
    r"(?:\b(?P<listed>\w)\w*, )?\b(?P<one>[^\W\d_a-z])\w+ (?:and|et|und|y|и|և) "
    r"(?P<two>[^\W\d_a-z])\w+"
)


class Reading(NamedTuple):
    """What a number may mean: "1.234" is one thing in English and another in German."""

    value: Decimal
    kind: str
    """`%`, `points`, a currency's sign, `many` ("thousands of"), `rank` ("third"), or nothing."""


@dataclass(frozen=True)
class Quantity:
    """A number as written in a text, and where. ``bound`` is what the words before make of it."""

    words: str
    start: int
    end: int
    readings: frozenset[Reading]
    bound: Bound | None
    scale: Decimal
    in_words: bool = False
    is_counted: bool = False
    """Whether it only tells how many there are without saying a number ("both")."""
    kind: str = ""
    measure: str | None = None
    """What it measures, `year` or `mile`, where it is a measure."""
    is_end: bool = False
    """Whether it is an end of a range ("3 to 5")."""


@lru_cache(maxsize=4096)
def quantities(text: str, language: str | None) -> tuple[Quantity, ...]:
    """The numbers of ``text`` in order; ``start`` and ``end`` count in its normalised form.

    A digit that belongs to a name ("G7", "A320") is part of the name.
    """
    plain = normalised(text).text
    found: list[Quantity] = []
    place = 0
    for match in _matches(plain, language or "en"):
        quantity = _quantity(plain, match, language or "en") if match.start() >= place else None
        if quantity:
            place = quantity.end
            found.append(quantity)
    return (*_with_neighbours(plain, found), *_pair(plain, found))


def _matches(plain: str, language: str) -> Iterator[re.Match[str]]:
    """What the pattern matches, tried only where a number can begin, which takes less long."""
    heads, known, end = _heads(language), _vocabulary(language), 0
    for word in _beginning(language).finditer(plain):
        if word.start() < end or not (word["digit"] or word[0].lower() in known):
            continue
        # The "-" of "3-5" is no sign.
        if match := heads.match(plain, word.start()) or heads.match(plain, word.start() + 1):
            end = match.end()
            yield match


@cache
def _vocabulary(language: str) -> frozenset[str]:
    return number_words.vocabulary(language).union(("a", "half"), _MANY, _COUNTED)


@cache
def _beginning(language: str) -> re.Pattern[str]:
    """A digit, or a word that begins as a number does."""
    letters = factored(*sorted({re.escape(word[:2]) for word in _vocabulary(language)}))
    return re.compile(rf"(?P<digit>-?\d)|(?<![^\W\d_])(?:{letters})[^\W\d_]*", re.IGNORECASE)


@cache
def _heads(language: str) -> re.Pattern[str]:
    words = number_words.pattern(language).pattern
    return re.compile(
        rf"{_NUMERAL.pattern}|\b(?P<half>half[ -](?:an?[ -])?(?=million|billion|trillion))"
        rf"|\b(?P<many>{'|'.join(_MANY)})\b|\b(?P<counted>{'|'.join(_COUNTED)})\b"
        rf"|(?P<words>{words})",
        re.IGNORECASE,
    )


def _quantity(text: str, match: re.Match[str], language: str) -> Quantity | None:
    parts = match.groupdict()
    values = _values(parts, language)
    if not values:
        return None
    # Every part of it may be missing, so that it always matches.
    after = next(_AFTER.finditer(text, match.end()))
    before = _BEFORE.search(text[max(0, match.start() - 5) : match.start()])
    start = match.start() - len(before[0] if before else "")
    kind = kind_of(before[0] if before else after["unit"])
    if parts.get("many") or after["decade"]:
        kind = "many" if parts.get("many") else "decade"
    if language == "en" and (parts.get("words") or "").lower() in number_words.RANKS:
        kind = "rank"
    scales = _scales(after["magnitudes"])
    return Quantity(
        text[start : after.end()].strip(),
        start,
        after.end(),
        frozenset(
            Reading(value * scale, each)
            for value in values
            for scale in scales
            for each in (kind, *_ranks(text, match))
        )
        | _shares(text, start, after.end()),
        bound_of(text, start, after.end()),
        max(scales),
        in_words=parts["digits"] is None,
        is_counted=parts.get("counted") is not None,
        kind=kind,
        measure=measure(text[after.end() : after.end() + _LONGEST_MEASURE]),
    )


def _shares(text: str, start: int, end: int) -> frozenset[Reading]:
    """How many hundredths "a fifth" is; none where it is no share ("a fifth defendant")."""
    share = _SHARE.fullmatch(text, max(0, start - 2), end)
    is_whole = share and _ENDS_SHARE.match(text, end)
    return (
        frozenset({Reading(_HUNDREDTHS[share[1].lower()], "%")})
        if share and is_whole
        else frozenset()
    )


def _ranks(text: str, match: re.Match[str]) -> tuple[str, ...]:
    """The kind that "3rd" has besides, which may also be a day of a month."""
    return ("rank",) if _RANK_ENDING.match(text, match.end()) else ()


def _values(parts: dict[str, str | None], language: str) -> list[Decimal]:
    match parts:
        case {"digits": str(digits)}:
            return [-value if parts["sign"] else value for value in _digits(digits)]
        case {"half": str()}:
            return [Decimal("0.5")]
        case {"counted": str()}:
            return [Decimal(2)]
        case {"many": str(many)}:
            return [Decimal(_MANY.index(many.lower()))]
        case {"words": str(words)}:
            value = number_words.value(words, language)
            return [] if value is None else [Decimal(value)]
    return []


def _digits(written: str) -> list[Decimal]:
    """What digits may stand for: "1.234,5" is one number, "1.234" one of two, "1.2.34" three."""
    grouped = _GROUPED.fullmatch(written)
    found = []
    if grouped:
        whole = re.sub(r"\D", "", grouped[1])
        found.append(Decimal(f"{whole}.{grouped[4] or 0}"))
    if _PLAIN.fullmatch(written):
        found.append(Decimal(written.replace(",", ".")))
    return found


def _scales(magnitudes: str) -> list[Decimal]:
    """By what a number is multiplied; "5m" may be metres, so that it may also be nothing."""
    scale = Decimal(1)
    written = [word.lower() for word in re.split(r"[ -]", magnitudes) if word]
    for word in written:
        scale *= scale_of(word)
    return [Decimal(1), scale] if written == ["m"] else [scale]


def _with_neighbours(text: str, found: list[Quantity]) -> list[Quantity]:
    """The same, where "3" of "3-5 million" or of "3 to 5%" may be 3 million or 3% too."""
    known = list(found)
    for index, (first, second) in enumerate(pairwise(found)):
        between = text[first.end : second.start]
        is_measured = second.kind or second.measure or between.strip() != "-"
        if is_measured and _RANGE.fullmatch(between) and not _is_change(text, first):
            known[index : index + 2] = (replace(each, is_end=True) for each in (first, second))
        if _BETWEEN.fullmatch(between):
            kinds = {reading.kind for reading in first.readings | second.readings}
            scales = {Decimal(1), second.scale} if first.scale == 1 else {Decimal(1)}
            if not first.kind:
                known[index] = _widened(known[index], kinds, scales)
            if not second.kind:
                known[index + 1] = _widened(known[index + 1], kinds, {Decimal(1)})
    return known


def _is_change(text: str, first: Quantity) -> bool:
    return re.search(r"\b(?:from|von|de|от|с) $", text[: first.start], re.IGNORECASE) is not None


def _pair(text: str, found: list[Quantity]) -> list[Quantity]:
    """Where a text names two and says no number in words, they are two ("Lind and Oru")."""
    is_likely = any(word in text for word in _AND) and not any(each.in_words for each in found)
    match = _TWO_NAMED.search(text) if is_likely else None
    if match is None or not (match["one"] + match["two"]).isupper():
        return []
    if (match["listed"] or "").isupper():
        return []
    two = frozenset({Reading(Decimal(2), "")})
    return [Quantity(match[0], *match.span(), two, None, Decimal(1), is_counted=True)]


def _widened(quantity: Quantity, kinds: set[str], scales: set[Decimal]) -> Quantity:
    wider = {
        Reading(value * scale, kind)
        for value, _ in quantity.readings
        for scale in scales
        for kind in kinds
    }
    return replace(quantity, readings=quantity.readings | wider)
