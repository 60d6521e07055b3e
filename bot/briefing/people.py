"""The role that a document gives somebody next to the name: all of it or nothing.

A role that loses its first or last words is another ("general" for a secretary-general, "minister"
for a former one), so a role whose ends aren't clear is left out.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from bot.briefing.documents import Document
from bot.briefing.lexicon import Lexicon, factored, function_words, lexicon

_LONGEST = 14  # words
_POINTS_ELSEWHERE = re.compile(
    r"\b(?:his|her|its|their|my|our|your|who|whose|which|is|was|were|are|has|had|have|said|says|told"
    r"|as|if|when|while|because|but)\b",
    re.IGNORECASE,
)
_OF = re.compile(r"of|for|at|in|to|on|with|from|und|de|du|des|der|von")
_ARTICLE = re.compile(r"the|an?", re.IGNORECASE)
_OWNER = re.compile(r"\S+(?:[’']s|s[’'])")
_OF_OWNER = 3  # words
# What stands before the words for an office and belongs to them.
_MODIFIER = re.compile(
    r"(?:former|acting|interim|outgoing|incoming|late|deputy|assistant|associate|senior|junior|chief"
    r"|executive|managing|general|vice|prime|foreign|co|ex)(?:-\w+)?|and|of|&"
)
_TIME = re.compile(r"week|month|year|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day")
_HONORIFIC = r"(?:(?:Mr|Mrs|Ms|Dr|Prof|Sir|Dame|Lt|Col|Gen|Capt|Sgt|Sen|Rep|Gov)\.? )*"
_BOUNDARY = re.compile(r"[,;:—–()\"“”«»]")


class Role(NamedTuple):
    """What somebody is: ``role`` stands beside the name in sentence ``number``, letter for
    letter."""

    role: str
    number: int


def role_of(document: Document, name: str) -> Role | None:
    """The first place where a role stands beside ``name``, which is read as it is written."""
    reader = _Reader(document.language)
    for number in _naming(document, name):
        sentence = document.sentence(number)
        for place in re.finditer(rf"(?<![\w’'-]){re.escape(name)}(?![\w’'-])", sentence):
            role = reader.behind(sentence[place.end() :]) or reader.before(
                sentence[: place.start()], sentence[place.end() :]
            )
            if role:
                return Role(role, number)
    return None


def _naming(document: Document, name: str) -> list[int]:
    """The numbers of the sentences in which ``name`` stands, in order."""
    places = (found.start() for found in re.finditer(re.escape(name), document.text))
    return list(dict.fromkeys(map(document.number_at, places)))


class _Reader:
    """Reads roles in a language."""

    def __init__(self, language: str | None) -> None:
        self._words = lexicon(language)
        self._small = function_words(language)
        self._verb = _speaks(self._words)

    def behind(self, after: str) -> str:
        """The role in "Dana Oru, Arland’s transport minister, said" and "…, said Dana Oru,
        minister of roads."."""
        apposed = re.match(
            r", ([^,.;:—–()\"“”«»]+)(?P<end>[.;\"”»]|,|$)(?P<rest>.*)", after, re.DOTALL
        )
        if apposed is None or not self._is_over(apposed["end"], apposed["rest"]):
            return ""
        return apposed[1] if self._is_role(apposed[1].split()) else ""

    def before(self, before: str, after: str) -> str:
        """The role in "the envoy, Toivo Kaar, …" and "Secretary of State Anton Bell"."""
        is_apart = re.search(r", $", before) is not None
        lead = re.sub(rf",? {_HONORIFIC}$", "", before)
        clause = _BOUNDARY.split(lead)[-1]
        verbs = list(self._verb.finditer(clause))
        words = clause[verbs[-1].end() if verbs else 0 :].split()
        is_of_speech = bool(verbs) or self._verb.match(after.lstrip(" ,")) is not None
        start = self._start(words)
        if start is not None and (is_apart or is_of_speech):
            found = words[start:]
        elif is_apart:
            found = []
        else:
            found = self._title(words)
        is_closed = not is_apart or not after or after[0] in ',.;"”»'
        role = " ".join(found)
        return _bare(role) if is_closed and self._is_role(found) and role in before else ""

    def _start(self, words: Sequence[str]) -> int | None:
        """Where the noun phrase begins that ``words`` end with, if an article or an owner says."""
        for place in range(len(words) - 1, -1, -1):
            is_inside = place > 0 and _OF.fullmatch(words[place - 1])
            if _ARTICLE.fullmatch(words[place]) and not is_inside:
                return place
            if _OWNER.fullmatch(words[place]):
                return self._owner(words, place)
        return None

    def _owner(self, words: Sequence[str], place: int) -> int | None:
        """Where the owner whose last word stands at ``place`` is first named ("the coast
        guard’s")."""
        is_name = words[place][0].isupper()
        start = place
        while start and (words[start - 1][0].isupper() if is_name else place - start < _OF_OWNER):
            if _ARTICLE.fullmatch(words[start - 1]):
                break
            start -= 1
        has_article = start > 0 and _ARTICLE.fullmatch(words[start - 1])
        return start - 1 if has_article else start if is_name else None

    def _title(self, words: Sequence[str]) -> Sequence[str]:
        """The capitalised words and those for an office that ``words`` end with."""
        start = len(words)
        while start and self._is_of_title(words[start - 1], is_first=start == 1):
            start -= 1
        is_bounded = start == 0 or self._bounds(words[start - 1])
        return words[start:] if is_bounded else ()

    def _is_of_title(self, word: str, *, is_first: bool) -> bool:
        if _MODIFIER.fullmatch(word) or self._words.is_role(word.lower()):
            return True
        is_small = is_first and word.casefold() in self._small
        return word[0].isupper() and not (is_small or _TIME.fullmatch(word))

    def _bounds(self, word: str) -> bool:
        return word.casefold() in self._small or bool(_TIME.fullmatch(word))

    def _is_role(self, words: Sequence[str]) -> bool:
        """Whether ``words`` are an office, and of one person: the last word before an "of"."""
        if not 0 < len(words) <= _LONGEST or _POINTS_ELSEWHERE.search(" ".join(words)):
            return False
        head = next((n for n, word in enumerate(words) if _OF.fullmatch(word)), len(words))
        return head > 0 and self._words.is_role(words[head - 1].lower().rpartition("-")[2])

    def _is_over(self, mark: str, rest: str) -> bool:
        """Whether nothing of the role goes on behind ``mark``."""
        goes_on = re.match(r"\s*(?:who|whose|is|was|has|had|will|would)\b", rest)
        return mark != "," or bool(goes_on or self._verb.match(rest.lstrip()))


@lru_cache(maxsize=16)
def _speaks(words: Lexicon) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{factored(words.weak_speech_verbs, words.speech_verbs)})\b")


def _bare(role: str) -> str:
    return re.sub(r"^(?:The|An?|And|But|When|While)\s+", "", role.strip())
