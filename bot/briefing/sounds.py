"""Do two names in two scripts sound alike?

A name is written in Latin letters, then reduced to its consonants, as the spelling of its language
tells them: French writes Жуков "Joukov", English "Zhukov", German "Schukow". Vowels are left out,
since Arabic does not write them and foreign names have any ("Трамп", "Trump"); where a name ends as
those of its language do ("-ов", "-յան"), they count too.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import product
from typing import NamedTuple

from anyascii import anyascii

from bot.briefing.checks.name_forms import stems
from bot.briefing.lexicon.uncased import SPACED, forms

# What is read as one sound, the longest first. 1 is ж and дж, 2 is ш, ч and щ, 3 is ц, x is х.
_OF_ALL = (
    ("x", "ks"), ("shch", "2"), ("dzh", "1"), ("tch", "2"), ("zh", "1"), ("sh", "2"),
    ("ch", "2"), ("kh", "x"),
    ("gs", "ks"), ("gh", "g"), ("ph", "f"), ("th", "t"), ("dh", "d"), ("dz", "z"), ("ts", "3"),
    ("tz", "3"), ("q", "k"), ("ck", "k"), ("c", "k"), ("ow", "u"), ("j", "1"),
)  # fmt: skip
_OF_LANGUAGE = {
    "en": (("c(?=[eiy])", "s"), ("oo", "u"), ("ee", "i"), ("j", "1"), ("kh", "X")),
    "fr": (
        ("chtch", "2"), ("tch", "2"), ("dj", "1"), ("kh", "X"), ("ch", "2"), ("j", "1"),
        ("gu(?=[eiy])", "g"), ("gn", "n"),
        ("qu", "k"), ("c(?=[eiy])", "s"), ("ou", "u"), ("ai", "e"), ("eau|au", "o"), ("ies?$", "i"),
        ("es?$", ""),
    ),
    "es": (
        ("ch", "2"), ("j|g(?=[ei])", "X"), ("gu(?=[ei])", "g"), ("qu", "k"), ("c(?=[ei])", "s"),
        ("z", "s"), ("ll", "i"),
    ),
    "de": (
        ("dsch", "1"), ("tsch", "2"), ("sch", "2"), ("ch", "X"), ("z", "3"), ("w", "v"), ("j", "i"),
    ),
    "tr": (("c", "1"), ("j", "1"), ("y", "i")),
}  # fmt: skip
_SIGNED = str.maketrans({
    "ç": "s", "ş": "2", "š": "2", "č": "2", "ć": "2", "ž": "1", "ß": "s", "ł": "l", "ı": "i",
    "ħ": "x", "ț": "3", "ș": "2",
})  # fmt: skip
_ADJECTIVE = re.compile(r"(?<=\w{3})ск(?:ий|ая|ое|ие|ого|ой|ому|ую|им|ом|их|ими)$")
_ABDEL = re.compile(r"^abd[aeu]l$")  # "Abdel Fattah" is "عبد الفتاح"
_VOWELS = re.compile(r"[aeiouy]+")
# Arabic has no p, v, g or ц of its own, and two sounds each for d, t and s.
_IN_ARABIC = str.maketrans("pvg13", "bfkks")
_IN_GERMAN = str.maketrans("1", "2")
# Ukrainian and Belarusian г is h, and a Russian text has their names and those with a foreign h.
_G = {"uk": "gx", "be": "gx", "ru": "gx"}
_MUTE_IN_FRENCH = frozenset("rtdszp")

# What names of a language end in, so that their vowels are written in Latin as they stand.
_NATIVE = re.compile(
    r"(?:[оеё]в|[^аеиоуы]ин|ск(?:ий|ая|ой|ого|ому)|енко|[яа]н|[ое]вич)[аыуе]?м?$"
    r"|յան(?:ը|ն|ի|ին|ից|ով)?$|(?:ძე|შვილ)\w{0,2}$",
    re.IGNORECASE,
)
# "Харків" is "Харкова" when it is declined.
_OPENED = re.compile(r"[оеє]в(?:[аіиу]|ом)?$", re.IGNORECASE)
_HEBREW = re.compile("[\u05d0-\u05ea]")
_ARABIC = re.compile("[\u0620-\u06ff]")
_LATIN = re.compile(r"[a-z\u00c0-\u024f\u1e00-\u1eff]", re.IGNORECASE)


class Heard(NamedTuple):
    """The consonants of a word, and the vowels before each of them and behind the last."""

    consonants: str
    vowels: tuple[frozenset[str], ...]


def sound_alike(name: str, word: str, languages: tuple[str | None, str | None]) -> bool:
    """Whether ``name`` and ``word``, in ``languages``, may be one name in two scripts."""
    ours, theirs = _both(name, word, languages)
    is_opened = languages[1] == "uk" and _OPENED.search(word)
    has_vowels = not is_opened and bool(_NATIVE.search(word) or _NATIVE.search(name))
    return any(
        one.consonants == other.consonants and not (has_vowels and _vowels_differ(one, other))
        for one, other in product(ours, theirs)
    )


def are_read_alike(one: str, other: str, languages: tuple[str | None, str | None]) -> bool:
    """Whether two names in Latin letters are a third script's name, as each language writes it
    ("Marioupol", "Mariupol")."""
    pairs = zip((one, other), languages, strict=True)
    ours, theirs = (_spelled(name.casefold(), language) for name, language in pairs)
    return ours.replace("y", "i") == theirs.replace("y", "i")


def nearly_sound_alike(name: str, word: str, languages: tuple[str | None, str | None]) -> bool:
    """Whether they would but for one sound, as a misspelt name does."""
    ours, theirs = _both(name, word, languages)
    return any(
        min(len(one.consonants), len(other.consonants)) > 2
        and (one.consonants == other.consonants or differ_in_one(one.consonants, other.consonants))
        for one, other in product(ours, theirs)
    )


def differ_in_one(one: str, other: str) -> bool:
    """Whether one letter is another, too many or missing, or two changed places."""
    if sorted(one) == sorted(other):
        return sum(a != b for a, b in zip(one, other, strict=True)) == 2
    short, long = sorted((one, other), key=len)
    if len(short) == len(long):
        return sum(a != b for a, b in zip(one, other, strict=True)) == 1
    return len(long) - len(short) == 1 and any(
        long[:place] + long[place + 1 :] == short for place in range(len(long))
    )


def is_latin(word: str) -> bool:
    """Whether ``word`` is written in Latin letters."""
    return _LATIN.match(word) is not None


@lru_cache(maxsize=8192)
def folded(word: str) -> str:
    """``word`` in small letters without accents."""
    apart = unicodedata.normalize("NFKD", word.casefold())
    return "".join(char for char in apart if not unicodedata.combining(char))


def _both(
    name: str, word: str, languages: tuple[str | None, str | None]
) -> tuple[frozenset[Heard], frozenset[Heard]]:
    is_arabic = bool(_ARABIC.match(name) or _ARABIC.match(word))
    as_heard = _IN_ARABIC if is_arabic else _IN_GERMAN if "de" in languages else {}
    ours, theirs = (_heard(each, own) for each, own in zip((name, word), languages, strict=True))
    return frozenset(_as(ours, as_heard)), frozenset(_as(theirs, as_heard))


def _as(heard: frozenset[Heard], table: dict[int, int]) -> Iterator[Heard]:
    for each in heard:
        yield Heard(each.consonants.translate(table), each.vowels)


@lru_cache(maxsize=8192)
def _heard(word: str, language: str | None) -> frozenset[Heard]:
    """The ways in which ``word`` may be heard, with and without what it carries.

    A name in Latin letters may come from any language that writes them ("Friedrich Merz").
    """
    spellings = {language, *_OF_LANGUAGE} if is_latin(word) else {language}
    return frozenset(
        heard
        for bare in _bare(word, language)
        for spelling in spellings
        for heard in _read(bare, spelling)
    )


def _bare(word: str, language: str | None) -> frozenset[str]:
    if SPACED.fullmatch(word):
        return forms(word, language)
    if is_latin(word):
        plain = word.casefold()
        return frozenset({plain, plain.removesuffix("s"), _ABDEL.sub("abd", plain)})
    plain = word.casefold()
    return stems(plain) | stems(_ADJECTIVE.sub("", plain))


def _read(bare: str, language: str | None) -> Iterator[Heard]:
    written, is_arabic = _spelled(bare, language), _ARABIC.match(bare) is not None
    ways = product("vu", ("x", ""), {True, not is_arabic}, _G.get(language or "", "g"))
    for v, h, once, g in ways:
        read = written.replace("w", v).replace("h", h).replace("X", "x")
        read = read if is_latin(bare) else read.replace("g", g)
        yield _apart(read, once=once)
    if language == "en":
        soft = re.sub("g(?=[eiy])", "1", written).replace("w", "u").replace("h", "")
        yield _apart(soft.replace("X", "x"), once=True)
    if language == "fr" and is_latin(bare) and written[-1:] in _MUTE_IN_FRENCH:
        yield _apart(written[:-1].replace("h", "").replace("X", "x"), once=True)


def _spelled(bare: str, language: str | None) -> str:
    """``bare`` in Latin letters, one for each sound; w and h may be heard or not."""
    rules: tuple[tuple[str, str], ...] = ()
    if is_latin(bare):
        letters, rules = folded(bare.translate(_SIGNED)), _OF_LANGUAGE.get(language or "en", ())
    else:
        letters = anyascii(bare).lower()
    if _HEBREW.match(bare):  # which writes u and o as it writes v
        letters = letters.replace("v", "w")
    written = re.sub(r"[^a-z0-9]", "", letters)
    for spelling, sound in rules:
        written = re.sub(spelling, sound, written)
    for spelling, sound in _OF_ALL:
        written = written.replace(spelling, sound.replace("x", "X"))
    return written


def _apart(written: str, *, once: bool) -> Heard:
    """The consonants and the vowels; two of one in a row are one where ``once``."""
    consonants, vowels, last = "", [set[str]()], ""
    for char in written:
        if _VOWELS.match(char):
            vowels[-1].add("i" if char in "eiy" else char)
        elif not (once and char == last):
            consonants += char
            vowels.append(set())
        last = char
    return Heard(consonants, tuple(map(frozenset, vowels)))


def _vowels_differ(one: Heard, other: Heard) -> bool:
    """Whether some vowels inside are others; at the end they decline."""
    inside = zip(one.vowels[:-1], other.vowels[:-1], strict=False)
    return any(ours ^ theirs and not _are_near(ours, theirs) for ours, theirs in inside)


def _are_near(ours: frozenset[str], theirs: frozenset[str]) -> bool:
    """Whether two vowels may be one: ё is e, yo or io, and a neutral one may be left out."""
    is_left_out = ours ^ theirs == {"i"} and not (ours and theirs)
    return is_left_out or (bool(ours & theirs) and ours | theirs == {"i", "o"})
