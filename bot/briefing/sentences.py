"""Where the sentences of a paragraph are.

sentencex finds the boundaries; here they are merged where it cuts too much (abbreviations,
a quotation and its "he said") and added where it never cuts: inside a long quotation, whose
sentences are passages of their own.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from sentencex import get_sentence_boundaries

from bot.briefing.documents import Span
from bot.briefing.paragraphs import trimmed

# A quotation of more words than this is split at its own sentences. A shorter one stays whole,
# with the words that say who speaks.
_LONG_QUOTATION = 30

# Titles and the like before a name, in the languages that most news on our desks is in.
_BEFORE_A_NAME = re.compile(
    r"""(?:^|[\s(“"«‘'])(?:
        Mr|Mrs|Ms|Dr|Prof|Sen|Rep|Gov|Gen|Lt|Col|Maj|Capt|Sgt|Adm|Cmdr|Hon|Rev|St|Sr|Jr|Pres|Amb
      | Supt|Insp|Det|No|Nos|Art|Inc|Ltd|Corp|Co|vs|approx|est|Fig|pp?
      | M|MM|Mme|Mlle|Me|Mgr|Hr|Fr|Nr|Abs|bzw|ca|Sra?|D|Dña
      | г|гг|ул|им|тов|гр|проф|акад|руб|млн|млрд|тыс|стр|ред|т|д|п
    )\.$""",
    re.VERBOSE,
)
# sentencex takes these for abbreviations: "closed in May. Shops …".
_NO_ABBREVIATION = re.compile(r"(?<=[a-z]\s)(?:May|ill|art)\.(?=\s+[A-Z])")
_INITIALS = re.compile(r"(?:^|[\s(“\"«.])[^\W\d_]\.$")
_WORD_MAY_START_A_SENTENCE = re.compile(
    r"(?:The|A|An|In|On|At|But|And|He|She|It|They|We|I|This|That|These|His|Her|Its|Their|"
    r"There|After|Before|When|While|As|For|If|No|Some|Many|Both|Officials|Then|Now)\b"
)
_FULL_STOPS_WITHOUT_SPACE = "。！？｡"
_DASH_OR_LOWER_CASE = re.compile(r"[-–—…,;:]|[^\W\d_]")
_SPEECH_AFTER_QUOTATION = re.compile(r"[\s،,]*(?:说|表示|称|指出|道|قال|وقال|أضاف|وأضاف)")
_CLOSING_MARKS = '”»"’」』'
_OPENING_MARKS = '“«"‘「『„'


def sentences(
    text: str, paragraph: Span, quotations: Sequence[Span], language: str | None
) -> list[Span]:
    """The sentences of ``text[paragraph]`` in order, without the white space around them.

    ``quotations`` are those of the text that lie in the paragraph. Nothing between two
    sentences is anything but white space.
    """
    cuts = _boundaries(text, paragraph, language)
    for quotation in quotations:
        if len(text[slice(*quotation)].split()) > _LONG_QUOTATION:
            cuts += [cut for cut in _boundaries(text, quotation, language) if cut < quotation.end]
    if language in ("en", None):
        found = _NO_ABBREVIATION.finditer(text, paragraph.start, paragraph.end)
        cuts += [match.end() for match in found]
    ends = sorted({cut for cut in cuts if _is_boundary(text, paragraph, cut)} | {paragraph.end})
    pieces = pairwise([paragraph.start, *ends])
    spans = (trimmed(text, start, end) for start, end in pieces)
    return [span for span in spans if span is not None]


def _boundaries(text: str, span: Span, language: str | None) -> list[int]:
    """Where sentencex ends a sentence inside ``span``, as places in ``text``."""
    found = get_sentence_boundaries(language or "en", text[slice(*span)])
    return [span.start + int(sentence["end_index"]) for sentence in found]


def _is_boundary(text: str, paragraph: Span, cut: int) -> bool:
    if not paragraph.start < cut < paragraph.end:
        return False
    before = text[paragraph.start : cut].rstrip()
    after = text[cut : cut + 40].lstrip()
    at_space = text[cut - 1].isspace() or text[cut].isspace()
    if not at_space and not _ends_without_space(before, after):
        return False
    return not (_goes_on(before[-60:], after) or _says_who_spoke(before, after))


def _ends_without_space(before: str, after: str) -> bool:
    last = before.rstrip(_CLOSING_MARKS)[-1:]
    return last != "" and last in _FULL_STOPS_WITHOUT_SPACE and after[:1] not in _CLOSING_MARKS


def _goes_on(before: str, after: str) -> bool:
    first = _DASH_OR_LOWER_CASE.match(after)
    if first and (first[0].islower() or not first[0].isalpha()):
        return True
    if _BEFORE_A_NAME.search(before):
        return True
    return bool(_INITIALS.search(before)) and not _WORD_MAY_START_A_SENTENCE.match(after)


def _says_who_spoke(before: str, after: str) -> bool:
    return before[-1:] in _CLOSING_MARKS and bool(_SPEECH_AFTER_QUOTATION.match(after))
