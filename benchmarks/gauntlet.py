"""Measures whether lines are shown that their passages don't support.

    python -m benchmarks.gauntlet [--lines FILE]    both writers, a quarter of an hour
    python -m benchmarks.gauntlet --writer liar     the scripted liar alone, two minutes
    python -m benchmarks.gauntlet --writer tiny     the tiny real model alone

Fifty articles, each briefed by a scripted liar, which falsifies true sentences in every way we
could think of, and by a tiny real model (`benchmarks.tiny_model install` fetches it), which reads
the beginning of each and may write for some seconds. The liar is judged three times: by a judge
that knows its lies, by one that finds everything supported, and by none; the tiny model judges
itself. READOUT_SHARED names the folder with the shared data (by default, `shared` beside the
project); where there is none, the articles are those of the tests and of `readout eval`.

Ends with 1 if an article got no bottom line, fewer than three more lines, or a passage that isn't
its source's text, or if a lie is shown that the judge who knows it should have caught. What is
shown is counted by kind; what neither rules nor such a judge can see, people have to read in the
hundred shown lines that --lines writes to a file with their passages.
"""

import argparse
import asyncio
import json
import os
import sys
import time
from collections import Counter
from collections.abc import AsyncGenerator, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, aclosing
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

from benchmarks import tiny_model
from benchmarks.changed_sentences import stable_hash
from benchmarks.liar import Liar, draft_lies
from benchmarks.scripted_judges import Kinds, ScriptedJudge, is_a_lie
from bot import __version__
from bot.briefing.documents import Document
from bot.briefing.draft import DraftItem
from bot.briefing.lines import Briefing, Line
from bot.briefing.numbering import numbered
from bot.briefing.requests import Wishes
from bot.briefing.tasks import AnswerTask, Usage, WritingTask
from bot.models.endpoint import Endpoint
from bot.models.judge import ModelJudge
from bot.models.writer import ModelWriter
from bot.operations.settings import Settings
from bot.runtime.bootstrap import reader
from bot.service.briefing_service import BriefingService, Reading
from bot.service.ports import DetachableReply, Judge

_ROOT = Path(__file__).parents[1]
_SHARED = Path(os.environ.get("READOUT_SHARED") or _ROOT.parent / "shared") / "data"
_ARTICLES = 50
_LINES_TO_READ = 100
_FEWEST_LINES = 3
# What the tiny model may read of each article, write, and take: fifty take some twelve minutes.
_SENTENCES, _TOKENS, _SECONDS = 8, 120, 14.0
_TOKENS_TO_JUDGE = 200
_JUDGES = ("honest", "obedient", "none")


@dataclass(frozen=True)
class ShownLine:
    """A line of a briefing, and its ``kind``: of a lie, an honest one, `model` or `source`."""

    article: str
    kind: str
    line: Line

    @property
    def is_a_lie(self) -> bool:
        """Whether it was written to be false."""
        return is_a_lie(self.kind)

    @property
    def order(self) -> tuple[bool, bool, int]:
        """The sort key for the lines to read: lies first, then the model's lines."""
        return (not self.is_a_lie, self.kind != "model", stable_hash(self.article, self.line.text))


@dataclass(frozen=True)
class Run:
    """The result for one article: the numbers of items ``drafted`` by kind, the briefing, its
    lines."""

    drafted: Counter[str]
    shown: tuple[ShownLine, ...]
    briefing: Briefing

    def faults(self) -> Iterator[str]:
        """Faults that no briefing may have."""
        points = list(self.briefing.lines())[1:]
        if self.briefing.bottom_line is None:
            yield "no bottom line"
        if len(points) - (self.briefing.headline is not None) < _FEWEST_LINES:
            yield f"only {len(points)} lines"
        texts = {document.label: document.text for document in self.briefing.documents}
        for line in self.briefing.lines():
            if not line.evidence:
                yield "a line without passages"
            for each in line.evidence:
                if texts[each.document][each.start : each.end] != each.text:
                    yield f"{each.reference} is not the text of its source"


class RecordingWriter(ModelWriter):
    """A model's writer that reads only the beginning of each article, and keeps its ``items``."""

    items: list[DraftItem]

    async def write(self, task: WritingTask | AnswerTask) -> AsyncGenerator[DraftItem | Usage]:
        self.items = []
        beginnings = tuple(each.only(slice(_SENTENCES)) for each in task.excerpts)
        shorter = replace(task, excerpts=beginnings)
        async with aclosing(super().write(shorter)) as pieces:
            async for piece in pieces:
                if isinstance(piece, DraftItem):
                    self.items.append(piece)
                yield piece


def articles() -> tuple[tuple[str, str], ...]:
    """The names and texts of the articles."""
    found = (*_pages(), *_pairs()) or (*_own_articles(),)
    return found[:_ARTICLES]


def main() -> int:
    arguments = _parse_arguments()
    found = articles()
    print(f"{len(found)} articles, {'shared' if _SHARED.is_dir() else 'our own'}")
    runs: dict[str, list[Run]] = {}
    with ExitStack() as stack:
        for name in _names(arguments.writer or ("liar", "tiny"), arguments.judge or _JUDGES):
            began = time.monotonic()
            url = stack.enter_context(tiny_model.serving()) if name == "tiny" else None
            runs[name] = asyncio.run(_run_all(name, found, url))
            _print_total(name, runs[name], time.monotonic() - began)
    if by_judge := {name: of for name, of in runs.items() if name in _JUDGES}:
        _print_by_kind(by_judge)
    everything = [*chain.from_iterable(runs.values())]
    if arguments.lines:
        arguments.lines.write_text(
            _lines_to_read([*chain.from_iterable(run.shown for run in everything)])
        )
    is_blind = any(shown.is_a_lie for run in runs.get("honest", ()) for shown in run.shown)
    return int(is_blind or any(True for run in everything for _ in run.faults()))


def _names(writers: Sequence[str], judges: Sequence[str]) -> Iterator[str]:
    """The names of the runs: the liar once for each of its judges, then the tiny model."""
    yield from judges if "liar" in writers else ()
    yield from ("tiny",) if "tiny" in writers else ()


async def _run_all(name: str, found: Sequence[tuple[str, str]], url: str | None) -> list[Run]:
    print(f"\n{name}\n  article: drafted, shown (by the writer, by the source), withheld by check")
    writer: Liar | RecordingWriter = RecordingWriter(_endpoint(url, _TOKENS)) if url else Liar()
    itself = ModelJudge(_endpoint(url, _TOKENS_TO_JUDGE)) if url else None
    runs = []
    for title, text in found:
        began = time.monotonic()
        document = numbered("A", text, language="en", title=title)
        run = await _run(writer, itself or _scripted(name, document), document)
        _print_run(title, run, time.monotonic() - began)
        runs.append(run)
    if isinstance(writer, RecordingWriter) and itself:
        await writer.close()
        await itself.close()
    return runs


def _scripted(name: str, document: Document) -> Judge | None:
    match name:
        case "honest":
            return ScriptedJudge(Kinds(_labelled_items(document), document))
        case "obedient":
            return ScriptedJudge(None)
    return None


def _labelled_items(document: Document) -> list[tuple[str, DraftItem]]:
    return [(each.kind, each.item) for each in draft_lies(document)]


async def _run(writer: "Liar | RecordingWriter", judge: Judge | None, document: Document) -> Run:
    briefing_service = BriefingService(reader(Settings()), writer, __version__, judge=judge)
    briefing = await briefing_service.brief(Reading((document,)), Wishes(), DetachableReply())
    if isinstance(writer, Liar):
        labelled = _labelled_items(document)
    else:
        labelled = [("model", item) for item in writer.items]
    kinds = Kinds(labelled, document)
    lines = tuple(
        ShownLine(document.title or "", kinds.of(line), line) for line in briefing.lines()
    )
    return Run(Counter(kind for kind, _ in labelled), lines, briefing)


def _print_run(title: str, run: Run, seconds: float) -> None:
    by_source = sum(shown.kind == "source" for shown in run.shown)
    failed = Counter(each.reasons[0].check for each in run.briefing.withheld)
    reasons = ", ".join(f"{check} {count}" for check, count in failed.most_common())
    lies = [shown.kind for shown in run.shown if shown.is_a_lie]
    print(
        f"  {title[:44]:44} {run.drafted.total():3} drafted, {len(run.shown):3} shown "
        f"({len(run.shown) - by_source}, {by_source}), {failed.total():3} withheld ({reasons}); "
        f"{run.briefing.receipt.engine}, {seconds:.1f} s",
        *(f"\n    LIES SHOWN: {', '.join(lies)}" for _ in lies[:1]),
        *(f"\n    NOTE: {note}" for note in run.briefing.notes),
        *(f"\n    FAULT: {fault}" for fault in run.faults()),
        flush=True,
    )


def _print_total(name: str, runs: Sequence[Run], seconds: float) -> None:
    drafted = Counter(is_a_lie(kind) for run in runs for kind in run.drafted.elements())
    shown = Counter(each.kind for run in runs for each in run.shown)
    lies = sum(shown[kind] for kind in shown if is_a_lie(kind))
    withheld = Counter(
        f"{w.reasons[0].check} ({w.reasons[0].grade})"
        for run in runs
        for w in run.briefing.withheld
    )
    print(
        f"\n{name}: {drafted.total()} drafted, {shown.total()} shown, "
        f"{withheld.total()} withheld, in {seconds:.0f} s"
    )
    print(f"  by the source: {shown['source']}; withheld by: {dict(withheld.most_common())}")
    print(f"  lies shown: {lies} of {drafted[True]}; "
          f"articles with a fault: {sum(1 for run in runs if [*run.faults()])}")  # fmt: skip


def _print_by_kind(runs: Mapping[str, Sequence[Run]]) -> None:
    """Print the numbers of items of each kind that were drafted, and shown with each judge."""
    shown = {
        name: Counter(each.kind for run in of for each in run.shown) for name, of in runs.items()
    }
    any_run = next(iter(runs.values()), ())
    drafted_in_all = sum((run.drafted for run in any_run), Counter[str]())
    print(f"\n  {'kind':28} drafted; shown with the judge: {', '.join(runs)}")
    for kind in sorted(
        drafted_in_all, key=lambda k: (is_a_lie(k), [shown[n][k] for n in shown], k)
    ):
        counts = "".join(f"{of[kind]:9}" for of in shown.values())
        print(f"  {kind:28} {drafted_in_all[kind]:7}{counts}")


def _lines_to_read(shown: Sequence[ShownLine]) -> str:
    """Some shown lines with their passages, without repetitions."""
    once = {(each.article, each.line.text): each for each in sorted(shown, key=_is_written)}
    chosen = sorted(once.values(), key=lambda each: each.order)[:_LINES_TO_READ]
    return "\n".join(
        f"{number}. [{each.kind}] {each.line.text}\n   ({each.line.voice}, {each.line.speaker}; "
        f"{each.article[:40]})\n"
        + "".join(f"   {p.reference}: {p.text}\n" for p in each.line.evidence)
        for number, each in enumerate(chosen, 1)
    )


def _is_written(shown: ShownLine) -> bool:
    """Whether a writer wrote the line: those are sorted last, so that they are kept."""
    return shown.kind != "source"


def _endpoint(url: str | None, tokens: int) -> Endpoint:
    return Endpoint(
        "smollm2",
        base_url=url,
        api_key="none",
        window=tiny_model.WINDOW,
        max_output=tokens,
        total_timeout=_SECONDS,
    )


def _pages() -> Iterator[tuple[str, str]]:
    for path in sorted((_SHARED / "pages" / "news").glob("*.txt")):
        yield path.stem, path.read_text("utf-8")


def _pairs() -> Iterator[tuple[str, str]]:
    path = _SHARED / "pairs.jsonl"
    for line in path.read_text("utf-8").splitlines() if path.is_file() else ():
        row = json.loads(line)
        if row["dataset"] == "summedits_news":
            yield row["id"], row["article"]


def _own_articles() -> Iterator[tuple[str, str]]:
    folders: Iterable[Path] = (_ROOT / "evals" / "articles" / "en",
                               _ROOT / "tests" / "articles")  # fmt: skip
    for path in chain.from_iterable(sorted(folder.glob("*.txt")) for folder in folders):
        if path.stem not in {"arabic", "armenian", "french", "russian"}:
            yield path.stem, path.read_text("utf-8")


def _parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--writer", action="append", choices=("liar", "tiny"))
    parser.add_argument("--judge", action="append", choices=_JUDGES, help="of the liar")
    parser.add_argument("--lines", type=Path, metavar="FILE", help="write 100 lines there to read")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
