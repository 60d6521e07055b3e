"""Listening processes that are copies of one which has imported everything: importing it anew was
most of what a bot of these tests took of the processor."""

import multiprocessing
import socket
from multiprocessing import forkserver

from bot.runtime.listener_process import StartedProcess, _listen, _start

_IMPORTED = forkserver.ForkServer()
_IMPORTED.set_forkserver_preload(["bot.runtime.listener"])


def copied() -> StartedProcess:
    """A listening process that waits to be told where to listen."""
    ours, theirs = socket.socketpair()
    process = multiprocessing.get_context("forkserver").Process(target=_listen, args=(theirs,))
    # The server that the parsers of sources are copies of has not imported it, and is to stay so.
    of_the_parsers = forkserver.connect_to_new_process
    forkserver.connect_to_new_process = _IMPORTED.connect_to_new_process
    try:
        return _start(process, ours, theirs)
    finally:
        forkserver.connect_to_new_process = of_the_parsers
