"""The doctor reports what is wrong and how to fix it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from aiohttp import web
from pydantic import SecretStr
from sqlalchemy import text

from bot.operations.settings import Settings
from bot.runtime.doctor import examine, watching_findings
from bot.runtime.findings import Finding, credential_findings
from bot.service import prompt_files, styles
from bot.slack.manifest import OPTIONAL, SCOPES
from bot.storage.database import open_database
from sandbox.slack import Fault, LocalSlack, Rules
from sandbox.slack.state import ANY, DEFAULT_SCOPES

CLOSED = "http://127.0.0.1:9/"


def to_mend(findings: list[Finding]) -> dict[str, str]:
    """The messages of what has to be fixed, by subject."""
    return {each.subject: each.message for each in findings if each.state == "mend"}


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Nothing configured but the path of the database."""
    monkeypatch.chdir(tmp_path)
    return Settings(database_url=f"sqlite:///{tmp_path}/new/readout.db")


def with_slack(settings: Settings, slack: LocalSlack) -> Settings:
    changes = {
        "slack_api_base_url": slack.api_url,
        "slack_bot_token": SecretStr(slack.bot_token),
        "slack_app_token": SecretStr(slack.app_token),
    }
    return settings.model_copy(update=changes)


def with_model(settings: Settings, url: str, model: str | None) -> Settings:
    return settings.model_copy(update={"openai_base_url": url, "openai_model": model})


@asynccontextmanager
async def endpoint(answer: dict[str, object], status: int = 200) -> AsyncIterator[str]:
    """Serve this answer to `GET /v1/models`; yields the address."""

    async def models(_request: web.Request) -> web.Response:
        return web.json_response(answer, status=status)

    application = web.Application()
    application.router.add_get("/v1/models", models)
    runner = web.AppRunner(application)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}/v1"
    await runner.cleanup()


def offering(*models: str) -> dict[str, object]:
    listed = [{"id": model, "object": "model", "created": 0, "owned_by": "x"} for model in models]
    return {"object": "list", "data": listed}


async def test_with_nothing_configured_only_slack_needs_fixing(settings: Settings) -> None:
    found = await examine(settings)

    assert list(to_mend(found)) == ["SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"]
    assert "readout manifest" in to_mend(found)["SLACK_BOT_TOKEN"]
    assert [each.state for each in found if each.subject == "READOUT_ENGINE"] == ["note"]


async def test_with_everything_configured_nothing_needs_fixing(settings: Settings) -> None:
    async with LocalSlack.running() as slack, endpoint(offering("m-1")) as url:
        found = await examine(with_model(with_slack(settings, slack), url, "m-1"))

    assert to_mend(found) == {}
    assert {each.subject for each in found if each.state == "good"} == {
        "SLACK_BOT_TOKEN",
        "Slack scopes",
        "Styles",
        "SLACK_APP_TOKEN",
        "OPENAI_BASE_URL",
        "OPENAI_MODEL",
        "READOUT_DATABASE_URL",
    }


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        pytest.param({"slack_bot_token": "xoxp-1"}, "SLACK_BOT_TOKEN", id="a-person's-token"),
        pytest.param({"slack_app_token": "xoxb-1"}, "SLACK_APP_TOKEN", id="tokens-swapped"),
        pytest.param(
            {"slack_mode": "http", "slack_signing_secret": None},
            "SLACK_SIGNING_SECRET",
            id="no-secret-in-http-mode",
        ),
    ],
)
def test_a_token_of_the_wrong_kind_is_reported_without_asking_slack(
    changes: dict[str, str | None], wrong: str
) -> None:
    right = {
        "slack_bot_token": "xoxb-1",
        "slack_app_token": "xapp-1",
        "slack_signing_secret": "secret",
    }

    found = credential_findings(Settings.model_validate({**right, **changes}))

    assert list(to_mend(found)) == [wrong]


async def test_tokens_that_slack_rejects_are_named(settings: Settings) -> None:
    wrong = {"slack_bot_token": SecretStr("xoxb-no"), "slack_app_token": SecretStr("xapp-no")}
    async with LocalSlack.running() as slack:
        found = await examine(with_slack(settings, slack).model_copy(update=wrong))

    assert list(to_mend(found)) == ["SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"]
    assert "invalid_auth" in to_mend(found)["SLACK_BOT_TOKEN"]


async def test_a_missing_scope_is_named_with_what_it_is_for(settings: Settings) -> None:
    rules = Rules(scopes=DEFAULT_SCOPES - {"files:read"})
    async with LocalSlack.running(rules) as slack:
        found = await examine(with_slack(settings, slack))

    assert "files:read, to read files" in to_mend(found)["Slack scopes"]


async def test_scopes_that_slack_does_not_report_are_not_a_fault(settings: Settings) -> None:
    async with LocalSlack.running(Rules(tells_scopes=False)) as slack:
        found = await examine(with_slack(settings, slack))

    assert to_mend(found) == {}
    [finding] = [each for each in found if each.subject == "Slack scopes"]
    assert finding.state == "note"
    assert "did not say" in finding.message


@pytest.mark.parametrize("scope", OPTIONAL)
async def test_a_missing_optional_scope_is_not_a_fault(settings: Settings, scope: str) -> None:
    rules = Rules(scopes=DEFAULT_SCOPES - {scope})
    async with LocalSlack.running(rules) as slack:
        found = await examine(with_slack(settings, slack))
    states = {each.message: each.state for each in found if each.subject == "Slack scopes"}

    assert to_mend(found) == {}
    assert [state for message, state in states.items() if scope in message] == ["note"]
    assert [message for message in states if OPTIONAL[scope] in message]
    assert list(states.values()).count("good") == len(OPTIONAL) - 1


@pytest.mark.parametrize("scope", sorted(set(SCOPES) - set(OPTIONAL)))
async def test_a_missing_required_scope_has_to_be_added(settings: Settings, scope: str) -> None:
    rules = Rules(scopes=DEFAULT_SCOPES - {scope})
    async with LocalSlack.running(rules) as slack:
        found = await examine(with_slack(settings, slack))

    assert scope in to_mend(found)["Slack scopes"]


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("briefing", "The style briefing (prompts/styles/briefing.md): it needs front matter"),
        ("sports", "The plain style is missing: restore prompts/styles/briefing.md."),
    ],
)
async def test_an_invalid_style_file_is_named(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str, message: str
) -> None:
    (tmp_path / "styles").mkdir()
    (tmp_path / "styles" / f"{name}.md").write_text("Only text.", encoding="utf-8")
    monkeypatch.setattr(prompt_files, "folder", lambda: tmp_path)
    styles.known.cache_clear()
    try:
        found = to_mend(await examine(settings))
    finally:
        styles.known.cache_clear()

    assert found["Styles"].startswith(message)


async def test_an_app_token_without_its_scope_is_reported(settings: Settings) -> None:
    async with LocalSlack.running(Rules(app_scopes=frozenset())) as slack:
        found = await examine(with_slack(settings, slack))

    assert "connections:write" in to_mend(found)["SLACK_APP_TOKEN"]


async def test_a_slack_that_does_not_answer_is_reported(settings: Settings) -> None:
    async with LocalSlack.running() as slack:
        reachable = with_slack(settings, slack)

    found = await examine(reachable.model_copy(update={"slack_api_base_url": CLOSED}))

    assert list(to_mend(found)) == ["SLACK_API_BASE_URL"]


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param(Fault(page="text/html"), id="a-page"),
        pytest.param(Fault(page="text/plain"), id="words"),
        pytest.param(Fault(page="application/json"), id="broken-json"),
        pytest.param(Fault(status=503), id="out-of-order"),
    ],
)
async def test_an_answer_that_is_not_slack_s_says_nothing_about_the_tokens(
    settings: Settings, fault: Fault
) -> None:
    async with LocalSlack.running() as slack:
        slack.fail(ANY, fault, times=9)
        found = await examine(with_slack(settings, slack))

    assert list(to_mend(found)) == ["SLACK_API_BASE_URL"]


@pytest.mark.parametrize(
    ("answer", "status", "wrong"),
    [
        pytest.param({"error": {"message": "no"}}, 401, "OPENAI_API_KEY", id="wrong-key"),
        pytest.param({"error": {"message": "no"}}, 404, "OPENAI_BASE_URL", id="wrong-path"),
        pytest.param({"error": {"message": "no"}}, 503, "OPENAI_BASE_URL", id="out-of-order"),
        pytest.param(offering("m-2"), 200, "OPENAI_MODEL", id="model-not-offered"),
        pytest.param(offering(), 200, "OPENAI_MODEL", id="nothing-offered"),
    ],
)
async def test_an_unusable_endpoint_is_reported(
    answer: dict[str, object], status: int, wrong: str, settings: Settings
) -> None:
    async with endpoint(answer, status) as url:
        found = await examine(with_model(settings, url, "m-1"))

    assert wrong in to_mend(found)


async def test_a_dead_endpoint_is_reported_with_its_address(settings: Settings) -> None:
    found = await examine(with_model(settings, f"{CLOSED}v1", "m-1"))

    assert f"{CLOSED}v1 is not responding" in to_mend(found)["OPENAI_BASE_URL"]


async def test_without_a_model_name_the_offered_models_are_listed(
    settings: Settings,
) -> None:
    async with endpoint(offering("m-1", "m-2")) as url:
        found = await examine(with_model(settings, url, None))

    assert "offers m-1, m-2." in to_mend(found)["OPENAI_MODEL"]


async def test_an_engine_without_an_endpoint_is_reported(settings: Settings) -> None:
    found = await examine(settings.model_copy(update={"engine": "openai"}))

    assert "OPENAI_BASE_URL" in to_mend(found)["READOUT_ENGINE"]


async def test_examining_the_database_does_not_create_it(
    settings: Settings, tmp_path: Path
) -> None:
    await examine(settings)

    assert list(tmp_path.iterdir()) == []


async def test_a_database_path_below_a_file_is_not_writable(
    settings: Settings, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    url = f"sqlite:///{tmp_path}/file/readout.db"

    found = await examine(settings.model_copy(update={"database_url": url}))

    assert "is not writable" in to_mend(found)["READOUT_DATABASE_URL"]


async def test_a_file_of_another_kind_is_not_a_database(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("Remember the milk, always.", encoding="utf-8")
    url = f"sqlite:///{tmp_path}/notes.txt"

    found = await examine(settings.model_copy(update={"database_url": url}))

    assert "not a Readout database" in to_mend(found)["READOUT_DATABASE_URL"]


async def test_a_missing_database_server_is_reported(settings: Settings) -> None:
    url = "postgresql://me:hush@127.0.0.1:9/readout"

    found = await examine(settings.model_copy(update={"database_url": url}))

    assert "server can't be used" in to_mend(found)["READOUT_DATABASE_URL"]
    assert "hush" not in str(found)


@pytest.mark.parametrize(
    ("version", "state", "message"),
    [
        pytest.param(None, "good", "Its tables are up to date", id="today's"),
        pytest.param("0001", "note", "an earlier version (0001)", id="earlier"),
        pytest.param("9999", "mend", "A newer Readout has used it", id="newer"),
    ],
)
async def test_the_version_of_the_database_s_tables_is_reported(
    settings: Settings, address: str, version: str | None, state: str, message: str
) -> None:
    database = await open_database(address)
    if version:
        async with database.engine.begin() as connection:
            await connection.execute(text(f"UPDATE alembic_version SET version_num = '{version}'"))
    await database.close()

    found = await examine(settings.model_copy(update={"database_url": address}))

    (held,) = [finding for finding in found if message in finding.message]
    assert (held.subject, held.state) == ("READOUT_DATABASE_URL", state)


async def test_an_empty_database_server_is_fine(settings: Settings, empty_postgresql: str) -> None:
    found = await examine(settings.model_copy(update={"database_url": empty_postgresql}))
    (only,) = [finding for finding in found if finding.subject == "READOUT_DATABASE_URL"]
    assert only.state == "good"


def test_environment_variables_that_change_slack_s_library_are_reported(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SLACK_CLIENT_ID", "1.2")
    assert "SLACK_CLIENT_ID" not in to_mend(credential_findings(settings))
    monkeypatch.setenv("SLACK_CLIENT_SECRET", "hush")
    message = to_mend(credential_findings(settings))["SLACK_CLIENT_ID"]
    assert "Remove them from the environment." in message
    assert "hush" not in message


@pytest.mark.parametrize(
    ("host", "state", "message"),
    [
        ("127.0.0.1", "good", "ports 9000 and 9001, for this machine only"),
        ("::1", "good", "for this machine only"),
        ("0.0.0.0", "note", "without a password"),
    ],
)
def test_the_doctor_reports_who_can_see_the_metrics(
    settings: Settings, host: str, state: str, message: str
) -> None:
    watched = settings.model_copy(update={"metrics_port": 9000, "metrics_host": host})
    (finding,) = watching_findings(watched)

    assert finding.state == state
    assert message in finding.message
    assert watching_findings(settings) == []
