"""Words are found where a careful reader would find them, and nowhere else."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.briefing.documents import Span
from bot.briefing.normalisation import normalised, quotations

SOURCE = (
    "The board did not approve the merger.\n\nRevenue fell 9% to $3.5 million (est.), "
    "\u22122% a year, after 12 500 non-binding votes at 10:30."
)
TEXT = st.text(st.sampled_from("aé’'\"“”—–-- \n\u00ad\u0301.,93%½ﬁ…ß経済\u200b"), max_size=40)


def found(needle: str, source: str = SOURCE) -> str | None:
    spans = normalised(source).find(needle)
    return next((source[slice(*span)] for span in spans), None)


def test_a_span_counts_characters_of_the_unchanged_source() -> None:
    assert list(normalised(SOURCE).find("merger. Revenue")) == [Span(30, 46)]


def test_every_place_is_found_in_order() -> None:
    assert list(normalised("no, no – No").find("no")) == [Span(0, 2), Span(4, 6)]


@pytest.mark.parametrize(
    ("needle", "passage"),
    [
        pytest.param("did not approve the merger", "did not approve the merger", id="verbatim"),
        pytest.param("merger. Revenue fell", "merger.\n\nRevenue fell", id="across-paragraphs"),
        pytest.param("to $3.5 million (est.)", "to $3.5 million (est.)", id="regex-characters"),
        pytest.param("12 500 non-binding", "12 500 non-binding", id="grouped-figure"),
        pytest.param("did now approve the merger", None, id="one-letter-changed"),
        pytest.param("revenue fell 9%", None, id="case-changed"),
        pytest.param("prove the merger", None, id="word-cut-at-its-start"),
        pytest.param("the merge", None, id="word-cut-at-its-end"),
        pytest.param("5 million", None, id="figure-cut-at-its-start"),
        pytest.param("fell 9% to $3", None, id="figure-cut-at-its-end"),
        pytest.param("3.5 million", None, id="currency-left-out"),
        pytest.param("Revenue fell 9", None, id="percent-left-out"),
        pytest.param("2% a year", None, id="sign-left-out"),
        pytest.param("after 12", None, id="thousands-left-out"),
        pytest.param("500 non-binding", None, id="only-the-hundreds"),
        pytest.param("binding votes", None, id="prefix-left-out"),
        pytest.param("votes at 10", None, id="half-a-time"),
        pytest.param("", None, id="nothing"),
        pytest.param("\u200b \n", None, id="nothing-visible"),
    ],
)
def test_only_whole_words_and_figures_with_their_signs_are_found(
    needle: str, passage: str | None
) -> None:
    assert found(needle) == passage


@pytest.mark.parametrize(
    ("needle", "source", "passage"),
    [
        pytest.param('it\'s "over"', "so it’s “over”.", "it’s “over”", id="curly-quotes"),
        pytest.param("a 'no' to us", "“a ‘no’ to us”", "a ‘no’ to us", id="nested-quotes"),
        pytest.param("« oui »", "dit «\u00a0oui\u00a0»", "«\u00a0oui\u00a0»", id="guillemets"),
        pytest.param("2024-25", "in 2024–25,", "2024–25", id="en-dash"),
        pytest.param("out - and in", "out—and in", "out—and in", id="em-dash"),
        pytest.param("out—and in", "out -- and in", "out -- and in", id="two-hyphens"),
        pytest.param("then left", "agreed—then left", "then left", id="after-an-em-dash"),
        pytest.param("prepaid", "all pre\u00adpaid cards", "pre\u00adpaid", id="soft-hyphen"),
        pytest.param("café", "a cafe\u0301 opened", "cafe\u0301", id="accent-apart"),
        pytest.param("fine", "a ﬁne day", "ﬁne", id="ligature"),
        pytest.param("wait... no", "wait… no", "wait… no", id="ellipsis"),
        pytest.param("30 km", "of 30\u202fkm", "30\u202fkm", id="narrow-space"),
        pytest.param("経済成長", "中国経済成長率", "経済成長", id="script-without-spaces"),
    ],
)
def test_typography_is_forgiven(needle: str, source: str, passage: str) -> None:
    assert found(needle, source) == passage


@pytest.mark.parametrize(
    ("needle", "source"),
    [
        pytest.param("cafe", "a café opened", id="letter-without-its-accent"),
        pytest.param("cafe", "a cafe\u0301 opened", id="letter-before-its-accent"),
        pytest.param("paid", "pre\u00adpaid", id="after-a-soft-hyphen"),
        pytest.param("3", "3½ hours", id="whole-without-its-half"),
        pytest.param("wait.", "wait… no", id="part-of-an-ellipsis"),
        pytest.param("क", "कि", id="letter-without-its-vowel-sign"),
        pytest.param("don", "they don’t", id="half-a-contraction"),
    ],
)
def test_no_character_is_cut_in_two(needle: str, source: str) -> None:
    assert found(needle, source) is None


@given(words=st.lists(st.text("aé’9", min_size=1), min_size=1), data=st.data())
def test_every_run_of_whole_words_is_found(words: list[str], data: st.DataObject) -> None:
    source = " x ".join(words)
    first = data.draw(st.integers(0, len(words) - 1))

    passage = found(f"{words[first]} x" if first < len(words) - 1 else words[first], source)

    assert passage is not None


@given(needle=TEXT, source=TEXT)
def test_what_is_found_equals_the_needle_after_normalisation(needle: str, source: str) -> None:
    wanted = normalised(needle).text.strip()
    for span in normalised(source).find(needle):
        passage = source[slice(*span)]
        assert normalised(passage).text.strip() == wanted


@given(text=TEXT)
def test_every_character_has_a_position(text: str) -> None:
    plain = normalised(text)

    assert len(plain.places) == len(plain.text) + 1
    assert list(plain.places) == sorted(plain.places)
    assert plain.places[-1] == len(text)
    assert "  " not in plain.text


# The words between a source's quotation marks, in the typography of many languages.


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
def test_an_apostrophe_is_not_a_quotation_mark(text: str) -> None:
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
