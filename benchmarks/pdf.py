"""Measures reading a PDF of 200 pages, and whether passages get the right page numbers.

The report is made here: ragged right, hyphenated, with a running head and page numbers; a case
number makes each sentence unique, and many run across a page break. `readout brief FILE --json` is
timed as a whole process, with the largest resident memory of any process in it; the pages of its
evidence, and those of every sentence as the parser gives them, are compared with where they were
printed.
"""

import io
import json
import os
import re
import resource
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from benchmarks.article import article
from benchmarks.bots import READOUT_COMMAND, ROOT
from benchmarks.figures import Figure, print_figures, repeat, repeat_parser
from bot.briefing.numbering import numbered
from bot.sources.pdf import parse_pdf

TITLE = "A briefing of a PDF of 200 pages"
_PAGES = 200
_LINES_ON_A_PAGE = 46
_SENTENCES_IN_A_PARAGRAPH = 4
_WIDTH, _INDENT, _LEADING, _FONT = 450.0, 15.0, 14.0, ("Helvetica", 11)
_CASE = re.compile(r"In case (\d+)")


@dataclass(frozen=True)
class Report:
    """A printed report: the sentence of each case, and the page on which it begins."""

    content: bytes
    sentences: dict[int, str]
    pages: dict[int, int]


def report(pages: int = _PAGES) -> Report:
    """A report of ``pages`` pages."""
    cases = _sentences(pages * 25)
    made, begun = io.BytesIO(), dict[int, int]()
    canvas = Canvas(made)
    canvas.setTitle("Building works of the coast")
    lines = _lines(cases)
    for page in range(1, pages + 1):
        canvas.setFont(*_FONT)
        canvas.drawString(72, 800, "Building works of the coast")
        canvas.drawCentredString(300, 40, f"– {page} –")
        for number, (indent, words) in enumerate(islice(lines, _LINES_ON_A_PAGE)):
            canvas.drawString(72 + indent, 760 - number * _LEADING, words)
            for case in _CASE.findall(words):
                begun.setdefault(int(case), page)
        canvas.showPage()
    canvas.save()
    return Report(made.getvalue(), {case: cases[case] for case in begun}, begun)


def measure() -> list[Figure]:
    """The figures of one run."""
    made = report()
    with tempfile.TemporaryDirectory(prefix="readout-benchmark-") as folder:
        path = Path(folder) / "report.pdf"
        path.write_bytes(made.content)
        began = time.perf_counter()
        briefing = _brief(path)
        took = time.perf_counter() - began
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    began = time.perf_counter()
    known = parse_pdf(made.content)
    parsing = time.perf_counter() - began
    document = numbered("A", known.text, pages=known.pages)
    found = [document.passage(number) for number in range(1, len(document.sentences) + 1)]
    passages = [(each["text"], each["page"]) for each in _evidence(briefing)]
    sentences = [(each.text, each.page) for each in found]
    whole = {text for text, _ in sentences}
    return [
        Figure("readout brief FILE --json", "s", (took,)),
        Figure("largest process", "MB", (memory,)),
        Figure("of it reading the PDF", "s", (parsing,)),
        Figure("passages of evidence", "", (float(len(passages)),)),
        Figure("passages on a wrong page", "", (float(_count_wrong_pages(made, passages)),), 1),
        Figure("sentences", "", (float(len(made.sentences)),)),
        Figure("sentences cut apart", "", (float(len(set(made.sentences.values()) - whole)),), 2),
        Figure("sentences on a wrong page", "", (float(_count_wrong_pages(made, sentences)),), 1),
    ]


def main() -> None:
    arguments = repeat_parser(__doc__).parse_args()
    print_figures(TITLE, repeat(measure, arguments.repeat), as_json=arguments.json)


def _sentences(most: int) -> dict[int, str]:
    """Sentences of the usual article, each with the number of a case."""
    facts = article(most * 25).facts[:most]
    return {
        case: f"In case {case}, {sentence[0].lower()}{sentence[1:]}"
        for case, (sentence, _) in enumerate(facts, 1001)
    }


def _lines(cases: dict[int, str]) -> Iterator[tuple[float, str]]:
    """Indent and words of each line; "In case" and its number stay on one line."""
    sentences = list(cases.values())
    for at in range(0, len(sentences), _SENTENCES_IN_A_PARAGRAPH):
        indent, line = _INDENT, ""
        text = " ".join(sentences[at : at + _SENTENCES_IN_A_PARAGRAPH])
        for word in re.findall(r"In case \d+,|\S+", text):
            if _fits(f"{line} {word}".strip(), indent):
                line = f"{line} {word}".strip()
                continue
            begun, rest = _hyphenate(word)
            if begun and _fits(f"{line} {begun}-", indent):
                yield indent, f"{line} {begun}-"
                line = rest
            else:
                yield indent, line
                line = word
            indent = 0
        yield indent, line


def _fits(line: str, indent: float) -> bool:
    return float(stringWidth(line, *_FONT)) <= _WIDTH - indent


def _hyphenate(word: str) -> tuple[str, str]:
    """A long word in two halves."""
    middle = len(word) // 2
    return (word[:middle], word[middle:]) if word.isalpha() and len(word) > 7 else ("", word)


def _brief(path: Path) -> dict[str, object]:
    done = subprocess.run(
        [*READOUT_COMMAND, "brief", "--json", "--engine", "extractive", str(path)],
        check=True,
        capture_output=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    known: dict[str, object] = json.loads(done.stdout)
    return known


def _evidence(thing: Any) -> Iterator[dict[str, object]]:  # noqa: ANN401 - of JSON
    if isinstance(thing, dict):
        yield from thing.get("evidence", ())
    for each in thing.values() if isinstance(thing, dict) else thing or ():
        if isinstance(each, dict | list):
            yield from _evidence(each)


def _count_wrong_pages(made: Report, passages: Sequence[tuple[object, object]]) -> int:
    """The number of passages with a wrong page."""
    cases = [(_CASE.match(str(text)), page) for text, page in passages]
    return sum(made.pages[int(case[1])] != page for case, page in cases if case)


if __name__ == "__main__":
    main()
