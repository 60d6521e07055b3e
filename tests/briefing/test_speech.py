"""Who says a sentence, and in which voice it is told."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.briefing.documents import Document, whole
from bot.briefing.extractive.quotes import quotes
from bot.briefing.numbering import numbered
from bot.briefing.speech import (
    Role,
    attribution,
    loaded_words,
    role_of,
    speaker_of_quotation,
    speaker_of_sentence,
    told,
    unquoted,
)


def _speaker(text: str, number: int = 1, language: str = "en") -> str | None:
    said = attribution(numbered("A", text, language=language), number)
    return said.speaker if said else None


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        pytest.param("Borland denied that it had asked for money.", "Borland", id="a country"),
        pytest.param(
            "“We will not pay,” said Dana Oru, Arland’s transport minister.",
            "Dana Oru",
            id="behind",
        ),
        pytest.param(
            "“Pay,” said the Secretary of State in remarks directed at Oru.",
            "the Secretary of State",
            id="an office behind a quotation",
        ),
        pytest.param(
            "The bridge may fall this winter, said Jon Velk, chief engineer of the line.",
            "Jon Velk",
            id="behind a claim without quotation",
        ),
        pytest.param(
            "Province health department officials said Monday the man was ill.",
            "Province health department officials",
            id="a group and a day",
        ),
        pytest.param(
            "State Department spokesperson Ned Aldo said that talks were serious.",
            "Ned Aldo",
            id="the role before a name is left out",
        ),
        pytest.param(
            "The lawyer for former director Tomas Velk said he would appeal.",
            "The lawyer for former director Tomas Velk",
            id="who speaks for somebody",
        ),
        pytest.param("The family said the boy was safe.", "The family", id="family is no adverb"),
        pytest.param(
            "A spokesperson for the ministry said it was true.",
            "A spokesperson for the ministry",
            id="an office of an office",
        ),
        pytest.param(
            "The ministers of Arland and Borland said the line would open.",
            "The ministers of Arland and Borland",
            id="an office of two",
        ),
        pytest.param("Oru and Velk said the line would open.", "Oru and Velk", id="two people"),
        pytest.param(
            "Tavi and his team reported that they had found water.",
            "Tavi and his team",
            id="a person and others",
        ),
        pytest.param(
            "Mat Male, strategist at Lowland Bank, says the bonds are risky.",
            "Mat Male",
            id="not the bank in the apposition",
        ),
        pytest.param(
            "Arland’s envoy to the coast, Toivo Kaar, on Tuesday said he was glad.",
            "Toivo Kaar",
            id="the office first, then the name",
        ),
        pytest.param(
            "Before the talks, Oru, in remarks, said that a bridge is a bridge.",
            "Oru",
            id="remarks between commas",
        ),
        pytest.param(
            "Marco Villa, the line’s operating officer, said Tyvak would pay.",
            "Marco Villa",
            id="not the subject of what is said",
        ),
        pytest.param(
            "At that time the owner, Joe Hanno, who also is her husband, denied any wrongdoing.",
            "Joe Hanno",
            id="not the object of a denial",
        ),
        pytest.param(
            "When Lowland Care, one of the largest clinics, recently told its staff it "
            "would close, nobody was surprised.",
            "Lowland Care",
            id="in a clause",
        ),
        pytest.param(
            "Sales fell in May, according to Infonation.", "Infonation", id="according to"
        ),
        pytest.param(
            "According to the agency, one user of the line wrote: “I want to know how.”",
            "one user of the line",
            id="the verb before the agency",
        ),
        pytest.param("Experts say the bridge may fall.", "Experts", id="present plural"),
        pytest.param(
            "Officials in Arland warned that the bridge was unsafe.", "Officials in Arland", id="in"
        ),
        pytest.param(
            "The new source claims Oru is at it again.", "The new source", id="a verb, not a noun"
        ),
    ],
)
def test_the_speaker_is_whom_the_verb_belongs_to(text: str, speaker: str) -> None:
    assert _speaker(text) == speaker


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
def test_a_sentence_that_nobody_says_has_no_speaker(text: str) -> None:
    assert _speaker(text) is None


def test_he_is_the_person_who_spoke_last_and_never_an_institution() -> None:
    text = "Jon Velk said the line was late. NTRA said so too. He added that it would open in May."
    document = numbered("A", text, language="en")
    said = attribution(document, 3)
    assert said is not None
    assert (said.speaker, said.number) == ("Jon Velk", 1)
    line = told(document, 3)
    assert (line["voice"], line["speaker"], line["evidence"]) == ("event", None, ["A3"])


def test_he_is_whom_the_sentence_before_is_about_even_where_another_spoke_before() -> None:
    text = (
        "“The line is old,” Ilva Terren said.\nDoran Maske struck a more careful note. “A date is "
        "not a bridge,” he said."
    )
    document = numbered("A", text, language="en")
    assert [said and said.speaker for said in map(attribution, [document] * 3, (1, 2, 3))] == [
        "Ilva Terren",
        None,
        "Doran Maske",
    ]


def test_he_is_the_mayor_whom_the_sentence_before_names_in_an_apposition() -> None:
    text = "Petra Oswin said no. The mayor, Tomas Reuel, has a clock. “It is right,” he said."
    assert _speaker(text, 3) == "Tomas Reuel"


def test_after_two_people_he_is_nobody_in_particular() -> None:
    text = "Ilva Terren and Doran Maske met on Monday. “It went well,” he said."
    assert _speaker(text, 2) == "he"


def test_he_without_anybody_before_stays_he() -> None:
    assert _speaker("“Never mind me,” he told them.") == "he"


def test_every_sentence_of_a_long_quotation_is_its_speakers() -> None:
    text = (
        "“The line was built by our grandfathers and it will be rebuilt by us. No one will take "
        "this work away from the people who live on both banks of the river. That is my promise "
        "to every one of them,” said Dana Oru."
    )
    document = numbered("A", text, language="en")
    assert len(document.sentences) > 1
    assert {_speaker(text, number) for number in range(1, len(document.sentences) + 1)} == {
        "Dana Oru"
    }


@pytest.mark.parametrize(
    ("language", "text", "speaker"),
    [
        ("fr", "« Nous paierons », a déclaré Ana Morel devant la presse.", "Ana Morel"),
        ("fr", "Selon Ana Morel, le pont tiendra.", "Ana Morel"),
        ("ru", "«Мы заплатим», — сказал Иван Ветров.", "Иван Ветров"),
        ("ru", "По словам Ветрова, мост выдержит.", "Ветрова"),
        ("de", "„Wir zahlen“, sagte Ana Morel.", "Ana Morel"),
        ("es", "«Pagaremos», dijo Ana Morel.", "Ana Morel"),
        ("hy", "«Մենք կվճարենք»,- ասաց Արամ Սարոյանը:", "Արամ Սարոյանը"),
    ],
)
def test_speakers_are_found_in_the_languages_whose_verbs_are_known(
    language: str, text: str, speaker: str
) -> None:
    assert _speaker(text, language=language) == speaker


def test_a_language_without_a_list_finds_nothing_rather_than_something_wrong() -> None:
    assert _speaker("Said Ali meni.", language="xx") is None


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
    assert told(numbered("A", text, language="en"), 1)["voice"] == voice


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
def test_loaded_words_are_judgements_and_no_names(text: str, words: list[str]) -> None:
    assert loaded_words(numbered("A", text, language="en"), 1) == words


def test_what_is_quoted_is_blanked_at_the_same_length() -> None:
    document = numbered("A", "He called it “a sham” and “a lie”.", language="en")
    blank = unquoted(document, document.sentences[0])
    assert blank == "He called it “      ” and “     ”."


# What a document says somebody is.


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
def test_the_first_place_that_says_it_is_found(text: str, speaker: str, role: Role | None) -> None:
    assert role_of(numbered("A", text, language="en"), speaker) == role


def test_the_role_stands_letter_for_letter_in_the_sentence() -> None:
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
