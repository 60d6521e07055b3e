"""What code finds to read with care."""

import pytest

from bot.briefing.catalogue import ENGLISH
from bot.briefing.composition import cautions
from bot.briefing.numbering import numbered


def _kinds(text: str, language: str = "en") -> list[str]:
    return [
        caution.kind for caution in cautions((numbered("A", text, language=language),), ENGLISH)
    ]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Borland denied that it had asked for money.", ["denial"]),
        ("A spokesman declined to comment on it.", []),
        ("Borland was denied entry.", []),
        ("The council rejected the offer.", []),
        ("Borland denied this.", []),
        ("Calder claimed fraud. The government rejected the claim within the hour.", []),
        ("The government rejected the claim that it had paid.", ["denial"]),
        ("The mayor alleged fraud, and Borland rejected the claim.", ["denial"]),
        ("He denied that he had asked for money.", []),
        ("The mayor alleged fraud. Borland declined to comment.", ["single_source"]),
        ("The mayor alleged fraud. Borland laughed.", []),
        ("The rails were reportedly sold for scrap.", ["second_hand"]),
        ("A person familiar with the talks was there.", ["anonymous_source"]),
        ("Two people asked not to be named.", ["anonymous_source"]),
        ("Calder launched a tirade.", ["loaded_wording"]),
        ("“They denied us a tirade,” people sang.", []),
        ("Ilva Terren came. Later Ilva Terrin left.", ["name_spelling"]),
        ("Jeyhum Bay came. Later Jeyhun Bay left.", ["name_spelling"]),
        ("Ilva Terren came. Later Ilva Terren’s car left.", []),
        ("Ann Oru’s car and Ann Oru's house.", []),
        ("Ann Lee came. Ann Lea left.", []),
        ("It rained.", []),
    ],
)
def test_each_kind_is_found_where_it_stands(text: str, kinds: list[str]) -> None:
    assert _kinds(text) == kinds


def test_an_office_is_no_first_name() -> None:
    text = "Foreign Secretary Philip Oru came. Later Foreign Secretary Phillip Oru left."
    [caution] = cautions((numbered("A", text, language="en"),), ENGLISH)
    assert caution.text == "“Philip Oru” is also spelt “Phillip Oru”."


def test_a_spelling_is_noted_with_both_places_and_never_corrected() -> None:
    document = numbered("A", "Ilva Terren came. Later Ilva Terrin left.", language="en")
    [caution] = cautions((document,), ENGLISH)
    assert caution.text == "“Ilva Terren” is also spelt “Ilva Terrin”."
    assert [passage.reference for passage in caution.evidence] == ["A1", "A2"]


@pytest.mark.parametrize(
    "text",
    ["THE WIZARD'S HOUSE. We saw THE WIZARDS there.", "Unit Sierra1 came. Unit Sierra2 left."],
    ids=["headings", "numbered"],
)
def test_headings_and_numbers_are_no_spellings_of_a_name(text: str) -> None:
    assert cautions((numbered("A", text, language="en"),), ENGLISH) == ()


def test_loaded_words_are_named() -> None:
    [caution] = cautions((numbered("A", "A hysterical tirade, a tirade.", language="en"),), ENGLISH)
    assert caution.text == "Loaded wording: “hysterical”, “tirade”."


def test_there_are_three_of_a_kind_at_most_for_each_document() -> None:
    text = "Borland denied having paid for it. " * 9
    documents = (numbered("A", text, language="en"), numbered("B", text, language="en"))
    assert [
        passage.document for caution in cautions(documents, ENGLISH) for passage in caution.evidence
    ] == [*"AAABBB"]


def test_the_most_useful_comes_first() -> None:
    text = (
        "Ilva Terren launched a tirade. The mayor denied that he had paid. The rails were "
        "reportedly sold. A person close to the mayor said so. Ilva Terrin accused the mayor. The "
        "mayor did not respond."
    )
    assert _kinds(text) == [
        "single_source",
        "anonymous_source",
        "second_hand",
        "denial",
        "loaded_wording",
        "name_spelling",
    ]


def test_a_caution_is_read_at_once() -> None:
    long = "of the old town in the far north of the valley " * 3
    assert _kinds(f"The rails {long}were reportedly sold for scrap.") == []
    assert _kinds(f"The rails {long}were sold, people familiar with the works said.") == []


def test_a_language_without_lists_has_no_cautions() -> None:
    assert _kinds("Borland denied it.", "xx") == []
