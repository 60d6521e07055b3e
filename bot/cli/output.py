"""Parses SOURCE arguments, and turns results and failures into output and exit statuses."""

import json
import logging
import re
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from bot.briefing.rendering import SCHEMA, Report, failure_json
from bot.briefing.requests import AttachedFile, PastedText, Source, WebPage
from bot.runtime import bootstrap
from bot.runtime.findings import Finding
from bot.service.engines import ENGINES
from bot.service.errors import ReadoutError, SourceError, UsageError

# Standard output has the result and nothing else; anything else goes to standard error.

_INTERRUPTED = 130  # 128 + SIGINT, as shells have it
_log = logging.getLogger(__name__)


def print_json(report: Report, indent: int | None = None) -> None:
    """Print one JSON object, on one line unless it is indented."""
    print_text(json.dumps(report, ensure_ascii=False, indent=indent))


def print_text(text: str) -> None:
    """Print ``text`` on standard output, in UTF-8 whatever the locale."""
    ended = text if text.endswith("\n") else f"{text}\n"
    sys.stdout.buffer.write(ended.encode("utf-8", "backslashreplace"))
    sys.stdout.flush()


def print_stderr(sentence: str) -> None:
    """Print a sentence on standard error."""
    sys.stderr.write(f"{sentence}\n")


def findings_json(findings: Sequence[Finding]) -> Report:
    """The doctor's findings as JSON for other programs."""
    listed = [asdict(finding) for finding in findings]
    return {"schema": SCHEMA, "kind": "findings", "findings": listed}


def run_command(command: Callable[[], int], *, as_json: bool) -> int:
    """Run ``command``; returns its exit status, or that of its failure."""
    try:
        return command()
    except ReadoutError as failure:
        return _report_failure(failure, as_json=as_json)
    except KeyboardInterrupt:
        return _INTERRUPTED
    except Exception:  # noqa: BLE001 - the outermost frame: anything else is a fault of ours
        _log.exception("unforeseen")
        unforeseen = ReadoutError("Something went wrong inside Readout. See the log for details.")
        return _report_failure(unforeseen, as_json=as_json)


def _report_failure(failure: ReadoutError, *, as_json: bool) -> int:
    verdict, source = None, None
    if isinstance(failure, SourceError):
        verdict, source = failure.verdict, failure.source
    if as_json:
        print_json(failure_json(failure.kind, failure.message, verdict, source))
    else:
        print_stderr(f"{source}: {failure.message}" if source else failure.message)
    return failure.exit_status


AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for other programs.")]
EngineOption = Annotated[
    str | None,
    typer.Option(
        "--engine",
        callback=bootstrap.known_engine,
        metavar="|".join(ENGINES),
        help="The engine that writes, overriding the settings.",
    ),
]

STANDARD_INPUT = "-"


def parse_sources(names: list[str]) -> tuple[Source, ...]:
    """The sources with these names, in order.

    Raises:
        UsageError: a file doesn't exist, or standard input is named twice or isn't UTF-8.
    """
    if names.count(STANDARD_INPUT) > 1:
        raise UsageError("Standard input can only be read once, so use - once.")
    return tuple(_parse_source(name) for name in names)


def read_lines(name: str) -> list[str]:
    """The lines of a file, or of standard input.

    Raises:
        UsageError: there is no such file, or it isn't UTF-8.
    """
    if name == STANDARD_INPUT:
        return _read_standard_input().split("\n")
    try:
        return Path(name).read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{name} can't be read as UTF-8 text. Check the path.") from error


def known_language(code: str) -> str:
    """The code of a language, in lower case.

    Raises:
        UsageError: it doesn't look like a code of ISO 639.
    """
    if re.fullmatch("[A-Za-z]{2,3}", code) is None:
        raise UsageError(f"{code} is not a language code. Give two letters, such as fr or de.")
    return code.lower()


def _parse_source(name: str) -> Source:
    if name == STANDARD_INPUT:
        return PastedText(_read_standard_input(), name="standard input")
    # Any other scheme is an address too, which the fetcher refuses.
    if "://" in name:
        return WebPage(name)
    if not Path(name).exists():
        raise UsageError(f"There is no file {name}. Give a file, an address with https://, or -.")
    return AttachedFile(name, name)


def _read_standard_input() -> str:
    try:
        return sys.stdin.buffer.read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError(
            "Standard input is not UTF-8. Convert it, or give it as a file."
        ) from error
