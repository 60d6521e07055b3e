"""How does a language write the days of the year, of the month and of the week?

Months and days of the week are CLDR's; how they combine with figures, and the words for yesterday,
today and tomorrow, which Babel leaves out, are listed here.
"""

import re
from collections.abc import Mapping
from functools import cache, lru_cache

from bot.briefing import cldr
from bot.briefing.lexicon import factored, lexicon

DECLINING = frozenset((
    "be", "bg", "cs", "sk", "pl", "ru", "uk", "sr", "hr", "bs", "sl", "mk", "lt", "lv", "et", "fi",
    "hu", "tr", "az", "kk", "ky", "uz", "hy", "ka", "el", "ro", "sq", "eu", "is", "mn",
))  # fmt: skip
"""Languages that decline words, those for months and measures too."""
_LONGEST_ENDING = 4
_FINAL = re.compile("(?:[aeiouyáéíůěаеиоуыьяійїъաիըեէάίαεηιοως]|na)$")
_UNSPACED = frozenset(("zh", "ja", "ko", "th", "km", "lo", "my"))
# What Arabic and Hebrew write onto a word.
_BEFORE = {"ar": "(?:[وفبلك]?(?:ال)?)", "he": "[ובלהמש]{0,2}", "fa": ""}
_WRITTEN_ONTO = {"ar": "^[وفبلك](?=ال)|^[وفبك]", "he": "^[ובלהמש]{1,2}"}
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
_MORE_WEEKDAYS = {
    "ar": ("الإثنين", "", "الاربعاء", "", "الجمعه", "", "الاحد"),
    "zh": ("周一|礼拜一|週一", "周二|礼拜二|週二", "周三|礼拜三|週三", "周四|礼拜四|週四",
           "周五|礼拜五|週五", "周六|礼拜六|週六", "周日|星期天|周天|礼拜天|週日"),
    "ja": ("月曜", "火曜", "水曜", "木曜", "金曜", "土曜", "日曜"),
    "pt": ("segunda-feira", "terça-feira", "quarta-feira", "quinta-feira", "sexta-feira", "", ""),
    "de": ("", "", "", "", "", "sonnabend", ""),
    "fa": ("دو شنبه", "سه شنبه|سهشنبه", "چهار شنبه", "پنج شنبه|پنجشنبه", "", "", "یک شنبه"),
    "vi": ("thứ 2", "thứ 3", "thứ 4", "thứ 5", "thứ 6", "thứ 7", ""),
    "hi": ("", "मंगल", "", "बृहस्पतिवार", "", "", "इतवार"),
}  # fmt: skip
_MORE_MONTHS: dict[str, dict[int, tuple[str, ...]]] = {
    "ru": {5: ("маю", "мае", "маем")}, "be": {5: ("маю", "маі")}, "en": {9: ("sept",)},
}  # fmt: skip
# Yesterday, today, tomorrow, and the days before and after them that have those in their names;
# where no list of a language has them.
_RELATIVE = {
    "it": "ieri·oggi·domani·l'altro ieri|altro ieri|ieri l'altro·",
    "pt": "ontem·hoje·amanhã·anteontem·depois de amanhã", "nl": "gisteren·vandaag·morgen",
    "pl": "wczoraj·dziś|dzisiaj·jutro", "cs": "včera·dnes·zítra",
    "uk": "вчора|учора·сьогодні·завтра", "tr": "dün·bugün·yarın",
    "sv": "i går|igår·i dag|idag·i morgon|imorgon", "da": "i går·i dag·i morgen",
    "nb": "i går·i dag·i morgen", "no": "i går·i dag·i morgen", "fi": "eilen·tänään·huomenna",
    "hu": "tegnap·ma·holnap", "ro": "ieri·astăzi|azi·mâine", "el": "χθες|χτες·σήμερα·αύριο",
    "bg": "вчера·днес·утре", "sr": "јуче|juče·данас|danas·сутра|sutra", "hr": "jučer·danas·sutra",
    "zh": "昨天|昨日·今天|今日·明天|明日", "ja": "昨日·今日|きょう·明日|あす·一昨日·明後日",
    "ko": "어제·오늘·내일",
    "fa": "دیروز·امروز·فردا", "he": "אתמול·היום·מחר", "vi": "hôm qua·hôm nay·ngày mai",
    "id": "kemarin·hari ini·besok·kemarin lusa·", "ka": "გუშინ·დღეს·ხვალ",
    "az": "dünən·bu gün·sabah",
}  # fmt: skip


@lru_cache(maxsize=4096)
def month_of(word: str, language: str) -> int | None:
    """Which month a word is, from 1."""
    return _numbered(word, (*month_names(language), *cldr.short_months(language)), 12, language)


@lru_cache(maxsize=4096)
def weekday_of(word: str, language: str) -> int | None:
    """Which day of the week a word is, Monday being 0."""
    found = _numbered(word, weekday_names(language), 7, language)
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
    if language in _WRITTEN_ONTO:
        word = re.sub(_WRITTEN_ONTO[language], "", word, count=1) if word != stem else word
        stem = re.sub("^ال", "", stem)
        word = re.sub("^ال", "", word)
    return word.startswith(stem)


def _stem(name: str) -> str:
    """What stays of a name when it is declined."""
    bare = _FINAL.sub("", name)
    return bare if len(bare) > 2 else name


def month_names(language: str) -> tuple[frozenset[str], ...]:
    """The months, January first, with what is too short for its ending to be cut off."""
    more: Mapping[int, tuple[str, ...]] = _MORE_MONTHS.get(language, {})
    names = enumerate(cldr.months(language), 1)
    return tuple(frozenset((*each, *more.get(number, ()))) for number, each in names)


def weekday_names(language: str) -> tuple[frozenset[str], ...]:
    """The days of the week, Monday first, with and without what CLDR writes before each."""
    more = _MORE_WEEKDAYS.get(language, ("",) * 7)
    return tuple(
        frozenset((*(_bare(name) for name in names), *also.split("|"))) - {""}
        for names, also in zip(cldr.weekdays(language), more, strict=False)
    )


def _bare(weekday: str) -> str:
    return re.sub("^(?:יום|ថ្ងៃ|วัน) ?", "", weekday).replace("ʼ", "'")


@cache
def months(language: str | None) -> str:
    """The months as alternatives of a regular expression, abbreviations with their full stop."""
    known = language or "en"
    short = "|".join(rf"{name}\." for each in cldr.short_months(known) for name in each)
    return f"(?:{_alternatives(month_names(known), known)}|{short or '(?!)'})"


@cache
def weekdays(language: str | None) -> str:
    """The days of the week as alternatives."""
    known = language or "en"
    return _alternatives(weekday_names(known), known)


@cache
def relative_days(language: str) -> Mapping[str, int]:
    """The words of ``language`` for days that hang on the day of writing."""
    listed = dict(lexicon(language).relative_days)
    words = zip(_RELATIVE.get(language, "").split("·"), (-1, 0, 1, -2, 2), strict=False)
    return listed | {word: offset for each, offset in words for word in each.split("|") if word}


@lru_cache(maxsize=64)
def beginning(language: str) -> re.Pattern[str]:
    """The two letters that anything of the pattern begins with, or a digit."""
    names = (*month_names(language), *cldr.short_months(language), *weekday_names(language))
    known = {name[:2] for each in names for name in each} | {
        word[:2] for word in relative_days(language)
    }
    before = _BEFORE.get(language, "")
    edge = "" if language in _UNSPACED else r"(?<![^\W_])"
    letters = factored(*sorted(map(re.escape, known))) or "(?!)"
    return re.compile(rf"{edge}(?:\d|{before}(?:{letters}))", re.IGNORECASE)


@lru_cache(maxsize=64)
def pattern(language: str) -> re.Pattern[str]:
    months = _alternatives(month_names(language), language)
    short = _alternatives(cldr.short_months(language), language, is_whole=True)
    beside = f"{months}|{short}"
    weekdays = _alternatives(weekday_names(language), language)
    relative = "|".join(sorted(map(re.escape, relative_days(language)), key=len)[::-1]) or "(?!)"
    before = _BEFORE.get(language, "")
    end = "" if language in _UNSPACED else r"(?!\w)"
    return re.compile(
        rf"""(?:
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
    """The names as alternatives, the longest first, with the endings of their language."""
    known = {name for each in names for name in each if len(name) > 2 or not name.isascii()}
    if language in DECLINING and not is_whole:
        known |= {_stem(name) for name in known}
        ending = rf"[^\W\d_]{{0,{_LONGEST_ENDING}}}"
    else:
        ending = ""
    written = sorted(known, key=len, reverse=True)
    escaped = (re.escape(name).replace("\\ ", r"\ ") for name in written)
    return f"(?:{'|'.join(escaped)}){ending}" if known else "(?!)"
