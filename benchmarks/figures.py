"""What was measured, how often, against which target, and how it is shown."""

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

    ``target`` is what the median of the runs must stay below. ``floor`` holds the same quantity
    of a peer measured beside it, which shows how much of it is the machine's.
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

    def and_again(self, other: "Figure") -> "Figure":
        """The same with the runs of ``other`` after its own."""
        return replace(self, runs=self.runs + other.runs, floor=self.floor + other.floor)


Measure = Callable[[], Sequence[Figure]]


def options_of_one_run(description: str | None) -> argparse.ArgumentParser:
    """The options that every benchmark takes."""
    parser = argparse.ArgumentParser(
        description=description, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--json", action="store_true", help="print JSON for other programs")
    return parser


def options(description: str | None) -> argparse.ArgumentParser:
    """The options of a benchmark that is measured several times."""
    parser = options_of_one_run(description)
    parser.add_argument("--repeat", type=int, default=3, help="how often to measure (default 3)")
    return parser


def repeated(measure: Measure, times: int) -> list[Figure]:
    """The figures of ``times`` measurements, each with all its values."""
    found: dict[str, Figure] = {}
    for _ in range(times):
        for figure in measure():
            known = found.get(figure.name)
            found[figure.name] = known.and_again(figure) if known else figure
    return list(found.values())


def spread(name: str, seconds: Sequence[float], targets: Mapping[str, float]) -> list[Figure]:
    """p50, p95, p99 and the most of ``seconds`` as figures in milliseconds."""
    if len(seconds) < 2:
        return []
    cuts = quantiles(seconds, n=100, method="inclusive")
    at = {"p50": cuts[49], "p95": cuts[94], "p99": cuts[98], "max": max(seconds)}
    return [
        Figure(f"{name} {place}", "ms", (value * 1000,), targets.get(place))
        for place, value in at.items()
    ]


def against(figures: Sequence[Figure], peer: Sequence[Figure]) -> list[Figure]:
    """``figures``, each with the one of ``peer`` by the same name as its floor."""
    floors = {figure.name: figure.runs for figure in peer}
    return [replace(figure, floor=floors.get(figure.name, ())) for figure in figures]


def show(title: str, figures: Sequence[Figure], *, as_json: bool) -> None:
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
