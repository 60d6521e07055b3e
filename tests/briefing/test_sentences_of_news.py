"""Sentences of news in many languages, cut by hand: how many ends are found, how many are right.

Every line of `sentences/*.txt` is one sentence, a blank line ends a paragraph. The first text of a
language is the one the rules were mended on, the second was written afterwards.
"""

from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.briefing.numbering import numbered

_TEXTS = sorted((Path(__file__).parent / "sentences").glob("*.txt"))


@dataclass(frozen=True)
class Found:
    """How many ends inside paragraphs are ``right``, of how many ``found`` and ``true``."""

    right: int
    found: int
    true: int


def _measured(path: Path) -> Found:
    language = path.name.split(".")[0]
    space = "" if language == "zh" else " "
    blocks = path.read_text(encoding="utf-8").strip().split("\n\n")
    paragraphs = [block.split("\n") for block in blocks]
    text = "\n".join(space.join(lines) for lines in paragraphs)
    true, ends, place = set[int](), set[int](), 0
    for lines in paragraphs:
        for line in lines:
            place += len(line) + len(space)
            true.add(place - len(space))
        place += 1 - len(space)
        ends.add(place - 1)
    found = {span.end for span in numbered("A", text, language=language).sentences} - ends
    return Found(len(found & true - ends), len(found), len(true - ends))


@pytest.mark.parametrize("path", _TEXTS, ids=lambda path: path.stem)
def test_nearly_every_sentence_ends_where_a_person_ends_it(path: Path) -> None:
    measured = _measured(path)
    assert measured.true >= 7
    assert measured.right >= 0.9 * measured.found, "too many ends"
    assert measured.right >= 0.9 * measured.true, "too few ends"
