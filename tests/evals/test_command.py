"""`readout eval`: what it prints, what it says of a folder of claims, how it ends."""

import json
from pathlib import Path

import pytest

from bot.cli.main import run
from evals.claim_sets import check_sets

SOURCE = "The mayor said that the pool will not close. It cost 12 million crowns in 2021."
ROWS: list[dict[str, object]] = [
    {"label": "unsupported", "claim": "It cost 13 million crowns in 2021.", "type": "number"},
    {"label": "supported", "claim": "It cost 12 million crowns."},
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    common = {"source": SOURCE, "evidence": [(45, len(SOURCE))]}
    rows = [json.dumps(common | row) for row in ROWS]
    (tmp_path / "claims.jsonl").write_text("\n".join(rows), encoding="utf-8")
    whole = {"source": SOURCE, "claim": "The pool will close.", "label": "unsupported"}
    (tmp_path / "sources.jsonl").write_text(json.dumps(whole), encoding="utf-8")
    return tmp_path


@pytest.mark.slow
def test_every_set_has_its_table(folder: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    run(["eval", "--claims", str(folder)])

    own, others = capfdbinary.readouterr().out.decode().split("## claims")
    assert own.startswith("## own")
    assert "| english | 1 | 1 (100.0%) | 1 (100.0%) | 1 | 0 (0.0%) | 0 (0.0%) |" in others
    assert "| numbers | english | proof | 1 | 0 | 0.0% |" in others
    assert "| number | 1, 1 of 1 |" in others


def test_the_two_halves_of_the_articles_are_the_whole(tmp_path: Path) -> None:
    rows = [
        {"claim": "It is.", "label": "supported", "source": SOURCE, "article": f"a{number}"}
        for number in range(20)
    ]
    (tmp_path / "claims.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")

    sizes = [len(next(check_sets(tmp_path, half)).outcomes) for half in (0, 1, None)]

    assert sizes[0] + sizes[1] == sizes[2] == 20
    assert 0 < sizes[0] < 20


def test_tables_name_grade_and_group(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    run(["eval"])

    out = capfdbinary.readouterr().out
    assert b"| group | wrong | proofs | and doubts | honest | proofs | and doubts |" in out
    assert b"| hedges | listed | doubt |" in out


def test_a_folder_without_claims_is_a_wrong_request(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert run(["eval", "--claims", str(tmp_path)]) == 2
    assert b"no claims" in capfdbinary.readouterr().err


def test_a_row_that_is_not_a_claim_is_reported(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    (tmp_path / "claims.jsonl").write_text('{"claim": "A"}', encoding="utf-8")

    assert run(["eval", "--claims", str(tmp_path)]) == 2
    assert b"isn't a labelled claim" in capfdbinary.readouterr().err


def test_mistakes_are_listed(folder: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    run(["eval", "--mistakes", "--claims", str(folder)])

    out = capfdbinary.readouterr().out.decode()
    assert "## sources: mistakes\n\n- unsupported (english): The pool will close.\n" in out
