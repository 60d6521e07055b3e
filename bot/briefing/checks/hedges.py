"""Does a line leave open what its passages leave open?

What "may" happen, what somebody "plans to" do and what an "alleged" thief took has not happened
yet, or not for certain. Any hedge may stand for any other; none may be lost. Words of two languages
can't be compared, but whether there is any hedge can be seen if both have lists of them. English
hedges in too many ways for that.
"""

from collections.abc import Iterator

from bot.briefing.checks.statement import Statement, cited
from bot.briefing.checks.wording import Compared, are_alike, compared
from bot.briefing.lines import Reason

_HEDGES = ("hedges", "doubts", "promises")


def hedges(statement: Statement) -> list[Reason]:
    """One reason for every word about which the line is more certain than the passages."""
    if statement.is_detail:
        return []
    both = compared(statement)
    if both.line.has(*_HEDGES, "abilities"):
        return []
    found = [] if statement.is_translation else list(dict.fromkeys(_lost(both)))
    reasons = [
        f"{cited(statement)} says “{hedge}” of “{word}”, the line does not."
        for hedge, word in found
    ]
    enough = any if statement.is_translation else all
    is_hedged = enough(each.has("hedges", "doubts") for each in both.passages)
    if is_hedged and statement.group != "english" and not both.line.has("futures", "conditions"):
        reasons.append("It is more certain than its passages.")
    return [Reason("hedges", each, "doubt") for each in reasons]


def _lost(both: Compared) -> Iterator[tuple[str, str]]:
    """The hedges of the passages, each with the word of the line that it is about."""
    hedged = [{each.about(cue) for cue in each.cues(*_HEDGES)} for each in both.passages]
    for passage in both.passages:
        for cue in passage.cues(*_HEDGES):
            about = passage.about(cue)
            key = passage.keys[about] if about is not None else ""
            if about is None or about < cue.start or key not in both.line.places:
                continue
            is_told_too = any(
                place not in known
                for each, known in zip(both.passages, hedged, strict=True)
                for place in each.places.get(key, ())
            )
            place = both.line.places[key][0]
            is_promise = cue in passage.cues("promises")
            is_open = is_promise and any(one.start < place for one in both.line.cues("futures"))
            is_one_thing = are_alike(both.line.around(place), passage.around(about))
            if is_one_thing and not (is_told_too or is_open):
                yield " ".join(passage.words[slice(*cue)]), both.line.words[place]
