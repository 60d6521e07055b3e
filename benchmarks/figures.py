"""The figures of benchmarks, their targets, and how they are printed."""

import argparse
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from statistics import median, quantiles

from rich.console import Console
from rich.table import Table


@dataclass(frozen=True)
class Figure:
    """One quantity; ``runs`` holds its value in each repetition.

    ``target`` is what the median of the runs must stay below. ``floor`` has the same quantity for
    something minimal on the same machine, which shows how much of it is due to the machine.
    """

    name: str
    unit: str
    runs: tuple[float, ...]
    target: float | None = None
    floor: tuple[float, ...] = ()

    @property
    def value(self) -> float:
        """The median of the runs."""
        return median(self.runs)

    @property
    def is_met(self) -> bool:
        """Whether it stays below its target; true without one."""
        return self.target is None or self.value < self.target

    def with_runs_of(self, other: "Figure") -> "Figure":
        """The same figure with the runs of ``other`` appended."""
        return replace(self, runs=self.runs + other.runs, floor=self.floor + other.floor)


Measure = Callable[[], Sequence[Figure]]


def base_parser(description: str | None) -> argparse.ArgumentParser:
    """A parser with the options of every benchmark."""
    parser = argparse.ArgumentParser(
        description=description, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--json", action="store_true", help="print JSON for other programs")
    return parser


def repeat_parser(description: str | None) -> argparse.ArgumentParser:
    """A parser for a benchmark that is measured several times."""
    parser = base_parser(description)
    parser.add_argument("--repeat", type=int, default=3, help="how often to measure (default 3)")
    return parser


def repeat(measure: Measure, times: int) -> list[Figure]:
    """Measure ``times`` times; each figure has all its values."""
    found: dict[str, Figure] = {}
    for _ in range(times):
        for figure in measure():
            known = found.get(figure.name)
            found[figure.name] = known.with_runs_of(figure) if known else figure
    return list(found.values())


def percentiles(name: str, seconds: Sequence[float], targets: Mapping[str, float]) -> list[Figure]:
    """p50, p95, p99 and the maximum of ``seconds``, as figures in milliseconds."""
    if len(seconds) < 2:
        return []
    cuts = quantiles(seconds, n=100, method="inclusive")
    at = {"p50": cuts[49], "p95": cuts[94], "p99": cuts[98], "max": max(seconds)}
    return [
        Figure(f"{name} {place}", "ms", (value * 1000,), targets.get(place))
        for place, value in at.items()
    ]


def with_floor(figures: Sequence[Figure], peer: Sequence[Figure]) -> list[Figure]:
    """``figures``, with those of ``peer`` with the same names as floors."""
    floors = {figure.name: figure.runs for figure in peer}
    return [replace(figure, floor=floors.get(figure.name, ())) for figure in figures]


def print_figures(title: str, figures: Sequence[Figure], *, as_json: bool) -> None:
    """Print the figures as a table, or as JSON."""
    if as_json:
        rows = [asdict(each) | {"median": each.value, "met": each.is_met} for each in figures]
        print(json.dumps({"title": title, "figures": rows}, indent=2))
    else:
        Console().print(_table(title, figures))


def _table(title: str, figures: Sequence[Figure]) -> Table:
    table = Table(title=title, title_justify="left")
    table.add_column(no_wrap=True)
    for heading in ("median", "least", "most", "target", "floor", "of it"):
        table.add_column(heading, justify="right", no_wrap=True)
    for figure in figures:
        floor = median(figure.floor) if figure.floor else 0.0
        table.add_row(
            figure.name,
            f"{_rounded(figure.value)} {figure.unit}",
            _rounded(min(figure.runs)),
            _rounded(max(figure.runs)),
            _target(figure),
            _rounded(floor) if figure.floor else "",
            f"{figure.value / floor:.1f} ×" if floor else "",
        )
    return table


def _target(figure: Figure) -> str:
    if figure.target is None:
        return ""
    return f"< {figure.target:g} {'met' if figure.is_met else 'MISSED'}"


def _rounded(value: float) -> str:
    return f"{value:,.2f}" if value < 10 else f"{value:,.0f}"
