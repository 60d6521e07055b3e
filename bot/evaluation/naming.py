"""Claims about somebody else: another name, or a misspelt one."""

import re
from collections.abc import Iterator

from bot.evaluation.choosing import choice
from bot.evaluation.sentences import Change, Sentence, replaced


def name_outside(sentence: Sentence) -> Iterator[Change]:
    """A name that the article does not have."""
    for match in names(sentence):
        yield replaced(sentence, match, choice(sentence.words.outsiders, sentence.text, match[0]))


def name_elsewhere(sentence: Sentence) -> Iterator[Change]:
    """Another name of the article, of which the sentence has no part."""
    text = sentence.article.document.text
    known = set(re.findall(sentence.words.name, text)) - _dates(sentence)
    others = sorted(name for name in known if name[:4] not in sentence.text)
    for match in names(sentence):
        if others:
            yield replaced(sentence, match, choice(others, sentence.text, match[0]))


def name_misspelt(sentence: Sentence) -> Iterator[Change]:
    """A name with two letters inside changed for each other, away from its ending."""
    for match in names(sentence):
        name = match[0]
        places = [i for i in range(1, len(name) * 2 // 3) if name[i] != name[i + 1]]
        if places:
            at = choice(places, sentence.text, name)
            yield replaced(sentence, match, name[:at] + name[at + 1] + name[at] + name[at + 2 :])


def names(sentence: Sentence) -> list[re.Match[str]]:
    """The names inside ``sentence``, or one word of each."""
    dates = _dates(sentence)
    found = re.finditer(sentence.words.name, sentence.text)
    return [match for match in found if match[0] not in dates]


def _dates(sentence: Sentence) -> set[str]:
    rings = sentence.words.rings
    return {word for kind in ("month", "weekday") for word in rings[kind].split()}
