"""What may somebody say next, once they have a briefing?

Only what leads somewhere is suggested: a question about what the briefing itself shows, a length
that the reply doesn't have yet.
"""

import re
from collections.abc import Iterator
from itertools import islice

from bot.briefing.lines import Briefing
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
    """Questions that the briefing raises, in English; none of what is in another language."""
    if (briefing.language or "en") != "en":
        return
    speakers = dict.fromkeys(quote.speaker for quote in briefing.quotes)
    named = [speaker for speaker in speakers if speaker and _NAME.fullmatch(speaker)]
    yield from (f"What did {speaker} say?" for speaker in named[:_MOST_SPEAKERS])
    if any(each.status == "agreed" for each in briefing.commitments):
        yield "What was agreed?"
    promised = (each.actor for each in briefing.commitments if each.status == "pledged")
    actors = dict.fromkeys(actor for actor in promised if _is_a_name(actor))
    yield from (f"What will {actor} do?" for actor in actors)


def _is_a_name(words: str) -> bool:
    return words[:1].isupper() and not words.startswith("The ") and bool(_NAME.fullmatch(words))
