"""Which of several possibilities is chosen: always the same one for the same words."""

from collections.abc import Sequence
from hashlib import sha256
from typing import TypeVar

_T = TypeVar("_T")

SEED = "readout"
"""Part of every choice: with another seed other claims are made of the same articles."""


def order(*key: object) -> int:
    """A number that follows from ``key`` alone, on any machine."""
    written = "\x00".join([SEED, *map(str, key)])
    return int.from_bytes(sha256(written.encode()).digest()[:8])


def choice(options: Sequence[_T], *key: object) -> _T:
    """One of ``options``, of which there is at least one."""
    return options[order(*key) % len(options)]
