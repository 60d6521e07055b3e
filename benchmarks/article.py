"""Makes articles of any length, and drafts that a good model would write about them.

Made from a few patterns of news prose, so that every length has names, figures, dates and
quotations to check; each sentence comes with the line that a writer would make of it.
"""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.briefing.documents import Document
from bot.briefing.draft import DraftBriefing, DraftLine, DraftQuote, DraftUnknown
from bot.briefing.text import count_words

_PATTERNS = (
    (
        (
            "The {place} council agreed on {day} to spend {number} million crowns on the {thing}, "
            "after a debate that lasted until midnight."
        ),
        "The {place} council agreed to spend {number} million crowns on the {thing}.",
    ),
    (
        (
            "{person}, who chairs the transport committee of {place}, told reporters that the "
            "{thing} would open in {month} if inspectors accept the foundations."
        ),
        "{person} said the {thing} would open in {month} if inspectors accept the foundations.",
    ),
    (
        (
            "Of the {number} families who live along the road, most had asked for compensation "
            "before work on the {thing} began in {month}."
        ),
        "Most of the {number} families along the road had asked for compensation.",
    ),
    (
        (
            "“We will not pay for the {thing} alone,” said {person}, the mayor of {place}, at a "
            "meeting on {day}."
        ),
        "{person}, the mayor of {place}, refused to pay for the {thing} alone.",
    ),
    (
        (
            "Critics called the plan for the {thing} too expensive, pointing to a report from "
            "{month} that put the cost of repairs at {number} million crowns."
        ),
        "A report from {month} put the cost of repairs at {number} million crowns.",
    ),
)
_PLACES = ("Ansel", "Brook", "Carrow", "Dunmore", "Estwick", "Farleigh", "Gorran")
_PEOPLE = ("Mara Lind", "Tomas Weir", "Ilse Brandt", "Jon Okafor", "Petra Halloran")
_THINGS = ("bridge", "harbour wall", "railway station", "water tower", "ferry terminal", "hospital")
_MONTHS = ("January", "March", "April", "June", "September", "November")
_DAYS = ("Monday", "Tuesday", "Thursday", "Friday")
_SENTENCES_IN_A_PARAGRAPH = 3


@dataclass(frozen=True)
class Article:
    """A text with its headline first; ``facts`` pairs its sentences with lines about them."""

    text: str
    facts: tuple[tuple[str, str], ...]


def article(words: int, number: int = 0) -> Article:
    """An article of at least ``words`` words. One with another ``number`` has other sentences, so
    that caches don't help."""
    facts: list[tuple[str, str]] = []
    length = 0
    for fact in _facts(number):
        if length >= words:
            break
        facts.append(fact)
        length += count_words(fact[0])
    sentences = [sentence for sentence, _ in facts]
    step = _SENTENCES_IN_A_PARAGRAPH
    paragraphs = [" ".join(sentences[at : at + step]) for at in range(0, len(sentences), step)]
    headline = f"Councils argue over building works, part {number}"
    return Article("\n".join((headline, *paragraphs)), tuple(facts))


def draft(document: Document, facts: tuple[tuple[str, str], ...], lines: int) -> DraftBriefing:
    """A valid draft of ``lines`` lines, one of them a quotation, about ``document``."""
    drawn = [_line(document, *fact) for fact in facts[: lines - 1]]
    return DraftBriefing(
        headline=drawn[0],
        bottom_line=drawn[1],
        key_points=drawn[2:],
        differences=[],
        commitments=[],
        quotes=[_quote(document, facts)],
        cautions=[],
        unknowns=[DraftUnknown(kind="amount", text="Who pays for the repairs is not stated.")],
    )


def _facts(number: int) -> Iterator[tuple[str, str]]:
    rings = (_PLACES, _PEOPLE, _THINGS, _MONTHS, _DAYS)
    places, people, things, months, days = (_rotated(ring, number) for ring in rings)
    for turn in itertools.count(number):
        for sentence, line in _PATTERNS:
            words = {
                "place": next(places),
                "person": next(people),
                "thing": next(things),
                "month": next(months),
                "day": next(days),
                "number": 12 + turn * 5,
            }
            yield sentence.format(**words), line.format(**words)


def _rotated(ring: Sequence[str], number: int) -> Iterator[str]:
    return itertools.islice(itertools.cycle(ring), number * (len(ring) - 2) % len(ring), None)


def _line(document: Document, sentence: str, line: str) -> DraftLine:
    speaker = next((name for name in _PEOPLE if line.startswith(name)), None)
    return DraftLine(
        evidence=[f"{document.label}{document.number_at(document.text.index(sentence))}"],
        voice="attributed" if speaker else "event",
        speaker=speaker,
        text=line,
    )


def _quote(document: Document, facts: tuple[tuple[str, str], ...]) -> DraftQuote:
    said = next(sentence for sentence, _ in facts if sentence.startswith("“"))
    number = document.number_at(document.text.index(said))
    speaker = next(name for name in _PEOPLE if name in said)
    place = f"{document.label}{number}"
    return DraftQuote(quotation=f"{place}q1", evidence=[place], speaker=speaker, role=None)
