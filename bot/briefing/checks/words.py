"""Is a line a sentence, and is it made of its passages' words?

The share of words is a floor against nonsense and never a score: an honest paraphrase may share
fewer words with its passage than a quotation cut out of its condition.
"""

import re
from functools import lru_cache

from bot.briefing.checks.cited import cited
from bot.briefing.checks.statement import Statement
from bot.briefing.lexicon.uncased import SPACED, forms
from bot.briefing.lines import Reason
from bot.briefing.normalisation import normalised
from bot.briefing.terms import terms

FLOOR = 0.34
"""The least share of a line's content words whose beginnings stand in its passages. Of sentences
of published summaries, set against the two best passages of their own article, one in twenty-five
shares less (half share over 0.8); set against another article's, nineteen of twenty do."""

_FEWEST_WORDS = 4
_FEWEST_CONTENT_WORDS = 3  # of two words, one found elsewhere would already be below the floor

# Endings differ between a passage and its paraphrase ("negotiations", "negotiated").
_BEGINNING = 5
_LONG = 7  # so that "un-" is no part of a short word ("union")

# A character of a script without spaces counts as a word.
_WORD = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]"
    r"|[^\W\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]+"
)


def words(statement: Statement) -> list[Reason]:
    """Why the words of ``statement`` are no sentence, or not its passages' words."""
    if statement.is_detail:
        return []
    if len(_WORD.findall(statement.text)) < _FEWEST_WORDS:
        return [Reason("words", "It is too short to state something.")]
    if statement.is_translation or _share(statement) >= FLOOR:
        return []
    return [Reason("words", f"Most of its words are not in {cited(statement)}.")]


def _share(statement: Statement) -> float:
    known = {
        beginning
        for passage in statement.passages
        for beginning in _beginnings(passage.text, statement.language)
    }
    own = _beginnings(statement.text, statement.language)
    if len(own) < _FEWEST_CONTENT_WORDS:
        return 1.0
    return len(own & known) / len(own)


@lru_cache(maxsize=4096)
def _beginnings(text: str, language: str | None) -> frozenset[str]:
    found = terms(normalised(text).text, language)
    return frozenset(_bare(term, language)[:_BEGINNING] for term in found)


@lru_cache(maxsize=8192)
def _bare(term: str, language: str | None) -> str:
    """``term`` without what is written onto it: "un-", and in scripts without capitals "the"
    and "and"."""
    if SPACED.fullmatch(term):
        return min(forms(term, language), key=len)
    return term.removeprefix("un") if len(term) > _LONG else term
