"""Is a line ever shown that its passages don't support?

    python -m benchmarks.gauntlet [--lines FILE]    both writers, a quarter of an hour
    python -m benchmarks.gauntlet --writer liar     the scripted liar alone, two minutes
    python -m benchmarks.gauntlet --writer tiny     the tiny real model alone

Fifty articles, each briefed by a scripted liar, which falsifies true sentences in every way we
could think of, and by a tiny real model (`benchmarks.tiny_model install` fetches it), which reads
the beginning of each and may write for some seconds. The liar is judged three times: by a judge
that knows its lies, by one that finds everything supported, and by none; the tiny model judges
itself. READOUT_SHARED names the folder with the shared data; without it, the articles are those of
the tests and of `readout eval`.

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
from benchmarks.changed_sentences import order
from benchmarks.liar import Liar, drafted
from benchmarks.scripted_judges import Kinds, ScriptedJudge, is_a_lie
from bot import __version__
from bot.briefing.documents import Document
from bot.briefing.draft import DraftItem
from bot.briefing.lines import Briefing, Line
from bot.briefing.numbering import numbered
from bot.briefing.requests import Wishes
from bot.briefing.tasks import Usage, WritingTask
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
class Shown:
    """A line of a briefing, and who wrote it: a kind of lie, an honest kind, `model`, `source`."""

    article: str
    kind: str
    line: Line

    @property
    def is_a_lie(self) -> bool:
        """Whether it was written to be false."""
        return is_a_lie(self.kind)

    @property
    def order(self) -> tuple[bool, bool, int]:
        """Where it stands among what is to be read: lies first, then the model's lines."""
        return (not self.is_a_lie, self.kind != "model", order(self.article, self.line.text))


@dataclass(frozen=True)
class Run:
    """What came of one article: the items ``drafted`` by kind, the briefing, its lines."""

    drafted: Counter[str]
    shown: tuple[Shown, ...]
    briefing: Briefing

    def faults(self) -> Iterator[str]:
        """What the law forbids in any briefing."""
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


class Overheard(ModelWriter):
    """The model's writer, which reads the beginning of each article; its items are remembered."""

    heard: list[DraftItem]

    async def brief(self, task: WritingTask) -> AsyncGenerator[DraftItem | Usage]:
        self.heard = []
        beginnings = tuple(each.only(slice(_SENTENCES)) for each in task.excerpts)
        shorter = replace(task, excerpts=beginnings)
        async with aclosing(super().brief(shorter)) as pieces:
            async for piece in pieces:
                if isinstance(piece, DraftItem):
                    self.heard.append(piece)
                yield piece


def articles() -> tuple[tuple[str, str], ...]:
    """The names and texts of what is briefed."""
    found = (*_pages(), *_pairs()) or (*_own(),)
    return found[:_ARTICLES]


def main() -> int:
    asked = _asked()
    found = articles()
    print(f"{len(found)} articles, {'shared' if _SHARED.is_dir() else 'our own'}")
    runs: dict[str, list[Run]] = {}
    with ExitStack() as stack:
        for name in _names(asked.writer or ("liar", "tiny"), asked.judge or _JUDGES):
            began = time.monotonic()
            url = stack.enter_context(tiny_model.served()) if name == "tiny" else None
            runs[name] = asyncio.run(_gauntlet(name, found, url))
            _total(name, runs[name], time.monotonic() - began)
    if by_judge := {name: of for name, of in runs.items() if name in _JUDGES}:
        _by_kind(by_judge)
    everything = [*chain.from_iterable(runs.values())]
    if asked.lines:
        asked.lines.write_text(_to_read([*chain.from_iterable(run.shown for run in everything)]))
    is_blind = any(shown.is_a_lie for run in runs.get("honest", ()) for shown in run.shown)
    return int(is_blind or any(True for run in everything for _ in run.faults()))


def _names(writers: Sequence[str], judges: Sequence[str]) -> Iterator[str]:
    """What is run: the liar once for each of its judges, then the tiny model."""
    yield from judges if "liar" in writers else ()
    yield from ("tiny",) if "tiny" in writers else ()


async def _gauntlet(name: str, found: Sequence[tuple[str, str]], url: str | None) -> list[Run]:
    print(f"\n{name}\n  article: drafted, shown (by the writer, by the source), withheld by check")
    writer: Liar | Overheard = Overheard(_endpoint(url, _TOKENS)) if url else Liar()
    itself = ModelJudge(_endpoint(url, _TOKENS_TO_JUDGE)) if url else None
    runs = []
    for title, text in found:
        began = time.monotonic()
        document = numbered("A", text, language="en", title=title)
        run = await _run(writer, itself or _scripted(name, document), document)
        _tell(title, run, time.monotonic() - began)
        runs.append(run)
    if isinstance(writer, Overheard) and itself:
        await writer.close()
        await itself.close()
    return runs


def _scripted(name: str, document: Document) -> Judge | None:
    match name:
        case "honest":
            return ScriptedJudge(Kinds(_told(document), document))
        case "obedient":
            return ScriptedJudge(None)
    return None


def _told(document: Document) -> list[tuple[str, DraftItem]]:
    return [(each.kind, each.item) for each in drafted(document)]


async def _run(writer: "Liar | Overheard", judge: Judge | None, document: Document) -> Run:
    briefing_service = BriefingService(reader(Settings()), writer, __version__, judge=judge)
    briefing = await briefing_service.brief(Reading((document,)), Wishes(), DetachableReply())
    if isinstance(writer, Liar):
        told = _told(document)
    else:
        told = [("model", item) for item in writer.heard]
    kinds = Kinds(told, document)
    lines = tuple(Shown(document.title or "", kinds.of(line), line) for line in briefing.lines())
    return Run(Counter(kind for kind, _ in told), lines, briefing)


def _tell(title: str, run: Run, seconds: float) -> None:
    by_source = sum(shown.kind == "source" for shown in run.shown)
    failed = Counter(each.reasons[0].check for each in run.briefing.withheld)
    told = ", ".join(f"{check} {count}" for check, count in failed.most_common())
    lies = [shown.kind for shown in run.shown if shown.is_a_lie]
    print(
        f"  {title[:44]:44} {run.drafted.total():3} drafted, {len(run.shown):3} shown "
        f"({len(run.shown) - by_source}, {by_source}), {failed.total():3} withheld ({told}); "
        f"{run.briefing.receipt.engine}, {seconds:.1f} s",
        *(f"\n    LIES SHOWN: {', '.join(lies)}" for _ in lies[:1]),
        *(f"\n    NOTE: {note}" for note in run.briefing.notes),
        *(f"\n    FAULT: {fault}" for fault in run.faults()),
        flush=True,
    )


def _total(name: str, runs: Sequence[Run], seconds: float) -> None:
    told = Counter(is_a_lie(kind) for run in runs for kind in run.drafted.elements())
    shown = Counter(each.kind for run in runs for each in run.shown)
    lies = sum(shown[kind] for kind in shown if is_a_lie(kind))
    withheld = Counter(
        f"{w.reasons[0].check} ({w.reasons[0].grade})"
        for run in runs
        for w in run.briefing.withheld
    )
    print(f"\n{name}: {told.total()} drafted, {shown.total()} shown, {withheld.total()} withheld, "
          f"in {seconds:.0f} s")  # fmt: skip
    print(f"  by the source: {shown['source']}; withheld by: {dict(withheld.most_common())}")
    print(f"  lies shown: {lies} of {told[True]}; "
          f"articles with a fault: {sum(1 for run in runs if [*run.faults()])}")  # fmt: skip


def _by_kind(runs: Mapping[str, Sequence[Run]]) -> None:
    """What of each kind was drafted, and shown by each judge."""
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


def _to_read(shown: Sequence[Shown]) -> str:
    """Some shown lines with their passages, each once."""
    once = {(each.article, each.line.text): each for each in sorted(shown, key=_last)}
    chosen = sorted(once.values(), key=lambda each: each.order)[:_LINES_TO_READ]
    return "\n".join(
        f"{number}. [{each.kind}] {each.line.text}\n   ({each.line.voice}, {each.line.speaker}; "
        f"{each.article[:40]})\n"
        + "".join(f"   {p.reference}: {p.text}\n" for p in each.line.evidence)
        for number, each in enumerate(chosen, 1)
    )


def _last(shown: Shown) -> bool:
    """Sorts what was written after what is the source's, so that the writer's is kept."""
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


def _own() -> Iterator[tuple[str, str]]:
    folders: Iterable[Path] = (_ROOT / "bot" / "evaluation" / "articles" / "en",
                               _ROOT / "tests" / "articles")  # fmt: skip
    for path in chain.from_iterable(sorted(folder.glob("*.txt")) for folder in folders):
        if path.stem not in {"arabic", "armenian", "french", "russian"}:
            yield path.stem, path.read_text("utf-8")


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--writer", action="append", choices=("liar", "tiny"))
    parser.add_argument("--judge", action="append", choices=_JUDGES, help="of the liar")
    parser.add_argument("--lines", type=Path, metavar="FILE", help="write 100 lines there to read")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
