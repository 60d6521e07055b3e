"""What does a line of the log say, and what must it never say?

Lines go to standard error: JSON for programs, readable in a terminal. Each has the time, the level,
who wrote it and, during the work on a mention, the key of that mention. Libraries are heard from
WARNING on, whatever they or the operator set for themselves: below that they print what passes
through them, which is what people wrote.

No line holds a secret, or the words of an error that is not of ours: a validator quotes what it
refused, a database what it was to keep.
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
    r"|\bsk-[\w-]{8,}"  # keys of OpenAI and of those who copy it
    r"|(?i:bearer)\s+\S+"
    r"|https://hooks\.slack\.com/\S+"  # whoever knows a response_url may write to it
    r"|(?<=://)[^/\s@]+@"  # name and password
    r"|(?<=[^\s?]\?)[^\s?'\"]*=[^\s'\"]*"  # what follows an address: tickets, signatures
)
_WORDS = re.compile(
    r"(?<=\[SQL: ).*|(?<=\[parameters: ).*"  # SQLAlchemy, of a statement that failed
    r"|(?<=input_value=).*(?=, input_type)"  # pydantic, of a value that it refused
    r"|(?<=exception=).*",  # asyncio, of a task that nobody waited for
    re.DOTALL,
)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def write_logs(level: int, secrets: Iterable[str] = ()) -> None:
    """From now on what this process logs goes to standard error, ours from ``level`` on.

    ``secrets`` are never written, whoever tries.
    """
    root = logging.getLogger()
    # What a library may have put there would print all that this one holds back.
    root.handlers[:] = [log_handler(sys.stderr, secrets)]
    root.setLevel(logging.WARNING)
    logging.getLogger(_OURS).setLevel(level)
    logging.captureWarnings(capture=True)
    # Python itself would print what the error says.
    sys.excepthook = _crashed
    threading.excepthook = _crashed
    sys.unraisablehook = _crashed


def _crashed(*failure: Any) -> None:  # noqa: ANN401 - one object, or its type, itself and its trace
    kind, error, trace = failure if len(failure) > 1 else failure[0][:3]
    _log.error("a crash", exc_info=(kind, error, trace))


def log_handler(stream: TextIO, secrets: Iterable[str] = ()) -> logging.Handler:
    """Writes lines to ``stream``, in the form that suits it."""
    handler = logging.StreamHandler(stream)
    handler.addFilter(_is_to_be_heard)
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
    """Hides secrets, and the words that errors of libraries quote."""

    def __init__(self, secrets: Iterable[str]) -> None:
        # The longest first: one may be a part of another. A password that is a short word would
        # hide that word everywhere, and is hidden in addresses alone.
        long_enough = {each for each in secrets if len(each) >= _SHORTEST_SECRET}
        self._secrets = sorted(long_enough, key=len, reverse=True)

    def __call__(self, logger: WrappedLogger, name: str, event: EventDict) -> EventDict:
        return {key: self._clean(value) for key, value in event.items()}

    def _clean(self, value: object) -> object:
        if isinstance(value, bool | int | float | None):
            return value
        text = str(value)
        for secret in self._secrets:
            text = text.replace(secret, HIDDEN)
        return _CONTROL.sub(" ", _SECRETS.sub(HIDDEN, _WORDS.sub(HIDDEN, text)))


def _renderer(stream: TextIO) -> Processor:
    if stream.isatty():
        return structlog.dev.ConsoleRenderer()
    return structlog.processors.JSONRenderer(ensure_ascii=False)


def _is_to_be_heard(record: logging.LogRecord) -> bool:
    is_ours = record.name.partition(".")[0] == _OURS
    return is_ours or record.levelno >= logging.WARNING


def _without_words(exc_info: ExcInfo) -> str:
    """The frames of an error and of what it came from, the last first."""
    return "\nfrom:\n".join(
        "".join(traceback.format_tb(each.__traceback__)) + _named(each)
        for each in islice(_causes(exc_info[1]), _MOST_CAUSES)
    )


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        hidden = error.__suppress_context__
        error = error.__cause__ or (None if hidden else error.__context__)


def _named(error: BaseException) -> str:
    """The type of an error, and what it says where that is about the machine or from us."""
    name = f"{type(error).__module__}.{type(error).__qualname__}"
    if isinstance(error, ReadoutError | OSError):
        return f"{name}: {error}"
    # What the databases call it: https://www.sqlite.org/rescode.html, SQLSTATE of PostgreSQL.
    code = getattr(error, "sqlite_errorname", None) or getattr(error, "sqlstate", None)
    return f"{name} ({code})" if code else name
