"""A desk's own rules hold by code, and never inside quotation marks."""

import pytest

from bot.briefing.composition import Composition
from bot.briefing.documents import whole
from bot.briefing.draft import DraftItem, DraftLine, DraftQuote, DraftUnknown, Place
from bot.briefing.lines import Line, Quote, Unknown, Withheld
from bot.briefing.numbering import numbered
from bot.briefing.requests import House, Wishes
from bot.briefing.verification import Inspector, objections, spelt
from tests.drafts import take

SOURCE = numbered(
    "A",
    "The council of Kiev agreed on Monday to slash the tram fares.\n"
    "“We slash nothing in Kiev,” said Dana Oru, president of the tram works of Kiev.\n"
    "The council of Kiev meets again on Friday to vote on the new tram line.\n"
    "The first trams ran from the harbour to the market square in the year of the great flood.\n"
    "They carried fish in the morning, workers at noon and dancers at night.\n"
    "The works employ 900 people, of whom a third repair the old cars in the halls by the river.\n"
    "A ride costs four crowns, and children ride for half of that until they leave school.\n"
    "The last fare was set nine years ago, after a winter in which the halls stood cold.\n"
    "Drivers asked for warm cabins then, and got them when the next spring had come.\n"
    "A new line to the airport is drawn on the maps that hang in every car.",
    language="en",
)
HOUSE = House(banned=("slash", "amid"), spellings=(("Kiev", "Kyiv"), ("president", "head")))


def taken(
    text: str, *evidence: str, house: House = HOUSE, place: Place = "bottom_line"
) -> Line | Withheld:
    composition = Composition(whole((SOURCE,)), Wishes(house=house))
    line = DraftLine(evidence=list(evidence), voice="event", speaker=None, text=text)
    verdict = take(composition, DraftItem(place, line))
    assert isinstance(verdict, Line | Withheld)
    return verdict


def test_a_name_is_written_as_the_desk_writes_it_once_the_line_stands() -> None:
    line = taken("Kiev’s council will vote on a new tram line on Friday.", "A3")
    assert isinstance(line, Line)
    assert line.text == "Kyiv’s council will vote on a new tram line on Friday."
    assert "Kiev" in line.evidence[0].text


def test_a_name_that_the_source_does_not_have_is_no_house_style() -> None:
    assert isinstance(taken("The council of Kharkiv agreed on Monday.", "A1"), Withheld)


def test_a_word_that_the_desk_never_writes_is_withheld_with_the_reason() -> None:
    withheld = taken("The council of Kiev agreed on Monday to Slash the tram fares.", "A1")
    assert isinstance(withheld, Withheld)
    assert [reason.check for reason in withheld.reasons] == ["house"]
    assert "“slash”" in withheld.reasons[0].message


@pytest.mark.parametrize("word", ["slashed", "backslash", "amidst"])
def test_only_whole_words_are_meant(word: str) -> None:
    assert list(objections(HOUSE, f"They {word} it.")) == []


def test_the_source_s_own_words_stay_as_they_are() -> None:
    draft = DraftQuote(
        quotation="A2q1", evidence=["A2"], speaker="Dana Oru", role="president of the tram works"
    )
    quote = Inspector((SOURCE,), house=HOUSE).verdict(DraftItem("quotes", draft))
    assert isinstance(quote, Quote)
    assert quote.text == "We slash nothing in Kiev,"
    assert quote.role == "head of the tram works"
    assert taken(SOURCE.sentence(1), "A1") == taken(SOURCE.sentence(1), "A1", house=House())


def test_a_headline_has_no_quotation_marks_and_so_keeps_to_the_rules() -> None:
    source = numbered("A", "Kiev council votes on tram line on Friday\nIt meets.", language="en")
    line = DraftLine(evidence=["A1"], voice="event", speaker=None, text=source.sentence(1))
    headline = Inspector((source,), house=HOUSE).verdict(DraftItem("headline", line))
    assert isinstance(headline, Line)
    assert headline.text == "Kyiv council votes on tram line on Friday"
    assert isinstance(taken(SOURCE.sentence(1), "A1", place="headline"), Withheld)


def test_a_gap_keeps_to_the_rules_as_well() -> None:
    inspector = Inspector((SOURCE,), house=HOUSE)
    gap = DraftUnknown(kind="amount", text="The cost of the Kiev tram line is not stated.")
    told = inspector.verdict(DraftItem("unknowns", gap))
    assert told == Unknown("amount", "The cost of the Kyiv tram line is not stated.")
    banned = DraftUnknown(kind="amount", text="How much they slash is not stated.")
    assert inspector.verdict(DraftItem("unknowns", banned)) is None


def test_words_between_quotation_marks_are_not_touched() -> None:
    text = "They “slash” in “Kiev” and Kiev."
    assert list(objections(HOUSE, text)) == []
    assert spelt(HOUSE, text) == "They “slash” in “Kiev” and Kyiv."


def test_a_spelling_is_words_and_no_pattern() -> None:
    house = House(spellings=(("Kiev", r"\1 [x]"),))
    assert spelt(house, "In Kiev.") == r"In \1 [x]."
