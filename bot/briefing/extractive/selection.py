"""The sentences that an extractive briefing shows: the one that leads, and those that add most."""

import math
import re
from collections import Counter
from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, islice

from bot.briefing.checks.all import findings
from bot.briefing.checks.statement import Statement
from bot.briefing.clipping import fitting_sentence
from bot.briefing.differences import shown_disagreements
from bot.briefing.documents import Document, Excerpt, Library
from bot.briefing.draft import DraftLine, Voice
from bot.briefing.lexicon import function_words, lexicon
from bot.briefing.machine_speech import unfit_reason
from bot.briefing.speech import blank_quotations, draft_sentence, is_attributed
from bot.briefing.terms import content_stems, terms
from bot.briefing.text import count_words
from bot.briefing.verification import OutputFilter

Vector = Mapping[str, float]

_POSITION = 0.35  # the bonus of the first sentence, as measured


def relevance(
    sentences: Sequence[Sequence[str]], places: Sequence[int] | None = None
) -> list[float]:
    """The relevance of each sentence (its terms) for the whole, position included; about 0 to 1.4.

    ``places`` are the positions from 0, each in its own source, if there are several.
    """
    numbered = range(len(sentences)) if places is None else places
    vectors = tfidf_vectors(sentences)
    whole: Counter[str] = Counter()
    for vector in vectors:
        whole.update(vector)
    centre = _unit(whole)
    return [
        cosine(vector, centre) + _POSITION / (1 + place)
        for place, vector in zip(numbered, vectors, strict=True)
    ]


def tfidf_vectors(sentences: Sequence[Sequence[str]]) -> list[Vector]:
    """The tf-idf vectors of ``sentences``, of length 1, or empty for an empty sentence."""
    seen_in = Counter(term for sentence in sentences for term in set(sentence))
    rarity = {term: math.log(1 + len(sentences) / n) for term, n in seen_in.items()}
    return [
        _unit({term: n * rarity[term] for term, n in Counter(sentence).items()})
        for sentence in sentences
    ]


def cosine(one: Vector, other: Vector) -> float:
    """The cosine of two vectors of length 1."""
    if len(other) < len(one):
        one, other = other, one
    return sum(weight * other.get(term, 0.0) for term, weight in one.items())


def _unit(vector: Mapping[str, float]) -> Vector:
    length = math.sqrt(sum(weight * weight for weight in vector.values()))
    return {term: weight / length for term, weight in vector.items()} if length else {}


# Choosing sentences from several sources.
#
# Each has its turn before any has a second one; what two say alike is chosen once; and what stands
# side by side as a difference is shown there.

SentencePlace = tuple[Document, int]

_SAME = 0.75
"""The share of content words from which two sentences say the same."""


def difference_sentences(excerpts: Sequence[Excerpt]) -> frozenset[SentencePlace]:
    """The sentences shown side by side as differences, including those of copies."""
    return frozenset(place for each in shown_disagreements(tuple(excerpts)) for place in each.sides)


def difference_words(excerpts: Sequence[Excerpt]) -> Counter[str]:
    """How many words of each source, by label, are shown as differences."""
    shown: Counter[str] = Counter()
    for each in shown_disagreements(tuple(excerpts)):
        for document, number in each.distinct_sides:
            shown[document.label] += count_words(document.sentence(number))
    return shown


def _best_of_each(
    places: Sequence[SentencePlace], best_first: Iterable[int], left_out: Container[int]
) -> list[int]:
    """The first index of every source, in the order of ``best_first``."""
    found: dict[str, int] = {}
    for index in best_first:
        if index not in left_out:
            found.setdefault(places[index][0].label, index)
    return list(found.values())


def is_said_elsewhere(place: SentencePlace, others: Iterable[SentencePlace]) -> bool:
    """Whether one of the ``others``, from another source, says what ``place`` says."""
    own = _stems(*place)
    return any(
        other[0].label != place[0].label and len(own & there) >= _SAME * len(own | there)
        for other in others
        if (there := _stems(*other))
    )


def _positions_in_source(places: Iterable[SentencePlace]) -> list[int]:
    """The position of each place among those of its own source, from 0."""
    counted: dict[str, int] = {}
    found = []
    for document, _ in places:
        found.append(counted.setdefault(document.label, 0))
        counted[document.label] += 1
    return found


def _stems(document: Document, number: int) -> frozenset[str]:
    return content_stems(document.sentence(number), document.language)


# A headline has three content words or more, and the beginning of one of them comes again.
_FEWEST_TERMS, _BEGINNING_OF_A_TITLE = 3, 5
_LONGEST_HEADLINE = 25
_ENDS_A_SENTENCE = re.compile(r"[.!?։؟۔।。！？…][\"'”’»)]*$")

_FEWEST_FOUND = 0.7
"""The share of a title's content words that its sentence must have."""
_MOST_OF_IT = 0.8  # as in `repeats`


def has_headline(document: Document) -> bool:
    """Whether the first sentence is a headline: a short paragraph without a full stop that shares a
    word with the rest, unlike the name of a column."""
    if len(document.sentences) < 2 or document.paragraphs[0] != document.sentences[0]:
        return False
    first = document.sentence(1)
    if count_words(first) > _LONGEST_HEADLINE or _ENDS_A_SENTENCE.search(first):
        return False
    own = [t[:_BEGINNING_OF_A_TITLE] for t in terms(first, document.language) if not t.isdigit()]
    rest = document.text[document.sentences[1].start :].casefold()
    return len(own) >= _FEWEST_TERMS and any(term in rest for term in own if len(term) > 2)


def extract_headline(excerpt: Excerpt, lead: str, most: int) -> DraftLine | None:
    """The title of the source, of at most ``most`` words, if its sentences support it and ``lead``
    says more; else None."""
    drafted = _first_sentence(excerpt, most) or _title_of(excerpt, most)
    if drafted is None or _says_all_of(drafted.text, lead, excerpt.document.language):
        return None
    return drafted


def _first_sentence(excerpt: Excerpt, most: int) -> DraftLine | None:
    document = excerpt.document
    if 1 not in excerpt.numbers or not has_headline(document):
        return None
    title, first = (
        content_stems(t or "", document.language) for t in (document.title, document.sentence(1))
    )
    if title and title.isdisjoint(first):  # a caption, or the name of a column
        return None
    span = fitting_sentence(document, 1, most)
    return draft_sentence(document, 1, span) if span else None


def _title_of(excerpt: Excerpt, most: int) -> DraftLine | None:
    """The title of a page, citing the sentence that says most of it; in the outlet's voice unless
    that says all of it."""
    document, title = excerpt.document, excerpt.document.title or ""
    words = content_stems(title, document.language)
    if not words or count_words(title) > most:
        return None
    shared = {number: words & _stems(document, number) for number in excerpt.numbers}
    best = max(shared, key=lambda n: (len(shared[n]), -n))
    if len(shared[best]) < _FEWEST_FOUND * len(words):
        return None
    passage = document.passage(best)
    if findings(Statement.of_passages(title, (passage,), Library((document,)), None)):
        return None
    voice: Voice = "event" if shared[best] == words else "outlet"
    return DraftLine(evidence=[passage.reference], voice=voice, speaker=None, text=title)


def _says_all_of(text: str, lead: str, language: str | None) -> bool:
    words = content_stems(lead, language)
    if not words:
        return text == lead
    return len(words & content_stems(text, language)) >= _MOST_OF_IT * len(words)


# Each is a fact by itself, in its own words and short enough to be read at once; what was said
# against a claim comes with it.

# What counts for more or less than what it says of the whole; on the scale of `relevance` (0 to
# 1.4). Measured on news with lists of what must be mentioned: figures and names tell facts, while
# what only may be, judges or is not of the news itself seldom does.
_FIGURE = 0.2
_NAME, _MOST_NAMES = 0.04, 4
_NO_FACT = -0.2
_FEWEST_QUOTED = 6
# The bottom line is the first sentence that can be, unless one of the next has so much more of what
# the title says for each sentence that it comes later.
_LEADS_WITHIN, _LATER = 5, 0.08
_SETS_A_SCENE = re.compile(r"(?:If|There (?:is|are))\b")
# With fewer words a sentence takes what it is about from the one before it.
_FEWEST_WORDS = 7

_REPEATS = 0.5
"""The cosine from which a sentence adds little to another."""
_MOST_POINTS = 20
"""More never have room; a book has thousands."""
_FIRST_PERSON = re.compile(r"\b(?:I|[Mm]y|[Mm]e|[Ww]e|[Oo]ur|us)\b")
# "Reaching Mars, however, has not."; a reason without what it is the reason for.
_TURNS_BACK = re.compile(
    r", (?:however|though|too|instead|meanwhile)\b|^(?:Because|Although|Though|While|Since)\b[^,]*$"
)
# "To win Sarn, he …" and "After the vote, she …", whoever that is.
_ASIDE = re.compile(
    r"(?:After|Although|As|At|Before|By|Despite|During|For|In|On|Since|Though|To|Under|Upon|When"
    r"|While|With)\b"
)
_QUESTION_MARK = re.compile(r"[?؟？՞][\"”’»)]*$")
# To the reader, as the writer's opinion, or on what was asked for the report.
_NOT_OF_THE_NEWS = re.compile(
    r"\b[Yy]our?\b|\bfor comment\b|^(?:No doubt|Of course|To be sure|Needless to say|Admittedly"
    r"|Arguably|Clearly|Fortunately|Hopefully|Interestingly|Ironically|Luckily|Obviously|Sadly"
    r"|Surprisingly|Thankfully|Undoubtedly|Unfortunately|Unsurprisingly)\b"
)
# A year is not a figure.
_A_FIGURE = re.compile(r"(?<![\d.,])(?!(?:1[89]|20)\d\d(?![\d.,]*\d))\d+(?:[.,]\d+)*")
_NAME_INSIDE = re.compile(r"(?<=[a-z,] )[A-Z]\w+")
# The label or number of an entry in a list, a caption, the name of a column.
_LABEL = re.compile(
    r"\d{1,3}[.)]\s|[^\s:]+(?: [^\s:]+){0,5}:\s|\W*(?:Photo|Image|Picture|File photo|Caption)\b"
)
_FEWEST_SMALL_WORDS = 0.15
"""The share of function words; lines of results or of a price list have fewer."""


_FEWEST_ENTRIES, _MOST_OF_LIST = 8, 0.6
"""How many scraps make a list, and what share of all sentences."""


@dataclass(frozen=True)
class Choice:
    """The sentence that leads, and the ``points`` in order of choice: single sentences, or a claim
    and its denial."""

    lead: SentencePlace | None
    points: tuple[tuple[SentencePlace, ...], ...]


def choose_sentences(
    excerpts: Sequence[Excerpt], longest: Mapping[str, int], elsewhere: Collection[str] = ()
) -> Choice:
    """The sentences that say most. ``longest`` has the most words of a bottom line and of a key
    point. Sentences ``elsewhere``, by reference, are in other sections, unless one leads."""
    places = [(e.document, n) for e in excerpts for n in e.numbers if may_be_chosen(e.document, n)]
    headlines = [place for place in places if place[1] == 1 and has_headline(place[0])]
    eligible = _eligible(places, headlines)
    sentences = [terms(document.sentence(n), document.language) for document, n in eligible]
    apart = difference_sentences(excerpts)
    lead = _lead(eligible, longest["bottom_line"], apart)
    if lead is None:
        return Choice(None, ())
    left_out = {
        index
        for index, (document, number) in enumerate(eligible)
        if eligible[index] in apart
        or f"{document.label}{number}" in elsewhere
        or fitting_sentence(document, number, longest["key_points"]) is None
    }
    merits = relevance(sentences, _positions_in_source(eligible))
    scores = [merit + _bonus(*place) for merit, place in zip(merits, eligible, strict=True)]
    points = _points(eligible, sentences, scores, lead, left_out)
    return Choice(eligible[lead], tuple(islice(points, _MOST_POINTS)))


def sentence_line(place: SentencePlace, most: int) -> DraftLine:
    """A sentence as a line, without its dateline if it has at most ``most`` words then."""
    document, number = place
    return draft_sentence(document, number, fitting_sentence(document, number, most))


def may_be_chosen(document: Document, number: int) -> bool:
    """Whether a sentence can support a line, and may be shown as it is."""
    passage = document.passage(number)
    return unfit_reason(document, number) is None and not OutputFilter.of([document]).objections(
        passage.text, [passage]
    )


def stands_alone(document: Document, number: int) -> bool:
    """Whether a sentence is a complete statement that depends on no other."""
    return _is_statement(document, number) and not _is_dependent(document, number)


def _eligible(
    places: Sequence[SentencePlace], headlines: Sequence[SentencePlace]
) -> Sequence[SentencePlace]:
    """The sentences to choose from: no list entries; and no headlines, quotations (which have their
    own section) or questions, unless there is nothing else."""
    places = [place for place in places if place in headlines or not is_list_entry(*place)]
    narrated = [p for p in places if p not in headlines and not _is_quotation(*p)]
    complete = [place for place in narrated if _is_statement(*place)]
    return complete or narrated or places


def _is_statement(document: Document, number: int) -> bool:
    """Whether a sentence is a complete statement: no question, exclamation, label or list entry,
    and not in the first person."""
    sentence = document.sentence(number)
    if not _ENDS_A_SENTENCE.search(sentence) or _QUESTION_MARK.search(sentence):
        return False
    if sentence.rstrip("”\"’'»)").endswith("!") or _FIRST_PERSON.search(
        blank_quotations(document, document.sentences[number - 1])
    ):
        return False
    return not _LABEL.match(sentence) and not _is_entry(sentence, document.language)


def is_list_entry(document: Document, number: int) -> bool:
    """Whether a sentence is an entry of a list or a table, in a text that is mostly scraps."""
    scraps, sentences = _scraps(document), len(document.sentences)
    if len(scraps) < _FEWEST_ENTRIES or len(scraps) < _MOST_OF_LIST * sentences:
        return False
    return number in scraps or not _is_statement(document, number)


@lru_cache(maxsize=32)
def _scraps(document: Document) -> frozenset[int]:
    return frozenset(number for number in document.numbers if _is_scrap(document, number))


def _is_entry(sentence: str, language: str | None) -> bool:
    """Whether ``sentence`` has hardly any function words, as in lists of results or prices."""
    small, words = function_words(language), re.findall(r"\w+", sentence.casefold())
    is_known = language in (None, "en")  # in other languages endings do what function words do
    return is_known and sum(map(small.__contains__, words)) < _FEWEST_SMALL_WORDS * len(words)


def _likeness_to_title(document: Document, number: int) -> float:
    wanted = content_stems(_title(document), document.language)
    return len(wanted & _stems(document, number)) / max(1, len(wanted))


@lru_cache(maxsize=32)
def _title(document: Document) -> str:
    if document.title:
        return document.title
    return document.sentence(1) if has_headline(document) else ""


def _lead(
    places: Sequence[SentencePlace], most: int, apart: Collection[SentencePlace]
) -> int | None:
    """The index of the sentence that leads; None if all are too long."""
    short = [
        index
        for index, place in enumerate(places)
        if place not in apart and fitting_sentence(*place, most) is not None
    ]
    positions = _positions_in_source(places)
    able = [index for index in short if _may_lead(*places[index])]
    early = [index for index in able if positions[index] < _LEADS_WITHIN]
    # Of several sources the first leads: in a digest, the newest article.
    early = [index for index in early if places[index][0].label == places[early[0]][0].label]
    merits = {
        index: _likeness_to_title(*places[index]) - _LATER * later
        for later, index in enumerate(early)
    }
    return max(merits, key=merits.__getitem__) if merits else min(able or short, default=None)


def _may_lead(document: Document, number: int) -> bool:
    """Whether a sentence may come first: it refers to nothing before it."""
    sentence, words = document.sentence(number), lexicon(document.language)
    goes_on = re.match(rf"(?:\S+\s+){{0,8}}(?:{words.adds})\b", sentence, re.IGNORECASE)
    looks_back = re.match(rf"(?:{words.looks_back})\b", sentence, re.IGNORECASE)
    quoted = document.quotations_touching(document.sentences[number - 1])
    return not (
        any(count_words(document.text[slice(*each)]) >= _FEWEST_QUOTED for each in quoted)
        or goes_on
        or looks_back
        or _SETS_A_SCENE.match(sentence)
        or _is_dependent(document, number)
        or _is_scrap(document, number)
    )


def _points(
    places: Sequence[SentencePlace],
    sentences: Sequence[Sequence[str]],
    scores: Sequence[float],
    lead: int,
    left_out: Collection[int],
) -> Iterator[tuple[SentencePlace, ...]]:
    """Yield the points in order of choice: the denial of the lead, one of each source, then those
    with the best scores that add something."""
    vectors = tfidf_vectors(sentences)
    best_first = sorted(range(len(places)), key=lambda index: -scores[index])
    first = _best_of_each(places, best_first, {*left_out, lead})
    first = first if len(first) > 1 else []
    denial = [lead + 1] if _is_denial(places, lead + 1) else []
    taken = [lead]
    for index in chain(denial, first, best_first):
        new = [each for each in _with_denial(places, index) if each not in taken]
        is_open = new and not any(each in left_out for each in new)
        if not is_open or _is_redundant(new, taken, vectors, places):
            continue
        taken += new
        yield tuple(places[each] for each in new)


def _with_denial(places: Sequence[SentencePlace], index: int) -> tuple[int, ...]:
    """The sentence at ``index``, with its denial or the claim that it denies; empty if it depends
    on another sentence."""
    claim = index - 1 if _is_denial(places, index) else index
    if _is_dependent(*places[claim]) or _is_scrap(*places[claim]):
        return ()
    return (claim, claim + 1) if _is_denial(places, claim + 1) else (claim,)


def _is_denial(places: Sequence[SentencePlace], index: int) -> bool:
    """Whether the sentence at ``index`` denies somebody's claim in the one before it."""
    if not 0 < index < len(places):
        return False
    document, number = places[index]
    return places[index - 1] == (document, number - 1) and denies_previous(document, number)


def denies_previous(document: Document, number: int) -> bool:
    """Whether sentence ``number`` denies somebody's claim in the one before it."""
    words = lexicon(document.language)
    denies = rf"\b(?:{words.denies}|(?:{words.denial})\b)"
    return (
        number > 1
        and re.search(denies, document.sentence(number), re.IGNORECASE) is not None
        and is_attributed(document, number - 1)
    )


def _is_redundant(
    new: Sequence[int],
    taken: Sequence[int],
    vectors: Sequence[Vector],
    places: Sequence[SentencePlace],
) -> bool:
    """Whether one of the sentences ``new`` adds little to those ``taken``."""
    return any(
        cosine(vectors[one], vectors[other]) > _REPEATS for one in new for other in taken
    ) or any(is_said_elsewhere(places[one], (places[other] for other in taken)) for one in new)


def _is_dependent(document: Document, number: int) -> bool:
    """Whether a sentence depends on the one before it: it starts with a connective, or has a
    pronoun without a name before it."""
    words = lexicon(document.language)
    start = document.sentence(number).lstrip("“\"«'‘— ")
    if re.match(rf"(?:{words.dangling})\b", start, re.IGNORECASE) or _TURNS_BACK.search(start):
        return True
    if re.search(rf"\b(?:{words.speech_verbs}) (?:that )?(?:{words.third_persons})\b", start):
        return True  # she may be somebody else
    pronoun = re.search(rf"\b(?:{words.third_persons})\b", start)
    if pronoun is None:
        return False
    before = start[: pronoun.start()]
    is_after_an_aside = _ASIDE.match(start) and before.endswith(", ")
    return bool(is_after_an_aside) or not _NAME_INSIDE.search(f"a {before}")


def _is_scrap(document: Document, number: int) -> bool:
    return count_words(document.sentence(number)) < _FEWEST_WORDS


def _is_quotation(document: Document, number: int) -> bool:
    """Whether most of a sentence is quoted."""
    span = document.sentences[number - 1]
    own = count_words(blank_quotations(document, span))
    return own < count_words(document.sentence(number)) / 2


def _bonus(document: Document, number: int) -> float:
    sentence = document.sentence(number)
    return (
        _FIGURE * bool(_A_FIGURE.search(sentence))
        + _NAME * min(_MOST_NAMES, len(_NAME_INSIDE.findall(sentence)))
        + _NO_FACT * bool(_NOT_OF_THE_NEWS.search(sentence))
    )
