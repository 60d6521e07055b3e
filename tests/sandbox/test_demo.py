"""`readout demo`: what a newcomer sees first."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DEMO = (sys.executable, "-c", "from bot.__main__ import main; main()", "demo")


@pytest.mark.slow
def test_both_ways_of_writing_are_shown_with_the_same_questions(tmp_path: Path) -> None:
    done = subprocess.run(
        DEMO,
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=True,
    )
    recorded, plain = done.stdout.decode().split("WITHOUT A MODEL")
    assert recorded.startswith("WITH A RECORDED MODEL")
    for thread in (recorded, plain):
        assert thread.count("readout  APP") == 4
        assert thread.count("How much will") == 2
    assert "Changed: 48 million crowns → 61 million crowns" in recorded
    assert "Briefed here before: " in plain
    assert "Quoted from the source, no model" in plain
    assert "Tomas Reuel" in recorded.partition("readout  APP")[0], "the article, as a whole"
    assert "more lines" in plain
    assert b"Traceback" not in done.stderr
