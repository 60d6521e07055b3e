"""How a command ends: with its result on standard output, or with a sentence and a status.

Standard output holds the result and nothing else; anything else goes to standard error.
"""

import json
import logging
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict

from bot.briefing.report import SCHEMA, Report, failure_json
from bot.doctor.findings import Finding
from bot.errors import ReadoutError, SourceError

_INTERRUPTED = 130  # 128 + SIGINT, as shells have it
_log = logging.getLogger(__name__)


def print_json(report: Report, indent: int | None = None) -> None:
    """Print one JSON object, on a line of its own unless it is to be indented."""
    print_text(json.dumps(report, ensure_ascii=False, indent=indent))


def print_text(text: str) -> None:
    """Print ``text`` on standard output, in UTF-8 whatever the locale."""
    ended = text if text.endswith("\n") else f"{text}\n"
    sys.stdout.buffer.write(ended.encode("utf-8", "backslashreplace"))
    sys.stdout.flush()


def print_aside(sentence: str) -> None:
    """Print a sentence on standard error."""
    sys.stderr.write(f"{sentence}\n")


def findings_json(findings: Sequence[Finding]) -> Report:
    """The doctor's findings as other programs read them."""
    listed = [asdict(finding) for finding in findings]
    return {"schema": SCHEMA, "kind": "findings", "findings": listed}


def exit_status(command: Callable[[], int], *, as_json: bool) -> int:
    """Run ``command``; returns its exit status, or that of the failure it ended in."""
    try:
        return command()
    except ReadoutError as failure:
        return _failed(failure, as_json=as_json)
    except KeyboardInterrupt:
        return _INTERRUPTED
    except Exception:  # noqa: BLE001 - the last frame: whatever comes here is a fault of ours
        _log.exception("unforeseen")
        unforeseen = ReadoutError("Something went wrong inside Readout. See the log for details.")
        return _failed(unforeseen, as_json=as_json)


def _failed(failure: ReadoutError, *, as_json: bool) -> int:
    verdict, source = None, None
    if isinstance(failure, SourceError):
        verdict, source = failure.verdict, failure.source
    if as_json:
        print_json(failure_json(failure.kind, failure.message, verdict, source))
    else:
        print_aside(f"{source}: {failure.message}" if source else failure.message)
    return failure.exit_status
