"""Sentences reworded by hand: honest ones, as a good writer would put them, and wrong ones.

No rule makes such claims. The honest ones show what the checks cost, the wrong ones what they miss:
who did what to whom, what follows from what, what is only said.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files

from bot.evaluation.articles import Article
from bot.evaluation.sentences import Change

_LINE = re.compile(r"(?P<sign>[+-]) (?P<article>\S+) (?P<numbers>[\d,]+): (?P<text>.+)")
_TRANSLATED_TO = "en"


@dataclass(frozen=True)
class Rewording:
    """A claim in ``language`` about the sentences ``numbers`` of an article."""

    is_honest: bool
    language: str
    numbers: tuple[int, ...]
    change: Change


def rewordings(article: Article) -> Iterator[Rewording]:
    """The claims about ``article``, in its own language and in English."""
    own = article.language
    names = {_TRANSLATED_TO: f"{own}-{_TRANSLATED_TO}"} | {own: own}
    for language, name in names.items():
        path = files("bot") / "evaluation" / "rewordings" / f"{name}.txt"
        for line in path.read_text(encoding="utf-8").splitlines() if path.is_file() else ():
            claim = _LINE.fullmatch(line)
            if claim and article.name.endswith(f"/{claim['article']}"):
                numbers = tuple(map(int, claim["numbers"].split(",")))
                change = Change(claim["text"], "written anew")
                yield Rewording(claim["sign"] == "+", language, numbers, change)
