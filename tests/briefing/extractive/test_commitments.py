"""Who undertook what, by when and on which condition, where the form leaves no doubt."""

import pytest

from bot.briefing.extractive.commitments import commitments
from bot.briefing.numbering import numbered

Row = tuple[str, str, str | None, str | None, str]


def _read(text: str, number: int = 1) -> list[Row]:
    found = commitments(numbered("A", text, language="en"), number)
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
            "At the close of the meeting, Ilva Terren and Sena Maske agreed to meet in Sarn.",
            ("Ilva Terren and Sena Maske", "meet in Sarn", None, None, "agreed"),
            id="after an introduction",
        ),
        pytest.param(
            "If the bridge is clear, the Borland government has promised to pay half of it.",
            (
                "the Borland government",
                "pay half of it",
                None,
                "If the bridge is clear",
                "pledged",
            ),
            id="the condition first",
        ),
        pytest.param(
            "By 1 June, Dana Oru vowed to pay half of it.",
            ("Dana Oru", "pay half of it", "By 1 June", None, "pledged"),
            id="the deadline first",
        ),
        pytest.param(
            "Parliament will vote on the bridge on Thursday 4 December.",
            (
                "Parliament",
                "vote on the bridge on Thursday 4 December",
                "on Thursday 4 December",
                None,
                "planned",
            ),
            id="what is scheduled",
        ),
        pytest.param(
            "SARN, 3 May — The council promised to publish it all by Friday.",
            ("The council", "publish it all by Friday", "by Friday", None, "pledged"),
            id="without its dateline",
        ),
        pytest.param(
            "Velm Group said on Tuesday it will cut 900 of its jobs by the end of June.",
            ("Velm Group", "cut 900 of its jobs by the end of June", "by the end of June", None,
             "planned"),
            id="what a company says of itself",
        ),
        pytest.param(
            "Dana Oru said in a statement that she would answer the union.",
            ("Dana Oru", "answer the union", None, None, "planned"),
            id="what somebody says of herself",
        ),
        pytest.param(
            "Velm Group announced plans to cut 1,150 jobs.",
            ("Velm Group", "cut 1,150 jobs", None, None, "planned"),
            id="plans",
        ),
        pytest.param(
            "The ministry agreed last month to lend the county 300 million crowns.",
            ("The ministry", "lend the county 300 million crowns", None, None, "agreed"),
            id="agreed last month",
        ),
        pytest.param(
            "Ilva Terren has agreed a deal to run the port until June.",
            ("Ilva Terren", "run the port until June", "until June", None, "agreed"),
            id="a deal",
        ),
        pytest.param(
            "North Borland undertook to open its register by 31 December 2026.",
            ("North Borland", "open its register by 31 December 2026", "by 31 December 2026", None,
             "pledged"),
            id="the year of the deadline is not one gone by",
        ),
        pytest.param(
            "The Sarn 500 Convertible will go on sale in summer 2020.",
            ("The Sarn 500 Convertible", "go on sale in summer 2020", "in summer 2020", None,
             "planned"),
            id="what is set for a season",
        ),
        pytest.param(
            "Customers will be told by letter before the end of October.",
            ("Customers", "be told by letter before the end of October",
             "before the end of October", None, "planned"),
            id="whoever does it",
        ),
        pytest.param(
            "The next meeting of the group is scheduled for November in Lorrimar.",
            ("The next meeting of the group", "scheduled for November in Lorrimar",
             "for November", None, "planned"),
            id="a meeting",
        ),
        pytest.param(
            "The council will pay for the new bridge over the Sarn.",
            ("The council", "pay for the new bridge over the Sarn", None, None, "planned"),
            id="what a body will do",
        ),
        pytest.param(
            "The ministry will order the wells to be shut at once, and the supplier, Vale, is to "
            "bring water on Monday.",
            ("The ministry", "order the wells to be shut at once", None, None, "planned"),
            id="at once is no condition, and another's day is none of its own",
        ),
        pytest.param(
            "Velm Group, a maker of lifts, said on Tuesday that it would cut 1,900 jobs.",
            ("Velm Group", "cut 1,900 jobs", None, None, "planned"),
            id="an aside after the name",
        ),
        pytest.param(
            "The bank said it would sue Oru and Velk for the sum that was paid.",
            ("The bank", "sue Oru and Velk for the sum that was paid", None, None, "planned"),
            id="two names are no clause",
        ),
        pytest.param(
            "The ministers instructed the secretariat to present a budget by Nov. 5.",
            ("the secretariat", "present a budget by Nov. 5", "by Nov. 5", None, "ordered"),
            id="an order",
        ),
        pytest.param(
            "The claim will be filed before the end of May, Dana Oru said.",
            ("The claim", "be filed before the end of May", "before the end of May", None,
             "planned"),
            id="somebody named says so at the end",
        ),
        pytest.param(
            "The band will open its tour Oct. 10, 2031 in Sarn.",
            ("The band", "open its tour Oct. 10, 2031 in Sarn", "Oct. 10, 2031", None, "planned"),
            id="a month cut short",
        ),
        pytest.param(
            "Dana Oru will testify in Sarn Thursday.",
            ("Dana Oru", "testify in Sarn Thursday", "Thursday", None, "planned"),
            id="a day without a preposition",
        ),
    ],
)  # fmt: skip
def test_a_commitment_is_extracted_from_its_sentence(text: str, row: Row) -> None:
    assert _read(text) == [row]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Both countries reiterated the commitments.", id="nothing is to be done"),
        pytest.param("The bank reiterated its commitment to a target of 2 percent.", id="a stance"),
        pytest.param("Dana Oru is committed to her work in the valley.", id="committed to"),
        pytest.param("The council agreed to a rescue by its largest owner.", id="to a thing"),
        pytest.param("Dana Oru decided that it was raining again.", id="no undertaking"),
        pytest.param("Dana Oru committed suicide in August.", id="a deed"),
        pytest.param("The games offered have been on the market for months.", id="on offer"),
        pytest.param("The line was agreed to be closed in May.", id="passive"),
        pytest.param("Nobody knew if the council agreed to pay for it.", id="supposed"),
        pytest.param("No minister agreed to pay for the bridge.", id="nobody"),
        pytest.param("The council has not agreed to pay for the bridge.", id="not"),
        pytest.param("The script promised to be short and funny.", id="no actor"),
        pytest.param("They agreed to pay for half of the bridge.", id="a pronoun"),
        pytest.param("Prices will fall in the north by Friday.", id="nobody who can"),
        pytest.param("“We agreed to pay for it by May,” he sang.", id="inside a quotation"),
        pytest.param("The council agreed.", id="to nothing"),
        pytest.param("The council agreed to pay.", id="to hardly anything"),
        pytest.param("The council had agreed to pay for the bridge.", id="long before"),
        pytest.param("In 2015 the council agreed to pay for the bridge.", id="years ago"),
        pytest.param("Last year the council agreed to pay for the bridge.", id="last year"),
        pytest.param("Oru claimed that the council promised to pay for it.", id="a claim"),
        pytest.param("The council reportedly promised to pay for the bridge.", id="hearsay"),
        pytest.param("The council promised to pay for it, but did not.", id="taken back"),
        pytest.param("The council promised to pay for it only after a vote.", id="limited"),
        pytest.param("Dana Oru will pay for the new bridge over the Sarn.", id="no day"),
        pytest.param("The claim will be filed in May, the union said.", id="said by nobody named"),
        pytest.param(
            "The council will pay by May if it can, Dana Oru said, and so will we.",
            id="said in the middle",
        ),
        pytest.param("The council ordered fans to fix the bridge.", id="ordered nobody known"),
        pytest.param(
            "Dana Oru will sell the boat that she bought in May.", id="the day of another thing"
        ),
        pytest.param("The plan, which the mayor agreed to support, fails by May.", id="whom"),
        pytest.param("The man who shot the mayor agreed to plead guilty.", id="who shot whom"),
        pytest.param("Large companies will demand more software.", id="a forecast"),
        pytest.param("Dana Oru will turn 80 on Friday.", id="a birthday"),
        pytest.param("The bank will likely lower its forecast in June.", id="likely"),
        pytest.param("Elan Oru said it will launch the rocket in May.", id="a man is no it"),
        pytest.param("The mayor said it would rain all day.", id="an office is no it"),
        pytest.param("The council said she will resign in May.", id="a council is no she"),
        pytest.param("Velm said it would take two years to rebuild.", id="how long it takes"),
        pytest.param("There will be held to be none by May.", id="there"),
        pytest.param("The mayor thinks the bridge will open in May.", id="what somebody thinks"),
        pytest.param("No hearing will be held on Friday.", id="no hearing"),
        pytest.param("The bridge will open.", id="no day for a thing"),
        pytest.param("Dana Oru came in and promised to answer by Friday.", id="a verb before"),
    ],
)
def test_a_doubtful_statement_is_not_a_commitment(text: str) -> None:
    assert _read(text) == []


def test_every_field_is_verbatim_from_the_sentence() -> None:
    text = "The council promised to open the bridge of fools within two weeks, unless it rains."
    [found] = commitments(numbered("A", text, language="en"), 1)
    for words in (found.actor, found.action, found.deadline, found.condition):
        assert words is not None
        assert words in text
    assert found.evidence == ["A1"]


def test_a_name_at_the_start_of_a_sentence_must_be_known_from_elsewhere() -> None:
    text = "Cars promised to be cheaper by Friday. The deal pleased Oru. Oru promised to sign it."
    assert _read(text) == []
    assert _read(text, 3) == []
    assert _read(f"{text} Oru promised to sign it by Friday.", 4) == [
        ("Oru", "sign it by Friday", "by Friday", None, "pledged")
    ]
