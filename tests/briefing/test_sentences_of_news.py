"""Sentences of news in many languages, cut by hand: how many ends are found, how many are right.

Every line of `sentences/*.txt` is one sentence, a blank line ends a paragraph. The first text of a
language is the one the rules were mended on, the second was written afterwards.

Every line of `sentences/boundaries.tsv` is a language and a paragraph in which "|" stands where a
sentence ends and another begins.
"""

from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.briefing.numbering import numbered

_BOUNDARIES = Path(__file__).parent / "sentences" / "boundaries.tsv"
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


def test_numbers_units_abbreviations_and_speakers_cut_no_sentence_and_join_none() -> None:
    wrong, missed = list[str](), list[str]()
    for line in _BOUNDARIES.read_text(encoding="utf-8").splitlines():
        language, marked = line.split("\t")
        parts = [part.strip() for part in marked.split("|")]
        document = numbered("A", marked.replace("|", ""), language=language)
        found = [document.sentence(number) for number in range(1, len(document.sentences) + 1)]
        if found != parts:
            (wrong if len(found) > len(parts) else missed).append(" | ".join(found))
    assert len(wrong) <= 2, wrong
    assert len(missed) <= 4, missed
