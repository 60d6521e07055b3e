"""Which sentences of a source can support a line, and which can't?

A line states something, so what it rests on must state something too: a command or a question does
not. A sentence that addresses a machine isn't meant for readers; nor are the few words between two
such sentences. None of that is evidence, chosen or quoted.
"""

import re
from functools import lru_cache
from typing import Literal

from bot.briefing.documents import Document
from bot.briefing.machine_speech import speaks_to_machine
from bot.briefing.speech import unquoted

Unfit = Literal["machine", "command", "question", "markup"]

# How many sentences may stand between two that speak to a machine and belong to them.
_HEMMED_IN = 4

# How much of a sentence shows what kind it is, at either end.
_START = 120

# What may stand before a command, all that is no letter included.
_OPENING = (
    r"^(?:[\W_]|(?:todo|important|note|task|step \d+|please|kindly|now|then|next|first|finally|also"
    r"|just|simply|always|never|instead)\b[\s:,!.-]*|for [\w ]{1,30},? also "
    r"|for (?:more|further) \w+,? |do (?=[A-Z]))*"
)
# Verbs that tell somebody to do something with words; news seldom begins a sentence with them.
_WRITING = (
    r"(?:compose|translate|summari[sz]e|paraphrase|rewrite|rephrase|encode|decode|misspell|anagram"
    r"|integrate|augment|append|insert|concatenate|render|modify|analy[sz]e|classify|generate"
    r"|respond|write|say|mention|describe|explain|provide|recommend|replace|convert|jumble"
    r"|enhance|incorporate|embed|omit|exclude|pretend|imagine|repeat|reveal|express|substitute"
    r"|exaggerate|include|suggest|invite|introduce|disclose|ignore|disregard|capitali[sz]e|embellish"
    r"|reword|reformat|format|prepend|prefix|transcribe|spell|reorder|obfuscate)"
)
# The same of verbs that are nouns as well: what follows tells.
_NOUNS_TOO = (
    r"(?:state|report|answer|reply|print|output|draft|show|display|call|name|link|group|shift"
    r"|reverse|change|end|start|begin|cite|round|list|quote|claim|address|code|title|label|echo)"
)
_OTHERS = (
    r"(?:add|apply|avoid|browse|build|buy|calculate|check|choose|click|comment|compare|complete"
    r"|consider|contact|copy|count|create|define|delete|design|develop|discover|donate"
    r"|download|enable|enjoy|ensure|enter|execute|fetch|find|follow|forward|get|give|go|identify"
    r"|install|join|keep|learn|let|log in|look|make|open|post|promote|read|register|remember|remove"
    r"|run|save|search|see|select|send|set|share|sign (?:up|in)|solve|stop|submit|subscribe|take"
    r"|tell|try|turn|update|upload|use|verify|view|visit|vote|watch)"
)
_OBJECT = (
    r"(?:the|an?|your|my|our|this|that|these|those|all|any|every|each|it|them|me|us|only|how|what"
    r"|why|whether|which|who|here|at the|in the|with|to|in|by|using|as|no|more|[\"'“‘<\[{(]|\d)"
)
_COMMAND = re.compile(
    rf"{_OPENING}(?:(?:do not|don't|never) \w+|(?:{_WRITING}|{_NOUNS_TOO} {_OBJECT})(?![\w-]))",
    re.IGNORECASE,
)
# An organisation whose name is a command ("Save the Children said").
_NAME_SAYS = r"(?-i:\w+(?: \w+)* [A-Z]\w+ (?:said|says|has|had|was|is|warned|reported)\b)"
_OTHER_COMMAND = re.compile(
    rf"{_OPENING}(?!{_NAME_SAYS}){_OTHERS} (?!of\b)(?:{_OBJECT}(?!\w)"
    r"|\w+ (?:letters?|words?|messages?|users?|emoji))"
    rf"|{_OPENING}(?:click|subscribe|visit|download|install|donate|remember|ensure|delete|send|create"
    r"|develop|concatenate|remove|introduce|use|apply)\b(?! of\b)",
    re.IGNORECASE,
)
_ADDRESS = (
    r"(?:https?:|www\.|file:|ftp:|<a\b|\]\(|[\w-]+\.(?:com|net|org|info|io|co|xyz|example)\b)"
)
_ADDRESS_SIGNS = (
    "http", "www.", "file:", "ftp:", "<a", "](", ".com", ".net", ".org", ".info", ".io", ".co",
    ".xyz", ".example",
)  # fmt: skip
_SENDS_AWAY = re.compile(
    rf"\b(?:visit|go to|click|open|download|read|see|follow|reach out|log in|contact|join|share)\b"
    rf".{{0,60}}{_ADDRESS}",
    re.IGNORECASE,
)
# A link or an image in Markdown or HTML, a token of Slack: for a program and no part of a sentence.
_MARKUP = re.compile(
    r"!?\[[^\]]{0,80}\]\s?(?:\(|\[|:)|</?[a-z]+\b[^<>]{0,200}>|<[\w:/.-]{1,200}\.\w{2,}|<[!@#]\w",
    re.IGNORECASE,
)
_YOU = re.compile(r"\byou(?:r|rs|rself)?\b", re.IGNORECASE)
_ASKS = re.compile(r"[?؟？՞][\s\"'”’»)\]]*(?:instead\.?)?$|՞")
_TO_A_MACHINE = re.compile(rf"{_OPENING}(?:do not |don't |never )?{_WRITING}\b", re.IGNORECASE)


@lru_cache(maxsize=4096)
def why_not(document: Document, number: int) -> Unfit | None:
    """What keeps sentence ``number`` from bearing a line; None where nothing does."""
    found = _alone(document, number)
    if found is None and (_is_hemmed_in(document, number) or _goes_on(document, number)):
        return "machine"
    return found


def spoken_to_machines(document: Document) -> tuple[int, ...]:
    """The numbers of the sentences that speak to a machine, those between them included."""
    numbers = range(1, len(document.sentences) + 1)
    return tuple(number for number in numbers if why_not(document, number) == "machine")


@lru_cache(maxsize=4096)
def _alone(document: Document, number: int) -> Unfit | None:
    """The same for the sentence by itself."""
    sentence = document.sentence(number)
    if speaks_to_machine(sentence):
        return "machine"
    told = unquoted(document, document.sentences[number - 1]).rstrip()
    start = told[:_START]
    if _COMMAND.match(start):
        return "machine" if _TO_A_MACHINE.match(start) else "command"
    lower = sentence.lower()
    has_address = any(sign in lower for sign in _ADDRESS_SIGNS)
    if _OTHER_COMMAND.match(start) or (has_address and _SENDS_AWAY.search(sentence)):
        return "command"
    if _MARKUP.search(sentence):
        return "markup"
    return "question" if _ASKS.search(told[-_START:]) else None


def _is_hemmed_in(document: Document, number: int) -> bool:
    """Whether a sentence stands between two that tell somebody to do something, one of them
    a machine."""
    before = _nearest(document, range(number - 1, max(0, number - 1 - _HEMMED_IN), -1))
    if before is None:
        return False
    last = min(len(document.sentences), number + _HEMMED_IN)
    after = _nearest(document, range(number + 1, last + 1))
    return after is not None and "machine" in (before, after)


def _goes_on(document: Document, number: int) -> bool:
    """Whether a sentence says "you" beside one that speaks to a machine."""
    beside = (n for n in (number - 1, number + 1) if 1 <= n <= len(document.sentences))
    told = unquoted(document, document.sentences[number - 1])
    return bool(_YOU.search(told)) and any(_alone(document, n) == "machine" for n in beside)


def _nearest(document: Document, numbers: range) -> Unfit | None:
    return next((found for number in numbers if (found := _alone(document, number))), None)
