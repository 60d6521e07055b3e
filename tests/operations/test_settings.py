"""Settings from the environment and `.env`, and their errors."""

from itertools import pairwise
from pathlib import Path

import pytest

from bot.operations.settings import NAMES, load_settings
from bot.service.errors import SettingsError

EXAMPLE = Path(__file__).parents[2] / ".env.example"


@pytest.fixture(autouse=True)
def _empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_the_defaults_are_extractive_over_socket_mode() -> None:
    settings = load_settings()

    assert settings.active_engine == "extractive"
    assert settings.slack_mode == "socket"
    assert settings.slack_bot_token is None
    assert settings.database_url.startswith("sqlite:///")


def test_the_file_in_the_working_folder_is_read() -> None:
    Path(".env").write_text("READOUT_RETENTION_DAYS=7\nOTHER=1\n", encoding="utf-8")

    assert load_settings().retention_days == 7


def test_the_environment_overrides_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    Path(".env").write_text("READOUT_RETENTION_DAYS=7\n", encoding="utf-8")
    monkeypatch.setenv("READOUT_RETENTION_DAYS", "8")

    assert load_settings().retention_days == 8


@pytest.mark.parametrize(
    ("name", "value"),
    [("OPENAI_API_KEY", "sk-1"), ("OPENAI_BASE_URL", "http://localhost:1/v1")],
)
def test_a_key_or_an_address_selects_the_model(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)

    assert load_settings().active_engine == "openai"


def test_an_explicit_engine_overrides_the_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-1")
    monkeypatch.setenv("READOUT_ENGINE", "extractive")

    assert load_settings().active_engine == "extractive"


def test_secrets_are_not_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    secrets = {
        "SLACK_BOT_TOKEN": "xoxb-1-hush",
        "SLACK_APP_TOKEN": "xapp-1-hush",
        "SLACK_SIGNING_SECRET": "hush",
        "OPENAI_API_KEY": "sk-hush",
        "READOUT_DATABASE_URL": "postgresql://me:hush@localhost/readout",
    }
    for name, value in secrets.items():
        monkeypatch.setenv(name, value)

    assert "hush" not in repr(load_settings())


@pytest.mark.parametrize(
    ("name", "nearest"),
    [
        pytest.param("READOUT_ENGIN", "READOUT_ENGINE", id="letter-missing"),
        pytest.param("READOUT_DATABASE", "READOUT_DATABASE_URL", id="word-missing"),
        pytest.param("READOUT_FALLBACK_MODLE", "READOUT_FALLBACK_MODEL", id="letters-swapped"),
        pytest.param("READOUT_OPENAI_MODEL", "OPENAI_MODEL", id="prefix-too-many"),
    ],
)
@pytest.mark.parametrize("place", ["environment", "file"])
def test_an_unknown_setting_is_answered_with_the_nearest_name(
    name: str, nearest: str, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if place == "file":
        Path(".env").write_text(f"{name}=x\n", encoding="utf-8")
    else:
        monkeypatch.setenv(name, "x")

    with pytest.raises(SettingsError) as caught:
        load_settings()

    assert caught.value.message == f"There is no setting {name}; did you mean {nearest}?"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        pytest.param("SLACK_API_BASE_URL", "http://slack.example/api/", id="plain-http-elsewhere"),
        pytest.param("SLACK_API_BASE_URL", "http://localhost.example/", id="looks-like-loopback"),
        pytest.param("SLACK_API_BASE_URL", "slack.com/api", id="no-scheme"),
        pytest.param("READOUT_SLACK_MODE", "websocket", id="unknown-mode"),
        pytest.param("READOUT_HTTP_PORT", "0", id="port-too-small"),
        pytest.param("READOUT_HTTP_PORT", "65536", id="port-too-large"),
        pytest.param("READOUT_HTTP_PORT", "web", id="port-no-number"),
        pytest.param("READOUT_ENGINE", "gpt", id="unknown-engine"),
        pytest.param("OPENAI_BASE_URL", "localhost:8080/v1", id="endpoint-without-scheme"),
        pytest.param("READOUT_SECOND_OPINION", "maybe", id="neither-on-nor-off"),
        pytest.param("READOUT_PRICE_INPUT", "-1", id="negative-price"),
        pytest.param("READOUT_PRICE_OUTPUT", "nan", id="price-no-number"),
        pytest.param("READOUT_DATABASE_URL", "mysql://localhost/readout", id="other-database"),
        pytest.param("READOUT_DATABASE_URL", "sqlite+aiosqlite:///x.db", id="driver-in-it"),
        pytest.param("READOUT_DATABASE_URL", "sqlite://", id="no-path"),
        pytest.param("READOUT_RETENTION_DAYS", "0", id="no-retention"),
        pytest.param("READOUT_CHANNELS", "#news", id="name-of-a-channel"),
        pytest.param("READOUT_CHANNELS", "C0123456789 C0987654321", id="no-comma"),
        pytest.param("READOUT_SETTINGS_BY", "anybody", id="nobody-we-know"),
        pytest.param("READOUT_FETCH_ALLOW", "http://wiki.local", id="address-for-host"),
        pytest.param("READOUT_FETCH_ALLOW", "wiki.local:http", id="port-by-name"),
        pytest.param("READOUT_FETCH_ALLOW", "wiki.local/page", id="path-in-host"),
    ],
)
def test_an_invalid_value_is_reported_with_its_setting(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)

    with pytest.raises(SettingsError, match=f"^{name} must be "):
        load_settings()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        pytest.param("SLACK_API_BASE_URL", "http://127.0.0.1:9/api/", id="loopback-v4"),
        pytest.param("SLACK_API_BASE_URL", "http://[::1]:9/api/", id="loopback-v6"),
        pytest.param("SLACK_API_BASE_URL", "https://slack-gov.com/api/", id="another-slack"),
        pytest.param("READOUT_DATABASE_URL", "sqlite:///readout.db", id="relative-file"),
        pytest.param("READOUT_DATABASE_URL", "postgresql://localhost/readout", id="postgresql"),
        pytest.param("READOUT_FETCH_ALLOW", "", id="empty-is-not-set"),
        pytest.param("READOUT_PRICE_INPUT", "", id="empty-price"),
    ],
)
def test_a_valid_value_is_accepted(name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Loading the settings raises no error."""
    monkeypatch.setenv(name, value)

    load_settings()


def test_allowed_hosts_are_separated_by_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("READOUT_FETCH_ALLOW", "Wiki.local, 10.0.0.7:8080,,[fd00::1]:80")

    assert load_settings().fetch_allow == ("wiki.local", "10.0.0.7:8080", "[fd00::1]:80")


def test_channels_are_separated_by_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("READOUT_CHANNELS", "C0123456789, G0987654321,")

    assert load_settings().channels == ("C0123456789", "G0987654321")


def test_one_price_without_the_other_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("READOUT_PRICE_INPUT", "2.5")

    with pytest.raises(SettingsError, match="READOUT_PRICE_OUTPUT"):
        load_settings()


def test_the_example_lists_exactly_the_settings() -> None:
    lines = EXAMPLE.read_text(encoding="utf-8").splitlines()
    set_or_not = [line.removeprefix("#") for line in lines if "=" in line and line[:2] != "# "]
    listed = [line.partition("=")[0] for line in set_or_not]

    assert sorted(listed) == sorted(NAMES)


def test_every_setting_of_the_example_has_a_comment() -> None:
    lines = EXAMPLE.read_text(encoding="utf-8").splitlines()

    for above, line in pairwise(lines):
        if line[:1].isupper():
            assert above.startswith("# ")


def test_the_unchanged_example_means_the_defaults() -> None:
    defaults = load_settings()
    Path(".env").write_bytes(EXAMPLE.read_bytes())

    assert load_settings() == defaults
