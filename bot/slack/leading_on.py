"""What may somebody say next, once they have a briefing?

Only what leads somewhere is suggested: a question about what the briefing itself shows, a length
that the reply doesn't have yet.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from bot.briefing.extractive.answering import closest
from bot.briefing.lines import Briefing, Line
from bot.briefing.passages import whole
from bot.ports import Mention
from bot.slack.suggestions import MOST, Suggestion

_MOST_SPEAKERS = 2
# A name as it may stand in a message of the person's own: nothing that Slack would act on.
_NAME = re.compile(r"[^\W\d_][\w .’'-]{1,38}\w")


def leading_on(briefing: Briefing, mention: Mention) -> tuple[Suggestion, ...]:
    """What leads on from ``briefing``, the reply to ``mention``."""
    is_short = (briefing.wishes or mention.wishes).length == "short"
    shorter = () if is_short else (Suggestion("Shorter", "Shorter"),)
    some = islice(questions(briefing), MOST - len(shorter))
    asked = [Suggestion(question, question) for question in some]
    return (*asked, *shorter)


def questions(briefing: Briefing) -> Iterator[str]:
    """Questions that the briefing raises, in English; none of what is in another language. Without
    a model only those whose passages would be shown."""
    if (briefing.language or "en") != "en":
        return
    by_model = briefing.receipt.engine != "extractive"
    for question, lines in _raised(briefing):
        if by_model or _is_shown(question, lines, briefing):
            yield question


def _is_shown(question: str, lines: Sequence[Line], briefing: Briefing) -> bool:
    """Whether one of the passages that come closest to ``question`` is what ``lines`` rest on."""
    near = closest(question, whole(briefing.documents))
    references = {reference for each in near for reference in each.evidence}
    return any(line.evidence[0].reference in references for line in lines)


def _raised(briefing: Briefing) -> Iterator[tuple[str, Sequence[Line]]]:
    """The questions, each with the lines that it asks about."""
    speakers = dict.fromkeys(quote.speaker for quote in briefing.quotes)
    named = [speaker for speaker in speakers if speaker and _NAME.fullmatch(speaker)]
    for speaker in named[:_MOST_SPEAKERS]:
        said = [each for each in briefing.quotes if each.speaker == speaker]
        yield f"What did {speaker} say?", said
    if agreed := [each for each in briefing.commitments if each.status == "agreed"]:
        yield "What was agreed?", agreed
    pledged = [each for each in briefing.commitments if each.status == "pledged"]
    for actor in dict.fromkeys(each.actor for each in pledged if _is_a_name(each.actor)):
        yield f"What will {actor} do?", [each for each in pledged if each.actor == actor]


def _is_a_name(words: str) -> bool:
    return words[:1].isupper() and not words.startswith("The ") and bool(_NAME.fullmatch(words))
