"""Run all benchmarks, one after the other.

python -m benchmarks                  everything, three times each: about twenty minutes
python -m benchmarks --repeat 1       once each
python -m benchmarks.mentions --help  one of them: mentions, overhead, checks, startup,
                                      reading, pdf, books
python -m benchmarks.footprint        the start, idling, and the cost of one mention
python -m benchmarks.load             200 mentions at once; --help for several workers
python -m benchmarks.streaming        what 20 streams at once cost
python -m benchmarks.judging          how soon a judged line is seen, and what judging costs
python -m benchmarks.gauntlet --help  is a lie shown, whoever judges it?
python -m benchmarks.comparison       how many differences of several sources are found?
python -m benchmarks.stories          how fast are earlier briefings of a story found?
python -m benchmarks.soak             ten minutes in which everything fails now and then
python -m benchmarks.crash --help     what is lost or doubled when processes are killed
python -m benchmarks.crash_loop       what becomes of requests when every draft is cut off
python -m benchmarks.digests          1,000 digests in the same minute, while processes are killed
python -m benchmarks.duplicates       is there one reply, however often an event is delivered?
"""

import asyncio
import os
from collections.abc import Callable
from types import ModuleType

from benchmarks import books, checks, mentions, overhead, pdf, reading, startup
from benchmarks.figures import Figure, print_figures, repeat, repeat_parser

_MEASURES: tuple[tuple[ModuleType, Callable[[], list[Figure]]], ...] = (
    (startup, startup.measure),
    (checks, checks.measure),
    (reading, reading.measure),
    (pdf, pdf.measure),
    (books, books.measure),
    (overhead, lambda: asyncio.run(overhead.measure())),
    (mentions, lambda: asyncio.run(mentions.measure(mentions.Load()))),
)


def main() -> None:
    arguments = repeat_parser(__doc__).parse_args()
    if not arguments.json:
        busy = ", ".join(f"{load:.1f}" for load in os.getloadavg())
        print(f"{os.cpu_count()} processors; load before: {busy}")
    for module, measure in _MEASURES:
        print_figures(module.TITLE, repeat(measure, arguments.repeat), as_json=arguments.json)


if __name__ == "__main__":
    main()
