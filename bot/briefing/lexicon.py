"""The words that carry structure in news: who says, who promises, what is loaded, what denies.

Each language has a file in `words/`, kept short enough to read. `en.toml`, the one that is meant to
be complete, says what each list holds; some languages have only words for numbers and days. What a
language lacks finds nothing rather than something wrong.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from bot.briefing.documents import Span

NOTHING = r"(?!)"
"""A pattern that never matches."""

# Marks where alternatives end; an escaped character and a set of characters are passed over.
_SIGN = re.compile(r"\\.|\[[^\]]*\]|[()|]")


@dataclass(frozen=True)
class Phrases:
    """Phrases of one word or more; those in ``other`` only look like them."""

    listed: frozenset[tuple[str, ...]] = frozenset()
    other: frozenset[tuple[str, ...]] = frozenset()

    def find(self, words: Sequence[str]) -> Iterator[Span]:
        """Yield the places of phrases of the list in ``words``, the longest at each, in order."""
        if self._lengths.keys().isdisjoint(words):
            return
        reached = 0
        for place in [at for at, word in enumerate(words) if word in self._lengths]:
            ends = (place + length for length in self._lengths[words[place]] if place >= reached)
            for end in ends:
                phrase = tuple(words[place:end])
                if phrase in self.listed:
                    yield Span(place, end)
                if phrase in self.listed or phrase in self.other:
                    reached = end
                    break

    @cached_property
    def _lengths(self) -> dict[str, list[int]]:
        lengths: dict[str, set[int]] = {}
        for phrase in self.listed | self.other:
            lengths.setdefault(phrase[0], set()).add(len(phrase))
        return {word: sorted(found, reverse=True) for word, found in lengths.items()}


def parse_phrases(listed: Sequence[str]) -> Phrases:
    """The phrases ``listed``; those after a "!" only look like phrases of the list."""
    return Phrases(
        frozenset(tuple(each.split()) for each in listed if each[0] != "!"),
        frozenset(tuple(each[1:].split()) for each in listed if each[0] == "!"),
    )


def _listed(value: Any) -> list[str]:  # noqa: ANN401 - whatever a file has there
    if not isinstance(value, list) or not all(isinstance(each, str) and each for each in value):
        raise ValueError("This has to be a list of words.")
    return value


Alternatives = Annotated[str, BeforeValidator(lambda value: "|".join(_listed(value)))]
"""Alternatives of a regular expression."""
Listed = Annotated[Phrases, BeforeValidator(lambda value: parse_phrases(_listed(value)))]


Kind = Literal["cause", "all", "only", "ever", "most"]
Bound = Literal["about", "above", "below"]
Part = Literal["half", "quarter", "three_quarters", "one_and_a_half"]


class _Words(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


class Strong(_Words):
    """What makes a ``line`` say more, and what else may stand for it in a ``passage``."""

    line: Alternatives
    passage: Alternatives = NOTHING


class Lexicon(_Words):
    """The words of one language, list by list as `words/en.toml` explains them."""

    speech_verbs: Alternatives = NOTHING
    weak_speech_verbs: Alternatives = NOTHING
    addressing_verbs: Alternatives = NOTHING
    according_to: Alternatives = NOTHING
    roles: Alternatives = NOTHING
    third_persons: Alternatives = NOTHING
    pronouns: Alternatives = NOTHING
    asking: Alternatives = NOTHING
    follows_up: Alternatives = NOTHING
    relatives: Alternatives = NOTHING
    possessives: Alternatives = NOTHING
    namesakes: Alternatives = NOTHING
    agreement: Alternatives = NOTHING
    pledge: Alternatives = NOTHING
    proposal: Alternatives = NOTHING
    denial: Alternatives = NOTHING
    denies: Alternatives = NOTHING
    unsaid: Alternatives = NOTHING
    alleges: Alternatives = NOTHING
    no_comment: Alternatives = NOTHING
    not_said: Alternatives = NOTHING
    missing: Alternatives = NOTHING
    second_hand: Alternatives = NOTHING
    anonymous: Alternatives = NOTHING
    loaded: Alternatives = NOTHING
    dangling: Alternatives = NOTHING
    adds: Alternatives = NOTHING
    looks_back: Alternatives = NOTHING
    turns_back: Alternatives = NOTHING
    speaking: Alternatives = NOTHING
    honorifics: Alternatives = NOTHING
    organisations: Alternatives = NOTHING
    abbreviations: Alternatives = NOTHING
    before_numbers: Alternatives = NOTHING
    of_companies: Alternatives = NOTHING
    openings: Alternatives = NOTHING
    ends: Alternatives = r"\d\s(?:[ckm]?m|k?g|t|ha|l|h|km/h)"
    published: Alternatives = NOTHING
    any_date: Alternatives = NOTHING
    percent: Alternatives = NOTHING
    percentage_points: Alternatives = NOTHING
    basis_points: Alternatives = NOTHING
    dead: Alternatives = ""
    hurt: Alternatives = ""
    strong: Mapping[Kind, Strong] = {}

    joined: tuple[tuple[str, str], ...] = ()
    fillers: Listed = Phrases()
    negations: Listed = Phrases()
    negatives: Listed = Phrases()
    exceptions: Listed = Phrases()
    turns: Listed = Phrases()
    restrictions: Listed = Phrases()
    hedges: Listed = Phrases()
    doubts: Listed = Phrases()
    abilities: Listed = Phrases()
    promises: Listed = Phrases()
    futures: Listed = Phrases()
    conditions: Listed = Phrases()
    opposites: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = ()
    offices: frozenset[str] = frozenset()
    same_names: tuple[frozenset[str], ...] = ()

    weekdays: Annotated[tuple[tuple[str, ...], ...], Field(min_length=7, max_length=7)] = ((),) * 7
    months: Mapping[int, tuple[str, ...]] = {}
    before_days: str = ""
    cut_from_days: str = ""
    relative_days: Mapping[str, int] = {}
    number_words: Mapping[int, tuple[str, ...]] = {}
    magnitudes: Mapping[str, int] = {}
    units: Mapping[str, str] = {}
    bounds: Mapping[Bound, Alternatives] = {}
    bounds_behind: Mapping[Bound, Alternatives] = {}
    parts: Mapping[Part, Alternatives] = {}
    part_words: Mapping[Literal["half", "third", "quarter", "fifth", "tenth"], Alternatives] = {}
    shares: str = NOTHING

    def is_role(self, word: str) -> bool:
        """Whether ``word`` is a role ("minister")."""
        return _whole_word(self.roles).fullmatch(word) is not None


def lexicon(language: str | None) -> Lexicon:
    """The words of ``language`` (ISO 639-1), of English if it is None; empty if it has no file."""
    return _words_of(language or "en")


@cache
def in_every_language(name: str) -> str:
    """The alternatives in the list ``name`` of all languages; none of them may mean something else
    in another language."""
    listed = [getattr(lexicon(language), name) for language in sorted(_files())]
    return "|".join(dict.fromkeys(_alternatives("|".join(listed))))


def is_honorific(word: str) -> bool:
    """Whether ``word`` is a title before a name ("Dr.") in any language."""
    return re.fullmatch(rf"(?:{in_every_language('honorifics')})\.?", word) is not None


@cache
def _words_of(language: str) -> Lexicon:
    file = _files().get(language)
    return read_word_lists(file) if file else Lexicon()


@cache
def _files() -> Mapping[str, Traversable]:
    listed = (files("bot.briefing") / "words").iterdir()
    return {each.name.removesuffix(".toml"): each for each in listed}


def read_word_lists(file: Traversable) -> Lexicon:
    """The words of a language's file.

    Raises:
        ValueError: it is no TOML, or a list is unknown or not as it should be.
    """
    try:
        return Lexicon.model_validate(tomllib.loads(file.read_text(encoding="utf-8")))
    except ValueError as error:
        raise ValueError(f"{file.name} can't be read: {error}") from error


def has_word_lists(language: str | None) -> bool:
    """Whether ``language`` has the words that the checks of meaning need."""
    return bool(lexicon(language).fillers.listed)


@cache
def function_words(language: str | None) -> frozenset[str]:
    """The words of ``language`` that carry no content, in lower case; empty if none are known.

    The list is stopwordsiso's, which is wide.
    """
    from stopwordsiso import has_lang, stopwords  # the lists of all languages, 2 MB

    code = language or "en"
    return frozenset(stopwords(code)) if has_lang(code) else frozenset()


def factor_alternatives(*listed: str) -> str:
    """The alternatives of ``listed``, grouped by their first letter, which makes matching three
    times as fast."""
    grouped: dict[str, list[str]] = {}
    for each in _alternatives("|".join(listed)):
        first = each[:1] if each[:1].isalpha() and each[1:2] not in "?*+{" else ""
        grouped.setdefault(first, []).append(each[len(first) :])
    return "|".join(
        f"{first}(?:{'|'.join(rest)})" if first else "|".join(rest)
        for first, rest in grouped.items()
    )


def _alternatives(pattern: str) -> Iterator[str]:
    """Yield the parts of ``pattern`` between those "|" that stand outside brackets."""
    depth = start = 0
    for sign in _SIGN.finditer(pattern):
        depth += (sign[0] == "(") - (sign[0] == ")")
        if sign[0] == "|" and not depth:
            yield pattern[start : sign.start()]
            start = sign.end()
    yield pattern[start:]


@cache
def _whole_word(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{words})s?", re.IGNORECASE)
