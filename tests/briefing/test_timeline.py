"""A timeline has each line of a story once, with its passage, on the day of its first briefing."""

from dataclasses import replace
from typing import Any

from bot.briefing.changes import EarlierBriefing
from bot.briefing.due import commitment_id
from bot.briefing.lines import (
    Briefing,
    Change,
    Commitment,
    Difference,
    EarlierLine,
    EarlierReply,
    Edited,
    Line,
    Reason,
    Remake,
    Since,
    Support,
)
from bot.briefing.rendering import markdown, plain_text
from bot.briefing.timeline import MOST_BRIEFINGS, CommitmentMark, Timeline, timeline
from bot.operations.exports import export_files
from tests.slack.examples import briefing, document, line

FLOOD = document(
    "The flood in Castel killed 31 people.\nMayor Brell will open the bridge by 1 June.\n"
    "Rescuers came from Ansel.",
    url="https://example.org/flood",
)
TOLL = document(
    "The flood in Castel killed 44 people.\nThe bridge is open, Brell said.",
    url="https://example.org/toll", outlet="The Hourly", title="The toll rises",
)  # fmt: skip
OPENS = Commitment(
    FLOOD.sentence(2), "event", None, (FLOOD.passage(2),), "Brell", "will open the bridge",
    "by 1 June", None, "pledged",
)  # fmt: skip


def briefed_on(day: str, source: Any, *lines: Line, **fields: Any) -> EarlierBriefing:
    """A briefing of one source with these lines alone."""
    empty = Briefing((source,), (source.words,), briefing().receipt, language="en")
    reply = EarlierReply(f"msg:T1:C1:{day}", day, day, "Flood")
    return reply, replace(empty, key_points=tuple(lines), **fields)


def change(kind: Any, text: str, then: EarlierBriefing, of: Line, number: int = 1) -> Since:
    earlier = EarlierLine(
        of.text, of.evidence, then[0], is_undertaking=isinstance(of, Commitment)
    )  # fmt: skip
    made = Change(text, "event", None, (TOLL.passage(number),), kind=kind, then=(earlier,))
    return Since((then[0],), (made,))


FIRST = briefed_on("2031-05-12", FLOOD, line("31 people died.", FLOOD), commitments=(OPENS,))
SECOND = briefed_on(
    "2031-05-14", TOLL, line("44 people died.", TOLL),
    line("31 people died.", replace(FLOOD, label="B")),
    documents=(TOLL, replace(FLOOD, label="B")),
    since=change("done", "The bridge has opened.", FIRST, OPENS, 2),
)  # fmt: skip


def chapters(of: Timeline) -> dict[str, list[str]]:
    return {
        each.title: ["".join(words.text for words in row.wording) for row in each.rows]
        for each in of.chapters
    }


def test_each_line_is_under_the_day_of_its_first_briefing() -> None:
    shown = chapters(timeline((SECOND, FIRST), is_cut=False))
    assert shown["12 May 2031"] == ["31 people died."]
    assert shown["14 May 2031"] == ["44 people died."]


def test_a_commitment_is_open_until_a_later_briefing_says_what_became_of_it() -> None:
    only = chapters(timeline((FIRST,), is_cut=False))["Commitments"]
    assert only == ["Brell → will open the bridge · by 1 June (pledged) (briefed on 12 May) · open"]
    [done] = chapters(timeline((SECOND, FIRST), is_cut=False))["Commitments"]
    assert done.endswith("(pledged) (briefed on 12 May) · done (briefed on 14 May)")
    since = change("missed", "The bridge stays closed.", FIRST, OPENS)
    third = briefed_on("2031-06-02", TOLL, line("No bridge.", TOLL), since=since)
    [missed] = chapters(timeline((third, FIRST), is_cut=False))["Commitments"]
    assert missed.endswith("· missed (briefed on 2 June)")


def test_a_persons_mark_on_a_commitment_is_shown_beside_what_the_sources_say() -> None:
    marks = {commitment_id(OPENS): CommitmentMark("done", "Ana", "2031-05-16")}
    whole = timeline((FIRST,), marks, is_cut=False)
    [marked] = chapters(whole)["Commitments"]
    assert marked.endswith("(pledged) (briefed on 12 May) · marked done by Ana on 16 May")
    assert "marked done by Ana on 16 May" in markdown(whole)
    assert "marked done by Ana on 16 May" in plain_text(whole)
    [both] = chapters(timeline((SECOND, FIRST), marks, is_cut=False))["Commitments"]
    assert both.endswith("· done (briefed on 14 May) · marked done by Ana on 16 May")


def test_a_dispute_is_shown_with_all_its_sides() -> None:
    sides = (line("31.", FLOOD), line("44.", replace(TOLL, label="B")))
    differing = briefed_on(
        "2031-05-15", FLOOD, documents=(FLOOD, replace(TOLL, label="B")),
        differences=(Difference("the toll", sides),),
    )  # fmt: skip
    denied = briefed_on(
        "2031-05-16", TOLL,
        since=change("contradicts", "31 did not die.", FIRST, line("31 died.", FLOOD)),
    )  # fmt: skip
    shown = chapters(timeline((denied, differing), is_cut=False))["Disputed"]
    assert [each.partition(": ")[0] for each in shown] == ["the toll", "the toll", "Contradicted"]
    assert "31." in shown[0]
    assert "The Hourly" in shown[1]
    assert shown[2].endswith("31 did not die. (briefed on 16 May)")


def test_every_source_has_its_own_label() -> None:
    support = Support(("A", "B"), 2, 2)
    known = replace(SECOND[1].key_points[0], support=support, text="Both say so.")
    both = (SECOND[0], replace(SECOND[1], key_points=(known, *SECOND[1].key_points)))
    whole = timeline((both, FIRST), is_cut=False)
    assert [each.label for each in whole.documents] == ["A", "B"]
    by_label = {each.label: each for each in whole.documents}
    for row in (row for chapter in whole.chapters for row in chapter.rows):
        for passage in row.line.evidence:
            source = by_label[passage.document]
            assert source.text[passage.start : passage.end] == passage.text
            assert passage.reference.startswith(source.label)
    supported = next(
        r.line.support for c in whole.chapters for r in c.rows if r.line.text == "Both say so."
    )
    assert supported == Support(("B", "A"), 2, 2)


def test_unverified_lines_and_other_versions_are_left_out() -> None:
    wrong = Edited("Ana", (Reason("numbers", "32 is not there."),))
    doubtful = briefed_on("2031-05-13", FLOOD, line("32 people died.", FLOOD, edited=wrong))
    shorter = briefed_on(
        "2031-05-13", FLOOD, line("Dead: 31.", FLOOD), remake=Remake(FIRST[0].key, "shorter")
    )
    whole = timeline((shorter, doubtful, FIRST), is_cut=False)
    assert [each for each in chapters(whole) if "May" in each] == ["12 May 2031"]
    alone = timeline((shorter,), is_cut=False)  # whose first version is gone
    assert chapters(alone)["13 May 2031"] == ["Dead: 31."]


def test_a_line_that_was_corrected_says_so() -> None:
    wrong = briefed_on("2031-05-12", FLOOD, line("31 people died.", FLOOD, corrected="2031-05-14"))
    shown = chapters(timeline((wrong,), is_cut=False))
    assert shown["12 May 2031"] == ["31 people died. (corrected on 14 May)"]


def test_in_an_export_each_line_has_its_passage_and_the_link_to_it() -> None:
    whole = timeline((SECOND, FIRST), is_cut=True)
    text = markdown(whole)
    assert text.startswith("# 44 people died.\n")
    assert "## 12 May 2031\n\n- 31 people died. [" in text
    assert "The flood in Castel killed 31 people. [A1](https://example.org/flood#:~:text=" in text
    cut = f"More than {MOST_BRIEFINGS} briefings here may be about this story"
    assert text.rstrip().splitlines()[-1].startswith(f"*Briefings in this timeline: 2 {cut}")
    assert "31 people died." in plain_text(whole)
    assert [each.name.rpartition(".")[2] for each in export_files(whole)] == ["md", "docx", "txt"]
