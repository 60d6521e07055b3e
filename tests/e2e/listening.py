"""Listening processes forked from one that has already imported everything: importing took most of
the processor time of a bot in these tests."""

import multiprocessing
import socket
from multiprocessing import forkserver

from bot.runtime.listener_process import StartedProcess, _listen, _start

_IMPORTED = forkserver.ForkServer()
_IMPORTED.set_forkserver_preload(["bot.runtime.listener"])


def forked_listener() -> StartedProcess:
    """Start a listening process, which waits for its settings."""
    ours, theirs = socket.socketpair()
    process = multiprocessing.get_context("forkserver").Process(target=_listen, args=(theirs,))
    # The fork server for the parsers of sources must not import it.
    parsers_connection = forkserver.connect_to_new_process
    forkserver.connect_to_new_process = _IMPORTED.connect_to_new_process
    try:
        return _start(process, ours, theirs)
    finally:
        forkserver.connect_to_new_process = parsers_connection
