"""How does one line read: whose words it is, and where it stands?

The source's own wording is in quotation marks; a line that somebody says names who; the
outlet's judgement is marked as the outlet's words; every line ends with its references.
"""

from collections.abc import Sequence

from bot.briefing.lines import (
    Caution,
    Commitment,
    Event,
    Figure,
    Line,
    Quote,
    Unknown,
    Unread,
)
from bot.slack.payloads import JsonObject
from bot.slack.rich_text import marks, words

Elements = list[JsonObject]


def statement(line: Line) -> Elements:
    """A line with its voice and its references."""
    return [words(_worded(line)), *_voice(line), *marks(line.evidence)]


def headline(line: Line) -> Elements:
    """The same in bold."""
    return [words(_worded(line), "bold"), *_voice(line), *marks(line.evidence)]


def quote(line: Quote) -> Elements:
    """The words of a speaker, with the speaker and the role."""
    speaker = ", ".join(part for part in (line.speaker, line.role) if part)
    shown = [words(f"“{line.text}”")]
    if line.translation:
        shown.append(words(f" ({line.translation})", "italic"))
    if speaker:
        shown.append(words(f" — {speaker}"))
    return [*shown, *marks(line.evidence)]


def commitment(line: Commitment) -> Elements:
    """Who → what · by when · on which condition (status)."""
    told = " · ".join([line.action, *line.terms])
    return [
        words(line.actor, "bold"),
        words(f" → {told} "),
        words(f"({line.status})", "italic"),
        *_voice(line, f"{line.actor} {line.action}"),
        *marks(line.evidence),
    ]


def event(line: Event) -> Elements:
    """When, in the source's words, and what; the date only with what it follows from."""
    date = f" ({line.date}, {line.date_basis})" if line.date and line.date_basis else ""
    return [words(line.when, "bold"), words(f"{date}: "), *statement(line)]


def times(events: Sequence[Event]) -> Elements:
    """When, and where it stands, for events that are told elsewhere; in one line."""
    told = ([words(event.when, "bold"), *marks(event.evidence)] for event in events)
    first = next(told)
    return [*first, *(each for event in told for each in [words(" · "), *event])]


def figure(line: Figure) -> Elements:
    """The figure as written, and what it counts."""
    unit = "" if not line.unit or line.unit in line.figure else f" {line.unit}"
    return [words(f"{line.figure}{unit}", "bold"), words(": "), *statement(line)]


def caution(note: Caution) -> Elements:
    """A caution with the passages it rests on; a sentence of the source says of which kind."""
    if note.text != note.evidence[0].text:
        return [words(note.text), *marks(note.evidence)]
    kind = note.kind.replace("_", " ").capitalize()
    return [words(f"{kind}: ", "bold"), words(f"“{note.text}”"), *marks(note.evidence)]


def unknown(gap: Unknown) -> Elements:
    """What is not said."""
    return [words(gap.text)]


def unread(source: Unread) -> Elements:
    """Which source was not read, and why."""
    return [words(source.source, "bold"), words(f": {source.message}")]


def _worded(line: Line) -> str:
    return f"“{line.text}”" if line.is_source_wording else line.text


def _voice(line: Line, shown: str | None = None) -> Elements:
    said = line.text if shown is None else shown
    if line.voice == "outlet":
        return [words(" (the outlet’s words)", "italic")]
    if line.voice == "attributed" and line.speaker and line.speaker not in said:
        return [words(f" (says {line.speaker})", "italic")]
    return []
