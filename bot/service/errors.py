"""What can go wrong, in sentences for the person who asked.

    ReadoutError                a fault of ours (exit status 1)
    ├── UsageError              asked in a way we can't serve (2)
    │   └── SettingsError       the operator's settings don't fit together
    ├── SourceError             one source could not be read
    │   ├── Refused             its address must not be fetched (3)
    │   ├── Unreadable          there is no article in it: `verdict` says which kind (4)
    │   ├── Unreachable         the network did not bring it (5)
    │   └── SourceFault         a fault of ours (1)
    ├── ModelFailure            the model gave no usable answer; the extractive engine takes over
    │   ├── QuotaUsedUp         it may not be asked any more today
    │   └── NotRecorded         it only plays back answers, and has none to this
    └── SlackFailure            Slack did not take a message

Every message is a sentence that may be shown in a channel: it says what happened and what to
do. The exception of a library is kept as the cause, for the log alone.
"""

from typing import ClassVar, Literal

ErrorKind = Literal["usage", "refused", "unreadable", "network", "internal"]


class ReadoutError(Exception):
    """A failure whose message is a sentence for the asker."""

    kind: ClassVar[ErrorKind] = "internal"
    exit_status: ClassVar[int] = 1

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class UsageError(ReadoutError):
    """The request can't be served as it is."""

    kind = "usage"
    exit_status = 2


class SettingsError(UsageError):
    """The settings contradict each other or lack something."""


class SourceError(ReadoutError):
    """One source could not be read; ``source`` is its address or name as the asker gave it."""

    def __init__(self, message: str, *, source: str, verdict: str) -> None:
        super().__init__(message)
        self.source = source
        self.verdict = verdict

    def __reduce__(self) -> tuple[object, ...]:
        """Lets it be pickled, whatever arguments its constructor takes."""
        return _rebuilt, (type(self), self.message, dict(self.__dict__))


class Refused(SourceError):
    """The address must not be fetched (a private network, a scheme, a port)."""

    kind = "refused"
    exit_status = 3

    def __init__(self, message: str, *, source: str) -> None:
        super().__init__(message, source=source, verdict="refused")


class Unreadable(SourceError):
    """The source was reached and holds no article; ``verdict`` names what it holds instead.

    Verdicts: consent, blocked, js_shell, login, teaser, listing, error, thin, empty, notice,
    redirect, video, not_html, encrypted, scanned, corrupt, unsupported, too_much (time or memory);
    too_many for what was not even tried.
    """

    kind = "unreadable"
    exit_status = 4


class Unreachable(SourceError):
    """The network did not bring the source: no address, no answer, TLS, time out, HTTP 5xx (then
    ``verdict`` is error)."""

    kind = "network"
    exit_status = 5

    def __init__(self, message: str, *, source: str, verdict: str = "network") -> None:
        super().__init__(message, source=source, verdict=verdict)


class SourceFault(SourceError):
    """An unexpected error of ours; the log has the details."""

    def __init__(self, *, source: str) -> None:
        message = "Reading it failed because of an error on our side. Paste the text instead."
        super().__init__(message, source=source, verdict="fault")


def _rebuilt(kind: type[SourceError], message: str, state: dict[str, object]) -> SourceError:
    error = kind.__new__(kind, message)
    error.__dict__.update(state)
    return error


class ModelFailure(ReadoutError):
    """The model gave no answer, or an incomplete one."""


class QuotaUsedUp(ModelFailure):
    """Somebody's tokens for the day are used up; nothing has failed."""


class NotRecorded(ModelFailure):
    """The model of `readout play` only plays back answers, and has none to this."""


NO_TEXT = "There is no text in it."

NO_ANSWER = "no_answer"
"""The code of a call that Slack did not answer: it may have been carried out."""
OUT_OF_ORDER = frozenset({NO_ANSWER, "fatal_error", "internal_error", "service_unavailable"})
"""The codes of calls that failed because of a fault at Slack, which passes. They may have been
carried out."""


class SlackFailure(ReadoutError):
    """Slack rejected a call; ``code`` is Slack's own error code. ``retry_after`` is the number of
    seconds until it may be tried again, 0 if that would be of no use or isn't known."""

    def __init__(self, message: str, *, code: str, retry_after: int = 0) -> None:
        super().__init__(message)
        self.code = code
        self.retry_after = retry_after

    @property
    def is_transient(self) -> bool:
        """Whether the same call may succeed later: Slack is out of order, or asks to wait."""
        return self.code in OUT_OF_ORDER or self.retry_after > 0
