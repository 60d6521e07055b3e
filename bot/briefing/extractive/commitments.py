"""Who undertook what, by when, on which condition: read off the verbs that commit."""

import re
from functools import lru_cache

from bot.briefing.documents import Document
from bot.briefing.draft import DraftCommitment, Status
from bot.briefing.lexicon import Lexicon, lexicon
from bot.briefing.speech import told, unquoted

_CONDITION = re.compile(
    r"\b(?:if|unless|provided(?: that)?|subject to|on (?:the )?condition that|as long as|"
    r"depending on)\b[^.;]*",
    re.IGNORECASE,
)
_MONTH_OR_DAY = (
    r"(?:\d{1,2}\s+)?(?:January|February|March|April|May|June|July|August|September|October|"
    r"November|December|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)(?:\s+\d{1,4})*"
    r"(?:,\s+\d{4})?"
)
_DEADLINE = re.compile(
    rf"""\b(?:by|before|until|no\ later\ than|not\ later\ than)\s+(?:the\ end\ of\s+)?(?:
            {_MONTH_OR_DAY} | \d{{4}}
          | (?:next|this|the)\s+(?:week|month|year|summer|autumn|winter|spring)
        ) | \bwithin\s+(?:the\s+next\s+)?\w+\s+(?:days|weeks|months|years|hours)
          | \bin\s+(?:the\s+)?coming\s+(?:days|weeks|months|years)
          | \b(?:next|later\ this)\s+(?:week|month|year)""",
    re.VERBOSE,
)
_LEADING_CLAUSE = re.compile(r"^(?:[^,]{3,90}),\s+(?=[A-Z])")
_FEWEST_WORDS_OF_ACTION = 2


def commitments(document: Document, number: int) -> list[DraftCommitment]:
    """The commitment that sentence ``number`` reports in the source's own words, if any.

    Every field is cut from the sentence.
    """
    words = lexicon(document.language)
    span = document.sentences[number - 1]
    match = _pattern(words).search(unquoted(document, span))
    if match is None:
        return []
    # The action may quote: it is cut from the sentence itself, not from the blanked one.
    sentence = document.text[slice(*span)]
    actor, action = _actor(sentence[: match.end("actor")]), sentence[slice(*match.span("action"))]
    condition, deadline = _CONDITION.search(action), _DEADLINE.search(sentence)
    action = _without_end(action[: condition.start()] if condition else action)
    if not actor or len(action.split()) < _FEWEST_WORDS_OF_ACTION:
        return []
    return [
        DraftCommitment(
            **told(document, number),
            actor=actor,
            action=action,
            deadline=deadline[0] if deadline else None,
            condition=_without_end(condition[0]) if condition else None,
            status=_status(words, match["verb"], sentence),
        )
    ]


@lru_cache(maxsize=16)
def _pattern(words: Lexicon) -> re.Pattern[str]:
    verbs = rf"{words.agreement}|{words.pledge}|{words.proposal}"
    when = r"(?:\s+(?:on|in|at)\s+[A-Z]\w+)?"
    return re.compile(
        rf"(?P<actor>[A-Z].*?)\s+(?:(?:also|have|has|had|then|both|jointly|\w+ly)\s+)*"
        rf"(?P<verb>(?i:{words.second_hand})\s+(?i:{verbs})|\b(?i:{verbs}))\b{when}\s+"
        rf"(?:to\s+|that\s+|on\s+)?(?P<action>.+)",
        re.DOTALL,
    )


def _status(words: Lexicon, verb: str, sentence: str) -> Status:
    if re.search(rf"\b(?:{words.second_hand})\b", sentence, re.IGNORECASE):
        return "reported"
    if re.fullmatch(rf"(?:{words.proposal})", verb, re.IGNORECASE):
        return "proposed"
    return "agreed" if re.fullmatch(rf"(?:{words.agreement})", verb, re.IGNORECASE) else "pledged"


def _actor(clause: str) -> str:
    """The end of ``clause`` after its introduction ("At the close of the meeting, …")."""
    actor = _LEADING_CLAUSE.sub("", clause)
    return re.sub(r"\s+(?:also|both|jointly|have|has|had|then)$", "", actor).strip(" ,")


def _without_end(text: str) -> str:
    return text.strip().rstrip(".,;:!?").strip()
