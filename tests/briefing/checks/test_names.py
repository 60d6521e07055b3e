"""Every name is in the document, letter for letter but for the endings of its language."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.briefing.checks.names import are_one_name, names
from tests.statements import about, document, statement

SOURCE = document(
    "Secretary of State Antony Blinken met Jeyhun Bayramov of Azerbaijan on Monday, 3 Oct. 2022.",
    "Blinken praised the negotiations and Armenia’s courage.",
    "President Ilham Aliyev of Azerbaijan opened the Supreme Court in the European Union.",
    "The EU and the U.S. welcomed it.",
)  # fmt: skip


def missing(line: str, *numbers: int) -> list[str]:
    return [
        reason.message.split("”")[0] + "”"
        for reason in names(statement(line, SOURCE, *numbers))
        if reason.grade == "proof"
    ]


@pytest.mark.parametrize(
    ("line", "number"),
    [
        pytest.param("It was Jeyhun Bayramov’s day.", 1, id="possessive"),
        pytest.param("On Monday in October they met.", 1, id="month-spelled-out"),
        pytest.param("He praised the Armenian courage.", 2, id="demonym"),
        pytest.param("It was Antony Blinken who spoke.", 2, id="first-name-from-the-document"),
        pytest.param("It was Secretary of State Antony Blinken.", 2, id="title-from-the-document"),
        pytest.param("It was Secretary of State Blinken.", 2, id="title-without-first-name"),
        pytest.param("It was President Aliyev’s Azerbaijani court.", 3, id="demonym-with-i"),
        pytest.param("The US and the EU are glad.", 4, id="acronym-with-full-stops"),
        pytest.param("A court opened in the EU.", 3, id="acronym-of-words-in-a-row"),
        pytest.param("Negotiators were praised.", 2, id="opening-word-known-in-small-letters"),
        pytest.param("Eventually he praised them.", 2, id="adverb-opens"),
        pytest.param("Talks were praised.", 2, id="plural-the-document-has-nowhere"),
        pytest.param("It was J. Bayramov and I.", 1, id="single-letters"),
        pytest.param("Later he praised it. There were others.", 2, id="function-words-open"),
        pytest.param("It was Armenia’s Courage.", 2, id="a-capital-in-its-place"),
        pytest.param("Roughly half of it was praised.", 2, id="what-opens-a-sentence"),
        pytest.param("It was Bayramov who met him.", 3, id="he-of-another-sentence"),
        pytest.param("It was the Secretary of State.", 2, id="title-of-another-sentence"),
        pytest.param("Nobody Expected Macron To Praise Them Either", 2, id="headline"),
        pytest.param("The American envoy spoke.", 4, id="the-country-called-otherwise"),
    ],
)
def test_a_name_from_the_source_passes(line: str, number: int) -> None:
    assert missing(line, number) == []


def test_a_name_that_only_another_sentence_has_is_doubted() -> None:
    [doubt] = names(statement("It was Bayramov who met him.", SOURCE, 3))
    assert (doubt.grade, doubt.message) == (
        "doubt", "“Bayramov” is in its source and not in A3.",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("line", "number", "lacking"),
    [
        pytest.param("It was Emmanuel Macron.", 1, ["“Emmanuel Macron”"], id="from-outside"),
        pytest.param("Lars Jones praised it.", 2, ["“Jones”"], id="plural-in-a-row"),
        pytest.param("It was Jeyhum Bayramov.", 1, ["“Jeyhum”"], id="misspelt-first-name"),
        pytest.param("It was Bayramow.", 1, ["“Bayramow”"], id="misspelt-surname"),
        pytest.param("The Secretary met Macron.", 2, ["“Macron”"], id="beside-a-known-one"),
        pytest.param("Secretary Lars Jones met.", 1, ["“Lars Jones”"], id="behind-an-office"),
        pytest.param("He met Antonya.", 1, ["“Antonya”"], id="a-longer-name"),
    ],
)  # fmt: skip
def test_a_name_that_is_not_in_the_source_fails(line: str, number: int, lacking: list[str]) -> None:
    assert missing(line, number) == lacking


@pytest.mark.parametrize(
    ("language", "passage", "line", "lacking"),
    [
        pytest.param("ru", "Переговоры прошли в Ереване с Мирзояном.",
                     "Мирзоян провёл в Ереван переговоры.", [], id="russian-cases"),
        pytest.param("ru", "Переговоры вёл Байрамов.", "Переговоры вёл Байрам.", ["“Байрам”"],
                     id="russian-other-name"),
        pytest.param("hy", "Բլինքենը ժամանեց Երևանից Հայաստան։", "Նա Երևանում էր, Հայաստանի մեջ։",
                     [], id="armenian-cases"),
        pytest.param("hy", "Բլինքենը ժամանեց։", "Ժամանեց Միրզոյանը։", ["“Միրզոյանը”"],
                     id="armenian-other-name"),
        pytest.param("el", "Ο Μητσοτάκης μίλησε στην Αθήνα.", "Στην Αθήνα μίλησε ο Τσίπρας.",
                     ["“Τσίπρας”"], id="greek"),
        pytest.param("fr", "La visite en Arménie plaît à O’Brien.", "L’Arménie et O’Brien.",
                     [], id="french-elision"),
        pytest.param("de", "Der Minister sprach.", "Der Sprecher und die Reise.", [],
                     id="german-nouns"),
        pytest.param("tr", "Mahkeme İzmir’de toplandı.", "Mahkeme Kozdere’de toplandı.",
                     ["“Kozdere”"], id="turkish"),
        pytest.param("pl", "Nowak mówił w Krakowie.", "W Kraków wierzył Nowakowi Zieliński.",
                     ["“Zieliński”"], id="polish-cases"),
        pytest.param("ru", "Встречу провёл министр Сергей Волков.",
                     "Встречу провёл министр Павел Орлов.", ["“Павел Орлов”"],
                     id="russian-outside"),
    ],
)  # fmt: skip
def test_names_are_compared_in_other_languages(
    language: str, passage: str, line: str, lacking: list[str]
) -> None:
    found = names(about(line, passage, language))

    assert [reason.message.removesuffix(" is not in A1.") for reason in found] == lacking


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        pytest.param("iran", "iranian", True, id="iranian"),
        pytest.param("azerbaijan", "azerbaijanis", True, id="azerbaijanis"),
        pytest.param("europe", "european", True, id="european"),
        pytest.param("armenia", "armenians", True, id="armenians"),
        pytest.param("jeyhun", "jeyhum", False, id="one-letter"),
        pytest.param("bayramov", "bayramova", False, id="his-wife"),
        pytest.param("roberts", "robert", False, id="another-man"),
        pytest.param("байрамов", "байрам", False, id="surname-from-a-first-name"),
        pytest.param("москва", "москве", True, id="russian-locative"),
        pytest.param("երևան", "երևանում", True, id="armenian-locative"),
        pytest.param("iran", "iraq", False, id="neighbours"),
    ],
)
def test_two_forms_are_one_name_only_with_listed_endings(one: str, other: str, same: bool) -> None:
    assert are_one_name(one, other) is same
    assert are_one_name(other, one) is same


def test_the_names_of_a_translation_are_not_compared() -> None:
    line = statement("Les États-Unis et le Maroc.", SOURCE, 2, language="fr", is_translation=True)

    assert names(line) == []


WORDS = ("Aliyev’s", "O’Brien", "U.S.", "NATO", "met", "in", "Brook-Ansel", "the", "d’Azur")


@given(st.lists(st.sampled_from(WORDS), min_size=1))
def test_a_sentence_has_its_own_names(words: list[str]) -> None:
    sentence = f"{' '.join(words)}."

    assert names(about(f"There {sentence}", sentence)) == []


@given(st.text("abcdefgh", min_size=3, max_size=8))
def test_an_invented_name_never_passes(letters: str) -> None:
    name = f"Zz{letters}"

    assert names(about(f"It was {name}.", "It was nobody we know.")) != []


def test_an_unknown_abbreviation_is_only_a_doubt() -> None:
    (reason,) = names(about("The IPO was put off.", "The sale of shares was put off."))

    assert reason.grade == "doubt"


def test_a_compound_word_with_a_name_is_not_a_name() -> None:
    assert names(about("They wait for pro-Kremlin voters.", "They wait for his voters.")) == []
    assert names(about("They wait for Kremlin voters.", "They wait for his voters.")) != []


@pytest.mark.parametrize(
    ("line", "is_doubted"),
    [
        pytest.param("The manager, Jonas Weir, denies it.", True, id="another name of the source"),
        pytest.param("The manager, Clara Thiele, denies it.", False, id="the passage's"),
        pytest.param("The manager in Cologne denies it.", False, id="a name that is translated"),
    ],
)
def test_an_untranslated_name_must_be_in_its_passages(line: str, is_doubted: bool) -> None:
    source = document(
        "Die Leiterin Clara Thiele bestreitet das.", "Jonas Weir sprach in Köln.", language="de"
    )
    found = names(statement(line, source, 1, language="en", is_translation=True))

    assert [reason.grade for reason in found] == ["doubt"] * is_doubted
