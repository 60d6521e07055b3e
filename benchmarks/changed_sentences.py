"""How an English sentence is made to say something else, or the same in another way."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from hashlib import sha256
from itertools import pairwise
from typing import TypeVar

from bot.briefing.draft import Voice
from bot.briefing.text import count_words
from evals.cases import Article

# These are written apart from the lists that the checks use, on purpose: what a check has listed it
# always finds.

_RINGS: Mapping[str, str] = {
        "month": """January February March April May June July August September October November
            December""",
        "weekday": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
        "magnitude": "million billion",
        "currency": "dollars euros pounds crowns francs marks lira",
        "unit": """kilometres metres miles; tonnes kilograms; hours days; minutes seconds;
            weeks months years; hectares square_kilometres; gigawatts megawatts;
            centimetres millimetres""",
        "bound": "more_than less_than; at_least at_most; over under; up_to at_least",
        "direction": """rose fell; risen fallen; rise fall; increase decrease; increased decreased;
            higher lower; more fewer; more less; gained lost; climbed dropped; grow shrink;
            grew shrank; up down; before after; above below; earlier later; won lost; better worse;
            larger smaller; cheaper dearer; until since; raised lowered; north south""",
        "opposite": """approved rejected; convicted acquitted; opened closed; open closed;
            reopen close; supported opposed; supports opposes; agreed refused; began ended;
            largest smallest; highest lowest; most least; first last; allow forbid; welcomed
            criticised; arrested released; majority minority; confirmed denied; failed succeeded;
            in_favour_of against; shorter longer; extended shortened; shut opened; borrow lend;
            bought sold; expelled admitted; joined left; younger older; innocent guilty;
            accept refuse; keep close; warmest coldest; strongest weakest; appointed dismissed""",
        "digits": """two 2; three 3; four 4; five 5; six 6; seven 7; eight 8; nine 9; eleven 11;
            twelve 12; fourteen 14""",
    }  # fmt: skip
"""By kind of change: words that may stand in each other's place, ";" between the rings; a space
inside of one is written "_"."""
_REWRITES: Mapping[str, tuple[tuple[str, str], ...]] = {
        "negation_added": (
            (
                (
                    r"(?<!not )(?<!everyone )\b"
                    r"(is|was|were|are|has|had|have|will|would|could|may|must)(?! not?\b) "
                ),
                r"\1 not ",
            ),
            (r"\b(\w+s) (rose|fell|lost|won|agreed|began|received|struck|asked)\b", r"\1 never \2"),
        ),
        "negation_lost": (
            (r"\b(is|was|were|are|has|had|have|will|would|could|does|did|do|may|must|can) not ",
             r"\1 "),
            (r"\bnone of\b", "all of"),
            (r"\b[Nn]obody\b", "everybody"),
            (r"\bnever\b", "always"),
            (r"\bNot (all|everyone|everybody)\b", "All"),
            (r"\bwithout\b", "with"),
            (r"\bno (evidence|money|damage|pilot|defects)\b", r"much \1"),
            (r"\bcannot\b", "can"),
        ),
        "hedge_lost": (
            (r"\b(?:may|might|could)(?! not\b) ", "will "),
            (r"\b(?:allegedly|reportedly|probably) ", ""),
            (r"\bplans to\b", "will"),
            (r"\b(?:is|are) expected to\b", "will"),
            (r"\bis believed to have\b", "has"),
            (r"\bis said to have\b", "has"),
            (r"\bappear to show\b", "show"),
            (r"\bare trying to reach\b", "have reached"),
            (r"\bintend to\b", "will"),
            (r"\bwas expected to bring\b", "will bring"),
            (r"\bwas supposed to improve\b", "improved"),
            (r"\bthreatened to refuse\b", "refused"),
            (r"\bthreatened to close\b", "closed"),
        ),
        "condition_lost": (
            (r"^([^“”]+?),? (?:if|unless|provided that|but only after) [^“”]+\.$", r"\1."),
            (r"^If [^,“”]+, (?=[^“”]+$)", ""),
        ),
        "attribution_lost": (
            (r"^([^“”]+), (?:[^,“”]+, )?(?:[\w ’]+ said|according to [^,“”]+)(?: on \w+)?\.$",
             r"\1."),
            (r"^(?:[A-Z]\w+|The [a-z]+) (?:said|warned|believes) that (?=[^“”]+$)", ""),
        ),
        "points": (
            (r" percentage points", "%"),
            (r"(?<=by )(\d[\d.]*)%", r"\1 percentage points"),
        ),
        "trimmed": (
            (r", (?:which|where|because|although|who (?!asked|spoke|did|was)) [^,.“”]+\.$", "."),
            ((r", (?:which|where|who) (?!asked|spoke|did|was)[^,.“”]+,"
             r"(?= (?:said|has|have|was|is|are|will|may|wants|helped|owns)\b)"), ""),
            (r", most of (?:them|it) [^,.“”]+\.$", "."),
        ),
        "split": (
            (r"^([^“”]{30,}?), (?:and|while) (?!who|that)[^“”]+\.$", r"\1."),
            (r"^([^“”]{30,}?), but (?!only)[^“”]+\.$", r"\1."),
            (r"^([^“”]{30,}?); [^“”]+\.$", r"\1."),
        ),
        "reordered": (
            (r"^“([^”]+),” ([A-Z]\w+) (said|wrote|told \w+)\.$", r"\2 \3: “\1.”"),
            (r"^“([^”]+),” (?:said the|the) ([^,“”]+), ([A-Z]\w+ [A-Z]\w+)(?:, said)?[^“”]*\.$",
             r"\3, the \2, said: “\1.”"),
            (r"^“([^”]+),” said ([A-Z]\w+ [A-Z]\w+), [^“”]+$", r"\2 said: “\1.”"),
        ),
    }  # fmt: skip
"""By kind of change: what matches, and what is written instead, as in `re.Match.expand`."""
_NAME = r"(?<=[a-z,;] )[A-Z][a-z]{3,}\b"
_OUTSIDERS = ("Hargreaves", "Montcalm", "Okonkwo", "Petrossian", "Lindgren", "Aldermoor")
_FRAME = "An official said: “{}.”"
_GUARDED = (
    r"\b(?:not?|never|nobody|nothing|neither|none|but|may|might|could|would|if|unless|"
    r"cannot|without|only|until)\b|n’t\b"
)
_ABOUT = "about "
_EXACT = r"(?:about|than|least|most|to|of|some|almost|over|under|between|and|another|further)\s$"

_T = TypeVar("_T")

SEED = "readout"
"""Part of every choice: with another seed other claims are made of the same articles."""


def order(*key: object) -> int:
    """A number that follows from ``key`` alone, on any machine."""
    written = "\x00".join([SEED, *map(str, key)])
    return int.from_bytes(sha256(written.encode()).digest()[:8])


def choice(options: Sequence[_T], *key: object) -> _T:
    """One of ``options``, of which there is at least one."""
    return options[order(*key) % len(options)]


# Between two names or figures: then they stand side by side, and either order says the same.
_BESIDE = re.compile(r"[\s,–-]*(?:(?:and|to|or|и|до|et|à|և|و|from|the)\s*)?")
_QUOTED = re.compile(r"[“«]\s?([^“”«»]+?)\s?[”»]")


@dataclass(frozen=True)
class Sentence:
    """Sentence ``number`` of an article, counted from 1."""

    article: Article
    number: int

    @property
    def text(self) -> str:
        """Its words as written."""
        return self.article.document.sentence(self.number)

    @property
    def quotations(self) -> list[re.Match[str]]:
        """What stands in it between quotation marks, long enough to be no title."""
        return [each for each in _QUOTED.finditer(self.text) if count_words(each[1]) > 3]


@dataclass(frozen=True)
class Change:
    """Words made of a sentence, and ``what`` was done to them.

    ``also`` is another sentence that the claim points at. ``voice`` and ``speaker`` are what its
    writer says of it.
    """

    text: str
    what: str
    also: int | None = None
    voice: Voice | None = None
    speaker: str | None = None


Maker = Callable[[Sentence], Iterable[Change]]


def replaced(sentence: Sentence, match: re.Match[str], new: str, group: int = 0) -> Change:
    """``sentence`` with ``new`` where ``match`` is, or one ``group`` of it."""
    text = sentence.text
    start, end = match.span(group)
    changed = text[:start] + new + text[end:]
    return Change(changed[:1].upper() + changed[1:], f"{match[group]} → {new}")


def exchanged(sentence: Sentence, matches: Sequence[re.Match[str]]) -> Iterator[Change]:
    """``sentence`` with a match in the place of the next, and the next in its place."""
    text = sentence.text
    for one, other in pairwise(sorted(matches, key=lambda match: match.start())):
        between = text[one.end() : other.start()]
        if one[0] != other[0] and not _BESIDE.fullmatch(between):
            changed = text[: one.start()] + other[0] + between + one[0] + text[other.end() :]
            yield Change(changed, f"{one[0]} ↔ {other[0]}")


_NUMBER = re.compile(r"(?<![\w.,:-])\d+(?:[,  ]\d{3})*(?:[.,]\d{1,2})?(?![\w:]|[.,]\d|-\d)")
_YEAR = re.compile(r"(?<![\w.,-])(?:19|20)\d\d(?![\w.,]\d|\w)")
_GROUPED = re.compile(r"(?<![\w.,:-])(\d{1,3})([,  ])(\d{3})(?![\w:]|[.,  ]\d)")


def number_outside(sentence: Sentence) -> Iterator[Change]:
    """A number that the article does not have: another first digit."""
    known = set(_numbers(sentence.article.document.text))
    for match in _found(sentence):
        first = int(match[0][0])
        others = [str(digit) for digit in range(1, 10) if digit != first]
        written = [digit + match[0][1:] for digit in others]
        if outside := [number for number in written if number not in known]:
            yield replaced(sentence, match, choice(outside, sentence.text, match.start()))


def number_elsewhere(sentence: Sentence) -> Iterator[Change]:
    """A number that stands elsewhere in the article."""
    own = set(_numbers(sentence.text))
    others = sorted(set(_numbers(sentence.article.document.text)) - own)
    for match in _found(sentence):
        if others:
            yield replaced(sentence, match, choice(others, sentence.text, match.start()))


def numbers_exchanged(sentence: Sentence) -> Iterator[Change]:
    """Two numbers of the sentence, each in the other's place."""
    return exchanged(sentence, _found(sentence))


def year(sentence: Sentence) -> Iterator[Change]:
    """The year before or after."""
    for match in _YEAR.finditer(sentence.text):
        shift = choice((-1, 1), sentence.text, match.start())
        if str(int(match[0]) + shift) not in sentence.text:
            yield replaced(sentence, match, str(int(match[0]) + shift))


def rounded(sentence: Sentence) -> Iterator[Change]:
    """A number of three digits or more with two that count, and "about" before it."""
    if re.search(r"[“«]", sentence.text):
        return
    for match in _found(sentence):
        before = sentence.text[: match.start()]
        rounder = _rounder(match[0])
        if rounder and not re.search(_EXACT, before, re.IGNORECASE):
            yield replaced(sentence, match, f"{_ABOUT}{rounder}")


def regrouped(sentence: Sentence) -> Iterator[Change]:
    """A number without what stands between its thousands."""
    for match in _GROUPED.finditer(sentence.text):
        yield replaced(sentence, match, match[1] + match[3])


def _rounder(written: str) -> str | None:
    """``written`` with two digits that count; None where it has no more than those."""
    mark = re.search(r"[.,](?=\d{1,2}$)", written)
    value = Decimal(re.sub(r"[,  ]", "", written.replace(mark[0], ".") if mark else written))
    last = Decimal(1).scaleb(value.adjusted() - 1)
    rounder = value.quantize(last, ROUND_HALF_UP)
    if rounder == value or value < 10:
        return None
    return f"{rounder:f}".replace(".", mark[0]) if mark else str(int(rounder))


def _found(sentence: Sentence) -> list[re.Match[str]]:
    found = _NUMBER.finditer(sentence.text)
    numbers = [match for match in found if not _YEAR.fullmatch(match[0])]
    return sorted(numbers, key=lambda match: order(sentence.text, match.start()))


def _numbers(text: str) -> list[str]:
    return [each for each in _NUMBER.findall(text) if not _YEAR.fullmatch(each)]


def name_outside(sentence: Sentence) -> Iterator[Change]:
    """A name that the article does not have."""
    for match in names(sentence):
        yield replaced(sentence, match, choice(_OUTSIDERS, sentence.text, match[0]))


def name_elsewhere(sentence: Sentence) -> Iterator[Change]:
    """Another name of the article, of which the sentence has no part."""
    text = sentence.article.document.text
    known = set(re.findall(_NAME, text)) - _DATES
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
    found = re.finditer(_NAME, sentence.text)
    return [match for match in found if match[0] not in _DATES]


_DATES = {word for kind in ("month", "weekday") for word in _RINGS[kind].split()}


_WORD = re.compile(r"[^\W\d_]{4,}")
_TYPOGRAPHY = str.maketrans({"“": '"', "”": '"', "«": "“", "»": "”", "’": "'", "–": "-"})


def word_changed(sentence: Sentence) -> Iterator[Change]:
    """A word inside a quotation is another of the article."""
    known = sorted(set(re.findall(r"(?<= )[^\W\d_A-Z]{5,}(?= )", sentence.article.document.text)))
    for quotation in sentence.quotations:
        others = [word for word in known if word not in sentence.text]
        for word in _inner(quotation):
            new = choice(others, sentence.text, word.start())
            yield _with(sentence, quotation, word, new)


def word_dropped(sentence: Sentence) -> Iterator[Change]:
    """A word inside a quotation is left out."""
    for quotation in sentence.quotations:
        for word in _inner(quotation):
            change = _with(sentence, quotation, word, "")
            yield Change(change.text.replace("  ", " "), f"{word[0]} left out")


def narration_quoted(sentence: Sentence) -> Iterator[Change]:
    """What the article tells is put between quotation marks."""
    if not re.search(r"[“”«»]", sentence.text) and count_words(sentence.text) > 6:
        yield Change(_FRAME.format(sentence.text.rstrip(".։")), "quoted")


def elided(sentence: Sentence) -> Iterator[Change]:
    """Two words in the middle of a quotation are "…"; none of them denies or hedges."""
    for quotation in sentence.quotations:
        words = quotation[1].split(" ")
        for at in range(2, len(words) - 4):
            cut = " ".join(words[at : at + 2])
            if not _is_guarded(cut) and not re.search(r"[.,;\d]", cut):
                shorter = " ".join([*words[:at], "…", *words[at + 2 :]])
                yield _requoted(sentence, quotation, shorter, f"{cut} → …")


def bracketed(sentence: Sentence) -> Iterator[Change]:
    """A word of a quotation stands in square brackets."""
    for quotation in sentence.quotations:
        for word in _inner(quotation):
            yield _with(sentence, quotation, word, f"[{word[0]}]")


def shortened(sentence: Sentence) -> Iterator[Change]:
    """A quotation ends sooner; what it loses neither denies nor hedges."""
    for quotation in sentence.quotations:
        words = quotation[1].split(" ")
        for kept in range(4, len(words)):
            lost = " ".join(words[kept:])
            if len(words[kept - 1]) > 3 and not _is_guarded(lost):
                piece = " ".join(words[:kept]).rstrip(",;:—–")
                yield _requoted(sentence, quotation, piece, f"without {lost}")


def retypeset(sentence: Sentence) -> Iterator[Change]:
    """Other quotation marks, apostrophes, dashes and spaces."""
    text = re.sub(r"(?<=\d) (?=[^\W\d])", "\N{NO-BREAK SPACE}", sentence.text)
    changed = text.translate(_TYPOGRAPHY)
    if changed != sentence.text:
        yield Change(changed, "typography")


def _inner(quotation: re.Match[str]) -> list[re.Match[str]]:
    """The words of a quotation but its first and last."""
    return list(_WORD.finditer(quotation[1]))[1:-1]


def _with(sentence: Sentence, quotation: re.Match[str], word: re.Match[str], new: str) -> Change:
    words = quotation[1][: word.start()] + new + quotation[1][word.end() :]
    return _requoted(sentence, quotation, words, f"{word[0]} → {new}")


def _requoted(sentence: Sentence, quotation: re.Match[str], words: str, what: str) -> Change:
    text = sentence.text
    return Change(text[: quotation.start(1)] + words + text[quotation.end(1) :], what)


def _is_guarded(words: str) -> bool:
    return re.search(_GUARDED, words, re.IGNORECASE) is not None


# What would make the word a part of a longer one, or its number of a longer number.
_NOT_BEHIND = r"(?<![\w’'.,:-])"
_NOT_BEFORE = r"(?![\w’':-]|[.,]\d|\s?%|\s\d{3}(?!\d))"


def swapped(kind: str) -> Maker:
    """What puts another word of the ``kind``'s ring in a word's place."""

    def make(sentence: Sentence) -> Iterator[Change]:
        for ring in _rings(_RINGS.get(kind, "")):
            for match in _any_of(ring).finditer(sentence.text):
                others = [word for word in ring if word != match[0]]
                if len(ring) > 2:
                    others = [word for word in others if word not in sentence.text]
                if others:
                    key = (sentence.article.name, sentence.number, match.start())
                    yield replaced(sentence, match, choice(others, *key))

    return make


def rewritten(kind: str) -> Maker:
    """What writes a phrase as the ``kind``'s table has it."""

    def make(sentence: Sentence) -> Iterator[Change]:
        for pattern, written in _REWRITES.get(kind, ()):
            for match in re.finditer(pattern, sentence.text):
                yield replaced(sentence, match, match.expand(written))

    return make


@cache
def _rings(written: str) -> tuple[tuple[str, ...], ...]:
    rings = (ring.split() for ring in written.split(";"))
    return tuple(tuple(word.replace("_", " ") for word in ring) for ring in rings if ring)


@cache
def _any_of(ring: tuple[str, ...]) -> re.Pattern[str]:
    words = "|".join(map(re.escape, sorted(ring, key=len, reverse=True)))
    return re.compile(f"{_NOT_BEHIND}(?:{words}){_NOT_BEFORE}")


def _in_other_digits(sentence: Sentence) -> Iterator[Change]:
    """A small number in words instead of digits, or the reverse, in no quotation."""
    return iter(() if sentence.quotations else swapped("digits")(sentence))


def _verbatim(sentence: Sentence) -> Iterator[Change]:
    yield Change(sentence.text, "verbatim")


CORRUPTIONS: dict[str, Maker] = {
    "number_outside": number_outside,
    "number_elsewhere": number_elsewhere,
    "numbers_exchanged": numbers_exchanged,
    "magnitude": swapped("magnitude"),
    "currency": swapped("currency"),
    "unit": swapped("unit"),
    "points": rewritten("points"),
    "bound": swapped("bound"),
    "year": year,
    "month": swapped("month"),
    "weekday": swapped("weekday"),
    "name_outside": name_outside,
    "name_elsewhere": name_elsewhere,
    "name_misspelt": name_misspelt,
    "negation_added": rewritten("negation_added"),
    "negation_lost": rewritten("negation_lost"),
    "opposite": swapped("opposite"),
    "direction": swapped("direction"),
    "hedge_lost": rewritten("hedge_lost"),
    "condition_lost": rewritten("condition_lost"),
    "attribution_lost": rewritten("attribution_lost"),
    "quotation_changed": word_changed,
    "quotation_cut": word_dropped,
    "narration_quoted": narration_quoted,
}
"""By kind of error, what makes it."""

HONEST: dict[str, Maker] = {
    "ok_verbatim": _verbatim,
    "ok_trimmed": rewritten("trimmed"),
    "ok_split": rewritten("split"),
    "ok_reordered": rewritten("reordered"),
    "ok_typography": retypeset,
    "ok_elided": elided,
    "ok_bracketed": bracketed,
    "ok_shortened": shortened,
    "ok_number_words": _in_other_digits,
    "ok_number_format": regrouped,
    "ok_rounded": rounded,
}
"""By kind of honest change, what makes it."""
