"""Does an English sentence say what happened at a time, or what will happen then?

No parser: the verb nearest to the time decides, unless something between them may have a verb of
its own that isn't known here ("said talks resume on Friday"). If in doubt, neither.
"""

import re
from collections.abc import Sequence
from functools import cache
from typing import Literal

from bot.briefing.date_words import months

Tense = Literal["past", "future"]

_IRREGULAR = (
    r"was|were|had|did|said|met|told|held|went|came|took|made|left|began|won|lost|found|gave|got"
    r"|sent|fell|rose|shot|struck|brought|bought|sold|spoke|wrote|saw|ran|became|broke|drove|flew"
    r"|grew|knew|paid|led|fled|fought|stood|sat|caught|taught|thought|built|burnt|spent|kept|meant"
    r"|heard"
)
_PLANNED = r"due|scheduled|expected|planned|slated|set\s(?:to|for)|going\sto"
# What follows an auxiliary belongs to it: "will be divulged".
_REST = (
    r"(?:\s+(?:not|also|now|then|likely|soon))?(?:\s+to)?(?:\s+(?:be|have|been|being)){0,2}"
    r"(?:\s+\w+(?:ed|en))?"
)
_VERB = re.compile(
    rf"""\b(?:
      (?P<open>(?:was|were|been)\s+(?:{_PLANNED}|supposed|to\b){_REST}
        |would(?:\s+not)?\s+have|(?:is|are)(?!\s+(?:(?:also|now)\s+)?(?:to\b|{_PLANNED}))
        |(?:take|begin|start|open|close|end|expire|meet|return|hold|go|come|face|run|land|arrive
        |resume|become|vote|decide|play|leave)s
        |(?:may|might|could|should|must|can|to)(?:\s+(?:not|also))?(?:\s+be)?\s+\w+)
    | (?P<future>(?:will|shall|would|(?:is|are)\s+to|{_PLANNED}){_REST})
    | (?P<past>{_IRREGULAR}|put\s+out|(?!need|feed|indeed|speed|hundred)[a-z]{{2,}}ed)
    )\b""",
    re.IGNORECASE | re.VERBOSE,
)
_REGULAR = re.compile(r"[a-z]+ed")
_DETERMINER = re.compile(
    r"\b(?:the|an?|this|that|these|those|his|her|its|their|our|my|no|of|many|some|most|all|more)\s+$",
    re.IGNORECASE,
)
# Behind these verbs a time may be that of what is said, planned or called for.
_TELLS = re.compile(
    r"(?:said|told|wrote|thought|heard|meant|set|added|announced|argued|asked|believed|called|claimed"
    r"|confirmed|convened|delayed|demanded|feared|forecasted|hoped|indicated|insisted|invited|moved"
    r"|noted|offered|ordered|planned|pledged|postponed|predicted|promised|proposed|reported|stated"
    r"|stressed|suggested|threatened|urged|vowed|warned)",
    re.IGNORECASE,
)
# Where, to whom and in what it was said.
_SAID_AT_ONCE = re.compile(
    r"(?:\s+(?:on|late|early|in|at|to|a|an|the|its|his|her|their|statement|interview|press|news"
    r"|conference|briefing|e-?mail|letter|speech|report|reporters|journalists|lawmakers|parliament"
    r"|television|radio|tweet|post|phone|release|article|court|'?[A-Z][\w'.]*))*\s*"
)
_OBJECT = re.compile(
    r"\s*$|\s+(?:on|late|early|the|an?|his|her|its|their|this|that|more|about|at|in|with|for|by|from"
    r"|to|into|over|after|under|between|against|off|up|out|down|back|since|\w+ly|one|two|three|four|five"
    r"|six|seven|eight|nine|ten|dozens|hundreds|\d\S*|[A-Z]\w*)\b"
)
# What was done with one of these before a time is no word on whether it has taken place by then.
_EVENT = re.compile(
    r"(?:vote|ballot|election|referendum|runoff|hearing|trial|session|meeting|summit|conference|talk"
    r"|negotiation|march|rally|protest|demonstration|strike|walkout|launch|flight|game|match|race|final"
    r"|concert|show|festival|funeral|ceremony|parade|debate|visit|trip|event|speech|interview|release"
    r"|opening|inauguration|auction|sale|test|drill|briefing|ruling|verdict)(?:e?s)?(?:\s+on)?\s+$"
)
_TOOK_PLACE = re.compile(
    r"held|hosted|staged|won|lost|began|started|opened|ended|concluded|finished|attended|joined|led"
    r"|addressed|chaired|gave|made|delivered|paid|saw|watched|broke|disrupted|resumed",
    re.IGNORECASE,
)
_AHEAD = re.compile(r"\s(?:for|ahead of|before|to)\s")
_THERE = re.compile(r"\s(?:at|in|during|after)\s")
_CLAUSE = re.compile(r"[,;:()]|\s-\s|\b(?:and|but|who|which|that|as|while|because|where|when)\b")
_CONDITION = re.compile(r"\b(?:if|unless|whether|once)\b", re.IGNORECASE)
_OTHER_DAY = (
    r"\b(?:last|next|every|each|any|an?|one|some|most|that|previous|following|of|its|his|her|their"
    r"|first|second|third|fourth|final|(?:weeks?|fortnight)\s(?:on|from|after))"
)
# “Last Monday” may be either of two, “every Monday” is many, and “Black Friday” is a name.
_NO_DAY_OF_ITS_OWN = re.compile(
    rf"(?:{_OTHER_DAY}|(?-i:\b(?!(?:On|By|Until|Before|Since|From|Late|Early)\b)[A-Z]\w+))\s+$",
    re.IGNORECASE,
)
_NAMED_ALREADY = re.compile(r"\b(?:this|the|than)\s+$", re.IGNORECASE)
_FROM_OR_TO = re.compile(
    r"\b(?:by|until|till|from|for|before|after|through|to|into|and|or|between|starting|beginning"
    r"|of|effective|as)\s+$",
    re.IGNORECASE,
)
_OPENS = re.compile(r"\W*(?:\w+\W+){0,3}$")
_LOOKED_AT, _REACH = 40, 400  # characters
_FAR_FROM_A_PAST = 12  # words


def tense(text: str, start: int, end: int) -> Tense | None:
    """What the sentence around the time ``text[start:end]`` tells of it."""
    before = re.split(r"[.!?;]\s", text[max(0, start - _REACH) : start])[-1]
    behind = re.split(r"[.!?;](?:\s|$)", text[end : end + _REACH])[0]
    if not is_one_day(text, start, end) or _NAMED_ALREADY.search(before):
        return None
    if _CONDITION.search(before):
        return None
    if re.match(r"\s[A-Z][a-z]", behind) and not re.search(r"\bon\s+$", before, re.IGNORECASE):
        return None  # "Monday Night Football"
    verbs = [verb for verb in _VERB.finditer(before) if _is_verb(verb, before)]
    if verbs:
        return None if _may_be_a_participle(verbs, before) else _told_before(verbs[-1], before)
    return _told_behind(behind) if _OPENS.fullmatch(before) else None


def is_one_day(text: str, start: int, end: int) -> bool:
    """Whether the day of the week ``text[start:end]`` is the one before publication or the next."""
    before = text[max(0, start - _LOOKED_AT) : start]
    return not (_NO_DAY_OF_ITS_OWN.search(before) or _of_another_week().match(text, end))


@cache
def _of_another_week() -> re.Pattern[str]:
    """What says so behind it. Made once it is needed: a language's names take 4 MB of memory."""
    return re.compile(
        r"'s|\s(?:week|fortnight|after next|next week|the following week"
        rf"|of (?:the|that|next|last|this)|(?:of|in) (?:{months('en')}))\b",
        re.IGNORECASE,
    )


def _is_verb(verb: re.Match[str], text: str) -> bool:
    """Whether it is no noun or adjective: "the left", "an armed group", "United Nations"."""
    is_past = verb["past"] is not None
    return not is_past or not (
        verb[0][0].isupper()
        or _DETERMINER.search(text, max(0, verb.start() - _LOOKED_AT), verb.start())
    )


def _may_be_a_participle(verbs: Sequence[re.Match[str]], text: str) -> bool:
    """Whether the last verb may belong to one before it: "would stay closed on Friday"."""
    if len(verbs) < 2 or not verbs[-1]["past"] or verbs[-2]["past"]:
        return False
    return not _CLAUSE.search(text[verbs[-2].end() : verbs[-1].start()])


def _told_before(verb: re.Match[str], before: str) -> Tense | None:
    between = before[verb.end() :]
    if verb["open"]:
        return None
    if verb["future"]:
        return "future"
    if _TELLS.fullmatch(verb[0]):
        is_of_verb = bool(_SAID_AT_ONCE.fullmatch(between))
    elif _EVENT.search(between):
        took_place = _TOOK_PLACE.fullmatch(verb[0]) or _THERE.search(between)
        is_of_verb = bool(took_place) and not _AHEAD.search(between)
    else:
        is_of_verb = not _REGULAR.fullmatch(verb[0]) or bool(_OBJECT.match(between))
    is_far = len(between.split()) > _FAR_FROM_A_PAST
    is_apart = is_far or _CLAUSE.search(between) or _FROM_OR_TO.search(before)
    return "past" if is_of_verb and not is_apart else None


def _told_behind(behind: str) -> Tense | None:
    """Of a time that opens its sentence ("On Tuesday, the ministers agreed")."""
    clause = re.split(r"[,;]|\s-\s", behind.lstrip(" ,"))[0]
    verb = next((each for each in _VERB.finditer(clause) if _is_verb(each, clause)), None)
    if verb is None or verb["open"] or _CLAUSE.search(clause[: verb.start()]):
        return None
    if verb["future"]:
        return "future"
    is_near = len(clause[: verb.start()].split()) <= 3
    return (
        "past" if is_near and not re.match(r"\s+(?:by|in|under)\b", clause[verb.end() :]) else None
    )
