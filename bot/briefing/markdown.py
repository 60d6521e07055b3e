"""A briefing or an answer as Markdown, for a document or a mail.

Foreign words are escaped, so that nothing in a source becomes markup or a link; the only links
are those that code made from a source's own address.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from bot.briefing.catalogue import Catalogue, catalogue
from bot.briefing.directions import frame, is_from_the_right, isolated, space
from bot.briefing.documents import Passage
from bot.briefing.harmless import markdown_text
from bot.briefing.lines import Answer, Briefing, Caution, Commitment, Event, Line, Quote
from bot.briefing.receipts import receipt_line
from bot.briefing.standing import standing, tellers


def briefing_markdown(briefing: Briefing) -> str:
    """The whole briefing; every line is followed by the passages it rests on."""
    return _Paper(catalogue(briefing.language)).briefing(briefing)


def answer_markdown(answer: Answer) -> str:
    """The whole answer, or that the sources do not say, with the nearest passages."""
    return _Paper(catalogue(answer.language)).answer(answer)


@dataclass(frozen=True)
class _Paper:
    """What is written in Markdown, with the fixed words of one language."""

    fixed: Catalogue

    def briefing(self, briefing: Briefing) -> str:
        parts: list[str] = []
        if briefing.headline:
            parts.append(f"# {self._line(self._said(briefing.headline), briefing.headline, ())}")
        if line := briefing.bottom_line:
            told = f"**{self._said(line)}**{self._standing(line)}"
            parts.append(self._line(told, line, line.evidence))
            parts.append(self._passages(line))
        parts += self._differences(briefing)
        for section, bullets in self._sections(briefing):
            if bullets:
                parts += [f"## {self.fixed.headings[section]}", *bullets]
        parts += self._bullets("unknowns", [unknown.text for unknown in briefing.unknowns])
        if briefing.cautions:
            parts.append(f"## {self.fixed.headings['cautions']}")
            parts += map(self._caution, briefing.cautions)
        return _joined([*parts, *self._ending(briefing)])

    def answer(self, answer: Answer) -> str:
        parts = [f"# {_plain(answer.question)}", *map(self._bullet, answer.lines)]
        if not answer.answered:
            parts.append(f"**{self.fixed.says_nothing}**")
        if answer.nearest:
            parts += [f"{self.fixed.nearest}:", *map(self._bullet, answer.nearest)]
        return _joined([*parts, *self._ending(answer)])

    def _ending(self, outcome: Briefing | Answer) -> Iterator[str]:
        yield from self._bullets("unread", [f"{u.source}: {u.message}" for u in outcome.unread])
        yield from self._bullets("notes", outcome.notes)
        yield f"*{receipt_line(outcome.receipt, outcome.documents, self.fixed)}*"

    def _sections(self, briefing: Briefing) -> Iterator[tuple[str, list[str]]]:
        """The bullets of each section of statements."""
        timeline = [event for event in briefing.timeline if not briefing.repeats(event)]
        pointers = [event for event in briefing.timeline if briefing.repeats(event)]
        figures = [figure for figure in briefing.figures if not briefing.repeats(figure)]
        yield "key_points", list(map(self._bullet, briefing.key_points))
        yield "quotes", list(map(self._bullet, briefing.quotes))
        yield "commitments", list(map(self._bullet, briefing.commitments))
        yield "timeline", [*map(self._bullet, timeline), *self._pointers(pointers)]
        yield "figures", list(map(self._bullet, figures))

    def _differences(self, briefing: Briefing) -> Iterator[str]:
        """Each difference with its sides beneath, and who says each."""
        for difference in briefing.differences:
            yield f"## {_plain(self.fixed.differ.format(about=difference.about))}"
            for side in difference.sides:
                teller = markdown_text(tellers(side, briefing.documents))
                yield f"- {self._line(f'**{teller}:** {self._said(side)}', side, side.evidence)}"

    def _standing(self, line: Line) -> str:
        told = standing(line, self.fixed)
        return f" *({told})*" if told else ""

    def _bullet(self, line: Line) -> str:
        described = f"{self._described(line)}{self._standing(line)}"
        told = self._line(described, line, line.evidence)
        return f"- {told}\n{self._passages(line)}".rstrip()

    def _caution(self, note: Caution) -> str:
        return f"- {self._line(markdown_text(note.text), note, note.evidence)}"

    def _pointers(self, events: Sequence[Event]) -> list[str]:
        """Times of sentences that stand above already, in one line."""
        told = (f"**{_plain(event.when)}** {self._references(event.evidence)}" for event in events)
        return [f"- {line}"] if (line := " · ".join(told)) else []

    def _described(self, line: Line) -> str:
        match line:
            case Quote():
                return self._quoted(line)
            case Commitment():
                told = " · ".join([f"{line.actor} → {line.action}", *line.terms])
                return f"{markdown_text(told)} ({self.fixed.statuses[line.status]})"
            case Event():
                date = f" ({line.date})" if line.date else ""
                return f"**{markdown_text(line.when)}**{date}: {self._said(line)}"
        return self._said(line)

    def _quoted(self, line: Quote) -> str:
        role = f", {markdown_text(line.role)}" if line.role else ""
        ours = self.fixed.our_translation.format(words=markdown_text(line.translation or ""))
        said = self.fixed.quote(markdown_text(line.text))
        beside = f" ({ours})" if line.translation else ""
        return f"{said}{beside} — {markdown_text(line.speaker or '')}{role}"

    def _said(self, line: Line) -> str:
        text = markdown_text(line.text)
        return self.fixed.quote(text) if line.is_source_wording else text

    def _line(self, told: str, line: Line | Caution, evidence: Sequence[Passage]) -> str:
        """``told`` with its references, so that it runs in the direction of ``line``."""
        ours = line.translation if isinstance(line, Quote) else None
        right = is_from_the_right(ours or line.text)
        before, behind = frame(told, from_the_right=right)
        references = self._references(evidence, space(from_the_right=right))
        shown = isolated(told, from_the_right=right)
        return f"{before}{shown} {references}".rstrip() + behind

    def _references(self, evidence: Sequence[Passage], between: str = " ") -> str:
        marks = {passage.reference: self._mark(passage) for passage in evidence}
        return between.join(marks.values())

    def _mark(self, passage: Passage) -> str:
        place = self.fixed.place(passage)
        return f"[{place}]({_address(passage.url)})" if passage.url else f"[{place}]"

    def _passages(self, line: Line) -> str:
        """The passages beneath a line that says it in other words."""
        passages = dict.fromkeys(each for each in line.evidence if each.text != line.text)
        return "\n".join(f"  > {self._passage(passage)}" for passage in passages)

    def _passage(self, passage: Passage) -> str:
        right = is_from_the_right(passage.text)
        before, behind = frame(passage.text, from_the_right=right)
        return f"{before}{self.fixed.place(passage)}: {_plain(passage.text)}{behind}"

    def _bullets(self, section: str, texts: Sequence[str]) -> list[str]:
        if not texts:
            return []
        heading = f"## {self.fixed.headings[section]}"
        return [heading, "\n".join(f"- {_plain(text)}" for text in texts)]


def _plain(text: str) -> str:
    """``text`` as plain words, so that it runs in its own direction."""
    right = is_from_the_right(text)
    before, behind = frame(text, from_the_right=right)
    return f"{before}{isolated(markdown_text(text), from_the_right=right)}{behind}"


def _address(url: str) -> str:
    """``url`` as the target of a link: a bracket or a space would end it."""
    return quote(url, safe=":/?#[]@!$&'*+,;=%~")


def _joined(parts: Sequence[str]) -> str:
    return "\n\n".join(part for part in parts if part) + "\n"
