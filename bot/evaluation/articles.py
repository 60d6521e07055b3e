"""The articles that claims are made from: our own, about places nobody knows."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from bot.briefing.documents import Document
from bot.briefing.numbering import numbered

_FOLDER = files("bot") / "evaluation" / "articles"


@dataclass(frozen=True)
class Article:
    """An article; ``name`` is its language and its file's name ("en/02-budget")."""

    name: str
    language: str
    document: Document


@cache
def articles() -> tuple[Article, ...]:
    """All of them, in the order of their names."""
    languages = sorted(folder.name for folder in _FOLDER.iterdir())
    return tuple(article for language in languages for article in _of(language))


def _of(language: str) -> list[Article]:
    paths = sorted((_FOLDER / language).iterdir(), key=lambda path: path.name)
    return [
        Article(
            f"{language}/{path.name.removesuffix('.txt')}",
            language,
            numbered("A", path.read_text(encoding="utf-8"), language=language),
        )
        for path in paths
    ]
