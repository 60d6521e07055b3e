"""`readout usage`: as a table and as JSON."""

import asyncio
import json
import time
from pathlib import Path

import pytest

from bot.briefing.tasks import Usage
from bot.cli.main import run
from bot.service.ports import Attempt, AttemptKind
from bot.storage.archive import DatabaseArchive
from bot.storage.database import open_database
from bot.storage.retention import Retention
from bot.storage.usage import DatabaseLedger
from tests.storage.examples import mention

PRICED = Usage(12_000, 340, cost_usd=0.0123)
COUNTED = Usage(700, 70, estimated=True)


@pytest.fixture
def _spent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    address = f"sqlite:///{tmp_path / 'readout.db'}"
    monkeypatch.setenv("READOUT_DATABASE_URL", address)
    asyncio.run(_spend(address))


async def _spend(address: str) -> None:
    database = await open_database(address)
    retention = Retention(30, time.time)
    await DatabaseArchive(database.engine, retention).record(mention())
    ledger = DatabaseLedger(database.engine, retention)
    kinds: tuple[tuple[AttemptKind, str, Usage], ...] = (
        ("briefing", "[large]-1", PRICED), ("judge", "[large]-1", PRICED),
        ("judge", "[large]-1", PRICED), ("repair", "small-1", COUNTED),
    )  # fmt: skip
    for kind, model, usage in kinds:
        await ledger.enter(mention(), Attempt(kind, model, usage, 2.5, 0.5, failed=False))
    await database.close()


@pytest.mark.usefixtures("_spent")
def test_usage_is_shown_in_a_table_with_totals(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["usage"]) == 0
    printed = capsys.readouterr()
    head, *rows, total = printed.out.splitlines()

    assert head.split()[2:7] == ["team", "model", "as", "requests", "failed"]
    assert [row.split()[1:] for row in rows] == [
        ["T1", "[large]-1", "writer", "1", "0", "12,000", "340", "$0.0123", "2.5"],
        ["T1", "[large]-1", "judge", "2", "0", "24,000", "680", "$0.0246", "5.0"],
        ["T1", "small-1", "writer", "1", "0", "≈700", "≈70", "2.5"],
    ]
    assert total.split() == ["all", "4", "0", "≈36,700", "≈1,090", "10.0"]
    assert "did not say" in printed.err


@pytest.mark.usefixtures("_spent")
def test_json_usage_is_one_object(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["usage", "--days", "7", "--json"]) == 0
    printed = json.loads(capsys.readouterr().out)

    assert (printed["kind"], printed["days"]) == ("usage", 7)
    assert printed["rows"][0] | {"day": ""} == {
        "day": "",
        "team": "T1",
        "model": "[large]-1",
        "role": "writer",
        "requests": 1,
        "failed": 0,
        "seconds": 2.5,
        "tokens_in": 12_000,
        "tokens_out": 340,
        "estimated": False,
        "cost_usd": 0.0123,
    }


def test_without_a_database_usage_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("READOUT_DATABASE_URL", f"sqlite:///{tmp_path / 'none.db'}")

    assert run(["usage"]) == 2
    assert "has no usage figures" in capsys.readouterr().err
