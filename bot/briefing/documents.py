"""A source after reading: its text, exactly as read, in numbered sentences with offsets, and the
passages cut from it.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate
from operator import attrgetter
from typing import Literal, NamedTuple
from urllib.parse import quote as percent_encoded

from bot.briefing.text import count_words

# Offsets count Unicode code points, start included and end excluded, so that
# ``document.text[start:end]`` is what is shown. A reference is a document's label and a sentence's
# number (`A12`), or a quotation in it (`A12q1`), however many documents there are.

_REFERENCE = re.compile(r"\[?\s*([A-Z]{1,2})(\d{1,6})(?:q(\d{1,4}))?\s*\]?")


class Span(NamedTuple):
    """From ``start`` (included) to ``end`` (excluded): characters of a text, or words of a list."""

    start: int
    end: int

    def contains(self, other: "Span") -> bool:
        """Whether ``other`` lies wholly inside."""
        return self.start <= other.start and other.end <= self.end


class Reference(NamedTuple):
    """Where a line points: document ``label``, sentence ``number`` from 1, and optionally the
    ``quotation`` in it, from 1."""

    label: str
    number: int
    quotation: int | None = None

    def __str__(self) -> str:
        mark = f"q{self.quotation}" if self.quotation else ""
        return f"{self.label}{self.number}{mark}"


@dataclass(frozen=True)
class Passage:
    """Words cut from a document by code, and where they stand.

    ``page`` counts from 1 if the source has pages; ``url`` leads to the passage if the source has
    an address.
    """

    document: str
    start: int
    end: int
    text: str
    reference: str
    page: int | None = None
    url: str | None = None

    def relabelled(self, label: str) -> "Passage":
        """The same passage, with ``label`` for its document."""
        reference = label + self.reference[len(self.document) :]
        return replace(self, document=label, reference=reference)


@dataclass(frozen=True)
class Document:
    """A source's text and what is known about it.

    ``sentences`` and ``paragraphs`` are spans of ``text`` without surrounding white space;
    ``quotations`` are the words between quotation marks, marks excluded; ``pages`` is empty
    if the source has none. ``numbering`` is the version of the rule that numbered the
    sentences. ``published`` is an ISO date, ``verdict`` what kind of page it was (None for
    files and text). ``url`` is the page's own address or a link to the message it stood in.
    """

    label: str
    text: str
    sentences: tuple[Span, ...]
    paragraphs: tuple[Span, ...]
    quotations: tuple[Span, ...]
    numbering: int
    language: str | None = None
    pages: tuple[Span, ...] = ()
    title: str | None = None
    outlet: str | None = None
    author: str | None = None
    published: str | None = None
    published_basis: Literal["stated", "dateline", "about"] | None = None
    url: str | None = None
    verdict: str | None = None
    file: str | None = None
    """The name of the file it was read from, if it was one."""
    pasted_for: str | None = None
    """The name of the source that could not be read, if this is the text pasted for it."""
    has_fragments: bool = False
    """Whether ``url`` is the source itself, so that a fragment leads to the passage."""
    key: str | None = None
    """The address that identifies the article wherever it was found: canonical if the page says."""
    is_public: bool = False
    """Whether it is a page that anybody can read: no file, no pasted text, no private network."""
    has_more: bool = False
    """Whether the page says that the article continues on another page."""

    def __hash__(self) -> int:
        """The hash of its label and text: caches look up documents sentence by sentence."""
        return hash((self.label, self.text))

    @cached_property
    def words(self) -> int:
        """How many words the text has."""
        return count_words(self.text)

    @property
    def numbers(self) -> range:
        """The numbers of the sentences."""
        return range(1, len(self.sentences) + 1)

    def sentence(self, number: int) -> str:
        """The text of sentence ``number``, counted from 1."""
        return self.text[slice(*self.sentences[number - 1])]

    def passage(self, number: int) -> Passage:
        """Sentence ``number``, counted from 1, as a passage."""
        return self.cut(self.sentences[number - 1], Reference(self.label, number))

    def cut(self, span: Span, reference: Reference) -> Passage:
        """The words of ``span`` as a passage of the sentence in ``reference``."""
        text = self.text[slice(*span)]
        sentence = str(Reference(reference.label, reference.number))
        pages = (n for n, page in enumerate(self.pages, 1) if span.start < page.end)
        page = next(pages, None)
        return Passage(
            self.label, span.start, span.end, text, sentence, page, self.link(text, page)
        )

    def link(self, words: str, page: int | None = None) -> str | None:
        """The address that leads to ``words``: with the number of the ``page`` if there are pages,
        with a text fragment for a web page, else ``url``.

        RFC 8118, 3; https://wicg.github.io/scroll-to-text-fragment/ : a dash must be escaped too.
        """
        if self.url is None or not self.has_fragments:
            return self.url
        if page is not None:
            return f"{self.url.split('#')[0]}#page={page}"
        first, last = words.split()[:5], words.split()[-5:]
        ends = [" ".join(first)] if len(words.split()) <= 10 else [" ".join(first), " ".join(last)]
        fragment = ",".join(percent_encoded(end, safe="").replace("-", "%2D") for end in ends)
        return f"{self.url.split('#')[0]}#:~:text={fragment}"

    def quotations_in(self, number: int) -> list[Span]:
        """The quotations that begin in sentence ``number``, in order (`q1`, `q2`, …)."""
        span = self.sentences[number - 1]
        first = bisect_left(self.quotations, span.start, key=_start)
        return list(self.quotations[first : bisect_left(self.quotations, span.end, key=_start)])

    def quotations_touching(self, span: Span) -> tuple[Span, ...]:
        """The quotations that have characters in ``span``, in order."""
        first = bisect_right(self.quotations, span.start, key=_end)
        return self.quotations[first : bisect_left(self.quotations, span.end, key=_start)]

    def number_at(self, place: int) -> int:
        """The number of the sentence that has character ``place``, or of the last before it."""
        return max(bisect_right(self.sentences, place, key=_start), 1)

    def numbers_in(self, start: int, end: int) -> range:
        """The numbers of the sentences that have some of the characters ``start`` to ``end``."""
        return range(self.number_at(start), self.number_at(max(start, end - 1)) + 1)


class Library:
    """The documents of one request, found by reference."""

    def __init__(self, documents: tuple[Document, ...]) -> None:
        self._by_label = {document.label: document for document in documents}

    def __getitem__(self, label: str) -> Document:
        return self._by_label[label]

    def find(self, text: str) -> Reference | None:
        """``text`` as a reference, with or without brackets; None if it leads nowhere."""
        match = _REFERENCE.fullmatch(text.strip())
        document = self._by_label.get(match[1]) if match else None
        if match is None or document is None or int(match[2]) not in document.numbers:
            return None
        number, quotation = int(match[2]), int(match[3]) if match[3] else None
        if quotation is not None and not 0 < quotation <= len(document.quotations_in(number)):
            return None
        return Reference(match[1], number, quotation)

    def passage(self, reference: Reference) -> Passage:
        """The sentence or quotation of a reference from `find`."""
        document = self._by_label[reference.label]
        if reference.quotation is None:
            return document.passage(reference.number)
        span = document.quotations_in(reference.number)[reference.quotation - 1]
        return document.cut(span, reference)


def label(index: int) -> str:
    """The label of document ``index``, counted from 0: A, B, … Z, AA, AB, …"""
    letter = chr(ord("A") + index % 26)
    return letter if index < 26 else label(index // 26 - 1) + letter


def label_index(name: str) -> int:
    """The index of the document with the label ``name``; the inverse of `label`."""
    index = 0
    for letter in name:
        index = index * 26 + ord(letter) - ord("A") + 1
    return index - 1


_start, _end = attrgetter("start"), attrgetter("end")


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
        """Its sentences as passages."""
        return [self.document.passage(number) for number in self.numbers]

    def only(self, places: slice) -> "Excerpt":
        """The part with the sentences at ``places``, counted from 0."""
        return Excerpt(self.document, self.numbers[places])


CountTokens = Callable[[str], int]
"""Counts the tokens of a sentence."""


def whole_excerpts(documents: tuple[Document, ...]) -> tuple[Excerpt, ...]:
    """An excerpt of each document, with nothing left out."""
    return tuple(Excerpt(each, each.numbers) for each in documents)


def token_costs(excerpt: Excerpt, count: CountTokens) -> list[int]:
    """The number of tokens of each sentence in ``excerpt``."""
    return [count(excerpt.document.sentence(number)) for number in excerpt.numbers]


def is_within_budget(excerpts: tuple[Excerpt, ...], budget: int, count: CountTokens) -> bool:
    """Whether ``excerpts`` have at most ``budget`` tokens; a book is not counted to its end."""
    for excerpt in excerpts:
        for number in excerpt.numbers:
            budget -= count(excerpt.document.sentence(number))
            if budget < 0:
                return False
    return True


def fit_excerpts(
    excerpts: tuple[Excerpt, ...], budget: int, count: CountTokens
) -> tuple[Excerpt, ...]:
    """The first sentences of each excerpt, with at most ``budget`` tokens together.

    An excerpt that needs less than its equal share leaves the rest to the others; the shortest are
    served first, so that a long source never starves the others.
    """
    spent = [token_costs(excerpt, count) for excerpt in excerpts]
    shares = _fair_shares([sum(each) for each in spent], budget)
    return tuple(
        excerpt.only(slice(bisect_right(list(accumulate(each)), share)))
        for excerpt, each, share in zip(excerpts, spent, shares, strict=True)
    )


def split_excerpt(excerpt: Excerpt, budget: int, count: CountTokens) -> list[Excerpt]:
    """``excerpt`` in parts of nearly the same size, each of at most ``budget`` tokens, except for
    a single sentence that is longer."""
    costs = token_costs(excerpt, count)
    share = sum(costs) / max(1, -(-sum(costs) // budget))
    found, start, spent, before = list[Excerpt](), 0, 0, 0
    for place, cost in enumerate(costs):
        is_due = before + cost / 2 > share * (len(found) + 1)
        if place > start and (is_due or spent + cost > budget):
            found.append(excerpt.only(slice(start, place)))
            start, spent = place, 0
        spent += cost
        before += cost
    return [*found, excerpt.only(slice(start, None))] if costs else []


def merge_excerpts(excerpts: Sequence[Excerpt]) -> tuple[Excerpt, ...]:
    """One excerpt for each document, with all sentences of ``excerpts``."""
    numbers: dict[Document, set[int]] = {}
    for excerpt in excerpts:
        numbers.setdefault(excerpt.document, set()).update(excerpt.numbers)
    return tuple(Excerpt(document, tuple(sorted(found))) for document, found in numbers.items())


def _fair_shares(wanted: list[int], budget: int) -> list[int]:
    shares = [0] * len(wanted)
    waiting = sorted(range(len(wanted)), key=wanted.__getitem__)
    for served, index in enumerate(waiting):
        shares[index] = min(wanted[index], budget // (len(waiting) - served))
        budget -= shares[index]
    return shares
