"""How much of a sentence or a quotation is shown.

A sentence is shown without its dateline, and a quotation up to the end of one of its sentences.
"""

import re

from bot.briefing.checks.tokens import tokens_of
from bot.briefing.documents import Document, Span
from bot.briefing.lexicon import Lexicon, has_word_lists, lexicon
from bot.briefing.publication import dateline
from bot.briefing.text import count_words

# Between a quotation's sentences.
_SENTENCE_ENDS = re.compile(r"[.!?…。！？։](?=\s|[\u3400-\u9fff])")


def without_dateline(document: Document, number: int) -> Span:
    """The span of sentence ``number`` without the dateline that it may open with."""
    span = document.sentences[number - 1]
    filed = dateline(document)
    if filed is None or not (span.start <= filed.span.start and filed.span.end < span.end):
        return span
    return Span(filed.span.end, span.end)


def fitting_sentence(document: Document, number: int, most: int) -> Span | None:
    """The span of sentence ``number`` without its dateline, if that has at most ``most`` words."""
    span = without_dateline(document, number)
    return span if _words(document, span) <= most else None


def clipped_quotation(document: Document, quotation: Span, most: int) -> Span | None:
    """The first sentences of ``quotation`` with at most ``most`` words together; None if its first
    has more, or the next takes something back."""
    if _words(document, quotation) <= most:
        return quotation
    if not has_word_lists(document.language):
        return None
    words = lexicon(document.language)
    found = None
    for end in _SENTENCE_ENDS.finditer(document.text, *quotation):
        span = Span(quotation.start, end.end())
        if _words(document, span) > most:
            break
        following = document.text[end.end() : quotation.end]
        if not _takes_back(following, words, document.language):
            found = span
    return found


def _takes_back(following: str, words: Lexicon, language: str | None) -> bool:
    """Whether what ``following`` opens with limits what was said before it."""
    first = tokens_of(" ".join(following.split()[:1]), language)
    if first.has("conditions", "exceptions", "restrictions", "turns"):
        return True
    return re.match(rf"\W*(?:{words.turns_back})\b", following, re.IGNORECASE) is not None


def _words(document: Document, span: Span) -> int:
    return count_words(document.text[slice(*span)])
