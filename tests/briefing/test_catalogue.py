"""At a release every language has every text, with the same placeholders, in its own script."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from importlib.resources import files
from pathlib import Path
from string import Formatter
from typing import get_args

import pytest
from babel.messages.pofile import read_po

from bot.briefing.catalogue import ENGLISH, LANGUAGES, Catalogue, catalogue
from bot.briefing.documents import Passage
from bot.briefing.draft import CautionKind
from bot.briefing.lines import CheckName

_ROOT = Path(__file__).parents[2]
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


_WANTED = {
    (name, text.partition("|")[0]): name for name, text in _sentences(ENGLISH) if name != "locale"
}
"""The names of the messages, by context and English."""


def _messages(language: str) -> Mapping[tuple[str, str], bool]:
    """Whether each message of a catalogue is translated, by its context and its English."""
    with (files("bot.briefing") / "messages" / f"{language}.po").open("rb") as file:
        messages = [message for message in read_po(file, locale=language) if message.id]
    return {
        (str(each.context), each.id if isinstance(each.id, str) else each.id[0]): (
            bool(each.string) and not each.fuzzy
        )
        for each in messages
    }


def _missing(language: str) -> list[str]:
    """What the language does not say, and is therefore said in English."""
    found = _messages(language)
    return [name for message, name in _WANTED.items() if not found.get(message)]


@pytest.mark.parametrize("language", OTHERS)
def test_no_message_is_left_over(language: str) -> None:
    own = {each for each in _messages(language) if each[0] in ("checks", "unread")}
    assert _messages(language).keys() - own <= _WANTED.keys()


@pytest.mark.parametrize("language", OTHERS)
def test_at_a_release_no_message_is_missing(language: str) -> None:
    missing = _missing(language)
    if missing and "## Unreleased" in (_ROOT / "CHANGELOG.md").read_text(encoding="utf-8"):
        pytest.skip(f"to be translated before the release, {language}.po: {', '.join(missing)}")
    assert missing == []


@pytest.mark.parametrize("language", OTHERS)
def test_every_language_has_the_same_reasons_and_checks(language: str) -> None:
    words = catalogue(language)
    assert words.unread.keys() == catalogue("fr").unread.keys()
    assert words.checks.keys() == set(get_args(CheckName))
    assert words.kinds.keys() == set(get_args(CautionKind))
    assert words.why_unread("video", "It is a video.") == words.unread["unreadable"]


@pytest.mark.parametrize("language", OTHERS)
def test_no_sentence_is_left_in_english(language: str) -> None:
    missing = _missing(language)
    for name, sentence in _sentences(replace(catalogue(language), locale="")):
        if name in missing:
            continue
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


def test_lists_are_joined_as_in_the_language() -> None:
    assert catalogue("de").join_list(["a", "b", "c"]) == "a, b und c"
    assert catalogue("ar").join_list(["أ"]) == "أ"


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
def test_a_quotation_inside_a_quoted_sentence_has_both_of_its_marks(words: str, shown: str) -> None:
    assert ENGLISH.quote(words) == shown
