"""Who is shown as the speaker of a quotation: the person named beside it, or nobody."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.briefing.documents import Document, whole
from bot.briefing.extractive.quotes import quotes
from bot.briefing.numbering import numbered
from bot.briefing.speech import speaker_of_quotation, speaker_of_sentence, told

_FOLDER = Path(__file__).parents[1] / "articles" / "quoted"
_FEWEST_SHOWN = 30
_SAID = tomllib.loads((_FOLDER / "speakers.toml").read_text(encoding="utf-8"))


def _document(name: str) -> Document:
    text = (_FOLDER / f"{name}.txt").read_text(encoding="utf-8")
    return numbered("A", text, language=_SAID[name]["language"])


def _pairs(document: Document, said: list[tuple[str, str]]) -> Iterator[tuple[str, str | None]]:
    """Who says each quotation, and who is shown."""
    for span in document.quotations:
        words = document.text[slice(*span)]
        for begins, speaker in said:
            if words.startswith(begins):
                shown = speaker_of_quotation(document, span)
                yield speaker, shown and shown.name


@pytest.mark.parametrize("name", _SAID)
def test_no_speaker_that_is_shown_is_wrong(name: str) -> None:
    pairs = list(_pairs(_document(name), _SAID[name]["said"]))
    assert pairs
    assert [(right, shown) for right, shown in pairs if shown not in (None, right)] == []


def test_many_a_speaker_is_shown_all_the_same() -> None:
    shown = [
        shown
        for name in _SAID
        for _, shown in _pairs(_document(name), _SAID[name]["said"])
        if shown
    ]
    assert len(shown) >= _FEWEST_SHOWN


@pytest.mark.parametrize("name", _SAID)
def test_a_quote_and_a_line_show_no_speaker_that_their_evidence_lacks(name: str) -> None:
    document = _document(name)
    for quote, _ in quotes(whole((document,)), 9):
        held = " ".join(document.sentence(int(reference[1:])) for reference in quote.evidence)
        assert quote.speaker
        assert quote.speaker in held
        assert quote.role is None or quote.role in held
    for number in range(1, len(document.sentences) + 1):
        line = told(document, number)
        held = " ".join(document.sentence(int(each[1:])) for each in line["evidence"])
        assert line["speaker"] is None or line["speaker"] in held


def _shown(text: str, language: str = "en") -> list[str | None]:
    document = numbered("A", text, language=language)
    found = (speaker_of_quotation(document, span) for span in document.quotations)
    return [each and each.name for each in found]


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        pytest.param("“We pay,” said Dana Oru.", ["Dana Oru"], id="behind"),
        pytest.param("“We pay,” Dana Oru told reporters.", ["Dana Oru"], id="before the verb"),
        pytest.param("Dana Oru came. “We pay,” said Oru.", ["Dana Oru"], id="by the surname"),
        pytest.param("“We pay,” said its engineer, Dana Oru.", ["Dana Oru"], id="with an office"),
        pytest.param("Minister Dana Oru said: “We pay.”", ["Dana Oru"], id="a colon"),
        pytest.param("Dana Oru, the minister, said: “We pay.”", ["Dana Oru"], id="an aside"),
        pytest.param(
            "Oslo’s mayor, Dana Oru, said: “We pay.”", ["Dana Oru"], id="the office first"
        ),
        pytest.param("Dana Oru said that she had “no doubt”.", ["Dana Oru"], id="half a sentence"),
        pytest.param("“Yes,” Dana Oru said, “we pay.”", ["Dana Oru"] * 2, id="a broken one"),
        pytest.param("“Yes,” Dana Oru said. “We pay.”", ["Dana Oru"] * 2, id="a second one"),
        pytest.param(
            "Velk City won. “We ran,” said Velk coach Dana Oru.", ["Dana Oru"], id="a team"
        ),
        pytest.param(
            "Chair of the House Foreign Affairs Committee Dana Oru came. “We pay,” said Oru.",
            ["Oru"],
            id="a long office before the name",
        ),
    ],
)
def test_the_person_named_beside_the_words_is_their_speaker(
    text: str, speakers: list[str | None]
) -> None:
    assert _shown(text) == speakers


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("“We will pay.”", id="nobody"),
        pytest.param("Dana Oru came. “We pay,” she said.", id="a pronoun"),
        pytest.param("Dana Oru is minister. “We pay,” the minister said.", id="an office"),
        pytest.param("Dana Oru and Jan Oru came. “We pay,” Oru said.", id="a shared surname"),
        pytest.param("Dana Oru and Oru’s son came. “We pay,” Oru said.", id="a family"),
        pytest.param("Dana Oru came. Her son Jan too. “We pay,” Oru said.", id="her son"),
        pytest.param("“We pay,” a spokesman for Dana Oru said.", id="a spokesman for them"),
        pytest.param("“We pay,” said Dana Oru’s lawyer.", id="their lawyer"),
        pytest.param("“He lied,” said the lawyer for the accused, Dana Oru.", id="the accused"),
        pytest.param("“He lied,” said Dana Oru and Jan Velk.", id="two people"),
        pytest.param("“Will he pay?” Dana Oru was asked.", id="who is asked"),
        pytest.param("Dana Oru smiled. “We pay,” he said.", id="named in the sentence before"),
        pytest.param("Jan Velk smiled at Dana Oru: “We pay.”", id="no verb of speech"),
        pytest.param("Dana Oru said that the guard had written “we pay”.", id="told on"),
        pytest.param("Dana Oru denied that he “ever paid”.", id="denied"),
        pytest.param("“We pay,” he said, according to Dana Oru.", id="according to"),
        pytest.param("“We pay,” said Maj. Gen. Dana Oru.", id="a rank"),
        pytest.param("Velk City won. “We ran,” said Velk striker Dana Oru.", id="of a team"),
        pytest.param("They added: “We won’t pay.” Velk Ltd denied a breach.", id="denied it"),
    ],
)
def test_where_no_person_is_named_beside_the_words_nobody_is_shown(text: str) -> None:
    assert _shown(text) == [None]


def test_whoever_answers_is_not_the_one_who_spoke_before() -> None:
    assert _shown("“We pay,” said Dana Oru. “Never,” he replied.") == ["Dana Oru", None]
    assert _shown("“We pay,” Dana Oru told Jan Velk. “Really?”") == ["Dana Oru", None]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Dana Oru said the bridge would close.", "Dana Oru"),
        ("The bridge will close, said Dana Oru.", "Dana Oru"),
        ("According to Dana Oru, the bridge will close.", "Dana Oru"),
        ("He said the bridge would close.", None),
        ("The minister said the bridge would close.", None),
        ("The bridge closed on Monday.", None),
        ("Harlan is shut. Harlan Port Authority said it would close.", "Harlan Port Authority"),
    ],
)
def test_a_line_has_the_speaker_whom_its_sentence_names(text: str, speaker: str | None) -> None:
    document = numbered("A", text, language="en")
    said = speaker_of_sentence(document, len(document.sentences))
    assert (said and said.name) == speaker
