"""In what do two sentences of different sources differ that tell of the same thing?

Each function answers with the words of the first and of the second, or with None. None of them
says which source is right. Two sentences that differ in more than one way are taken for two
events, and so are two that name other people or places.
"""

import re
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from typing import Literal

from bot.briefing.checks.direction import direction
from bot.briefing.checks.hedges import hedges
from bot.briefing.checks.negation import negation
from bot.briefing.checks.quantities import Quantity
from bot.briefing.checks.statement import Check, Statement
from bot.briefing.dates import Time, published_day, resolved
from bot.briefing.documents import Library
from bot.briefing.frames import Frame
from bot.briefing.normalisation import normalised
from bot.briefing.speakers import speaker_of_sentence
from bot.briefing.speech import loaded_words
from bot.briefing.words import count_words

DifferenceKind = Literal["figure", "who", "date", "denial", "direction", "certainty", "wording"]
Words = tuple[str, str]
Differing = Callable[[Frame, Frame], Words | None]

# How much of the shorter, and of the longer, of two sentences the other must have.
_OF_SHORTER, _OF_CHECKED, _OF_LONGER = 0.8, 0.7, 0.6
_FEWEST_SHARED = 3
_FEWEST_OF_A_DEED = 7
_FEWEST_QUOTED = 5
_BEGINNING = 5  # as in `wording`
# "About" is as good as a tenth more or less.
_ABOUT = Decimal("0.1")
_LONGEST_WORDS = 6
_A_WEEK = timedelta(days=7)
_PASSIVE = re.compile(r"\b(?:is|are|was|were|been|being|be)\b[^.;]{0,60}\bby\b", re.IGNORECASE)


def by_figure(one: Frame, other: Frame) -> Words | None:
    """Another number of the same things: "14 passengers", "11 passengers"."""
    if not _count_one_thing(one, other) or _days_differ(one, other):
        return None
    for figure in one.figures:
        for their in other.figures:
            if _is_another(figure, their) and _counts_the_same(one, figure, other, their):
                is_here = any(not _is_another(each, their) for each in one.figures)
                is_there = any(not _is_another(figure, each) for each in other.figures)
                return None if is_here or is_there else (figure.words, their.words)
    return None


def _count_one_thing(one: Frame, other: Frame) -> bool:
    """Whether two sentences are so like that figures in them may be compared: one that has several
    says many things."""
    if not _is_one_thing(one, other):
        return False
    is_inside = one.words <= other.words or other.words <= one.words
    fewest, most = sorted((len(one.figures), len(other.figures)))
    if fewest > 1:
        return one.words == other.words
    return is_inside or (most == 1 and _are_alike(one.words, other.words))


def by_day(one: Frame, other: Frame) -> Words | None:
    """Another day for the same event."""
    if len(one.times) != 1 or len(other.times) != 1 or _figures_differ(one, other):
        return None
    if not _are_of_one_week(one, other):
        return None
    if not _is_one_thing(one, other) or not _are_alike(one.words, other.words):
        return None
    if not _days_differ(one, other):
        return None
    day, their = (each.times[0].words.rstrip(".") for each in (one, other))
    return day, their


def by_speaker(one: Frame, other: Frame) -> Words | None:
    """The same words as another speaker's."""
    said, their = _quoted(one), _quoted(other)
    if said.isdisjoint(their):
        return None
    speaker, their_speaker = map(_speaker, (one, other))
    are_apart = set(speaker.casefold().split()).isdisjoint(their_speaker.casefold().split())
    return (speaker, their_speaker) if speaker and their_speaker and are_apart else None


def _speaker(frame: Frame) -> str:
    said = speaker_of_sentence(frame.document, frame.number)
    return said.name if said else ""


def by_doer(one: Frame, other: Frame) -> Words | None:
    """The same deed of somebody else: two names in each other's place, or another name first."""
    if not (one.names and other.names) or one.names[0] == other.names[0]:
        return None
    if _days_differ(one, other) or _figures_differ(one, other):
        return None
    if bool(_PASSIVE.search(one.text)) != bool(_PASSIVE.search(other.text)):
        return None
    is_turned = set(one.names) == set(other.names) and one.words == other.words
    if is_turned or _has_another_subject(one, other):
        return one.as_written(one.names[0]), other.as_written(other.names[0])
    return None


def _has_another_subject(one: Frame, other: Frame) -> bool:
    """Whether the first names are all that differs in two sentences that say much."""
    if one.names[1:] != other.names[1:]:
        return False
    deed, their = (each.words - {each.names[0][:_BEGINNING]} for each in (one, other))
    return deed == their and len(deed) >= _FEWEST_OF_A_DEED


def by_check(one: Frame, other: Frame, check: Check) -> Words | None:
    """A "not", or an opposite: what ``check`` finds where each is held against the other."""
    if not _is_one_thing(one, other, _OF_CHECKED) or not _are_alike(one.words, other.words):
        return None
    if _days_differ(one, other) or _figures_differ(one, other):
        return None
    found = check(_against(one, other)) and check(_against(other, one))
    return _own_words(one, other) if found else None


def by_certainty(one: Frame, other: Frame) -> Words | None:
    """A "may" that only one of them has."""
    if not _is_one_thing(one, other) or not _are_alike(one.words, other.words, _OF_SHORTER):
        return None
    if _days_differ(one, other) or _figures_differ(one, other):
        return None
    found = hedges(_against(one, other)) or hedges(_against(other, one))
    return _own_words(one, other) if found else None


def by_loaded_word(one: Frame, other: Frame) -> Words | None:
    """A word that judges, where the other tells the same without one."""
    mine, theirs = (loaded_words(each.document, each.number) for each in (one, other))
    if bool(mine) == bool(theirs):
        return None
    if not _is_one_thing(one, other) or not _are_alike(one.words, other.words):
        return None
    return _own_words(one, other)


KINDS: tuple[tuple[DifferenceKind, Differing], ...] = (
    ("figure", by_figure),
    ("who", by_speaker),
    ("who", by_doer),
    ("date", by_day),
    ("denial", partial(by_check, check=negation)),
    ("direction", partial(by_check, check=direction)),
    ("certainty", by_certainty),
    ("wording", by_loaded_word),
)


def _is_one_thing(one: Frame, other: Frame, share: float = _OF_SHORTER) -> bool:
    shared = len(one.words & other.words)
    names, theirs = set(one.names), set(other.names)
    if (names - theirs and theirs - names) or _order(one, other) != _order(other, one):
        return False
    return shared >= _FEWEST_SHARED and shared >= share * min(len(one.words), len(other.words))


def _are_alike(one: frozenset[str], other: frozenset[str], share: float = _OF_LONGER) -> bool:
    return len(one & other) >= share * max(len(one), len(other))


def _order(one: Frame, other: Frame) -> list[str]:
    return [name for name in one.names if name in other.names]


def _is_another(one: Quantity, other: Quantity) -> bool:
    if one.kind != other.kind or (one.units and other.units and not one.units & other.units):
        return True
    pairs = ((a, b) for a in one.values for b in other.values)
    return not any(_may_be(a, one.bound, b, other.bound) for a, b in pairs)


def _may_be(one: Decimal, bound: str | None, other: Decimal, their: str | None) -> bool:
    if "about" in (bound, their) and abs(one - other) <= _ABOUT * max(abs(one), abs(other)):
        return True
    if (bound == "above" and other >= one) or (their == "above" and one >= other):
        return True
    if (bound == "below" and other <= one) or (their == "below" and one <= other):
        return True
    return one == other


def _counts_the_same(one: Frame, figure: Quantity, other: Frame, their: Quantity) -> bool:
    if figure.kind != their.kind or figure.units != their.units:
        return False
    counted = one.counted(figure)
    return bool(counted or figure.units) and counted == other.counted(their)


def _figures_differ(one: Frame, other: Frame) -> bool:
    return (
        bool(one.figures)
        and bool(other.figures)
        and not any(not _is_another(a, b) for a in one.figures for b in other.figures)
    )


def _days_differ(one: Frame, other: Frame) -> bool:
    """Whether both name a day, and none that may be the same."""
    if one.years and other.years and one.years.isdisjoint(other.years):
        return True
    return bool(one.times and other.times) and not any(
        _may_be_same(one, a, other, b) for a in one.times for b in other.times
    )


def _are_of_one_week(one: Frame, other: Frame) -> bool:
    """Whether both were published within a week, or one does not say when: what met on Monday
    meets again on another day."""
    day, their = (published_day(each.document) for each in (one, other))
    return day is None or their is None or abs(day - their) <= _A_WEEK


def _may_be_same(one: Frame, time: Time, other: Frame, their: Time) -> bool:
    day, theirs = _day(one, time), _day(other, their)
    if day and theirs:
        return day == theirs
    if time.weekday is not None and their.weekday is not None:
        return time.weekday == their.weekday
    if time.days and their.days:
        return any(
            a.month == b.month and (a.day == b.day or None in (a.day, b.day))
            for a in time.days
            for b in their.days
        )
    return True


def _day(frame: Frame, time: Time) -> date | None:
    document = frame.document
    return resolved(time, frame.passage.text, published_day(document), document.language)


def _quoted(frame: Frame) -> set[str]:
    spans = frame.document.quotations_in(frame.number)
    words = (normalised(frame.document.text[slice(*span)]).text for span in spans)
    return {each.casefold().strip(" .,!?") for each in words if count_words(each) >= _FEWEST_QUOTED}


def _against(one: Frame, other: Frame) -> Statement:
    return Statement(
        one.passage.text, (other.passage.reference,), (other.passage,),
        Library((other.document,)), language=one.document.language,
    )  # fmt: skip


def _own_words(one: Frame, other: Frame) -> Words:
    """What each says where the other says something else."""
    a, b = (re.findall(r"\w+(?:['-]\w+)*", each.text) for each in (one, other))
    low, their = [w.casefold() for w in a], [w.casefold() for w in b]
    mine = [w for w in a if w.casefold() not in their][:_LONGEST_WORDS]
    theirs = [w for w in b if w.casefold() not in low][:_LONGEST_WORDS]
    return " ".join(mine), " ".join(theirs)
