"""`readout eval`: what it prints, what it says of a folder of claims, how it ends."""

import json
from pathlib import Path

import pytest

from bot.cli import run

SOURCE = "The mayor said that the pool will not close. It cost 12 million crowns in 2021."
ROWS: list[dict[str, object]] = [
    {"label": "unsupported", "claim": "It cost 13 million crowns in 2021.", "error_types": ["num"]},
    {"label": "supported", "claim": "It cost 12 million crowns.", "error_types": "['ok']"},
    {"label": "questionable", "claim": "It was cheap, people found.", "error_types": []},
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    common = {"source_id": "s", "start": 45, "end": len(SOURCE)}
    rows = [json.dumps({**common, **row}) for row in ROWS]
    (tmp_path / "claims.jsonl").write_text("\n".join(rows), encoding="utf-8")
    whole = {
        "source_id": "s",
        "source": SOURCE,
        "claim": "The pool will close.",
        "error_types": "[]",
    }
    unsupported = json.dumps({**whole, "label": "unsupported"})
    (tmp_path / "sources.jsonl").write_text(unsupported, encoding="utf-8")
    return tmp_path


def test_every_set_has_its_scores(folder: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    status = run(["eval", "--json", "--claims", str(folder)])

    report = json.loads(capfdbinary.readouterr().out)
    assert (status, report["schema"], report["kind"]) == (0, 1, "evaluation")
    assert report["sets"]["own"]["all"]["balanced_accuracy"] > 0.8
    counts = {"bad": 1, "caught": 1, "good": 1, "alarms": 0}
    assert report["sets"]["claims"]["all"] | counts == report["sets"]["claims"]["all"]


def test_advice_is_a_set_of_its_own(
    folder: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    run(["eval", "--json", "--claims", str(folder)])

    sets = json.loads(capfdbinary.readouterr().out)["sets"]
    assert (sets["sources"]["all"]["caught"], sets["sources+advice"]["all"]["caught"]) == (0, 1)


def test_without_claims_of_others_it_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    monkeypatch.chdir(tmp_path)

    status = run(["eval", "--ablation"])

    out, err = capfdbinary.readouterr()
    assert (status, b"--claims" in err) == (0, True)
    assert b"| without | no longer caught | alarms gone | balanced |" in out


def test_a_folder_without_claims_is_a_wrong_request(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert run(["eval", "--claims", str(tmp_path)]) == 2
    assert b"no claims" in capfdbinary.readouterr().err


def test_a_row_that_is_no_claim_is_told(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    (tmp_path / "claims.jsonl").write_text('{"claim": "A"}', encoding="utf-8")

    assert run(["eval", "--claims", str(tmp_path)]) == 2
    assert b"no labelled claim" in capfdbinary.readouterr().err


def test_mistakes_are_listed(folder: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    run(["eval", "--mistakes", "--claims", str(folder)])

    out = capfdbinary.readouterr().out.decode()
    assert "## sources: mistakes\n\n- unsupported (en): The pool will close.\n" in out
