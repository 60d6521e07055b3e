"""Who undertook what, by when and on which condition, read off one sentence."""

import pytest

from bot.briefing.extractive.commitments import commitments
from bot.briefing.numbering import numbered

Row = tuple[str, str, str | None, str | None, str]


def _read(text: str) -> list[Row]:
    found = commitments(numbered("A", text, language="en"), 1)
    return [(c.actor, c.action, c.deadline, c.condition, c.status) for c in found]


@pytest.mark.parametrize(
    ("text", "row"),
    [
        pytest.param(
            "The transport ministers of Arland and Borland agreed on Monday to reopen the northern "
            "rail line by 1 June, if inspectors clear the bridge.",
            (
                "The transport ministers of Arland and Borland",
                "reopen the northern rail line by 1 June",
                "by 1 June",
                "if inspectors clear the bridge",
                "agreed",
            ),
            id="agreed on a day, with deadline and condition",
        ),
        pytest.param(
            "At the close of the meeting, Terren and Maske agreed to meet in coming weeks.",
            ("Terren and Maske", "meet in coming weeks", "in coming weeks", None, "agreed"),
            id="after an introduction",
        ),
        pytest.param(
            "In these papers, Prime Minister Nik Pash and President Il Ali of Borland agreed that "
            "their countries will respect the border.",
            (
                "Prime Minister Nik Pash and President Il Ali of Borland",
                "their countries will respect the border",
                None,
                None,
                "agreed",
            ),
            id="two actors with titles",
        ),
        pytest.param(
            "If the bridge is clear, Borland has promised to pay half of it.",
            ("Borland", "pay half of it", None, "If the bridge is clear", "pledged"),
            id="the condition first",
        ),
        pytest.param(
            "By 1 June, Borland pledged to pay half of it.",
            ("Borland", "pay half of it", "By 1 June", None, "pledged"),
            id="the deadline first",
        ),
        pytest.param(
            "The council proposed to close the road, but nobody expects that.",
            ("The council", "close the road", None, None, "proposed"),
            id="what the outlet adds is no part of it",
        ),
        pytest.param(
            "Both sides reportedly agreed to share the works.",
            ("Both sides", "share the works", None, None, "reported"),
            id="reportedly",
        ),
        pytest.param(
            "Calder claimed that Borland had promised to give up the meadows.",
            ("Borland", "give up the meadows", None, None, "reported"),
            id="as somebody says",
        ),
        pytest.param(
            "Lorn denied that Borland had agreed to give up the meadows.",
            ("Borland", "give up the meadows", None, None, "denied"),
            id="denied",
        ),
        pytest.param(
            "Kestria pledged “every crown it has” to the bridge.",
            None,
            id="nothing the rules know follows",
        ),
    ],
)
def test_a_commitment_is_cut_from_its_sentence(text: str, row: Row | None) -> None:
    assert _read(text) == ([row] if row else [])


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("She decided that it was raining.", id="no undertaking"),
        pytest.param("Oru committed suicide in August.", id="committed, of a crime"),
        pytest.param("Two teams made evaluations of proposed future missions.", id="a participle"),
        pytest.param("The games offered have been on the market for months.", id="on offer"),
        pytest.param("The line was agreed to be closed.", id="passive"),
        pytest.param("Nobody knew if Borland agreed to pay.", id="supposed"),
        pytest.param("No minister agreed to pay.", id="nobody"),
        pytest.param("Borland has not agreed to pay.", id="not"),
        pytest.param("The script called for an anthem of three minutes.", id="no actor"),
        pytest.param("“We agreed to pay,” he sang.", id="inside a quotation"),
        pytest.param("Borland agreed.", id="to nothing"),
    ],
)
def test_what_nobody_undertakes_is_no_commitment(text: str) -> None:
    assert _read(text) == []


def test_every_field_stands_letter_for_letter_in_the_sentence() -> None:
    text = "Oru promised to open “the bridge of fools” within two weeks, unless it rains."
    [found] = commitments(numbered("A", text, language="en"), 1)
    for words in (found.actor, found.action, found.deadline, found.condition):
        assert words is not None
        assert words in text
    assert found.evidence == ["A1"]


def test_a_verb_that_names_the_thing_itself_stays_with_it() -> None:
    document = numbered("A", "Arland and Borland signed a customs treaty on Monday.", language="en")
    [found] = commitments(document, 1)
    assert found.action == "signed a customs treaty on Monday"
