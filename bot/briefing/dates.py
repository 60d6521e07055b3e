"""The days that a text names, and those that it means."""

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from bot.briefing import cldr
from bot.briefing.documents import Document
from bot.briefing.lexicon import factor_alternatives, function_words, lexicon
from bot.briefing.normalisation import ascii_digits, normalised
from bot.briefing.text import blanked

# How does a language write the days of the year, of the month and of the week?
#
# Months and days of the week are CLDR's; how they combine with figures is listed here.

DECLINING = frozenset((
    "be", "bg", "cs", "sk", "pl", "ru", "uk", "sr", "hr", "bs", "sl", "mk", "lt", "lv", "et", "fi",
    "hu", "tr", "az", "kk", "ky", "uz", "hy", "ka", "el", "ro", "sq", "eu", "is", "mn",
))  # fmt: skip
"""Languages that decline words, including those for months and measures."""
_LONGEST_ENDING = 4
_FINAL = re.compile("(?:[aeiouyáéíůěаеиоуыьяійїъաիըեէάίαεηιοως]|na)$")
_UNSPACED = frozenset(("zh", "ja", "ko", "th", "km", "lo", "my"))
_SMALL = (
    r"(?:of|the|de|del|d[oae]|den|dem|der|le|la|el|il|l'|los|van|al|στις|της|του|từ|ngày|tháng"
    r"|yil|dia|em|d\.|o)"
)
_YEAR_BEFORE = r"(?:m\.|m|йил|жылғы|жылдын|թվականի|թ\.|წლის|yılı|ilin|eko|gada|évi)"
_JOINS = (
    r"\ ?(?:[-,~]|and|to|through|et|au|und|bis|y|al|a|e|и|по|до|та|й|i|do|og|och|en|tot|ve|ile|և|եւ"
    r"|و|až|és|და)\ ?و?"
)
_ORDINAL = r"(?:\ ?(?:st|nd|rd|th|er|[º°.]|-?(?:го|е|ого|го|ին|ից|ին)|-?(?:án|én|ен)))?"
_DAYS = rf"(?<!\d[.,])\d{{1,2}}(?!\d){_ORDINAL}(?:{_JOINS}\d{{1,2}}(?!\d){_ORDINAL})*"


@lru_cache(maxsize=1024)
def _month_of(word: str, language: str) -> int | None:
    """The month that ``word`` names, from 1; None if it names none."""
    return _numbered(word, (*_month_names(language), *cldr.short_months(language)), 12, language)


@lru_cache(maxsize=1024)
def _weekday_of(word: str, language: str) -> int | None:
    """The day of the week that ``word`` names, from 0, Monday; None if it names none."""
    found = _numbered(word, _weekday_names(language), 7, language)
    return found - 1 if found else None


def _numbered(
    word: str, names: tuple[frozenset[str], ...], modulo: int, language: str
) -> int | None:
    lower = word.lower().rstrip(".")
    stems = ((len(stem), n % modulo + 1) for n, each in enumerate(names) for name in each
             for stem in (name, _stem(name)) if _begins(lower, stem, language))  # fmt: skip
    found = max(stems, default=None)
    return found[1] if found else None


def _begins(word: str, stem: str, language: str) -> bool:
    written_onto = lexicon(language).cut_from_days
    if written_onto and word != stem:
        word = re.sub(written_onto, "", word, count=1)
    return word.removeprefix("ال").startswith(stem.removeprefix("ال"))


def _stem(name: str) -> str:
    """The part of a name that stays when it is declined."""
    bare = _FINAL.sub("", name)
    return bare if len(bare) > 2 else name


def _month_names(language: str) -> tuple[frozenset[str], ...]:
    """The names of the months, January first, as CLDR and the lexicon have them."""
    more = lexicon(language).months
    names = enumerate(cldr.months(language), 1)
    return tuple(frozenset((*each, *more.get(number, ()))) for number, each in names)


def _weekday_names(language: str) -> tuple[frozenset[str], ...]:
    """The names of the days of the week, Monday first, without what CLDR writes before each."""
    more = lexicon(language).weekdays
    return tuple(
        frozenset((*map(_bare, names), *also)) - {""}
        for names, also in zip(cldr.weekdays(language), more, strict=False)
    )


def _bare(weekday: str) -> str:
    return re.sub("^(?:יום|ថ្ងៃ|วัน) ?", "", weekday).replace("ʼ", "'")


@lru_cache(maxsize=64)
def _day_pattern(language: str) -> re.Pattern[str]:
    """A pattern for anything that names a day."""
    names = (*_month_names(language), *cldr.short_months(language), *_weekday_names(language))
    known = {name[:2] for each in (*names, lexicon(language).relative_days) for name in each}
    letters = factor_alternatives(*sorted(map(re.escape, known))) or "(?!)"
    months = _alternatives(_month_names(language), language)
    short = _alternatives(cldr.short_months(language), language, is_whole=True)
    beside = f"{months}|{short}"
    weekdays = _alternatives(_weekday_names(language), language)
    relative = (
        "|".join(sorted(map(re.escape, lexicon(language).relative_days), key=len)[::-1]) or "(?!)"
    )
    before = lexicon(language).before_days
    edge, end = ("", "") if language in _UNSPACED else (r"(?<![^\W_])", r"(?!\w)")
    return re.compile(
        rf"""{edge}(?=\d|{before}(?:{letters}))(?:
            (?P<iso>\d{{4}}(?P<sign>[-/.])\d{{1,2}}(?P=sign)\d{{1,2}})(?!\d)
          | (?P<numeric>\d{{1,2}}(?P<mark>[./-])\d{{1,2}}(?P=mark)\d{{4}})(?!\d)
          | (?:{before}(?P<w1>{weekdays})\.?,?\ (?:{_SMALL}\ )*)?(?:
                (?P<d1>{_DAYS})\ ?(?:{_SMALL}\ ?)?(?:{before})(?P<m1>{beside}){end}\.?
                (?:[,/]?\ (?:{_SMALL}\ )?(?P<y1>\d{{4}})(?!\d))?(?:\ (?P<w3>{weekdays}){end})?
              | (?:(?P<y2>\d{{4}})\.?,?\ )?(?P<m2>{beside}){end}\.?\ (?P<d2>\d{{1,2}}(?!\d|[.,:]\d)
                (?:\ ?-\ ?\d{{1,2}}(?!\d))?)
                (?:st|nd|rd|th)?(?:,?\ (?P<y3>\d{{4}})(?!\d))?
            )
          | (?P<m3>{beside}){end}\.?,?\ (?:{_SMALL}\ )?(?P<y4>\d{{4}})(?!\d)
          | (?P<y5>\d{{4}})\.?\ (?:{_YEAR_BEFORE}\ )?(?P<m5>{months}){end}
          | {before}(?P<m4>{months}){end}
          | {before}(?P<w2>{weekdays}){end}
          | (?P<relative>{relative}){end}
        )""",
        re.IGNORECASE | re.VERBOSE,
    )


def _alternatives(
    names: tuple[frozenset[str], ...], language: str, *, is_whole: bool = False
) -> str:
    """The names as alternatives, the longest first, with the endings of ``language``."""
    known = {name for each in names for name in each if len(name) > 2 or not name.isascii()}
    if language in DECLINING and not is_whole:
        known |= {_stem(name) for name in known}
        ending = rf"[^\W\d_]{{0,{_LONGEST_ENDING}}}"
    else:
        ending = ""
    written = sorted(known, key=len, reverse=True)
    escaped = (re.escape(name).replace("\\ ", r"\ ") for name in written)
    return f"(?:{'|'.join(escaped)}){ending}" if known else "(?!)"


# Does an English sentence say what happened at a time, or what will happen then?
#
# No parser: the verb nearest to the time decides, unless something between them may have a verb of
# its own that isn't known here ("said talks resume on Friday"). If in doubt, neither.

Tense = Literal["past", "future"]

_IRREGULAR = (
    r"was|were|had|did|said|met|told|held|went|came|took|made|left|began|won|lost|found|gave|got"
    r"|sent|fell|rose|shot|struck|brought|bought|sold|spoke|wrote|saw|ran|became|broke|drove|flew"
    r"|grew|knew|paid|led|fled|fought|stood|sat|caught|taught|thought|built|burnt|spent|kept|meant"
    r"|heard"
)
_PLANNED = r"due|scheduled|expected|planned|slated|set\s(?:to|for)|going\sto"
# What follows an auxiliary belongs to it: "will be divulged".
_REST = (
    r"(?:\s+(?:not|also|now|then|likely|soon))?(?:\s+to)?(?:\s+(?:be|have|been|being)){0,2}"
    r"(?:\s+\w+(?:ed|en))?"
)
_VERB = re.compile(
    rf"""\b(?:
      (?P<open>(?:was|were|been)\s+(?:{_PLANNED}|supposed|to\b){_REST}
        |would(?:\s+not)?\s+have|(?:is|are)(?!\s+(?:(?:also|now)\s+)?(?:to\b|{_PLANNED}))
        |(?:take|begin|start|open|close|end|expire|meet|return|hold|go|come|face|run|land|arrive
        |resume|become|vote|decide|play|leave)s
        |(?:may|might|could|should|must|can|to)(?:\s+(?:not|also))?(?:\s+be)?\s+\w+)
    | (?P<future>(?:will|shall|would|(?:is|are)\s+to|{_PLANNED}){_REST})
    | (?P<past>{_IRREGULAR}|put\s+out|(?!need|feed|indeed|speed|hundred)[a-z]{{2,}}ed)
    )\b""",
    re.IGNORECASE | re.VERBOSE,
)
_REGULAR = re.compile(r"[a-z]+ed")
_DETERMINER = re.compile(
    r"\b(?:the|an?|this|that|these|those|his|her|its|their|our|my|no|of|many|some|most|all|more)\s+$",
    re.IGNORECASE,
)
# Behind these verbs a time may be that of what is said, planned or called for.
_TELLS = re.compile(
    r"(?:said|told|wrote|thought|heard|meant|set|added|announced|argued|asked|believed|called|claimed"
    r"|confirmed|convened|delayed|demanded|feared|forecasted|hoped|indicated|insisted|invited|moved"
    r"|noted|offered|ordered|planned|pledged|postponed|predicted|promised|proposed|reported|stated"
    r"|stressed|suggested|threatened|urged|vowed|warned)",
    re.IGNORECASE,
)
# Where, to whom and in what it was said.
_SAID_AT_ONCE = re.compile(
    r"(?:\s+(?:on|late|early|in|at|to|a|an|the|its|his|her|their|statement|interview|press|news"
    r"|conference|briefing|e-?mail|letter|speech|report|reporters|journalists|lawmakers|parliament"
    r"|television|radio|tweet|post|phone|release|article|court|'?[A-Z][\w'.]*))*\s*"
)
_OBJECT = re.compile(
    r"\s*$|\s+(?:on|late|early|the|an?|his|her|its|their|this|that|more|about|at|in|with|for|by|from"
    r"|to|into|over|after|under|between|against|off|up|out|down|back|since|\w+ly|one|two|three|four|five"
    r"|six|seven|eight|nine|ten|dozens|hundreds|\d\S*|[A-Z]\w*)\b"
)
# A verb with one of these as its object doesn't tell whether the event itself is over.
_EVENT = re.compile(
    r"(?:vote|ballot|election|referendum|runoff|hearing|trial|session|meeting|summit|conference|talk"
    r"|negotiation|march|rally|protest|demonstration|strike|walkout|launch|flight|game|match|race|final"
    r"|concert|show|festival|funeral|ceremony|parade|debate|visit|trip|event|speech|interview|release"
    r"|opening|inauguration|auction|sale|test|drill|briefing|ruling|verdict)(?:e?s)?(?:\s+on)?\s+$"
)
_CLAUSE = re.compile(r"[,;:()]|\s-\s|\b(?:and|but|who|which|that|as|while|because|where|when)\b")
_CONDITION = re.compile(r"\b(?:if|unless|whether|once)\b", re.IGNORECASE)
_OTHER_DAY = (
    r"\b(?:last|next|every|each|any|an?|one|some|most|that|previous|following|of|its|his|her|their"
    r"|first|second|third|fourth|final|(?:weeks?|fortnight)\s(?:on|from|after))"
)
# “Last Monday” may be either of two, “every Monday” is many, and “Black Friday” is a name.
_NO_DAY_OF_ITS_OWN = re.compile(
    rf"(?:{_OTHER_DAY}|(?-i:\b(?!(?:On|By|Until|Before|Since|From|Late|Early)\b)[A-Z]\w+))\s+$",
    re.IGNORECASE,
)
_NAMED_ALREADY = re.compile(r"\b(?:this|the|than)\s+$", re.IGNORECASE)
_FROM_OR_TO = re.compile(
    r"\b(?:by|until|till|from|for|before|after|through|to|into|and|or|between|starting|beginning"
    r"|of|effective|as)\s+$",
    re.IGNORECASE,
)
_OPENS = re.compile(r"\W*(?:\w+\W+){0,3}$")
_LOOKED_AT, _REACH = 40, 400  # characters
_FAR_FROM_A_PAST = 12  # words


def tense(text: str, start: int, end: int) -> Tense | None:
    """The tense of the English sentence around the time ``text[start:end]``; None if unclear."""
    before = re.split(r"[.!?;]\s", text[max(0, start - _REACH) : start])[-1]
    behind = re.split(r"[.!?;](?:\s|$)", text[end : end + _REACH])[0]
    if not is_one_day(text, start, end) or _NAMED_ALREADY.search(before):
        return None
    if _CONDITION.search(before):
        return None
    if re.match(r"\s[A-Z][a-z]", behind) and not re.search(r"\bon\s+$", before, re.IGNORECASE):
        return None  # "Monday Night Football"
    verbs = [verb for verb in _VERB.finditer(before) if _is_verb(verb, before)]
    if verbs:
        return None if _may_be_a_participle(verbs, before) else _tense_before(verbs[-1], before)
    return _tense_behind(behind) if _OPENS.fullmatch(before) else None


def is_one_day(text: str, start: int, end: int) -> bool:
    """Whether the day of the week ``text[start:end]`` is within a week of publication."""
    before = text[max(0, start - _LOOKED_AT) : start]
    return not (_NO_DAY_OF_ITS_OWN.search(before) or _of_another_week().match(text, end))


@cache
def _of_another_week() -> re.Pattern[str]:
    """What follows a day of another week. Made when needed: a language's names take 4 MB."""
    short = "|".join(rf"{name}\." for each in cldr.short_months("en") for name in each)
    months = f"{_alternatives(_month_names('en'), 'en')}|{short}"
    return re.compile(
        r"'s|\s(?:week|fortnight|after next|next week|the following week"
        rf"|of (?:the|that|next|last|this)|(?:of|in) (?:{months}))\b",
        re.IGNORECASE,
    )


def _is_verb(verb: re.Match[str], text: str) -> bool:
    """Whether ``verb`` is no noun or adjective ("the left", "an armed group", "United Nations")."""
    is_past = verb["past"] is not None
    return not is_past or not (
        verb[0][0].isupper()
        or _DETERMINER.search(text, max(0, verb.start() - _LOOKED_AT), verb.start())
    )


def _may_be_a_participle(verbs: Sequence[re.Match[str]], text: str) -> bool:
    """Whether the last verb may belong to one before it: "would stay closed on Friday"."""
    if len(verbs) < 2 or not verbs[-1]["past"] or verbs[-2]["past"]:
        return False
    return not _CLAUSE.search(text[verbs[-2].end() : verbs[-1].start()])


def _tense_before(verb: re.Match[str], before: str) -> Tense | None:
    between = before[verb.end() :]
    if verb["open"]:
        return None
    if verb["future"]:
        return "future"
    if _TELLS.fullmatch(verb[0]):
        is_of_verb = bool(_SAID_AT_ONCE.fullmatch(between))
    else:
        is_event = _EVENT.search(between)
        is_of_verb = not is_event and (
            not _REGULAR.fullmatch(verb[0]) or bool(_OBJECT.match(between))
        )
    is_far = len(between.split()) > _FAR_FROM_A_PAST
    is_apart = is_far or _CLAUSE.search(between) or _FROM_OR_TO.search(before)
    return "past" if is_of_verb and not is_apart else None


def _tense_behind(behind: str) -> Tense | None:
    """The tense of a time that opens its sentence ("On Tuesday, the ministers agreed")."""
    clause = re.split(r"[,;]|\s-\s", behind.lstrip(" ,"))[0]
    verb = next((each for each in _VERB.finditer(clause) if _is_verb(each, clause)), None)
    if verb is None or verb["open"] or _CLAUSE.search(clause[: verb.start()]):
        return None
    if verb["future"]:
        return "future"
    is_near = len(clause[: verb.start()].split()) <= 3
    return (
        "past" if is_near and not re.match(r"\s+(?:by|in|under)\b", clause[verb.end() :]) else None
    )


# Which day does a text mean, and how is that known?
#
# A date is stated in full, or it follows from the publication date by the rule that news agencies
# use: a day of the week is within seven days of publication, before it if the sentence says what
# happened and after it if it says what will; a day without a year is within half a year, likewise.
# Anything doubtful ("next Monday", no tense, a coming Monday on a Monday) stays as written.

_FIRST_YEAR = 1500
_HALF_A_YEAR = 183
_WEEK = 7
# Capitals tell a month that stands alone from a verb.
_CAPITALISED = frozenset({"en", "de"})
# Months that open sentences as verbs.
_VERBS = frozenset({"may", "march"})

_RANGE = re.compile(r"-|~|\b(?:to|through|bis|au|al|по|до|do|tot|až)\b")
_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "民國": 1911, "民国": 1911}
_CJK = re.compile(
    r"(?:(?:(?P<year>\d{4})|(?P<era>令和|平成|昭和|民國|民国)(?P<of_era>\d{1,3}))(?:年|년) ?)?"
    r"(?<!\d)(?P<month>\d{1,2}) ?(?:月(?!期)|월)(?: ?(?P<day>\d{1,2}) ?(?:日|号|號|일))?"
)


class Day(NamedTuple):
    """A date, as much of it as is given."""

    year: int | None = None
    month: int | None = None
    day: int | None = None

    def may_be(self, other: "Day") -> bool:
        """Whether both may be the same day: a year that is not given may be any."""
        is_one_year = None in (self.year, other.year) or self.year == other.year
        return is_one_year and (self.month, self.day) == (other.month, other.day)


class Time(NamedTuple):
    """A time as a text gives it, from ``start`` to ``end`` of the normalised text.

    ``days`` are the days it may mean ("5/1/2027" is one of two), ``weekday`` counts from 0, Monday;
    ``offset`` is in days from the day of writing ("yesterday" is -1).
    """

    start: int
    end: int
    words: str
    days: frozenset[Day] = frozenset()
    weekday: int | None = None
    offset: int | None = None


def published_day(document: Document) -> date | None:
    """The day on which ``document`` says that it was published; None if it does not."""
    if document.published is None or document.published_basis == "about":
        return None
    try:
        day = date.fromisoformat(document.published[:10])
    except ValueError:
        return None
    return day if day.year >= _FIRST_YEAR else None  # "0001-01-01" is a program's word for none


_APOSTROPHES = str.maketrans("’ʼ", "''")


@lru_cache(maxsize=1024)
def times(text: str, language: str | None) -> tuple[Time, ...]:
    """The days, months and days of the week that ``text`` names, in order; no bare years.

    "7 and 8 October" is two times, "7-9 October" three.
    """
    return tuple(_times(ascii_digits(text).translate(_APOSTROPHES), language or "en"))


def mask_times(text: str, language: str | None, mask: str) -> str:
    """``text`` normalised as in `times`, with ``mask`` for each character of a time."""
    return blanked(ascii_digits(text), ((t.start, t.end) for t in times(text, language)), mask)


def possible_days(time: Time, published: date | None) -> frozenset[date]:
    """The days that ``time`` may mean in a document ``published`` on that day; none if unknown."""
    days = {day for each in time.days if (day := date_of(each))}
    if published is None:
        return frozenset(days)
    if time.offset is not None:
        return frozenset({published + timedelta(days=time.offset)})
    for each in time.days:
        if each.month and each.day and not each.year:
            near = _days_around(published, _HALF_A_YEAR)
            days |= {day for day in near if (day.month, day.day) == (each.month, each.day)}
    if not time.days and time.weekday is not None:
        near = _days_around(published, _WEEK)
        days |= {day for day in near if day.weekday() == time.weekday}
    return frozenset(days)


def _days_around(day: date, reach: int) -> Iterator[date]:
    return (day + timedelta(days=n) for n in range(-reach, reach + 1))


def resolve_day(
    time: Time,
    text: str,
    published: date | None,
    language: str | None,
    known_tense: Tense | None = None,
) -> date | None:
    """The day that ``time`` in ``text`` means: as stated, or as written on ``published``; None if
    that is not certain. ``known_tense`` says whether it is past or future; else ``text`` does."""
    if len(time.days) > 1:
        return None
    day = next(iter(time.days), Day())
    if day.month and day.day and day.year:
        return date_of(day)
    if published is None:
        return None
    if time.offset is not None:
        return published + timedelta(days=time.offset)
    if known_tense is None and language in (None, "en"):
        known_tense = tense(normalised(text).text, time.start, time.end)
    if known_tense is None:
        return None
    found = _of_half_a_year(day, published, known_tense) if day.month else None
    if not day.month and time.weekday is not None:
        found = _of_the_week(time.weekday, published, known_tense)
    is_other_day = found and time.weekday is not None and found.weekday() != time.weekday
    return None if is_other_day else found


def _of_the_week(weekday: int, published: date, tense: Tense) -> date | None:
    if tense == "past":
        return published - timedelta(days=(published.weekday() - weekday) % _WEEK)
    ahead = (weekday - published.weekday()) % _WEEK
    return published + timedelta(days=ahead) if ahead else None


def _of_half_a_year(day: Day, published: date, tense: Tense) -> date | None:
    if day.day is None or day.year is not None:
        return None
    near = (
        found
        for year in (published.year - 1, published.year, published.year + 1)
        if (found := date_of(day._replace(year=year)))
        and 0 <= (found - published).days * (1 if tense == "future" else -1) <= _HALF_A_YEAR
    )
    return next(near, None)


def _times(text: str, language: str) -> Iterator[Time]:
    place = 0
    while match := _day_pattern(language).search(text, place):
        found = list(_read(text, match, language))
        yield from found
        place = match.end() if found else match.start() + 1
    for match in _CJK.finditer(text):
        year, month, day = (int(match[n]) if match[n] else None for n in ("year", "month", "day"))
        if era := match["era"]:
            year = _ERAS[era] + int(match["of_era"])
        if month and 1 <= month <= 12:
            yield Time(*match.span(), match[0], frozenset({Day(year, month, day)}))


def _read(text: str, match: re.Match[str], language: str) -> Iterator[Time]:
    groups = {name: value for name, value in match.groupdict().items() if value}
    common = (*match.span(), match[0])
    if word := groups.get("relative"):
        yield Time(*common, offset=lexicon(language).relative_days[word.lower()])
        return
    month = next((groups[name] for name in ("m1", "m2", "m3", "m4", "m5") if name in groups), "")
    weekday = next((groups[name] for name in ("w1", "w2", "w3", "w4") if name in groups), "")
    if "m4" in groups and _is_no_month(text, match, language):
        return
    known_weekday = _weekday_of(weekday, language) if weekday else None
    dated = list(_days(groups, _month_of(month, language) if month else None))
    if not dated and known_weekday is None:
        return
    for days in dated or [frozenset()]:
        yield Time(*common, days, known_weekday)


def _days(groups: dict[str, str], month: int | None) -> Iterator[frozenset[Day]]:
    """Yield, for each day named, the days that it may mean."""
    if written := groups.get("iso"):
        yield frozenset({Day(*map(int, re.split("[-./]", written)))})
    elif written := groups.get("numeric"):
        one, other, of_year = map(int, re.split("[-./]", written))
        pairs = [Day(of_year, other, one), Day(of_year, one, other)]
        found = [each for each in pairs if date_of(each)]
        if found:  # with full stops the day goes first wherever dates are written so
            yield frozenset(found[:1] if "." in written else found)
    elif month:
        years = [int(groups[name]) for name in ("y1", "y2", "y3", "y4", "y5") if name in groups]
        year = years[0] if years else None
        listed = groups.get("d1") or groups.get("d2")
        days: list[int | None] = [*_listed(listed)] if listed else [None]
        for each in days:
            yield frozenset({Day(year, month, each)})


def _listed(days: str) -> list[int]:
    """The days of "7 and 8" and of "7-9"."""
    known = [int(day) for day in re.findall(r"\d+", days)]
    is_range = len(known) == 2 and _RANGE.search(days) and known[0] < known[1]
    return list(range(known[0], known[1] + 1)) if is_range else known


def _is_no_month(text: str, match: re.Match[str], language: str) -> bool:
    """Whether a month that stands alone is a verb or a name ("March on!", "Theresa May")."""
    if not match[0][0].isupper():
        return language in _CAPITALISED
    before = re.search(r"(\S+) $", text[max(0, match.start() - 30) : match.start()])
    if before is None or before[1][-1] in ".!?":
        return match[0].lower() in _VERBS
    is_named = before[1][0].isupper() or re.match(r" [^\W\d_a-z]\w", text[match.end() :])
    return bool(is_named) and before[1].lower() not in function_words(language)


def date_of(day: Day) -> date | None:
    """``day`` as a date; None if it is incomplete or there is no such day."""
    try:
        return date(day.year or 0, day.month or 0, day.day or 0)
    except ValueError:
        return None
