"""The words between a source's quotation marks, in the typography of many languages."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.briefing.documents import Span
from bot.briefing.normalisation import quotations


def quoted(text: str) -> list[str]:
    whole = (Span(0, len(text)),)
    return [text[slice(*span)] for span in quotations(text, whole)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("“No,” he said. “Never.”", ["No,", "Never."], id="english"),
        pytest.param('"No," he said. "Never."', ["No,", "Never."], id="straight"),
        pytest.param("«\u00a0Oui\u00a0», dit-il.", ["Oui"], id="french"),
        pytest.param("„Nein“, sagte er.", ["Nein"], id="german"),
        pytest.param("»Nein«, sagte er.", ["Nein"], id="german-in-books"),
        pytest.param("„Nie”, powiedział.", ["Nie"], id="polish"),
        pytest.param("”Nej”, sade han.", ["Nej"], id="swedish"),
        pytest.param("Das ist ‚gut‘ so.", ["gut"], id="german-single"),
        pytest.param("Il a dit ‹non›.", ["non"], id="swiss-single"),
        pytest.param("«Այո»,- ասաց նա։", ["Այո"], id="armenian"),
        pytest.param("«Да», — сказал он.", ["Да"], id="russian"),
        pytest.param("「はい」と『本』", ["はい", "本"], id="japanese"),
        pytest.param("‘It’s over,’ said Al.", ["It’s over,"], id="british"),
        pytest.param("He called it 'bad'.", ["bad"], id="straight-single"),
        pytest.param("“We say ‘no’ to it.”", ["We say ‘no’ to it."], id="nested"),
        pytest.param("‘We say “no” to it.’", ["We say “no” to it."], id="nested-british"),
        pytest.param("‘We pay. ‘We do.’", ["We pay.", "We do."], id="opened-again"),
        pytest.param("on “ Dancing with the Stars.” She won.", ["Dancing with the Stars."],
                     id="a-linked-title"),
        pytest.param("„Nein“ und „ja“ – das", ["Nein", "ja"], id="german-twice"),
        pytest.param("the “so-called” plan", ["so-called"], id="one-word"),
        pytest.param("‘back the workers’ demands,’ he said", ["back the workers’ demands,"],
                     id="possessive-inside"),
        pytest.param("‘the workers’ and then the ‘bosses’", ["the workers", "bosses"],
                     id="plural-at-the-end"),
    ],
)  # fmt: skip
def test_the_words_between_the_marks_are_found(text: str, words: list[str]) -> None:
    assert quoted(text) == words


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("They don’t know the dogs’ names.", id="apostrophes"),
        pytest.param("They don't know the dogs' names, or the cats' names.", id="straight"),
        pytest.param("In the '90s, 'tis said, rock 'n' roll ruled.", id="shortened"),
        pytest.param('A 5" pipe and a 6" pipe', id="inches"),
        pytest.param('“” and “ – ” and "…"', id="no-word"),
    ],
)  # fmt: skip
def test_an_apostrophe_is_no_quotation(text: str) -> None:
    assert quoted(text) == []


def test_an_open_quotation_ends_with_its_paragraph() -> None:
    text = "“We will pay,\nhe said. “But”\n‘Not now.\nHe left."
    lines = (Span(0, 13), Span(14, 28), Span(29, 38), Span(39, 47))

    found = [text[slice(*span)] for span in quotations(text, lines)]

    assert found == ["We will pay,", "But", "Not now."]


@given(st.text(st.sampled_from("“”\"'‘’„«»‚‹›「」s aA.\n"), max_size=60))
def test_quotations_are_in_order_and_hold_a_word(text: str) -> None:
    spans = quotations(text, (Span(0, len(text)),))

    assert all(before.end <= after.start for before, after in pairwise(spans))
    assert all(any(c.isalnum() for c in text[slice(*span)]) for span in spans)
    assert all(text[slice(*span)] == text[slice(*span)].strip() for span in spans)


@given(st.lists(st.text("abc’ ", min_size=1).filter(str.strip), min_size=1))
def test_what_is_put_between_marks_is_found(words: list[str]) -> None:
    said = [word.strip() for word in words if any(c.isalpha() for c in word)]

    assert quoted(", he said, ".join(f"“{word}”" for word in said)) == said
