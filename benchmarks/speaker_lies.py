"""Lies about persons: two names swapped, one person's words given to another."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from benchmarks.changed_sentences import (
    Change,
    Maker,
    Sentence,
    choice,
    exchange_neighbours,
    names,
    replace_match,
)

_SPEAKERS = (
    r"\b(?!He |She |It |They )((?:[A-Z]\w+ )?[A-Z][a-z]+) (?:said|told|rejected|denied)\b",
    r"\bsaid ([A-Z]\w+ [A-Z][a-z]+)\b",
    r", ([A-Z]\w+ [A-Z][a-z]+), said\b",
)


def names_exchanged(sentence: Sentence) -> Iterator[Change]:
    """Two names of the sentence exchanged."""
    return exchange_neighbours(sentence, names(sentence))


def speaker(sentence: Sentence) -> Iterator[Change]:
    """The words of one speaker given to another, who says something else in the article."""
    for change in speaker_of_two(sentence):
        yield replace(change, also=None)


def speaker_of_two(sentence: Sentence) -> Iterator[Change]:
    """The same, with a sentence of the other speaker cited too."""
    others = {
        match[1]: number
        for number in range(1, len(sentence.article.document.sentences) + 1)
        for match in _speakers(Sentence(sentence.article, number))
    }
    for match in _speakers(sentence):
        known = set(re.findall(r"\w+", sentence.text))
        strangers = [name for name in others if not set(name.split()) & known]
        if strangers:
            name = choice(sorted(strangers), sentence.text)
            yield replace(replace_match(sentence, match, name, group=1), also=others[name])


LIES: Mapping[str, Maker] = {
    "names_exchanged": names_exchanged,
    "speaker": speaker,
    "speaker_of_two": speaker_of_two,
}
"""The makers of these lies, by kind."""


def _speakers(sentence: Sentence) -> list[re.Match[str]]:
    found = (re.finditer(pattern, sentence.text) for pattern in _SPEAKERS)
    return [match for matches in found for match in matches]
