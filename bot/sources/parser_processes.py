"""Parses each page and file in a process of its own, with limits.

A page that takes too long, uses up memory or kills its process must not affect the next one. The
processes are copies of one that has loaded the parsers and does nothing else, so each starts within
milliseconds.
"""

import asyncio
import logging
import multiprocessing
import os
import resource
import signal
import threading
import traceback
from contextlib import suppress
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from pkgutil import resolve_name
from typing import Any

from bot.service.errors import ReadoutError, SourceFault, Unreadable
from bot.sources.files import FILE_KINDS

SECONDS = 15.0
"""The longest time for one page or file; a page of 5 MB takes 3 s (measured)."""

BYTES = 2_000_000_000
"""The most address space of a process, most of which is never touched."""

_TOO_MUCH = (
    "It takes too much time or memory to read. Paste the text that matters, "
    "or attach it as a plain text file."
)
_PRELOADED = [
    "bot.sources.pages",
    "bot.sources.feed_entries",
    *(kind.parser.partition(":")[0] for kind in FILE_KINDS.values()),
]

_processes = multiprocessing.get_context("forkserver")
_processes.set_forkserver_preload(_PRELOADED)
_log = logging.getLogger(__name__)


class ParserProcesses:
    """Runs parsers, at most ``count`` at a time; ``seconds`` is the time limit for each."""

    def __init__(self, count: int = 2, *, seconds: float = SECONDS) -> None:
        self._seconds = seconds
        self._places = asyncio.Semaphore(count)
        self._running: set[ForkServerProcess] = set()

    def close(self) -> None:
        for process in self._running:
            process.kill()

    async def run(self, source: str, work: str, *arguments: Any) -> Any:  # noqa: ANN401 - of any
        """Run the function ``work`` ("package.module:name") and return its result; ``source`` is
        the name of the source in errors.

        Raises:
            ReadoutError: ``work`` raised it.
            Unreadable: it took too long or too much memory.
            SourceFault: it failed in another way; the log has the details.
        """
        ours, theirs = _processes.Pipe(duplex=False)
        process = _processes.Process(target=_work, args=(theirs, work, arguments), daemon=True)
        async with self._places:
            starting = asyncio.ensure_future(asyncio.to_thread(process.start))
            try:
                await asyncio.shield(starting)
                self._running.add(process)
                theirs.close()
                receiving = asyncio.to_thread(ours.recv)
                return _raise_or_return(await asyncio.wait_for(receiving, self._seconds))
            except (MemoryError, TimeoutError) as error:
                raise _too_much(source) from error
            except EOFError as error:
                await asyncio.to_thread(process.join)
                if process.exitcode == -signal.SIGKILL:  # by the system, short of memory
                    raise _too_much(source) from error
                _log.error("a process ended while parsing: exit status %s", process.exitcode)
                raise SourceFault(source=source) from error
            except _Failure as failure:
                _log.error("parsing a source failed:\n%s", failure)
                raise SourceFault(source=source) from failure
            finally:
                await starting
                process.kill()
                self._running.discard(process)


class _Failure(Exception):
    """The traceback and the type of an error in ``work``, without its message, which may quote the
    source."""


def _raise_or_return(answer: object) -> object:
    if isinstance(answer, Exception):
        raise answer
    return answer


def _work(asker: Connection, work: str, arguments: tuple[object, ...]) -> None:
    """Run ``work`` in the new process, and send ``asker`` its result or error."""
    _limit_process()
    try:
        answer = resolve_name(work)(*arguments)
    except (ReadoutError, MemoryError) as error:
        answer = error
    except Exception as error:  # noqa: BLE001 - a parser may raise anything
        frames = "".join(traceback.format_tb(error.__traceback__))
        answer = _Failure(f"{frames}{type(error).__module__}.{type(error).__qualname__}")
    asker.send(answer)


def _too_much(source: str) -> Unreadable:
    _log.warning("a source takes too much time or memory")
    return Unreadable(_TOO_MUCH, source=source, verdict="too_much")


def _limit_process() -> None:
    """Limit this process's memory, silence its logs, which may quote a source, and end it with its
    parent."""
    logging.disable()
    with suppress(ValueError, OSError):  # some systems have no such limit
        resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
