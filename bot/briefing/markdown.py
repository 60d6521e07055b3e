"""A briefing or an answer as Markdown, for a document or a mail.

Foreign words are escaped, so that nothing in a source becomes markup or a link; the only links
are those that code made from a source's own address.
"""

from collections.abc import Iterator, Sequence
from urllib.parse import quote

from bot.briefing.documents import Passage
from bot.briefing.harmless import markdown_text
from bot.briefing.lines import Answer, Briefing, Commitment, Event, Line, Quote, Unread
from bot.briefing.phrases import HEADINGS, NEAREST, SAYS_NOTHING, receipt_line


def briefing_markdown(briefing: Briefing) -> str:
    """The whole briefing; every line is followed by the passages it rests on."""
    parts: list[str] = []
    if briefing.headline:
        parts.append(f"# {_said(briefing.headline)}")
    if briefing.bottom_line:
        parts.append(
            f"**{_said(briefing.bottom_line)}** {_references(briefing.bottom_line.evidence)}"
        )
        parts.append(_passages([briefing.bottom_line]))
    for section, bullets in _sections(briefing):
        if bullets:
            parts += [f"## {HEADINGS[section]}", *bullets]
    parts += _bullets("unknowns", [u.text for u in briefing.unknowns])
    if briefing.cautions:
        parts.append(f"## {HEADINGS['cautions']}")
        parts += [
            f"- {markdown_text(caution.text)} {_references(caution.evidence)}"
            for caution in briefing.cautions
        ]
    parts += _bullets("unread", _unread(briefing.unread))
    parts += _bullets("notes", briefing.notes)
    parts.append(f"*{receipt_line(briefing.receipt, briefing.documents)}*")
    return "\n\n".join(part for part in parts if part) + "\n"


def answer_markdown(answer: Answer) -> str:
    """The whole answer, or that the sources do not say, with the nearest passages."""
    parts = [f"# {markdown_text(answer.question)}"]
    parts += map(_bullet, answer.lines)
    if not answer.answered:
        parts.append(f"**{SAYS_NOTHING}**")
    if answer.nearest:
        parts.append(f"{NEAREST}:")
        parts += map(_bullet, answer.nearest)
    parts += _bullets("unread", _unread(answer.unread))
    parts += _bullets("notes", answer.notes)
    parts.append(f"*{receipt_line(answer.receipt, answer.documents)}*")
    return "\n\n".join(part for part in parts if part) + "\n"


def _sections(briefing: Briefing) -> Iterator[tuple[str, list[str]]]:
    """The bullets of each section of statements."""
    timeline = [event for event in briefing.timeline if not briefing.repeats(event)]
    pointers = [event for event in briefing.timeline if briefing.repeats(event)]
    figures = [figure for figure in briefing.figures if not briefing.repeats(figure)]
    yield "key_points", list(map(_bullet, briefing.key_points))
    yield "quotes", list(map(_bullet, briefing.quotes))
    yield "commitments", list(map(_bullet, briefing.commitments))
    yield "timeline", [*map(_bullet, timeline), *_pointers(pointers)]
    yield "figures", list(map(_bullet, figures))


def _bullet(line: Line) -> str:
    return f"- {_described(line)} {_references(line.evidence)}\n{_passages([line])}".rstrip()


def _pointers(events: Sequence[Event]) -> list[str]:
    """Times of sentences that stand above already, in one line."""
    told = [f"**{markdown_text(event.when)}** {_references(event.evidence)}" for event in events]
    return [f"- {' · '.join(told)}"] if told else []


def _described(line: Line) -> str:
    match line:
        case Quote():
            role = f", {markdown_text(line.role)}" if line.role else ""
            return f"“{markdown_text(line.text)}” — {markdown_text(line.speaker or '')}{role}"
        case Commitment():
            told = " · ".join([f"{line.actor} → {line.action}", *line.terms])
            return f"{markdown_text(told)} ({line.status})"
        case Event():
            date = f" ({line.date})" if line.date else ""
            return f"**{markdown_text(line.when)}**{date}: {_said(line)}"
    return _said(line)


def _said(line: Line) -> str:
    text = markdown_text(line.text)
    return f"“{text}”" if line.is_source_wording else text


def _references(evidence: Sequence[Passage]) -> str:
    marks = {
        passage.reference: f"[{passage.place}]({_address(passage.url)})"
        if passage.url
        else f"[{passage.place}]"
        for passage in evidence
    }
    return " ".join(marks.values())


def _address(url: str) -> str:
    """``url`` as the target of a link: a bracket or a space would end it."""
    return quote(url, safe=":/?#[]@!$&'*+,;=%~")


def _passages(lines: Sequence[Line]) -> str:
    """The passages beneath a line that says it in other words."""
    passages = dict.fromkeys(
        passage for line in lines for passage in line.evidence if passage.text != line.text
    )
    return "\n".join(f"  > {p.place}: {markdown_text(p.text)}" for p in passages)


def _bullets(section: str, texts: Sequence[str]) -> list[str]:
    if not texts:
        return []
    return [f"## {HEADINGS[section]}", "\n".join(f"- {markdown_text(text)}" for text in texts)]


def _unread(unread: Sequence[Unread]) -> list[str]:
    return [f"{one.source}: {one.message}" for one in unread]
