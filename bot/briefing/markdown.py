"""A briefing or an answer as Markdown, for a document or a mail.

Foreign words are escaped, so that nothing in a source becomes markup or a link; the only links
are those that code made from a source's own address.
"""

from collections.abc import Iterator, Sequence
from urllib.parse import quote

from bot.briefing.documents import Passage
from bot.briefing.harmless import markdown_text
from bot.briefing.lines import Answer, Briefing, Commitment, Event, Line, Quote, Receipt, Unread

SAYS_NOTHING = "The sources do not say."


def briefing_markdown(briefing: Briefing) -> str:
    """The whole briefing; every line is followed by the passages it rests on."""
    parts: list[str] = []
    if briefing.headline:
        parts.append(f"# {_said(briefing.headline)}")
    if briefing.bottom_line:
        parts.append(f"**{_said(briefing.bottom_line)}** {_marks(briefing.bottom_line)}")
        parts.append(_passages([briefing.bottom_line]))
    for title, lines in _sections(briefing):
        if lines:
            parts.append(f"## {title}")
            parts += [f"- {_described(line)} {_marks(line)}\n{_passages([line])}" for line in lines]
    parts += _bullets("What the sources do not say", [u.text for u in briefing.unknowns])
    if briefing.cautions:
        parts.append("## Read with care")
        parts += [
            f"- {markdown_text(caution.text)} {_references(caution.evidence)}"
            for caution in briefing.cautions
        ]
    parts += _bullets("Not read", _unread(briefing.unread))
    parts += _bullets("Notes", briefing.notes)
    parts.append(f"*{receipt_line(briefing.receipt)}*")
    return "\n\n".join(part for part in parts if part) + "\n"


def answer_markdown(answer: Answer) -> str:
    """The whole answer, or that the sources do not say, with the nearest passages."""
    parts = [f"# {markdown_text(answer.question)}"]
    parts += [f"- {_described(line)} {_marks(line)}\n{_passages([line])}" for line in answer.lines]
    if not answer.answered:
        parts.append(f"**{SAYS_NOTHING}**")
    if answer.nearest:
        parts.append("Nearest:")
        parts += [f"- {_described(line)} {_marks(line)}" for line in answer.nearest]
    parts += _bullets("Not read", _unread(answer.unread))
    parts += _bullets("Notes", answer.notes)
    parts.append(f"*{receipt_line(answer.receipt)}*")
    return "\n\n".join(part for part in parts if part) + "\n"


def receipt_line(receipt: Receipt) -> str:
    """How it came about, in one line: who wrote, what was traced, what it took."""
    written = (
        "Extracted, no model"
        if receipt.engine == "extractive"
        else f"AI-written ({receipt.model}), checked against the source"
    )
    about = "≈" if receipt.tokens_estimated else ""
    parts = [
        written,
        _counted(receipt.words_read, "word") + " read",
        _counted(receipt.lines, "line") + " traced",
    ]
    if receipt.withheld:
        parts.append(f"{receipt.withheld} withheld")
    if receipt.tokens_in or receipt.tokens_out:
        parts.append(f"{about}{receipt.tokens_in + receipt.tokens_out:,} tokens")
    if receipt.cost_usd is not None:
        parts.append(f"{'estimated ' if receipt.tokens_estimated else ''}${receipt.cost_usd:.4f}")
    return " · ".join([*parts, f"{receipt.seconds:.1f} s"])


def _sections(briefing: Briefing) -> Iterator[tuple[str, Sequence[Line]]]:
    yield "Key points", briefing.key_points
    yield "Who said what", briefing.quotes
    yield "Commitments", briefing.commitments
    yield "Timeline", briefing.timeline
    yield "Figures", briefing.figures


def _described(line: Line) -> str:
    match line:
        case Quote():
            role = f", {markdown_text(line.role)}" if line.role else ""
            return f"“{markdown_text(line.text)}” — {markdown_text(line.speaker or '')}{role}"
        case Commitment():
            details = [f"{line.actor} → {line.action}", line.deadline, line.condition]
            return f"{markdown_text(' · '.join(d for d in details if d))} ({line.status})"
        case Event():
            date = f" ({line.date})" if line.date else ""
            return f"**{markdown_text(line.when)}**{date}: {_said(line)}"
    return _said(line)


def _said(line: Line) -> str:
    text = markdown_text(line.text)
    return f"“{text}”" if line.is_source_wording else text


def _marks(line: Line) -> str:
    return _references(line.evidence)


def _references(evidence: Sequence[Passage]) -> str:
    marks = {
        passage.reference: f"[{passage.reference}]({_address(passage.url)})"
        if passage.url
        else f"[{passage.reference}]"
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
    return "\n".join(f"  > {p.reference}: {markdown_text(p.text)}" for p in passages)


def _bullets(title: str, texts: Sequence[str]) -> list[str]:
    if not texts:
        return []
    return [f"## {title}", "\n".join(f"- {markdown_text(text)}" for text in texts)]


def _unread(unread: Sequence[Unread]) -> list[str]:
    return [f"{one.source}: {one.message}" for one in unread]


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
