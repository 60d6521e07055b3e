"""Claims about somebody else: another name, a misspelt one, the words of one given to another."""

import re
from collections.abc import Iterator
from dataclasses import replace

from bot.evaluation.choosing import choice
from bot.evaluation.sentences import Change, Sentence, exchanged, replaced


def name_outside(sentence: Sentence) -> Iterator[Change]:
    """A name that the article does not have."""
    for match in _names(sentence):
        yield replaced(sentence, match, choice(sentence.words.outsiders, sentence.text, match[0]))


def name_elsewhere(sentence: Sentence) -> Iterator[Change]:
    """Another name of the article, of which the sentence has no part."""
    text = sentence.article.document.text
    known = set(re.findall(sentence.words.name, text)) - _dates(sentence)
    others = sorted(name for name in known if name[:4] not in sentence.text)
    for match in _names(sentence):
        if others:
            yield replaced(sentence, match, choice(others, sentence.text, match[0]))


def names_exchanged(sentence: Sentence) -> Iterator[Change]:
    """Two names of the sentence, each in the other's place."""
    return exchanged(sentence, _names(sentence))


def name_misspelt(sentence: Sentence) -> Iterator[Change]:
    """A name with two letters inside changed for each other, away from its ending."""
    for match in _names(sentence):
        name = match[0]
        places = [i for i in range(1, len(name) * 2 // 3) if name[i] != name[i + 1]]
        if places:
            at = choice(places, sentence.text, name)
            yield replaced(sentence, match, name[:at] + name[at + 1] + name[at] + name[at + 2 :])


def speaker(sentence: Sentence) -> Iterator[Change]:
    """The words of one speaker given to another, who says something else in the article."""
    for change in speaker_of_two(sentence):
        yield replace(change, also=None)


def speaker_of_two(sentence: Sentence) -> Iterator[Change]:
    """The same, where the claim points at the other's own sentence, too."""
    others = {
        match[1]: number
        for number in range(1, len(sentence.article.document.sentences) + 1)
        for match in _speakers(Sentence(sentence.article, number))
    }
    for match in _speakers(sentence):
        names = [name for name in others if not set(name.split()) & _words(sentence.text)]
        if names:
            name = choice(sorted(names), sentence.text)
            yield replace(replaced(sentence, match, name, group=1), also=others[name])


def _names(sentence: Sentence) -> list[re.Match[str]]:
    dates = _dates(sentence)
    found = re.finditer(sentence.words.name, sentence.text)
    return [match for match in found if match[0] not in dates]


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text))


def _dates(sentence: Sentence) -> set[str]:
    rings = sentence.words.rings
    return {word for kind in ("month", "weekday") for word in rings[kind].split()}


def _speakers(sentence: Sentence) -> list[re.Match[str]]:
    found = (re.finditer(pattern, sentence.text) for pattern in sentence.words.speakers)
    dates = _dates(sentence)
    return [match for matches in found for match in matches if match[1] not in dates]
