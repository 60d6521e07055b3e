"""What does a question ask: which kind of thing, about whom, with which words?"""

import re
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from bot.briefing.extractive.roots import joined
from bot.briefing.extractive.words import Name
from bot.briefing.lexicon import lexicon
from bot.briefing.lexicon.questions import Asking, Kind, asking

_WORD = re.compile(r"\d[\d.,]*\d|\d|[^\W\d]\w*|&")
# Of fewer words with content every one counts.
_FEW = 2


@dataclass(frozen=True)
class Asked:
    """A question taken apart. ``kind`` is None where nothing but words is given.

    ``names`` and ``words`` are what an answer must have, ``hints`` what it had better have.
    Of "what did X say about Y" the X is in ``speaker_names`` and ``speaker_words``, the Y in the
    others.
    """

    kind: Kind | None
    text: str
    language: str | None
    names: tuple[Name, ...] = ()
    words: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()
    speaker_names: tuple[Name, ...] = ()
    speaker_words: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether it asks about nothing in particular."""
        return not (self.names or self.words or self.speaker_names or self.speaker_words)


def taken_apart(question: str, language: str | None, known_names: AbstractSet[str]) -> Asked:
    """``question`` as it stands; ``known_names`` are the words (casefolded) that the source
    writes with a capital alone."""
    rules = asking(language)
    text = _plain(question, language)
    opening = re.match(rf"\W*(?:(?:{rules.follows_up})\b\W*)?", text, re.IGNORECASE)
    kind, start = _kind(text, opening.end() if opening else 0, rules)
    whole, body = Asked(kind, text, language), text[start:]
    if kind == "saying":
        return _about_speech(whole, body, known_names)
    names, words, hints = _content(body, -start, rules, known_names)
    if len(names) + len(words) < _FEW and kind not in ("count", "money", "number"):
        words, hints = _in_order(body, {*words, *hints}), ()
    return replace(whole, names=names, words=words, hints=hints)


def _plain(question: str, language: str | None) -> str:
    """``question`` with nothing contracted, and phrases that are read as one word."""
    text = question.strip().replace("’", "'")
    for written, read in lexicon(language).joined:
        text = re.sub(written, read, text, flags=re.IGNORECASE)
    return joined(text, language)


def _kind(text: str, start: int, rules: Asking) -> tuple[Kind | None, int]:
    """What is asked for, and where the rest of the question begins."""
    for kind, pattern in rules.openings:
        if found := pattern.match(text, start):
            return kind, found.end()
    return None, start


def _about_speech(whole: Asked, body: str, known_names: AbstractSet[str]) -> Asked:
    rules = asking(whole.language)
    verb = re.search(rf"\b(?:{rules.saying})\b", body, re.IGNORECASE)
    before, after = (body[: verb.start()], body[verb.end() :]) if verb else (body, "")
    speaker_names, speaker_words, _ = _content(before, -1, rules, known_names)
    names, words, _ = _content(after, -1, rules, known_names)
    if not (speaker_names or speaker_words):
        # Elsewhere than in English the speaker follows the verb.
        return replace(whole, speaker_names=names, speaker_words=() if names else words)
    return replace(
        whole, names=names, words=words, speaker_names=speaker_names, speaker_words=speaker_words
    )


def _content(
    text: str, first: int, rules: Asking, known_names: AbstractSet[str]
) -> tuple[tuple[Name, ...], tuple[str, ...], tuple[str, ...]]:
    """The names, the words with content and those that say little; a capital at ``first`` means
    nothing."""
    names: list[list[str]] = []
    words: dict[str, None] = {}
    end = -2
    for found in _WORD.finditer(text):
        low = found[0].casefold()
        goes_on = found.start() - end <= 1
        is_capital = found[0][0].isupper() and found.start() != first
        is_name = (is_capital or low in known_names) and low not in rules.small_words
        if is_name and not goes_on:
            names.append([])
        if is_name or (goes_on and found[0] == "&"):
            names[-1].append(low)
            end = found.end()
        elif low not in rules.small_words and (len(low) > 1 or low.isdigit()):
            words[low] = None
    whole = tuple(tuple(part for part in name if part != "&") for name in names)
    vague = tuple(low for low in words if low in rules.vague_words)
    return whole, tuple(low for low in words if low not in vague), vague


def _in_order(body: str, kept: AbstractSet[str]) -> tuple[str, ...]:
    found = (word[0].casefold() for word in _WORD.finditer(body))
    return tuple(dict.fromkeys(low for low in found if low in kept))
