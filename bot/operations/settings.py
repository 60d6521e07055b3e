"""The operator's settings, from the environment and from `.env` in the working folder.

The names are those of `.env.example`. Each description below is used in the error for a wrong
value: "NAME must be DESCRIPTION". Empty values count as not set, so that the example can be copied
and filled in.
"""

import difflib
import os
import re
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import unquote, urlsplit

from dotenv import dotenv_values
from platformdirs import user_data_path
from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.briefing.lines import EXTRACTIVE
from bot.service.engines import APIS, ENGINES
from bot.service.errors import SettingsError

DOTENV = ".env"
PREFIX = "READOUT_"
_CHANNEL = re.compile(r"[CG][A-Z0-9]{2,}")


def _web_address(value: str) -> str:
    address = urlsplit(value)
    if address.scheme not in {"http", "https"} or not address.hostname:
        raise ValueError
    return value


def _encrypted_or_loopback(value: str) -> str:
    address = urlsplit(_web_address(value))
    if address.scheme == "http" and not _is_loopback(address.hostname or ""):
        raise ValueError
    return value


def _engine(value: str) -> str:
    if value not in ENGINES:
        raise ValueError(value)
    return value


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _database_address(value: str) -> str:
    address = urlsplit(value)
    if address.scheme not in {"sqlite", "postgresql"} or address.path in {"", "/"}:
        raise ValueError
    return value


def _split_list(value: str | tuple[str, ...]) -> tuple[str, ...]:
    parts = value.split(",") if isinstance(value, str) else value
    return tuple(part.strip() for part in parts if part.strip())


def _hosts(value: str | tuple[str, ...]) -> tuple[str, ...]:
    hosts = tuple(host.lower() for host in _split_list(value))
    if not all(map(_is_host, hosts)):
        raise ValueError
    return hosts


def _channels(value: str | tuple[str, ...]) -> tuple[str, ...]:
    channels = _split_list(value)
    if not all(map(_CHANNEL.fullmatch, channels)):
        raise ValueError
    return channels


def _is_host(text: str) -> bool:
    address = urlsplit(f"//{text}")
    try:
        return bool(address.hostname) and address.netloc == text and address.port != 0
    except ValueError:  # a port that isn't a number
        return False


def _database_in_the_data_folder() -> str:
    return f"sqlite:///{user_data_path('readout') / 'readout.db'}"


def _variable_name(field: str) -> str:
    """The environment variable for a field; Slack's and OpenAI's variables have no prefix."""
    name = field.upper()
    return name if name.startswith(("SLACK_", "OPENAI_")) else f"{PREFIX}{name}"


_ModelName = Annotated[
    str | None, Field(description="the name of a model that the endpoint offers")
]
_Switch = Annotated[Literal["off", "on"], Field(description="on or off")]
_TokensADay = Annotated[int | None, Field(ge=0, description="a whole number of tokens")]
_Price = Annotated[float | None, Field(ge=0, allow_inf_nan=False)]


class Settings(BaseSettings):
    """All settings, with defaults for those that aren't set."""

    model_config = SettingsConfigDict(
        env_file=DOTENV,
        alias_generator=_variable_name,
        env_ignore_empty=True,
        case_sensitive=True,
        extra="ignore",
        frozen=True,
        validate_by_name=True,
    )

    slack_bot_token: SecretStr | None = Field(
        None, description="the bot token of the Slack app (xoxb-…)"
    )
    slack_app_token: SecretStr | None = Field(
        None, description="the app-level token of the Slack app (xapp-…)"
    )
    slack_signing_secret: SecretStr | None = Field(
        None, description="the signing secret of the Slack app"
    )
    slack_api_base_url: Annotated[str, AfterValidator(_encrypted_or_loopback)] = Field(
        "https://slack.com/api/",
        description="an https address, or a plain http one on this machine",
    )
    slack_mode: Literal["socket", "http"] = Field(
        "socket", alias="READOUT_SLACK_MODE", description="socket or http"
    )
    channels: Annotated[tuple[str, ...], NoDecode, BeforeValidator(_channels)] = Field(
        (), description="channel IDs such as C0123456789, separated by commas"
    )
    settings_by: Literal["admins", "everybody"] = Field("admins", description="admins or everybody")
    http_port: int = Field(3000, ge=1, le=65535, description="a port from 1 to 65535")

    engine: Annotated[str, AfterValidator(_engine)] | None = Field(
        None, description=" or ".join(ENGINES)
    )
    openai_api_key: SecretStr | None = Field(None, description="the key of the model's endpoint")
    openai_base_url: Annotated[str, AfterValidator(_web_address)] | None = Field(
        None, description="an http or https address such as http://localhost:8080/v1"
    )
    openai_model: _ModelName = None
    fallback_model: _ModelName = None
    second_opinion: _Switch = "on"
    second_opinion_model: _ModelName = None
    model_window: int = Field(
        128_000, ge=2_000, description="a whole number of tokens, at least 2000"
    )
    model_calls: int = Field(
        16, ge=1, description="a whole number of requests at a time, at least 1"
    )
    deadline: int = Field(120, ge=0, description="a whole number of seconds, 0 for none")
    tokens_per_person: _TokensADay = Field(None, alias="READOUT_TOKENS_PER_PERSON_A_DAY")
    tokens_per_workspace: _TokensADay = Field(None, alias="READOUT_TOKENS_PER_WORKSPACE_A_DAY")
    price_input: _Price = Field(None, description="a number, US dollars for a million tokens read")
    price_output: _Price = Field(
        None, description="a number, US dollars for a million tokens written"
    )

    database_url: Annotated[str, AfterValidator(_database_address)] = Field(
        default_factory=_database_in_the_data_folder,
        repr=False,  # it may hold a password
        description="sqlite:///PATH or postgresql://USER:PASSWORD@HOST/NAME",
    )
    retention_days: int = Field(30, ge=1, description="a whole number of days, at least 1")
    fetch_allow: Annotated[tuple[str, ...], NoDecode, BeforeValidator(_hosts)] = Field(
        (), description="hosts with or without a port, with commas between them"
    )
    log_level: Literal["debug", "info", "warning"] = Field(
        "info", description="debug, info or warning"
    )
    metrics_port: int | None = Field(
        None,
        ge=1,
        le=65534,  # the one after it is taken as well
        description="a port from 1 to 65534",
    )
    metrics_host: str = Field("127.0.0.1", description="an address of this machine")
    tracing: _Switch = "off"

    @property
    def active_engine(self) -> str:
        """The engine that is set, or else the one that the model's settings imply."""
        has_endpoint = self.openai_api_key is not None or self.openai_base_url is not None
        return self.engine or (self.api if has_endpoint else EXTRACTIVE)

    @property
    def api(self) -> str:
        """The API of the model's endpoint, even if no model is used."""
        return self.engine if self.engine and self.engine in APIS else "openai"

    @property
    def has_model(self) -> bool:
        """Whether a model writes."""
        return self.active_engine != EXTRACTIVE

    @property
    def are_metrics_local(self) -> bool:
        """Whether health and metrics are served to this machine only."""
        return _is_loopback(self.metrics_host)

    @property
    def secrets(self) -> tuple[str, ...]:
        """What must not be logged: tokens, keys, and the password of the database."""
        values = [getattr(self, name) for name in type(self).model_fields]
        hidden = [each.get_secret_value() for each in values if isinstance(each, SecretStr)]
        password = urlsplit(self.database_url).password
        return (*hidden, unquote(password), password) if password else tuple(hidden)


NAMES = tuple(str(field.alias) for field in Settings.model_fields.values())


def load_settings() -> Settings:
    """The settings from the environment and from `.env` in the working folder.

    Raises:
        SettingsError: values are invalid, or `READOUT_` names unknown; the message has a sentence
            for each.
    """
    faults = [_unknown_name(name) for name in _names_set() if name not in NAMES]
    if faults:
        raise SettingsError(" ".join(faults))
    try:
        settings = Settings()
    except ValidationError as error:
        names = dict.fromkeys(str(fault["loc"][0]) for fault in error.errors())
        raise SettingsError(" ".join(map(_must_be, names))) from error
    _check_prices(settings)
    return settings


def _check_prices(settings: Settings) -> None:
    if (settings.price_input is None) != (settings.price_output is None):
        raise SettingsError(
            "Set both READOUT_PRICE_INPUT and READOUT_PRICE_OUTPUT, or neither: one price alone "
            "doesn't give a cost."
        )


def _names_set() -> list[str]:
    in_file = dotenv_values(DOTENV) if Path(DOTENV).is_file() else {}
    return sorted(name for name in {*os.environ, *in_file} if name.startswith(PREFIX))


def _unknown_name(name: str) -> str:
    nearest = difflib.get_close_matches(name, NAMES, n=1, cutoff=0)[0]
    return f"There is no setting {name}; did you mean {nearest}?"


def _must_be(name: str) -> str:
    field = next(field for field in Settings.model_fields.values() if field.alias == name)
    return f"{name} must be {field.description}."
