"""What are numbers in digits worth, with the separators of any language?"""

import re
from decimal import Decimal

from bot.briefing import cldr

# Letters that are written without a space before a number: of scripts that have none, and what
# Arabic and Hebrew write onto it ("and 8").
_JOINED = (
    r"\u0590-\u06ff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3"
)
# In threes, or as Indians do; as a decimal; or plain. Of a date or a version ("1.5.2024") every
# part by itself.
_DIGITS = (
    r"[1-9]\d{0,2}(?:(?:[ ,]\d{3})++(?:\.\d++)?|(?:[ .]\d{3})++(?:,\d++)?|(?:'\d{3})++)(?![.,]?\d)"
    r"|[1-9]\d?(?:,\d{2})+,\d{3}(?:\.\d+)?(?![.,]?\d)"
    r"|(?<!\d[.,])\d++(?:[.,]\d++)?(?![.,]\d)|\d++"
)
NUMERAL = re.compile(
    rf"(?<![^\W{_JOINED}])(?<!\d[.,])(?P<sign>(?<![^\s(])-)?"
    rf"(?:(?P<whole>\d+) ?)?(?P<above>\d)⁄(?P<below>\d+)"
    rf"|(?<![^\W{_JOINED}])(?P<minus>(?<![^\s(])-)?(?P<digits>{_DIGITS})"
    rf"(?P<ending>st|nd|rd|th|er|ère|ème|[eº°ª](?![^\W\d_])|-?(?:й|я|е|го|м|му|ю)(?!\w))?"
)
_GROUPED = re.compile(r"([1-9]\d{0,2}([.,' ])\d{3}(?:\2\d{3})*)(?:([.,])(\d+))?")
_INDIAN = re.compile(r"[1-9]\d?(?:,\d{2})+,\d{3}(?:\.\d+)?")
_PLAIN = re.compile(r"\d+(?:[.,]\d+)?")


def values_of(match: re.Match[str], language: str) -> frozenset[Decimal]:
    """What a match of ``NUMERAL`` may be worth: "1.234" is one thing in English and another in
    German."""
    if match["below"]:
        if not int(match["below"]):
            return frozenset()
        share = Decimal(match["above"]) / Decimal(match["below"])
        return frozenset({share + Decimal(match["whole"] or 0)})
    values = _read(match["digits"], language)
    return frozenset(-each for each in values) | values if match["minus"] else frozenset(values)


def _read(written: str, language: str) -> frozenset[Decimal]:
    """What digits may stand for: "1.234" is one number in English and another in German, and
    either where a language separates otherwise."""
    decimal, group = cldr.separators(language)
    found = set()
    grouped = _GROUPED.fullmatch(written)
    if grouped and (grouped[4] or len(grouped[1]) > 7 or grouped[2] != decimal):
        whole = re.sub(r"\D", "", grouped[1])
        found.add(Decimal(f"{whole}.{grouped[4] or 0}"))
    if _INDIAN.fullmatch(written):
        found.add(Decimal(written.replace(",", "")))
    is_group = grouped and grouped[2] == group and group != decimal
    if _PLAIN.fullmatch(written) and not is_group:
        found.add(Decimal(written.replace(",", ".")))
    return frozenset(found)
