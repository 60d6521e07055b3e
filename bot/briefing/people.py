"""The people of a document: their full names and what the document says they are."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from bot.briefing.documents import Document
from bot.briefing.lexicon import lexicon
from bot.briefing.subjects import is_person


class Role(NamedTuple):
    """What somebody is: ``full_name`` and ``role`` stand in sentence ``number`` letter for
    letter. ``role`` is None where the document gives a first name and no role."""

    full_name: str
    role: str | None
    number: int


def role_of(document: Document, speaker: str) -> Role | None:
    """The first place where the document says what ``speaker`` is, by the last word of the name."""
    surname = re.escape(speaker.rsplit(maxsplit=1)[-1])
    before, after = _patterns(lexicon(document.language).roles, surname)
    for number in _naming(document, surname):
        sentence = document.sentence(number)
        if match := before.search(sentence):
            return Role(match["name"], _bare(match["role"]), number)
        if match := after.search(sentence):
            return Role(match["name"], match["role"].strip(), number)
    return _full_name(document, surname) if speaker == speaker.rsplit(maxsplit=1)[-1] else None


def _full_name(document: Document, surname: str) -> Role | None:
    words = lexicon(document.language)
    for number in _naming(document, surname):
        for match in re.finditer(rf"\b([A-ZÀ-Þ][\w’'-]+) {surname}\b", document.sentence(number)):
            if not words.is_role(match[1]) and is_person(match[0], document.text):
                return Role(match[0], None, number)
    return None


def _naming(document: Document, surname: str) -> Iterator[int]:
    """The numbers of the sentences in which ``surname`` stands, in order, as far as is asked."""
    before = 0
    for found in re.finditer(surname, document.text):
        if (number := document.number_at(found.start())) != before:
            yield number
        before = number


def _patterns(roles: str, surname: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Role before the name ("Secretary of State Antony Blinken", "the envoy, Toivo Klaar"), and
    after it ("Dana Oru, Arland’s transport minister")."""
    name = rf"(?P<name>(?:[A-ZÀ-Þ][\w’'-]*\s+){{0,3}}{surname})\b"
    noun = rf"(?i:{roles})\b"
    of = r"(?:\s+(?:of|to|for)\s+(?:the\s+)?[A-Z]\w+(?:\s+[A-Z]\w+)*?)??"
    # "The roads minister, Alun Prest": small words belong to a role behind an article alone.
    small = r"(?!(?:of|and|in|by|with|to|for|from|at|on)\b)[\w’'-]+"
    kind = rf"(?:(?:[Tt]he|[Aa]n?)\s+(?:{small}\s+){{1,3}}?)?"
    titled = rf"(?P<role>{kind}(?:[A-Z][\w’'-]*\s+(?:of\s+)?)*{noun}{of}),?\s+{name}"
    behind = (
        rf"{name},\s+(?P<role>(?:the\s+|an?\s+)?(?:[\w’'-]+\s+){{0,5}}?{noun}"
        rf"(?:{of}(?=[,.;])|(?=\s(?:of|for|at|in|to)\s)))"
    )
    return re.compile(titled), re.compile(behind)


def _bare(role: str) -> str:
    return re.sub(r"^(?:The|An?|And|But|When|While)\s+", "", role.strip())
