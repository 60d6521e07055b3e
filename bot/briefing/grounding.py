"""How much of a line's vocabulary do the sources have at all?

The checks compare a line with its passages; this compares it with everything the sources state. An
honest line uses their words (of 129 supported summaries every one shares over 60 % of its content
words with its article, none has four in a row that the article lacks; of 567 of older systems 98 %
and 99 %), and what was added to a true line on somebody's orders does not. If a source addresses
machines, as one in fifty real texts seems to, every content word must be known.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from bot.briefing.bearing import Unfit, why_not
from bot.briefing.documents import Document
from bot.briefing.lines import Reason
from bot.briefing.normalisation import normalised
from bot.briefing.terms import terms

LEAST_SHARE = 0.5
"""More than that of a line's content words must be known."""
MOST_IN_A_ROW = 3
_BEGINNING = 5
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]")

# Other questions are left out: an honest line may say what somebody asks.
_ASKS_FOR = re.compile(r"(?:can|could|would|will) you\b.*\?", re.IGNORECASE)
_ORDERS: frozenset[Unfit] = frozenset(("command", "markup"))


def grounding(text: str, documents: Sequence[Document], language: str | None) -> list[Reason]:
    """Why ``text`` is not made of what ``documents`` state; nothing where it is."""
    own = beginnings(text, language)
    if not own:
        return [Reason("words", "It has no meaningful words.")]
    known = [any(states(each, word) or word in _titled(each) for each in documents) for word in own]
    runs = "".join("+" if found else "-" for found in known).split("+")
    if sum(known) <= LEAST_SHARE * len(known):
        return [Reason("words", "Most of its words are not in the sources.")]
    if max(map(len, runs)) > MOST_IN_A_ROW:
        return [Reason("words", "Part of it is not in the sources.")]
    unknown = [word for word, found in zip(own, known, strict=True) if not found]
    if unknown and any(map(_speaks_to_machine, documents)):
        return [
            Reason(
                "words",
                "A source contains instructions to AI tools, and a word here is in no source.",
            )
        ]
    if any(_is_ordered(document, word) for word in unknown for document in documents):
        return [Reason("words", "A word of it occurs only in instructions in the source.")]
    return []


def may_be_ordered(words: Sequence[str], documents: Sequence[Document]) -> bool:
    """Whether one of ``words``, which are beginnings, stands nowhere else than where a source gives
    orders, or nowhere at all while a source speaks to machines."""
    unknown = [word for word in words if not any(states(each, word) for each in documents)]
    return bool(unknown) and (
        any(map(_speaks_to_machine, documents))
        or any(_is_ordered(document, word) for word in unknown for document in documents)
    )


def beginnings(text: str, language: str | None) -> list[str]:
    """How the content words of ``text`` begin, in order: the endings are those of its grammar.
    Where no spaces say what is a word, each character is one."""
    plain = normalised(text).text
    words = [term[:_BEGINNING] for term in terms(plain, language) if not _UNSPACED.search(term)]
    return [*words, *_UNSPACED.findall(plain)]


@lru_cache(maxsize=4096)
def states(document: Document, beginning: str) -> bool:
    """Whether a word of ``document`` begins so, in a sentence that can bear a line."""
    return any(why_not(document, number) is None for number in _holders(document, beginning))


@lru_cache(maxsize=32)
def _titled(document: Document) -> frozenset[str]:
    """How the words of its title and outlet begin; a title that gives orders is none."""
    told = " ".join(filter(None, (document.title, document.outlet)))
    return frozenset(beginnings(told, document.language))


@lru_cache(maxsize=32)
def _speaks_to_machine(document: Document) -> bool:
    numbers = range(1, len(document.sentences) + 1)
    return any(why_not(document, number) == "machine" for number in numbers)


def _is_ordered(document: Document, beginning: str) -> bool:
    """Whether a word begins so in a sentence that states nothing and wants something done: what
    a line has from there it has on somebody's orders."""
    return any(
        why_not(document, number) in _ORDERS or _ASKS_FOR.match(document.sentence(number))
        for number in _holders(document, beginning)
    )


def _holders(document: Document, beginning: str) -> Iterator[int]:
    """The numbers of the sentences in which a word begins so."""
    text = _lower(document)
    place = text.find(beginning)
    while place >= 0:
        if place == 0 or not text[place - 1].isalnum() or _UNSPACED.match(beginning):
            yield document.number_at(place)
        place = text.find(beginning, place + 1)


@lru_cache(maxsize=32)
def _lower(document: Document) -> str:
    """The text in lower case, every character in its place."""
    lower = document.text.lower()
    return lower if len(lower) == len(document.text) else document.text
