"""Measures briefing a million tokens with a model whose window is sixteen thousand.

`readout brief FILE --json` as a whole process, on one text of a million tokens and on twenty with
as many in total, with a model on localhost that answers after two seconds, sixteen requests at a
time. The model chooses as many sentences from each part as it may, and writes true lines about what
it is shown in the end. The best possible time is that of the calls, sixteen at a time: the mapping
is compared with that. Tokens are counted as gpt-4o counts them, including everything that is sent.
"""

import asyncio
import json
import math
import re
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aiohttp import web

from benchmarks.article import article
from benchmarks.bots import READOUT_COMMAND, environment
from benchmarks.figures import Figure, print_figures, repeat, repeat_parser
from bot.briefing.draft import DraftBriefing, DraftLine
from bot.models.tokens import TokenCounter
from tests.model_server import JUDGE, ModelServer, Says

TITLE = "A million tokens through a window of 16,000"
_TOKENS, _WINDOW, _PARALLEL, _SECONDS = 1_000_000, 16_000, 16, 2.0
_SOURCES = 20
_MODEL = "gpt-4o"
_SHOWN = re.compile(r"^\[(A{1,2}[A-Z]?\d+|[A-Z]\d+)\] (.+)$", re.MULTILINE)
_MOST = re.compile(r"Choose at most (\d+) sentences")
_CODE = re.compile(r"(?:part|is) ([0-9a-f]{8})")
_NUMBERED = re.compile(r"^(\d+) ", re.MULTILINE)


@dataclass
class _Call:
    """One request: what it was for, its tokens, and when it came and was answered."""

    is_choice: bool
    tokens: int
    began: float
    ended: float = math.inf


@dataclass
class _Model(ModelServer):
    """Chooses evenly spaced sentences, and writes lines about those it is shown."""

    lines: dict[str, str]
    calls: list[_Call] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()
        self._counter = TokenCounter(_MODEL)

    async def complete(self, request: web.Request) -> web.StreamResponse:
        began = time.monotonic()
        body = await request.json()
        messages = [each["content"] for each in body["messages"]]
        if JUDGE in messages[0]:
            return await super().complete(request)
        most = _MOST.search(messages[0])
        answer_text = _choice(messages[1], int(most[1])) if most else self._draft(messages[1])
        call = _Call(most is not None, 0, began)
        self.calls.append(call)
        self.play(Says(answer_text, 4_000, usage=None), about=_CODE.findall(messages[1])[0])
        await asyncio.sleep(max(0.0, _SECONDS - (time.monotonic() - began)))
        answer = await super().complete(request)
        call.ended = time.monotonic()
        call.tokens = sum(map(self._counter.count, messages))
        return answer

    def _draft(self, message: str) -> str:
        shown = [(ref, re.sub(r"\[q\d+\]", "", text)) for ref, text in _SHOWN.findall(message)]
        known = [(ref, self.lines[text]) for ref, text in shown if text in self.lines]
        drawn = [_line(*each) for each in known[:: max(1, len(known) // 10)]]
        first, second, *others = drawn
        return DraftBriefing(
            headline=first, bottom_line=second, differences=[], key_points=others,
            commitments=[], quotes=[], cautions=[], unknowns=[],
        ).model_dump_json()  # fmt: skip


def measure() -> list[Figure]:
    """The figures for one book and for twenty sources."""
    words = _words(_TOKENS)
    book = asyncio.run(_measure_briefing("one source", [words]))
    many = asyncio.run(_measure_briefing(f"{_SOURCES} sources", [words // _SOURCES] * _SOURCES))
    return [*book, *many]


def main() -> None:
    arguments = repeat_parser(__doc__).parse_args()
    print_figures(TITLE, repeat(measure, arguments.repeat), as_json=arguments.json)


async def _measure_briefing(name: str, sizes: Sequence[int]) -> list[Figure]:
    made = [article(size, number * 1_000) for number, size in enumerate(sizes)]
    lines = {sentence: line for each in made for sentence, line in each.facts}
    with tempfile.TemporaryDirectory(prefix="readout-benchmark-") as folder:
        paths = [Path(folder) / f"{number}.txt" for number in range(len(made))]
        for path, each in zip(paths, made, strict=True):
            path.write_text(each.text, encoding="utf-8")
        async with _Model(lines) as model:
            began = time.monotonic()
            briefing, memory = await _brief(model.url, paths)
            took = time.monotonic() - began
    return [Figure(f"{name}: {each.name}", each.unit, each.runs, each.target)
            for each in _figures(briefing, model.calls, took, memory)]  # fmt: skip


def _figures(
    briefing: dict[str, Any], calls: list[_Call], took: float, memory: float
) -> list[Figure]:
    choices = [call for call in calls if call.is_choice]
    mapping = max(c.ended for c in choices) - min(c.began for c in choices)
    ideal = math.ceil(len(choices) / _PARALLEL) * _SECONDS
    merging = max(c.ended for c in calls) - max(c.ended for c in choices)
    texts = {each["label"]: each["text"] for each in briefing["documents"]}
    passages = [passage for line in _lines(briefing) for passage in line["evidence"]]
    inexact = sum(texts[p["document"]][p["start"] : p["end"]] != p["text"] for p in passages)
    return [
        Figure("the whole process", "s", (took,)),
        Figure("choices", "", (len(choices),)),
        Figure("mapping", "s", (mapping,), 1.3 * ideal),
        Figure("the rest after it", "s", (merging,)),
        Figure("tokens sent", "", (sum(call.tokens for call in calls),), 1.15 * _TOKENS),
        Figure("resident memory", "MB", (memory,), 400),
        Figure("lines", "", (len(_lines(briefing)),)),
        Figure("inexact passages", "", (inexact,), 1),
        Figure("words not read", "", (_unread(briefing),), 1),
    ]


def _lines(briefing: dict[str, Any]) -> list[dict[str, Any]]:
    single = [briefing["headline"], briefing["bottom_line"]]
    return [line for line in (*single, *briefing["key_points"]) if line]


def _unread(briefing: dict[str, Any]) -> int:
    return sum(int(each["words"]) - int(each["words_read"]) for each in briefing["documents"])


async def _brief(url: str, paths: Sequence[Path]) -> tuple[dict[str, Any], float]:
    """The briefing, and the peak memory of the process that made it."""
    settings = {
        "READOUT_ENGINE": "openai",
        "OPENAI_BASE_URL": url,
        "OPENAI_MODEL": _MODEL,
        "READOUT_MODEL_WINDOW": str(_WINDOW),
        "READOUT_MODEL_CALLS": str(_PARALLEL),
    }
    process = await asyncio.create_subprocess_exec(
        *READOUT_COMMAND, "brief", *map(str, paths), "--json",
        cwd=paths[0].parent, env=environment(settings), stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    watching = asyncio.create_task(_peak_memory(process.pid))
    output, _ = await process.communicate()
    return json.loads(output), await watching


async def _peak_memory(pid: int) -> float:
    """The peak resident memory of a process until it ends, in MB; 0 if the system doesn't say."""
    most, status = 0.0, Path(f"/proc/{pid}/status")
    while status.exists() and (found := re.search(r"VmHWM:\s+(\d+)", status.read_text("ascii"))):
        most = int(found[1]) / 1024
        await asyncio.sleep(0.2)
    return most


def _words(tokens: int) -> int:
    """The number of words of an article that have ``tokens`` tokens."""
    sample = 20_000
    return int(tokens * sample / TokenCounter(_MODEL).count(article(sample, 500).text))


def _choice(message: str, most: int) -> str:
    numbers = [int(number) for number in _NUMBERED.findall(message)]
    step = max(1, math.ceil(len(numbers) / most))
    return json.dumps({"sentences": numbers[::step][:most]})


def _line(reference: str, text: str) -> DraftLine:
    said = re.match(r"(\w+ \w+) said ", text)
    speaker = said[1] if said else None
    voice = "attributed" if said else "event"
    return DraftLine(evidence=[reference], voice=voice, speaker=speaker, text=text)


if __name__ == "__main__":
    main()
