"""Writes the log, without secrets and without what people wrote.

Lines go to standard error: as JSON, or readable in a terminal. Each has the time, the level, the
logger and, during the work on a mention, the mention's key. Libraries are logged from WARNING on,
whatever they or the operator set: below that they log data, which is what people wrote.

No line has a secret, or the message of an error from a library: validators and databases quote the
value they refuse.
"""

import logging
import re
import sys
import threading
import traceback
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, TextIO

import structlog
from structlog.contextvars import merge_contextvars
from structlog.stdlib import ProcessorFormatter
from structlog.typing import EventDict, ExcInfo, Processor, WrappedLogger

from bot.service.errors import ReadoutError

HIDDEN = "[hidden]"
_OURS = "bot"
_log = logging.getLogger(__name__)
_MOST_CAUSES = 5
_SHORTEST_SECRET = 8

_SECRETS = re.compile(
    r"xox[a-z][.-][\w.-]+|xapp-[\w-]+"  # https://docs.slack.dev/authentication/tokens
    r"|\bsk-[\w-]{8,}"  # keys of OpenAI and similar services
    r"|(?i:bearer)\s+\S+"
    r"|https://hooks\.slack\.com/\S+"  # whoever knows a response_url may write to it
    r"|(?<=://)[^/\s@]+@"  # name and password
    r"|(?<=[^\s?]\?)[^\s?'\"]*=[^\s'\"]*"  # what follows an address: tickets, signatures
)
_WORDS = re.compile(
    r"(?<=\[SQL: ).*|(?<=\[parameters: ).*"  # SQLAlchemy, for a failed statement
    r"|(?<=input_value=).*(?=, input_type)"  # pydantic, for a refused value
    r"|(?<=exception=).*",  # asyncio, for a task that nobody awaited
    re.DOTALL,
)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def write_logs(level: int, secrets: Iterable[str] = ()) -> None:
    """Send the log of this process to standard error, our own from ``level`` on.

    ``secrets`` are replaced wherever they appear.
    """
    root = logging.getLogger()
    # Handlers from libraries would print what this one leaves out.
    root.handlers[:] = [log_handler(sys.stderr, secrets)]
    root.setLevel(logging.WARNING)
    logging.getLogger(_OURS).setLevel(level)
    logging.captureWarnings(capture=True)
    # Python itself would print the message of the error.
    sys.excepthook = _crashed
    threading.excepthook = _crashed
    sys.unraisablehook = _crashed


def _crashed(*failure: Any) -> None:  # noqa: ANN401 - one object, or its type, itself and its trace
    kind, error, trace = failure if len(failure) > 1 else failure[0][:3]
    _log.error("a crash", exc_info=(kind, error, trace))


def log_handler(stream: TextIO, secrets: Iterable[str] = ()) -> logging.Handler:
    """A handler that writes to ``stream``: readable on a terminal, else JSON."""
    handler = logging.StreamHandler(stream)
    handler.addFilter(_is_wanted)
    shared: list[Processor] = [
        merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.ExtraAdder(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    processors: list[Processor] = [
        ProcessorFormatter.remove_processors_meta,
        structlog.processors.ExceptionRenderer(_without_words),
        _Redaction(secrets),
        _renderer(stream),
    ]
    handler.setFormatter(ProcessorFormatter(foreign_pre_chain=shared, processors=processors))
    return handler


class _Redaction:
    """Hides secrets, and data that errors of libraries quote."""

    def __init__(self, secrets: Iterable[str]) -> None:
        # The longest first, since one may be part of another. A short password would hide a common
        # word everywhere, so it is hidden only in addresses.
        long_enough = {each for each in secrets if len(each) >= _SHORTEST_SECRET}
        self._secrets = sorted(long_enough, key=len, reverse=True)

    def __call__(self, logger: WrappedLogger, name: str, event: EventDict) -> EventDict:
        return {key: self._clean(value) for key, value in event.items()}

    def _clean(self, value: object) -> object:
        if isinstance(value, int | float | None):
            return value
        text = str(value)
        for secret in self._secrets:
            text = text.replace(secret, HIDDEN)
        return _CONTROL.sub(" ", _SECRETS.sub(HIDDEN, _WORDS.sub(HIDDEN, text)))


def _renderer(stream: TextIO) -> Processor:
    if stream.isatty():
        return structlog.dev.ConsoleRenderer()
    return structlog.processors.JSONRenderer(ensure_ascii=False)


def _is_wanted(record: logging.LogRecord) -> bool:
    is_ours = record.name.partition(".")[0] == _OURS
    return is_ours or record.levelno >= logging.WARNING


def _without_words(exc_info: ExcInfo) -> str:
    """The tracebacks of an error and its causes, the last first, without their messages."""
    return "\nfrom:\n".join(
        "".join(traceback.format_tb(each.__traceback__)) + _describe(each)
        for each in islice(_causes(exc_info[1]), _MOST_CAUSES)
    )


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        hidden = error.__suppress_context__
        error = error.__cause__ or (None if hidden else error.__context__)


def _describe(error: BaseException) -> str:
    """The type of an error, and its message if it is ours or about the machine."""
    name = f"{type(error).__module__}.{type(error).__qualname__}"
    if isinstance(error, ReadoutError | OSError):
        return f"{name}: {error}"
    # The databases' own codes: https://www.sqlite.org/rescode.html, SQLSTATE of PostgreSQL.
    code = getattr(error, "sqlite_errorname", None) or getattr(error, "sqlstate", None)
    return f"{name} ({code})" if code else name
