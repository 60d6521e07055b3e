"""Any well-formed pieces of a writer, a repair and a judge make a reply that can be stored, read
back, shown and exported."""

import asyncio
from collections.abc import Mapping, Sequence
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.briefing.documents import Document
from bot.briefing.draft import (
    CautionKind,
    DraftCaution,
    DraftCommitment,
    DraftDifference,
    DraftEvent,
    DraftFigure,
    DraftItem,
    DraftLine,
    DraftQuote,
    DraftUnknown,
    Place,
    RepairedLine,
    Status,
    UnknownKind,
    Voice,
)
from bot.briefing.lines import Answer, Briefing, Line
from bot.briefing.requests import Length, Wishes
from bot.briefing.tasks import Judgement, RepairedItem, Usage
from bot.operations.exports import export_files
from bot.service.briefing_service import BriefingService, Reading
from bot.slack.blocks import messages
from bot.storage.codec import dump_outcome, load_outcome
from tests.drafts import ARTICLE, BOTTOM_LINE, COST, LONG_DRAFT
from tests.fakes import FixedReader, ScriptedWriter, Transcript
from tests.service.service import BRIEF

READING = Reading((ARTICLE,))
PLACES: tuple[Place, ...] = (
    "headline", "bottom_line", "differences", "key_points", "commitments", "quotes", "cautions",
    "timeline", "figures", "answer",
)  # fmt: skip

_references = st.sampled_from(["A1", "A2", "A3", "A2q1", "A9", "B1", ""])
_words = st.sampled_from([
    "Mara Lind", "mayor of Brook", "The mayors", "share the works", "on Friday", "12 million",
    "13 million", "crowns", "if both councils consent", "", "@everyone",
    *(ARTICLE.sentence(number) for number in (1, 2, 3)),
    "The works cost 12 million.",
    "The mayors of Ansel and Brook agreed to share the works if both councils consent.",
])  # fmt: skip
_said: Mapping[str, st.SearchStrategy[object]] = {
    "evidence": st.lists(_references, max_size=3),
    "voice": st.sampled_from(get_args(Voice)),
    "speaker": st.none() | _words,
    "text": _words,
}
_lines = st.builds(DraftLine, **_said)
_contents = st.one_of(
    _lines,
    st.builds(
        DraftCommitment,
        **_said,
        actor=_words,
        action=_words,
        deadline=st.none() | _words,
        condition=st.none() | _words,
        status=st.sampled_from(get_args(Status)),
    ),
    st.builds(DraftEvent, **_said, when=_words),
    st.builds(DraftFigure, **_said, figure=_words, unit=st.none() | _words),
    st.builds(
        DraftQuote,
        quotation=_references,
        evidence=_said["evidence"],
        speaker=_words,
        role=st.none() | _words,
        translation=st.none() | _words,
    ),
    st.builds(DraftDifference, about=_words, sides=st.lists(_lines, max_size=3)),
    st.builds(
        DraftCaution,
        evidence=_said["evidence"],
        kind=st.sampled_from(get_args(CautionKind)),
        text=_words,
    ),
    st.builds(DraftUnknown, kind=st.sampled_from(get_args(UnknownKind)), text=_words),
    # Items of a good draft, so that many pass.
    st.sampled_from([
        LONG_DRAFT.headline, BOTTOM_LINE, *LONG_DRAFT.key_points, *LONG_DRAFT.quotes,
        *LONG_DRAFT.commitments, *LONG_DRAFT.timeline, *LONG_DRAFT.figures,
        *LONG_DRAFT.cautions, *LONG_DRAFT.unknowns,
    ]),
)  # fmt: skip
_items = st.builds(DraftItem, st.sampled_from([*PLACES, "unknowns"]), _contents)
_repairs = st.builds(RepairedItem, st.integers(-1, 6), _items)


class PlacedJudge:
    """`ports.Judge` that gives these problems by place, whether or not there is a line."""

    model = "judge-1"
    prompt = "judge@1"

    def __init__(self, problems: dict[int, str | None]) -> None:
        self._problems = problems

    async def judge(self, lines: Sequence[Line], documents: Sequence[Document]) -> Judgement:
        return Judgement(self._problems, Usage(50, 5))

    async def close(self) -> None:
        """It holds nothing open."""


def check_usable(outcome: Briefing | Answer) -> None:
    """Check that it is the same after it was stored, and can be shown and exported."""
    kind, content = dump_outcome(outcome)
    assert load_outcome(kind, content, outcome.documents) == outcome
    assert messages(outcome, BRIEF)
    assert all(each.content for each in export_files(outcome))


@given(
    st.lists(_items, max_size=8).map(tuple),
    st.lists(_repairs, max_size=6).map(tuple),
    st.none()
    | st.dictionaries(st.integers(-1, 9), st.none() | st.text(max_size=20)).map(PlacedJudge),
    st.sampled_from([None, "fr"]),
    st.sampled_from(get_args(Length)),
)
@settings(max_examples=settings().max_examples * 3 // 5)
def test_any_well_formed_pieces_make_a_usable_reply(
    items: tuple[DraftItem, ...],
    repairs: tuple[RepairedItem, ...],
    judge: PlacedJudge | None,
    language: str | None,
    length: Length,
) -> None:
    briefing_service = BriefingService(
        FixedReader(), ScriptedWriter(*items, repairs=repairs), "0.1.0", judge=judge
    )
    wishes = Wishes(language=language, length=length)
    check_usable(asyncio.run(briefing_service.brief(READING, wishes, Transcript())))
    check_usable(
        asyncio.run(
            briefing_service.answer(READING, "What did the works cost?", wishes, Transcript())
        )
    )


@pytest.mark.parametrize("place", ["quotes", "commitments"])
async def test_a_repair_of_the_wrong_kind_is_withheld(place: Place) -> None:
    """For instance a failed quotation that is repaired as a plain line."""
    content = getattr(LONG_DRAFT, place)[0]
    wrong = {"quotation": "A2q7"} if place == "quotes" else {"text": "Atlantis paid 77 million."}
    failed = DraftItem(place, content.model_copy(update=wrong))
    again = RepairedLine(number=1, **COST.model_dump())
    writer = ScriptedWriter(failed, repairs=(RepairedItem(0, DraftItem(place, again)),))
    briefing = await BriefingService(FixedReader(), writer, "0.1.0").brief(
        READING, Wishes(), Transcript()
    )
    check_usable(briefing)
    assert again.text not in [line.text for line in getattr(briefing, place)]
    assert [each.section for each in briefing.withheld] == [place]
