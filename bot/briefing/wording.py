"""How does one line read: whose words are they, and how many sources support it?

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
from bot.briefing.lines import Caution, Commitment, Event, Figure, Line, Quote, RelativeDay
from bot.briefing.normalisation import normalised
from bot.briefing.paragraphs import paragraphs
from bot.briefing.quotation_marks import quotations
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

# Behind a day its part is told before its date ("Tuesday night"); "Tuesday's" and "Tuesday (13
# May)" stay as they are.
_GOES_ON = re.compile(
    r"(?:[ ](?:morning|afternoon|evening|night|matin|après-midi|soir|früh|mittag|abend|nacht)\b)?+"
    r"(?![-'’]\w|\s*[(（])",
    re.IGNORECASE,
)
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")


def statement(line: Line, fixed: Catalogue) -> Wording:
    """A line with its voice, and how many sources bear it."""
    return (Words(_said(line, fixed)), *_behind(line, fixed, standing(line, fixed)))


def side(line: Line, documents: Sequence[Document], fixed: Catalogue) -> Wording:
    """What some of the sources say where they differ, after who says it."""
    teller = Words(f"{tellers(line, documents, fixed)}: ", "bold")
    return (teller, Words(_said(line, fixed)), *_behind(line, fixed))


def headline(line: Line, fixed: Catalogue) -> Wording:
    """A line in bold with its voice; it has no quotation marks of ours."""
    return (Words(line.text, "bold"), *_aside(_voice(line, fixed), by_hand(line, fixed)))


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
    """Who → what · by when · on which condition (status); in a person's words a statement."""
    if line.is_edited:
        return statement(line, fixed)
    told = with_dates(" · ".join([line.action, *line.terms]), line.days, fixed)
    said = _voice(line, fixed, f"{line.actor} {line.action}")
    return (
        Words(line.actor, "bold"),
        Words(f" → {told}"),
        *_aside(fixed.statuses[line.status], said, standing(line, fixed)),
    )


def event(line: Event, fixed: Catalogue) -> Wording:
    """When, in the source's words, with the date that they mean, and what."""
    is_worked_out = line.date is not None and line.date_basis != "stated"
    date = f" ({fixed.date(line.date)})" if line.date and is_worked_out else ""
    told = (Words(_said(line, fixed)), *_behind(line, fixed, standing(line, fixed)))
    return (Words(line.when, "bold"), Words(f"{date}: "), *told)


def figure(line: Figure, fixed: Catalogue) -> Wording:
    """The figure as written, and what it counts."""
    unit = "" if not line.unit or line.unit in line.figure else f" {line.unit}"
    told = (Words(_said(line, fixed)), *_behind(line, fixed, standing(line, fixed)))
    return (Words(f"{line.figure}{unit}", "bold"), Words(": "), *told)


def _caution(note: Caution, fixed: Catalogue) -> Wording:
    """A caution; a sentence of the source says of which kind it is one."""
    if note.text != note.evidence[0].text:
        return (Words(note.text), *_aside(by_hand(note, fixed)))
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


def with_dates(text: str, days: Sequence[RelativeDay], fixed: Catalogue) -> str:
    """``text`` with each of its ``days`` followed by the date where it is first told: "on Tuesday
    (13 May)". Between quotation marks nothing is added."""
    quoted = quotations(text, paragraphs(text))
    added: dict[int, str] = {}
    for day in days:
        for span in normalised(text).find(day.words):
            end = _GOES_ON.match(text, span.end)
            if end and not any(each.start <= span.start < each.end for each in quoted):
                added[end.end()] = _bracketed(fixed.day(day.date), text[end.end() - 1])
                break
    for place in sorted(added, reverse=True):
        text = f"{text[:place]}{added[place]}{text[place:]}"
    return text


def _bracketed(date: str, before: str) -> str:
    return f"（{date}）" if _UNSPACED.match(before) else f" ({date})"


def _said(line: Line, fixed: Catalogue) -> str:
    if line.is_source_wording:
        return fixed.quote(line.text)
    return with_dates(line.text, line.days, fixed)


def _behind(line: Line, fixed: Catalogue, *told: str) -> Wording:
    """What there is to say of a line: of the source's own words, which days they mean too."""
    days = line.days if line.is_source_wording else ()
    dates = (f"{day.words}: {fixed.day(day.date)}" for day in days)
    return _aside(_voice(line, fixed), *dates, *told, by_hand(line, fixed))


def by_hand(line: Line, fixed: Catalogue) -> str:
    """Who wrote ``line`` by hand, and whether it was verified; empty where nobody did."""
    if line.edited is None:
        return ""
    is_open = line.judge is None and line.needs_judgement
    how = [fixed.not_judged] if is_open else []
    how = how if line.is_verified else [fixed.not_verified]
    return " · ".join((*how, fixed.edited_by.format(name=line.edited.by)))


def _voice(line: Line, fixed: Catalogue, shown: str | None = None) -> str:
    """Whose words it is, where the words themselves do not say so: a writer's own do."""
    said = line.text if shown is None else shown
    if line.voice == "outlet" and line.is_source_wording:
        return fixed.outlet
    if line.voice == "attributed" and line.speaker and not names(said, line.speaker):
        return fixed.says.format(speaker=line.speaker)
    return ""


def names(said: str, speaker: str) -> bool:
    """Whether ``said`` names ``speaker``, perhaps by one word alone ("Lind", "experts", "CDC")."""
    words = re.findall(r"\w+", speaker)
    long = (word for word in words if len(word) >= _SAYS_WHO)
    short = (word for word in words if len(word) == _SAYS_WHO - 1 and word.isupper())
    is_there = any(word.casefold() in said.casefold() for word in (speaker, *long))
    return is_there or any(re.search(rf"\b{word}\b", said) for word in short)


def _aside(*told: str) -> Wording:
    """What there is to say of a line, behind it."""
    known = [each for each in told if each]
    return (Words(f" ({'; '.join(known)})", "italic"),) if known else ()
