"""Divides a text into paragraphs and numbered sentences, which makes it a document."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import Literal, TypedDict, Unpack

from sentencex import get_sentence_boundaries

from bot.briefing.documents import Document, Span
from bot.briefing.lexicon import in_every_language, lexicon
from bot.briefing.normalisation import quotations
from bot.briefing.text import count_words

# Where the paragraphs of a text are.
#
# A blank line always ends a paragraph, and so does a newline, unless the text is hard-wrapped:
# mails and plain-text files break every line at the same width. Line lengths tell: a line was
# wrapped if the next word would not have fitted in it.

_LINE = re.compile(r"[^\r\n\u2028\u2029]+")
# Between Chinese and Japanese characters a line is broken anywhere.
_FIRST_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|\S+")
_BLANK_BETWEEN = re.compile(r"(\r\n|\r|\n|[\u2028\u2029])[^\S\r\n]*(\r\n|\r|\n|[\u2028\u2029])")

# A wrapped text has one width, between a newspaper column and a wide mail window, and nearly
# every line that goes on ends because the next word did not fit. Widths are in characters.
_WIDTHS = range(40, 121)
_SHARE_OF_WRAPPED_LINES = 0.8
_FEWEST_LINES = 3


def paragraphs(text: str) -> tuple[Span, ...]:
    """The paragraphs of ``text`` in order, without the white space around them."""
    lines = [span for match in _LINE.finditer(text) if (span := trim(text, *match.span()))]
    width = _wrap_width(text, lines)
    joined: list[Span] = []
    for line in lines:
        if joined and width and _continues_paragraph(text, joined[-1], line, width):
            joined[-1] = Span(joined[-1].start, line.end)
        else:
            joined.append(line)
    return tuple(joined)


def trim(text: str, start: int, end: int) -> Span | None:
    """The part of ``text[start:end]`` without white space around it; None if that is all."""
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip())
    end -= len(piece) - len(piece.rstrip())
    return Span(start, end) if start < end else None


def _wrap_width(text: str, lines: list[Span]) -> int | None:
    """The width at which ``text`` was wrapped, in characters; None if it was not."""
    followed = [
        (line, after)
        for line, after in pairwise(lines)
        if not _BLANK_BETWEEN.search(text, line.end, after.start)
    ]
    if len(followed) < _FEWEST_LINES:
        return None
    width = max(line.end - line.start for line, _ in followed)
    wrapped = sum(_was_full(text, line, after, width) for line, after in followed)
    enough = wrapped >= _SHARE_OF_WRAPPED_LINES * len(followed)
    return width if enough and width in _WIDTHS else None


def _continues_paragraph(text: str, paragraph: Span, line: Span, width: int) -> bool:
    if _BLANK_BETWEEN.search(text, paragraph.end, line.start):
        return False
    last_line = max(text.rfind("\n", paragraph.start, paragraph.end) + 1, paragraph.start)
    return _was_full(text, Span(last_line, paragraph.end), line, width)


def _was_full(text: str, line: Span, after: Span, width: int) -> bool:
    next_word = _FIRST_WORD.match(text, *after)
    return (line.end - line.start) + 1 + len(next_word[0] if next_word else "") > width


# After which words does a full stop not end a sentence, and after which does it, against
# appearances?

_AT_A_WORD = r"(?:^|(?<=[\s(“\"«„‘'—-]))"
_INITIAL = re.compile(rf"(?:{_AT_A_WORD}|(?<=\.)|(?<=\sو))[^\W\d_]\.$")

# Ordinal numbers are written with a full stop there ("II. Mahmut", "3. Mai", "6. Dairesi"). A
# text whose language is not known may be one of them.
_WITH_ORDINALS = frozenset(
    ("bs", "cs", "da", "de", "et", "eu", "fi", "fo", "hr", "hu", "is", "lb", "lv", "nb", "nn", "no",
     "pl", "sk", "sl", "sr", "tr", None)
)  # fmt: skip
_ORDINAL = re.compile(r"(?:^|[\s(]|\.\s?[-–/])(?:[IVXL]+|\d{1,3})\.$")

# sentencex takes "closed in May. Shops …" for an abbreviation; a unit, a year, a century or "etc."
# ends the sentence where a capital follows, since nothing else with one would stand there.
_BEFORE_A_CAPITAL = re.compile(r"\.(?=\s+(?!МСК)[¿¡«“„]?(?P<capital>[^\W\d_]))")
# "В 2023 г. Министерство …" goes on, as does "школа № 5 г. Москвы".
_GOES_ON_ALL_THE_SAME = re.compile(
    r"(?:(?:^|[.!?…։]\s+)(?:[^\W\d_]+\s+){0,2}(?:\d{4}(?:\s?[-–—]\s?\d{2,4})?|[IVXХ]+)"
    r"|№\s?\d+)\s\w+\.$"
)

# In characters; no abbreviation is longer.
_LONGEST_ABBREVIATION = 12
_LONGEST_OPENING = 60


def _ends_with_abbreviation(before: str, after: str, language: str | None) -> bool:
    """Whether the full stop at the end of ``before`` belongs to an abbreviation, an initial or an
    ordinal, so that ``after`` continues the sentence."""
    start = max(0, len(before) - _LONGEST_ABBREVIATION)
    if _words_with_full_stop("abbreviations").search(before, start):
        return True
    if _words_with_full_stop("before_numbers").search(before, start):
        return after[:1].isdigit()
    if language in _WITH_ORDINALS and _ORDINAL.search(before):
        return not _openings(language).match(after)
    may_be_both = _words_with_full_stop("of_companies").search(before, start) or _INITIAL.search(
        before, start
    )
    return bool(may_be_both) and not _openings("en").match(after)


@cache
def _words_with_full_stop(name: str) -> re.Pattern[str]:
    """A pattern for the words of all languages in the list ``name``, with their full stop."""
    return re.compile(rf"{_AT_A_WORD}(?:{in_every_language(name)})\.$")


@cache
def _openings(language: str | None) -> re.Pattern[str]:
    return re.compile(rf"(?:{lexicon(language).openings})\b")


@cache
def _endings(language: str | None) -> re.Pattern[str]:
    return re.compile(rf"(?:{lexicon(language).ends})\.$")


@cache
def _glued() -> re.Pattern[str]:
    """A pattern for where paragraphs were joined without a space ("longer.The"); the words in it
    never follow the full stop of a domain or a file name."""
    opening = rf"{_openings('en').pattern}\s|[A-Z]{{2,}}[’']s\s"
    return re.compile(rf"(?<=\s)[a-z]{{3,}}[.!?](?=(?:{opening}))")


# Where the sentences of a paragraph are.
#
# sentencex finds the boundaries; here they are merged where it cuts too much (abbreviations, a
# quotation and its "he said") and added where it never cuts: inside a long quotation, whose
# sentences are passages of their own, and where a sentence trails off.

# A quotation of more words than this is split at its own sentences. A shorter one stays whole,
# with the words that say who speaks.
_LONG_QUOTATION = 30

_FULL_STOPS_WITHOUT_SPACE = "。！？｡"
_NUMBER_OF_AN_ITEM = re.compile(r"\d{1,3}\.")
_DASH = re.compile(r"[-–—…,;:]")
# Georgian has no capitals in a text, but Unicode calls its letters small.
_SMALL_LETTER = re.compile(r"(?![\u10d0-\u10ff])[^\W\d_]")
_CLOSING_MARKS = '”»"’」』'
_MAY_CLOSE = f"{_CLOSING_MARKS}“"  # as in German and Georgian
_OPENING_MARKS = '“«"‘「『„'

# Who speaks, and the verb, right behind the quotation; in Chinese that is a whole short clause. In
# Japanese the sentence goes on with a particle.
_SPEECH_AFTER_QUOTATION = re.compile(
    r"[\s،,]*(?:و?(?:قال|أضاف|سأل|تساءل|أعلن|صرح|أكد|كتب|أوضح)(?:ت|وا)?\b"
    r"|[^，。！？；：“”\s]{0,24}?(?:说|說|道|称|稱|表示|指出|补充|補充|回答|强调|強調|问|問|透露|坦言"
    r"|警告|解释|解釋)[。，！；]|と(?!ころ|はいえ|にかく|もに)|[のを])"
)

# A sentence that trails off, with nothing but a new one behind it; or one in brackets.
_TRAILS_OFF = re.compile(
    rf"(?<=\w)(?:…|\.\.\.)(?=\s+[{_OPENING_MARKS}]?(?P<next>[^\W\d_]))|……(?=[\u3400-\u9fff])"
    rf"|[.!?]\)(?=\s+[{_OPENING_MARKS}](?P<said>[^\W\d_]))"
)


def sentences(
    text: str, paragraph: Span, quotations: Sequence[Span], language: str | None
) -> list[Span]:
    """The sentences of ``text[paragraph]`` in order, without the white space around them.

    ``quotations`` are those that lie in the paragraph. Between two sentences there is nothing but
    white space.
    """
    whole = [each for each in quotations if not _is_long(text, each)]
    cuts = _boundaries(text, paragraph, language)
    for quotation in quotations:
        if _is_long(text, quotation):
            cuts += [cut for cut in _boundaries(text, quotation, language) if cut < quotation.end]
    closed = [each for each in whole if _is_closed(text, paragraph, each)]
    kept = {
        cut
        for cut in cuts
        if _is_boundary(text, paragraph, cut, language) and not _is_inside(cut, closed)
    }
    added = {
        cut for cut in _missing_boundaries(text, paragraph, language) if not _is_inside(cut, whole)
    }
    pieces = pairwise([paragraph.start, *sorted(kept | added | {paragraph.end})])
    spans = (trim(text, start, end) for start, end in pieces)
    return [span for span in spans if span is not None]


def _boundaries(text: str, span: Span, language: str | None) -> list[int]:
    """The places in ``text`` at which sentencex ends a sentence inside ``span``."""
    found = get_sentence_boundaries(language or "en", text[slice(*span)])
    return [span.start + int(sentence["end_index"]) for sentence in found]


def _missing_boundaries(text: str, paragraph: Span, language: str | None) -> Iterator[int]:
    """Yield the ends of sentences that sentencex does not find: at what looks like an abbreviation,
    before a sentence that is joined on without a space, and where a sentence trails off."""
    if language in ("en", None):
        yield from (glued.end() for glued in _glued().finditer(text, *paragraph))
    for stop in _BEFORE_A_CAPITAL.finditer(text, *paragraph):
        before = text[max(paragraph.start, stop.end() - _LONGEST_OPENING) : stop.end()]
        if (
            stop["capital"].isupper()
            and _endings(language).search(before, max(0, len(before) - _LONGEST_ABBREVIATION))
            and not _GOES_ON_ALL_THE_SAME.search(before)
        ):
            yield stop.end()
    for end in _TRAILS_OFF.finditer(text, *paragraph):
        follows = end["next"] or end["said"] or ""
        if not _is_small(follows):
            yield end.end()


def _is_long(text: str, quotation: Span) -> bool:
    return count_words(text[slice(*quotation)]) > _LONG_QUOTATION


def _is_closed(text: str, paragraph: Span, quotation: Span) -> bool:
    follows = text[quotation.end : min(quotation.end + 2, paragraph.end)].lstrip()
    return follows != "" and follows[0] in _MAY_CLOSE


def _is_inside(cut: int, quotations: Sequence[Span]) -> bool:
    before = bisect_left(quotations, cut, key=lambda each: each.start)
    return before > 0 and cut <= quotations[before - 1].end


def _is_boundary(text: str, paragraph: Span, cut: int, language: str | None) -> bool:
    if not paragraph.start < cut < paragraph.end:
        return False
    before = text[paragraph.start : cut].rstrip()
    after = text[cut : cut + 40].lstrip()
    at_space = text[cut - 1].isspace() or text[cut].isspace()
    if not at_space and not _ends_without_space(before, after):
        return False
    if _DASH.match(after) or _is_small(after) or _NUMBER_OF_AN_ITEM.fullmatch(before):
        return False
    if before[-1:] in _MAY_CLOSE and _SPEECH_AFTER_QUOTATION.match(after):
        return False
    return not _ends_with_abbreviation(before[-60:], after, language)


def _is_small(word: str) -> bool:
    first = _SMALL_LETTER.match(word)
    return first is not None and first[0].islower()


def _ends_without_space(before: str, after: str) -> bool:
    last = before.rstrip(_CLOSING_MARKS)[-1:]
    return last != "" and last in _FULL_STOPS_WITHOUT_SPACE and after[:1] not in _CLOSING_MARKS


NUMBERING = 4
"""The version of the rules: references stored under one mean nothing under another."""


class Metadata(TypedDict, total=False):
    """Metadata of a source, as in `Document`."""

    title: str | None
    outlet: str | None
    author: str | None
    published: str | None
    published_basis: Literal["stated", "dateline", "about"] | None
    url: str | None
    language: str | None
    has_fragments: bool
    pages: tuple[Span, ...]


def numbered(label: str, text: str, **known: Unpack[Metadata]) -> Document:
    """The document ``label`` with the sentences of ``text``, which is kept exactly, numbered
    from 1."""
    parts = paragraphs(text)
    quoted = quotations(text, parts)
    starts = [quotation.start for quotation in quoted]
    found: list[Span] = []
    for part in parts:
        inside = quoted[bisect_left(starts, part.start) : bisect_left(starts, part.end)]
        found += sentences(text, part, inside, known.get("language"))
    return Document(label, text, tuple(found), parts, quoted, NUMBERING, **known)
