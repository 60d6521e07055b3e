"""Who says a sentence, and in which voice it is told."""

import pytest

from bot.briefing.numbering import numbered
from bot.briefing.speech import attribution, loaded_words, told, unquoted


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
