"""Who undertook what, by when, on which condition: read off the verbs that commit."""

import re
from functools import lru_cache

from bot.briefing.documents import Document
from bot.briefing.draft import DraftCommitment, Status, Voice
from bot.briefing.lexicon import Lexicon, lexicon
from bot.briefing.speech import told, unquoted
from bot.briefing.subjects import subject_before
from bot.briefing.words import count_words

_CONDITION = re.compile(
    r"(?<!even )(?<!as )\b(?:if|unless|provided that|subject to|on (?:the )?condition that|"
    r"as long as|depending on|once)\b(?:[^.;]|\.(?=\S)|(?<=\b(?:Mr|Ms|Dr|No|St))\.)*",
    re.IGNORECASE,
)
_CONDITION_FIRST = re.compile(r"^(?:If|Unless|Provided that|Subject to|Once)\b[^,.;]*(?=,)")
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
_DEADLINE_FIRST = re.compile(r"^(?:By|Before|Within|Until)\b[^,.;]*(?=,)")
_SUPPOSES = re.compile(r"\b(?:if|unless|whether|until|when|had)\s+$", re.IGNORECASE)
_NOBODY = re.compile(
    r"(?:no|neither|none|it|this|that|who|which|what|there|we|i|you)\b", re.IGNORECASE
)
_BODY = re.compile(
    r"sides|parties|governments?|ministr(?:y|ies)|countries|states|neighbours|compan(?:y|ies)|"
    r"council|commission|committee|parliament|group|bank|team|union|club|board|they|he|she|"
    r"operator|agency|authority|delegations?|authorities|lawmakers|troops|army|police|court"
)
# Where the undertaking ends and the outlet goes on.
_GOES_ON = re.compile(
    r",?\s+(?:but|although|though|whereas|while|despite)\b|\s+[–—-]+\s|;|"
    r",\s+\w+\s+sa(?:id|ys)\b"
)
_FEWEST_WORDS_OF_ACTION = 2


def commitments(document: Document, number: int) -> list[DraftCommitment]:
    """The commitment that sentence ``number`` reports in the source's own words, if any.

    Every field is cut from the sentence.
    """
    words = lexicon(document.language)
    span = document.sentences[number - 1]
    text = unquoted(document, span)
    for verb in _pattern(words).finditer(text):
        actor = subject_before(text, verb.start("verb"), words.is_role)
        if _may_undertake(actor, words) and not _is_supposed(text, actor, verb):
            return _commitment(document, number, actor, verb)
    return []


def _may_undertake(actor: str, words: Lexicon) -> bool:
    """Whether ``actor`` is somebody: a name, an office, a body; not "the script"."""
    last = actor.rsplit(maxsplit=1)[-1] if actor else ""
    is_body = bool(_BODY.fullmatch(last)) or words.is_role(last)
    return bool(last) and not _NOBODY.match(actor) and (last[0].isupper() or is_body)


def _is_supposed(text: str, actor: str, verb: re.Match[str]) -> bool:
    return bool(_SUPPOSES.search(text[: text.rindex(actor, 0, verb.start("verb"))]))


def _commitment(
    document: Document, number: int, actor: str, verb: re.Match[str]
) -> list[DraftCommitment]:
    """What ``actor`` undertakes behind ``verb``, if more than a word stands there."""
    # The action may quote: it is cut from the sentence itself, not from the blanked one.
    sentence = document.sentence(number)
    # Without "to" or "that" the verb is part of what is undertaken: "signed a memorandum".
    action = sentence[verb.end() if verb["link"] else verb.start("verb") :]
    condition = _CONDITION.search(action) or _CONDITION_FIRST.search(sentence)
    deadline = _DEADLINE.search(action) or _DEADLINE_FIRST.search(sentence)
    ends = [
        found.start() for found in (_GOES_ON.search(action), _CONDITION.search(action)) if found
    ]
    action = _without_end(action[: min(ends, default=None)])
    if count_words(action) < _FEWEST_WORDS_OF_ACTION:
        return []
    line = told(document, number)
    return [
        DraftCommitment(
            **line,
            actor=actor,
            action=action,
            deadline=deadline[0] if deadline else None,
            condition=_without_end(condition[0]) if condition else None,
            status=_status(lexicon(document.language), verb, sentence, line["voice"]),
        )
    ]


@lru_cache(maxsize=16)
def _pattern(words: Lexicon) -> re.Pattern[str]:
    when = (
        r"(?:\s+(?:on|in|at)\s+[A-Z]\w+|\s+(?:last|this)\s+(?:week|month|year)|\s+[A-Z]\w+day|"
        r"\s+yesterday)"
    )
    # What follows the verb may follow its day ("agreed on Monday to reopen …").
    verbs = rf"{words.agreement}|{words.pledge}|{words.proposal}"
    dated = re.sub(r"\(\?= ", lambda _: rf"(?={when}? ", verbs)
    return re.compile(rf"\b(?P<verb>{dated})\b{when}?\s+(?P<link>to\s+|that\s+|on\s+|for\s+)?")


def _status(words: Lexicon, verb: re.Match[str], sentence: str, voice: Voice) -> Status:
    before = sentence[: verb.start()]
    if re.search(rf"\b(?:{words.denial})\b", before, re.IGNORECASE):
        return "denied"
    if voice == "attributed" or re.search(rf"\b(?:{words.second_hand})\b", before, re.IGNORECASE):
        return "reported"
    if re.match(rf"(?:{words.proposal})", sentence[verb.start() :]):
        return "proposed"
    return "agreed" if re.match(rf"(?:{words.agreement})", sentence[verb.start() :]) else "pledged"


def _without_end(text: str) -> str:
    return text.strip().rstrip(".,;:!?").strip()
