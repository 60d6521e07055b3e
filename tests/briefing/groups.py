"""Groups of articles on one event by several outlets, with what is alike in them and what is not.

In each file of `several`: the sources; ``lines`` as a writer would make them, each with the
sentences of other sources that by themselves bear it (``also``; everything else does not);
``differences`` as sentences side by side that count one thing differently; ``alike``, the pairs of
sentences of which the second bears the first, word for word the same ones aside.
"""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.briefing.documents import Document, label
from bot.briefing.lines import Line
from bot.briefing.numbering import numbered
from bot.briefing.speech import told

_FOLDER = Path(__file__).parent / "several"
NAMES = sorted(path.stem for path in _FOLDER.glob("*.toml"))


@dataclass(frozen=True)
class Group:
    """One event: its ``documents``, the ``lines`` with what bears them, the ``differences``."""

    name: str
    documents: tuple[Document, ...]
    lines: tuple[tuple[Line, frozenset[str]], ...]
    differences: frozenset[tuple[str, ...]]
    alike: frozenset[str]


def group(name: str) -> Group:
    """The group in that file."""
    stated = tomllib.loads((_FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
    documents = tuple(_document(place, each) for place, each in enumerate(stated["sources"]))
    by_label = {each.label: each for each in documents}
    return Group(
        name,
        documents,
        tuple((_line(each, by_label), frozenset(each["also"])) for each in stated["lines"]),
        frozenset(tuple(each.split()) for each in stated["differences"]),
        frozenset(stated["alike"]),
    )


def sentence(document: Document, number: int) -> Line:
    """A sentence of a source as a line."""
    as_told = told(document, number)
    passage = document.passage(number)
    return Line(passage.text, as_told.voice, as_told.speaker, (passage,))


def _document(place: int, stated: dict[str, str]) -> Document:
    return numbered(
        label(place),
        stated["text"].strip(),
        language="en",
        outlet=stated["outlet"],
        published=stated["published"],
        published_basis="stated",
    )


def _line(stated: dict[str, Any], documents: dict[str, Document]) -> Line:
    document, number = documents[stated["from"][0]], int(stated["from"][1:])
    as_told = told(document, number)
    passage = document.passage(number)
    return Line(stated["text"], as_told.voice, as_told.speaker, (passage,))
