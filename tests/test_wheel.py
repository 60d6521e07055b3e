"""The wheel is the whole product, with prompts and migrations."""

import json
import os
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

from sandbox.slack.page import is_built

ROOT = Path(__file__).parents[1]
ARTICLE = (
    "Ministers met in Arland on Monday. They agreed to reopen the northern rail line by 1 June."
)

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    _python("-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT))
    return next(folder.glob("readout-*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that the wheel was installed into, without its dependencies."""
    folder = tmp_path_factory.mktemp("site")
    _python("-m", "pip", "install", "--quiet", "--no-deps", "--target", str(folder), str(wheel))
    return folder


@pytest.mark.parametrize(
    ("source", "inside"),
    [
        pytest.param("prompts", "bot/prompts", id="prompts"),
        pytest.param("bot/briefing/words", "bot/briefing/words", id="words"),
        pytest.param("evals", "evals", id="evaluation"),
        pytest.param("sandbox/samples", "sandbox/samples", id="samples"),
        pytest.param("bot/storage/migrations", "bot/storage/migrations", id="migrations"),
    ],
)
def test_data_files_are_in_the_wheel(source: str, inside: str, wheel: Path) -> None:
    here = {
        f"{inside}/{path.relative_to(ROOT / source).as_posix()}"
        for path in (ROOT / source).rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    }

    assert here
    assert here <= set(ZipFile(wheel).namelist())


@pytest.mark.skipif(not is_built(), reason="The page is not built: make page.")
def test_the_page_is_in_the_wheel_with_its_licences(wheel: Path) -> None:
    parts = {f"sandbox/slack/page/{name}" for name in ("index.html", "page.js", "licences.txt")}

    assert parts <= set(ZipFile(wheel).namelist())


def test_the_command_works_in_another_folder(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "article.txt").write_text(ARTICLE, encoding="utf-8")

    done = _python(
        str(installed / "bin" / "readout"), "brief", "article.txt", "--json",
        folder=tmp_path, path=installed,
    )  # fmt: skip

    assert json.loads(done)["documents"][0]["text"] == ARTICLE


def test_the_command_of_the_container_reads_pages(tmp_path: Path) -> None:
    containerfile = (ROOT / "deploy" / "Containerfile").read_text(encoding="utf-8")
    written = containerfile[
        containerfile.index("printf") : containerfile.index("> /opt/readout/bin/readout")
    ]
    script = subprocess.run(
        written.replace("\\\n", " "), shell=True, capture_output=True, text=True, check=True
    )
    (tmp_path / "readout").write_text(script.stdout, encoding="utf-8")
    page = (
        f"<html><body><article><h1>The rail line</h1><p>{ARTICLE * 8}</p></article></body></html>"
    )
    (tmp_path / "article.html").write_text(page, encoding="utf-8")

    done = _python(
        "readout", "brief", "article.html", "--json", folder=tmp_path, path=ROOT
    )  # its parsers run in processes that are copies of this one

    assert ARTICLE in json.loads(done)["documents"][0]["text"]


def test_the_installed_prompts_are_found(installed: Path, tmp_path: Path) -> None:
    script = "import bot; from bot.service.styles import known; print(bot.__file__, list(known()))"

    said = _python("-c", script, folder=tmp_path, path=installed)

    assert said.startswith(str(installed))
    assert "'briefing'" in said


def _python(*arguments: str, folder: Path = ROOT, path: Path | None = None) -> str:
    environment = {**os.environ, "PYTHONPATH": str(path)} if path else dict(os.environ)
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout
