"""Invented articles in several shapes and languages, as texts and as documents."""

from pathlib import Path

from bot.briefing.documents import Document
from bot.briefing.numbering import numbered

_FOLDER = Path(__file__).parent / "articles"
_SAMPLE = Path(__file__).parents[1] / "sandbox" / "samples" / "demo-article.txt"

LANGUAGES = {
    "demo": "en",
    "mail": "en",
    "wire": "en",
    "british": "en",
    "ruling": "en",
    "results": "en",
    "flood": "en",
    "museum": "en",
    "russian": "ru",
    "french": "fr",
    "armenian": "hy",
    "arabic": "ar",
}
"""The articles by name, and what language each is in (ISO 639-1)."""


def text_of(name: str) -> str:
    """The text of the article ``name``."""
    path = _SAMPLE if name == "demo" else _FOLDER / f"{name}.txt"
    return path.read_text(encoding="utf-8")


def article(name: str, label: str = "A") -> Document:
    """The article ``name`` as a numbered document."""
    return numbered(label, text_of(name), language=LANGUAGES[name])
