"""Commitments: who undertook what, by when, on which condition, only in forms that leave no doubt.

A name or an office, a binding verb right after it, and what is to be done. What others say about a
commitment, those of past years, and what is supposed or withdrawn don't count.
"""

import re
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from bot.briefing.checks.tokens import tokens_of
from bot.briefing.clipping import without_dateline
from bot.briefing.documents import Document, Span
from bot.briefing.draft import DraftCommitment, Status
from bot.briefing.lexicon import Lexicon, function_words, in_every_language, lexicon
from bot.briefing.speech import blank_quotations, draft_sentence, is_attributed, speaker_of_sentence
from bot.briefing.text import count_words

_FEWEST_OF_ACTION, _MOST_OF_ACTION = 3, 30
_MOST_OF_ACTOR = 12

_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Aug|Sept?|Oct|Nov|Dec)\.)"
)
_WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
# "in the autumn budget" is no time.
_SEASON = (
    r"(?:spring|summer|autumn|fall|winter)(?=\W*$|[.,;]|\s+(?:of|at|in|on|to|with|for|and|if|\d))"
)
_DAY = (
    rf"(?:(?:{_WEEKDAY},?\s+)?(?:\d{{1,2}}\s+{_MONTH}|{_MONTH}(?:\s+\d{{1,2}}(?!\d))?)"
    rf"(?:,?\s+\d{{4}})?|{_WEEKDAY})"
)
_DEADLINE = re.compile(
    rf"""\b(?:by|before|until|no\ later\ than|not\ later\ than)\s+
        (?:the\ (?:end|start|beginning|middle)\ of\s+)?(?:
            {_DAY} | \d{{4}} | (?:next|this|the)\s+(?:week|month|year|{_SEASON})
        )
      | \bwithin\s+(?:the\s+next\s+)?[\w-]+\s+(?:days|weeks|months|years|hours)
      | \b(?:next|this|later\ this)\s+(?:week|month|year|{_SEASON})\b | \btomorrow\b
      | \b(?:on|in|from|for)\s+(?:early\ |late\ |mid-)?(?:{_DAY}|\d{{4}}\b)
      | \bin\s+(?:early\ |late\ |the\ )?{_SEASON}(?:\s+(?:of\s+)?\d{{4}})?
      | (?<=[a-z]\ ){_MONTH}\ \d{{1,2}}(?!\d)(?:,\ \d{{4}})?
      | (?<=[a-z]\ )(?<!Black\ )(?<!Good\ ){_WEEKDAY}(?![’']|\ [A-Z])""",
    re.VERBOSE,
)
_CONDITION = re.compile(
    r"\b(?:if|unless|provided that|subject to|on (?:the )?condition that|as long as|"
    r"depending on|(?<!at )once)\b.*",
    re.DOTALL,
)
_RELATIVE = re.compile(r"\b(?:that|which|who|whose|where|when)\b")
_LEAD = re.compile(
    r"(?:(?P<condition>(?:If|Unless|Provided that|Subject to|Once)\b[^,.;]*)"
    r"|(?P<deadline>(?:By|Before|Within|Until)\b[^,.;]*)"
    r"|(?:On|In|At|After|Under|During|For)\b[^,.;]*),\s+"
)
_ON_A_DAY = (
    r"(?:(?:on\s+)?(?:[A-Z][a-z]+day|today|yesterday)(?:\s+(?:morning|evening|night))?"
    r"|last\s+(?:week|month|night))"
)
_ADVERBS = re.compile(
    rf"\s+(?:has|have|also|jointly|formally|publicly|unanimously|today|{_ON_A_DAY})$"
)
# What was undertaken then may be done or forgotten by now.
_LONG_AGO = re.compile(
    r"\b(?:years? ago|months ago|decades? ago|last (?:year|summer|autumn|fall|winter|spring)|"
    r"previously|originally|initially|at (?:the|that) time|"
    r"(?<!by )(?<!until )(?<!before )(?<!than )(?<!end of )(?:1[89]|20)\d\d)\b"
)
# No thing ("agreed to a truce"), no passive, and nothing that happens to somebody.
_VERB = (
    r"(?!(?:an?|the|its|his|her|their|this|that|these|those|such|more|most|all|some|any|be|have|not"
    r"|never|need|turn|\w+ly)\b)[a-z]+\b"
)
# What is scheduled for a day, whoever does it.
_HELD = (
    r"(?:begin|start|open|close|reopen|end|expire|resume|launch|go on sale|take effect|take place"
    r"|(?:come|enter|go) into (?:force|effect)|be (?:held|published|released|announced|presented"
    r"|shown|opened|closed|launched|signed|sentenced|debated|heard|delivered|introduced|told|paid|named|filed|put|built|completed|reviewed))"
)
_BINDS = (
    r"(?:(?P<agreed>agreed(?: (?:on )?(?:an?|the) (?:agreement|deal|pact|plan))?)"
    r"|(?P<planned>plans?|(?:announced|unveiled) plans)"
    r"|pledged|promised|vowed|undertook|committed (?:itself|himself|herself|themselves))"
)
_SAYS = rf"(?:said|says|announced|confirmed)(?:\s+{_ON_A_DAY}|\s+in an? [\w ]{{1,25}}?){{0,2}}"
_WILL = r"(?:will|(?:is|are)(?: due| scheduled| set)?\s+to)"
_UNDERTAKES = re.compile(
    rf"\b(?:{_BINDS}(?:\s+{_ON_A_DAY})?\s+to\s+(?={_VERB})"
    rf"|{_SAYS}(?:\s+that)?\s+(?P<itself>it|they|he|she)\s+(?:will|would|plans?\s+to|planned\s+to)"
    rf"\s+(?={_VERB})"
    rf"|(?:ordered|instructed|directed)\s+(?P<told>[^,;:]{{3,60}}?)\s+to\s+(?={_VERB})"
    rf"|(?P<held>{_WILL}\s+(?={_HELD}\b)|(?:is|are)\s+(?=(?:planned|scheduled) for\b))"
    rf"|(?P<scheduled>{_WILL})\s+(?={_VERB}))"
)
_SAID_AT_THE_END = re.compile(r",\s[^,;:]{2,80}\b(?:said|says)\b[^,;:]{0,40}$")
# "…, and the supplier is to …"
_ANOTHER_CLAUSE = re.compile(
    r";|,\s+and\s+(?=(?:the|an?|its|their|it|he|she|they|[A-Z]\w+)\b[^;]*?"
    r"\b(?:is|are|was|were|will|would|has|have|had)\b)"
)
_ASIDE = re.compile(r",\s[^,;:]+,$")
_TURNS = re.compile(r"\b(?:but|although|though|however|whereas|despite|and (?:did|has|then))\b")
_WORD = re.compile(r"[^\s,;:]+|[,;:]")
_DETERMINER = re.compile(r"the|an?|both|all|two|three|four|five|six|seven|eight|nine|ten|its|their")
_PREPOSITION = re.compile(
    r"of|for|in|on|at|with|between|by|from|to|against|over|about|into|after|under|de"
)
_NOT_IN_A_THING = re.compile(
    r"[,;:]|\b(?:and|or|but|if|when|as|than|because|while|that|which|who|whose|not|no|nobody|it|he"
    r"|she|they|we|you|I)\b"
)
# Before an office these begin another phrase: "The plan, which the mayor", "who shot the mayor".
_BEGINS_ANOTHER = re.compile(rf"\W|{_DETERMINER.pattern}|{_RELATIVE.pattern}")
_LINK = re.compile(r"of|for|and|in|at|&|de|der|von")
_BODY = re.compile(
    r"governments?|ministr(?:y|ies)|countries|states|compan(?:y|ies)|council|commission|committee|"
    r"parliament|bank|union|club|board|operator|agency|authority|authorities|delegations?|"
    r"lawmakers|ministers|regulator|department|county|city|town|university|hospital|court|"
    r"supplier|manufacturer|airline|publisher|association|federation|party|senate|congress|cabinet|"
    r"group|firm|police|organi[sz]ation|charity|foundation|institute|fund|treasury|school|museum|band|team|"
    r"secretariat|chamber|inspectorate|management|inquiry|office"
)


class _Undertaking(NamedTuple):
    """Who undertakes what; ``action`` is a span of the sentence."""

    actor: str
    action: Span
    status: Status


def commitments(document: Document, number: int) -> list[DraftCommitment]:
    """The commitment in sentence ``number``, at most one, if it is one beyond doubt. Every field is
    cut from the sentence."""
    whole = without_dateline(document, number)
    found = _undertaking(document, number, whole)
    if found is None:
        return []
    sentence = document.text[slice(*whole)]
    lead = _LEAD.match(sentence)
    action = sentence[slice(*found.action)]
    condition = _CONDITION.search(action)
    if condition:
        action = action[: condition.start()]
    action = _without_stop(action)
    is_long = not _FEWEST_OF_ACTION <= count_words(action) <= _MOST_OF_ACTION
    if is_long or _is_limited(action, document.language):
        return []
    terms = lead.groupdict() if lead else {}
    return [
        DraftCommitment(
            **draft_sentence(document, number).model_dump(),
            actor=found.actor,
            action=action,
            deadline=_deadline(action) or terms.get("deadline"),
            condition=_without_stop(condition[0]) if condition else terms.get("condition"),
            status=found.status,
        )
    ]


def _undertaking(document: Document, number: int, whole: Span) -> _Undertaking | None:
    text = blank_quotations(document, whole)
    lead, verb = _LEAD.match(text), _UNDERTAKES.search(text)
    if verb is None or document.quotations_touching(whole) or _TURNS.search(text):
        return None
    before = text[lead.end() if lead else 0 : verb.start()]
    actor = _who_acts(document, verb, before)
    is_to_come = verb["held"] is not None or verb["scheduled"] is not None
    is_plan = is_to_come or verb["planned"] or verb["itself"]
    past = before if is_plan else _DEADLINE.sub(" ", text)
    last = _end_of_commitment(document, number, text, verb)
    if not actor or not last or _LONG_AGO.search(past):
        return None
    start, end = verb.end(), max(verb.end(), last)
    another = _ANOTHER_CLAUSE.search(text, start, end)
    end = another.start() if another else end
    needs_day = is_to_come and (verb["held"] or last < len(text) or not _names_a_body(actor))
    if needs_day and not _deadline(text[start:end]):
        return None
    status: Status = "planned" if is_plan else "ordered" if verb["told"] else "pledged"
    return _Undertaking(actor, Span(start, end), "agreed" if verb["agreed"] else status)


def _who_acts(document: Document, verb: re.Match[str], before: str) -> str:
    """Who is to act: the subject of ``verb``, or whom it orders; empty if that is not certain."""
    if verb["held"] is not None:
        return _noun_phrase(before, document)
    actor = _actor(document, before)
    if actor and verb["told"]:
        return _actor(document, verb["told"])
    is_sure = not verb["itself"] or _is_subject(verb["itself"], actor, document)
    return actor if is_sure else ""


def _end_of_commitment(document: Document, number: int, text: str, verb: re.Match[str]) -> int:
    """Where the commitment in ``text`` ends: at the end, or before a named speaker of what is to
    come ("…, Dana Oru said"); 0 if others say it."""
    if verb["itself"] or not is_attributed(document, number):
        return len(text)
    is_to_come = verb["held"] is not None or verb["scheduled"] is not None
    said = _SAID_AT_THE_END.search(text)
    is_known = is_to_come and speaker_of_sentence(document, number) is not None
    return said.start() if said and is_known else 0


def _is_subject(pronoun: str, actor: str, document: Document) -> bool:
    """Whether ``pronoun`` ("it", "they", "he", "she") can stand for ``actor``."""
    if not actor:
        return False
    last = actor.rsplit(maxsplit=1)[-1]
    is_somebody = lexicon(document.language).is_role(last.lower()) or _is_person(actor)
    return is_somebody == (pronoun in ("he", "she"))


def _is_person(name: str) -> bool:
    """Whether ``name`` has a first name, and is not an acronym or an institution's."""
    last = name.rsplit(maxsplit=1)[-1]
    is_name = last[0].isupper() and not last.isupper() and last != name
    return is_name and not re.search(rf"(?:{in_every_language('organisations')})\b", name)


def _noun_phrase(before: str, document: Document) -> str:
    """``before`` if it is a noun phrase, whatever it names; else empty. A verb would show by a name
    or an article behind it without a preposition."""
    phrase = before.strip()
    tokens = _WORD.findall(phrase)
    if not tokens or len(tokens) > _MOST_OF_ACTOR or _NOT_IN_A_THING.search(phrase):
        return ""
    small = function_words(document.language)
    first = tokens[0].casefold()
    if not (_DETERMINER.fullmatch(first) or (tokens[0][0].isupper() and first not in small)):
        return ""
    for earlier, token in pairwise(tokens):
        begins = _DETERMINER.fullmatch(token) or token[0].isupper()
        if begins and not (
            _PREPOSITION.fullmatch(earlier)
            or _DETERMINER.fullmatch(earlier.casefold())
            or (token[0].isupper() and (earlier[0].isupper() or earlier[0].isdigit()))
        ):
            return ""
    return phrase


def _actor(document: Document, before: str) -> str:
    """``before`` as a noun phrase, if it names somebody who can undertake something; else empty."""
    words = lexicon(document.language)
    phrase = _ASIDE.sub("", before.strip())
    while (shorter := _ADVERBS.sub("", phrase)) != phrase:
        phrase = shorter
    tokens = _WORD.findall(phrase)
    if not tokens or len(tokens) > _MOST_OF_ACTOR or not _is_noun_phrase(tokens, words):
        return ""
    first = tokens[0]
    is_office = _is_body(first, words)
    is_known = is_office or _is_a_name(document, first)
    is_small = first.casefold() in function_words(document.language)
    if _DETERMINER.fullmatch(first.casefold()) or (not is_small and (is_known or len(tokens) > 1)):
        return phrase
    return ""


@lru_cache(maxsize=32)  # each holds a whole document
def _is_a_name(document: Document, word: str) -> bool:
    """Whether ``word`` has its capital inside a sentence, and is nowhere without it."""
    has_capital = re.search(rf"(?<=[\w,] ){re.escape(word)}\b", document.text) is not None
    small = rf"(?<!\w){re.escape(word.lower())}(?!\w)"
    return has_capital and re.search(small, document.text) is None


def _is_noun_phrase(tokens: list[str], words: Lexicon) -> bool:
    """Whether ``tokens`` are names, an office or a body, joined by "of" and "and" alone: "The
    transport ministers of Arland and Borland", "Prime Minister Nik Pash", "The council"."""
    rest = list(tokens)
    while rest:
        while rest and _DETERMINER.fullmatch(rest[0].casefold()):
            rest.pop(0)
        head = next((n for n, token in enumerate(rest) if _is_body(token, words)), None)
        link = next((n for n, token in enumerate(rest) if _LINK.fullmatch(token)), len(rest))
        start = head + 1 if head is not None and head < link else 0
        names = rest[start:link]
        if any(map(_BEGINS_ANOTHER.fullmatch, rest[: max(0, start - 1)])):
            return False
        if not (start or names) or not all(token[0].isupper() for token in names):
            return False
        rest = rest[link:]
        if rest and not rest[1:]:
            return False
        rest = rest[1:]
    return True


def _names_a_body(actor: str) -> bool:
    """Whether ``actor`` is a single body; what "companies will" do is a forecast."""
    tokens = [token.lower() for token in _WORD.findall(actor)]
    return any(_BODY.fullmatch(token) and not token.endswith("s") for token in tokens)


def _is_body(word: str, words: Lexicon) -> bool:
    return words.is_role(word.lower()) or bool(_BODY.fullmatch(word.lower()))


def _deadline(action: str) -> str | None:
    """The deadline of ``action``, if it is not one of a thing in it."""
    found = _DEADLINE.search(action)
    is_of_action = found and not _RELATIVE.search(action[: found.start()])
    return found[0] if found and is_of_action else None


def _is_limited(action: str, language: str | None) -> bool:
    """Whether the action has a condition that was not separated from it."""
    rest = tokens_of(_DEADLINE.sub(" ", action), language)
    return rest.has("conditions", "exceptions", "restrictions", "hedges")


def _without_stop(text: str) -> str:
    return text.strip().rstrip(".,;:!?").strip()
