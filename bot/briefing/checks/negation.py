"""Does a line deny what its passages deny, and nothing else?

A "not" is looked for at the word it is about. Another negative word may stand for it ("failed
to", "refused"), so that an honest paraphrase passes; a "not" that comes or goes does not.
"""

from collections.abc import Iterator
from functools import lru_cache

from bot.briefing.checks.cited import cited
from bot.briefing.checks.phrases import phrases
from bot.briefing.checks.statement import Statement
from bot.briefing.checks.wording import Compared, Wording, compared
from bot.briefing.lexicon import lexicon
from bot.briefing.lines import Reason

# How far a negative word reaches: to the left where a passage is read, farther in the line,
# which may be built otherwise; and to the right ("found no evidence").
_REACH = 5
_REACH_IN_LINE = 8
_REACH_BEHIND = 2


def negation(statement: Statement) -> list[Reason]:
    """One reason for every word that the line denies and the passages do not, or the reverse."""
    if statement.is_translation or statement.is_detail:
        return []
    both = compared(statement)
    added = [f"does not deny “{word}”." for word in _added(both, statement.language)]
    lost = [f"denies “{word}”, the line does not." for word in _lost(both, statement.language)]
    return [
        Reason("negation", f"{cited(statement)} {fault}") for fault in dict.fromkeys(added + lost)
    ]


def is_denied(text: Wording, place: int, language: str | None, reach: int = _REACH) -> bool:
    """Whether a negative word within ``reach`` is about the word at ``place``."""
    negative = _negative(text, language)
    if place in _denied(text, language):
        return True
    if any(earlier in negative for earlier in text.before(place, reach)):
        return True
    nots = phrases(lexicon(language).negations).within(text.words)
    return any(0 < cue.start - place <= _REACH_BEHIND for cue in nots)


def _added(both: Compared, language: str | None) -> Iterator[str]:
    for place in _denied(both.line, language):
        there = both.counterparts(place)
        if not there and any(_negative(each, language) for each in both.passages):
            continue
        if not any(is_denied(each.passage, each.place, language) for each in there):
            yield both.line.words[place]


def _lost(both: Compared, language: str | None) -> Iterator[str]:
    denied = {each.keys[place] for each in both.passages for place in _denied(each, language)}
    for key in denied & both.line.places.keys():
        for place in both.line.places[key]:
            there = both.counterparts(place)
            if not all(
                each.place in _denied(each.passage, language)
                and both.are_about_one_thing(place, each)
                for each in there
            ):
                continue
            if not is_denied(both.line, place, language, _REACH_IN_LINE):
                yield both.line.words[place]


@lru_cache(maxsize=4096)
def _denied(text: Wording, language: str | None) -> frozenset[int]:
    """The words that a "not" is about."""
    found = phrases(lexicon(language).negations).within(text.words)
    return frozenset(place for cue in found if (place := text.about(cue)) is not None)


@lru_cache(maxsize=4096)
def _negative(text: Wording, language: str | None) -> frozenset[int]:
    """Where a negative word stands, of either list."""
    known = lexicon(language)
    both = (phrases(known.negations), phrases(known.negatives))
    return frozenset(
        place for each in both for cue in each.within(text.words) for place in range(*cue)
    )
