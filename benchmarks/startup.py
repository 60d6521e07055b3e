"""Measures `readout brief FILE --json` as a whole process.

An article of 700 words, the extractive engine, and the second run, when the libraries are in the
machine's cache; in wall time, and in processor time, which suffers less on a busy machine. The
floor is an interpreter that does nothing. If the target is missed, or with --imports, the slowest
imports are listed.
"""

import os
import re
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.article import article
from benchmarks.bots import READOUT_COMMAND, ROOT
from benchmarks.figures import Figure, print_figures, repeat, repeat_parser, with_floor

TITLE = "A briefing on the command line, as a whole process"
_TARGET = 1.0
_NAME = "readout brief FILE --json"
_READOUT = (*READOUT_COMMAND[1:], "brief", "--json", "--engine", "extractive")
_IMPORT = re.compile(r"import time:\s+(\d+) \|\s+(\d+) \|( *)(\S+)")


def measure() -> list[Figure]:
    """The seconds of the second run, with an empty interpreter as the floor."""
    with tempfile.TemporaryDirectory(prefix="readout-benchmark-") as folder:
        file = _article_in(folder)
        _run(*_READOUT, file)
        return with_floor(_measure_time(*_READOUT, file), _measure_time("-c", "pass"))


def slowest_imports(most: int = 12) -> list[tuple[float, str]]:
    """The modules with the slowest imports of their own, with milliseconds."""
    with tempfile.TemporaryDirectory(prefix="readout-benchmark-") as folder:
        output = _run("-X", "importtime", *_READOUT, _article_in(folder)).stderr
    found = [(int(own) / 1000, name) for own, _, _, name in _IMPORT.findall(output)]
    return sorted(found, reverse=True)[:most]


def main() -> None:
    parser = repeat_parser(__doc__)
    parser.add_argument("--imports", action="store_true", help="list the slowest imports")
    arguments = parser.parse_args()
    figures = repeat(measure, arguments.repeat)
    print_figures(TITLE, figures, as_json=arguments.json)
    if not arguments.json and (arguments.imports or not figures[0].is_met):
        for milliseconds, name in slowest_imports():
            print(f"{milliseconds:8.1f} ms  {name}")


def _article_in(folder: str) -> str:
    path = Path(folder) / "article.txt"
    path.write_text(article(700).text, encoding="utf-8")
    return str(path)


def _measure_time(*arguments: str) -> list[Figure]:
    used, began = _processor_seconds(), time.perf_counter()
    _run(*arguments)
    took = time.perf_counter() - began
    return [
        Figure(_NAME, "s", (took,), _TARGET),
        Figure("its processor time", "s", (_processor_seconds() - used,)),
    ]


def _processor_seconds() -> float:
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    return ended.ru_utime + ended.ru_stime


def _run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        check=True,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )


if __name__ == "__main__":
    main()
