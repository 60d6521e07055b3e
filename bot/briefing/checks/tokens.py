"""Words of a line and of its passages, compared by their stems and surroundings."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from sys import intern

from bot.briefing.checks.statement import Statement
from bot.briefing.documents import Span
from bot.briefing.lexicon import Lexicon, lexicon
from bot.briefing.normalisation import normalised

# A "not" is about a word. Whether the passages deny the same word is seen where they use it in
# surroundings most like the line's: the words on both sides tell a second "contain" from the first.

_TOKEN = re.compile(r"\d[\d.,]*(?<=\d)\w*|[^\W_]+(?:['-][^\W_]+)*|[.!?;:,()…՝։،؛؟]| - ")
_SENTENCE_ENDS = frozenset(".!?…։؟")
# Endings differ between a passage and its paraphrase ("negotiations", "negotiated").
_BEGINNING = 5
# How many words on each side are a word's surroundings, and which share of them must be the same
# for two words to be about one thing.
_AROUND = 5
_SHARED = 0.34
# From so many on a "not" that comes or goes, or a speaker left out, is seldom a rewording.
_ALMOST_ALL = 0.75


@dataclass(frozen=True, eq=False)  # one for each text, so that it is known by its identity
class Tokens:
    """The words and punctuation marks of a text in order.

    ``words`` are in lower case, except for those with a capital inside a sentence ("May").
    ``keys`` are the stems by which words are compared, empty for marks and function words ("been").
    """

    words: tuple[str, ...]
    keys: tuple[str, ...]
    lists: Lexicon
    """The word lists of its language."""

    @cached_property
    def places(self) -> dict[str, list[int]]:
        """The places of each key."""
        found: dict[str, list[int]] = {}
        for place, key in enumerate(self.keys):
            if key:
                found.setdefault(key, []).append(place)
        return found

    def cues(self, *lists: str) -> Iterator[Span]:
        """Yield where phrases of ``lists`` ("hedges", "negations") stand."""
        for each in lists:
            yield from getattr(self.lists, each).find(self.words)

    def has(self, *lists: str) -> bool:
        """Whether there is any phrase of ``lists``."""
        return next(self.cues(*lists), None) is not None

    def around(self, place: int) -> frozenset[str]:
        """The keys near ``place``, without its own."""
        near = (*self.keys[max(0, place - _AROUND) : place], *self.keys[place + 1 :][:_AROUND])
        return frozenset(near) - {""}

    def about(self, cue: Span) -> int | None:
        """The place of the word that a phrase such as "not" is about: the next content word, or the
        last before it if the clause ends there; None if there is none."""
        for place in range(cue.end, len(self.keys)):
            if self.keys[place]:
                return place
            if self.is_mark(place):
                break
        before = (place for place in range(cue.start - 1, -1, -1) if self.keys[place])
        return next(before, None)

    def clause(self, place: int) -> list[str]:
        """The keys between the punctuation marks around ``place``."""
        marks = [at for at in range(len(self.words)) if self.is_mark(at)]
        start = max((at for at in marks if at < place), default=0)
        end = min((at for at in marks if at > place), default=len(self.words))
        return [key for key in self.keys[start:end] if key]

    def is_mark(self, place: int) -> bool:
        """Whether a punctuation mark stands at ``place``."""
        return not self.words[place][0].isalnum()


@dataclass(frozen=True)
class TokenComparison:
    """A line and its passages, word by word."""

    line: Tokens
    passages: tuple[Tokens, ...]

    @cached_property
    def are_alike(self) -> bool:
        """Whether most words of the line that carry meaning are in the passages."""
        keys = [key for key in self.line.keys if key]
        known = frozenset[str]().union(*(each.places for each in self.passages))
        return sum(key in known for key in keys) >= _ALMOST_ALL * len(keys)


@lru_cache(maxsize=64)  # each check asks for it
def compare_tokens(statement: Statement) -> TokenComparison:
    """The words of ``statement`` and of its passages."""
    return TokenComparison(
        tokens_of(statement.text, statement.language),
        tuple(
            tokens_of(passage.text, statement.library[passage.document].language)
            for passage in statement.passages
        ),
    )


def are_similar(near: frozenset[str], other: frozenset[str]) -> bool:
    """Whether the surroundings of two words are so similar that both are about the same thing."""
    return len(near & other) >= _SHARED * min(len(near), len(other))


@lru_cache(maxsize=1024)
def tokens_of(text: str, language: str | None) -> Tokens:
    """The words and punctuation marks of ``text``."""
    known = lexicon(language)
    plain = normalised(text).text
    for pattern, written in _split_words(language):
        plain = pattern.sub(written, plain)
    # Texts share most of their words, and each word is kept once for all.
    tokens = [*map(intern, _TOKEN.findall(plain))]
    fillers = _fillers(language)
    lower = [intern(token.lower()) for token in tokens]
    return Tokens(
        tuple(
            [
                word if before in _SENTENCE_ENDS or token.isupper() else token
                for before, token, word in zip((".", *tokens), tokens, lower, strict=False)
            ]
        ),
        tuple(
            ["" if word in fillers or not word[0].isalnum() else _beginning(word) for word in lower]
        ),
        known,
    )


def _beginning(word: str) -> str:
    """The key of a word; "apply" and "applied" have the same one."""
    beginning = word[:_BEGINNING]
    return intern(f"{beginning[:-1]}i" if beginning.endswith("y") else beginning)


@cache
def _split_words(language: str | None) -> tuple[tuple[re.Pattern[str], str], ...]:
    """Patterns for what is written as one word and read as two, each with its replacement."""
    joined = lexicon(language).joined
    return tuple((re.compile(pattern, re.IGNORECASE), written) for pattern, written in joined)


@cache
def _fillers(language: str | None) -> frozenset[str]:
    return frozenset(word for phrase in lexicon(language).fillers.listed for word in phrase)
