"""What of the documents fits a writer's budget: whole sentences from the start of each."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.briefing.documents import Document, Passage


@dataclass(frozen=True)
class Excerpt:
    """The first ``sentences`` sentences of a document: what a writer is shown of it."""

    document: Document
    sentences: int

    @property
    def is_whole(self) -> bool:
        """Whether nothing was left out."""
        return self.sentences == len(self.document.sentences)

    @property
    def words(self) -> int:
        """How many words of the document are in it."""
        if self.is_whole:
            return self.document.words
        end = self.document.sentences[self.sentences - 1].end if self.sentences else 0
        return len(self.document.text[:end].split())

    def passages(self) -> list[Passage]:
        """Its sentences as numbered passages."""
        return [self.document.passage(number) for number in range(1, self.sentences + 1)]


def whole(documents: tuple[Document, ...]) -> tuple[Excerpt, ...]:
    """The documents with nothing left out."""
    return tuple(Excerpt(document, len(document.sentences)) for document in documents)


def within(
    documents: tuple[Document, ...], budget: int, count: Callable[[str], int]
) -> tuple[Excerpt, ...]:
    """The first sentences of each document that cost at most ``budget`` tokens together.

    A document that needs less than its equal share leaves the rest to those after it; the
    shortest are served first, so that one long source never starves the others.
    """
    costs = [[count(document.sentence(n + 1)) for n in range(len(document.sentences))]
             for document in documents]  # fmt: skip
    shares = _fair_shares([sum(cost) for cost in costs], budget)
    return tuple(
        Excerpt(document, _sentences_within(cost, share))
        for document, cost, share in zip(documents, costs, shares, strict=True)
    )


def _fair_shares(wanted: list[int], budget: int) -> list[int]:
    shares = [0] * len(wanted)
    waiting = sorted(range(len(wanted)), key=wanted.__getitem__)
    for served, index in enumerate(waiting):
        shares[index] = min(wanted[index], budget // (len(waiting) - served))
        budget -= shares[index]
    return shares


def _sentences_within(costs: list[int], share: int) -> int:
    spent = 0
    for number, cost in enumerate(costs):
        spent += cost
        if spent > share:
            return number
    return len(costs)
