"""Reads prompt files: TOML front matter, then text.

They are in `prompts/` of a checkout, and in the package once it is installed.
"""

import tomllib
from hashlib import sha256
from pathlib import Path

_FENCE = "+++\n"


def folder() -> Path:
    """The folder of the prompts."""
    package = Path(__file__).parents[1]
    installed = package / "prompts"
    return installed if installed.is_dir() else package.parent / "prompts"


def names_in(place: Path) -> list[str]:
    """The names of the prompt files directly in ``place``."""
    return sorted(file.stem for file in place.glob("*.md") if file.name != "README.md")


def split_front_matter(text: str) -> tuple[dict[str, object], str]:
    """The front matter of a file and the text after it.

    Raises:
        ValueError: one of the two is missing, or the front matter is not TOML.
    """
    before, front, body = [*text.split(_FENCE, 2), "", ""][:3]
    if before or not body.strip():
        raise ValueError("it needs front matter between +++ lines, then text")
    return tomllib.loads(front), body.strip()


def version(*contents: bytes) -> str:
    """The first 8 hex digits of the SHA-256 of one file, or of several together."""
    return sha256(b"".join(contents)).hexdigest()[:8]
