"""The tables that stand in files of their own beside the code."""

import tomllib
from importlib.resources import files
from typing import Any


def read_table(name: str) -> dict[str, Any]:
    """What the file ``name``.toml in this folder holds."""
    return tomllib.loads(files("bot.slack").joinpath(f"{name}.toml").read_text(encoding="utf-8"))
