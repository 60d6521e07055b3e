"""Our own labelled claims, which the checks are measured with."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from bot.briefing.documents import Document
from bot.briefing.numbering import numbered
from bot.cli.claims import Claim

_FOLDER = files("evals")


@dataclass(frozen=True)
class Article:
    """An article; ``name`` is its language and its file's name ("en/02-budget")."""

    name: str
    language: str
    document: Document


@cache
def articles() -> tuple[Article, ...]:
    """All articles, in the order of their names."""
    folders = (_FOLDER / "articles").iterdir()
    languages = sorted(folder.name for folder in folders)
    return tuple(article for language in languages for article in _articles_in(language))


def _articles_in(language: str) -> list[Article]:
    paths = sorted((_FOLDER / "articles" / language).iterdir(), key=lambda path: path.name)
    return [
        Article(
            f"{language}/{path.name.removesuffix('.txt')}",
            language,
            numbered("A", path.read_text(encoding="utf-8"), language=language),
        )
        for path in paths
    ]


# A line of a file is a claim: "+" or "-" for an honest or a wrong one, its article, its sentences,
# and the kind of change if it was made by a certain one. The others are freely reworded: they show
# what the checks cost, and what they miss (who did what to whom, what follows from what, what is
# only said).

_LINE = re.compile(
    r"(?P<sign>[+-]) (?P<article>\S+) (?P<numbers>[\d,]+)(?: (?P<kind>\w+))?: (?P<text>.+)"
)
_TRANSLATED_TO = "en"


@dataclass(frozen=True)
class Case:
    """A claim about an article, in its or another ``language``; honest kinds begin with `ok_`.
    ``numbers`` are the sentences that it refers to, counted from 1."""

    kind: str
    is_supported: bool
    article: Article
    language: str
    numbers: tuple[int, ...]
    text: str

    @property
    def claim(self) -> Claim:
        """The claim in the form of `readout check`."""
        document = self.article.document
        spans = [document.sentences[number - 1] for number in self.numbers]
        return Claim(
            source=document.text,
            claim=self.text,
            evidence=[(span.start, span.end) for span in spans],
            language=self.language,
        )


@cache
def cases() -> tuple[Case, ...]:
    """All claims, sorted by article."""
    found = (case for article in articles() for case in _claims_about(article))
    return tuple(sorted(found, key=lambda case: (case.article.name, case.numbers)))


def _claims_about(article: Article) -> Iterator[Case]:
    """The claims about ``article``, in its own language and in English."""
    own = article.language
    for language in dict.fromkeys((_TRANSLATED_TO, own)):
        is_own = language == own
        path = _FOLDER / "claims" / f"{own if is_own else f'{own}-{language}'}.txt"
        for line in path.read_text(encoding="utf-8").splitlines() if path.is_file() else ():
            claim = _LINE.fullmatch(line)
            if claim and article.name.endswith(f"/{claim['article']}"):
                is_honest = claim["sign"] == "+"
                free = "reworded" if is_own else "translated"
                kind = claim["kind"] or (f"ok_{free}" if is_honest else free)
                numbers = tuple(map(int, claim["numbers"].split(",")))
                yield Case(kind, is_honest, article, language, numbers, claim["text"])
