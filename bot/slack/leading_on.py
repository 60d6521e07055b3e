"""What may somebody say next, once they have a briefing?

Suggested is only what leads somewhere: a question whose answer was found in the sources, a length
that the reply does not have yet.
"""

import re
from collections.abc import Iterator
from itertools import islice

from bot.briefing.extractive.answering import found_answer
from bot.briefing.lines import Briefing
from bot.briefing.passages import whole
from bot.ports import Mention
from bot.slack.suggestions import MOST, Suggestion

# What takes a few milliseconds for an article takes seconds for a book.
_MOST_WORDS = 20_000
_MOST_SPEAKERS = 2
# A name as it may stand in a message of the person's own: nothing that Slack would act on.
_NAME = re.compile(r"[^\W\d_][\w .’'-]{1,38}\w")


def leading_on(briefing: Briefing, mention: Mention) -> tuple[Suggestion, ...]:
    """What leads on from ``briefing``, the reply to ``mention``; takes some milliseconds."""
    is_short = mention.wishes.length == "short"
    shorter = () if is_short else (Suggestion("Shorter", "Shorter"),)
    answered = (q for q in _questions(briefing) if _is_answered(q, briefing))
    asked = [Suggestion(question, question) for question in islice(answered, MOST - len(shorter))]
    return (*asked, *shorter)


def _questions(briefing: Briefing) -> Iterator[str]:
    """Questions that the briefing raises, in English; none of what is in another language."""
    if (briefing.language or "en") != "en":
        return
    speakers = dict.fromkeys(quote.speaker for quote in briefing.quotes)
    named = [speaker for speaker in speakers if speaker and _NAME.fullmatch(speaker)]
    yield from (f"What did {speaker} say?" for speaker in named[:_MOST_SPEAKERS])
    if any(each.status == "agreed" for each in briefing.commitments):
        yield "What was agreed?"
    yield "What happens next?"


def _is_answered(question: str, briefing: Briefing) -> bool:
    if sum(document.words for document in briefing.documents) > _MOST_WORDS:
        return False
    return bool(found_answer(question, whole(briefing.documents)).lines)
