"""Claims with a figure other than their sentence's, a rounder one, or the same one spelt
differently."""

import re
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from bot.evaluation.choosing import choice, order
from bot.evaluation.sentences import Change, Sentence, exchanged, replaced

_NUMBER = re.compile(r"(?<![\w.,:-])\d+(?:[,  ]\d{3})*(?:[.,]\d{1,2})?(?![\w:]|[.,]\d|-\d)")
_YEAR = re.compile(r"(?<![\w.,-])(?:19|20)\d\d(?![\w.,]\d|\w)")
_GROUPED = re.compile(r"(?<![\w.,:-])(\d{1,3})([,  ])(\d{3})(?![\w:]|[.,  ]\d)")


def number_outside(sentence: Sentence) -> Iterator[Change]:
    """A number that the article does not have: another first digit."""
    known = set(_numbers(sentence.article.document.text))
    for match in _found(sentence):
        first = int(match[0][0])
        others = [str(digit) for digit in range(1, 10) if digit != first]
        written = [digit + match[0][1:] for digit in others]
        if outside := [number for number in written if number not in known]:
            yield replaced(sentence, match, choice(outside, sentence.text, match.start()))


def number_elsewhere(sentence: Sentence) -> Iterator[Change]:
    """A number that stands elsewhere in the article."""
    own = set(_numbers(sentence.text))
    others = sorted(set(_numbers(sentence.article.document.text)) - own)
    for match in _found(sentence):
        if others:
            yield replaced(sentence, match, choice(others, sentence.text, match.start()))


def numbers_exchanged(sentence: Sentence) -> Iterator[Change]:
    """Two numbers of the sentence, each in the other's place."""
    return exchanged(sentence, _found(sentence))


def year(sentence: Sentence) -> Iterator[Change]:
    """The year before or after."""
    for match in _YEAR.finditer(sentence.text):
        shift = choice((-1, 1), sentence.text, match.start())
        if str(int(match[0]) + shift) not in sentence.text:
            yield replaced(sentence, match, str(int(match[0]) + shift))


def rounded(sentence: Sentence) -> Iterator[Change]:
    """A number of three digits or more with two that count, and "about" before it."""
    if re.search(r"[“«]", sentence.text):
        return
    for match in _found(sentence):
        before = sentence.text[: match.start()]
        rounder = _rounder(match[0])
        if rounder and not re.search(sentence.words.exact, before, re.IGNORECASE):
            yield replaced(sentence, match, f"{sentence.words.about}{rounder}")


def regrouped(sentence: Sentence) -> Iterator[Change]:
    """A number without what stands between its thousands."""
    for match in _GROUPED.finditer(sentence.text):
        yield replaced(sentence, match, match[1] + match[3])


def _rounder(written: str) -> str | None:
    """``written`` with two digits that count; None where it has no more than those."""
    mark = re.search(r"[.,](?=\d{1,2}$)", written)
    value = Decimal(re.sub(r"[,  ]", "", written.replace(mark[0], ".") if mark else written))
    last = Decimal(1).scaleb(value.adjusted() - 1)
    rounder = value.quantize(last, ROUND_HALF_UP)
    if rounder == value or value < 10:
        return None
    return f"{rounder:f}".replace(".", mark[0]) if mark else str(int(rounder))


def _found(sentence: Sentence) -> list[re.Match[str]]:
    found = _NUMBER.finditer(sentence.text)
    numbers = [match for match in found if not _YEAR.fullmatch(match[0])]
    return sorted(numbers, key=lambda match: order(sentence.text, match.start()))


def _numbers(text: str) -> list[str]:
    return [each for each in _NUMBER.findall(text) if not _YEAR.fullmatch(each)]
