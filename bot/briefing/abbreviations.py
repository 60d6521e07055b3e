"""After which words does a full stop end no sentence, and after which does it though it looks so?

In the languages that most news on our desks is in; a list serves all of them, because articles
quote each other's titles and companies.
"""

import re

_AT_A_WORD = r"(?:^|(?<=[\s(“\"«„‘'—-]))"

_TITLES = re.compile(
    rf"""{_AT_A_WORD}(?:
        Mr|Mrs|Ms|Dr|Prof|Sen|Rep|Gov|Gen|Lt|Col|Maj|Capt|Sgt|Adm|Cmdr|Hon|Rev|St|Pres|Amb
      | Supt|Insp|Det|vs|v|approx|est|incl|e\.g|i\.e
      | M|MM|Mme|Mlle|Me|Mgr|Hr|Fr|bzw|ca|z\.\ ?B|u\.\ ?a|Sra?|Dña|EE\.\ ?UU
      | г|ул|им|тов|гр|проф|акад|ред|гг|р|пр|просп|обл|оз|пос|т\.\ ?е|т\.\ ?к|И\.\ ?о|и\.\ ?о
      | млн|млрд|тыс|руб|долл
      | փ|պ|թթ?|մլն|մլրդ|հազ|ք|պրոֆ|ակադ|օր
      | [أا]\.\ ?د|د|م|أ
      | წ|ს|მლნ|მლრდ|ათ|გამზ|ქ|პროფ|აკად|ე\.\ ?ი|ე\.\ ?წ|ბ-ნ
      | Doç|Yrd|Av|Sn|Tic|Cad|Sok|Mah|Bul|Müh|Uzm|Alb|Org|Hz|vb|M\.Ö|M\.S
    )\.$""",
    re.VERBOSE,
)
_BEFORE_A_NUMBER = re.compile(
    rf"{_AT_A_WORD}(?:Nos?|[Aa]rt|Figs?|pp?|Nr|Abs|Ziff|núm|n|ст|п|стр|с|гл|рис|№|հոդ|էջ|მუხ|გვ|s)\.$"
)
# These may end a sentence or stand in one; what follows decides.
_EITHER = re.compile(rf"{_AT_A_WORD}(?:Inc|Ltd|Corp|Co|Jr|Sr|A\.Ş|Şti)\.$")
_INITIAL = re.compile(rf"(?:{_AT_A_WORD}|(?<=\.)|(?<=\sو))[^\W\d_]\.$")
_BEGINS_A_SENTENCE = re.compile(
    r"(?:The|A|An|In|On|At|But|And|He|She|It|They|We|I|This|That|These|His|Her|Its|Their|"
    r"There|After|Before|When|While|As|For|If|No|Some|Many|Both|Officials|Then|Now)\b"
)
# Ordinal numbers are written with a full stop there ("II. Mahmut", "3. Mai").
_WITH_ORDINALS = frozenset(
    ("tr", "de", "da", "no", "nb", "fi", "et", "lv", "cs", "sk", "pl", "hu", "hr", "sr")
)
_ORDINAL = re.compile(r"(?:^|\s)[IVXL]+\.$")

# sentencex takes "closed in May. Shops …" for an abbreviation; a year, a century or "etc." ends
# the sentence where a capital follows, since nothing else with one would stand there.
_ENDS = {
    "en": re.compile(r"(?<=[a-z]\s)(?:May|ill|art)\.(?=\s+[A-Z])"),
    "ru": re.compile(
        r"(?:(?<=\d\s)гг?|(?:(?<=\d\s)|(?<=лн\s)|(?<=лрд\s)|(?<=тыс\.\s))(?:руб|долл)"
        r"|(?<=[IVX]\s)вв?|(?<=и\s)(?:др|т\. ?[дп]))\.(?=\s+[«А-ЯЁ])"
    ),
    "hy": re.compile(r"(?:(?<=\d\s)թթ?|(?<=[IVX]\s)դդ?)\.(?=\s+[«Ա-Ֆ])"),
}
_NOTHING = re.compile(r"(?!)")

# In characters; nothing listed above is longer.
_LONGEST = 12


def goes_on(before: str, after: str, language: str | None) -> bool:
    """Whether the full stop that ``before`` ends with belongs to an abbreviation, an initial or
    an ordinal, so that ``after`` goes on with the sentence."""
    start = max(0, len(before) - _LONGEST)
    if _TITLES.search(before, start):
        return True
    if _BEFORE_A_NUMBER.search(before, start):
        return after[:1].isdigit()
    if language in _WITH_ORDINALS and _ORDINAL.search(before):
        return True
    may_be_both = _EITHER.search(before, start) or _INITIAL.search(before, start)
    return bool(may_be_both) and not _BEGINS_A_SENTENCE.match(after)


def ends(language: str | None) -> re.Pattern[str]:
    """What looks like an abbreviation and ends a sentence all the same."""
    return _ENDS.get(language or "en", _NOTHING)
