"""Small versions of the benchmarks of kills and duplicates."""

from pathlib import Path

import pytest

from benchmarks import crash, duplicates
from benchmarks.figures import Figure

pytestmark = pytest.mark.slow


def missed_targets(figures: list[Figure]) -> list[str]:
    """The counts that miss their targets; timings depend on how busy the machine is."""
    counts = [figure for figure in figures if not figure.unit]
    return [f"{figure.name}: {figure.value:g}" for figure in counts if not figure.is_met]


async def test_four_kills_lose_and_duplicate_nothing(tmp_path: Path) -> None:
    plan = crash.Plan(kills=4, in_flight=3)
    figures = await crash.measure(plan, f"sqlite:///{tmp_path / 'readout.db'}", tmp_path)
    assert missed_targets(figures) == []


async def test_four_kills_of_two_workers_lose_and_duplicate_nothing(
    tmp_path: Path, postgresql: str
) -> None:
    figures = await crash.measure(crash.Plan(4, workers=2, in_flight=4), postgresql, tmp_path)
    assert missed_targets(figures) == []


async def test_forty_events_delivered_one_to_four_times_get_forty_replies(
    postgresql: str,
) -> None:
    figures = await duplicates.measure(duplicates.Load(events=40), postgresql)
    assert missed_targets(figures) == []
    assert {figure.name: figure.value for figure in figures}["replies"] == 40
