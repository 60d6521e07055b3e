"""Changes English sentences so that they say something else, or the same in other words."""

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

# These are deliberately separate from the lists of the checks, which would always find their own.

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
"""By kind of change: rings of words that may replace each other, separated by ";"; "_" stands for a
space in one."""
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
"""By kind of change: patterns and their replacements, as in `re.Match.expand`."""
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
"""Part of every choice: another seed makes other claims from the same articles."""


def stable_hash(*key: object) -> int:
    """A hash of ``key`` that is the same on any machine."""
    written = "\x00".join([SEED, *map(str, key)])
    return int.from_bytes(sha256(written.encode()).digest()[:8])


def choice(options: Sequence[_T], *key: object) -> _T:
    """One of ``options`` (not empty), chosen by ``key``."""
    return options[stable_hash(*key) % len(options)]


# Between two names or figures that are a list: then their order doesn't matter.
_LIST_SEPARATOR = re.compile(r"[\s,–-]*(?:(?:and|to|or|и|до|et|à|և|و|from|the)\s*)?")
_QUOTED = re.compile(r"[“«]\s?([^“”«»]+?)\s?[”»]")


@dataclass(frozen=True)
class Sentence:
    """Sentence ``number`` of an article, counted from 1."""

    article: Article
    number: int

    @property
    def text(self) -> str:
        """Its words."""
        return self.article.document.sentence(self.number)

    @property
    def quotations(self) -> list[re.Match[str]]:
        """The quotations in it that are too long to be a title."""
        return [each for each in _QUOTED.finditer(self.text) if count_words(each[1]) > 3]


@dataclass(frozen=True)
class Change:
    """A changed sentence, and ``what`` was changed.

    ``also`` is another sentence that the claim cites. ``voice`` and ``speaker`` are those that the
    writer states.
    """

    text: str
    what: str
    also: int | None = None
    voice: Voice | None = None
    speaker: str | None = None


Maker = Callable[[Sentence], Iterable[Change]]


def replace_match(sentence: Sentence, match: re.Match[str], new: str, group: int = 0) -> Change:
    """``sentence`` with ``new`` in place of ``match``, or of one ``group`` of it."""
    text = sentence.text
    start, end = match.span(group)
    changed = text[:start] + new + text[end:]
    return Change(changed[:1].upper() + changed[1:], f"{match[group]} → {new}")


def exchange_neighbours(sentence: Sentence, matches: Sequence[re.Match[str]]) -> Iterator[Change]:
    """``sentence`` with two neighbouring matches exchanged."""
    text = sentence.text
    for one, other in pairwise(sorted(matches, key=lambda match: match.start())):
        between = text[one.end() : other.start()]
        if one[0] != other[0] and not _LIST_SEPARATOR.fullmatch(between):
            changed = text[: one.start()] + other[0] + between + one[0] + text[other.end() :]
            yield Change(changed, f"{one[0]} ↔ {other[0]}")


_NUMBER = re.compile(r"(?<![\w.,:-])\d+(?:[,  ]\d{3})*(?:[.,]\d{1,2})?(?![\w:]|[.,]\d|-\d)")
_YEAR = re.compile(r"(?<![\w.,-])(?:19|20)\d\d(?![\w.,]\d|\w)")
_GROUPED = re.compile(r"(?<![\w.,:-])(\d{1,3})([,  ])(\d{3})(?![\w:]|[.,  ]\d)")


def number_outside(sentence: Sentence) -> Iterator[Change]:
    """A number that isn't in the article: one with another first digit."""
    known = set(_numbers(sentence.article.document.text))
    for match in _number_matches(sentence):
        first = int(match[0][0])
        others = [str(digit) for digit in range(1, 10) if digit != first]
        written = [digit + match[0][1:] for digit in others]
        if outside := [number for number in written if number not in known]:
            yield replace_match(sentence, match, choice(outside, sentence.text, match.start()))


def number_elsewhere(sentence: Sentence) -> Iterator[Change]:
    """A number from elsewhere in the article."""
    own = set(_numbers(sentence.text))
    others = sorted(set(_numbers(sentence.article.document.text)) - own)
    for match in _number_matches(sentence):
        if others:
            yield replace_match(sentence, match, choice(others, sentence.text, match.start()))


def numbers_exchanged(sentence: Sentence) -> Iterator[Change]:
    """Two numbers of the sentence exchanged."""
    return exchange_neighbours(sentence, _number_matches(sentence))


def year(sentence: Sentence) -> Iterator[Change]:
    """The year before or after."""
    for match in _YEAR.finditer(sentence.text):
        shift = choice((-1, 1), sentence.text, match.start())
        if str(int(match[0]) + shift) not in sentence.text:
            yield replace_match(sentence, match, str(int(match[0]) + shift))


def rounded(sentence: Sentence) -> Iterator[Change]:
    """A number rounded to two digits, with "about" before it."""
    if re.search(r"[“«]", sentence.text):
        return
    for match in _number_matches(sentence):
        before = sentence.text[: match.start()]
        rounder = _rounder(match[0])
        if rounder and not re.search(_EXACT, before, re.IGNORECASE):
            yield replace_match(sentence, match, f"{_ABOUT}{rounder}")


def regrouped(sentence: Sentence) -> Iterator[Change]:
    """A number without its thousands separator."""
    for match in _GROUPED.finditer(sentence.text):
        yield replace_match(sentence, match, match[1] + match[3])


def _rounder(written: str) -> str | None:
    """``written`` rounded to two digits; None if it has no more."""
    mark = re.search(r"[.,](?=\d{1,2}$)", written)
    value = Decimal(re.sub(r"[,  ]", "", written.replace(mark[0], ".") if mark else written))
    last = Decimal(1).scaleb(value.adjusted() - 1)
    rounder = value.quantize(last, ROUND_HALF_UP)
    if rounder == value or value < 10:
        return None
    return f"{rounder:f}".replace(".", mark[0]) if mark else str(int(rounder))


def _number_matches(sentence: Sentence) -> list[re.Match[str]]:
    found = _NUMBER.finditer(sentence.text)
    numbers = [match for match in found if not _YEAR.fullmatch(match[0])]
    return sorted(numbers, key=lambda match: stable_hash(sentence.text, match.start()))


def _numbers(text: str) -> list[str]:
    return [each for each in _NUMBER.findall(text) if not _YEAR.fullmatch(each)]


def name_outside(sentence: Sentence) -> Iterator[Change]:
    """A name that isn't in the article."""
    for match in names(sentence):
        yield replace_match(sentence, match, choice(_OUTSIDERS, sentence.text, match[0]))


def name_elsewhere(sentence: Sentence) -> Iterator[Change]:
    """Another name from the article that isn't in the sentence."""
    text = sentence.article.document.text
    known = set(re.findall(_NAME, text)) - _DATES
    others = sorted(name for name in known if name[:4] not in sentence.text)
    for match in names(sentence):
        if others:
            yield replace_match(sentence, match, choice(others, sentence.text, match[0]))


def name_misspelt(sentence: Sentence) -> Iterator[Change]:
    """A name with two inner letters exchanged, away from its end."""
    for match in names(sentence):
        name = match[0]
        places = [i for i in range(1, len(name) * 2 // 3) if name[i] != name[i + 1]]
        if places:
            at = choice(places, sentence.text, name)
            yield replace_match(
                sentence, match, name[:at] + name[at + 1] + name[at] + name[at + 2 :]
            )


def names(sentence: Sentence) -> list[re.Match[str]]:
    """The names inside ``sentence``, word by word."""
    found = re.finditer(_NAME, sentence.text)
    return [match for match in found if match[0] not in _DATES]


_DATES = {word for kind in ("month", "weekday") for word in _RINGS[kind].split()}


_WORD = re.compile(r"[^\W\d_]{4,}")
_TYPOGRAPHY = str.maketrans({"“": '"', "”": '"', "«": "“", "»": "”", "’": "'", "–": "-"})


def word_changed(sentence: Sentence) -> Iterator[Change]:
    """A word inside a quotation replaced with another from the article."""
    known = sorted(set(re.findall(r"(?<= )[^\W\d_A-Z]{5,}(?= )", sentence.article.document.text)))
    for quotation in sentence.quotations:
        others = [word for word in known if word not in sentence.text]
        for word in _inner(quotation):
            new = choice(others, sentence.text, word.start())
            yield _replace_word(sentence, quotation, word, new)


def word_dropped(sentence: Sentence) -> Iterator[Change]:
    """A word inside a quotation left out."""
    for quotation in sentence.quotations:
        for word in _inner(quotation):
            change = _replace_word(sentence, quotation, word, "")
            yield Change(change.text.replace("  ", " "), f"{word[0]} left out")


def narration_quoted(sentence: Sentence) -> Iterator[Change]:
    """Words of the article itself turned into a quotation."""
    if not re.search(r"[“”«»]", sentence.text) and count_words(sentence.text) > 6:
        yield Change(_FRAME.format(sentence.text.rstrip(".։")), "quoted")


def elided(sentence: Sentence) -> Iterator[Change]:
    """Two words in the middle of a quotation replaced with "…"; neither denies or hedges."""
    for quotation in sentence.quotations:
        words = quotation[1].split(" ")
        for at in range(2, len(words) - 4):
            cut = " ".join(words[at : at + 2])
            if not _is_guarded(cut) and not re.search(r"[.,;\d]", cut):
                shorter = " ".join([*words[:at], "…", *words[at + 2 :]])
                yield _replace_quotation(sentence, quotation, shorter, f"{cut} → …")


def bracketed(sentence: Sentence) -> Iterator[Change]:
    """A word of a quotation in square brackets."""
    for quotation in sentence.quotations:
        for word in _inner(quotation):
            yield _replace_word(sentence, quotation, word, f"[{word[0]}]")


def shortened(sentence: Sentence) -> Iterator[Change]:
    """A quotation cut short; the lost words neither deny nor hedge."""
    for quotation in sentence.quotations:
        words = quotation[1].split(" ")
        for kept in range(4, len(words)):
            lost = " ".join(words[kept:])
            if len(words[kept - 1]) > 3 and not _is_guarded(lost):
                piece = " ".join(words[:kept]).rstrip(",;:—–")
                yield _replace_quotation(sentence, quotation, piece, f"without {lost}")


def retypeset(sentence: Sentence) -> Iterator[Change]:
    """Other quotation marks, apostrophes, dashes and spaces."""
    text = re.sub(r"(?<=\d) (?=[^\W\d])", "\N{NO-BREAK SPACE}", sentence.text)
    changed = text.translate(_TYPOGRAPHY)
    if changed != sentence.text:
        yield Change(changed, "typography")


def _inner(quotation: re.Match[str]) -> list[re.Match[str]]:
    """The words of a quotation except the first and last."""
    return list(_WORD.finditer(quotation[1]))[1:-1]


def _replace_word(
    sentence: Sentence, quotation: re.Match[str], word: re.Match[str], new: str
) -> Change:
    words = quotation[1][: word.start()] + new + quotation[1][word.end() :]
    return _replace_quotation(sentence, quotation, words, f"{word[0]} → {new}")


def _replace_quotation(
    sentence: Sentence, quotation: re.Match[str], words: str, what: str
) -> Change:
    text = sentence.text
    return Change(text[: quotation.start(1)] + words + text[quotation.end(1) :], what)


def _is_guarded(words: str) -> bool:
    return re.search(_GUARDED, words, re.IGNORECASE) is not None


# These exclude words that are part of a longer word, and numbers that are part of a longer number.
_NOT_AFTER = r"(?<![\w’'.,:-])"
_NOT_BEFORE = r"(?![\w’':-]|[.,]\d|\s?%|\s\d{3}(?!\d))"


def swap_words(kind: str) -> Maker:
    """A maker that replaces a word with another from its ring of that ``kind``."""

    def make(sentence: Sentence) -> Iterator[Change]:
        for ring in _rings(_RINGS.get(kind, "")):
            for match in _any_of(ring).finditer(sentence.text):
                others = [word for word in ring if word != match[0]]
                if len(ring) > 2:
                    others = [word for word in others if word not in sentence.text]
                if others:
                    key = (sentence.article.name, sentence.number, match.start())
                    yield replace_match(sentence, match, choice(others, *key))

    return make


def rewrite_phrases(kind: str) -> Maker:
    """A maker that applies the rewrites of that ``kind``."""

    def make(sentence: Sentence) -> Iterator[Change]:
        for pattern, written in _REWRITES.get(kind, ()):
            for match in re.finditer(pattern, sentence.text):
                yield replace_match(sentence, match, match.expand(written))

    return make


@cache
def _rings(written: str) -> tuple[tuple[str, ...], ...]:
    rings = (ring.split() for ring in written.split(";"))
    return tuple(tuple(word.replace("_", " ") for word in ring) for ring in rings if ring)


@cache
def _any_of(ring: tuple[str, ...]) -> re.Pattern[str]:
    words = "|".join(map(re.escape, sorted(ring, key=len, reverse=True)))
    return re.compile(f"{_NOT_AFTER}(?:{words}){_NOT_BEFORE}")


def _in_other_digits(sentence: Sentence) -> Iterator[Change]:
    """A small number in words instead of digits, or the reverse, outside quotations."""
    return iter(() if sentence.quotations else swap_words("digits")(sentence))


def _verbatim(sentence: Sentence) -> Iterator[Change]:
    yield Change(sentence.text, "verbatim")


CORRUPTIONS: dict[str, Maker] = {
    "number_outside": number_outside,
    "number_elsewhere": number_elsewhere,
    "numbers_exchanged": numbers_exchanged,
    "magnitude": swap_words("magnitude"),
    "currency": swap_words("currency"),
    "unit": swap_words("unit"),
    "points": rewrite_phrases("points"),
    "bound": swap_words("bound"),
    "year": year,
    "month": swap_words("month"),
    "weekday": swap_words("weekday"),
    "name_outside": name_outside,
    "name_elsewhere": name_elsewhere,
    "name_misspelt": name_misspelt,
    "negation_added": rewrite_phrases("negation_added"),
    "negation_lost": rewrite_phrases("negation_lost"),
    "opposite": swap_words("opposite"),
    "direction": swap_words("direction"),
    "hedge_lost": rewrite_phrases("hedge_lost"),
    "condition_lost": rewrite_phrases("condition_lost"),
    "attribution_lost": rewrite_phrases("attribution_lost"),
    "quotation_changed": word_changed,
    "quotation_cut": word_dropped,
    "narration_quoted": narration_quoted,
}
"""The makers of errors, by kind."""

HONEST: dict[str, Maker] = {
    "ok_verbatim": _verbatim,
    "ok_trimmed": rewrite_phrases("trimmed"),
    "ok_split": rewrite_phrases("split"),
    "ok_reordered": rewrite_phrases("reordered"),
    "ok_typography": retypeset,
    "ok_elided": elided,
    "ok_bracketed": bracketed,
    "ok_shortened": shortened,
    "ok_number_words": _in_other_digits,
    "ok_number_format": regrouped,
    "ok_rounded": rounded,
}
"""The makers of honest changes, by kind."""
