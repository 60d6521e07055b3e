"""Lines that a person dropped or rewrote, and how each of them comes back."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bot.briefing.documents import Document
from bot.briefing.edits import (
    copy_corrections,
    current_line,
    find_line,
    linked_numbers,
    mark_corrected,
    may_be_rewritten,
    original_of,
    parts_of,
    with_edits,
    without_history,
)
from bot.briefing.lines import Answer, Briefing, Edit, Edited, Line, Reason
from bot.briefing.rendering import answer_json, briefing_json, markdown
from bot.storage import codec
from tests.slack.examples import answer, briefing, document, line

OBJECTION = Reason("numbers", "“5” is not in A2.")


def rewritten_line(text: str, *objections: Reason) -> Line:
    edited = Edited("Ana", objections)
    return Line(text, "event", None, (document().passage(2),), edited=edited)


def lines(outcome: Briefing | Answer) -> list[Line]:
    return [each for part in parts_of(outcome) for each in part.lines]


DAY = "2031-05-23"
NUMBERS = st.lists(st.integers(0, len(lines(briefing())) - 1), unique=True)


@given(NUMBERS, NUMBERS)
def test_unedited_lines_stay_and_edits_can_be_undone(
    dropped: list[int], rewritten: list[int]
) -> None:
    made = briefing(made_from="x")
    whole = {each for number in dropped for each in linked_numbers(made, number)}
    edits = [Edit(number, "k") for number in sorted(whole)]
    edits += [Edit(n, "k", rewritten_line("Mine.")) for n in rewritten if n not in whole]
    shown = with_edits(made, edits)

    expected = [
        current_line(shown, number) for number in range(len(lines(made))) if number not in whole
    ]
    assert lines(shown) == expected
    for number, each in enumerate(lines(made)):
        if number not in whole and number not in rewritten:
            assert current_line(shown, number) == each
    assert with_edits(shown, ()) == original_of(shown) == made
    kind, content = codec.dump_outcome(shown)
    assert codec.load_outcome(kind, content, made.documents) == shown


@given(NUMBERS, NUMBERS)
def test_a_correction_mark_changes_no_words_and_survives_every_edit(
    edited: list[int], wrong: list[int]
) -> None:
    made = briefing(made_from="x")
    texts = {each.text for number, each in enumerate(lines(made)) if number in wrong}
    edits = [Edit(each, "k") for n in sorted(set(edited)) for each in linked_numbers(made, n)]
    shown = with_edits(made, edits)
    marked = mark_corrected(shown, lambda each: each.text in texts, DAY)

    assert [each.text for each in lines(marked)] == [each.text for each in lines(shown)]
    assert {each.text for each in lines(marked) if each.corrected == DAY} == {
        each.text for each in lines(shown) if each.text in texts
    }
    assert mark_corrected(marked, lambda each: each.text in texts, DAY) == marked
    first = mark_corrected(made, lambda each: each.text in texts, DAY)
    assert with_edits(marked, ()) == first
    assert with_edits(first, edits) == with_edits(marked, edits)
    assert (marked.corrected, getattr(marked, "made_from", None)) == (DAY, None)


def test_a_rewritten_line_is_no_longer_marked_as_corrected() -> None:
    marked = mark_corrected(briefing(), lambda each: bool(each.text), DAY)
    now = with_edits(marked, [Edit(1, "k", rewritten_line("Mine."))])
    corrected = current_line(now, 1)
    assert corrected is not None
    assert corrected.corrected is None


def test_a_dropped_line_is_not_shown() -> None:
    shown = with_edits(briefing(), [Edit(1, "k")])
    assert "The two agreed to reopen the line." not in markdown(shown)


def test_a_difference_is_dropped_with_any_of_its_sides() -> None:
    made = briefing()
    numbers = linked_numbers(made, 2)
    assert numbers == {2, 3}
    assert with_edits(made, [Edit(each, "k") for each in numbers]).differences == ()  # type: ignore[union-attr]


def test_a_rewritten_line_keeps_its_kind_and_loses_its_support() -> None:
    made = briefing()
    commitment = next(n for n, each in enumerate(lines(made)) if each in made.commitments)
    shown = with_edits(made, [Edit(commitment, "k", rewritten_line("The line may reopen."))])
    assert isinstance(shown, Briefing)
    assert shown.commitments[0].actor == made.commitments[0].actor
    assert shown.commitments[0].support is None
    assert "- The line may reopen. *(not judged · edited by Ana)*" in markdown(shown)


def test_an_unverified_line_is_marked_everywhere() -> None:
    shown = with_edits(briefing(), [Edit(1, "k", rewritten_line("It costs 5.", OBJECTION))])
    assert isinstance(shown, Briefing)
    assert "**It costs 5.** *(not verified · edited by Ana)*" in markdown(without_history(shown))
    told = briefing_json(shown)
    assert told["bottom_line"]["edited_by"] == "Ana"
    assert told["bottom_line"]["verified"] is False
    assert "edited" not in told["bottom_line"]
    assert "edited_by" not in told["headline"]
    assert "· 1 edited by hand · 1 not verified" in markdown(shown)


def test_an_undecided_version_is_not_shown() -> None:
    made = briefing()
    edit = Edit(1, "k", rewritten_line("It costs 5.", OBJECTION), is_decided=False)
    shown = with_edits(made, [edit])
    assert lines(shown) == lines(made)


def test_an_edited_briefing_is_not_reused() -> None:
    made = briefing(made_from="x")
    shown = with_edits(made, [Edit(1, "k")])
    assert isinstance(shown, Briefing)
    assert shown.made_from is None
    assert without_history(shown).original is None
    assert without_history(shown).edits == ()


def test_the_receipt_counts_what_is_shown() -> None:
    made = briefing()
    counted = with_edits(made, [Edit(99, "k")]).receipt
    fewer = with_edits(made, [Edit(0, "k"), Edit(2, "k"), Edit(3, "k")]).receipt
    assert counted.lines - fewer.lines == 2  # a difference is one
    assert (fewer.edited, fewer.unverified) == (0, 0)


def test_an_edited_line_that_was_judged_is_counted_as_judged() -> None:
    judged = replace(rewritten_line("Arland will not pay."), judge="m")
    receipt = with_edits(answer(), [Edit(0, "k", judged)]).receipt
    assert (receipt.lines, receipt.edited, receipt.judged, receipt.unjudged) == (1, 1, 1, 0)
    receipt = with_edits(
        answer(), [Edit(0, "k", rewritten_line("Arland pays 5.", OBJECTION))]
    ).receipt
    assert (receipt.judged, receipt.unjudged, receipt.unverified) == (0, 0, 1)


def test_the_lines_of_an_answer_are_edited_as_well() -> None:
    shown = with_edits(answer(), [Edit(0, "k", rewritten_line("Arland pays."))])
    assert isinstance(shown, Answer)
    assert answer_json(shown)["lines"][0]["edited_by"] == "Ana"
    assert find_line(shown, 0) == find_line(answer(), 0)
    assert find_line(shown, 7) is None
    assert current_line(shown, 7) is None
    assert linked_numbers(shown, 7) == frozenset()


def test_words_of_a_source_cannot_be_rewritten() -> None:
    source = document()
    assert not may_be_rewritten(line(source.sentence(2), source, 2))
    assert not may_be_rewritten(briefing().quotes[0])
    assert may_be_rewritten(line("The two agreed.", source, 2))


def test_corrections_are_copied_only_to_lines_about_the_same_passage() -> None:
    source = document()
    wrong, right = line("They agreed to it.", source, 2), line("They met.", source, 2)
    before = briefing(source, bottom_line=wrong, key_points=(right, line("It denies.", source, 4)))
    told = mark_corrected(before, lambda each: each == wrong, "2031-05-14")
    rests, apart = line("Elles l’ont convenu.", source, 2), line("Elle nie.", source, 4)
    version = briefing_of(source, bottom_line=rests, key_points=(right, apart))
    marked = copy_corrections(version, [told])

    assert isinstance(marked, Briefing)
    assert [each.corrected for each in marked.lines()] == ["2031-05-14", None, None]
    assert marked.corrected == "2031-05-14"
    unmarked = briefing_of(source, key_points=(right, apart))
    assert copy_corrections(unmarked, [told]) == unmarked
    only_reply = mark_corrected(before, lambda _: False, "2031-05-13")
    assert copy_corrections(unmarked, [only_reply]) == replace(unmarked, corrected="2031-05-13")


def briefing_of(source: Document, **fields: object) -> Briefing:
    """A briefing with these lines alone."""
    empty = Briefing((source,), (source.words,), briefing().receipt, language="fr")
    return replace(empty, **fields)  # type: ignore[arg-type]  # named by the tests
