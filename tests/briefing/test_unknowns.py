"""What the sources do not say, as far as code can tell."""

import pytest

from bot.briefing.catalogue import ENGLISH
from bot.briefing.numbering import numbered
from bot.briefing.unknowns import unknowns


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("It rained.", "No publication date is known."),
        ("Monday it rained.", "No publication date is known, so “Monday” is left as it stands."),
        (
            "On Monday, Tuesday and next week, but not tomorrow.",
            (
                "No publication date is known, so “Monday”, “Tuesday” and “next week” are left as "
                "they stand."
            ),
        ),
    ],
)
def test_a_missing_publication_date_is_named_with_what_hangs_on_it(
    text: str, sentence: str
) -> None:
    assert [
        unknown.text for unknown in unknowns([numbered("A", text, language="en")], ENGLISH)
    ] == [sentence]


def test_a_known_date_is_not_unknown() -> None:
    assert list(unknowns([numbered("A", "Monday.", published="2027-05-03")], ENGLISH)) == []


def test_of_several_documents_it_is_said_which() -> None:
    documents = [numbered("A", "Rain.", published="2027-05-03"), numbered("B", "Sun.")]
    assert [unknown.text for unknown in unknowns(documents, ENGLISH)] == [
        "No publication date of B is known."
    ]
