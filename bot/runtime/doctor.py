"""What is missing or wrong in this installation, and how to fix it."""

import difflib
import sqlite3
import tempfile
from contextlib import closing
from importlib.util import find_spec
from pathlib import Path

import psycopg
from openai import (
    APIConnectionError,
    APIStatusError,
    AsyncOpenAI,
    AuthenticationError,
    OpenAIError,
    PermissionDeniedError,
)

from bot.operations.settings import Settings
from bot.operations.trial import Trial, load
from bot.runtime.findings import Finding, credential_findings, style_findings
from bot.runtime.slack_tokens import token_findings
from bot.service.ports import Judge
from bot.storage.tables import VERSION

_TIMEOUT_S = 10
_SUBJECT = "READOUT_DATABASE_URL"
_SQLITE = "sqlite:///"
_FIRST_BYTES = b"SQLite format 3\0"  # https://www.sqlite.org/fileformat.html
_VERSION = "SELECT version_num FROM alembic_version"


async def database_findings(settings: Settings) -> list[Finding]:
    """Whether the file, or the server's schema, can be written; and whose tables it has."""
    if settings.database_url.startswith(_SQLITE):
        return _file(Path(settings.database_url.removeprefix(_SQLITE)))
    return await _server(settings.database_url)


def _file(path: Path) -> list[Finding]:
    try:
        beginning = _beginning(path)
    except OSError:
        message = f"{path} is not writable. Set {_SUBJECT} to a path that is."
        return [Finding(_SUBJECT, "mend", message)]
    if beginning not in {b"", _FIRST_BYTES}:
        message = f"{path} is not a Readout database. Set {_SUBJECT} to another file."
        return [Finding(_SUBJECT, "mend", message)]
    can_be = Finding(_SUBJECT, "good", f"{path} is writable.")
    return [can_be, *_held(_version_in(path) if beginning else None)]


def _beginning(path: Path) -> bytes:
    """The first bytes of a file that can be written; none where it could be made."""
    if path.exists():
        with path.open("r+b") as file:
            return file.read(len(_FIRST_BYTES))
    folder = next(parent for parent in path.absolute().parents if parent.exists())
    with tempfile.TemporaryFile(dir=folder):
        return b""


def _version_in(path: Path) -> str | None:
    address = f"{path.absolute().as_uri()}?mode=ro"
    try:
        with closing(sqlite3.connect(address, timeout=_TIMEOUT_S, uri=True)) as connection:
            row = connection.execute(_VERSION).fetchone()
    except sqlite3.Error:
        return None
    return str(row[0]) if row else None


async def _server(address: str) -> list[Finding]:
    question = "SELECT has_schema_privilege(current_schema(), 'CREATE')"
    made = "SELECT to_regclass('alembic_version') IS NOT NULL"
    try:
        async with await psycopg.AsyncConnection.connect(
            address, connect_timeout=_TIMEOUT_S
        ) as connection:
            may_create = await (await connection.execute(question)).fetchone()
            has_tables = await (await connection.execute(made)).fetchone()
            is_made = bool(has_tables and has_tables[0])
            row = await (await connection.execute(_VERSION)).fetchone() if is_made else None
    except psycopg.Error:
        message = (
            f"The database server can't be used. Check that it is running, and check {_SUBJECT}."
        )
        return [Finding(_SUBJECT, "mend", message)]
    if not (may_create and may_create[0]):
        message = "The database user isn't allowed to create tables. Grant it CREATE on its schema."
        return [Finding(_SUBJECT, "mend", message)]
    answers = Finding(_SUBJECT, "good", "The database server is up, and tables can be created.")
    return [answers, *_held(str(row[0]) if row else None)]


def _held(version: str | None) -> list[Finding]:
    """What there is to say of a database with the tables of ``version``; None: it has none."""
    if version is None:
        return []
    if version == VERSION:
        return [Finding(_SUBJECT, "good", f"Its tables are up to date ({VERSION}).")]
    if version < VERSION:
        message = (
            f"Its tables are from an earlier version ({version}). readout serve upgrades them to "
            f"{VERSION}, which can't be undone: make a backup first, with readout backup."
        )
        return [Finding(_SUBJECT, "note", message)]
    message = (
        f"A newer Readout has used it (its tables are at {version}, ours at {VERSION}). Install "
        f"that version, or set {_SUBJECT} to another database."
    )
    return [Finding(_SUBJECT, "mend", message)]


SUBJECT = "READOUT_SECOND_OPINION"


def judge_findings(settings: Settings, judge: Judge | None) -> list[Finding]:
    """Whether lines are judged, by whom, and what is known of how well. ``judge`` is None where
    none was set."""
    if not settings.has_model:
        return []
    if settings.second_opinion == "off":
        message = (
            "READOUT_SECOND_OPINION is off in the environment or .env, so only rules check what "
            "a model writes. Remove it to have every line judged."
        )
        return [Finding(SUBJECT, "note", message)]
    if judge is None:
        return []
    trial = load(judge.model, judge.prompt)
    if trial is None:
        message = (
            f"{judge.model} judges every line. `readout doctor --model` measures how well, in a "
            "minute or two."
        )
        return [Finding(SUBJECT, "note", message)]
    return [trial_finding(trial)]


def trial_finding(trial: Trial) -> Finding:
    """What came of a trial, and the one thing to do about it."""
    tokens, part = trial.tokens, trial.share_of_a_briefing
    cost = "" if trial.cost_usd is None else f" (${trial.cost_usd * part:.4f})"
    told = [
        f"On {trial.day} {trial.model} caught {trial.caught} wrong lines and wrongly stopped",
        f"{trial.stopped} correct ones, in {trial.seconds:.0f} s and {tokens:,} tokens.",
        f"Judging a standard briefing takes about {tokens * part:,.0f} tokens{cost}.",
    ]
    if trial.unjudged:
        told.append(f"It left {trial.unjudged} lines unjudged.")
    if trial.is_unfit:
        advice = "It is too weak to be used: set READOUT_SECOND_OPINION_MODEL to a stronger model."
        return Finding(SUBJECT, "mend", " ".join([*told, advice]))
    if trial.weak_in:
        told.append(f"Weak spots: {', '.join(trial.weak_in)}.")
    return Finding(SUBJECT, "good", " ".join([*told, "Keep it on."]))


_SHOWN = 8  # a hosted endpoint lists a hundred


async def model_findings(settings: Settings) -> list[Finding]:
    """What `GET /models` says about the endpoint and the models that were named."""
    if not settings.has_model:
        message = (
            "No model is used: lines are quoted from the source, and no text leaves this machine."
        )
        return [Finding("READOUT_ENGINE", "note", message)]
    if settings.openai_api_key is None and settings.openai_base_url is None:
        message = (
            "READOUT_ENGINE is openai, but neither OPENAI_API_KEY nor OPENAI_BASE_URL is set. Set "
            "one, or READOUT_ENGINE=extractive."
        )
        return [Finding("READOUT_ENGINE", "mend", message)]
    address = settings.openai_base_url or "OpenAI's endpoint"
    named = {
        "OPENAI_MODEL": settings.openai_model,
        "READOUT_FALLBACK_MODEL": settings.fallback_model,
        "READOUT_SECOND_OPINION_MODEL": settings.second_opinion_model,
    }
    offered: list[str] = []
    try:
        offered = await _offered(settings)
    except OpenAIError as error:
        findings = [_failed(error, address)]
    else:
        findings = [Finding("OPENAI_BASE_URL", "good", f"{address} answers.")]
        findings += [_model(name, model, offered) for name, model in named.items() if model]
    if not settings.openai_model:
        message = f"OPENAI_MODEL is not set. {_choice(offered)}".strip()
        findings.insert(1, Finding("OPENAI_MODEL", "mend", message))
    return findings


async def _offered(settings: Settings) -> list[str]:
    key = settings.openai_api_key
    async with AsyncOpenAI(
        api_key=key.get_secret_value() if key else "none",
        base_url=settings.openai_base_url,
        timeout=_TIMEOUT_S,
        max_retries=0,
    ) as client:
        page = await client.models.list()
    return sorted(model.id for model in page.data or [])


def _failed(error: OpenAIError, address: str) -> Finding:
    if isinstance(error, AuthenticationError | PermissionDeniedError):
        message = f"{address} rejected OPENAI_API_KEY. Check the key and its permissions."
        return Finding("OPENAI_API_KEY", "mend", message)
    if isinstance(error, APIConnectionError):
        message = (
            f"{address} is not responding. Check that it is running, and check OPENAI_BASE_URL."
        )
        return Finding("OPENAI_BASE_URL", "mend", message)
    status = error.status_code if isinstance(error, APIStatusError) else "not JSON"
    message = f"{address} did not list its models ({status}). Check OPENAI_BASE_URL: it mostly "
    return Finding("OPENAI_BASE_URL", "mend", message + "ends in /v1.")


def _choice(offered: list[str]) -> str:
    more = ", …" if len(offered) > _SHOWN else ""
    return f"The endpoint offers {', '.join(offered[:_SHOWN])}{more}." if offered else ""


def _model(name: str, model: str, offered: list[str]) -> Finding:
    if model in offered:
        return Finding(name, "good", f"{model} is available.")
    near = difflib.get_close_matches(model, offered, n=1)
    hint = f"Did you mean {near[0]}?" if near else _choice(offered)
    return Finding(name, "mend", f"{name} is {model}, which the endpoint does not offer. {hint}")


_PORT, _HOST, _TRACING = "READOUT_METRICS_PORT", "READOUT_METRICS_HOST", "READOUT_TRACING"


def watching_findings(settings: Settings) -> list[Finding]:
    """What there is to say of metrics and traces; nothing where neither is switched on."""
    findings: list[Finding] = []
    if settings.metrics_port is not None:
        findings.append(_metrics(settings, settings.metrics_port))
    if settings.tracing == "on" and find_spec("opentelemetry") is None:
        message = "Tracing is on but OpenTelemetry is missing: pip install 'readout[otel]'."
        findings.append(Finding(_TRACING, "mend", message))
    return findings


def _metrics(settings: Settings, port: int) -> Finding:
    places = (
        f"Health and metrics are served at {settings.metrics_host}, ports {port} and {port + 1}"
    )
    if settings.are_metrics_local:
        return Finding(_PORT, "good", f"{places}, for this machine only.")
    message = f"{places}, without a password. Make sure strangers can't reach them."
    return Finding(_HOST, "note", message)


async def examine(settings: Settings, judge: Judge | None = None) -> list[Finding]:
    """Return what was found, asking Slack, the model's endpoint and the database. ``judge`` is the
    one that is configured."""
    first_sight = credential_findings(settings)
    wrong = frozenset(finding.subject for finding in first_sight)
    return [
        *first_sight,
        *await token_findings(settings, wrong),
        *await model_findings(settings),
        *judge_findings(settings, judge),
        *await database_findings(settings),
        *watching_findings(settings),
        *style_findings(),
    ]
