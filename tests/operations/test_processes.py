"""A process with a blocked event loop exits."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PROGRAM = """
import asyncio, time
from bot.operations.health import exit_if_stuck

async def main():
    async with exit_if_stuck(0.5):
        {doing}
    time.sleep(1)

asyncio.run(main())
print("well")
"""


def done(doing: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", PROGRAM.format(doing=doing)],
        env={"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )


@pytest.mark.slow
def test_a_hanging_process_exits_and_names_the_line() -> None:
    process = done("await asyncio.sleep(0); time.sleep(60)")
    assert (process.returncode, process.stdout) == (1, "")
    assert "in main" in process.stderr


@pytest.mark.slow
def test_a_process_with_a_responsive_loop_keeps_running() -> None:
    process = done("await asyncio.sleep(1.5)")
    assert (process.returncode, process.stdout, process.stderr) == (0, "well\n", "")
