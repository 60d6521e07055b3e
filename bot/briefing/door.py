"""May these words be shown? The last check of every text, whoever wrote it.

It holds whatever a model was talked into: no address leaves except those that code makes from a
source's own, no mention, no Slack token, none of our own instructions, nothing encoded and nothing
that isn't for reading. It looks at characters, never at meaning.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from urllib.parse import urlsplit

from bot.briefing.documents import Document, Passage
from bot.briefing.lexicon import function_words
from bot.briefing.lines import Reason
from bot.briefing.normalisation import normalised

LONGEST_RUN = 25
"""Words in a row that a writer may copy outside quotation marks; with more it is a quotation."""

LONGEST_TEXT = 400
"""In characters; a line is asked to have at most 30 words."""

_GRAM = 8
"""Words in a row of our instructions that are no accident."""

_LONGEST_WORD, _LONGEST_MEAN = 45, 14

# Half of the words of an English line of eight words or more are small ones.
_FEWEST_WORDS = 8

_SURE_ADDRESS = re.compile(
    r"[a-z][a-z0-9+.-]{1,20}:/{1,3}\S+|\bwww\.[\w.-]+\S*|\b(?:mailto|javascript|data|file):\S+"
    r"|\b[\w.+-]{1,64}@[\w-]{1,63}\.[\w.-]+|\b\d{1,3}(?:\.\d{1,3}){3}\b(?::\d+)?|\blocalhost\b(?:[:/]\S*)?"
    r"|\b(?:[\w-]{1,63}\.){1,8}[a-z]{2,24}/\S+",
    re.IGNORECASE,
)
# Without one of these there is no address; most lines have none.
_SIGN_OF_ADDRESS = re.compile(r"[:@/]|\.\S|localhost", re.IGNORECASE)
# A word with a full stop inside, and the endings of which nobody doubts that they are hosts.
_HOST = re.compile(r"(?<![\w@./-])(?:[\w-]{2,}\.)+[^\W\d_]{2,24}(?![\w-])")
_KNOWN_ENDING = re.compile(
    r"\.(?:com|org|net|info|biz|edu|gov|mil|int|io|ai|app|dev|xyz|site|online|shop|store|club|top|"
    r"live|news|link|click|page|cloud|tech|security|example|test|invalid|local|zip|mov|icu|vip|"
    r"ac|am|ar|at|au|az|be|br|by|ca|cc|ch|cn|co|cz|de|dk|ee|es|eu|fi|fm|fr|ge|gg|gr|hk|hu|id|ie|il|"
    r"in|ir|is|it|jp|kr|kz|lt|lv|ly|me|mx|nl|no|nz|pl|pt|ro|rs|ru|se|sg|sh|si|sk|su|to|tr|tv|tw|ua|"
    r"uk|us|uz|ws|za|рф|հայ)$",
    re.IGNORECASE,
)
_TOKEN = re.compile(
    r"<[!@#/a-z]|@(?:channel|here|everyone)\b|\]\s?\(|!\[|\[[^\]]{0,80}\]\[|</|\{\"|```",
    re.IGNORECASE,
)
_HANDLE = re.compile(r"(?<![\w@])@\w+|(?<!\w):[a-z][a-z0-9_+-]+:(?!\w)")
_ENCODED = re.compile(
    r"(?<![A-Za-z0-9+/_=-])(?=[A-Za-z0-9+/_=-]*\d)(?=[A-Za-z0-9+/_=-]*[A-Z])"
    r"[A-Za-z0-9+/_=-]{28,}|\b[0-9a-fA-F]{32,}\b"
    r"|(?:%[0-9A-Fa-f]{2}){4}|(?:\\[ux][0-9A-Fa-f]{2}){3}"
)
_UNSEEN = re.compile(r"[\u200b\u202a-\u202e\u2060\u2066-\u2069\ufeff\x00-\x08\x0e-\x1f]")
# Tag characters, in which whole sentences can be hidden; the flags that they make end in one.
_TAGS = re.compile(r"(?<![\U0001f3f4\U000e0020-\U000e007e])[\U000e0000-\U000e007f]")
_PICTURE = re.compile(r"[\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff]")
# Written with spaces between words, so that a long one is no word.
_SPACED_WORD = re.compile(r"[A-Za-zÀ-ɏͰ-ϿЀ-ӿ\u0531-\u0587\u0620-\u06ff]+")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Door:
    """What may pass in one request: ``hosts`` are the sources' own, ``secrets`` texts of ours of
    which no run of words may be shown, or nothing at all where they are a single word."""

    hosts: frozenset[str] = frozenset()
    secrets: tuple[str, ...] = field(default=(), repr=False)

    @classmethod
    def of(cls, documents: Iterable[Document], secrets: tuple[str, ...] = ()) -> "Door":
        """The door for what is said about ``documents``."""
        urls = (document.url for document in documents if document.url)
        return cls(frozenset(filter(None, map(_host_of, urls))), secrets)

    def objections(self, text: str, passages: Iterable[Passage] = ()) -> list[Reason]:
        """Why ``text`` is not shown; ``passages`` are the words that it may have its own from."""
        source = "\n".join(passage.text for passage in passages)
        return [Reason("output", why) for why in self._objections(text, source)]

    def _objections(self, text: str, source: str) -> Iterator[str]:
        if self.has_address(text, source):
            yield "It contains an address that is not one of the sources’."
        if _TOKEN.search(text) or _has_new(_HANDLE, text, source):
            yield "It contains a mention or markup."
        new = any(_has_new(signs, text, source) for signs in (_UNSEEN, _PICTURE))
        if new or _ENCODED.search(text) or _TAGS.search(text):
            yield "It contains hidden or encoded characters."
        if _is_overlong(text, source):
            yield "It is too long, or a word of it is."
        if self._tells_a_secret(text, source):
            yield "It repeats Readout’s instructions to its models."

    def has_address(self, text: str, source: str = "") -> bool:
        """Whether ``text`` names a host, unless it is a source's own or a name that the source
        writes with a capital ("Booking.com")."""
        if _SIGN_OF_ADDRESS.search(text) is None:
            return False
        if any(_host_of(found[0]) not in self.hosts for found in _SURE_ADDRESS.finditer(text)):
            return True
        rest = _SURE_ADDRESS.sub(" ", text)
        return any(self._is_foreign(found[0], source) for found in _HOST.finditer(rest))

    def _is_foreign(self, word: str, source: str) -> bool:
        if _host_of(word) in self.hosts:
            return False
        is_copied = re.search(rf"(?<!\w){re.escape(word)}(?!\w)", source) is not None
        return not is_copied or bool(_KNOWN_ENDING.search(word) and word[0].islower())

    def _tells_a_secret(self, text: str, source: str) -> bool:
        if not self.secrets:
            return False
        plain = _plain(text)
        words = tuple(_WORD.findall(plain))
        squeezed = re.sub(r"[\W_]", "", plain)
        for secret in self.secrets:
            if len(secret.split()) == 1 and re.sub(r"[\W_]", "", _plain(secret)) in squeezed:
                return True
            shared = _grams(words) & _grams_of(secret)
            if shared - _grams(tuple(_WORD.findall(_plain(source)))):
                return True
        return False


def is_copied(text: str, passage: Passage) -> bool:
    """Whether ``text`` copies more than `LONGEST_RUN` words in a row from ``passage`` outside
    quotation marks."""
    own = (tuple(_WORD.findall(_plain(part))) for part in re.split(r"[“”«»\"]", text)[::2])
    long = [words for words in own if len(words) > LONGEST_RUN]
    if not long:
        return False
    theirs = _grams(tuple(_WORD.findall(_plain(passage.text))), LONGEST_RUN + 1)
    return any(not theirs.isdisjoint(_grams(words, LONGEST_RUN + 1)) for words in long)


def is_left_in(language: str | None, text: str, asked: str | None) -> bool:
    """Whether ``text`` is still in the ``language`` of the source where ``asked`` was another: it
    has more of the small words of the one than of the other."""
    words = _WORD.findall(text.casefold())
    if language == asked or len(words) < _FEWEST_WORDS:
        return False
    source, own = (sum(map(function_words(each).__contains__, words)) for each in (language, asked))
    return bool(function_words(asked)) and source > own


def _has_new(pattern: re.Pattern[str], text: str, source: str) -> bool:
    return any(found[0] not in source for found in pattern.finditer(text))


def _is_overlong(text: str, source: str) -> bool:
    words = _SPACED_WORD.findall(text)
    if any(len(word) > _LONGEST_WORD for word in words):
        return True
    if text in source:
        return False
    mean = sum(map(len, words)) / max(1, len(words))
    return len(text) > LONGEST_TEXT or (len(words) > 1 and mean > _LONGEST_MEAN)


def _host_of(address: str) -> str:
    written = address if "//" in address else f"//{address}"
    try:
        host = urlsplit(written).hostname or ""
    except ValueError:  # brackets that are no IPv6 address
        return ""
    return host.rstrip(".").removeprefix("www.")


def _plain(text: str) -> str:
    return normalised(text).text.casefold()


def _grams(words: tuple[str, ...], size: int = _GRAM) -> frozenset[tuple[str, ...]]:
    return frozenset(words[start : start + size] for start in range(len(words) - size + 1))


@lru_cache(maxsize=16)
def _grams_of(secret: str) -> frozenset[tuple[str, ...]]:
    return _grams(tuple(_WORD.findall(_plain(secret))))
