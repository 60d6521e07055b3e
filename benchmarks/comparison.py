"""Measures how many differences of several sources are found.

    python -m benchmarks.comparison                  on our own groups of articles about one event
    python -m benchmarks.comparison --claims FOLDER  and on labelled claims about news articles,
                                                     each claim and its article as two sources

The claims are those of `readout eval --claims`; in each set, the unsupported ones differ from their
article in a word or more, and the supported ones don't.
"""

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bot.briefing.differences import disagreements
from bot.briefing.documents import whole_excerpts
from bot.briefing.numbering import numbered
from tests.briefing.groups import NAMES, group

_SETS = ("perturb.jsonl", "verify_open_news.jsonl")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--claims", type=Path)
    _show_groups()
    if folder := parser.parse_args().claims:
        articles = dict(_articles(folder))
        for name in _SETS:
            _show_claims(name, _rows(folder / name), articles)


def _show_groups() -> None:
    counted = Counter[str]()
    for right in map(group, NAMES):
        found = {
            tuple(f"{document.label}{number}" for document, number in each.sides)
            for each in disagreements(whole_excerpts(right.documents))
        }
        counted.update(
            found=len(found & right.differences),
            false=len(found - right.differences),
            all=len(right.differences),
        )
    print(f"own groups: {counted['found']} of {counted['all']} differences found, "
          f"{counted['false']} false")  # fmt: skip


def _show_claims(name: str, rows: list[dict[str, Any]], articles: dict[str, str]) -> None:
    counted: Counter[str] = Counter()
    for row in rows:
        article = numbered("A", articles[row["source_id"]], language="en")
        claim = numbered("B", row["claim"], language="en")
        kind = "good" if row["label"] == "supported" else "bad"
        counted[kind] += 1
        counted[f"{kind} differing"] += bool(disagreements(whole_excerpts((claim, article))))
    for kind in ("bad", "good"):
        print(f"{name}, {kind}: {counted[f'{kind} differing']} of {counted[kind]} differ")


def _articles(folder: Path) -> Iterator[tuple[str, str]]:
    for name in _SETS:
        for row in _rows(folder / name):
            if row.get("source"):
                yield row["source_id"], row["source"]


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


if __name__ == "__main__":
    main()
