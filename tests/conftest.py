"""What holds for every test: no network but loopback, nothing of the operator's settings.

An audit hook sees each connection and each look-up of a name, whichever library asks for it.
"""

import os
import sys
from ipaddress import ip_address

import pytest
from hypothesis import settings

settings.register_profile("readout", deadline=None)
settings.load_profile("readout")

_PREFIXES = ("OPENAI_", "SLACK_", "READOUT_")


class NetworkRefusedError(OSError):
    """A test reached for an address outside this machine."""


def pytest_configure() -> None:
    sys.addaudithook(_loopback_only)


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith(_PREFIXES)]:
        monkeypatch.delenv(name)


def _loopback_only(event: str, args: tuple[object, ...]) -> None:
    if event in {"socket.connect", "socket.sendto"} and isinstance(args[1], tuple):
        _refuse_unless_loopback(args[1][0])
    elif event == "socket.getaddrinfo":
        _refuse_unless_loopback(args[0])


def _refuse_unless_loopback(host: object) -> None:
    name = host.decode() if isinstance(host, bytes) else str(host or "localhost")
    if not _is_loopback(name):
        raise NetworkRefusedError(f"a test may not reach {name}")


def _is_loopback(host: str) -> bool:
    try:
        address = ip_address(host.partition("%")[0])
    except ValueError:
        return host == "localhost"
    return address.is_loopback or address.is_unspecified
