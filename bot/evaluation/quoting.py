"""Claims that quote: altered words, narration between quotation marks, and honest cuts."""

import re
from collections.abc import Iterator

from bot.briefing.words import count_words
from bot.evaluation.choosing import choice
from bot.evaluation.sentences import Change, Sentence

_WORD = re.compile(r"[^\W\d_]{4,}")
_TYPOGRAPHY = str.maketrans({"“": '"', "”": '"', "«": "“", "»": "”", "’": "'", "–": "-"})


def word_changed(sentence: Sentence) -> Iterator[Change]:
    """A word inside a quotation is another of the article."""
    known = sorted(set(re.findall(r"(?<= )[^\W\d_A-Z]{5,}(?= )", sentence.article.document.text)))
    for quotation in sentence.quotations:
        others = [word for word in known if word not in sentence.text]
        for word in _inner(quotation):
            new = choice(others, sentence.text, word.start())
            yield _with(sentence, quotation, word, new)


def word_dropped(sentence: Sentence) -> Iterator[Change]:
    """A word inside a quotation is left out."""
    for quotation in sentence.quotations:
        for word in _inner(quotation):
            change = _with(sentence, quotation, word, "")
            yield Change(change.text.replace("  ", " "), f"{word[0]} left out")


def narration_quoted(sentence: Sentence) -> Iterator[Change]:
    """What the article tells is put between quotation marks."""
    if not re.search(r"[“”«»]", sentence.text) and count_words(sentence.text) > 6:
        yield Change(sentence.words.frame.format(sentence.text.rstrip(".։")), "quoted")


def elided(sentence: Sentence) -> Iterator[Change]:
    """Two words in the middle of a quotation are "…"; none of them denies or hedges."""
    for quotation in sentence.quotations:
        words = quotation[1].split(" ")
        for at in range(2, len(words) - 4):
            cut = " ".join(words[at : at + 2])
            if not _is_guarded(sentence, cut) and not re.search(r"[.,;\d]", cut):
                shorter = " ".join([*words[:at], "…", *words[at + 2 :]])
                yield _requoted(sentence, quotation, shorter, f"{cut} → …")


def bracketed(sentence: Sentence) -> Iterator[Change]:
    """A word of a quotation stands in square brackets."""
    for quotation in sentence.quotations:
        for word in _inner(quotation):
            yield _with(sentence, quotation, word, f"[{word[0]}]")


def shortened(sentence: Sentence) -> Iterator[Change]:
    """A quotation ends sooner; what it loses neither denies nor hedges."""
    for quotation in sentence.quotations:
        words = quotation[1].split(" ")
        for kept in range(4, len(words)):
            lost = " ".join(words[kept:])
            if len(words[kept - 1]) > 3 and not _is_guarded(sentence, lost):
                piece = " ".join(words[:kept]).rstrip(",;:—–")
                yield _requoted(sentence, quotation, piece, f"without {lost}")


def retypeset(sentence: Sentence) -> Iterator[Change]:
    """Other quotation marks, apostrophes, dashes and spaces."""
    text = re.sub(r"(?<=\d) (?=[^\W\d])", "\N{NO-BREAK SPACE}", sentence.text)
    changed = text.translate(_TYPOGRAPHY)
    if changed != sentence.text:
        yield Change(changed, "typography")


def _inner(quotation: re.Match[str]) -> list[re.Match[str]]:
    """The words of a quotation but its first and last."""
    return list(_WORD.finditer(quotation[1]))[1:-1]


def _with(sentence: Sentence, quotation: re.Match[str], word: re.Match[str], new: str) -> Change:
    words = quotation[1][: word.start()] + new + quotation[1][word.end() :]
    return _requoted(sentence, quotation, words, f"{word[0]} → {new}")


def _requoted(sentence: Sentence, quotation: re.Match[str], words: str, what: str) -> Change:
    text = sentence.text
    return Change(text[: quotation.start(1)] + words + text[quotation.end(1) :], what)


def _is_guarded(sentence: Sentence, words: str) -> bool:
    return re.search(sentence.words.guarded, words, re.IGNORECASE) is not None
