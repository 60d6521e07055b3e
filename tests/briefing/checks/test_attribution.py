"""What somebody says in the passages is not told as a fact."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.briefing.checks.meaning import attribution
from tests.statements import about, document, statement

SAID = "Dana Oru, the mayor of Brook, said that Jon Lind had sold the bridge to Ansel."
EVENT = "Dana Oru, the mayor of Brook, sold the bridge to Jon Lind on Monday."


def messages(
    line: str, passage: str, speaker: str | None = None, language: str = "en"
) -> list[str]:
    about_it = replace(about(line, passage, language), speaker=speaker)
    return [reason.message for reason in attribution(about_it)]


@pytest.mark.parametrize(
    ("line", "passage", "speaker"),
    [
        pytest.param("Jon Lind sold it, Dana Oru said.", SAID, None, id="said-in-the-line"),
        pytest.param("Jon Lind sold the bridge.", SAID, "Dana Oru", id="declared"),
        pytest.param("Jon Lind sold the bridge.", SAID, "Oru", id="last-name"),
        pytest.param("The bridge was sold.", SAID, "the mayor", id="office"),
        pytest.param("Jon Lind reportedly sold the bridge.", SAID, None, id="hearsay"),
        pytest.param("Dana Oru sold the bridge.", EVENT, None, id="event"),
        pytest.param(
            "The Ansel council agreed to pay.",
            "The Ansel council agreed to pay for the bridge.",
            None,
            id="a-verb-that-does-what-it-says",
        ),
        pytest.param(
            "The bridge is safe.",
            "The Ansel council’s spokesman, Jon Lind, said the bridge was safe.",
            "The Ansel council",
            id="whose-spokesman",
        ),
        pytest.param(
            "The bridge is safe.",
            "Jon Lind said the bridge was safe and Dana Oru warned of its cracks.",
            "Dana Oru",
            id="second-speaker",
        ),
        pytest.param(
            "Its new chair has said the bridge must close.",
            "Dana Oru urged Ansel to close the bridge.",
            None,
            id="who-urges-speaks",
        ),
        pytest.param("She said Jon Lind sold it.", SAID, None, id="pronoun"),
    ],
)
def test_a_claim_may_name_its_speaker(line: str, passage: str, speaker: str | None) -> None:
    assert messages(line, passage, speaker) == []


def test_a_claim_stated_as_a_fact_is_doubted() -> None:
    assert messages("Jon Lind sold the bridge to Ansel.", SAID) == [
        "It leaves out that this is somebody’s claim."
    ]


def test_a_line_in_words_of_its_own_is_left_to_the_judge() -> None:
    assert messages("Ansel now owns a crossing that cost Lind dearly.", SAID) == []


def test_a_single_quoted_word_does_not_attribute_the_claim() -> None:
    passage = "Dana Oru said that until now Jon Lind had “flooded” the town with cheap tickets."
    line = "Until now Jon Lind had “flooded” the town with cheap tickets."

    assert messages(line, passage) != []
    passage = "“We are glad that the bridge is open,” said Dana Oru."
    assert messages("“We are glad that the bridge is open.”", passage) == []


def test_one_passage_that_states_it_as_a_fact_is_enough() -> None:
    both = statement("Jon Lind sold the bridge.", document(SAID, EVENT))

    assert attribution(both) == []


@pytest.mark.parametrize(
    ("language", "passage", "line"),
    [
        ("de", "Jon Lind habe die Brücke verkauft, sagte Dana Oru.", "Jon Lind verkaufte sie."),
        ("fr", "Selon Dana Oru, Jon Lind a vendu le pont.", "Jon Lind a vendu le pont."),
        ("es", "Según Dana Oru, Jon Lind vendió el puente.", "Jon Lind vendió el puente."),
    ],
)
def test_claims_are_recognised_in_other_languages(language: str, passage: str, line: str) -> None:
    assert messages(line, passage, language=language) != []


@given(text=st.sampled_from([SAID, EVENT]), cut=st.integers(1, 60))
def test_a_claim_attributed_to_the_speaker_of_its_passage_always_passes(
    text: str, cut: int
) -> None:
    assert messages(text[: len(text) - cut], text, "Dana Oru") == []


@pytest.mark.parametrize(
    ("line", "passage"),
    [
        pytest.param(
            "After a calmer spring than expected, Vanda Cole will open the ferry.",
            "Vanda Cole said that she would open the ferry after a calmer spring than expected.",
            id="a-stance-of-nobody",
        ),
        pytest.param(
            "The ferry had been closed.",
            "Vanda Cole had warned that the ferry had been closed.",
            id="no-speaker",
        ),
        pytest.param(
            "Vanda Cole may leave.",
            "The council has a majority of two seats, and Vanda Cole has said that she may leave.",
            id="the-half-that-somebody-says",
        ),
        pytest.param(
            "The road is closed.",
            "The road is closed, and the bridge is open, Vanda Cole said.",
            id="both-halves-are-said",
        ),
    ],
)
def test_a_claim_among_other_clauses_is_doubted_if_stated_as_a_fact(
    line: str, passage: str
) -> None:
    assert messages(line, passage) != []


ARABIC = "وقال وزير النقل سامر حداد إن الجسر أغلق يوم الاثنين."


def test_in_arabic_the_speaker_follows_the_verb() -> None:
    bare = "الجسر أغلق يوم الاثنين."
    assert messages(bare, ARABIC, language="ar") == ["It leaves out that this is somebody’s claim."]
    assert messages(f"قال حداد إن {bare}", ARABIC, language="ar") == []
    assert messages(bare, ARABIC, "سامر حداد", language="ar") == []
    assert messages(bare, bare, language="ar") == []
    assert messages(bare, f"وأضاف أن {bare}", language="ar") != []


def test_what_another_sentence_states_as_a_fact_needs_no_speaker() -> None:
    source = document(
        "The pier had lost three of its pillars in the storm, Weir said.",
        "On Monday the pier lost three pillars in a storm.",
    )
    line = statement("The pier had lost three of its pillars in the storm.", source)
    assert attribution(line) == []
