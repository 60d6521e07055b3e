"""A story as a timeline: its commitments, what is disputed, and what each briefing added."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeVar

from bot.briefing import wording
from bot.briefing.catalogue import Catalogue, catalogue
from bot.briefing.changes import EarlierBriefing
from bot.briefing.documents import Document, label
from bot.briefing.due import commitment_id
from bot.briefing.edits import map_lines
from bot.briefing.lines import Briefing, Commitment, EarlierReply, Line
from bot.briefing.wording import Wording, Words, is_unjudged

AnyLine = TypeVar("AnyLine", bound=Line)
MOST_BRIEFINGS = 100
"""How many briefings a timeline has at most."""


@dataclass(frozen=True)
class CommitmentMark:
    """How the person called ``by`` marked a commitment on an ISO ``day``, which no source says."""

    what: Literal["done", "missed"]
    by: str
    day: str


@dataclass(frozen=True)
class Row:
    """A line, and its wording in the timeline."""

    line: Line
    wording: Wording


@dataclass(frozen=True)
class Chapter:
    """At least one line under a heading: those that ``reply`` was the first to have, or, without
    ``reply``, lines of all replies."""

    title: str
    rows: tuple[Row, ...]
    reply: EarlierReply | None = None


@dataclass(frozen=True)
class Timeline:
    """What the ``replies`` said, the earliest first. All ``documents`` have different labels;
    ``notes`` say how much is in the timeline, and what was left out."""

    title: str
    language: str | None
    replies: tuple[EarlierReply, ...]
    documents: tuple[Document, ...]
    chapters: tuple[Chapter, ...]
    notes: tuple[str, ...]


def timeline(
    earlier: Sequence[EarlierBriefing], marks: Mapping[str, CommitmentMark] = {}, *, is_cut: bool
) -> Timeline:
    """The timeline of ``earlier`` briefings (at least one, the latest first) with the ``marks`` on
    commitments, by their ids; ``is_cut``: there may be more."""
    keys = {reply.key for reply, _ in earlier}
    # A version in another language or length repeats the same.
    firsts = [(r, b) for r, b in earlier if b.remake is None or b.remake.of not in keys]
    documents, briefings = _relabelled(list(reversed(firsts)))
    latest = earlier[0][1]
    fixed = catalogue(latest.language)
    of_all = (
        Chapter(fixed.story["undertakings"], tuple(_undertakings(briefings, marks, fixed))),
        Chapter(fixed.story["disputed"], tuple(_disputed(briefings, documents, fixed))),
    )
    notes = [fixed.story["counted"].format(count=fixed.number(len(briefings)))]
    if is_cut:
        notes.append(fixed.story["cut"].format(most=fixed.number(MOST_BRIEFINGS)))
    return Timeline(
        latest.title,
        latest.language,
        tuple(reply for reply, _ in reversed(earlier)),
        documents,
        tuple(each for each in (*of_all, *_days(briefings, fixed)) if each.rows),
        tuple(notes),
    )


def _relabelled(
    earlier: Sequence[EarlierBriefing],
) -> tuple[tuple[Document, ...], list[EarlierBriefing]]:
    """The documents of all briefings, each once and with a label of its own, and the briefings
    with these labels."""
    known: dict[tuple[str | None, str], Document] = {}
    briefings = []
    for reply, briefing in earlier:
        labels = {}
        for each in briefing.documents:
            new = replace(each, label=label(len(known)))
            labels[each.label] = known.setdefault((each.key or each.url, each.text), new).label
        briefings.append((reply, _with_labels(briefing, labels)))
    return tuple(known.values()), briefings


def _with_labels(briefing: Briefing, labels: Mapping[str, str]) -> Briefing:
    """The briefing with these ``labels``, by its own, for the documents of its lines."""

    def relabelled(line: AnyLine) -> AnyLine:
        evidence = tuple(each.relabelled(labels[each.document]) for each in line.evidence)
        support = line.support
        if support is not None:
            support = replace(support, sources=tuple(labels[each] for each in support.sources))
        return replace(line, evidence=evidence, support=support)

    known = briefing.since
    changes = tuple(map(relabelled, known.changes)) if known else ()
    since = known and replace(known, changes=changes)
    return replace(map_lines(briefing, relabelled), since=since)


def _undertakings(
    briefings: Sequence[EarlierBriefing], marks: Mapping[str, CommitmentMark], fixed: Catalogue
) -> Iterator[Row]:
    """Yield each commitment once, with the day it was first briefed and its state: done or missed,
    with the day of the briefing that said so, or open; and how somebody marked it."""
    states = {
        then.text: (change.kind, reply)
        for reply, briefing in briefings
        for change in briefing.changes
        if change.kind in ("done", "missed")
        for then in change.then
    }
    first = {
        line.text: (reply, line)
        for reply, briefing in reversed(briefings)
        for line in briefing.commitments
        if line.is_verified
    }
    for text, (reply, line) in reversed(first.items()):
        marked = marks.get(commitment_id(line))
        state, by = states.get(text, ("open", None))
        remarks = [] if marked and not by else [Words(f" · {fixed.story[state]}", "bold")]
        remarks += [_briefed_on(by, fixed)] if by else []
        if marked:
            sentence = fixed.story[f"marked_{marked.what}"]
            remark = sentence.format(name=marked.by, date=fixed.day(marked.day))
            remarks.append(Words(f" · {remark}", "italic"))
        yield Row(line, (*wording.line_wording(line, fixed), _briefed_on(reply, fixed), *remarks))


def _disputed(
    briefings: Sequence[EarlierBriefing], documents: Sequence[Document], fixed: Catalogue
) -> Iterator[Row]:
    """Yield the sides of differences between sources, and what was contradicted later."""
    for reply, briefing in briefings:
        for difference in briefing.differences:
            about = Words(f"{difference.about}: ")
            for side in difference.sides if difference.is_verified else ():
                shown = wording.side(side, documents, fixed)
                yield Row(side, (about, *shown, _briefed_on(reply, fixed)))
        for change in briefing.changes:
            if change.kind == "contradicts":
                yield Row(change, (*wording.change(change, fixed), _briefed_on(reply, fixed)))


def _days(briefings: Sequence[EarlierBriefing], fixed: Catalogue) -> Iterator[Chapter]:
    """Yield, for each briefing, the lines that it was the first to have, without commitments."""
    seen = set[str]()
    for reply, briefing in briefings:
        rows = []
        for line in briefing.lines():
            if line.is_verified and not isinstance(line, Commitment) and line.text not in seen:
                seen.add(line.text)
                shown = wording.line_wording(line, fixed)
                if is_unjudged(line, briefing.receipt):
                    shown = (*shown, Words(f" ({fixed.not_judged})", "italic"))
                rows.append(Row(line, shown))
        yield Chapter(fixed.date(reply.day), tuple(rows), reply)


def _briefed_on(reply: EarlierReply, fixed: Catalogue) -> Words:
    return Words(f" ({fixed.told_on.format(date=fixed.day(reply.day))})", "italic")
