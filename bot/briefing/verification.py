"""Verifies drafted lines, as they arrive: are they supported by their passages, and may they be
shown?
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from typing import Any
from urllib.parse import urlsplit

from bot.briefing.checks.all import compared_values, findings, proofs
from bot.briefing.checks.statement import Statement
from bot.briefing.clipping import clipped_quotation, without_dateline
from bot.briefing.documents import Document, Library, Passage, Reference, Span
from bot.briefing.draft import (
    DraftCaution,
    DraftCommitment,
    DraftDifference,
    DraftEvent,
    DraftFigure,
    DraftItem,
    DraftLine,
    DraftQuote,
    DraftUnknown,
    Place,
)
from bot.briefing.lexicon import function_words, in_every_language
from bot.briefing.lines import (
    Caution,
    CheckName,
    Commitment,
    Difference,
    Event,
    Figure,
    Grade,
    Line,
    Quote,
    Reason,
    Unknown,
    Withheld,
)
from bot.briefing.machine_speech import Unfit, addresses_machine, unfit_reason
from bot.briefing.normalisation import normalised
from bot.briefing.publication import with_days
from bot.briefing.requests import HouseStyle
from bot.briefing.speech import draft_sentence
from bot.briefing.terms import terms
from bot.briefing.text import LONGEST_QUOTATION, UNSPACED_CHARACTER, count_words

# How much of a line's vocabulary the sources have at all.
#
# The checks compare a line with its passages; this compares it with everything the sources state.
# An honest line uses their words (of 129 supported summaries every one shares over 60 % of its
# content words with its article, none has four in a row that the article lacks; of 567 of older
# systems 98 % and 99 %), and what was added to a true line on somebody's orders does not. If a
# source addresses machines, as one in fifty real texts seems to, every content word must be known.

_LEAST_SHARE = 0.5
"""More than this share of a line's content words must be known."""
_MOST_IN_A_ROW = 3
"""Unknown content words."""
_BEGINNING = 5

# Other questions are left out: an honest line may say what somebody asks.
_ASKS_FOR = re.compile(r"(?:can|could|would|will) you\b.*\?", re.IGNORECASE)
_ORDERS: frozenset[Unfit] = frozenset(("command", "markup"))


def _grounding_reasons(
    text: str, documents: Sequence[Document], language: str | None
) -> list[Reason]:
    """Why ``text`` has too many words that ``documents`` do not state; empty if it may stand."""
    own = stems(text, language)
    if not own:
        return [Reason("words", "It has no meaningful words.")]
    known = [
        any(_is_stated(each, word) or word in _title_stems(each) for each in documents)
        for word in own
    ]
    runs = "".join("+" if found else "-" for found in known).split("+")
    if sum(known) <= _LEAST_SHARE * len(known):
        return [Reason("words", "Most of its words are not in the sources.")]
    if max(map(len, runs)) > _MOST_IN_A_ROW:
        return [Reason("words", "Part of it is not in the sources.")]
    unknown = [word for word, found in zip(own, known, strict=True) if not found]
    if _may_be_ordered(unknown, documents):
        return [Reason("words", "A word of it may come from instructions in a source.")]
    return []


def _may_be_ordered(unknown: Sequence[str], documents: Sequence[Document]) -> bool:
    """Whether one of the stems in ``unknown``, which no source states, may come from orders in one:
    it stands in an order, or any source addresses machines."""
    return bool(unknown) and (
        any(map(_has_machine_speech, documents))
        or any(_is_ordered(document, word) for word in unknown for document in documents)
    )


def stems(text: str, language: str | None) -> list[str]:
    """The stems of the content words of ``text``, in order: their first letters. In scripts without
    spaces, each character is one."""
    plain = normalised(text).text
    words = [
        term[:_BEGINNING] for term in terms(plain, language) if not UNSPACED_CHARACTER.search(term)
    ]
    return [*words, *UNSPACED_CHARACTER.findall(plain)]


@lru_cache(maxsize=1024)
def _is_stated(document: Document, stem: str) -> bool:
    """Whether ``document`` has a word with ``stem`` in a sentence that can support a line."""
    return any(unfit_reason(document, number) is None for number in _sentences_with(document, stem))


@lru_cache(maxsize=32)
def _title_stems(document: Document) -> frozenset[str]:
    """The stems of the title and the outlet."""
    names = " ".join(filter(None, (document.title, document.outlet)))
    return frozenset(stems(names, document.language))


@lru_cache(maxsize=32)
def _has_machine_speech(document: Document) -> bool:
    return any(unfit_reason(document, number) == "machine" for number in document.numbers)


def _is_ordered(document: Document, stem: str) -> bool:
    """Whether a word with ``stem`` stands in a sentence that states nothing and gives an order."""
    return any(
        unfit_reason(document, number) in _ORDERS or _ASKS_FOR.match(document.sentence(number))
        for number in _sentences_with(document, stem)
    )


def _sentences_with(document: Document, stem: str) -> Iterator[int]:
    """Yield the numbers of the sentences that have a word with ``stem``."""
    text = _lower(document)
    place = text.find(stem)
    while place >= 0:
        if place == 0 or not text[place - 1].isalnum() or UNSPACED_CHARACTER.match(stem):
            yield document.number_at(place)
        place = text.find(stem, place + 1)


@lru_cache(maxsize=32)
def _lower(document: Document) -> str:
    """The text in lower case, with every character in its place."""
    lower = document.text.lower()
    return lower if len(lower) == len(document.text) else document.text


# What a writer says that the sources leave open, and nothing else.
#
# A gap has no passage, so it must not state anything. It is kept only if it says that something is
# not said, has no figure, and no content word beyond the sources' own and those that name what may
# be missing ("the cost", "the names").

_LONGEST_GAP = 20
_ADDRESSES_OR_COUNTS = re.compile(
    r"\d|[?!:;].|\b(?:you|your|we|us|our|i|my|me|vous|votre|sie|ihr|usted|su|вы|ваш\w*|դուք|ձեր)\b",
    re.IGNORECASE,
)


@cache
def _not_said() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{in_every_language('not_said')})\b", re.IGNORECASE)


@cache
def _missing() -> frozenset[str]:
    """The stems of the words for what may be missing or disputed."""
    return frozenset(word[:_BEGINNING] for word in in_every_language("missing").split("|"))


def _without_topic_words(text: str) -> str:
    """``text`` without the words that only name what may be missing or disputed."""
    return " ".join(word for word in text.split() if word.lower()[:_BEGINNING] not in _missing())


def _is_gap(text: str, documents: Sequence[Document], language: str | None) -> bool:
    """Whether ``text`` only says that the sources do not say something about their own subject."""
    if count_words(text) > _LONGEST_GAP or _ADDRESSES_OR_COUNTS.search(text):
        return False
    not_said = _not_said().search(text)
    if not_said is None:
        return False
    spoken = language or next((each.language for each in documents), None)
    words = stems(f"{text[: not_said.start()]} {text[not_said.end() :]}", spoken)
    own = [word for word in words if word not in _missing()]
    return bool(words) and all(
        any(_is_stated(document, word) for document in documents) for word in own
    )


# Whether words may be shown: the last check of every text, whoever wrote it.
#
# It holds whatever a model was talked into: no address leaves except those that code makes from a
# source's own, no mention, no Slack token, none of our own instructions, nothing encoded and
# nothing that isn't for reading. It looks at characters, never at meaning.

_LONGEST_RUN = 25
"""Words in a row that a writer may copy outside quotation marks; with more it is a quotation."""

_LONGEST_TEXT = 400
"""In characters; a line is asked to have at most 30 words."""

_GRAM = 8
"""Words in a row of our instructions that are not an accident."""

_LONGEST_WORD, _LONGEST_MEAN = 45, 14

# Half of the words of an English line of eight words or more are small ones.
_FEWEST_WORDS = 8

# Not "005" or "345": "1.005.012.345" is a number in many languages.
_BYTE = r"(?:25[0-5]|2[0-4]\d|1?\d?\d)"
_SURE_ADDRESS = re.compile(
    r"[a-z][a-z0-9+.-]{1,20}:/{1,3}\S+|\bwww\.[\w.-]+\S*|\b(?:mailto|javascript|data|file):\S+"
    r"|\b[\w.+-]{1,64}@[\w-]{1,63}\.[\w.-]+|\blocalhost\b(?:[:/]\S*)?"
    rf"|\b(?:{_BYTE}\.){{3}}{_BYTE}\b(?::\d+)?"
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
class OutputFilter:
    """What may be shown in one request. ``hosts`` are those of the sources. ``secrets`` are texts
    of ours, of which no run of eight words may be shown, and no secret of a single word."""

    hosts: frozenset[str] = frozenset()
    secrets: tuple[str, ...] = field(default=(), repr=False)

    @classmethod
    def of(cls, documents: Iterable[Document], secrets: tuple[str, ...] = ()) -> "OutputFilter":
        """The filter for what is said about ``documents``."""
        urls = (document.url for document in documents if document.url)
        return cls(frozenset(filter(None, map(_host_of, urls))), secrets)

    def objections(self, text: str, passages: Iterable[Passage] = ()) -> list[Reason]:
        """Why ``text`` may not be shown; what its ``passages`` have too may be."""
        source = "\n".join(passage.text for passage in passages)
        has_markup = _TOKEN.search(text) or _has_new(_HANDLE, text, source)
        new = any(_has_new(signs, text, source) for signs in (_UNSEEN, _PICTURE))
        is_hidden = new or _ENCODED.search(text) or _TAGS.search(text)
        found = {
            "It contains an address that is not one of the sources’.": self.has_address(
                text, source
            ),
            "It contains a mention or markup.": has_markup,
            "It contains hidden or encoded characters.": is_hidden,
            "It is too long, or a word of it is.": _is_overlong(text, source),
            "It repeats Readout’s instructions to its models.": self._has_secret(text, source),
        }
        return [Reason("output", why) for why, is_so in found.items() if is_so]

    def has_address(self, text: str, source: str = "") -> bool:
        """Whether ``text`` names a host, unless it is a source's own or a name that the source
        writes with a capital ("Booking.com"). An e-mail address has to stand in the source, too."""
        if _SIGN_OF_ADDRESS.search(text) is None:
            return False
        for found in _SURE_ADDRESS.finditer(text):
            is_email = "@" in found[0] and "/" not in found[0]
            if (is_email and found[0] not in source) or _host_of(found[0]) not in self.hosts:
                return True
        rest = _SURE_ADDRESS.sub(" ", text)
        return any(self._is_foreign(found[0], source) for found in _HOST.finditer(rest))

    def _is_foreign(self, word: str, source: str) -> bool:
        if _host_of(word) in self.hosts:
            return False
        is_copied = re.search(rf"(?<!\w){re.escape(word)}(?!\w)", source) is not None
        return not is_copied or bool(_KNOWN_ENDING.search(word) and word[0].islower())

    def _has_secret(self, text: str, source: str) -> bool:
        if not self.secrets:
            return False
        grams, squeezed = _grams(_words(text)), _squeezed(text)
        for secret in self.secrets:
            if len(secret.split()) == 1 and _squeezed(secret) in squeezed:
                return True
            if (grams & _grams_of(secret)) - _grams(_words(source)):
                return True
        return False


def copies_at_length(text: str, passage: Passage) -> bool:
    """Whether ``text`` copies more than 25 words in a row from ``passage`` outside quotation
    marks."""
    own = map(_words, re.split(r"[“”«»\"]", text)[::2])
    long = [words for words in own if len(words) > _LONGEST_RUN]
    if not long:
        return False
    theirs = _grams(_words(passage.text), _LONGEST_RUN + 1)
    return any(not theirs.isdisjoint(_grams(words, _LONGEST_RUN + 1)) for words in long)


def is_untranslated(language: str | None, text: str, asked: str | None) -> bool:
    """Whether ``text`` is still in the source's ``language`` and not in the one ``asked`` for: it
    has more function words of the first than of the second."""
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
    return len(text) > _LONGEST_TEXT or (len(words) > 1 and mean > _LONGEST_MEAN)


def _host_of(address: str) -> str:
    written = address if "//" in address else f"//{address}"
    try:
        host = urlsplit(written).hostname or ""
    except ValueError:  # brackets that are no IPv6 address
        return ""
    return host.rstrip(".").removeprefix("www.")


def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(normalised(text).text.casefold()))


def _squeezed(text: str) -> str:
    return re.sub(r"[\W_]", "", normalised(text).text.casefold())


def _grams(words: tuple[str, ...], size: int = _GRAM) -> frozenset[tuple[str, ...]]:
    return frozenset(words[start : start + size] for start in range(len(words) - size + 1))


@lru_cache(maxsize=16)
def _grams_of(secret: str) -> frozenset[tuple[str, ...]]:
    return _grams(_words(secret))


# The title of a source is as foreign as its text.

_LONGEST_TITLE = 300


def without_unsafe_metadata(document: Document) -> Document:
    """``document`` without a title, outlet or author that addresses a machine or may not be
    shown."""
    output_filter = OutputFilter.of([document])
    return replace(
        document,
        title=_if_safe(document.title, output_filter),
        outlet=_if_safe(document.outlet, output_filter),
        author=_if_safe(document.author, output_filter),
    )


def _if_safe(words: str | None, output_filter: OutputFilter) -> str | None:
    if words is None or len(words) > _LONGEST_TITLE or addresses_machine(words):
        return None
    itself = Passage("", 0, len(words), words, "")
    return None if output_filter.objections(words, [itself]) else words


# The house style: words that a channel never uses, and names and titles in its spelling.
#
# Enforced by code: a line in a writer's own words that contains such a word is withheld like any
# other that fails, and names get their spelling once the line has passed. Words in quotation
# marks are the source's and stay as they are.

_IN_QUOTATION_MARKS = re.compile(r"(“[^”]*”|«[^»]*»|„[^“”]*[“”]|\"[^\"]*\")")
# What is shown beside the text, in a writer's own words and as the source has it.
_OWN = ("speaker", "role", "translation", "actor", "action", "deadline", "condition")
_COPIED = ("when", "figure", "unit")


def banned_word_reasons(house: HouseStyle, text: str) -> Iterator[Reason]:
    """Yield a reason for every word outside quotation marks that the house style bans."""
    own = "".join(_IN_QUOTATION_MARKS.split(text)[::2])
    for word in house.banned:
        if _whole(word).search(own):
            yield Reason("house", f"This desk never writes “{word}”.")


def _is_quoted(line: Line, place: Place) -> bool:
    """Whether ``line`` is shown in quotation marks: a headline never is."""
    return isinstance(line, Quote) or (line.is_source_wording and place != "headline")


def apply_spellings(house: HouseStyle, text: str) -> str:
    """``text`` with the spellings of the house style, outside quotation marks."""
    pieces = _IN_QUOTATION_MARKS.split(text)
    for theirs, ours in house.spellings:
        whole, written = _whole(theirs), ours.replace("\\", r"\\")
        pieces[::2] = [whole.sub(written, piece) for piece in pieces[::2]]
    return "".join(pieces)


def _whole(word: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(word)}(?!\w)", re.IGNORECASE)


# Whether a drafted line is supported by its passages and may be shown.
#
# What comes out is either a line with passages cut from the sources, or a withheld line with its
# reasons. First come the passages: are they evidence at all (a sentence that addresses a machine
# isn't)? Then the checks, of quotations and of every field of a statement, too;
# the words of a quotation are never the writer's. Last, whether the words may be shown: in the
# requested language, in the sources' vocabulary, and allowed by `OutputFilter`.

_QUOTED = re.compile(r"[“\"«„]([^“”\"«»„]+)[”\"»“]")

Verdict = Line | Withheld | Unknown

_WHY_NOT: dict[Unfit, str] = {
    "machine": "{} is addressed to AI tools.",
    "command": "{} is an instruction, not a statement.",
    "question": "{} is a question, not a statement.",
    "markup": "{} contains markup.",
}


class Inspector:
    """Inspects the lines of one briefing or answer. ``language`` is the one asked for, None for
    that of the source; ``secrets`` are those of `OutputFilter`; ``house`` is the house style."""

    def __init__(
        self,
        documents: tuple[Document, ...],
        language: str | None = None,
        secrets: tuple[str, ...] = (),
        house: HouseStyle = HouseStyle(),
    ) -> None:
        self._documents = documents
        self._library = Library(documents)
        self._language = language
        self._output_filter = OutputFilter.of(documents, secrets)
        self._house = house

    def verdict(self, item: DraftItem) -> Verdict | None:
        """``item`` as a line, or why it is withheld; None for an unknown that states something."""
        verdict = self._verdict(item) if item.fits else _misplaced(item)
        if isinstance(verdict, Difference):
            sides = tuple(self._in_house_style(side, item.place) for side in verdict.sides)
            return replace(verdict, about=apply_spellings(self._house, verdict.about), sides=sides)
        if isinstance(verdict, Line):
            return self._in_house_style(verdict, item.place)
        return self._with_output_reasons(verdict) if isinstance(verdict, Withheld) else verdict

    def _in_house_style(self, line: Line, place: Place) -> Line:
        """``line`` with the spellings of the house style, except in what is quoted."""
        own = _OWN if _is_quoted(line, place) else (*_OWN, "text")
        fields = ((name, getattr(line, name, None)) for name in own)
        changed: dict[str, Any] = {
            name: apply_spellings(self._house, words) for name, words in fields if words
        }
        return replace(line, **changed)

    def _with_output_reasons(self, withheld: Withheld) -> Withheld:
        """``withheld`` with the reasons of the output filter too: readers of the evidence see the
        words of withheld lines, unless it has any."""
        known = {reason.message for reason in withheld.reasons}
        found = self._output_filter.objections(withheld.text)
        reasons = (*withheld.reasons, *(each for each in found if each.message not in known))
        return replace(withheld, reasons=reasons)

    def _verdict(self, item: DraftItem) -> Verdict | None:
        content = item.content
        if isinstance(content, DraftUnknown):
            return self._gap(content)
        if isinstance(content, DraftDifference):
            return self._difference(content)
        fit = [each for each in content.evidence if self._obstacle(each) is None]
        has_no_evidence = bool(content.evidence) and not fit
        if has_no_evidence or (
            isinstance(content, DraftQuote) and self._obstacle(content.quotation)
        ):
            return self._without_evidence(item, content)
        match content.model_copy(update={"evidence": fit}):
            case DraftQuote() as quote:
                verdict: Line | Withheld = self._quote(quote)
            case DraftCaution() as caution:
                verdict = self._caution(caution)
            case statement:
                verdict = self._stated(statement, item.place)
        if not isinstance(verdict, Line):
            return verdict
        own = () if _is_quoted(verdict, item.place) else (verdict.text,)
        written = " ".join((*own, *_may_be_reworded(verdict)))
        found = [*self._objections(verdict, item.place), *banned_word_reasons(self._house, written)]
        doubts = tuple(each for each in found if each.grade == "doubt")
        if len(doubts) < len(found):
            decisive = tuple(each for each in found if each not in doubts)
            return Withheld(item.place, verdict.text, decisive, tuple(content.evidence))
        return replace(verdict, doubts=(*verdict.doubts, *doubts))

    def _stated(self, content: DraftLine, section: Place) -> Line | Withheld:
        said = self._statement(content.text, content.evidence)
        speaker = content.speaker if content.voice == "attributed" else None
        found = findings(replace(said, speaker=speaker))
        # A headline has no room for a condition, and that of an earlier day may be over.
        if section in ("headline", "since"):
            found = tuple(
                replace(each, grade="doubt") if each.check == "conditions" else each
                for each in found
            )
        # Details are copied, so they must be found as they are; in a translation, by value. A
        # deadline may be in other words, which a judge decides.
        other_words: Grade = "doubt" if isinstance(content, DraftCommitment) else "proof"
        details = list(_details_to_check(content))
        found = (*found, *self._detail_faults(details, content.evidence, other_words))
        if decisive := proofs(found):
            return Withheld(section, content.text, decisive, tuple(content.evidence))
        line = with_days(self._line(content), self._library, said.language)
        return replace(line, doubts=found)

    def _caution(self, content: DraftCaution) -> Caution | Withheld:
        """A caution. It may put any words of a passage in quotation marks, not only quotations."""
        passages = self._passages(content.evidence)
        own = _QUOTED.sub(lambda found: _unquoted(found, passages), content.text)
        as_line = DraftLine(evidence=content.evidence, voice="outlet", speaker=None, text=own)
        noted = self._stated(as_line, "cautions")
        if isinstance(noted, Withheld):
            return replace(noted, text=content.text)
        text = content.text if noted.text == own else noted.text
        return Caution(
            text, noted.evidence, kind=content.kind, is_drafted=True, doubts=noted.doubts
        )

    def _difference(self, content: DraftDifference) -> Difference | Withheld:
        """The difference with the sides that passed; it is withheld with fewer than two."""
        verdicts = [self._verdict(DraftItem("key_points", side)) for side in content.sides]
        sides = tuple(each for each in verdicts if isinstance(each, Line))
        references = DraftItem("differences", content).references
        sources = {passage.document for side in sides for passage in side.evidence}
        if len(sides) < 2 or len(sources) < 2:
            reasons = [r for each in verdicts if isinstance(each, Withheld) for r in each.reasons]
            alone = Reason("references", "A difference needs two sources.")
            return Withheld("differences", content.about, tuple(reasons) or (alone,), references)
        doubts = tuple(doubt for side in sides for doubt in side.doubts)
        difference = Difference(content.about, sides, doubts=doubts)
        # "Deaths" has a capital because it stands first, and is no name.
        about = f"{content.about[:1].lower()}{content.about[1:]}"
        shown = [passage.reference for passage in difference.evidence]
        found = self._detail_faults([("words", about)], shown)
        found += self._output_filter.objections(content.about, difference.evidence)
        if stems(rest := _without_topic_words(content.about), self._source_language(difference)):
            found += self._own_words(difference, rest)
        found += banned_word_reasons(self._house, content.about)
        if found:
            return Withheld("differences", content.about, tuple(found), references)
        return difference

    def _gap(self, gap: DraftUnknown) -> Unknown | None:
        states_nothing = _is_gap(gap.text, self._documents, self._language)
        refused = self._output_filter.objections(gap.text)
        refused += banned_word_reasons(self._house, gap.text)
        text = apply_spellings(self._house, gap.text)
        return Unknown(gap.kind, text) if states_nothing and not refused else None

    def _obstacle(self, text: str) -> Unfit | None:
        reference = self._library.find(text)
        if reference is None:
            return None
        return unfit_reason(self._library[reference.label], reference.number)

    def _without_evidence(
        self, item: DraftItem, content: DraftLine | DraftQuote | DraftCaution
    ) -> Withheld:
        reasons = tuple(
            Reason("references", _WHY_NOT[why].format(each.strip(" []")))
            for each in dict.fromkeys(item.references)
            if (why := self._obstacle(each))
        )
        return Withheld(item.place, item.text, reasons, tuple(content.evidence))

    def _objections(self, line: Line, place: Place) -> Iterator[Reason]:
        for passage in line.evidence:
            if obstacle := self._obstacle(passage.reference):
                yield Reason("references", _WHY_NOT[obstacle].format(passage.reference))
        for words in (line.text, *detail_texts(line)):
            yield from self._output_filter.objections(words, line.evidence)
        if not line.is_source_wording:
            text = " ".join((line.text, *_may_be_reworded(line)))
            own = _without_topic_words(text) if place == "since" else text
            yield from self._own_words(line, own)
        if isinstance(line, Quote) and line.translation:
            yield from self._own_words(line, line.translation)
        if self._language in (None, self._source_language(line)):
            yield from self._uncopied_details(line)

    def _source_language(self, line: Line) -> str | None:
        return self._library[line.evidence[0].document].language

    def _uncopied_details(self, line: Line) -> Iterator[Reason]:
        """Yield a reason for every detail with words that the passages lack. An action may be in
        other words, which a judge decides."""
        language, loose = self._source_language(line), _may_be_reworded(line)
        texts = [passage.text for passage in line.evidence]
        known = {word for text in texts for word in stems(text, language)}
        for words in detail_texts(line):
            own = stems(words, language)
            is_copied = any(words in text for text in texts) or (own and known.issuperset(own))
            if not (is_copied or self._is_fuller_name(words, texts)):
                unknown = [w for w in own if not any(_is_stated(d, w) for d in self._documents)]
                is_said = len(unknown) < len(own)
                is_actor = isinstance(line, Commitment) and words == line.actor
                may_be = words in loose or (is_said and (is_actor or _names_nobody(words)))
                may_be = may_be and bool(own) and not _may_be_ordered(unknown, self._documents)
                grade: Grade = "doubt" if may_be else "proof"
                yield Reason("words", f"“{words}” is not in its passages.", grade)

    def _is_fuller_name(self, words: str, texts: Sequence[str]) -> bool:
        """Whether a document has the name ``words``, of which ``texts`` have the last word."""
        last = words.rsplit(maxsplit=1)[-1]
        is_there = any(re.search(rf"(?<!\w){re.escape(last)}(?!\w)", text) for text in texts)
        return last[:1].isupper() and is_there and any(words in d.text for d in self._documents)

    def _own_words(self, line: Line, text: str) -> Iterator[Reason]:
        """Yield the reasons that apply only to ``text`` in the writer's own words."""
        source = self._source_language(line)
        language = self._language or source
        if addresses_machine(text):
            yield Reason("output", "It is addressed to AI tools.")
        if is_untranslated(source, text, language):
            yield Reason("output", "It is not in the requested language.")
        # A caution and the name of a matter may have words that no source has ("unconfirmed", "the
        # death toll"), unless a source speaks to machines.
        may_have_others = isinstance(line, Caution | Difference)
        is_loose = may_have_others and not any(map(_has_machine_speech, self._documents))
        if language == source and not is_loose:
            yield from _grounding_reasons(text, self._documents, language)

    def _line(self, content: DraftLine) -> Line:
        passages = self._passages(content.evidence)
        copied = self._copied(content, passages)
        line = copied or Line(content.text, content.voice, content.speaker, passages)
        common = (line.text, line.voice, line.speaker, line.evidence)
        match content:
            case DraftCommitment(actor=actor, action=action, status=status):
                return Commitment(
                    *common, actor, action, content.deadline, content.condition, status
                )
            case DraftEvent(when=when):
                return Event(*common, when)
            case DraftFigure(figure=figure, unit=unit):
                return Figure(*common, figure, unit)
        return line

    def _copied(self, content: DraftLine, passages: tuple[Passage, ...]) -> Line | None:
        """A line with the source's own voice, if the text is a sentence of the source, perhaps
        without its dateline, or copies so much of one that it is shown as that sentence; else
        None."""
        for passage in passages:
            document = self._library[passage.document]
            number = document.number_at(passage.start)
            part = without_dateline(document, number)
            is_whole = document.text[slice(*part)] == content.text
            if is_whole or copies_at_length(content.text, passage):
                own = draft_sentence(document, number, part if is_whole else None)
                others = self._passages([*own.evidence, *content.evidence])
                reference = Reference(document.label, number)
                shown = document.cut(part, reference) if is_whole else passage
                evidence = (shown, *(each for each in others if each != passage))
                return Line(own.text, own.voice, own.speaker, evidence)
        return None

    def _quote(self, content: DraftQuote) -> Quote | Withheld:
        reference = self._library.find(content.quotation)
        references = (content.quotation, *content.evidence)
        if reference is None or reference.quotation is None:
            wrong = Reason(
                "references", f"“{content.quotation}” is not a quotation in the sources."
            )
            return Withheld("quotes", content.quotation, (wrong,), references)
        words = self._clipped(reference)
        # The sentence that the quotation begins in may name the speaker without being pointed at.
        sentence = self._library[reference.label].passage(reference.number)
        holders = self._passages(content.evidence) or (sentence,)
        found = self._detail_faults(
            [("attribution", content.speaker), ("attribution", content.role)],
            [passage.reference for passage in holders],
        )
        if found:
            return Withheld("quotes", words.text, tuple(found), references)
        return Quote(
            words.text,
            "attributed",
            content.speaker,
            (words, *holders),
            content.role,
            self._translation(content, reference, words),
        )

    def _clipped(self, reference: Reference) -> Passage:
        """A quotation, or its first sentences if all of it is too long."""
        whole = self._library.passage(reference)
        document = self._library[reference.label]
        span = clipped_quotation(document, Span(whole.start, whole.end), LONGEST_QUOTATION)
        return document.cut(span, reference) if span else whole

    def _translation(self, content: DraftQuote, reference: Reference, words: Passage) -> str | None:
        """The translation of a quotation; None if it fails a check, or the ``words`` shown are not
        all that it translates."""
        language = self._library[words.document].language
        is_needed = self._language not in (None, language)
        if not content.translation or not is_needed or self._library.passage(reference) != words:
            return None
        said = self._statement(content.translation, [content.quotation], is_detail=True)
        return None if proofs(findings(said)) else content.translation

    def _detail_faults(
        self,
        details: Sequence[tuple[CheckName, str | None]],
        references: Sequence[str],
        grade_of_other_words: Grade = "proof",
    ) -> list[Reason]:
        missing, passages = list[Reason](), self._passages(references)
        for check, words in details:
            if words is None or is_verbatim(words, passages):
                continue
            said = self._statement(words, references, is_detail=True)
            failed = proofs(findings(said))
            missing += failed
            if check in ("dates", "numbers") and not (failed or said.is_translation):
                message = f"“{words}” is not in the passage word for word."
                missing.append(Reason(check, message, grade_of_other_words))
        return missing

    def _statement(
        self, text: str, references: Sequence[str], *, is_detail: bool = False
    ) -> Statement:
        passages = self._passages(references)
        said = Statement.of_passages(
            text, passages, self._library, self._language, is_detail=is_detail
        )
        return replace(said, references=tuple(references))

    def _passages(self, references: Iterable[str]) -> tuple[Passage, ...]:
        found = (self._library.find(text) for text in references)
        passages = (self._library.passage(reference) for reference in found if reference)
        return tuple({(each.document, each.start, each.end): each for each in passages}.values())

    def compared_values(self, line: Line) -> tuple[CheckName, ...]:
        """Which checks by value had something of ``line`` to compare."""
        said = self._statement(line.text, [passage.reference for passage in line.evidence])
        return compared_values(said)


def _unquoted(quoted: re.Match[str], passages: Sequence[Passage]) -> str:
    """Words without their quotation marks, if a passage has them; a capital may differ."""
    words = quoted[1]
    is_there = any(words.casefold() in passage.text.casefold() for passage in passages)
    return words if is_there else quoted[0]


def _details_to_check(content: DraftLine) -> Iterator[tuple[CheckName, str | None]]:
    if content.voice == "attributed":
        yield "attribution", content.speaker
    match content:
        case DraftCommitment():
            yield from (("attribution", content.actor), ("words", content.action))
            yield from (("dates", content.deadline), ("words", content.condition))
        case DraftEvent():
            yield "dates", content.when
        case DraftFigure():
            yield from (("numbers", content.figure), ("numbers", content.unit))


def is_verbatim(words: str, passages: Sequence[Passage]) -> bool:
    """Whether a passage has ``words`` as they are, not cut from a longer word or number; a sign may
    stand beside a figure ("90%")."""
    before = r"(?<!\w)(?<!\d[.,])" * words[:1].isalnum()
    after = r"(?!\w)(?![.,]\d)" * words[-1:].isalnum()
    whole = re.compile(f"{before}{re.escape(words)}{after}")
    return any(whole.search(passage.text) for passage in passages)


def _misplaced(item: DraftItem) -> Withheld:
    wrong = Reason("output", "It does not fit the form of its section.")
    return Withheld(item.place, item.text, (wrong,), item.references)


def detail_texts(line: Line) -> Iterator[str]:
    """Yield every text of ``line`` that is shown beside its own."""
    yield from filter(None, (getattr(line, name, None) for name in (*_OWN, *_COPIED)))


def _names_nobody(words: str) -> bool:
    """Whether ``words`` have no name, as "An unnamed source"."""
    return not any(word[0].isupper() for word in words.split()[1:])


def _may_be_reworded(line: Line) -> tuple[str, ...]:
    """The details of ``line`` that a writer may put in other words."""
    if not isinstance(line, Commitment):
        return ()
    told = (line.action, line.deadline, line.condition)
    return tuple(words for words in told if words)
