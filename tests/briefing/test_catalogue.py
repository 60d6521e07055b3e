"""Every language says everything, with the same places to fill, and in its own script."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from importlib.resources import files
from string import Formatter
from typing import get_args

import pytest
from babel.messages.pofile import read_po

from bot.briefing.catalogue import ENGLISH, LANGUAGES, Catalogue, catalogue
from bot.briefing.documents import Passage
from bot.briefing.draft import CautionKind
from bot.briefing.lines import CheckName

OTHERS = sorted({*LANGUAGES} - {"en"})
_SCRIPTS = {"ru": "\u0400-\u04ff", "hy": "\u0531-\u0587", "ar": "\u0600-\u06ff"}
_ENGLISH_WORDS = re.compile(r"\b(?:the|of|is|are|were|and|lines|words?|with|not|read)\b")


def _sentences(words: Catalogue) -> Iterator[tuple[str, str]]:
    for each in fields(words):
        value = getattr(words, each.name)
        if isinstance(value, Mapping):
            yield from ((f"{each.name}.{key}", text) for key, text in value.items())
        elif isinstance(value, str):
            yield each.name, value


def _places(sentence: str) -> list[set[str]]:
    """The names of the places in each form of a sentence."""
    return [
        {name for _, name, _, _ in Formatter().parse(form) if name} for form in sentence.split("|")
    ]


@pytest.mark.parametrize("language", OTHERS)
def test_every_sentence_has_the_places_of_the_english_one(language: str) -> None:
    english, theirs = dict(_sentences(ENGLISH)), dict(_sentences(catalogue(language)))
    own = {name for name in theirs if name.startswith(("unread.", "checks."))}
    assert theirs.keys() - own == english.keys()
    for name, sentence in english.items():
        wanted = _places(sentence)[-1]
        assert all(places == wanted for places in _places(theirs[name])), name


@pytest.mark.parametrize("language", OTHERS)
def test_no_message_is_missing_or_left_over(language: str) -> None:
    with (files("bot.briefing") / "messages" / f"{language}.po").open("rb") as file:
        messages = [message for message in read_po(file, locale=language) if message.id]
    assert [message.id for message in messages if not message.string or message.fuzzy] == []
    contexts = {message.context for message in messages} - {"checks", "unread"}
    of_no_language = {"locale", "checks", "unread"}
    assert contexts == {name for name, _ in _sentences(ENGLISH)} - of_no_language


@pytest.mark.parametrize("language", OTHERS)
def test_every_language_tells_the_same_reasons_and_checks(language: str) -> None:
    words = catalogue(language)
    assert words.unread.keys() == catalogue("fr").unread.keys()
    assert words.checks.keys() == set(get_args(CheckName))
    assert words.kinds.keys() == set(get_args(CautionKind))
    assert words.why_unread("video", "It is a video.") == words.unread["unreadable"]


@pytest.mark.parametrize("language", OTHERS)
def test_no_sentence_is_left_in_english(language: str) -> None:
    for name, sentence in _sentences(replace(catalogue(language), locale="")):
        shown = re.sub(r"\{\w+\}|Readout|cookie", "", sentence)
        assert not _ENGLISH_WORDS.search(shown), name
        letters = re.findall(r"[^\W\d_]", shown)
        script = _SCRIPTS.get(language)
        if script and letters:
            assert re.fullmatch(f"[{script}]+", "".join(letters)), name


def test_a_place_is_named_in_the_language_and_an_unknown_language_is_english() -> None:
    passage = Passage("A", 0, 1, "x", "A7", page=12)
    assert [catalogue(each).place(passage) for each in ("fr", "de", "hy", "xx", None)] == [
        "A7, p. 12", "A7, S. 12", "A7, էջ 12", "A7, p. 12", "A7, p. 12",
    ]  # fmt: skip


def test_words_are_listed_as_the_language_does() -> None:
    assert catalogue("de").listed(["a", "b", "c"]) == "a, b und c"
    assert catalogue("ar").listed(["أ"]) == "أ"


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("We owe them more,” Ann said.", "“‘We owe them more,’ Ann said.”"),
        ("“I know,” she said, “and so do you.", "“‘I know,’ she said, ‘and so do you.’”"),
        ('"I know," she said.', "“‘I know,’ she said.”"),
        ("Nothing is lost.", "“Nothing is lost.”"),
    ],
    ids=["begun before", "goes on", "straight", "none"],
)
def test_what_a_quoted_sentence_quotes_itself_has_both_of_its_marks(words: str, shown: str) -> None:
    assert ENGLISH.quote(words) == shown
