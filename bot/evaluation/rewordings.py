"""Sentences written anew by hand: honest ones, as a good writer puts them, and wrong ones.

No rule makes such claims. The honest show what the checks cost, the wrong what they miss: who did
what to whom, what follows from what, what is only said.
"""

import re
from collections.abc import Iterator
from importlib.resources import files

from bot.evaluation.articles import Article
from bot.evaluation.sentences import Change

_LINE = re.compile(r"(?P<sign>[+-]) (?P<article>\S+) (?P<numbers>[\d,]+): (?P<text>.+)")


def rewordings(article: Article) -> Iterator[tuple[bool, tuple[int, ...], Change]]:
    """The claims about ``article``: whether each is honest, and its sentences' numbers."""
    path = files("bot") / "evaluation" / "rewordings" / f"{article.language}.txt"
    for line in path.read_text(encoding="utf-8").splitlines():
        claim = _LINE.fullmatch(line)
        if claim and article.name.endswith(f"/{claim['article']}"):
            numbers = tuple(map(int, claim["numbers"].split(",")))
            yield claim["sign"] == "+", numbers, Change(claim["text"], "written anew")
