"""Corrections: lines that turned out wrong, the replies that rest on them, and what each says.

Either a person marks a line as wrong, or its source says otherwise when the same address is briefed
again.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TypeVar

from bot.briefing.catalogue import catalogue
from bot.briefing.digest import DatedCommitment, Digest
from bot.briefing.documents import Document
from bot.briefing.edits import all_lines, mark_corrected
from bot.briefing.lines import Answer, Briefing, Change, EarlierLine, Line

Reply = Briefing | Answer | Digest
AnyLine = TypeVar("AnyLine", bound=Line)
_OTHERWISE = ("changed", "contradicts")


@dataclass(frozen=True)
class Erratum:
    """A wrong ``line`` resting on ``passages`` of ``document``. Either ``by`` is the name of the
    person who marked it, or ``now`` is what the source says instead, at the same address."""

    line: str
    passages: frozenset[str]
    document: Document
    by: str | None = None
    now: str | None = None
    source: Document | None = None
    """The document as it is now, if it says otherwise."""

    def is_about(self, due: DatedCommitment) -> bool:
        """Whether the commitment ``due`` turned out wrong."""
        rests = self._cites(due.line, (due.document,))
        return rests and (self.by is None or due.line.text == self.line)

    def concerns(self, reply: Reply) -> bool:
        """Whether ``reply`` has the line, or rests on what its source no longer says."""
        return any(self.by is None or line.text == self.line for line in self._resting_in(reply))

    def mark(self, outcome: Briefing | Answer, day: str) -> Briefing | Answer:
        """``outcome`` marked as corrected on the ISO ``day``, with the line if it has it."""

        def is_wrong(line: Line) -> bool:
            return line.text == self.line and self._cites(line, outcome.documents)

        return mark_corrected(outcome, is_wrong, day)

    def mark_digest(self, digest: Digest, day: str) -> Digest:
        """``digest`` marked as corrected on the ISO ``day``, with the line if it has it."""
        resting = list(self._resting_in(digest))

        def marked(line: AnyLine) -> AnyLine:
            is_wrong = line.text == self.line and line in resting
            return replace(line, corrected=line.corrected or day) if is_wrong else line

        due = (replace(each, line=marked(each.line)) for each in digest.due)
        stories = (
            replace(
                story,
                headline=marked(story.headline),
                lines=tuple(map(marked, story.lines)),
                differences=tuple(
                    replace(each, sides=tuple(map(marked, each.sides)))
                    for each in story.differences
                ),
            )
            for story in digest.stories
        )
        return replace(digest, stories=tuple(stories), due=tuple(due), corrected=day)

    def message(self, reply: Reply, day: str, *, is_elsewhere: bool) -> str:
        """The message for the thread of ``reply``, which it concerns. In another channel's thread
        (``is_elsewhere``) it quotes the reply's own line, and doesn't say what a page that isn't
        public says now."""
        fixed, wrong = catalogue(reply.language), self.line
        own = [line.text for line in self._resting_in(reply)]
        if is_elsewhere and own and self.line not in own:
            wrong = own[0]
        line, date = fixed.quote(wrong), fixed.day(day)
        if self.by is not None:
            return fixed.errata["by_hand"].format(date=date, name=self.by, line=line)
        name = self.document.outlet or self.document.title or fixed.untitled
        message = fixed.errata["by_source"].format(date=date, source=name, line=line)
        may_say_now = self.document.is_public or not is_elsewhere
        return f"{message} {fixed.errata['now'].format(line=self.now)}" if may_say_now else message

    def _resting_in(self, reply: Reply) -> Iterator[Line]:
        """Yield the lines of ``reply`` that rest on one of the passages."""
        if isinstance(reply, Digest):
            based = [(line, s.documents) for s in reply.stories for line in s.statements()]
            based += [(each.line, (each.document,)) for each in reply.due]
        else:
            based = [(line, reply.documents) for line in all_lines(reply)]
        yield from (line for line, documents in based if self._cites(line, documents))

    def _cites(self, line: Line, documents: tuple[Document, ...]) -> bool:
        """Whether ``line``, based on ``documents``, rests on one of the passages; if the source now
        says otherwise, in its earlier text."""
        now, cited = self.source, {p.document for p in line.evidence if p.text in self.passages}
        return any(
            now is None or (each.key == now.key and each.text != now.text)
            for each in documents
            if each.label in cited
        )


def erratum_by_person(name: str, line: Line, document: Document) -> Erratum:
    """The erratum for a ``line`` that the person called ``name`` marked as wrong."""
    passages = frozenset(passage.text for passage in line.evidence)
    return Erratum(line.text, passages, document, by=name)


def erratum_from_change(
    change: Change, now: Briefing, then: EarlierLine, before: Briefing
) -> Erratum | None:
    """The erratum for ``then``, a line of the briefing ``before``, if ``change`` contradicts it and
    comes from the same address; None if it comes from another source."""
    passage = next(iter(then.passages), None)
    old = next((d for d in before.documents if passage and d.label == passage.document), None)
    labels = {each.document for each in change.evidence}
    new = next((d for d in now.documents if d.label in labels and old and d.key == old.key), None)
    if old is None or new is None or new.key is None or new.text == old.text:
        return None
    if change.kind not in _OTHERWISE:
        return None
    texts = frozenset(each.text for each in then.passages if each.document == old.label)
    gone = frozenset(text for text in texts if text not in new.text)
    return Erratum(then.text, gone or texts, old, now=change.text, source=new)
