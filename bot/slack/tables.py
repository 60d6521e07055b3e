"""Tables kept in files beside the code."""

import tomllib
from importlib.resources import files
from typing import Any


def read_table(name: str) -> dict[str, Any]:
    """The contents of ``name``.toml in this folder."""
    return tomllib.loads(files("bot.slack").joinpath(f"{name}.toml").read_text(encoding="utf-8"))
