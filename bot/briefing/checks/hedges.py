"""Does a line leave open what its passages leave open?

What "may" happen, what somebody "plans to" do and what an "alleged" thief took has not happened
yet, or not for certain. Any hedge may stand for any other; none may be lost.
"""

from collections.abc import Iterator
from functools import lru_cache
from typing import Literal

from bot.briefing.checks.cited import cited
from bot.briefing.checks.denied import places_of
from bot.briefing.checks.phrases import Found, phrases
from bot.briefing.checks.statement import Statement
from bot.briefing.checks.wording import Compared, Wording, compared
from bot.briefing.lexicon import lexicon
from bot.briefing.lines import Reason

_Kind = Literal["hedges", "doubts", "promises", "futures"]

# A hedge governs what follows it in its clause; "alleged" only what stands close.
_REACH: dict[_Kind, int] = {"hedges": 10, "doubts": 4, "promises": 10}
_REACH_BEHIND = 3


def hedges(statement: Statement) -> list[Reason]:
    """One reason for every word about which the line is more certain than the passages."""
    if statement.is_translation or statement.is_detail:
        return []
    both, language = compared(statement), statement.language
    lost = [
        f"says “{hedge}” of “{word}”, the line does not."
        for kind in _REACH
        for hedge, word in _lost(both, language, kind)
    ]
    return [Reason("hedges", f"{cited(statement)} {fault}") for fault in dict.fromkeys(lost)]


def _lost(both: Compared, language: str | None, kind: _Kind) -> Iterator[tuple[str, str]]:
    hedged = {
        each.keys[place]: cue
        for each in both.passages
        for place, cue in _hedged(each, language, kind).items()
    }
    for key in hedged.keys() & both.line.places.keys():
        for place in both.line.places[key]:
            there = both.counterparts(place)
            if not all(
                each.place in _hedged(each.passage, language, kind)
                and both.are_about_one_thing(place, each)
                for each in there
            ):
                continue
            is_last = all(_closes(each.passage, each.place, hedged[key]) for each in there)
            if is_last and hedged[key] in " ".join(both.line.words):
                continue
            if not _is_hedged(both.line, place, language, kind):
                yield hedged[key], both.line.words[place]


def _closes(passage: Wording, place: int, hedge: str) -> bool:
    """Whether ``hedge`` ends the clause of the word at ``place`` ("than it had planned"): what it
    is about is not said behind it."""
    return hedge.split(maxsplit=1)[0] not in passage.words[:place]


def _is_hedged(text: Wording, place: int, language: str | None, kind: _Kind) -> bool:
    if place in _hedged(text, language, kind):
        return True
    known = _hedging(text, language, "hedges") | _hedging(text, language, "doubts")
    if kind == "promises":
        known |= _hedging(text, language, "promises") | _hedging(text, language, "futures")
    if kind == "hedges":
        known |= places_of(text, lexicon(language).abilities)
    if any(earlier in known for earlier in text.before(place, _REACH[kind])):
        return True
    behind = range(place + 1, place + 1 + _REACH_BEHIND)
    return kind == "hedges" and not known.isdisjoint(behind)


@lru_cache(maxsize=4096)
def _hedged(text: Wording, language: str | None, kind: _Kind) -> dict[int, str]:
    """The words that hedges of ``text`` are about, with the hedge of each."""
    about = ((text.about(cue), cue) for cue in _cues(text, language, kind))
    return {place: " ".join(text.words[slice(*cue)]) for place, cue in about if place is not None}


def _cues(text: Wording, language: str | None, kind: _Kind) -> Iterator[Found]:
    known = lexicon(language)
    listed = {
        "hedges": known.hedges,
        "doubts": known.doubts,
        "promises": known.promises,
        "futures": known.futures,
    }
    return phrases(listed[kind]).within(text.words)


@lru_cache(maxsize=4096)
def _hedging(text: Wording, language: str | None, kind: _Kind) -> frozenset[int]:
    return frozenset(place for cue in _cues(text, language, kind) for place in range(*cue))
