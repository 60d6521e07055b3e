"""A briefing as it grows: what stands, what is withheld, what is filled."""

from bot.briefing.composition import Composition
from bot.briefing.documents import whole
from bot.briefing.draft import DraftItem, DraftLine, DraftUnknown
from bot.briefing.extractive.engine import extract
from bot.briefing.lines import Line, Receipt, Unknown, Unread, Withheld
from bot.briefing.requests import Wishes
from tests.drafts import take
from tests.texts import article

_EXCERPTS = whole((article("demo"),))
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
    return list(composition.complete(extract(_EXCERPTS, Wishes())))


def test_a_draft_that_stands_is_left_as_it_is() -> None:
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


def test_where_most_lines_fail_sentences_of_the_source_take_their_place() -> None:
    composition = _composition(_GOOD[0], *map(_bad, range(3)))
    assert (composition.written, len(composition.withheld)) == (1, 3)
    assert len(_filled(composition)) == composition.filled > 3
    briefing = composition.briefing(_RECEIPT, (), ())
    assert briefing.key_points
    assert briefing.receipt.withheld == 3
    assert not any("Atlantis" in line.text for line in briefing.lines())


def test_a_briefing_without_any_draft_is_never_empty() -> None:
    composition = _composition()
    assert _filled(composition)
    assert composition.briefing(_RECEIPT, (), ()).bottom_line is not None


def test_the_verdict_on_a_failed_line_tells_why() -> None:
    verdict = take(Composition(_EXCERPTS, Wishes()), _bad(1))
    assert isinstance(verdict, Withheld)
    assert verdict.section == "key_points"
    assert {reason.check for reason in verdict.reasons} >= {"numbers"}


def test_nothing_is_taken_twice() -> None:
    composition = Composition(_EXCERPTS, Wishes())
    assert isinstance(take(composition, _GOOD[0]), Line)
    assert take(composition, _GOOD[0]) is None
    again = DraftItem("key_points", _GOOD[0].content)
    assert take(composition, again) is None
    assert composition.written == 1


def test_the_first_of_two_bottom_lines_stays() -> None:
    composition = _composition(_GOOD[0])
    assert take(composition, DraftItem("bottom_line", _GOOD[1].content)) is None


def test_that_no_publication_date_is_known_is_not_remarked() -> None:
    composition = _composition(
        DraftItem("unknowns", DraftUnknown(kind="publication_date", text="No date.")),
        DraftItem("unknowns", DraftUnknown(kind="amount", text=_GAP)),
    )
    assert composition.briefing(_RECEIPT, (), ()).unknowns == (Unknown("amount", _GAP),)


def test_the_wished_language_is_that_of_the_briefing() -> None:
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
    list(composition.complete(extract(_EXCERPTS, Wishes())))
    [headline], [bottom_line] = composition.lines("headline"), composition.lines("bottom_line")
    assert [headline.evidence[0].reference, bottom_line.evidence[0].reference] == ["A1", "A3"]
