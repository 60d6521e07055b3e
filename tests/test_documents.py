"""The tests, files and sentences that the documents name exist."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
GUIDE = ROOT / "CONTRIBUTING.md"
DOCUMENTS = [ROOT / "README.md", GUIDE, *sorted((ROOT / "docs").rglob("*.md"))]
# Where the code inserts numbers and alternatives into a sentence.
PUT_TOGETHER = re.compile(r"\d+|(?<=answer) (?=was|did)|(?<=moment) and ")
RELIABILITY = (ROOT / "docs" / "reliability.md").read_text()


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_test_and_file_named_in_the_documents_exists(path: Path) -> None:
    text = path.read_text()
    named = [ROOT / each for each in re.findall(r"`(tests/[\w/]+\.py)`", text)]
    linked = [path.parent / each for each in re.findall(r"\]\((?!https?:)([^)#]+)\)", text)]
    assert [each for each in (*named, *linked) if not each.exists()] == []


def test_every_name_in_the_guide_exists() -> None:
    text = GUIDE.read_text(encoding="utf-8")
    paths = re.findall(r"`((?:benchmarks|bot|evals|sandbox|tests)/[a-z0-9_./]*)`", text)
    assert [each for each in paths if not (ROOT / each).exists()] == []
    stands_in = re.findall(r"`([\w/]+\.py)`: `([\w.]+)`", text)
    in_files = re.findall(r"`([\w.]+)` in\s+`(\w+/[\w/]+\.py)`", text)
    stands_in += [(path, name) for name, path in in_files]
    assert len(stands_in) > 20
    assert [each for each in stands_in if not _defines(*each)] == []


def _defines(path: str, name: str) -> bool:
    last = name.rpartition(".")[2]
    definition = re.compile(rf"\b(?:def|class) {last}\b|^{last}\b.*=", re.MULTILINE)
    return definition.search((ROOT / path).read_text(encoding="utf-8")) is not None


def test_every_sentence_of_the_tables_exists_in_the_code() -> None:
    tables = "\n".join(line for line in RELIABILITY.splitlines() if line.startswith("|"))
    said = " ".join(path.read_text() for path in (ROOT / "bot").rglob("*.py"))
    said = re.sub(r'"\s*f?"', "", said)  # a sentence may be written in pieces
    sentences = re.findall(r"“([^”]+)”", tables)
    assert len(sentences) > 10
    for sentence in sentences:
        for piece in PUT_TOGETHER.split(sentence):
            assert piece.strip(" .") in said, sentence
