"""The check that what a line has in quotation marks is in quotation marks in the source.

Typography alone is forgiven. There is no fuzzy match, on purpose: one wrong letter turns "did not
approve" into "did now approve". Narration in quotation marks would put the reporter's words into
somebody's mouth. In a translation the words can't be compared, so that only its having any
quotation where its passages have none is seen; the name of a work or a company may be inflected.
"""

import re
from collections.abc import Iterator

from bot.briefing.checks.statement import Statement, references_text
from bot.briefing.documents import Document, Passage, Span
from bot.briefing.lines import Grade, Reason
from bot.briefing.normalisation import normalised, quotations_in
from bot.briefing.text import count_words

# The end of a quotation takes the punctuation of the sentence around it.
_OUTER = " .,;:"
_ELLIPSIS = re.compile(r"\[\s*(?:…|\.\.\.)\s*\]|\(\s*(?:…|\.\.\.)\s*\)|…|\.(?:\s?\.){2,}")
# "said Mara Lind, who chairs the committee of the three councils" between two of her sentences.
_MOST_WORDS_BETWEEN = 14
_WORD = re.compile(r"[^\W_]+")
_LONGEST_NAME = 6
_ENDING = 3  # letters
_BRACKETS = re.compile(r"[\[\]]")


def quotations(statement: Statement) -> list[Reason]:
    """One reason for every quotation of the line that is not a quotation in a cited source."""
    quoted = [statement.text[slice(*span)] for span in quotations_in(statement.text)]
    if not quoted:
        return []
    sources = list(_sources(statement))
    if statement.is_translation and any(source.spans for source in sources):
        return []
    wrong = [
        words
        for words in dict.fromkeys(quoted)
        if not (_is_named(words, statement) or any(_is_quoted(words, source) for source in sources))
    ]
    where = references_text(statement)
    return [
        Reason("quotations", f"“{words}” is not a quotation in {where}.", _grade(words, statement))
        for words in wrong
    ]


def _grade(words: str, statement: Statement) -> Grade:
    """The grade of a fault: a single word in quotation marks may be inflected as the line needs it
    ("disproportionné", "disproportionnée")."""
    if statement.group == "english" or not _WORD.fullmatch(words) or len(words) <= 2 * _ENDING:
        return "proof"
    theirs = (each.document.text[span.start : span.end] for each in _sources(statement)
              for span in each.spans)  # fmt: skip
    known = {word for text in theirs for word in _WORD.findall(text)}
    return "doubt" if any(word.startswith(words[:-_ENDING]) for word in known) else "proof"


def _is_named(words: str, statement: Statement) -> bool:
    """Whether ``words`` are a name that the passages have; one that may be inflected is left to the
    check of names."""
    own = _WORD.findall(words)
    if not 0 < len(own) <= _LONGEST_NAME or not (own[0][0].isupper() and own[-1][0].isupper()):
        return False
    known = {word for each in statement.passages for word in _WORD.findall(each.text)}
    return statement.group != "english" or known.issuperset(own)


class _SourceQuotations:
    """The quotations of ``document`` near the passages cited from it."""

    def __init__(self, document: Document, passages: list[Passage]) -> None:
        self.document = document
        self.text = normalised(document.text)
        near = [
            paragraph
            for paragraph in document.paragraphs
            if any(p.start < paragraph.end and paragraph.start < p.end for p in passages)
        ]
        self.spans = [span for span in document.quotations if any(n.contains(span) for n in near)]

    def places(self, words: str) -> Iterator[Span]:
        """Yield where ``words`` stand inside one of the quotations."""
        found = self.text.find(words)
        return (place for place in found if any(span.contains(place) for span in self.spans))

    def is_continued(self, place: Span, other: Span) -> bool:
        """Whether nothing but who speaks stands between two places."""
        between = [
            character
            for at, character in enumerate(self.document.text[place.end : other.start], place.end)
            if not any(span.start <= at < span.end for span in self.spans)
        ]
        return count_words("".join(between)) <= _MOST_WORDS_BETWEEN


def _sources(statement: Statement) -> Iterator[_SourceQuotations]:
    for label in dict.fromkeys(passage.document for passage in statement.passages):
        passages = [passage for passage in statement.passages if passage.document == label]
        yield _SourceQuotations(statement.library[label], passages)


def _is_quoted(words: str, source: _SourceQuotations) -> bool:
    """Whether ``source`` quotes ``words`` as they are, around "…", or without [brackets]."""
    unbracketed = _BRACKETS.sub("", _ELLIPSIS.sub("…", words))
    readings = (_ELLIPSIS.split(words), unbracketed.split("…"))
    return any(_in_order(pieces, source) for pieces in readings)


def _in_order(pieces: list[str], source: _SourceQuotations) -> bool:
    """Whether ``pieces`` follow each other in one quotation, which a few words ("she said") may
    interrupt: elsewhere, they were said about something else or by somebody else."""
    wanted = [piece.strip(_OUTER) for piece in pieces if re.search(r"\w", piece)]
    places = _places(wanted[0], source) if wanted else []
    return not wanted or any(_follow(wanted[1:], place, source) for place in places)


def _follow(pieces: list[str], reached: Span, source: _SourceQuotations) -> bool:
    for piece in pieces:
        later = [span for span in _places(piece, source) if span.start >= reached.end]
        if not later or not source.is_continued(reached, min(later)):
            return False
        reached = min(later)
    return True


def _places(words: str, source: _SourceQuotations) -> list[Span]:
    """The places of ``words``, whether their first letter is a capital or not."""
    return [*source.places(words), *source.places(words[0].swapcase() + words[1:])]
