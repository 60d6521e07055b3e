"""Where the sentences of a paragraph are.

sentencex finds the boundaries; here they are merged where it cuts too much (abbreviations,
a quotation and its "he said") and added where it never cuts: inside a long quotation, whose
sentences are passages of their own, and where a sentence trails off.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise

from sentencex import get_sentence_boundaries

from bot.briefing.abbreviations import ends, goes_on
from bot.briefing.documents import Span
from bot.briefing.paragraphs import trimmed
from bot.briefing.words import count_words

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

    ``quotations`` are those of the text that lie in the paragraph. Nothing between two
    sentences is anything but white space.
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
    added = {cut for cut in _added(text, paragraph, language) if not _is_inside(cut, whole)}
    pieces = pairwise([paragraph.start, *sorted(kept | added | {paragraph.end})])
    spans = (trimmed(text, start, end) for start, end in pieces)
    return [span for span in spans if span is not None]


def _boundaries(text: str, span: Span, language: str | None) -> list[int]:
    """Where sentencex ends a sentence inside ``span``, as places in ``text``."""
    found = get_sentence_boundaries(language or "en", text[slice(*span)])
    return [span.start + int(sentence["end_index"]) for sentence in found]


def _added(text: str, paragraph: Span, language: str | None) -> Iterator[int]:
    """Where a sentence ends that sentencex would go on with."""
    yield from ends(text, *paragraph, language)
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
    return not (goes_on(before[-60:], after, language) or _says_who_spoke(before, after))


def _is_small(word: str) -> bool:
    first = _SMALL_LETTER.match(word)
    return first is not None and first[0].islower()


def _ends_without_space(before: str, after: str) -> bool:
    last = before.rstrip(_CLOSING_MARKS)[-1:]
    return last != "" and last in _FULL_STOPS_WITHOUT_SPACE and after[:1] not in _CLOSING_MARKS


def _says_who_spoke(before: str, after: str) -> bool:
    return before[-1:] in _MAY_CLOSE and bool(_SPEECH_AFTER_QUOTATION.match(after))
