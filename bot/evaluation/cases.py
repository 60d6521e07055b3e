"""The claims that the checks are measured with, each with the right answer.

A sentence gives at most one claim of each kind, and each language the same few of every kind, so
that no kind weighs more because its words are more frequent. Others are written by hand: all claims
in languages without a table of words, and the translations.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from hashlib import sha256

from bot.evaluation import figures, naming, quoting
from bot.evaluation.articles import Article, articles
from bot.evaluation.choosing import choice, order
from bot.evaluation.rewordings import rewordings
from bot.evaluation.rewriting import rewritten, swapped
from bot.evaluation.sentences import Change, Maker, Sentence
from bot.evaluation.words import LANGUAGES

_AT_MOST = 30


@dataclass(frozen=True)
class Case:
    """A claim about an article, in that or another ``language``. ``numbers`` are the sentences that
    it points at."""

    kind: str
    is_supported: bool
    article: Article
    language: str
    numbers: tuple[int, ...]
    change: Change


def _in_other_digits(sentence: Sentence) -> Iterator[Change]:
    """A small number in words instead of digits, or the reverse, in no quotation."""
    return iter(() if sentence.quotations else swapped("digits")(sentence))


def _verbatim(sentence: Sentence) -> Iterator[Change]:
    yield Change(sentence.text, "verbatim")


CORRUPTIONS: dict[str, Maker] = {
    "number_outside": figures.number_outside,
    "number_elsewhere": figures.number_elsewhere,
    "numbers_exchanged": figures.numbers_exchanged,
    "magnitude": swapped("magnitude"),
    "currency": swapped("currency"),
    "unit": swapped("unit"),
    "points": rewritten("points"),
    "bound": swapped("bound"),
    "year": figures.year,
    "month": swapped("month"),
    "weekday": swapped("weekday"),
    "name_outside": naming.name_outside,
    "name_elsewhere": naming.name_elsewhere,
    "name_misspelt": naming.name_misspelt,
    "negation_added": rewritten("negation_added"),
    "negation_lost": rewritten("negation_lost"),
    "opposite": swapped("opposite"),
    "direction": swapped("direction"),
    "hedge_lost": rewritten("hedge_lost"),
    "condition_lost": rewritten("condition_lost"),
    "attribution_lost": rewritten("attribution_lost"),
    "quotation_changed": quoting.word_changed,
    "quotation_cut": quoting.word_dropped,
    "narration_quoted": quoting.narration_quoted,
}
"""By kind of error, what makes it."""

HONEST: dict[str, Maker] = {
    "ok_verbatim": _verbatim,
    "ok_trimmed": rewritten("trimmed"),
    "ok_split": rewritten("split"),
    "ok_reordered": rewritten("reordered"),
    "ok_typography": quoting.retypeset,
    "ok_elided": quoting.elided,
    "ok_bracketed": quoting.bracketed,
    "ok_shortened": quoting.shortened,
    "ok_number_words": _in_other_digits,
    "ok_number_format": figures.regrouped,
    "ok_rounded": figures.rounded,
}
"""By kind of honest change, what makes it."""


@cache
def cases() -> tuple[Case, ...]:
    """All claims, the same ones every time, those of one article in a row."""
    found: defaultdict[tuple[str, str], list[Case]] = defaultdict(list)
    for article in articles():
        for case in _of(article):
            found[article.language, case.kind].append(case)
    kept = [case for article in articles() for case in _reworded(article)]
    kept += [case for group in found.values() for case in sorted(group, key=_order)[:_AT_MOST]]
    return tuple(sorted(kept, key=lambda case: (case.article.name, case.numbers)))


def digest() -> str:
    """What changes as soon as any claim does."""
    told = "\n".join(f"{each.kind} {each.article.name} {each.change}" for each in cases())
    return sha256(told.encode()).hexdigest()[:16]


def _of(article: Article) -> Iterator[Case]:
    if article.language not in LANGUAGES:
        return
    for number in range(1, len(article.document.sentences) + 1):
        sentence = Sentence(article, number)
        for kind, make in (CORRUPTIONS | HONEST).items():
            changes = [each for each in make(sentence) if _is_a_change(kind, each, sentence)]
            if changes:
                change = choice(changes, kind, sentence.text)
                yield Case(kind, kind in HONEST, article, article.language, (number,), change)


def _reworded(article: Article) -> Iterator[Case]:
    for told in rewordings(article):
        kind = "reworded" if told.language == article.language else "translated"
        kind = f"ok_{kind}" if told.is_honest else kind
        yield Case(kind, told.is_honest, article, told.language, told.numbers, told.change)


def _is_a_change(kind: str, change: Change, sentence: Sentence) -> bool:
    return kind == "ok_verbatim" or change.text != sentence.text


def _order(case: Case) -> int:
    return order(case.kind, case.article.name, case.numbers)
