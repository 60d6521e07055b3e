"""docs/operating.md and deploy/ agree with the code."""

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from prometheus_client import Counter, Gauge, Histogram
from typer.main import get_command

from bot.cli.main import app
from bot.operations.settings import NAMES
from bot.service import metrics

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
MANUAL = (ROOT / "docs" / "operating.md").read_text()
CONTAINER = (DEPLOY / "Containerfile").read_text()
UNITS = sorted(DEPLOY.glob("*.service"))
TOLD = [ROOT / "docs" / "operating.md", *sorted(DEPLOY.iterdir())]
SETTING = re.compile(r"\b(?:READOUT|SLACK|OPENAI)_[A-Z_]*[A-Z]\b")
# Named because they must not be set.
NOT_OURS = {"SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET"}


def commands() -> set[str]:
    return set(getattr(get_command(app), "commands", {}))


def stated(unit: Path, name: str) -> list[str]:
    """The values of ``name`` in a unit."""
    return re.findall(rf"^{name}=(.*)$", unit.read_text(), re.MULTILINE)


def test_the_image_has_every_package_and_a_valid_entry_point() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    packages = project["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]
    for package in (*packages, "prompts"):
        assert f"COPY {package} /opt/readout/app/{package}\n" in CONTAINER
    module, _, function = project["project"]["scripts"]["readout"].partition(":")
    assert f"from {module} import {function}'" in CONTAINER


@pytest.mark.parametrize("path", TOLD, ids=lambda path: path.name)
def test_every_setting_that_is_named_exists(path: Path) -> None:
    named = set(SETTING.findall(path.read_text()))
    assert named - set(NAMES) - NOT_OURS == set()


@pytest.mark.parametrize("path", TOLD, ids=lambda path: path.name)
def test_every_command_that_is_named_exists(path: Path) -> None:
    spoken = re.findall(r"(?:`|bin/|exec |# |\$ )readout ([a-z]+)\b", path.read_text())
    assert set(spoken) - commands() - {"serves"} == set()


def test_every_metric_that_is_named_exists() -> None:
    named = set(re.findall(r"\breadout_[a-z_]+", MANUAL))
    kinds = (Counter, Gauge, Histogram)
    families = [
        family
        for figure in vars(metrics).values()
        if isinstance(figure, kinds)
        for family in figure.describe()
    ]
    counted = {f"{each.name}_total" for each in families if each.type == "counter"}
    assert named - counted - {each.name for each in families if each.type != "counter"} == set()


def test_every_quoted_sentence_exists_in_the_code() -> None:
    quoted = re.findall(r"“([^”]+)”", MANUAL.partition("## What to do when")[2])
    said = " ".join(path.read_text() for path in (ROOT / "bot").rglob("*.py"))
    said = re.sub(r'"\s*f?"', "", said)  # a sentence may be written in pieces
    ours = [each for each in quoted if "did not respond" not in each]  # that one is Slack's
    assert len(ours) > 5
    for sentence in ours:
        for part in sentence.split(" … "):
            assert part in said, part


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_a_unit_starts_a_real_command_with_a_folder_of_its_own(unit: Path) -> None:
    (started,) = stated(unit, "ExecStart")
    (command,) = re.findall(r"/opt/readout/bin/readout ([a-z]+)", started)
    assert command in commands()
    (folder,) = stated(unit, "StateDirectory")
    assert f"READOUT_DATABASE_URL=sqlite:////var/lib/{folder}/readout.db" in unit.read_text()
    for protection in ("DynamicUser", "NoNewPrivileges"):
        assert stated(unit, protection) == ["yes"]
    assert stated(unit, "ProtectSystem") == ["strict"]


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="there is no systemd-analyze here")
@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_systemd_finds_nothing_wrong_with_a_unit(unit: Path, tmp_path: Path) -> None:
    installed = tmp_path / unit.name
    installed.write_text(unit.read_text().replace("/opt/readout/bin/readout", sys.executable))
    verified = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", installed], capture_output=True, check=False
    )
    assert (verified.returncode, verified.stderr.decode()) == (0, "")


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="there is no systemd-analyze here")
def test_systemd_rates_the_service_as_well_confined() -> None:
    judged = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", "--threshold=20", "--no-pager",
         DEPLOY / "readout.service"],
        capture_output=True, check=False,
    )  # fmt: skip
    assert judged.returncode == 0, judged.stdout.decode()[-300:]


def test_the_image_has_a_supported_python_and_copies_existing_files() -> None:
    stated = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["requires-python"]
    least = tuple(map(int, stated.removeprefix(">=").split(".")))
    bases = re.findall(r"^FROM docker\.io/library/python:(\d+)\.(\d+)-", CONTAINER, re.MULTILINE)
    assert len(set(bases)) == 1
    assert tuple(map(int, bases[0])) >= least
    assert len(bases) == CONTAINER.count("\nFROM ")
    copied = re.findall(r"^COPY (?!--from)(\S+) ", CONTAINER, re.MULTILINE)
    assert copied
    for path in copied:
        assert (ROOT / path).exists(), path


def test_the_image_runs_unprivileged_and_has_a_health_check() -> None:
    assert re.findall(r"^USER (\d+)$", CONTAINER, re.MULTILINE) == ["10001"]
    assert "--require-hashes" in CONTAINER
    assert re.search(r"^VOLUME /data$", CONTAINER, re.MULTILINE)
    (port,) = re.findall(r"READOUT_METRICS_PORT=(\d+)", CONTAINER)
    health = CONTAINER.partition("HEALTHCHECK")[2]
    assert f"http://127.0.0.1:{port}/healthz" in health
    assert '"/healthz"' in (ROOT / "bot" / "operations" / "health.py").read_text()
