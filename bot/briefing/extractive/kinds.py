"""Does a sentence hold the kind of thing that is asked for, where it belongs to what is asked?

A number that stands beside another noun, a time in another clause, or a name that is the subject
of something else, answers nothing.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from bot.briefing.checks import number_words
from bot.briefing.extractive.asked import Asked
from bot.briefing.extractive.timeline import event
from bot.briefing.extractive.words import Places, Sentence
from bot.briefing.lexicon import lexicon
from bot.briefing.lexicon.questions import Kind, asking
from bot.briefing.speech import attribution

# A number and what it counts stand within so many words ("11 of its 240 shops"), a name and what
# somebody is too, and a verb and the "by" of the passive.
_COUNTS, _BESIDE, _BY = 4, 4, 8
# Between a number and what it counts no such word stands ("2,700 from their homes").
_PARTS = frozenset(["from", "in", "at", "with", "by", "to", "for", "on", "and", "who", "that"])
_SIGNS = frozenset("$€£¥₽")
_BEING = frozenset(["be", "been", "is", "are", "was", "were", "being"])
_ORDINAL = re.compile(r"first|second|third|\w+th")
_YEAR = re.compile(r"1[89]\d\d|20\d\d")
_AGE = re.compile(
    r"\baged? \d|\d+[- ]years?[- ]old|\b\w+ years? old|, \d{1,3},|\bin (?:his|her|their) \w+ies\b",
    re.IGNORECASE,
)
_IS_WHO = re.compile(
    r"\W*(?:and\W+)?(?:who(?:'s|\s+(?:is|was|are|were))|what (?:is|are) the names?|"
    r"what (?:is|was|are|were) .*(?:called|named)\b)\b",
    re.IGNORECASE,
)
_IS_DONE_TO = re.compile(
    r"\W*who(?:m)?\s+(?:is|was|are|were|has been|have been|will be)\s+\w+(?:ed|en)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Match:
    """A sentence and where it has what is asked: ``matched`` are its names and words."""

    asked: Asked
    sentence: Sentence
    matched: Places

    @cached_property
    def words(self) -> Places:
        """Where it has the words of the question, names left out."""
        return frozenset[int]().union(*(self.sentence.places(word) for word in self.asked.words))

    @cached_property
    def amounts(self) -> tuple[int, ...]:
        """Where numbers stand that belong to no date."""
        return tuple(
            index for index in range(len(self.sentence.lows))
            if _is_number(self.sentence, index) and not _is_date(self.sentence, index)
        )  # fmt: skip

    def is_beside(self, place: int) -> bool:
        """Whether ``place`` stands in a clause with something that is asked."""
        return self.sentence.same_clause(place, self.matched)


def holds(match: Match) -> bool:
    """Whether the sentence holds what is asked for."""
    rule = _RULES.get(match.asked.kind) if match.asked.kind else None
    return rule is None or rule(match)


def _count(match: Match) -> bool:
    sentence, focus = match.sentence, match.asked.focus
    counted = sentence.places(focus) if focus else match.words
    many = re.compile(asking(sentence.language).many)
    if many.fullmatch(focus):
        people = (i for i, low in enumerate(sentence.lows) if many.fullmatch(low))
        counted = counted | match.words | frozenset(people)
    return any(_is_counted(match, place) for place in counted)


def _is_counted(match: Match, place: int) -> bool:
    """Whether a number stands before the word at ``place``, or behind "number of …"."""
    lows = match.sentence.lows
    for index in range(place - 1, max(-1, place - 1 - _COUNTS), -1):
        if index in match.amounts:
            return True
        if lows[index] in _PARTS or not (lows[index][0].isalnum() or lows[index] in "-–"):
            return False
    return "number" in lows[max(0, place - 3) : place] and bool(match.amounts)


def _number(match: Match) -> bool:
    if match.asked.focus and _count(match):
        return True
    return any(match.is_beside(place) for place in match.amounts)


def _money(match: Match) -> bool:
    lows = match.sentence.lows
    money = re.compile(asking(match.sentence.language).money, re.IGNORECASE)
    return any(
        match.is_beside(place)
        and (
            not _SIGNS.isdisjoint(lows[max(0, place - 1) : place])
            or any(money.fullmatch(low) for low in lows[place + 1 : place + 4])
        )
        for place in match.amounts
    )


def _measure(match: Match) -> bool:
    units = re.compile(asking(match.sentence.language).units, re.IGNORECASE)
    lows = match.sentence.lows
    return any(
        match.is_beside(place) and any(units.fullmatch(low) for low in lows[place + 1 : place + 3])
        for place in match.amounts
    )


def _age(match: Match) -> bool:
    return _AGE.search(match.sentence.text) is not None


def _time(match: Match) -> bool:
    return any(match.is_beside(place) for place in _times(match.sentence))


def _times(sentence: Sentence) -> Iterator[int]:
    for found in _time_pattern(sentence.language).finditer(sentence.text):
        yield sentence.index_at(found.start())
    if (dated := event(sentence.document, sentence.number)) is not None:
        yield sentence.index_at(sentence.text.find(" ".join(dated.when.split())))


@cache
def _time_pattern(language: str | None) -> re.Pattern[str]:
    words, rules = lexicon(language), asking(language)
    # "May" and "March" are months with a capital alone.
    capital = r"(?-i:(?=[A-Z]))" if (language or "en") == "en" else ""
    days = "|".join(word for word, _ in words.relative_days) or r"(?!)"
    return re.compile(
        rf"\b(?:{capital}(?:{words.months})|{words.weekdays}|{days}|{rules.times}|"
        rf"{words.relative_times or '(?!)'}|(?:in|since|until|by|from|en|depuis|в|с|до) "
        rf"(?:{_YEAR.pattern}))\b",
        re.IGNORECASE,
    )


def _place(match: Match) -> bool:
    prepositions = re.compile(asking(match.sentence.language).places)
    return any(
        prepositions.fullmatch(low) and match.is_beside(index) and _leads_to_a_place(match, index)
        for index, low in enumerate(match.sentence.lows)
    )


def _leads_to_a_place(match: Match, index: int) -> bool:
    """Whether the preposition at ``index`` opens a place that the question does not name."""
    sentence = match.sentence
    for place in range(index + 1, min(index + 4, len(sentence.lows))):
        word, low = sentence.words[place], sentence.lows[place]
        if not word[0].isalpha() or _time_pattern(sentence.language).match(word):
            return False
        if low not in asking(sentence.language).small_words:
            return place not in match.matched
    return False


def _person(match: Match) -> bool:
    sentence, question = match.sentence, match.asked.text
    lows = sentence.lows
    names = [place for place in sentence.name_places if place not in match.matched]
    pronouns = [index for index, low in enumerate(lows) if low in ("he", "she")]
    roles = [index for index, low in enumerate(lows) if lexicon(sentence.language).is_role(low)]
    if _IS_WHO.match(question) and not match.asked.words:
        return any(_stand_together(sentence, role, place)
                   for role in roles for place in match.matched)  # fmt: skip
    if _IS_WHO.match(question) and not _IS_DONE_TO.match(question):
        return any(_stand_together(sentence, name, place)
                   for name in names for place in match.words)  # fmt: skip
    verbs = sentence.places(match.asked.words[0]) if match.asked.words else ()
    return any(_does(match, verb, [*names, *pronouns, *roles]) for verb in verbs)


def _stand_together(sentence: Sentence, name: int, place: int) -> bool:
    return abs(name - place) <= _BESIDE and sentence.same_clause(name, [place])


def _does(match: Match, verb: int, people: Sequence[int]) -> bool:
    """Whether one of ``people`` does what the word at ``verb`` says, or has it done to them."""
    sentence = match.sentence
    asks_passive = _IS_DONE_TO.match(match.asked.text) is not None
    is_by_somebody = "by" in sentence.lows[verb : verb + _BY] and max(people, default=-1) > verb
    if is_by_somebody or _is_passive(sentence, verb) != asks_passive:
        return is_by_somebody
    if asks_passive:
        return bool(people)
    return any(place < verb and sentence.same_clause(place, [verb]) for place in people)


def _is_passive(sentence: Sentence, place: int) -> bool:
    before = sentence.lows[max(0, place - 3) : place]
    is_active = before[-1:] == ("to",) or sentence.lows[place].endswith("ing")
    return not is_active and not _BEING.isdisjoint(before)


def _reason(match: Match) -> bool:
    sentence, rules = match.sentence, asking(match.sentence.language)
    if re.search(rf"\b(?:{rules.reasons})\b", sentence.text, re.IGNORECASE):
        return True
    last = max(match.words, default=0)
    behind = re.finditer(rf"\b(?:{rules.later_reasons})\s+(?!\d)", sentence.text, re.IGNORECASE)
    return any(
        sentence.index_at(found.start()) > last
        and not _time_pattern(sentence.language).match(sentence.text, found.end())
        for found in behind
    )


def _is_said_by_somebody(match: Match) -> bool:
    return attribution(match.sentence.document, match.sentence.number) is not None


def _truth(match: Match) -> bool:
    return len(match.asked.names) + len(match.asked.words) > 1


def _is_number(sentence: Sentence, index: int) -> bool:
    low = sentence.lows[index]
    if low[0].isdigit():
        return True
    words = number_words.pattern(sentence.language or "en")
    return words.fullmatch(low) is not None and not _ORDINAL.fullmatch(low)


def _is_date(sentence: Sentence, index: int) -> bool:
    """Whether the number at ``index`` is a year, or stands beside a month."""
    months = lexicon(sentence.language).months
    beside = (*sentence.lows[max(0, index - 1) : index], *sentence.lows[index + 1 : index + 2])
    is_of_month = any(re.fullmatch(months, low) for low in beside)
    return is_of_month or _YEAR.fullmatch(sentence.lows[index]) is not None


_RULES: Mapping[Kind, Callable[[Match], bool]] = {
    "count": _count,
    "number": _number,
    "money": _money,
    "measure": _measure,
    "age": _age,
    "time": _time,
    "place": _place,
    "person": _person,
    "speaker": _is_said_by_somebody,
    "reason": _reason,
    "truth": _truth,
}
