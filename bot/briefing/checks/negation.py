"""Does a line deny what its passages deny, and nothing else?

A "not" is looked for at the word it is about. Another negative word may stand for it ("failed to",
"refused"), and so may another way to say it ("if it does not" for "unless it does", "sent none" for
"denied having sent some"). A line in its own words isn't checked: there, a "not" added or lost is
mostly honest rewording.
"""

from collections.abc import Iterator

from bot.briefing.checks import denied as denying
from bot.briefing.checks.cited import cited
from bot.briefing.checks.denied import denied, is_denied, negative, places_of
from bot.briefing.checks.statement import Statement
from bot.briefing.checks.wording import Compared, Place, compared
from bot.briefing.lexicon import lexicon
from bot.briefing.lines import Reason

# How far a negative word of the line reaches, which may be built otherwise than its passage.
_REACH_IN_LINE = 8
_REACH_OF_NONE = 3  # "none of the eleven"


def negation(statement: Statement) -> list[Reason]:
    """One reason for every word that the line denies and the passages do not, or the reverse."""
    if statement.is_translation or statement.is_detail:
        return []
    both, language = compared(statement), statement.language
    if not both.are_alike:
        return []
    added = [f"does not deny “{word}”." for word in _added(both, language)]
    lost = [f"denies “{word}”, the line does not." for word in _lost(both, language)]
    if statement.group != "english":
        # Elsewhere the word that a "not" is about is known too seldom to be compared.
        added = [] if any(negative(each, language) for each in both.passages) else added
        lost = [] if negative(both.line, language) else lost
    return [
        Reason("negation", f"{cited(statement)} {fault}") for fault in dict.fromkeys(added + lost)
    ]


def _added(both: Compared, language: str | None) -> Iterator[str]:
    for place in denied(both.line, language):
        there = both.counterparts(place)
        if not there and any(negative(each, language) for each in both.passages):
            continue
        if any(is_denied(each.passage, each.place, language) for each in there):
            continue
        if not _is_said_otherwise(both, place, there, language):
            yield both.line.words[place]


def _is_said_otherwise(
    both: Compared, place: int, there: list[Place], language: str | None
) -> bool:
    """Whether the passages deny in another way what the line denies at ``place``."""
    if denying.is_of_a_condition(both.line, place, language):
        return any(denying.sets_a_denied_condition(each, language) for each in both.passages)
    known = lexicon(language)
    if not places_of(both.line, known.nobodies).isdisjoint(both.line.before(place, _REACH_OF_NONE)):
        return any(places_of(each, known.nobodies) for each in both.passages)
    return any(
        not places_of(both.line, listed)
        and denying.is_reached(*each, places_of(each.passage, listed))
        for listed in (known.denials, known.nobodies)
        for each in there
    )


def _lost(both: Compared, language: str | None) -> Iterator[str]:
    denials = {each.keys[place] for each in both.passages for place in denied(each, language)}
    for key in denials & both.line.places.keys():
        for place in both.line.places[key]:
            there = both.counterparts(place)
            if not all(
                each.place in denied(each.passage, language)
                and both.are_about_one_thing(place, each)
                for each in there
            ):
                continue
            if not is_denied(both.line, place, language, _REACH_IN_LINE):
                yield both.line.words[place]
