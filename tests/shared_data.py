"""Data that isn't part of the repository: pages, addresses and claims that others collected.

READOUT_SHARED names the folder above `data`; by default it is `shared` beside the project.
"""

import os
from pathlib import Path

import pytest

SHARED = Path(os.environ.get("READOUT_SHARED") or Path(__file__).parents[2] / "shared") / "data"


def shared(name: str) -> Path:
    """The file or folder of that name; without it the test is skipped."""
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"no shared {name}: set READOUT_SHARED to the folder above data/")
    return path
