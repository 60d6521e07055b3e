"""What the documents name is there: tests, files, and the sentences that people are said to see."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
# Where code puts figures and choices into a sentence.
PUT_TOGETHER = re.compile(r"\d+|(?<=answer) (?=was|did)|(?<=moment) and ")
RELIABILITY = (ROOT / "docs" / "reliability.md").read_text()


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_every_test_and_file_that_is_named_is_there(path: Path) -> None:
    text = path.read_text()
    named = [ROOT / each for each in re.findall(r"`(tests/[\w/]+\.py)`", text)]
    linked = [path.parent / each for each in re.findall(r"\]\((?!https?:)([^)#]+)\)", text)]
    assert [each for each in (*named, *linked) if not each.exists()] == []


def test_every_sentence_of_the_tables_is_one_that_readout_says() -> None:
    tables = "\n".join(line for line in RELIABILITY.splitlines() if line.startswith("|"))
    said = " ".join(path.read_text() for path in (ROOT / "bot").rglob("*.py"))
    said = re.sub(r'"\s*f?"', "", said)  # a sentence may be written in pieces
    sentences = re.findall(r"“([^”]+)”", tables)
    assert len(sentences) > 10
    for sentence in sentences:
        for piece in PUT_TOGETHER.split(sentence):
            assert piece.strip(" .") in said, sentence
