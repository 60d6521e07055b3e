"""What a reply shows without a press of a button: in Slack, JSON, Markdown and a terminal."""

import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from rich.console import Console

from bot.briefing.lines import Answer, Briefing
from bot.briefing.rendering import answer_json, briefing_json, markdown
from bot.cli.terminal import outcome_view
from bot.service.ports import Mention
from bot.slack.blocks import messages

MENTION = Mention("msg:T:C:1", "T", "C", "1.0", "1.0", "U", "brief")
_NOT_SHOWN = {"withheld", "documents", "receipt", "notes"}
"""The words that failed; the source itself as it was read; Readout's own figures and words."""


@dataclass(frozen=True)
class Shown:
    """``said`` is every text of a reply but its passages, ``everything`` all of it, the passages
    and the fixed words of each rendering included."""

    said: tuple[str, ...]
    everything: str


def shown(outcome: Briefing | Answer) -> Shown:
    """What is shown of ``outcome``, on all surfaces together."""
    report = briefing_json(outcome) if isinstance(outcome, Briefing) else answer_json(outcome)
    told = {name: value for name, value in report.items() if name not in _NOT_SHOWN}
    slack = [
        text for each in messages(outcome, MENTION) for text in (each.text, *_words(each.blocks))
    ]
    screen = Console(file=io.StringIO(), width=500)
    screen.print(outcome_view(outcome))
    printed = screen.file.getvalue() if isinstance(screen.file, io.StringIO) else ""
    written = json.dumps({**told, "notes": report["notes"]}, ensure_ascii=False)
    everything = "\n".join([*slack, markdown(outcome), printed, written])
    return Shown(tuple(dict.fromkeys(_said(told))), everything)


def _said(node: Any) -> Iterator[str]:
    """The texts of a report, passages and the words of its schema left out."""
    if isinstance(node, list):
        for each in node:
            yield from _said(each)
    elif isinstance(node, dict):
        for name, value in node.items():
            if name not in {"evidence", "kind", "voice", "status", "date_basis", "question"}:
                yield from [value] if isinstance(value, str) else _said(value)


def _words(node: Any) -> Iterator[str]:
    """Every text and address of Slack's blocks."""
    if isinstance(node, list | tuple):
        for each in node:
            yield from _words(each)
    elif isinstance(node, dict):
        for name in ("text", "url"):
            if isinstance(node.get(name), str):
                yield node[name]
        yield from (found for value in node.values() for found in _words(value))
