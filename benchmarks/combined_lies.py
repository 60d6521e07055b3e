"""Lies made from several sentences, or in other fields than a line's text.

Two sentences blended, with both cited; a cause from elsewhere; words of the article in other
places; quotations joined, cut or invented; and items with one false field.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from typing import TypeVar

from benchmarks.changed_sentences import Change, Maker, Sentence, choice, stable_hash
from bot.briefing.documents import Document
from bot.briefing.draft import DraftCommitment, DraftEvent, DraftFigure, DraftItem, DraftQuote
from bot.briefing.speech import draft_sentence
from bot.briefing.text import count_words

_VERB = re.compile(r" (?=(?:is|was|were|are|has|had|have|will|said|says|told|can|could)\b)")
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{2,}(?: [A-Z][a-z]+)*")
_NUMBER = re.compile(r"(?<![\w.,:-])[$£€]?\d[\d,]*(?:\.\d+)?(?![\w:-])")
_NOUN = re.compile(r"(?<=\bthe )[a-z]{4,}(?=[ ,.])")
_PAST = re.compile(r"(?<=[a-z] )[a-z]{3,}ed(?= (?:the|an?|to|by|in|on|its|his|her|their)\b)")
_PLAIN_QUOTE = re.compile(r"[“\"]([^“”\"]{25,}?)[”\"]")
_DENIES = re.compile(r"\b(?:not|never|no)\b|n[’']t\b")
_TURNS = re.compile(r",? (?:but|if|unless|until|although|except)\b")
_SPEAKER = re.compile(r"\b([A-Z][a-z]+ [A-Z][a-z]+)\b")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")

_T = TypeVar("_T")


def _others(sentence: Sentence) -> list[int]:
    """A few other sentences of the article, not so near that the repair would cite this one."""
    last = len(sentence.article.document.sentences)
    rest = [n for n in range(1, last + 1) if abs(n - sentence.number) > 2]
    return sorted(rest, key=lambda n: stable_hash(sentence.text, n))[:4]


def blend(sentence: Sentence) -> Iterator[Change]:
    """The subject of one sentence with the predicate of another."""
    document, verb = sentence.article.document, _VERB.search(sentence.text)
    for number in _others(sentence) if verb and verb.start() < 60 else ():
        other = document.sentence(number)
        tail = _VERB.search(other)
        if verb and tail and 0 < tail.start() < 60:
            subject = sentence.text[: verb.start()]
            if subject not in other:
                yield Change(subject + other[tail.start() :], "blended", also=number)


def invent_cause(sentence: Sentence) -> Iterator[Change]:
    """Another sentence as the cause of this one."""
    for number in _others(sentence):
        other = sentence.article.document.sentence(number)
        if sentence.text[-1] == "." and not re.search(r"[“”\"]", sentence.text + other):
            cause = other if _NAME.match(f"a {other}", 2) else other[0].lower() + other[1:]
            yield Change(f"{sentence.text[:-1]}, because {cause}", "cause", also=number)


def word_from_elsewhere(pattern: re.Pattern[str], *, is_cited: bool) -> Maker:
    """A maker that replaces a word with one of the same kind from elsewhere in the article."""

    def make(sentence: Sentence) -> Iterator[Change]:
        for match in pattern.finditer(sentence.text):
            if any(q.start() <= match.start() < q.end() for q in sentence.quotations):
                continue
            for number in _others(sentence):
                other = pattern.search(sentence.article.document.sentence(number))
                if other and other[0][:4] not in sentence.text:
                    text = sentence.text
                    text = text[: match.start()] + other[0] + text[match.end() :]
                    what = f"{match[0]} → {other[0]}"
                    yield Change(text, what, also=number if is_cited else None)

    return make


def wrong_reference(sentence: Sentence) -> Iterator[Change]:
    """A true sentence that cites another one."""
    for number in _others(sentence):
        yield Change(sentence.text, "points elsewhere", also=number)


def quotation_invented(sentence: Sentence) -> Iterator[Change]:
    """An invented quotation of somebody in the sentence."""
    for match in islice(_SPEAKER.finditer(sentence.text), 1):
        invented = "We have always known that this would happen"
        yield Change(f"{match[1]} said: “{invented}.”", "invented", None, "attributed", match[1])


def quotation_reversed(sentence: Sentence) -> Iterator[Change]:
    """The part of a quotation after its "not"."""
    for quotation in _PLAIN_QUOTE.finditer(sentence.text):
        for match in islice(_DENIES.finditer(quotation[1]), 1):
            rest = quotation[1][match.end() :].strip(" ,.")
            if count_words(rest) > 3:
                yield Change(f"“{rest},” he said.", "behind the not", voice="attributed")


def quotation_cut_short(sentence: Sentence) -> Iterator[Change]:
    """A quotation that ends before its "but" or its condition."""
    for quotation in _PLAIN_QUOTE.finditer(sentence.text):
        for match in islice(_TURNS.finditer(quotation[1]), 1):
            rest = quotation[1][: match.start()]
            if count_words(rest) > 3:
                yield Change(sentence.text.replace(quotation[1], f"{rest}."), "before the but")


def quotations_joined(sentence: Sentence) -> Iterator[Change]:
    """The beginning of one quotation joined with the end of another."""
    document = sentence.article.document
    for quotation in _PLAIN_QUOTE.finditer(sentence.text):
        for number in range(sentence.number + 2, len(document.sentences) + 1):
            other = _PLAIN_QUOTE.search(document.sentence(number))
            if other:
                first, last = quotation[1].split()[:6], other[1].split()[-6:]
                joined = f"“{' '.join(first)} … {' '.join(last)}” he said."
                yield Change(joined, "joined", number, "attributed")


def speaker_in_its_field(sentence: Sentence) -> Iterator[Change]:
    """Another person of the article in the field for the speaker."""
    names = sorted(set(_SPEAKER.findall(sentence.article.document.text)))
    others = [name for name in names if not set(name.split()) & set(sentence.text.split())]
    for quotation in _PLAIN_QUOTE.finditer(sentence.text) if others else ():
        words, speaker = quotation[1].strip(" ,."), choice(others, sentence.text)
        yield Change(f"“{words}” is how it was put.", "field", None, "attributed", speaker)


LIES: Mapping[str, Maker] = {
    "subject_of_another": blend,
    "cause_of_another": invent_cause,
    "name_of_another_cited": word_from_elsewhere(_NAME, is_cited=True),
    "number_of_another_cited": word_from_elsewhere(_NUMBER, is_cited=True),
    "noun_of_another_cited": word_from_elsewhere(_NOUN, is_cited=True),
    "verb_of_another": word_from_elsewhere(_PAST, is_cited=False),
    "wrong_reference": wrong_reference,
    "quotation_invented": quotation_invented,
    "quotation_reversed": quotation_reversed,
    "quotation_cut_short": quotation_cut_short,
    "quotations_joined": quotations_joined,
    "speaker_in_its_field": speaker_in_its_field,
}
"""The makers of these lies, by kind."""


def entries(
    document: Document,
    sentences: Sequence[Sentence],
    make_item: Callable[[str, DraftItem], _T],
) -> Iterator[_T]:
    """Quotes, events, figures and commitments with one false field."""
    names = sorted(set(_SPEAKER.findall(document.text)))
    for sentence in sentences[::6]:
        common = draft_sentence(document, sentence.number).model_dump()
        for number, _ in enumerate(document.quotations_in(sentence.number)[:1], 1):
            others = [name for name in names if name.split()[-1] not in sentence.text]
            if others:
                quote = DraftQuote(
                    quotation=f"{document.label}{sentence.number}q{number}",
                    evidence=[f"{document.label}{sentence.number}"],
                    speaker=choice(others, sentence.text),
                    role="chief witness",
                )
                yield make_item("quote_speaker", DraftItem("quotes", quote))
        for match in islice(_YEAR.finditer(sentence.text), 1):
            event = DraftEvent(**common, when=str(int(match[0]) + 1))
            yield make_item("event_when", DraftItem("timeline", event))
        for match in islice(_NUMBER.finditer(sentence.text), 1):
            if "tonnes" not in sentence.text:
                figure = DraftFigure(**common, figure=match[0], unit="tonnes")
                yield make_item("figure_unit", DraftItem("figures", figure))
            more = DraftFigure(**common, figure=f"1{match[0]}", unit=None)
            yield make_item("figure_value", DraftItem("figures", more))
        for match in islice(
            re.finditer(r"\b(?:agreed|promised|pledged) to ([^,.]+)", sentence.text), 1
        ):
            commitment = DraftCommitment(
                **common,
                actor="Helsinki",
                action=match[1],
                deadline="next Friday",
                condition=None,
                status="agreed",
            )
            yield make_item("commitment_actor", DraftItem("commitments", commitment))  # fmt: skip
