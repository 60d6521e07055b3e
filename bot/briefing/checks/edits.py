"""Is a copied line an honest edit of a sentence that it points at?

Who takes a sentence over may leave parts out, move them, and put a name for a pronoun. Another
word in the place of a word says something else, even if a sentence cited beside it has that word.
"""

import re
from collections.abc import Iterator, Sequence

from bot.briefing.checks.alignment import Alignment, Edit, Gap
from bot.briefing.checks.rows import ANY_NUMBER, Word, heavy, is_of_measure
from bot.briefing.checks.small_words import denying, saying
from bot.briefing.checks.standing_for import may_stand_for
from bot.briefing.checks.turning import turned, ways_turned
from bot.briefing.lexicon import function_words

_DECIMAL = re.compile(r"\d+(?:\.\d+)?")
_YEAR = re.compile(r"1\d{3}|20\d\d")
# How far a rounder number may be off.
_NEAR = 0.05


def replaced(
    edit: Alignment, quoted: frozenset[int], known: frozenset[str], language: str | None
) -> Iterator[Edit]:
    """What the line has in the place of other words of its passage. ``quoted`` are the places of
    its words between quotation marks, ``known`` the beginnings that any passage has."""
    for gap in edit.gaps:
        if not quoted.isdisjoint(range(gap.start, gap.end)):
            continue
        if gap.start < gap.end and _is_replaced(edit, gap, known, language):
            yield Edit.of(heavy(edit.ours(gap)), heavy(edit.theirs(gap)))
        elif found := turned(edit, gap, language, is_added=_is_added(edit, gap)):
            yield found
    if way := ways_turned(edit, language):
        yield way


def _is_replaced(edit: Alignment, gap: Gap, known: frozenset[str], language: str | None) -> bool:
    ours, theirs = heavy(edit.ours(gap)), heavy(edit.theirs(gap))
    if not (ours and theirs) or gap.start == 0 or _is_added(edit, gap):
        return False
    if _is_another_number(ours, theirs, known):
        return True
    if all(word.is_number or is_of_measure(word.text) for word in (*ours, *theirs)):
        return _is_another_measure(edit, gap)
    if any(word.is_number for word in ours) and any(word.is_number for word in theirs):
        ours, theirs = (
            tuple(word for word in words if not word.is_number) for words in (ours, theirs)
        )
    small = function_words(language)
    are_names = all(word.is_name for word in (*ours, *theirs))
    if all(w.text.lower() in small and not w.is_sweeping for w in ours) and not are_names:
        return (
            len(ours) == len(theirs) == 1
            and len(edit.ours(gap)) == 1
            and theirs[0].text.lower() not in small
        )
    if _says_the_same(edit.ours(gap), edit.theirs(gap), known, language):
        return False
    return not may_stand_for(edit.ours(gap), edit.theirs(gap), language)


def _says_the_same(
    ours: Sequence[Word], theirs: Sequence[Word], known: frozenset[str], language: str | None
) -> bool:
    """Whether both deny, or both let somebody speak: other checks look at how."""
    denies = denying(language)
    one, other = ([word.text.lower() for word in words] for words in (ours, theirs))
    if not (denies.isdisjoint(one) or denies.isdisjoint(other)):
        return True
    says = saying(language)
    if not any(map(says.fullmatch, other)):
        return False
    return any(map(says.fullmatch, one)) or not any(word.key in known for word in heavy(ours))


def _is_another_measure(edit: Alignment, gap: Gap) -> bool:
    """Whether a unit stands for another one without a number before it, at which it is checked."""
    before = edit.line.words[gap.start - 1]
    has_number = any(word.is_number for word in (before, *edit.ours(gap), *edit.theirs(gap)))
    return not has_number and not is_of_measure(before.text)


def _is_added(edit: Alignment, gap: Gap) -> bool:
    """Whether what the line has in ``gap`` is a part of its own: between two marks, unless it is
    a name for a name or a number for a number, or at the end with a small word before it."""
    ends = gap.end == len(edit.line.words)
    if gap.start in edit.line.opening and (ends or gap.end in edit.line.opening):
        both = (heavy(edit.ours(gap)), heavy(edit.theirs(gap)))
        are_names = all(words and all(word.is_name for word in words) for words in both)
        return not are_names and not all(any(w.is_number for w in words) for words in both)
    return ends and gap.start < gap.end and edit.line.words[gap.start].is_light


def _is_another_number(ours: Sequence[Word], theirs: Sequence[Word], known: frozenset[str]) -> bool:
    """Whether a number in digits stands elsewhere in the passages: else it may be a rounder one."""
    digits = [word for word in ours if word.is_number and word.key != ANY_NUMBER]
    there = {word.key for word in theirs if word.is_number}
    is_other = any(word.key in known and word.key not in there for word in digits)
    return is_other and bool(there) and ANY_NUMBER not in there and not _are_near(digits, theirs)


def _are_near(ours: Sequence[Word], theirs: Sequence[Word]) -> bool:
    """Whether each number is nearly one of the others, as a rounder one is ("45" for "45.1"); no
    year is."""
    if any(_YEAR.fullmatch(word.text) for word in ours):
        return False
    one, other = (
        [float(number) for word in words for number in _DECIMAL.findall(word.text.replace(",", ""))]
        for words in (ours, theirs)
    )
    return all(any(abs(a - b) <= _NEAR * abs(b) for b in other) for a in one)
