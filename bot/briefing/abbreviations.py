"""After which words does a full stop not end a sentence, and after which does it, against
appearances?

In the languages of most news we read; one list serves them all, because articles use each other's
titles and company names.
"""

import re
from collections.abc import Iterator

_AT_A_WORD = r"(?:^|(?<=[\s(“\"«„‘'—-]))"

_TITLES = re.compile(
    rf"""{_AT_A_WORD}(?:
        Mr|Mrs|Ms|Dr|[Pp]rof|Sen|Rep|Gov|Gen|Lt|Col|Maj|Capt|Sgt|Adm|Cmdr|Hon|Rev|St|Pres|Amb
      | Supt|Insp|Det|vs|v|approx|est|incl|e\.g|i\.e
      | M|MM|Mme|Mlle|Me|Mgr|Hr|Fr|bzw|ca|geb|gem|inkl|z\.\ ?B|u\.\ ?a|Sra?|Dña|aprox|EE\.\ ?UU
      | hab|inż|płk|św|tzw|m\.\ ?in
      | г|ул|им|тов|гр|проф|акад|ред|гг|р|пр|просп|обл|оз|пос|т\.\ ?е|т\.\ ?к|И\.\ ?о|и\.\ ?о
      | зам|нач|доц|наб|напр|тзв
      | млн|млрд|тыс|руб|долл
      | փ|պ|թթ?|մլն|մլրդ|հազ|ք|պրոֆ|ակադ|օր
      | [أا]\.\ ?د|د|م|أ
      | წ|ს|მლნ|მლრდ|ათ|გამზ|ქ|პროფ|აკად|ე\.\ ?ი|ე\.\ ?წ|ბ-ნ
      | Doç|Yrd|Av|Sn|Tic|Cad|Sok|Mah|Bul|Müh|Uzm|Alb|Org|Hz|vb|M\.Ö|M\.S
    )\.$""",
    re.VERBOSE,
)
_BEFORE_A_NUMBER = re.compile(
    rf"{_AT_A_WORD}(?:Nos?|[Aa]rt|Figs?|pp?|Nr|Abs|Ziff|núm|n|ст|п|стр|с|гл|рис|godz|ust|№|հոդ|էջ|მუხ|გვ|s)\.$"
)
# These may end a sentence or stand in one; what follows decides.
_EITHER = re.compile(rf"{_AT_A_WORD}(?:Inc|Ltd|Corp|Co|Jr|Sr|A\.Ş|Şti)\.$")
_INITIAL = re.compile(rf"(?:{_AT_A_WORD}|(?<=\.)|(?<=\sو))[^\W\d_]\.$")
_BEGINS_A_SENTENCE = re.compile(
    r"(?:The|A|An|In|On|At|But|And|He|She|It|They|We|I|This|That|These|His|Her|Its|Their|"
    r"There|After|Before|When|While|As|For|If|No|Some|Many|Both|Two|Three|Officials|Then|Now)\b"
)
# Ordinal numbers are written with a full stop there ("II. Mahmut", "3. Mai", "6. Dairesi"). A
# text whose language is not known may be one of them.
_WITH_ORDINALS = frozenset(
    ("bs", "cs", "da", "de", "et", "eu", "fi", "fo", "hr", "hu", "is", "lb", "lv", "nb", "nn", "no",
     "pl", "sk", "sl", "sr", "tr", None)
)  # fmt: skip
_ORDINAL = re.compile(r"(?:^|[\s(]|\.\s?[-–/])(?:[IVXL]+|\d{1,3})\.$")
# What stands behind no ordinal number, so that the number before it is the end of a sentence.
_BEHIND_NO_ORDINAL = {
    "de": re.compile(
        r"(?:Der|Die|Das|Den|Dem|Des|Eine?|Eine[mnr]|Er|Sie|Es|Wir|Ich|Ihre?|Seine?|Dies|Diese[rs]?"
        r"|In|Im|Am|An|Auf|Aus|Bei|Beim|Mit|Nach|Von|Vor|Zu|Zum|Zur|Seit|Seither|Danach|Dabei|Damit"
        r"|Doch|Aber|Und|Auch|Als|Wenn|Während|Noch|Nur|Für|Gegen|Um|Über|Unter)\b"
    ),
    "pl": re.compile(r"(?:W|We|Z|Ze|Na|Do|Od|Po|O|To|Ten|Ta|Te|Nie|Ale|Jest|Jego|Jej|Gdy|Za)\b"),
    "tr": re.compile(r"(?:Bu|Bunun|Onun|Ancak|Ama|Fakat|Ayrıca|Böylece|Daha|Sonra)\b"),
    None: _BEGINS_A_SENTENCE,
}
_NOTHING = re.compile(r"(?!)")

# sentencex takes "closed in May. Shops …" for an abbreviation; a unit, a year, a century or "etc."
# ends the sentence where a capital follows, since nothing else with one would stand there.
_BEFORE_A_CAPITAL = re.compile(r"\.(?=\s+(?!МСК)[¿¡«“„]?(?P<capital>[^\W\d_]))")
_UNIT = r"\d\s(?:[ckm]?m|k?g|t|ha|l|h|km/h)"
_CYRILLIC_UNIT = (
    r"(?:\d|(?:\sкв|куб|т[иы]с)\.|лн|лрд)\s(?:[скм]?м|кг|т|га|л|чел|экз|руб|долл?|грн)"
    r"|\d\s(?:ч|мин|сек|год|хв)"
)
_ENDS = {
    "en": re.compile(rf"(?:[a-z]\s(?:May|ill|art)|{_UNIT})\.$"),
    "pl": re.compile(rf"(?:\d\sr|{_UNIT})\.$"),
    "ru": re.compile(rf"(?:{_CYRILLIC_UNIT}|\d\sгг?|[IVXХ]\sвв?|\sи\s(?:др|т\. ?[дп]))\.$"),
    "uk": re.compile(rf"(?:{_CYRILLIC_UNIT}|\d\sрр?|[IVXХ]\sст|\sта\sін)\.$"),
    "hy": re.compile(r"(?:\d\sթ|[IVX]\sդդ?)\.$"),
}
# A page's paragraphs may be read without the space between them ("longer.The"); a domain or a file
# is followed by none of these words.
_GLUED = re.compile(
    rf"(?<=\s)[a-z]{{3,}}[.!?](?=(?:{_BEGINS_A_SENTENCE.pattern}\s|[A-Z]{{2,}}[’']s\s))"
)
_UNIT_AT_THE_END = re.compile(rf"{_UNIT}\.$")
# "В 2023 г. Министерство …" goes on, as does "школа № 5 г. Москвы".
_GOES_ON_ALL_THE_SAME = re.compile(
    r"(?:(?:^|[.!?…։]\s+)(?:[^\W\d_]+\s+){0,2}(?:\d{4}(?:\s?[-–—]\s?\d{2,4})?|[IVXХ]+)"
    r"|№\s?\d+)\s\w+\.$"
)

# In characters; nothing listed above is longer.
_LONGEST = 12
_LONGEST_OPENING = 60


def goes_on(before: str, after: str, language: str | None) -> bool:
    """Whether the full stop that ``before`` ends with belongs to an abbreviation, an initial or
    an ordinal, so that ``after`` goes on with the sentence."""
    start = max(0, len(before) - _LONGEST)
    if _TITLES.search(before, start):
        return True
    if _BEFORE_A_NUMBER.search(before, start):
        return after[:1].isdigit()
    if language in _WITH_ORDINALS and _ORDINAL.search(before):
        return not _BEHIND_NO_ORDINAL.get(language, _NOTHING).match(after)
    may_be_both = _EITHER.search(before, start) or _INITIAL.search(before, start)
    return bool(may_be_both) and not _BEGINS_A_SENTENCE.match(after)


def ends(text: str, start: int, end: int, language: str | None) -> Iterator[int]:
    """Where ``text[start:end]`` has what looks like an abbreviation, or like one word, and ends a
    sentence."""
    if language in ("en", None):
        yield from (glued.end() for glued in _GLUED.finditer(text, start, end))
    abbreviation = _ENDS.get(language or "en", _UNIT_AT_THE_END)
    for stop in _BEFORE_A_CAPITAL.finditer(text, start, end):
        before = text[max(start, stop.end() - _LONGEST_OPENING) : stop.end()]
        if (
            stop["capital"].isupper()
            and abbreviation.search(before, max(0, len(before) - _LONGEST))
            and not _GOES_ON_ALL_THE_SAME.search(before)
        ):
            yield stop.end()
