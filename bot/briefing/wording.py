"""How does one line read: whose words it is, and how many sources bear it?

The source's own wording is in quotation marks; a line that somebody says names who; the
outlet's judgement is marked as the outlet's words. Slack, Markdown and Word all show a line in
these words and styles, and put the references behind it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from bot.briefing.catalogue import Catalogue
from bot.briefing.documents import Document
from bot.briefing.lines import Caution, Commitment, Event, Figure, Line, Quote
from bot.briefing.standing import standing, tellers

_SAYS_WHO = 4
"""In letters: a shorter word of a speaker's may stand anywhere ("of", "the")."""

Style = Literal["plain", "bold", "italic"]


@dataclass(frozen=True)
class Words:
    """A run of words in one style."""

    text: str
    style: Style = "plain"


Wording = tuple[Words, ...]


def statement(line: Line, fixed: Catalogue) -> Wording:
    """A line with its voice, and how many sources bear it."""
    return (Words(_said(line, fixed)), *_aside(_voice(line, fixed), standing(line, fixed)))


def side(line: Line, documents: Sequence[Document], fixed: Catalogue) -> Wording:
    """What some of the sources say where they differ, after who says it."""
    teller = Words(f"{tellers(line, documents)}: ", "bold")
    return (teller, Words(_said(line, fixed)), *_aside(_voice(line, fixed)))


def headline(line: Line, fixed: Catalogue) -> Wording:
    """A line in bold with its voice; it has no quotation marks of ours."""
    return (Words(line.text, "bold"), *_aside(_voice(line, fixed)))


def quote(line: Quote, fixed: Catalogue) -> Wording:
    """The words of a speaker, with the speaker and the role, and a translation marked as ours."""
    speaker = ", ".join(part for part in (line.speaker, line.role) if part)
    shown = [Words(fixed.quote(line.text))]
    if line.translation:
        ours = fixed.our_translation.format(words=line.translation)
        shown.append(Words(f" ({ours})", "italic"))
    if speaker:
        shown.append(Words(f" — {speaker}"))
    return (*shown, *_aside(standing(line, fixed)))


def commitment(line: Commitment, fixed: Catalogue) -> Wording:
    """Who → what · by when · on which condition (status)."""
    told = " · ".join([line.action, *line.terms])
    said = _voice(line, fixed, f"{line.actor} {line.action}")
    return (
        Words(line.actor, "bold"),
        Words(f" → {told}"),
        *_aside(fixed.statuses[line.status], said, standing(line, fixed)),
    )


def event(line: Event, fixed: Catalogue) -> Wording:
    """When, in the source's words, and what; the date only with what it follows from."""
    date = f" ({line.date}, {_basis(line, fixed)})" if line.date and line.date_basis else ""
    told = (Words(_said(line, fixed)), *_aside(_voice(line, fixed), standing(line, fixed)))
    return (Words(line.when, "bold"), Words(f"{date}: "), *told)


def figure(line: Figure, fixed: Catalogue) -> Wording:
    """The figure as written, and what it counts."""
    unit = "" if not line.unit or line.unit in line.figure else f" {line.unit}"
    told = (Words(_said(line, fixed)), *_aside(_voice(line, fixed), standing(line, fixed)))
    return (Words(f"{line.figure}{unit}", "bold"), Words(": "), *told)


def _caution(note: Caution, fixed: Catalogue) -> Wording:
    """A caution; a sentence of the source says of which kind it is one."""
    if note.text != note.evidence[0].text:
        return (Words(note.text),)
    return (Words(f"{fixed.kinds[note.kind]}: ", "bold"), Words(fixed.quote(note.text)))


def of_its_kind(line: Line, fixed: Catalogue) -> Wording:
    """A line of any section as that section shows it."""
    match line:
        case Caution():
            return _caution(line, fixed)
        case Quote():
            return quote(line, fixed)
        case Commitment():
            return commitment(line, fixed)
        case Event():
            return event(line, fixed)
        case Figure():
            return figure(line, fixed)
    return statement(line, fixed)


def directing(line: Line) -> str:
    """The words whose first letter says in which direction the whole line runs."""
    return (line.translation if isinstance(line, Quote) else None) or line.text


def _said(line: Line, fixed: Catalogue) -> str:
    return fixed.quote(line.text) if line.is_source_wording else line.text


def _voice(line: Line, fixed: Catalogue, shown: str | None = None) -> str:
    """Whose words it is, where the words themselves do not say so: a writer's own do."""
    said = line.text if shown is None else shown
    if line.voice == "outlet" and line.is_source_wording:
        return fixed.outlet
    if line.voice == "attributed" and line.speaker and not _names(said, line.speaker):
        return fixed.says.format(speaker=line.speaker)
    return ""


def _names(said: str, speaker: str) -> bool:
    """Whether ``said`` names ``speaker``, perhaps by one word alone ("Lind", "experts")."""
    words = (word for word in re.findall(r"\w+", speaker) if len(word) >= _SAYS_WHO)
    return any(word.casefold() in said.casefold() for word in (speaker, *words))


def _aside(*told: str) -> Wording:
    """What there is to say of a line, behind it."""
    known = [each for each in told if each]
    return (Words(f" ({'; '.join(known)})", "italic"),) if known else ()


def _basis(line: Event, fixed: Catalogue) -> str:
    """What the date follows from, as `lines.Event` has it in English, in these words."""
    if line.date_basis == "stated":
        return fixed.stated
    return fixed.from_publication.format(day=(line.date_basis or "").rpartition(" ")[2])
