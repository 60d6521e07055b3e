"""How does one line read: whose words it is, and where it stands?

The source's own wording is in quotation marks; a line that somebody says names who; the
outlet's judgement is marked as the outlet's words; of several sources it is told how many bear a
line; every line ends with its references.
"""

from collections.abc import Sequence

from bot.briefing.catalogue import Catalogue
from bot.briefing.documents import Document
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
from bot.briefing.standing import standing, tellers
from bot.slack.payloads import JsonObject
from bot.slack.rich_text import directed, words

Elements = list[JsonObject]


def statement(line: Line, fixed: Catalogue) -> Elements:
    """A line with its voice, how many sources bear it, and its references."""
    told = [words(_worded(line, fixed)), *_voice(line, fixed), *_standing(line, fixed)]
    return directed(told, line.evidence, line.text)


def side(line: Line, documents: Sequence[Document], fixed: Catalogue) -> Elements:
    """What some of the sources say where they differ, after who says it."""
    told = [words(_worded(line, fixed)), *_voice(line, fixed)]
    teller = words(f"{tellers(line, documents)}: ", "bold")
    return directed([teller, *told], line.evidence, line.text)


def headline(line: Line, fixed: Catalogue) -> Elements:
    """A line with its voice in bold, and its references."""
    told = [words(_worded(line, fixed), "bold"), *_voice(line, fixed)]
    return directed(told, line.evidence, line.text)


def quote(line: Quote, fixed: Catalogue) -> Elements:
    """The words of a speaker, with the speaker and the role, and a translation marked as ours."""
    speaker = ", ".join(part for part in (line.speaker, line.role) if part)
    shown = [words(fixed.quote(line.text))]
    if line.translation:
        ours = fixed.our_translation.format(words=line.translation)
        shown.append(words(f" ({ours})", "italic"))
    if speaker:
        shown.append(words(f" — {speaker}"))
    told = [*shown, *_standing(line, fixed)]
    return directed(told, line.evidence, line.translation or line.text)


def commitment(line: Commitment, fixed: Catalogue) -> Elements:
    """Who → what · by when · on which condition (status)."""
    told = " · ".join([line.action, *line.terms])
    shown = [
        words(line.actor, "bold"),
        words(f" → {told} "),
        words(f"({fixed.statuses[line.status]})", "italic"),
        *_voice(line, fixed, f"{line.actor} {line.action}"),
        *_standing(line, fixed),
    ]
    return directed(shown, line.evidence, line.text)


def event(line: Event, fixed: Catalogue) -> Elements:
    """When, in the source's words, and what; the date only with what it follows from."""
    date = f" ({line.date}, {_basis(line, fixed)})" if line.date and line.date_basis else ""
    told = [words(_worded(line, fixed)), *_voice(line, fixed), *_standing(line, fixed)]
    shown = [words(line.when, "bold"), words(f"{date}: "), *told]
    return directed(shown, line.evidence, line.text)


def times(events: Sequence[Event]) -> Elements:
    """When, and where it stands, for events that are told elsewhere; in one line."""
    told = (directed([words(each.when, "bold")], each.evidence, each.when) for each in events)
    first = next(told)
    return [*first, *(each for event in told for each in [words(" · "), *event])]


def figure(line: Figure, fixed: Catalogue) -> Elements:
    """The figure as written, and what it counts."""
    unit = "" if not line.unit or line.unit in line.figure else f" {line.unit}"
    told = [words(_worded(line, fixed)), *_voice(line, fixed), *_standing(line, fixed)]
    shown = [words(f"{line.figure}{unit}", "bold"), words(": "), *told]
    return directed(shown, line.evidence, line.text)


def caution(note: Caution, fixed: Catalogue) -> Elements:
    """A caution with the passages it rests on; a sentence of the source says of which kind."""
    if note.text != note.evidence[0].text:
        return directed([words(note.text)], note.evidence, note.text)
    shown = [words(f"{fixed.kinds[note.kind]}: ", "bold"), words(fixed.quote(note.text))]
    return directed(shown, note.evidence, note.text)


def unknown(gap: Unknown) -> Elements:
    """What is not said."""
    return directed([words(gap.text)], (), gap.text)


def unread(source: Unread) -> Elements:
    """Which source was not read, and why."""
    told = [words(source.source, "bold"), words(f": {source.message}")]
    return directed(told, (), source.message)


def _worded(line: Line, fixed: Catalogue) -> str:
    return fixed.quote(line.text) if line.is_source_wording else line.text


def _voice(line: Line, fixed: Catalogue, shown: str | None = None) -> Elements:
    said = line.text if shown is None else shown
    if line.voice == "outlet":
        return [words(f" ({fixed.outlet})", "italic")]
    if line.voice == "attributed" and line.speaker and line.speaker not in said:
        return [words(f" ({fixed.says.format(speaker=line.speaker)})", "italic")]
    return []


def _standing(line: Line, fixed: Catalogue) -> Elements:
    told = standing(line, fixed)
    return [words(f" ({told})", "italic")] if told else []


def _basis(line: Event, fixed: Catalogue) -> str:
    """What the date follows from, as `lines.Event` has it in English, in these words."""
    if line.date_basis == "stated":
        return fixed.stated
    return fixed.from_publication.format(day=(line.date_basis or "").rpartition(" ")[2])
