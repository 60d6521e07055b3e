"""What does a person want: a briefing with which wishes, or an answer to which question?

The words of requests are in `requests.toml`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from typing import Literal

from bot.briefing.requests import DIFFERENCES_FIRST, Length, Wishes
from bot.briefing.text import count_words
from bot.service import styles
from bot.slack.tables import read_table

_REQUESTS = read_table("requests")


def any_of(name: str) -> str:
    """The alternatives of a regular expression that `requests.toml` lists under ``name``."""
    return "|".join(_REQUESTS["words"][name])


# Which language does a wish name ("in French", "auf Deutsch", "на русском")?
#
# Names that are also ordinary adjectives ("the French minister") count only after a preposition,
# and only if the phrase ends there ("in French Guiana" is a place).

ENGLISH_NAMES: dict[str, str] = {
    code: language["name"] for code, language in _REQUESTS["languages"].items()
}
"""By ISO 639-1 code."""
_PHRASE_END = (
    r"(?=\s*(?:$|[.,;:!?)\n…—–-]|(?:and|or|please|for|with|but|at|as|in|on|about|focus\w*|"
    r"three|four|five|six|ten|short\w*|long\w*|too|instead|again|now|thanks|bitte|svp)\b|\d))"
)


def _english_pattern(name: str) -> str:
    return rf"\b(?:in|into|to|as)\s+{name}\b{_PHRASE_END}|^\W*{name}(?:\W+(?:please|version))?\W*$"


def _native_pattern(phrases: list[str]) -> str:
    return "|".join(
        phrase if not phrase[0].isascii() and len(phrase) < 5 else rf"(?<!\w){phrase}(?!\w)"
        for phrase in phrases
    )


_LANGUAGES = {
    code: re.compile(
        f"{_english_pattern(language['name'])}|{_native_pattern(language['phrases'])}",
        re.IGNORECASE,
    )
    for code, language in _REQUESTS["languages"].items()
}


_STYLE = r"(?:style|stil|estilo|stile|стиль|стиле|ոճ)"


@cache
def _style_patterns() -> dict[str, re.Pattern[str]]:
    """Patterns of the phrases that ask for each style, by its name or its title: "in the newsroom
    style", "style: minister"."""
    return {
        name: _style_pattern({re.escape(called) for called in (name, title)})
        for name, title in styles.titles().items()
    }


def _style_pattern(names: set[str]) -> re.Pattern[str]:
    called = "|".join(sorted(names))
    before = r"\b(?:(?:in|im|en|au|dans|into|with|using)\s+)?(?:(?:the|a|le|el|der|dem)\s+)?"
    return re.compile(
        rf"{before}(?:(?:{called})[\s-]+{_STYLE}|{_STYLE}\s*[:=]?\s*[“\"]?(?:{called})\b[”\"]?)"
        r"(?!\w)",
        re.IGNORECASE,
    )


def _last_match(
    phrases: Mapping[str, re.Pattern[str]], text: str
) -> tuple[str, re.Match[str]] | None:
    """The name of the language or style that ``text`` asks for, and the match. The last of several
    counts: "not in English, in French"."""
    found = [(name, match) for name, phrase in phrases.items() for match in phrase.finditer(text)]
    return max(found, key=lambda each: each[1].start(), default=None)


# Wishes reach a writer as wishes, never as instructions. What is not understood stays in the note,
# in the asker's own words.

KnownPhrase = Literal["help", "thanks", "mute", "unmute", "stop"]

_I = re.IGNORECASE
_NUMBERS: dict[str, int] = _REQUESTS["numbers"]
_COUNT = re.compile(
    rf"\b(?:(?:in|en|auf|as|with|mit|avec|con|в|с)\s+)?(?:(?:only|just|at\s+most|max\.?)\s+)?"
    rf"(?P<count>\d{{1,2}}|{'|'.join(_NUMBERS)})\s+(?:(?:key|main|short)\s+)?"
    rf"(?:(?P<points>{any_of('points')})|(?P<lines>{any_of('lines')})|paragraphs?)(?!\w)",
    _I,
)
_BRIEFING = r"(?:\s+(?:briefing|version|summary|one)\b)?"
_LENGTHS: dict[Length, re.Pattern[str]] = {
    "short": re.compile(rf"\b(?:{any_of('short')})(?!\w){_BRIEFING}", _I),
    "long": re.compile(rf"\b(?:{any_of('long')})(?!\w){_BRIEFING}", _I),
    "standard": re.compile(
        r"\b(?:(?:the\s+)?(?:normal|standard|usual)\s+(?:length|size|briefing|version))\b", _I
    ),
}
# A phrase ends where the next wish begins.
_PHRASE = r"([^,.;:!?\n]{2,80}?)(?=\s*(?:[,.;:!?\n]|$|\b(?:and|for|on|focus\w*|in)\s))"
_AUDIENCE = re.compile(
    rf"\b(?:written\s+)?(?:for\s+(?=(?:the|our|my|a|an|some|people|readers)\b)"
    rf"|für\s+(?=(?:den|die|das|einen|eine|unsere?n?|mein\w*)\b)"
    rf"|pour\s+(?=(?:le|la|les|un|une|notre|mon|ma)\b))"
    rf"(?!the\s+(?:first|last|next|record|moment|briefing|time)\b){_PHRASE}",
    _I,
)
_ANGLE = re.compile(
    rf"\b(?:{any_of('angle')})\s+(?!(?:it|this|that|these|those|them|https?)\b){_PHRASE}", _I
)
_FILLER = re.compile(rf"\b(?:{any_of('filler')})\b|{any_of('unspaced_filler')}", _I)
COMPARE = rf"(?:{any_of('compare')})"
"""Verbs that ask to compare sources."""
_COMPARE = re.compile(rf"(?<!\w){COMPARE}(?!\w)", _I)
_COMPARED = re.compile(rf"\b(?:{'|'.join(_NUMBERS)}|{any_of('compared')})\b", _I)
_THIS_ONE = re.compile(
    rf"\W*(?:(?:and|so|ok|hey|hi|readout)\W+)*(?:{any_of('this_one')})"
    r"(?:\W+(?:please|bitte|svp|por\s+favor|пожалуйста))?\W*",
    _I,
)
POLITE_REQUEST = (
    rf"(?:{any_of('polite_openings')})\W+(?:\w+\W+){{0,6}}?(?:{any_of('polite_verbs')})\w*"
)
"""A polite request in a language other than English: "kannst du das zusammenfassen?"."""
_REQUEST = re.compile(
    r"^\W*(?:(?:hi|hey|hello|readout|please|bitte|and|so)\W+)*"
    r"(?:(?:can|could|would|will)\s+(?:yo)?u\s+(?:please\s+)?|"
    r"i(?:'d|\s+would)?\s+(?:like|want|need)\s+)?"
    rf"(?:{POLITE_REQUEST}|(?:an?\s+|the\s+)?(?:{any_of('orders')}))\b",
    _I,
)
_ASKING = re.compile(
    r"^\W*(?:(?:and|but|so|ok|hi|hey|hello|please)\W+)*(?:(?:can|could|would)\s+you\s+)?"
    rf"(?:{any_of('question_openings')})\b",
    _I,
)
_GREETING = re.compile(
    rf"^\W*(?:{any_of('help')}|"
    rf"(?:{any_of('greetings')})(?:\s+(?:there|all|everyone|readout|team))?)\W*$|^\W*$",
    _I,
)
_THANKS = re.compile(
    rf"^\W*(?:{any_of('thanks')})(?!\w)|^\W*(?:(?:{any_of('remarks')})(?:$|\W+))+$", _I
)
_STOP = re.compile(
    rf"\W*(?:(?:ok|please|bitte|pls|no|oh)\W+)*(?:{any_of('stop')})"
    r"(?:\W+(?:it|this|that|now|please|thanks|reading|writing|working|bitte|das))*\W*",
    _I,
)
_EDGES = re.compile(r"^(?:\W|(?:please|bitte|and)\b)+|(?:\W|\b(?:please|bitte|and))+$", _I)
_MOST_CHARACTERS = 1_000  # nobody writes a wish after more
_THANKS_WORDS = 8
_SLIGHT_WISH_WORDS = 8


@dataclass(frozen=True)
class ParsedRequest:
    """A request, understood. ``question`` is its text if it asks something, and ``known_phrase``
    says which of the phrases that need no source it is."""

    text: str
    wishes: Wishes = field(default_factory=Wishes)
    question: str | None = None
    known_phrase: KnownPhrase | None = None

    @property
    def has_wishes(self) -> bool:
        """Whether it asks for another language, style, length, reader or angle."""
        return self.wishes != Wishes(note=self.wishes.note)

    @property
    def is_plain_wish(self) -> bool:
        """Whether it is only a wish: "shorter", "in French please"."""
        is_short = count_words(self.text) <= _SLIGHT_WISH_WORDS
        return self.has_wishes and is_short and self.wishes.note is None


def parse_request(text: str) -> ParsedRequest:
    """The request in ``text``, the asker's own words without sources."""
    whole = " ".join(text.split())
    text = whole[:_MOST_CHARACTERS]
    if re.fullmatch(r"\W*(?:please\s+)?(?:un)?mute(?:\W+(?:this|please|thread))*\W*", text, _I):
        return ParsedRequest(whole, known_phrase="unmute" if "unmute" in text.lower() else "mute")
    if _STOP.fullmatch(text):
        return ParsedRequest(whole, known_phrase="stop")
    if _GREETING.search(text):
        return ParsedRequest(whole, known_phrase="help")
    wishes, rest = _named_wishes(text)
    if _is_question(text, rest):
        return ParsedRequest(whole, wishes, question=whole)
    if _THANKS.search(text) and wishes == Wishes() and count_words(text) <= _THANKS_WORDS:
        return ParsedRequest(whole, known_phrase="thanks")
    return ParsedRequest(whole, _with_free_wishes(wishes, rest))


def points_at_source(text: str) -> bool:
    """Whether ``text`` only points at the source that comes with it: "and this one?"."""
    return bool(_THIS_ONE.fullmatch(_named_wishes(text)[1]))


def _is_question(text: str, rest: str) -> bool:
    if _REQUEST.search(text) or not _has_substance(rest) or _THIS_ONE.fullmatch(rest):
        return False
    return bool(re.search(r"[?？؟]", text)) or bool(_ASKING.search(text))


@lru_cache(maxsize=1)  # the same line is parsed several times in a row
def _named_wishes(text: str) -> tuple[Wishes, str]:
    """The language, style and length that ``text`` names, and the rest of it."""
    wishes = Wishes()
    if wished := _last_match(_LANGUAGES, text):
        language, match = wished
        wishes, text = replace(wishes, language=language), _without(text, match)
    if named_style := _last_match(_style_patterns(), text):
        style, match = named_style
        wishes, text = replace(wishes, style=style), _without(text, match)
    if count := _COUNT.search(text):
        return _with_count(wishes, count), _without(text, count)
    for length, pattern in _LENGTHS.items():
        if named := pattern.search(text):
            return replace(wishes, length=length), _without(text, named)
    return wishes, text


def _with_count(wishes: Wishes, count: re.Match[str]) -> Wishes:
    """``wishes`` with the length and the number of key points for a count of points or of lines, of
    which the bottom line takes one."""
    written = count["count"].lower()
    number = int(written) if written.isdigit() else _NUMBERS[written]
    points = number if count["points"] else None
    if count["lines"]:
        points = max(number - 1, 0)
    length: Length = "standard" if number <= 12 else "long"
    if number <= 4:  # a bottom line and three points
        length = "short"
    return replace(wishes, length=length, points=points)


def _with_free_wishes(wishes: Wishes, rest: str) -> Wishes:
    """``wishes`` with the audience, the angle and the note in the ``rest`` of a request."""
    audience, rest = _extracted(_AUDIENCE, rest)
    angle, rest = _extracted(_ANGLE, rest)
    has_note = _has_substance(rest) and not _THIS_ONE.fullmatch(rest)
    note = _EDGES.sub("", rest) if has_note else None
    if note and _COMPARE.search(note):
        is_all = not _has_substance(_COMPARED.sub(" ", _COMPARE.sub(" ", note)))
        note = DIFFERENCES_FIRST if is_all else f"{note} ({DIFFERENCES_FIRST})"
    return replace(wishes, audience=audience, angle=angle, note=note)


def _extracted(pattern: re.Pattern[str], text: str) -> tuple[str | None, str]:
    match = pattern.search(text)
    if match is None or not _has_substance(match[1]):
        return None, text
    return _EDGES.sub("", match[1]), _without(text, match)


def _without(text: str, match: re.Match[str]) -> str:
    return " ".join(f"{text[: match.start()]} {text[match.end() :]}".split())


def _has_substance(text: str) -> bool:
    return bool(re.search(r"\w{2}", _FILLER.sub(" ", text)))
