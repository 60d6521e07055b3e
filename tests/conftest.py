"""What applies to every test: no network but loopback, and none of the operator's settings; and the
databases.

An audit hook sees each connection and each look-up of a name, whichever library asks for it.
"""

import os
import sys
from collections.abc import Iterator
from ipaddress import ip_address
from pathlib import Path

import pytest
from hypothesis import settings

from tests.postgres import new_database, running_server
from tests.templates import database_with_tables, file_with_tables

settings.register_profile("thorough", deadline=None)
settings.register_profile("readout", deadline=None, max_examples=25)
settings.load_profile("readout")

_PREFIXES = ("OPENAI_", "SLACK_", "READOUT_")


class NetworkRefusedError(OSError):
    """A test tried to reach an address outside this machine."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--pictures", metavar="FOLDER", help="Where the walk through the page puts its pictures."
    )
    parser.addoption(
        "--fresh",
        action="store_true",
        help="Fail, and don't skip, where a prompt was edited since its answers were recorded.",
    )


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run slow files first, so that no worker is left with one at the end."""
    long = {each.path for each in items if each.get_closest_marker("slow")}
    items.sort(key=lambda each: each.path not in long)


def pytest_configure() -> None:
    sys.addaudithook(_loopback_only)


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith(_PREFIXES)]:
        monkeypatch.delenv(name)


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    with running_server() as server:
        yield server


@pytest.fixture
def sqlite(tmp_path: Path) -> str:
    return file_with_tables(tmp_path / "readout.sqlite")


@pytest.fixture
def postgresql(postgres: str) -> str:
    return database_with_tables(postgres)


@pytest.fixture
def no_sqlite(tmp_path: Path) -> str:
    """The address of a file that does not exist yet."""
    return f"sqlite:///{tmp_path / 'new.sqlite'}"


@pytest.fixture
def empty_postgresql(postgres: str) -> str:
    return new_database(postgres)


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest) -> str:
    """A database with today's tables."""
    address: str = request.getfixturevalue(request.param)
    return address


@pytest.fixture(params=["no_sqlite", "empty_postgresql"], ids=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest) -> str:
    """A database without tables."""
    address: str = request.getfixturevalue(request.param)
    return address


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
