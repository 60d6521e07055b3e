"""Who says a sentence, and whether it is quoted, reported or the source's own."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.briefing.documents import Document, whole_excerpts
from bot.briefing.extractive.quotes import choose_quotes
from bot.briefing.numbering import numbered
from bot.briefing.speech import (
    Role,
    blank_quotations,
    draft_sentence,
    is_attributed,
    loaded_words,
    role_of,
    speaker_of_quotation,
    speaker_of_sentence,
)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Borland denied that it had asked for money."),
        ("en", "“We will not pay,” said Dana Oru, Arland’s transport minister."),
        ("en", "“Pay,” said the Secretary of State in remarks directed at Oru."),
        ("en", "The bridge may fall this winter, said Jon Velk, chief engineer of the line."),
        ("en", "Province health department officials said Monday the man was ill."),
        ("en", "The family said the boy was safe."),
        ("en", "Mat Male, strategist at Lowland Bank, says the bonds are risky."),
        ("en", "Arland’s envoy to the coast, Toivo Kaar, on Tuesday said he was glad."),
        ("en", "Sales fell in May, according to Infonation."),
        ("en", "“Never mind me,” he told them."),
        ("fr", "« Nous paierons », a déclaré Ana Morel devant la presse."),
        ("fr", "Selon Ana Morel, le pont tiendra."),
        ("ru", "«Мы заплатим», — сказал Иван Ветров."),
        ("ru", "По словам Ветрова, мост выдержит."),
        ("de", "„Wir zahlen“, sagte Ana Morel."),
        ("es", "«Pagaremos», dijo Ana Morel."),
        ("hy", "«Մենք կվճարենք»,- ասաց Արամ Սարոյանը:"),
    ],
)
def test_a_sentence_with_a_verb_of_speech_is_a_claim(language: str, text: str) -> None:
    assert is_attributed(numbered("A", text, language=language), 1)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("The line closed on Monday.", id="nobody says it"),
        pytest.param("The ministers agreed to reopen the line.", id="what does what it says"),
        pytest.param("A photo of the meeting was denied by Velk.", id="passive"),
        pytest.param("The owners left when they were told of the fire.", id="being told"),
        pytest.param("He did not say who would pay.", id="not said"),
        pytest.param("She would say nothing new.", id="not yet said"),
        pytest.param("The share added more than 2% after the vote.", id="added, of a share"),
        pytest.param("The group maintains a political office.", id="maintains an office"),
        pytest.param("Lowland Bank earned less than analysts’ estimates.", id="a noun"),
        pytest.param("Aldo, United States: the road is closed.", id="a country’s name"),
        pytest.param("It explains why we see changes.", id="what explains"),
        pytest.param("We think the bridge is ugly.", id="the outlet itself"),
    ],
)
def test_a_sentence_without_a_speaker_is_not_a_claim(text: str) -> None:
    assert not is_attributed(numbered("A", text, language="en"), 1)


def test_a_pronoun_is_not_shown_as_the_speaker() -> None:
    document = numbered(
        "A", "Jon Velk said it was late. He added that it would open.", language="en"
    )
    line = draft_sentence(document, 2)
    assert is_attributed(document, 2)
    assert (line.voice, line.speaker, line.evidence) == ("event", None, ["A2"])


def test_every_sentence_of_a_long_quotation_is_a_claim() -> None:
    text = (
        "“The line was built by our grandfathers and it will be rebuilt by us. No one will take "
        "this work away from the people who live on both banks of the river. That is my promise "
        "to every one of them,” said Dana Oru."
    )
    document = numbered("A", text, language="en")
    assert len(document.sentences) > 1
    assert all(is_attributed(document, n) for n in range(1, len(document.sentences) + 1))


def test_a_language_without_a_list_finds_nothing_rather_than_something_wrong() -> None:
    assert not is_attributed(numbered("A", "Said Ali meni.", language="xx"), 1)


def test_words_that_are_no_name_are_not_the_speaker() -> None:
    text = "The count is lower than the 2,300 told earlier, the coast guard said on Monday."
    assert draft_sentence(numbered("A", text, language="en"), 1).speaker is None


@pytest.mark.parametrize(
    ("text", "voice"),
    [
        ("The line closed on Monday.", "event"),
        ("The premier went on a tirade.", "outlet"),
        ("“What a tirade,” people sang.", "event"),
        ("Dana Oru said the line had closed after a tirade.", "attributed"),
        ("The union said the line had closed after a tirade.", "event"),
    ],
)
def test_code_sets_the_voice_of_a_sentence(text: str, voice: str) -> None:
    assert draft_sentence(numbered("A", text, language="en"), 1).voice == voice


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The regime of Arland fell.", ["regime"]),
        ("The tax regime of Arland changed.", []),
        ("The seat was occupied by a clerk.", []),
        ("They met in occupied Sarn.", ["occupied"]),
        ("Ann Savage met Bo Brave.", []),
        ("A landmark in the city burnt.", []),
        ("A landmark deal was struck.", ["landmark"]),
        ("Radical plans failed.", []),
    ],
)
def test_loaded_words_are_judgements_and_not_names(text: str, words: list[str]) -> None:
    assert loaded_words(numbered("A", text, language="en"), 1) == words


def test_quotations_are_blanked_at_the_same_length() -> None:
    document = numbered("A", "He called it “a sham” and “a lie”.", language="en")
    blank = blank_quotations(document, document.sentences[0])
    assert blank == "He called it “      ” and “     ”."


# The role that a document gives a person.


@pytest.mark.parametrize(
    ("text", "speaker", "role"),
    [
        pytest.param(
            "“No,” said Dana Oru, Arland’s transport minister.",
            "Dana Oru",
            Role("Arland’s transport minister", 1),
            id="behind the name",
        ),
        pytest.param(
            "The hosts were led by Secretary of State Anton Bell.",
            "Anton Bell",
            Role("Secretary of State", 1),
            id="before the name",
        ),
        pytest.param(
            "They were met by the envoy, Toivo Kaar, on Monday.",
            "Toivo Kaar",
            Role("the envoy", 1),
            id="before the name, with a comma",
        ),
        pytest.param(
            "It was late. Gwyn Shot, president and chief officer of Lowland, said so.",
            "Gwyn Shot",
            Role("president and chief officer of Lowland", 2),
            id="in a later sentence",
        ),
        pytest.param(
            "“No,” said Steve Clarke, deputy administrator for flight in the far north.",
            "Steve Clarke",
            Role("deputy administrator for flight in the far north", 1),
            id="all that it is of",
        ),
        pytest.param("Ilva Terren met them.", "Ilva Terren", None, id="none"),
        pytest.param(
            "The rival of the minister, Dana Oru, left.", "Dana Oru", None, id="another’s office"
        ),
        pytest.param(
            "The former City Hall water policy adviser Dana Oru left.",
            "Dana Oru",
            None,
            id="where a verb might stand between",
        ),
        pytest.param(
            "The former City Hall water policy adviser Dana Oru said so.",
            "Dana Oru",
            Role("former City Hall water policy adviser", 1),
            id="with what came before",
        ),
        pytest.param(
            "Last week State Department official Dana Oru left.",
            "Dana Oru",
            Role("State Department official", 1),
            id="behind a time",
        ),
        pytest.param(
            "“No,” said the coast guard’s commander, Dana Oru.",
            "Dana Oru",
            Role("the coast guard’s commander", 1),
            id="with its owner",
        ),
        pytest.param(
            "The board met Lowland’s chief executive, Dana Oru, on Monday.",
            "Dana Oru",
            Role("Lowland’s chief executive", 1),
            id="behind a verb",
        ),
        pytest.param(
            "“No,” Secretary-general Dana Oru said.",
            "Dana Oru",
            Role("Secretary-general", 1),
            id="with a hyphen",
        ),
        pytest.param(
            "Dana Oru, minister of roads, bridges and rivers, said so.",
            "Dana Oru",
            None,
            id="a list that a comma cuts",
        ),
        pytest.param(
            "Later two-time minister Dana Oru said so.", "Dana Oru", None, id="a word before it"
        ),
        pytest.param(
            "Its secretary-general, Dana Oru, said so.", "Dana Oru", None, id="whose is not said"
        ),
        pytest.param(
            "Dana Oru, the minister who resigned, said so.", "Dana Oru", None, id="no longer"
        ),
        pytest.param("Dana Oru, said the minister, left.", "Dana Oru", None, id="a clause"),
        pytest.param("His lawyer, Dana Oru, left.", "Dana Oru", None, id="whose is not said"),
        pytest.param("Minister Jan Oru met Dana Oru.", "Dana Oru", None, id="a namesake’s"),
    ],
)
def test_the_first_statement_of_a_role_is_found(text: str, speaker: str, role: Role | None) -> None:
    assert role_of(numbered("A", text, language="en"), speaker) == role


def test_the_role_is_verbatim_from_the_sentence() -> None:
    document = numbered("A", "“No,” said Dana Oru, Arland’s transport minister.", language="en")
    found = role_of(document, "Dana Oru")
    assert found is not None
    assert found.role in document.sentence(found.number)


# Who is shown as the speaker of a quotation: the person named beside it, or nobody.


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


def test_many_speakers_are_shown() -> None:
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
    for quote, _ in choose_quotes(whole_excerpts((document,)), 9):
        held = " ".join(document.sentence(int(reference[1:])) for reference in quote.evidence)
        assert quote.speaker
        assert quote.speaker in held
        assert quote.role is None or quote.role in held
    for number in range(1, len(document.sentences) + 1):
        line = draft_sentence(document, number)
        held = " ".join(document.sentence(int(each[1:])) for each in line.evidence)
        assert line.speaker is None or line.speaker in held


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
def test_if_no_person_is_named_beside_the_words_nobody_is_shown(text: str) -> None:
    assert _shown(text) == [None]


def test_a_reply_is_not_attributed_to_the_previous_speaker() -> None:
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
