"""What decides about a claim, with and without evidence."""

import json

import pytest

from bot.commands.claims import Judged, judged

SOURCE = "Dana Oru said the bridge might close on Monday. The works cost 3 million crowns."


def _judged(claim: str, **known: object) -> Judged:
    (verdict,) = judged([json.dumps({"source": SOURCE, "claim": claim, **known})])
    assert isinstance(verdict, Judged)
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
def test_numbers_dates_names_and_quotations_decide_without_evidence(claim: str, check: str) -> None:
    assert {reason.check for reason in _judged(claim).reasons} == {check}


@pytest.mark.parametrize(
    ("claim", "advised", "decided"),
    [
        ("The bridge will close on Monday.", {"hedges"}, {"hedges", "attribution", "words"}),
        ("The works did not cost 3 million crowns.", {"negation"}, {"negation"}),
    ],
)
def test_the_rest_advises_without_evidence_and_decides_with_it(
    claim: str, advised: set[str], decided: set[str]
) -> None:
    without, known = _judged(claim), _judged(claim, evidence=[[0, 47], [48, len(SOURCE)]])

    assert without.supported
    assert {reason.check for reason in without.advice} == advised
    assert {reason.check for reason in known.reasons} == decided
    assert not known.advice


def test_the_declared_voice_and_speaker_are_judged() -> None:
    claim, evidence = "The bridge might close on Monday.", [[0, 47]]

    assert _judged(claim, evidence=evidence, voice="attributed", speaker="Dana Oru").supported
    assert not _judged(claim, evidence=evidence, voice="event").supported
    assert not _judged(claim, evidence=evidence).supported


@pytest.mark.parametrize("evidence", [None, [[0, len(SOURCE)]]])
@pytest.mark.parametrize(
    ("claim", "language", "checks"),
    [
        ("Dana Oru a dit que le pont pourrait fermer lundi.", "fr", set()),
        ("Dana Oru a dit que le pont pourrait fermer mardi.", "fr", {"dates"}),
        ("Jean Petit a dit que le pont pourrait fermer lundi.", "fr", {"names"}),
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
    found = _judged(claim, language=language, evidence=evidence)

    assert {reason.check for reason in found.reasons} - {"attribution"} == checks


def test_a_day_follows_from_the_publication_date_of_the_row() -> None:
    claim, evidence = "Dana Oru said the bridge might close on 17 May 2027.", [[0, 47]]
    source = SOURCE.replace("might close", "would close")
    will = claim.replace("might close", "would close")

    (known,) = judged(
        [json.dumps({"source": source, "claim": will, "evidence": evidence,
                     "published": "2027-05-12"})]
    )  # fmt: skip

    assert isinstance(known, Judged)
    assert known.supported
    assert not _judged(claim, evidence=evidence).supported
