"""A briefing as it is composed: which lines it shows, which it withholds, and what fills gaps."""

from dataclasses import replace

import pytest

from bot.briefing.catalogue import ENGLISH
from bot.briefing.composition import Composition, cautions, repeats
from bot.briefing.documents import Document, whole_excerpts
from bot.briefing.draft import (
    DraftCommitment,
    DraftEvent,
    DraftItem,
    DraftLine,
    DraftUnknown,
    Section,
    Status,
)
from bot.briefing.extractive.engine import extract
from bot.briefing.lines import Difference, Event, Line, Receipt, Unknown, Unread, Withheld
from bot.briefing.numbering import numbered
from bot.briefing.requests import Wishes
from tests.drafts import ARTICLE, line, take
from tests.statements import document
from tests.texts import article

_EXCERPTS = whole_excerpts((article("demo"),))
_GAP = "The cost of the station is not stated."
_RECEIPT = Receipt("openai", "0.1.0", model="m")
_GOOD = (
    DraftItem(
        "bottom_line",
        DraftLine(
            evidence=["A3"],
            voice="event",
            speaker=None,
            text="Terren and Maske agreed to reopen the Hallin line by 1 June if inspectors clear "
            "the bridge.",
        ),
    ),
    *(
        DraftItem("key_points", DraftLine(evidence=[ref], voice="event", speaker=None, text=text))
        for ref, text in (
            ("A2", "The ministers met on Monday in Port Hallin."),
            ("A14", "Engineers found cracks in four of the 17 pillars."),
            ("A28", "The line was shut after the winter fighting of eleven years ago."),
        )
    ),
)


def _bad(number: int) -> DraftItem:
    return DraftItem(
        "key_points",
        DraftLine(
            evidence=["A2"],
            voice="event",
            speaker=None,
            text=f"Atlantis will pay {number}7 million to the pirates.",
        ),
    )


def _composition(*items: DraftItem) -> Composition:
    composition = Composition(_EXCERPTS, Wishes())
    for item in items:
        take(composition, item)
    return composition


def _filled(composition: Composition) -> list[Line]:
    return list(composition.fill_gaps(extract(_EXCERPTS, Wishes())))


def test_a_valid_draft_is_left_unchanged() -> None:
    composition = _composition(*_GOOD)
    lines = [
        line for line in _filled(composition) if line.text != _EXCERPTS[0].document.sentence(1)
    ]
    assert lines == []
    briefing = composition.briefing(_RECEIPT, (), ("note",))
    assert briefing.bottom_line is not None
    assert briefing.bottom_line.text.startswith("Terren and Maske agreed to reopen")
    assert len(briefing.key_points) == 3
    assert (briefing.receipt.lines, briefing.receipt.withheld) == (5, 0)
    assert briefing.notes == ("note",)
    assert briefing.language == "en"


def test_a_missing_bottom_line_is_filled_with_a_sentence_of_the_source() -> None:
    composition = _composition(*_GOOD[1:])
    filled = _filled(composition)
    briefing = composition.briefing(_RECEIPT, (), ())
    assert briefing.bottom_line in filled
    assert briefing.bottom_line is not None
    assert briefing.bottom_line.is_source_wording


def test_if_most_lines_fail_sentences_of_the_source_take_their_place() -> None:
    composition = _composition(_GOOD[0], *map(_bad, range(3)))
    assert (composition.written, len(composition.withheld)) == (1, 3)
    assert len(_filled(composition)) == composition.filled > 3
    briefing = composition.briefing(_RECEIPT, (), ())
    assert briefing.key_points
    assert briefing.receipt.withheld == 3
    assert not any("Atlantis" in line.text for line in briefing.lines())


@pytest.mark.parametrize(
    "sentence",
    [
        "It said that the pipes of the mill had leaked for six years.",
        "However, the pipes of the mill had leaked for six years.",
        "Mr Dorn: Because the pipes of the mill had leaked for six years.",
    ],
)
def test_a_failed_line_is_not_replaced_with_what_says_nothing_by_itself(sentence: str) -> None:
    before = "Inspectors of the Water Board walked along the old mill on every Monday of spring."
    source = document(*[before] * 8, sentence)
    composition = Composition(whole_excerpts((source,)), Wishes())
    take(composition, DraftItem("key_points", line("A9", "The pipes leaked for nine years.")))
    assert len(composition.withheld) == 1
    assert list(composition.fill_gaps(())) == []


def test_a_briefing_without_any_draft_is_never_empty() -> None:
    composition = _composition()
    assert _filled(composition)
    assert composition.briefing(_RECEIPT, (), ()).bottom_line is not None


def test_the_verdict_on_a_failed_line_gives_the_reason() -> None:
    verdict = take(Composition(_EXCERPTS, Wishes()), _bad(1))
    assert isinstance(verdict, Withheld)
    assert verdict.section == "key_points"
    assert {reason.check for reason in verdict.reasons} >= {"numbers"}


def test_no_line_is_added_twice() -> None:
    composition = Composition(_EXCERPTS, Wishes())
    assert isinstance(take(composition, _GOOD[0]), Line)
    assert take(composition, _GOOD[0]) is None
    again = DraftItem("key_points", _GOOD[0].content)
    assert take(composition, again) is None
    assert composition.written == 1


def test_the_first_of_two_bottom_lines_stays() -> None:
    composition = _composition(_GOOD[0])
    assert take(composition, DraftItem("bottom_line", _GOOD[1].content)) is None


def test_a_missing_publication_date_is_not_mentioned() -> None:
    composition = _composition(
        DraftItem("unknowns", DraftUnknown(kind="publication_date", text="No date.")),
        DraftItem("unknowns", DraftUnknown(kind="amount", text=_GAP)),
    )
    assert composition.briefing(_RECEIPT, (), ()).unknowns == (Unknown("amount", _GAP),)


def test_the_requested_language_is_that_of_the_briefing() -> None:
    unread = (Unread("https://a.example", "network", "No answer."),)
    briefing = Composition(_EXCERPTS, Wishes(language="fr")).briefing(_RECEIPT, unread, ())
    assert (briefing.language, briefing.unread) == ("fr", unread)


def test_a_bottom_line_that_fails_is_not_replaced_by_the_headline() -> None:
    composition = Composition(_EXCERPTS, Wishes())
    for section in ("headline", "bottom_line"):
        wrong = DraftLine(
            evidence=["A1"], voice="event", speaker=None, text="A ferry sank off Osta."
        )
        take(composition, DraftItem(section, wrong))
    list(composition.fill_gaps(extract(_EXCERPTS, Wishes())))
    [headline], [bottom_line] = composition.lines("headline"), composition.lines("bottom_line")
    assert [headline.evidence[0].reference, bottom_line.evidence[0].reference] == ["A1", "A3"]


# Each fact is shown once; a line with its own figure, name or "not" is another fact.


FERRY = (
    "Velm and Osta agreed on Tuesday to restart the harbour ferry by 1 April for 148,000 crowns.",
    "The ferry carried 400 passengers a day.",
)


def _line(text: str, source: Document, *numbers: int) -> Line:
    return Line(text, "event", None, tuple(source.passage(number) for number in numbers or (1,)))


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        ("Velm and Osta agreed to restart the ferry.", "Velm and Osta will restart the ferry."),
        (
            "Velm and Osta agreed on Tuesday to restart the ferry by 1 April.",
            "The ferry restarts by 1 April.",
        ),
        ("The restart costs 148,000 crowns.", "It costs 148,000 crowns."),
    ],
    ids=["reworded", "a part of it", "with its figure"],
)
def test_a_line_that_adds_nothing_is_a_repeat(earlier: str, later: str) -> None:
    source = document(*FERRY)
    assert repeats(_line(later, source), _line(earlier, source), "en")


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        (
            "The restart of the ferry costs 148,000 crowns.",
            "The ferry restart costs 149,000 crowns.",
        ),
        (
            "The harbour ferry restarts by April at a cost.",
            "The harbour ferry restarts by 1 April at a cost.",
        ),
        (
            "The ports agreed on Tuesday to restart the harbour ferry.",
            "The ports agreed on Tuesday to restart the harbour ferry of Osta.",
        ),
        (
            "Velm agreed to restart the harbour ferry on Tuesday.",
            "Osta agreed to restart the harbour ferry on Tuesday.",
        ),
        ("Velm asked for a share of the cost.", "Velm did not ask for a share of the cost."),
    ],
    ids=["a figure", "a day", "a name", "a name that opens it", "a not"],
)
def test_a_line_with_a_new_fact_is_not_a_repeat(earlier: str, later: str) -> None:
    source = document(*FERRY)
    assert not repeats(_line(later, source), _line(earlier, source), "en")


def test_lines_on_other_sentences_do_not_repeat_each_other() -> None:
    source = document(*FERRY)
    same = "The ferry carried passengers."
    assert not repeats(_line(same, source, 2), _line(same, source, 1), "en")


def test_in_scripts_without_spaces_another_fact_of_a_sentence_is_not_a_repeat() -> None:
    source = document("两国部长周二同意重新开放北部铁路，工程师将检查桥梁。", language="zh")
    agreed = _line("两国部长周二同意重新开放北部铁路", source)
    assert not repeats(_line("两国部长周二表示工程师将检查桥梁", source), agreed, "zh")
    assert repeats(_line("两国部长同意重新开放北部铁路", source), agreed, "zh")


def test_a_side_of_a_difference_is_a_repeat_of_it() -> None:
    source = document(*FERRY)
    told = _line("The ferry carried 400 passengers a day.", source, 2)
    other = replace(told, text="The ferry carried 300.")
    assert repeats(told, Difference("passengers", (told, other)), "en")


def test_an_event_with_another_time_is_not_a_repeat() -> None:
    source = document("The ferry stopped in May and again in June.")
    earlier = _line("The ferry stopped in May.", source)
    event = Event("The ferry stopped.", "event", None, earlier.evidence, "in June")
    assert repeats(replace(event, when="in May"), earlier, "en")
    assert not repeats(event, earlier, "en")


def _taken(*items: DraftItem) -> list[str]:
    """The texts of those that are shown, in order."""
    composition = Composition(whole_excerpts((ARTICLE,)), Wishes(length="long"))
    for item in items:
        take(composition, item)
    briefing = composition.briefing(Receipt("openai", "1", "m"), (), ())
    return [each.text for each in briefing.lines()]


def _commitment(text: str, status: Status = "planned") -> DraftCommitment:
    return DraftCommitment(
        **line("A5", text).model_dump(),
        actor="Engineers",
        action="inspect the pipes",
        deadline=None,
        condition=None,
        status=status,
    )


@pytest.mark.parametrize(
    ("section", "again"),
    [
        ("key_points", line("A5", "Engineers will inspect the pipes.")),
        ("commitments", _commitment("Engineers will inspect the pipes.")),
        (
            "timeline",
            DraftEvent(
                **line("A5", "Engineers will inspect the pipes.").model_dump(), when="in spring"
            ),
        ),
    ],
)
def test_no_section_repeats_the_bottom_line(section: Section, again: DraftLine) -> None:
    first = line("A5", "Engineers will inspect the pipes in spring.")
    shown = _taken(DraftItem("bottom_line", first), DraftItem(section, again))
    assert shown == [first.text]


def test_a_bottom_line_that_repeats_the_headline_is_left_out() -> None:
    said = line("A5", "Engineers will inspect the pipes in spring.")
    assert _taken(DraftItem("headline", said), DraftItem("bottom_line", said)) == [said.text]


def test_another_fact_of_the_same_sentence_is_shown() -> None:
    first = line("A8", "The well belongs to a family.")
    other = line("A8", "The family has farmed 40 hectares.")
    shown = _taken(DraftItem("key_points", first), DraftItem("key_points", other))
    assert shown == [first.text, other.text]


# Cautions that are found by code.


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
def test_each_kind_of_caution_is_found(text: str, kinds: list[str]) -> None:
    assert _kinds(text) == kinds


def test_an_office_is_not_a_first_name() -> None:
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
def test_headings_and_numbers_are_not_spellings_of_a_name(text: str) -> None:
    assert cautions((numbered("A", text, language="en"),), ENGLISH) == ()


def test_loaded_words_are_named() -> None:
    [caution] = cautions((numbered("A", "A hysterical tirade, a tirade.", language="en"),), ENGLISH)
    assert caution.text == "Loaded wording: “hysterical”, “tirade”."


def test_each_document_has_at_most_three_cautions_of_a_kind() -> None:
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


def test_a_long_sentence_is_not_a_caution() -> None:
    long = "of the old town in the far north of the valley " * 3
    assert _kinds(f"The rails {long}were reportedly sold for scrap.") == []
    assert _kinds(f"The rails {long}were sold, people familiar with the works said.") == []


def test_a_language_without_lists_has_no_cautions() -> None:
    assert _kinds("Borland denied it.", "xx") == []
