"""Which names and words does a question ask about?

Earlier questions complete one that can't be understood alone ("and Maske?", "why?"), and no other;
the answers to them are never used.
"""

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from bot.briefing.extractive.roots import joined
from bot.briefing.extractive.words import Name
from bot.briefing.lexicon import lexicon
from bot.briefing.lexicon.questions import asking
from bot.briefing.requests import Turn

# "And" with so few names and words behind it goes on with the question before.
_FEW = 1
_WORD = re.compile(r"\d[\d.,]*\d|\d|[^\W\d]\w*|&")


def asked(
    question: str, turns: Sequence[Turn], language: str | None, known_names: AbstractSet[str]
) -> tuple[Name | str, ...]:
    """The names and words with content (casefolded) of ``question``, and those of the questions of
    ``turns`` where it can't be understood alone.

    ``known_names`` are the words (casefolded) that the source writes with a capital alone.
    """
    rules, text = asking(language), _plain(question, language)
    own = _content(text, rules.small_words, known_names)
    stands_for = re.search(rf"\b(?:{rules.pronouns})\b", text, re.IGNORECASE)
    is_open = stands_for and not any(isinstance(part, tuple) for part in own)
    opens_so = re.match(rf"\W*(?:{rules.follows_up})\b", text, re.IGNORECASE)
    goes_on = opens_so and len(own) <= _FEW
    is_one_word = len(_WORD.findall(text)) == 1
    if turns and (is_open or goes_on or is_one_word or not own):
        names = any(isinstance(part, tuple) for part in own)  # they take the place of the earlier
        earlier = asked(turns[-1].question, turns[:-1], language, known_names)
        own += tuple(part for part in earlier if not (names and isinstance(part, tuple)))
    return tuple(dict.fromkeys(own))


def _plain(question: str, language: str | None) -> str:
    """``question`` with nothing contracted, and phrases that are read as one word."""
    text = question.strip().replace("’", "'")
    for written, read in lexicon(language).joined:
        text = re.sub(written, read, text, flags=re.IGNORECASE)
    return joined(text, language)


def _content(
    text: str, small: AbstractSet[str], known_names: AbstractSet[str]
) -> tuple[Name | str, ...]:
    """The names and the words with content, in order; a capital at the beginning means nothing."""
    found: list[list[str] | str] = []
    end = -2
    for word in _WORD.finditer(text):
        low, goes_on = word[0].casefold(), word.start() - end <= 1
        is_capital = word[0][0].isupper() and word.start() > 0
        if (is_capital or low in known_names) and low not in small:
            if not goes_on:
                found.append([])
            found[-1] = [*found[-1], low]
            end = word.end()
        elif goes_on and word[0] == "&":
            end = word.end()
        elif low not in small and (len(low) > 1 or low.isdigit()):
            found.append(low)
    return tuple(part if isinstance(part, str) else tuple(part) for part in found)
