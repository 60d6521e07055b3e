"""What are numerals in Chinese characters worth?"""

import re
from decimal import Decimal

_HAN_DIGITS = {**dict(zip("〇一二三四五六七八九", range(10), strict=True)),
               "零": 0, "两": 2, "兩": 2}  # fmt: skip
_HAN_UNITS = {"十": 10, "百": 100, "千": 1000}
_HAN_MYRIADS = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8, "兆": 10**12}
HAN = re.compile(rf"[{''.join((*_HAN_DIGITS, *_HAN_UNITS, *_HAN_MYRIADS))}]+")
HAN_LANGUAGES = frozenset(("zh", "ja", "yue"))
# What is counted stands behind a numeral of one character that counts.
COUNTED = re.compile("[名人个個位家年天次只歳岁倍届周週月日件所条條座台艘辆輛枚本度回分]")


def of_han(signs: str) -> frozenset[Decimal]:
    """What ``signs`` may mean: 三百五十万 is 3,500,000, 二〇二六 a year."""
    if all(sign in _HAN_DIGITS for sign in signs):
        together = Decimal("".join(str(_HAN_DIGITS[sign]) for sign in signs))
        each = frozenset(Decimal(_HAN_DIGITS[sign]) for sign in signs)
        return each | {together}
    total = section = number = 0
    for sign in signs:
        if sign in _HAN_DIGITS:
            number = _HAN_DIGITS[sign]
        elif sign in _HAN_UNITS:
            section, number = section + (number or 1) * _HAN_UNITS[sign], 0
        else:
            total, section, number = total + ((section + number) or 1) * _HAN_MYRIADS[sign], 0, 0
    return frozenset({Decimal(total + section + number)})


def is_number(signs: str) -> bool:
    """Whether ``signs`` can be nothing but a number."""
    return len(signs) > 1 and (signs[0] in _HAN_DIGITS or signs[0] == "十")
