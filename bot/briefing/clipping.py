"""How much of a sentence can be shown by itself, in the source's own words?

A sentence is shown without its dateline, and its end may go where that provably changes nothing:
where it is a clause that only adds to what is or was, and no condition, denial, doubt, attribution
or part of a quotation goes with it. Everything else stays whole.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from bot.briefing.checks.wording import phrases, wording_of
from bot.briefing.documents import Document, Span
from bot.briefing.lexicon import Lexicon, factored, has_word_lists, lexicon
from bot.briefing.publication import dateline
from bot.briefing.speech import unquoted
from bot.briefing.text import count_words

# With fewer words the beginning is hardly a sentence.
_FEWEST = 8
_DASH = re.compile(r"\s*—\s*|\s+–\s+")
_SEMICOLON = re.compile(r"\s*;\s+")
# With one of these behind it a clause may not be the last; with a bracket open it is not whole.
_GOES_ON = re.compile(r"[,;:()]|\s[–—-]|—")
_OPEN = re.compile(r"\([^)]*$|\[[^\]]*$")
# Between a quotation's sentences.
_SENTENCE_ENDS = re.compile(r"[.!?…。！？։](?=\s|[\u3400-\u9fff])")


@lru_cache(maxsize=4096)
def clips(document: Document, number: int) -> tuple[Span, ...]:
    """Sentence ``number`` without its dateline, and the beginnings of it that may stand alone, the
    longest first."""
    whole = _told(document, number)
    ends = sorted(_ends(document, whole), reverse=True)
    return (whole, *(Span(whole.start, end) for end in ends))


def clipped(document: Document, number: int, most: int) -> Span | None:
    """The most of sentence ``number`` that may stand alone and has at most ``most`` words."""
    return next((span for span in clips(document, number) if _words(document, span) <= most), None)


def clip_of(document: Document, number: int, text: str) -> Span | None:
    """Where ``text`` stands, if it is what of sentence ``number`` may stand alone."""
    return next(
        (span for span in clips(document, number) if document.text[slice(*span)] == text), None
    )


def clipped_quotation(document: Document, quotation: Span, most: int) -> Span | None:
    """The first sentences of ``quotation``, as many as have at most ``most`` words; None where its
    first has more, or the next takes something back."""
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


def _told(document: Document, number: int) -> Span:
    span = document.sentences[number - 1]
    filed = dateline(document)
    if filed is None or not (span.start <= filed.span.start and filed.span.end < span.end):
        return span
    return Span(filed.span.end, span.end)


def _ends(document: Document, whole: Span) -> Iterator[int]:
    """Where the part of ``whole`` that may stand alone ends, if not at its end."""
    if not has_word_lists(document.language):
        return
    words = lexicon(document.language)
    text = unquoted(document, whole)
    for start in _openings(text, words):
        end, rest = whole.start + start, text[start:]
        is_whole = _words(document, Span(whole.start, end)) >= _FEWEST and not (
            _OPEN.search(text[:start]) or document.quotations_touching(Span(end, whole.end))
        )
        if is_whole and _only_tells_more(rest, words, document.language):
            yield end


def _openings(text: str, words: Lexicon) -> Iterator[int]:
    """Where the last clause of ``text`` opens: nothing goes on behind it that was begun before."""
    yield from (opening.start() for opening in _last(words.tells_more, text))
    # A verb of its own makes a clause of what stands before, and there is none behind.
    for opening in _last(words.tells_what, text):
        rest = text[opening.end() :]
        has_verb, is_last = (
            re.search(rf"\b(?:{words.auxiliaries})\b", part)
            for part in (text[: opening.start()], rest)
        )
        is_listed = re.search(rf"\b(?:{words.joins})\b", rest)
        if has_verb and not (is_last or is_listed):
            yield opening.start()
    for opening in re.finditer(rf",\s+(?=(?:{words.begins_anew})\b)", text):
        yield opening.start()
    for mark in (_DASH, _SEMICOLON):
        found = list(mark.finditer(text))
        # In some languages a dash stands for "is".
        is_clause = mark is _SEMICOLON or re.search(rf"\b(?:{words.auxiliaries})\b", text)
        if len(found) == 1 and is_clause and ":" not in text:
            yield found[0].start()


def _last(begins: str, text: str) -> Iterator[re.Match[str]]:
    """Where behind a comma one of the words opens a clause, and nothing goes on behind it."""
    for opening in re.finditer(rf",\s+(?=(?:{begins})\b)", text):
        if not _GOES_ON.search(text, opening.end()):
            yield opening


def _only_tells_more(rest: str, words: Lexicon, language: str | None) -> bool:
    """Whether without ``rest`` nothing is said that it would have limited."""
    limits = (
        rf"\b(?:{factored(words.speech_verbs, words.weak_speech_verbs)}|{words.according_to}|"
        rf"{words.second_hand}|{words.denial}|{words.holds_back})\b"
    )
    return not re.search(limits, rest, re.IGNORECASE) and not _has(
        rest, language, words.negations, words.negatives, words.conditions, words.exceptions,
        words.restrictions, words.turns, words.hedges, words.doubts, words.futures,
    )  # fmt: skip


def _has(text: str, language: str | None, *listed: str) -> bool:
    said = wording_of(text, language).words
    return any(any(phrases(each).within(said)) for each in listed)


def _takes_back(following: str, words: Lexicon, language: str | None) -> bool:
    """Whether what ``following`` opens with limits what was said before it."""
    first = " ".join(following.split()[:1])
    if _has(first, language, words.conditions, words.exceptions, words.restrictions, words.turns):
        return True
    return re.match(rf"\W*(?:{words.turns_back})\b", following, re.IGNORECASE) is not None


def _words(document: Document, span: Span) -> int:
    return count_words(document.text[slice(*span)])
