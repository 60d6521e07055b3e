"""The house stays as it was drawn: short functions, few vendors, no cycles, contracts that bite."""

import ast
import re
import shutil
import subprocess
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from graphlib import TopologicalSorter
from importlib.metadata import packages_distributions
from itertools import pairwise
from pathlib import Path
from statistics import median

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "bot"
FILES = sorted(PACKAGE.rglob("*.py"))

VENDORS = {
    "bot": set(),
    "bot/runtime/bootstrap.py": set(),
    "bot/briefing": {
        "babel", "pydantic", "sentencex", "stopwordsiso", "unicode_rbnf",
    },
    "bot/cli/main.py": {"typer"},
    "bot/cli/main.py": {"typer"},
    "bot/cli/main.py": {"typer"},
    "bot/commands": {"pydantic"},
    "sandbox/demo.py": {"pydantic"},
    "evals/command.py": {"typer"},
    "bot/export": {"docx"},
    "bot/evaluation": set(),
    "bot/doctor": {"aiohttp", "openai", "platformdirs", "psycopg", "pydantic", "slack_sdk"},
    "bot/operations/health.py": {"aiohttp", "prometheus_client", "yarl"},
    "bot/service/metrics.py": {"prometheus_client"},
    "bot/operations/health.py": {"pydantic"},
    "bot/jobs": {"dbos", "sqlalchemy"},
    "bot/llm": {"httpx2", "jiter", "openai", "platformdirs", "pydantic", "tiktoken"},
    "bot/local": {"aiohttp"},
    "bot/runtime/worker.py": set(),
    "bot/operations/logs.py": {"structlog"},
    "bot/runtime/listener.py": {"sqlalchemy"},
    "bot/operations/settings.py": {"dotenv", "platformdirs", "pydantic", "pydantic_settings"},
    "bot/slack": {"aiohttp", "aiolimiter", "slack_bolt", "slack_sdk"},
    "bot/sources": {
        "aiohttp", "cchardet", "docx", "fasttext", "idna", "lxml", "pypdfium2", "tld",
        "trafilatura", "yarl",
    },
    "bot/storage": {"aiosqlite", "alembic", "psycopg", "pydantic", "sqlalchemy"},
    "bot/cli/terminal.py": {"rich"},
    "bot/operations/tracing.py": {"opentelemetry"},
    "sandbox/playground.py": set(),
    "sandbox/recorded.py": {"aiohttp"},
    "bot/cli/main.py": {"typer"},
    "bot/cli/main.py": {"rich", "typer"},
}  # fmt: skip
"""Who may import which library of others; the longest matching place counts."""

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Defined:
    """A function and where it stands."""

    place: str
    node: Function

    @property
    def body(self) -> list[ast.stmt]:
        """Its statements without the docstring."""
        return self.node.body[1:] if ast.get_docstring(self.node) else self.node.body

    @property
    def lines(self) -> int:
        """How many lines its body has."""
        if not self.body:
            return 0
        return (self.body[-1].end_lineno or 0) - self.body[0].lineno + 1


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def functions() -> list[Defined]:
    return [
        Defined(f"{path.relative_to(ROOT)}:{node.lineno} {node.name}", node)
        for path in FILES
        for node in ast.walk(tree(path))
        if isinstance(node, Function)
    ]


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


def test_the_median_function_body_is_under_8_lines() -> None:
    assert median(function.lines for function in functions()) < 8


def test_no_function_body_is_over_40_lines() -> None:
    assert [each.place for each in functions() if each.lines > 40] == []


def test_no_module_imports_itself_by_a_detour() -> None:
    graph = {module_name(path): set(imported(path)) & MODULES for path in FILES}

    TopologicalSorter(graph).prepare()


@pytest.mark.parametrize("word", ["utils", "util", "helper", "helpers", "manager", "misc"])
def test_no_name_says_nothing(word: str) -> None:
    named = [str(path.relative_to(ROOT)) for path in FILES]
    named += [
        node.name
        for path in FILES
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ClassDef | Function)
    ]

    assert [name for name in named if word in _words(name)] == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_each_place_imports_its_own_vendors_alone(path: Path) -> None:
    tops = {name.partition(".")[0] for name in imported(path)}

    assert tops - sys.stdlib_module_names - {"bot"} <= allowed_vendors(path)


def test_what_is_imported_is_declared() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["otel"]]
    declared = {_canonical(re.split(r"[^\w-]", each)[0]) for each in wanted}
    belongs_to = packages_distributions()
    tops = {name.partition(".")[0] for path in FILES for name in imported(path)}
    vendors = tops - sys.stdlib_module_names - {"bot"}

    # python-dotenv is a part of pydantic-settings in all but name.
    assert {
        name
        for name in vendors - {"dotenv"}
        if not declared & {_canonical(each) for each in belongs_to.get(name, [])}
    } == set()


def test_no_function_is_called_once_and_shorter_than_its_call() -> None:
    """One statement, used in one place, and written there in more characters than it has."""
    calls = [node for path in FILES for node in ast.walk(tree(path)) if isinstance(node, ast.Call)]
    uses = Counter(name for path in FILES for name in _used(tree(path)))
    longest = {name: len(ast.unparse(call)) for call in calls if (name := _called(call))}

    assert [
        each.place
        for each in functions()
        if uses[each.node.name] == 1
        and len(each.body) == 1
        and isinstance(each.body[0], ast.Return)
        and each.body[0].value is not None
        and len(ast.unparse(each.body[0].value)) < longest.get(each.node.name, 0)
    ] == []


LATE = {
    "bot/runtime/bootstrap.py",  # a command waits for its own neighbours alone
    "bot/briefing/lexicon/__init__.py",  # the words of all languages, until some are needed
    "bot/runtime/listener.py",  # Word documents, until somebody exports
    "bot/sources/on_demand.py",  # fetching and parsing, until a page or file is read
    "bot/storage/database.py",  # migrations, until tables are missing
}
"""Where something is imported once it is needed, because it would make each start longer
or an idle process larger."""


def test_what_is_imported_inside_functions_is_so_where_a_start_would_wait_for_it() -> None:
    found = {
        path.relative_to(ROOT).as_posix()
        for path in FILES
        for node in ast.walk(tree(path))
        if isinstance(node, Function)
        for inner in ast.walk(node)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    }

    assert found == LATE


def test_every_module_says_what_it_answers() -> None:
    assert [str(path) for path in FILES if not ast.get_docstring(tree(path))] == []


VIOLATIONS = {
    "bot/briefing/seeded.py": "import bot.service.ports\nimport openai\n",
    "bot/llm/seeded.py": "import sqlalchemy\n",
    "bot/local/seeded.py": "import bot.briefing\n",
    "bot/slack/seeded.py": "import bot.storage\n",
    "bot/sources/seeded.py": "import slack_bolt\nimport slack_sdk\nimport openai\n",
    "bot/storage/seeded.py": "import dbos\n",
}
"""At least one for each contract."""


def test_the_import_contracts_hold() -> None:
    verdicts = _contract_verdicts(ROOT)

    assert verdicts
    assert set(verdicts.values()) == {"KEPT"}


def test_every_import_contract_breaks_when_it_is_violated(tmp_path: Path) -> None:
    shutil.copytree(PACKAGE, tmp_path / "bot", ignore=shutil.ignore_patterns("__pycache__"))
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


def _used(module: ast.Module) -> Iterator[str]:
    for node in ast.walk(module):
        if isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, ast.Attribute):
            yield node.attr


def _called(call: ast.Call) -> str | None:
    match call.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return None


def _words(name: str) -> set[str]:
    """The words of a file's path or of a name in either style."""
    spaced = "".join(f" {b}" if a.islower() and b.isupper() else b for a, b in pairwise(f" {name}"))
    return set(spaced.lower().replace("/", " ").replace("_", " ").replace(".", " ").split())
