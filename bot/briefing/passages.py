"""Which sentences of the documents a writer is shown: whole ones, as many as fit its budget."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.briefing.documents import Document, Passage
from bot.briefing.words import count_words


@dataclass(frozen=True)
class Excerpt:
    """Some sentences of a document; ``numbers`` are theirs, in rising order."""

    document: Document
    numbers: range | tuple[int, ...]

    @property
    def is_whole(self) -> bool:
        """Whether nothing was left out."""
        return len(self.numbers) == len(self.document.sentences)

    @property
    def words(self) -> int:
        """How many words of the document are in it."""
        if self.is_whole:
            return self.document.words
        return sum(count_words(self.document.sentence(number)) for number in self.numbers)

    def passages(self) -> list[Passage]:
        """Its sentences as numbered passages."""
        return [self.document.passage(number) for number in self.numbers]

    def only(self, places: slice) -> "Excerpt":
        """The part of it that has the sentences at ``places``, counted from 0."""
        return Excerpt(self.document, self.numbers[places])


Count = Callable[[str], int]
"""The tokens that a sentence costs."""


def whole(documents: tuple[Document, ...]) -> tuple[Excerpt, ...]:
    """The documents with nothing left out."""
    return tuple(Excerpt(each, range(1, len(each.sentences) + 1)) for each in documents)


def costs(excerpt: Excerpt, count: Count) -> list[int]:
    """What each sentence of ``excerpt`` costs."""
    return [count(excerpt.document.sentence(number)) for number in excerpt.numbers]


def fits(excerpts: tuple[Excerpt, ...], budget: int, count: Count) -> bool:
    """Whether they cost no more than ``budget`` tokens; a book is not counted to its end."""
    for excerpt in excerpts:
        for number in excerpt.numbers:
            budget -= count(excerpt.document.sentence(number))
            if budget < 0:
                return False
    return True


def within(excerpts: tuple[Excerpt, ...], budget: int, count: Count) -> tuple[Excerpt, ...]:
    """The first sentences of each excerpt that cost at most ``budget`` tokens together.

    One that needs less than its equal share leaves the rest to those after it; the shortest are
    served first, so that one long source never starves the others.
    """
    spent = [costs(excerpt, count) for excerpt in excerpts]
    shares = _fair_shares([sum(each) for each in spent], budget)
    return tuple(
        excerpt.only(slice(_sentences_within(each, share)))
        for excerpt, each, share in zip(excerpts, spent, shares, strict=True)
    )


def parts(excerpt: Excerpt, budget: int, count: Count) -> list[Excerpt]:
    """``excerpt`` in parts of nearly the same size, each of at most ``budget`` tokens but for a
    sentence that is longer by itself."""
    each = costs(excerpt, count)
    share = sum(each) / max(1, -(-sum(each) // budget))
    found, start, spent, before = list[Excerpt](), 0, 0, 0
    for place, cost in enumerate(each):
        is_due = before + cost / 2 > share * (len(found) + 1)
        if place > start and (is_due or spent + cost > budget):
            found.append(excerpt.only(slice(start, place)))
            start, spent = place, 0
        spent += cost
        before += cost
    return [*found, excerpt.only(slice(start, None))] if each else []


def gathered(excerpts: Sequence[Excerpt]) -> tuple[Excerpt, ...]:
    """One excerpt for each document, with all sentences of ``excerpts``."""
    documents = dict.fromkeys(excerpt.document.label for excerpt in excerpts)
    by_label = {excerpt.document.label: excerpt.document for excerpt in excerpts}
    return tuple(
        Excerpt(by_label[name], _united([e for e in excerpts if e.document.label == name]))
        for name in documents
    )


def _united(excerpts: Sequence[Excerpt]) -> tuple[int, ...]:
    return tuple(sorted({number for excerpt in excerpts for number in excerpt.numbers}))


def _fair_shares(wanted: list[int], budget: int) -> list[int]:
    shares = [0] * len(wanted)
    waiting = sorted(range(len(wanted)), key=wanted.__getitem__)
    for served, index in enumerate(waiting):
        shares[index] = min(wanted[index], budget // (len(waiting) - served))
        budget -= shares[index]
    return shares


def _sentences_within(each: list[int], share: int) -> int:
    spent = 0
    for number, cost in enumerate(each):
        spent += cost
        if spent > share:
            return number
    return len(each)
