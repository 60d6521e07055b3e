"""What a document says that somebody is, where that stands beside the name."""

import re
from typing import NamedTuple

from bot.briefing.documents import Document
from bot.briefing.lexicon import lexicon

# "the rival of the minister, Dana Oru": the office is another's.
_OF_ANOTHER = re.compile(
    r"\b(?:of|for|to|from|with|against|and|or)\s+(?:(?:the|an?|his|her|its|their)\s+)?$",
    re.IGNORECASE,
)
# What is lost before an office makes another of it: who was minister is none.
_NOT_QUITE = re.compile(
    r"\b(?:former|then|ex|acting|interim|outgoing|incoming|late|deputy|assistant|shadow|would-be)"
    r"(?:[- ][\w.’'-]+){0,5}[- ]$",
    re.IGNORECASE,
)
_POINTS_ELSEWHERE = re.compile(
    r"\b(?:his|her|its|their|my|our|your|who|whose|is|was|were|are|has|had|said|says|told|as)\b",
    re.IGNORECASE,
)


class Role(NamedTuple):
    """What somebody is: ``role`` stands beside the name in sentence ``number``, letter for
    letter."""

    role: str
    number: int


def role_of(document: Document, name: str) -> Role | None:
    """The first place where a role stands beside ``name``, which is read as it is written."""
    before, after = _patterns(lexicon(document.language).roles, re.escape(name))
    for number in _naming(document, name):
        sentence = document.sentence(number)
        for match in filter(None, (before.search(sentence), after.search(sentence))):
            role = _bare(match["role"])
            is_apart = match.groupdict().get("apart") is not None
            lead = sentence[: match.start("role")]
            is_own = not (is_apart and _OF_ANOTHER.search(lead)) and not _NOT_QUITE.search(lead)
            if is_own and not _POINTS_ELSEWHERE.search(role):
                return Role(role, number)
    return None


def _naming(document: Document, name: str) -> list[int]:
    """The numbers of the sentences in which ``name`` stands, in order."""
    places = (found.start() for found in re.finditer(re.escape(name), document.text))
    return list(dict.fromkeys(map(document.number_at, places)))


def _patterns(roles: str, name: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Role before the name ("Secretary of State Antony Blinken", "the envoy, Toivo Klaar"), and
    after it ("Dana Oru, Arland’s transport minister")."""
    noun = rf"(?i:{roles})\b"
    of = r"(?:\s+(?:of|to|for)\s+(?:the\s+)?[A-Z]\w+(?:\s+[A-Z]\w+)*?)??"
    # "The roads minister, Alun Prest": small words belong to a role behind an article alone.
    small = r"(?!(?:of|and|in|by|with|to|for|from|at|on)\b)[\w’'-]+"
    kind = rf"(?:(?:[Tt]he|[Aa]n?)\s+(?:{small}\s+){{1,3}}?)?"
    titled = (
        rf"(?P<role>{kind}(?:[A-Z][\w’'-]*\s+(?:of\s+)?)*{noun}{of})(?P<apart>,)?"
        rf"\s+{name}(?![\w’'])"
    )
    behind = (
        rf"(?<!\w){name},\s+(?P<role>(?:the\s+|an?\s+)?(?:[\w’'-]+\s+){{0,5}}?{noun}"
        rf"(?:{of}(?=[,.;])|(?=\s(?:of|for|at|in|to)\s)))"
    )
    return re.compile(titled), re.compile(behind)


def _bare(role: str) -> str:
    return re.sub(r"^(?:The|An?|And|But|When|While)\s+", "", role.strip())
