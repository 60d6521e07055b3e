"""What is new since a story was last briefed is proved on the passages of both days."""

from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.briefing.changes import (
    ChangeVerifier,
    EarlierBriefing,
    earlier_lines,
    known_lines_last,
    rewritten_pages,
    since_without_changes,
    were_all_briefed,
)
from bot.briefing.documents import Document
from bot.briefing.draft import ChangeKind, DraftChange, DraftKnown
from bot.briefing.lines import (
    Briefing,
    Change,
    Commitment,
    EarlierReply,
    Edited,
    Line,
    Reason,
    Receipt,
    Rewritten,
    Withheld,
)
from bot.briefing.requests import Wishes
from tests.statements import document

FIRST = EarlierReply("msg:T:C:1", "1", "2031-05-12", "Flood in Castell")
THEN = replace(
    document(
        "The flood in Castell has killed 31 people, mayor Ona Brell said on Sunday.",
        "The province promised to repair the Sorrel bridge by 1 June.",
        "Brell denied that the sirens had failed.",
        "About 400 families sleep in the gymnasium on Mill Street.",
        "The council meets on Tuesday to vote on a second dam.",
    ),
    published="2031-05-12",
    published_basis="stated",
    outlet="Castell Post",
    key="https://post.example/flood",
)
NOW = replace(
    document(
        "The flood in Castell has killed 44 people, mayor Ona Brell said on Monday.",
        "The Sorrel bridge will be repaired by 1 July, a month later than promised.",
        "Brell admitted that the sirens had failed.",
        "About 400 families sleep in the gymnasium on Mill Street.",
        "The council meets on Tuesday to vote on a second dam.",
        "The insurer Halm offered 12 million crowns to the owners of flooded houses.",
        "Some 400 families in the gymnasium on Mill Street were moved to hotels.",
    ),
    published="2031-05-19",
    published_basis="stated",
    outlet="Castell Post",
    key="https://post.example/flood-again",
)


def briefing_of(source: Document, *texts: str) -> Briefing:
    """A briefing with a key point for each sentence of ``source``, in its words or in others."""
    said = texts or tuple(map(source.sentence, range(1, len(source.sentences) + 1)))
    lines = tuple(
        Line(text, "event", None, (source.passage(number),)) for number, text in enumerate(said, 1)
    )
    receipt = Receipt("openai", "1")
    return Briefing((source,), (source.words,), receipt, key_points=lines, language="en")


def compared(now: Document = NOW, *then: EarlierBriefing) -> ChangeVerifier:
    told = then or ((FIRST, briefing_of(THEN)),)
    return ChangeVerifier((now,), earlier_lines(told), Wishes(), "en")


def change(
    kind: ChangeKind,
    text: str,
    now: str = "A1",
    *then: int,
    before: str | None = None,
    after: str | None = None,
) -> DraftChange:
    return DraftChange(
        kind=kind, now=now.split(), then=list(then), before=before, after=after, text=text
    )


DEAD = "The death toll in Castell has risen from 31 to 44."
BRIDGE = "The Sorrel bridge is to be repaired by 1 July instead of 1 June."


@pytest.mark.parametrize(
    "draft",
    [
        change("changed", DEAD, "A1", 1, before="31 people", after="44 people"),
        change("changed", DEAD, "A1", 1, before="31 dead", after="44 dead"),
        change("changed", BRIDGE, "A2", 2, before="by 1 June", after="by 1 July"),
        change("contradicts", "Brell now admits that the sirens had failed.", "A3", 3),
        change("new", "The insurer Halm offered 12 million crowns to owners of houses.", "A6"),
        change("changed", "The families were moved from the gymnasium to hotels.", "A7", 4),
    ],
    ids=["copied", "by value", "a day", "denied before", "new", "no figure"],
)
def test_a_change_is_accepted_with_the_passages_of_both_days(draft: DraftChange) -> None:
    found = compared().verdict(draft)
    assert isinstance(found, Change), found
    assert {each.reference for each in found.evidence} == set(draft.now)
    assert [line.text for line in found.then] == [THEN.sentence(n) for n in draft.then]
    assert (found.kind, found.before, found.after) == (draft.kind, draft.before, draft.after)


@pytest.mark.parametrize(
    ("then", "now", "before", "after"),
    [
        ("Castell felt the blast at 6.40 a.m.", "Castell felt the blast at 6.52 a.m.",
         "6.40 a.m.", "6.52 a.m."),
        ("Rain ruined 31 of 400 houses.", "Rain ruined 44 of 400 houses.",
         "31 of 400 houses", "44 of 400 houses"),
    ],
    ids=["a time", "a share"],
)  # fmt: skip
def test_one_changed_figure_is_enough_for_a_change(
    then: str, now: str, before: str, after: str
) -> None:
    told = (FIRST, briefing_of(document(then)))
    draft = change("changed", now, "A1", 1, before=before, after=after)
    assert isinstance(compared(document(now), told).verdict(draft), Change)


@pytest.mark.parametrize(
    "draft",
    [
        change("changed", DEAD, "A99", 1, before="31", after="44"),
        change("changed", DEAD, "", 1, before="31", after="44"),
        change("changed", DEAD, "A1", 99, before="31", after="44"),
        change("changed", DEAD, "A1", 0, before="31", after="44"),
        change("changed", DEAD, "A1", before="31", after="44"),
        change("new", "The insurer Halm offered 12 million crowns.", "A6", 1),
        change("changed", DEAD, "A1", 1, before="44", after="31"),
        change("changed", DEAD, "A1", 1, before="3", after="4"),
        change("changed", DEAD, "A1", 1, before="31", after="45"),
        change("changed", DEAD.replace("44", "45"), "A1", 1, before="31", after="44"),
        change("changed", DEAD, "A1", 1, before="31", after=None),
        change("changed", DEAD, "A4", 4, before="400", after="400 families"),
        change("changed", "The vote of the council was moved.", "A5", 5, before="on Tuesday",
               after="Tuesday"),
        change("changed", BRIDGE, "A2", 2, before="1 June", after="1 August"),
        change("changed", BRIDGE, "A2", 2, before="mayor Brell", after="the province"),
        change("new", "About 400 families sleep in the gymnasium on Mill Street.", "A4"),
        change("new", "The council votes on a second dam on Tuesday, Otto Zimmer said.", "A5"),
        change("missed", "Brell now admits that the sirens had failed.", "A3"),
        change("contradicts", THEN.sentence(3), "A3", 3),
        change("new", "Read https://evil.example for more on the insurer Halm.", "A6"),
        change("new", " ".join(["The insurer Halm offered crowns"] * 8), "A6"),
    ],
    ids=[
        "no such sentence", "no sentence", "no such line", "line 0", "no line", "new with a line",
        "the other way round", "a part of a figure", "a figure of nobody", "text with a new figure",
        "one side alone", "the same", "the same day", "a day of nobody", "words of others",
        "told before", "a name of nobody", "missed without a line", "what was told then",
        "an address", "too long",
    ],
)  # fmt: skip
def test_a_change_that_the_passages_do_not_support_is_withheld_with_a_reason(
    draft: DraftChange,
) -> None:
    found = compared().verdict(draft)
    assert isinstance(found, Withheld)
    assert found.section == "since"
    assert found.reasons


@given(st.integers(1, 99), st.integers(1, 99))
@example(31, 1)
@example(1, 44)
def test_a_changed_figure_must_be_the_earlier_and_the_later_one(was: int, now: int) -> None:
    draft = change(
        "changed", f"The toll went from {was} to {now}.", "A1", 1, before=f"{was}", after=f"{now}"
    )
    found = compared().verdict(draft)
    assert isinstance(found, Change) is ((was, now) == (31, 44))


def test_another_year_is_a_change_and_another_notation_of_a_day_is_not() -> None:
    then = document("The bridge will be repaired by 1 June 2031.")
    now = document("The bridge will be repaired by 1 June 2032.", "It opens on 2031-06-01.")
    comparison = compared(now, (FIRST, briefing_of(then)))
    text = "The bridge will be repaired by 1 June 2032 instead of 2031."
    later = change("changed", text, "A1", 1, before="1 June 2031", after="1 June 2032")
    same = change("changed", text, "A2", 1, before="1 June 2031", after="2031-06-01")
    assert isinstance(comparison.verdict(later), Change)
    assert isinstance(comparison.verdict(same), Withheld)


KNOWN = (DraftKnown(now="A4", then=4), DraftKnown(now="A5", then=5), DraftKnown(now="A1", then=1))


def line(text: str, *numbers: int) -> Line:
    return Line(text, "event", None, tuple(NOW.passage(number) for number in numbers))


@pytest.mark.parametrize(
    "known",
    [
        line("About 400 families sleep in the gymnasium on Mill Street.", 4),
        line("About 400 families sleep in the gymnasium.", 4),
    ],
    ids=["word for word", "a part of it"],
)
def test_a_line_that_an_earlier_line_contains_is_known_since_that_day(known: Line) -> None:
    assert compared().day_known(known, KNOWN, ()) == "2031-05-12"


@pytest.mark.parametrize(
    "new",
    [
        line("The flood in Castell has killed 44 people.", 1),
        line("About 400 families sleep in the gymnasium.", 4, 6),
        line("About 400 families do not sleep in the gymnasium.", 4),
        line("The gymnasium on Mill Street belongs to Ona Brell.", 4),
        line("The council meets on Tuesday to vote on a second dam.", 5),
        line("The insurer Halm offered 12 million crowns.", 6),
    ],
    ids=["a new figure", "a sentence more", "a not", "another name", "another Tuesday", "not said"],
)
def test_a_line_with_anything_new_is_never_marked_as_known(new: Line) -> None:
    assert compared().day_known(new, KNOWN, ()) is None


def test_a_line_whose_sentence_has_changed_is_not_marked_as_known() -> None:
    found = compared().verdict(
        change("changed", "The families were moved from the gymnasium to hotels.", "A4 A7", 4)
    )
    assert isinstance(found, Change)
    known = line("About 400 families sleep in the gymnasium.", 4)
    assert compared().day_known(known, KNOWN, (found,)) is None


def test_known_lines_come_last_in_their_section_and_none_is_lost() -> None:
    briefing = briefing_of(NOW)
    told = {briefing.key_points[1].text: "2031-05-12", briefing.key_points[3].text: "2031-05-11"}
    shown = known_lines_last(briefing, lambda each: told.get(each.text))
    order = [int(each.evidence[0].reference[1:]) for each in shown.key_points]
    assert order == [1, 3, 5, 6, 7, 2, 4]
    assert [each.told for each in shown.key_points][-2:] == ["2031-05-12", "2031-05-11"]


def test_earlier_lines_are_verified_and_unique() -> None:
    refused = Edited("Ana", (Reason("judge", "It is not said.", "judge"),))
    first = briefing_of(THEN)
    lines = (*first.key_points, replace(first.key_points[0], text="Wrong.", edited=refused))
    promise = Commitment(
        "The province repairs the bridge.", "event", None, first.key_points[1].evidence,
        "The province", "repair the bridge", "by 1 June", None, "pledged",
    )  # fmt: skip
    briefing = replace(first, key_points=lines, commitments=(promise,))
    found = earlier_lines([(FIRST, briefing), (FIRST, briefing)])
    assert [each.text for each in found] == [each.text for each in (*lines[:-1], promise)]
    assert [each.is_undertaking for each in found][-2:] == [False, True]
    assert (found[0].source, found[0].published) == ("Castell Post", "2031-05-12")


def test_the_earlier_lines_of_a_long_story_are_limited() -> None:
    told = []
    for number in range(400):
        source = document(f"The pump in ward {number} stands still since the storm.")
        told.append((replace(FIRST, key=str(number)), briefing_of(source)))
    found = earlier_lines(told)
    assert [each.reply.key for each in found] == [str(number) for number in range(60)]


def test_a_page_whose_text_has_changed_is_reported_with_the_day_of_its_last_briefing() -> None:
    corrected = replace(NOW, key=THEN.key)
    assert rewritten_pages((corrected,), [(FIRST, briefing_of(THEN))]) == (
        Rewritten("A", FIRST.day),
    )
    assert rewritten_pages((NOW,), [(FIRST, briefing_of(THEN))]) == ()
    again = (replace(THEN, text=THEN.text.replace("\n", "\n\n")),)
    assert rewritten_pages(again, [(FIRST, briefing_of(THEN))]) == ()
    assert were_all_briefed((THEN,), [(FIRST, briefing_of(THEN))])
    assert not were_all_briefed((THEN, NOW), [(FIRST, briefing_of(THEN))])


def test_without_earlier_briefings_there_is_no_since_section() -> None:
    assert since_without_changes((), (NOW,)) is None
    found = since_without_changes([(FIRST, briefing_of(THEN))], (NOW,))
    assert found is not None
    assert (found.replies, found.changes) == ((FIRST,), ())
