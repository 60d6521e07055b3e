"""The headline of a source: its title, if its sentences support what that says."""

import re

from bot.briefing.checks.all import findings
from bot.briefing.checks.statement import Statement
from bot.briefing.clipping import clipped
from bot.briefing.content import content
from bot.briefing.documents import Document, Library
from bot.briefing.draft import DraftLine, Voice
from bot.briefing.passages import Excerpt
from bot.briefing.speech import told
from bot.briefing.terms import terms
from bot.briefing.words import count_words

# A headline has three content words or more, and one of them comes again: its beginning does,
# since languages decline.
_FEWEST_TERMS, _BEGINNING = 3, 5
_LONGEST = 25
_BYLINE = re.compile(r"By\b.*|(?:[A-Z][\w.’'-]*,?\s*){2,4},(?:\s*[A-Z]\w*){1,4}")
_ENDS_A_SENTENCE = re.compile(r"[.!?։؟۔।。！？…][\"'”’»)]*$")

_MOST_PASSAGES = 3
_FEWEST_FOUND = 0.7
"""The share of a title's content words that its sentences must have."""
_MOST_OF_IT = 0.8  # as in `repeats`


def has_headline(document: Document) -> bool:
    """Whether the first sentence is a headline: a short paragraph of its own, no full stop, and
    about what follows (a byline or the name of a column is not)."""
    if len(document.sentences) < 2 or document.paragraphs[0] != document.sentences[0]:
        return False
    first = document.sentence(1)
    if count_words(first) > _LONGEST or _ENDS_A_SENTENCE.search(first):
        return False
    if _BYLINE.fullmatch(first):
        return False
    own = [t[:_BEGINNING] for t in terms(first, document.language) if not t.isdigit()]
    rest = document.text[document.sentences[1].start :].casefold()
    return len(own) >= _FEWEST_TERMS and any(term in rest for term in own if len(term) > 2)


def headline(excerpt: Excerpt, lead: str, most: int) -> DraftLine | None:
    """The title of the source in at most ``most`` words, if its sentences hold it and ``lead`` says
    more than it does."""
    drafted = _first_sentence(excerpt, most) or _title(excerpt, most)
    if drafted is None or _says_all_of(drafted.text, lead, excerpt.document.language):
        return None
    return drafted


def _first_sentence(excerpt: Excerpt, most: int) -> DraftLine | None:
    document = excerpt.document
    if 1 not in excerpt.numbers or not has_headline(document):
        return None
    title, first = (
        content(t or "", document.language) for t in (document.title, document.sentence(1))
    )
    if title and title.isdisjoint(first):  # a caption, or the name of a column
        return None
    span = clipped(document, 1, most)
    return DraftLine(**told(document, 1, span)) if span else None


def _title(excerpt: Excerpt, most: int) -> DraftLine | None:
    """The title that a page has beside its text, with the sentences that say most of it; in the
    outlet's voice unless one sentence says it all."""
    document, title = excerpt.document, excerpt.document.title or ""
    words = content(title, document.language)
    if not words or count_words(title) > most:
        return None
    said = {n: words & content(document.sentence(n), document.language) for n in excerpt.numbers}
    numbers: list[int] = []
    found: frozenset[str] = frozenset()
    while len(found) < len(words) and len(numbers) < _MOST_PASSAGES:
        best = max(said, key=lambda n: (len(said[n] - found), -n))
        if not said[best] - found:
            break
        numbers.append(best)
        found |= said[best]
    if len(found) < _FEWEST_FOUND * len(words):
        return None
    references = tuple(f"{document.label}{n}" for n in sorted(numbers))
    passages = tuple(document.passage(n) for n in sorted(numbers))
    library = Library((document,))
    if findings(Statement(title, references, passages, library, language=document.language)):
        return None
    voice: Voice = "event" if found == words and not numbers[1:] else "outlet"
    return DraftLine(evidence=list(references), voice=voice, speaker=None, text=title)


def _says_all_of(text: str, lead: str, language: str | None) -> bool:
    words = content(lead, language)
    if not words:
        return text == lead
    return len(words & content(text, language)) >= _MOST_OF_IT * len(words)
