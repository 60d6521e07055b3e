"""Builds the parts that the settings ask for: the one place that knows all of them.

Neighbours are imported inside the functions that need them, because `readout brief` on a text
file must not wait for Slack, the database or the model's client.
"""

import asyncio
import gc
import logging
import os
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from bot import __version__
from bot.briefing.requests import Wishes
from bot.models.endpoint import Endpoint
from bot.operations.settings import Settings, load_settings
from bot.runtime.findings import SCOPES_SUBJECT, Finding, credential_findings, style_findings
from bot.runtime.listener_process import (
    StartedProcess,
    fork_listener,
    listener_process,
    machine_clock,
)
from bot.service import styles
from bot.service.briefing_service import BriefingService
from bot.service.digest import DigestService
from bot.service.engines import ENGINES
from bot.service.errors import SettingsError, UsageError
from bot.service.extractive_writer import ExtractiveWriter
from bot.service.model_scheduler import ModelScheduler
from bot.service.ports import Judge, Reader, Spent, Writer
from bot.sources import readers
from bot.sources.local_files import LocalFiles
from bot.sources.parser_processes import ParserProcesses

# On a busy machine, new requests are picked up before more of the earlier ones is done.
_NICE = 5


def briefing_service(settings: Settings, engine: str | None = None) -> BriefingService:
    """The briefing service of the command line; ``engine`` goes before the setting.

    Raises:
        SettingsError: the engine lacks its model or endpoint.
    """
    return briefing_services(settings, engine)(reader(settings))


def digest_service(settings: Settings, engine: str | None = None) -> DigestService:
    """The digest service of the command line; ``engine`` goes before the setting.

    Raises:
        SettingsError: the engine lacks its model or endpoint.
    """
    parsers, allowed = ParserProcesses(), frozenset(settings.fetch_allow)
    feeds = readers.feed_reader(allowed, parsers)
    pages = readers.source_reader(allowed, parsers, LocalFiles())
    return DigestService(feeds, briefing_services(settings, engine)(pages))


def briefing_services(
    settings: Settings, engine: str | None = None
) -> Callable[[Reader], BriefingService]:
    """Makes the briefing service with that reader; ``engine`` goes before the setting. What it
    needs is imported with the first.

    Raises:
        SettingsError: the engine lacks its model or endpoint.
    """
    if engine:
        settings = settings.model_copy(update={"engine": engine})
    if settings.has_model:
        _model(settings)

    def with_reader(reader: Reader) -> BriefingService:
        writer, fallback = _writers(settings)
        return BriefingService(
            reader, writer, __version__, fallback=fallback, judge=judge(settings)
        )

    return with_reader


def reader(settings: Settings) -> Reader:
    """Reads pages, pasted text, and the files of this machine."""
    return readers.source_reader(frozenset(settings.fetch_allow), ParserProcesses(), LocalFiles())


@cache
def scheduler(places: int, *, has_judge: bool) -> ModelScheduler:
    """Where all requests of this process to a model take turns."""
    return ModelScheduler(places, has_judge=has_judge)


def _writers(settings: Settings) -> tuple[Writer, Writer | None]:
    """The writer, and the one that is asked where it fails, if READOUT_FALLBACK_MODEL names its
    model."""
    if not settings.has_model:
        return ExtractiveWriter(), None
    from bot.models.writer import ModelWriter

    second = settings.fallback_model
    fallback = ModelWriter(_endpoint(settings, second)) if second else None
    return ModelWriter(_endpoint(settings, _model(settings))), fallback


def judge(settings: Settings) -> Judge | None:
    """Who judges what a model writes, unless READOUT_SECOND_OPINION is off or the doctor has found
    the model unfit to judge."""
    asked = _judge_named(settings)
    if asked is None:
        return None
    from bot.operations.trial import load
    from bot.runtime.doctor import trial_finding

    trial = load(asked.model, asked.prompt)
    if trial is None or not trial.is_unfit:
        return asked
    logging.getLogger(__name__).warning(trial_finding(trial).message)
    return None


def _judge_named(settings: Settings) -> Judge | None:
    """The judge that the settings name, fit or not; None if nothing is judged.

    Raises:
        SettingsError: there is no endpoint, or no model is named.
    """
    if not settings.has_model or settings.second_opinion == "off":
        return None
    from bot.models.judge import ModelJudge

    return ModelJudge(_endpoint(settings, settings.second_opinion_model or _model(settings)))


def known_engine(name: str | None) -> str | None:
    """The engine ``name``, if there is one of that name, or None.

    Raises:
        UsageError: there is none of that name.
    """
    if name not in (None, *ENGINES):
        raise UsageError(f"There is no engine {name}. Choose one of: {', '.join(ENGINES)}.")
    return name


def known_style(name: str) -> str:
    """The style ``name``, if there is one of that name.

    Raises:
        UsageError: there is none of that name.
    """
    if name not in styles.known():
        raise UsageError(f"There is no style {name}. Choose one of: {', '.join(styles.known())}.")
    return name


def wishes_said(text: str) -> Wishes:
    """What the words of a wish ask for, understood as they are in Slack."""
    from bot.slack.parse_wishes import parse_request

    said = parse_request(text)
    return Wishes(note=text) if said.question else said.wishes


def findings(*, with_trial: bool = False) -> list[Finding]:
    """All that the doctor finds; where the settings can't be read, that alone. ``with_trial``: the
    model is put to the trial as a judge before, which takes a minute or two."""
    try:
        return asyncio.run(_findings(load_settings(), with_trial=with_trial))
    except SettingsError as error:
        return [Finding("Settings", "mend", error.message)]


async def _findings(settings: Settings, *, with_trial: bool) -> list[Finding]:
    from bot.operations.trial import run_trial, save
    from bot.runtime.doctor import examine

    try:
        judge = _judge_named(settings)
    except SettingsError:  # what is missing is among the findings
        judge = None
    if judge is None:
        return await examine(settings)
    try:
        if with_trial:
            save(await run_trial(judge, datetime.now(UTC).date().isoformat()))
        return await examine(settings, judge)
    finally:
        await judge.close()


def serve(settings: Settings, clock: Callable[[], float] = machine_clock) -> None:
    """Listen to Slack and do the work, until the process is told to stop; what happens is logged.
    ``clock`` gives the seconds since 1970, and can be pickled.

    Raises:
        SettingsError: a token is missing, or Slack does not take it; in the doctor's words.
    """
    _refuse_to_start_with([*credential_findings(settings), *style_findings()])
    service_with = briefing_services(settings)
    gc.disable()  # nothing that a start makes is garbage, and to look for it takes a fifth of it
    # Once, for both. The rest that the other needs it imports while this one opens the database.
    import bot.runtime.worker  # noqa: F401

    asyncio.run(_serve(fork_listener(), settings, service_with, clock))


async def _serve(
    listener_started: StartedProcess,
    settings: Settings,
    service_with: Callable[[Reader], BriefingService],
    clock: Callable[[], float],
) -> None:
    from bot.operations.logs import write_logs
    from bot.runtime.slack_tokens import token_findings
    from bot.runtime.worker import run_until_stopped

    async with listener_process(listener_started, clock) as listener:
        if settings.tracing == "on":
            _start_tracing()
        write_logs(logging.getLevelNamesMapping()[settings.log_level.upper()], settings.secrets)
        _refuse_to_start_with(await token_findings(settings))
        os.nice(_NICE)
        await run_until_stopped(listener, settings, service_with)


def spent(settings: Settings, days: int) -> tuple[Spent, ...]:
    """What the models took in the last ``days`` days, by day, team and model.

    Raises:
        SettingsError: the database can't be read, or has no ledger yet.
    """
    from bot.storage.usage import usage_since

    return asyncio.run(usage_since(settings.database_url, time.time() - days * 86_400))


def backup(settings: Settings, folder: Path) -> tuple[Path, ...]:
    """Copy the database into ``folder``; the files that the copy consists of.

    Raises:
        UsageError: the database lies on a server, is not there, or has a copy there already.
        ReadoutError: the copies could not be written.
    """
    from bot.jobs.engine import jobs_file
    from bot.storage.backup import archive_file, back_up

    archive = archive_file(settings.database_url)
    return back_up(archive, jobs_file(archive), folder)


def _start_tracing() -> None:
    try:
        from bot.operations.tracing import start_tracing
    except ModuleNotFoundError as error:
        raise SettingsError(
            "READOUT_TRACING needs OpenTelemetry. Install it with pip install 'readout[otel]', "
            "or turn tracing off."
        ) from error
    start_tracing(__version__)


def _refuse_to_start_with(findings: list[Finding]) -> None:
    """A scope that is missing takes one ability away; without a token there is none."""
    wrong = [finding for finding in findings if finding.state == "mend"]
    fatal = [finding.message for finding in wrong if finding.subject != SCOPES_SUBJECT]
    if fatal:
        raise SettingsError(" ".join(fatal))
    for finding in wrong:
        logging.getLogger(__name__).warning(finding.message)


def _endpoint(settings: Settings, model: str) -> Endpoint:
    """Where ``model`` is asked; the prices are those of OPENAI_MODEL and of no other."""
    key = settings.openai_api_key
    is_priced = model == settings.openai_model
    return Endpoint(
        model,
        api=settings.api,
        base_url=settings.openai_base_url,
        api_key=key.get_secret_value() if key else None,
        window=settings.model_window,
        scheduler=scheduler(settings.model_calls, has_judge=settings.second_opinion == "on"),
        price_input=settings.price_input if is_priced else None,
        price_output=settings.price_output if is_priced else None,
    )


def _model(settings: Settings) -> str:
    if settings.openai_api_key is None and settings.openai_base_url is None:
        raise SettingsError(
            f"The {settings.api} engine needs an endpoint. Set OPENAI_API_KEY for OpenAI's own or "
            "OPENAI_BASE_URL for another, or use the extractive engine."
        )
    if settings.openai_model is None:
        raise SettingsError(
            f"The {settings.api} engine needs a model. Set OPENAI_MODEL to one that the endpoint "
            "offers (readout doctor lists them), or use the extractive engine."
        )
    return settings.openai_model
