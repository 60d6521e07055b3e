"""Groups of articles on one event by several outlets.

Each file of `several` has the sources, and as ``differences`` the sentences side by side that count
one thing differently.
"""

import tomllib
from dataclasses import dataclass
from pathlib import Path

from bot.briefing.documents import Document, label
from bot.briefing.lines import Line
from bot.briefing.numbering import numbered
from bot.briefing.speech import draft_sentence

_FOLDER = Path(__file__).parent / "several"
NAMES = sorted(path.stem for path in _FOLDER.glob("*.toml"))


@dataclass(frozen=True)
class Group:
    """One event: its ``documents``, and the ``differences`` between them."""

    documents: tuple[Document, ...]
    differences: frozenset[tuple[str, ...]]


def group(name: str) -> Group:
    """The group in that file."""
    stated = tomllib.loads((_FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
    documents = tuple(_document(place, each) for place, each in enumerate(stated["sources"]))
    return Group(documents, frozenset(tuple(each.split()) for each in stated["differences"]))


def sentence(document: Document, number: int) -> Line:
    """A sentence of a source as a line."""
    as_told = draft_sentence(document, number)
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
