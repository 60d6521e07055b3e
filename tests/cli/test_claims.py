"""What decides about a claim, with and without evidence."""

import json
from collections.abc import Sequence

import pytest

from bot.briefing.documents import Document
from bot.briefing.lines import Line
from bot.briefing.tasks import Judgement, Usage
from bot.cli.claims import (
    CheckedClaim,
    MalformedRow,
    Verdict,
    check_rows,
    judge_claims,
    verdict_json,
)
from bot.service.errors import ModelFailure
from tests.fakes import FixedJudge

SOURCE = "Dana Oru said the bridge might close on Monday. The works cost 3 million crowns."


def _checked(claim: str, **known: object) -> CheckedClaim:
    (verdict,) = check_rows([json.dumps({"source": SOURCE, "claim": claim, **known})])
    assert isinstance(verdict, CheckedClaim)
    return verdict


@pytest.mark.parametrize(
    ("claim", "check"),
    [
        ("The works cost 4 million crowns.", "numbers"),
        ("The bridge might close on Tuesday.", "dates"),
        ("Jon Lind said the bridge might close.", "names"),
        ("Dana Oru said the “bridge might close”.", "quotations"),
    ],
)
def test_checks_of_numbers_dates_names_and_quotations_decide_without_evidence(
    claim: str, check: str
) -> None:
    assert {reason.check for reason in _checked(claim).reasons} == {check}


@pytest.mark.parametrize(
    ("claim", "advised", "decided"),
    [
        ("The bridge will close on Monday.", {"hedges"}, {"hedges"}),
        ("The works did not cost 3 million crowns.", {"negation"}, {"negation"}),
    ],
)
def test_other_checks_only_advise_without_evidence(
    claim: str, advised: set[str], decided: set[str]
) -> None:
    without, known = _checked(claim), _checked(claim, evidence=[[0, 47], [48, len(SOURCE)]])

    assert without.is_supported
    assert {reason.check for reason in without.advice} == advised
    assert {reason.check for reason in known.reasons} == decided
    assert not known.advice


def test_the_declared_voice_and_speaker_are_checked() -> None:
    claim, evidence = "The bridge might close on Monday.", [[0, 47]]

    assert _checked(claim, evidence=evidence, voice="attributed", speaker="Dana Oru").is_supported
    assert not _checked(claim, evidence=evidence, voice="event").is_supported
    assert not _checked(claim, evidence=evidence).is_supported


@pytest.mark.parametrize("evidence", [None, [[0, len(SOURCE)]]])
@pytest.mark.parametrize(
    ("claim", "language", "checks"),
    [
        ("Dana Oru a dit que le pont pourrait fermer lundi.", "fr", set()),
        ("Dana Oru a dit que le pont pourrait fermer mardi.", "fr", {"dates"}),
        ("Die Arbeiten kosteten drei Millionen Kronen.", "de", set()),
        ("Die Arbeiten kosteten vier Millionen Kronen.", "de-AT", {"numbers"}),
        ("Работы стоили 3 миллиона крон.", "ru", set()),
        ("The works cost 3 million crowns.", "en_GB", set()),
        ("The bridge might close on Tuesday.", None, {"dates"}),
    ],
)
def test_a_claim_in_another_language_than_its_source_is_checked_as_a_translation(
    claim: str, language: str | None, checks: set[str], evidence: list[list[int]] | None
) -> None:
    found = _checked(claim, language=language, evidence=evidence)

    # The whole source as one passage has a “might” that a line about the works lacks: a doubt.
    assert {each.check for each in found.reasons if each.grade == "proof"} == checks


def test_a_weekday_is_resolved_by_the_row_s_publication_date() -> None:
    claim, evidence = "Dana Oru said the bridge might close on 17 May 2027.", [[0, 47]]
    source = SOURCE.replace("might close", "would close")
    will = claim.replace("might close", "would close")

    (known,) = check_rows(
        [json.dumps({"source": source, "claim": will, "evidence": evidence,
                     "published": "2027-05-12"})]
    )  # fmt: skip

    assert isinstance(known, CheckedClaim)
    assert known.is_supported
    assert not _checked(claim, evidence=evidence).is_supported


Row = dict[str, object]
FIRST, SECOND = [0, 47], [48, len(SOURCE)]
PROVED: Row = {"claim": "The works cost 4 million crowns.", "evidence": [SECOND]}
DOUBTED: Row = {"claim": "The bridge will close on Monday.", "evidence": [FIRST]}
PLAIN: Row = {"claim": "Three million crowns was the cost of the works.", "evidence": [SECOND]}
COPIED: Row = {"claim": SOURCE[48:], "evidence": [SECOND]}


def _all(*rows: Row) -> list[Verdict]:
    return list(check_rows(json.dumps({"source": SOURCE, **row}) for row in rows))


async def _decided(judge: FixedJudge, *rows: Row) -> tuple[list[CheckedClaim], str]:
    verdicts, unjudged = await judge_claims(_all(*rows), judge)
    return [each for each in verdicts if isinstance(each, CheckedClaim)], unjudged or ""


def test_reasons_have_their_grade() -> None:
    proved, doubted = (verdict_json(each) for each in _all(PROVED, DOUBTED))

    assert proved["supported"] is doubted["supported"] is False
    assert [reason["grade"] for reason in proved["reasons"]] == ["proof"]
    assert {reason["grade"] for reason in doubted["reasons"]} == {"doubt"}
    assert proved["judge"] is None


async def test_a_judge_overrules_a_doubt_but_never_a_proof() -> None:
    judge = FixedJudge()

    (proved, doubted, plain), unjudged = await _decided(judge, PROVED, DOUBTED, PLAIN)

    assert [each.is_supported for each in (proved, doubted, plain)] == [False, True, True]
    assert [line.text for line in judge.asked[0]] == [DOUBTED["claim"], PLAIN["claim"]]
    assert [line.doubts for line in judge.asked[0]] == [doubted.advice, ()]
    assert (proved.judge, doubted.judge, unjudged) == (None, "judge-1", "")
    advised = verdict_json(doubted)["reasons"]
    assert advised
    assert all(reason["advisory"] for reason in advised)


async def test_a_claim_rejected_by_the_judge_has_its_reason() -> None:
    ((plain,), _) = await _decided(FixedJudge("cost"), PLAIN)

    assert verdict_json(plain)["reasons"] == [
        {"check": "judge", "message": "cost", "grade": "judge"}
    ]


async def test_a_judge_is_asked_about_up_to_four_claims_of_a_source_at_once() -> None:
    other = {**PLAIN, "source": f"{SOURCE} That is all."}
    judge = FixedJudge()

    await _decided(judge, *[PLAIN, other] * 5)

    assert sorted(len(lines) for lines in judge.asked) == [1, 1, 4, 4]


async def test_verdicts_keep_the_order_of_the_rows() -> None:
    rows = [{**PLAIN, "id": number, "source": SOURCE + " " * (number % 3)} for number in range(9)]
    written = [*map(json.dumps, rows), "no json"]

    verdicts, _ = await judge_claims(list(check_rows(written)), FixedJudge())

    assert [verdict_json(each)["id"] for each in verdicts] == [*range(9), None]
    assert isinstance(verdicts[-1], MalformedRow)


@pytest.mark.parametrize(
    "row",
    [
        pytest.param(COPIED, id="a passage as it stands"),
        pytest.param({"claim": "The works cost 3 million crowns."}, id="no evidence"),
    ],
)
async def test_a_claim_that_needs_no_judge_is_not_judged(row: Row) -> None:
    judge = FixedJudge("works")

    ((verdict,), unjudged) = await _decided(judge, row)

    assert verdict.is_supported
    assert judge.asked == []
    assert ("no evidence" in unjudged) == ("evidence" not in row)


async def test_the_speaker_of_a_copied_sentence_is_judged() -> None:
    judge = FixedJudge()
    said = {"evidence": [FIRST, SECOND], "voice": "attributed", "speaker": "Dana Oru"}

    await _decided(judge, {**COPIED, **said})

    assert [line.speaker for line in judge.asked[0]] == ["Dana Oru"]


async def test_if_the_judge_fails_the_checks_decide_and_a_note_says_so() -> None:
    judge = FixedJudge(failure=ModelFailure("The model is away."))

    ((doubted, plain), unjudged) = await _decided(judge, DOUBTED, PLAIN)

    assert [each.is_supported for each in (doubted, plain)] == [False, True]
    assert doubted.judge is None
    assert unjudged == "Not judged, so only the checks decided: 2. The model is away."


async def test_a_claim_that_a_judge_leaves_out_is_decided_by_the_checks() -> None:
    class Forgetful(FixedJudge):
        async def judge(self, lines: Sequence[Line], documents: Sequence[Document]) -> Judgement:
            return Judgement({1: None}, Usage(1, 1))

    ((doubted, plain), unjudged) = await _decided(Forgetful(), DOUBTED, PLAIN)

    assert (doubted.is_supported, plain.judge) == (False, "judge-1")
    assert unjudged == "Not judged, so only the checks decided: 1."
