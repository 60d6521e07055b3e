"""What does a question ask that only follows up on the one before it ("and Maske?", "why?")?

Earlier questions complete it; what was answered to them is never looked at.
"""

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

from bot.briefing.extractive.asked import Asked, taken_apart
from bot.briefing.lexicon.questions import asking
from bot.briefing.requests import Turn

# So few words and names are no question of their own where there was one before.
_FEW = 2
_ADDS_A_PLACE = re.compile(r"\W*(?:and|but)?\W*(?:in|at|on|for|from|to)\b", re.IGNORECASE)


def asked(
    question: str, turns: Sequence[Turn], language: str | None, known_names: AbstractSet[str]
) -> Asked:
    """``question``, completed by the questions of ``turns`` where it only follows up.

    ``known_names`` are the words (casefolded) that the source writes with a capital alone.
    """
    own = taken_apart(question, language, known_names)
    if not turns or not _follows_up(own):
        return own
    earlier = asked(turns[-1].question, turns[:-1], language, known_names)
    return _of_another_kind(own, earlier) if own.kind else _of_another_thing(own, earlier)


def _follows_up(own: Asked) -> bool:
    rules = asking(own.language)
    if re.match(rf"\W*(?:{rules.follows_up})\b", own.text, re.IGNORECASE):
        return True
    if own.kind is None or own.is_empty:
        return len(own.words) + len(own.names) <= _FEW
    stands_for = re.search(rf"\b(?:{rules.pronouns})\b", own.text, re.IGNORECASE)
    return stands_for is not None and not (own.names or own.speaker_names)


def _of_another_kind(own: Asked, earlier: Asked) -> Asked:
    """What "why?", "and by when?" or "what did he say?" asks after ``earlier``."""
    about = (*earlier.speaker_names, *earlier.names)
    if own.is_empty:
        words = (*earlier.speaker_words, *earlier.words)
        return replace(own, names=about, words=words, text=f"{own.text} {earlier.text}")
    if own.kind == "saying" and not (own.speaker_names or own.speaker_words):
        words = earlier.speaker_words if about else earlier.words
        return replace(own, speaker_names=about, speaker_words=words)
    return own if own.names else replace(own, names=about)


def _of_another_thing(own: Asked, earlier: Asked) -> Asked:
    """What "and Maske?" or "and the bridge?" asks: what is named takes a place in ``earlier``."""
    if earlier.kind == "saying":
        if own.names:
            return replace(earlier, speaker_names=own.names, speaker_words=own.words)
        return replace(earlier, words=own.words, names=())
    if own.names and _ADDS_A_PLACE.match(own.text):
        return replace(earlier, names=(*own.names, *earlier.names))
    if own.names:
        words = earlier.words if earlier.names else earlier.words[1:]
        return replace(earlier, names=(*own.names, *earlier.names[1:]), words=words)
    if earlier.kind == "count":
        return replace(earlier, words=own.words, names=())
    return replace(earlier, words=(*own.words, *earlier.words[1:]))
