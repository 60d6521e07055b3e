"""Where was a text filed, and on which day: "VIENNA, 14 May 2025 —", "BERLIN (Reuters) -"?

A dateline opens the first paragraph of a report, under whatever headline and byline it has. It is
recognised by its form: a place, with a day or an agency or both, and a dash; a place in capitals is
enough if a sentence begins after the dash. What only looks like one ("In Paris, …", "Two hostages —
an American …") stays in its sentence.
"""

import re
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from bot.briefing.dates import Day, masked, times
from bot.briefing.documents import Document, Span
from bot.briefing.lexicon import function_words
from bot.briefing.normalisation import in_ascii, normalised

_FIRST_PARAGRAPHS = 8  # headline, standfirst, byline, caption, date: the report begins by then
_PARAGRAPHS = 200
_LONGEST, _LOOKED_AT = 160, 480  # characters
_ENDS = 6
_MOST_NAMES = 3  # a town, its region, its country
_SHORTEST = 2  # letters: "I —", "Q —"
_DATE = "\0"  # stands for each character of a date while the other parts are looked for

_AGENCY = re.compile(
    r"""aa|aap|adnkronos|afp|agerpres|agi|anadolu|ani|anp|ansa|antara|ap|apa|app|armenpress|ats
    |azertac|belga|bernama|bloomberg|bta|business\ wire|(?:the\ )?canadian\ press|cnn|cp|ctk|čtk|dha
    |dow\ jones|dpa|dts|efe|epd|europa\ press|globe\ newswire|hina|ians|iha
    |interfax(?:\.ru|-ukraine)?|irna|jiji|keystone-sda|kna|kuna|kyodo|lusa|mena|mti|ntb|ots
    |pa(?:\ media)?|pap|petra|pr\ ?newswire|pti|qna|reuters|ria(?:\ novosti)?|ritzau|sda|sid|spa|sta
    |tanjug|tasr|tass|t[eé]lam|trend|tt|ukrinform|uni|unn|upi|wam|xinhua|yonhap
    |интерфакс|риа\ новости|рбк|тасс|укринформ|укрінформ|унн|уніан|белта|արմենպրես
    |أ\.?\ ?ف\.?\ ?ب|د\.?\ ?ب\.?\ ?أ|رويترز|سانا|شينخوا|قنا|واس|وام|الأناضول""",
    re.VERBOSE | re.IGNORECASE,
)
# Words that may begin the name of a place, though they carry no content.
_ARTICLES = frozenset(("the", "la", "le", "les", "el", "los", "las", "den", "al", "san", "são"))

_SMALL = r"(?:d[aeiou]|del|des|della|am|an|der|im|sur|upon|under|of|and|на)"
_WORD = r"[^\W\d_][\w'.&]*(?:-[^\W\d_][\w'.&]*)*"
_PART = re.compile(
    rf"""(?:(?P<source>\([^(){_DATE}]{{2,40}}\)|/[^/{_DATE}]{{2,30}}/)
      | (?P<date>\(?{_DATE}+\)?)
      | (?P<name>{_WORD}(?:\ ?[ /]\ ?(?:{_SMALL}\ )*{_WORD}){{0,4}}))
    (?P<gap>[,.:]*(?:\ -)?\ ?(?:(?:le|am|den|il|el)\ (?={_DATE}))?)""",
    re.VERBOSE,
)
_MAY_BE_ONE = re.compile(r"[-–—―].|[.:] |[电電][)）】〕\]\s（(]|[】］=]")
_END = re.compile(r"\.? ?- +|[.:] +")
_SENTENCE_ENDS = re.compile(r"[.!?](?:\s|$)")

# In Chinese, Japanese and Korean all of it stands in brackets or before "电" ("by wire").
_HAN = re.compile(
    r"""[(【\[〔]? [\u4e00-\u9fff·、]{2,24}? (?:\d{4}年)? (?:\d{1,2}月)? \d{1,2}日
        [\u4e00-\u9fff]{0,3}?[电電]\ ?
        (?: [)】\]〕] | \([^()]{0,40}\) | (?=[\ ,:]) )  (?:\ ?\([^()]{0,40}\))? [,:]? \ *
      | [【\[(] [^】\])]{0,20}(?:共同|時事|ロイター|AFP時事)[^】\])]{0,8} [】\])] (?:\ ?-)? \ *
      | [(【\[] [가-힣·]{1,12}=[^)】\]]{2,20} [)】\]] \ ? (?:[가-힣·\ ]{2,30}=)? \ *
    """,
    re.VERBOSE,
)


class Dateline(NamedTuple):
    """``span`` is the dateline with the dash and the space behind it, as characters of the
    document; ``day`` is what it says of the date, with a year only where it gives one."""

    span: Span
    day: Day | None


@lru_cache(maxsize=64)
def dateline(document: Document) -> Dateline | None:
    """The dateline that the report in ``document`` opens with, if it has one.

    Where further reports follow with other dates, it says no day.
    """
    openings = (_opening(document, span) for span in document.paragraphs[:_FIRST_PARAGRAPHS])
    first = next(filter(None, openings), None)
    if first is None or (first.is_told and not first.dateline.day):
        return first and first.dateline
    at, day = first.dateline.span, first.dateline.day
    following = (span for span in document.paragraphs[:_PARAGRAPHS] if span.start > at.end)
    others = [each.dateline for span in following if (each := _opening(document, span))]
    if others and not first.is_told:
        return None  # the speakers of a transcript, or the parts of a list
    return Dateline(at, None if {each.day for each in others} - {day, None} else day)


class _Opening(NamedTuple):
    """What a paragraph opens with; ``is_told`` where a day or an agency stands beside the place."""

    dateline: Dateline
    is_told: bool


def _opening(document: Document, paragraph: Span) -> _Opening | None:
    """The dateline at the beginning of ``paragraph``."""
    text = document.text[paragraph.start : min(paragraph.end, paragraph.start + _LOOKED_AT)]
    found = _end(text, document.language) if _MAY_BE_ONE.search(text, 0, _LONGEST) else None
    if found is None:
        return None
    end, is_told = found
    span = Span(paragraph.start, paragraph.start + normalised(text).places[end])
    return _Opening(Dateline(span, _day(text, end, document.language)), is_told)


def _day(text: str, end: int, language: str | None) -> Day | None:
    """The one day that a dateline of ``end`` characters gives, at least the month and the day."""
    dated = (time.days for time in times(text, language) if time.end <= end and len(time.days) == 1)
    days = {day for each in dated for day in each if day.month and day.day}
    return days.pop() if len(days) == 1 else None


def _end(text: str, language: str | None) -> tuple[int, bool] | None:
    """Where the dateline that ``text`` opens with ends in the normalised text, and whether it is
    more than a place."""
    plain = in_ascii(text)
    if match := _HAN.match(plain):
        return match.end(), True
    without_days = masked(text, language, _DATE)
    for end in reversed(list(islice(_END.finditer(without_days[:_LONGEST]), _ENDS))):
        parts, rest = _parts(without_days[: end.start()]), plain[end.end() :]
        if not (_begins_sentence(rest) and _is_one_place(parts, language)):
            continue
        if _is_told(parts, is_dash="-" in end[0]):
            return end.end(), True
        if "-" in end[0] and _is_place_alone(parts, rest):
            return end.end(), False
    return None


class _Part(NamedTuple):
    """A piece of a dateline: a `source` in brackets, a `date` or a `name`; ``is_after_dash`` where
    a dash stands before it."""

    kind: str
    words: str
    is_after_dash: bool

    @property
    def is_agency(self) -> bool:
        """Whether one of the names in it is that of an agency."""
        whole = self.words.strip("()/ .")
        return any(map(_AGENCY.fullmatch, (whole, *re.split(r"[/,;-] ?", whole))))


def _parts(opening: str) -> list[_Part]:
    """What ``opening`` consists of, nothing where it is no dateline's."""
    parts: list[_Part] = []
    at, is_after_dash = 0, False
    while at < len(opening):
        match = _PART.match(opening, at)
        if match is None:
            return []
        kind = next(kind for kind in ("source", "date", "name") if match[kind])
        parts.append(_Part(kind, match[kind], is_after_dash))
        at, is_after_dash = match.end(), "-" in match["gap"]
    return parts


def _is_told(parts: list[_Part], *, is_dash: bool) -> bool:
    """Whether a day or an agency makes a dateline of ``parts``."""
    by_agency = any(part.is_agency for part in parts)
    is_dated = any(part.kind == "date" for part in parts)
    is_sourced = by_agency or any(part.kind == "source" for part in parts)
    in_capitals = _in_capitals(parts)
    if is_dash:
        return is_dated or by_agency or (in_capitals and is_sourced)
    return is_dated and (by_agency or in_capitals)


def _is_place_alone(parts: list[_Part], rest: str) -> bool:
    """Whether ``parts`` are a place in capitals, and a sentence of its own is the ``rest``: with
    a second dash ("NASA — America's space agency — said") it may be an aside."""
    sentence = _SENTENCE_ENDS.split(rest, maxsplit=1)[0]
    return _in_capitals(parts) and sentence.count(" - ") % 2 == 0


def _in_capitals(parts: list[_Part]) -> bool:
    return next((part.words.isupper() for part in parts if part.kind == "name"), False)


def _is_one_place(parts: list[_Part], language: str | None) -> bool:
    """Whether the names in ``parts`` may be a place with its region and country, or are none."""
    names = [part for part in parts if part.kind == "name" and not part.is_agency]
    if any(name.is_after_dash for name in names[1:]) or len(names) > _MOST_NAMES:
        return False
    # As in "May 14, 2025 – Geneva –" and in "(ANSA) - ROMA, 14 MAG -".
    is_first = not names or not names[0].is_after_dash or parts[0].kind in ("date", "source")
    return is_first and all(_is_name(name.words, language) for name in names)


def _is_name(words: str, language: str | None) -> bool:
    if words.isupper():
        return len(words) > _SHORTEST
    first, *others = words.split()
    is_small = first.lower() in function_words(language) - _ARTICLES
    spelled = [word for word in (first, *others) if not re.fullmatch(_SMALL, word)]
    return not is_small and not any(word[0].islower() for word in spelled)


def _begins_sentence(rest: str) -> bool:
    return bool(rest) and not rest[0].islower() and (rest[0].isalnum() or rest[0] in "'(<$€£¿¡")
