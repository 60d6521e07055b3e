"""The commands of `readout`."""

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from functools import reduce
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text
from typer.exceptions import TyperException

from bot import __version__
from bot.briefing.lines import EXTRACTIVE, Answer, Briefing
from bot.briefing.rendering import (
    SCHEMA,
    Report,
    answer_json,
    briefing_json,
    document_json,
    markdown,
)
from bot.briefing.requests import Length, Source, Wishes
from bot.briefing.tasks import Usage
from bot.cli.claims import MalformedRow, Verdict, check_rows, judge_claims, verdict_json
from bot.cli.digest import digest
from bot.cli.output import (
    AsJson,
    EngineOption,
    findings_json,
    known_language,
    parse_sources,
    print_json,
    print_stderr,
    print_text,
    read_lines,
    run_command,
)
from bot.cli.terminal import (
    document_view,
    findings_view,
    outcome_view,
    show,
    status_line,
    verdict_view,
)
from bot.operations.settings import load_settings
from bot.runtime import bootstrap
from bot.service.briefing_service import BriefingService, Reading
from bot.service.errors import SettingsError, UsageError
from bot.service.notes import page_notes
from bot.service.ports import Spent
from bot.slack.manifest import manifest as app_manifest
from evals.command import evaluate

# The exit statuses are those of `bot.service.errors`; with --json a failure is JSON as well.

app = typer.Typer(
    add_completion=False,
    rich_markup_mode="markdown",
    help="""Turn articles into briefings where every line shows the passage behind it.

    A SOURCE is an address, a file, or - for standard input. Several sources make one request.

    ```text
    readout brief article.txt
    readout brief https://example.com/one https://example.com/two --length short
    readout ask "Who signed the agreement?" article.txt
    readout doctor
    ```

    Settings are read from the environment and from .env in this folder. The exit status is 0
    when it worked, 1 after an error in Readout, 2 for wrong usage, 3 if an address must not be
    fetched, 4 if a source has no article, 5 after a network failure.
    """,
)

Sources = Annotated[
    list[str], typer.Argument(metavar="SOURCE...", help="Addresses, files, or - for text.")
]
Language = Annotated[
    str | None, typer.Option(metavar="CODE", help="The language to write in, such as fr or de.")
]


@app.callback(invoke_without_command=True)
def _root(
    version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
) -> None:
    if version:
        print_text(f"readout {__version__}")


@app.command()
def brief(
    sources: Sources,
    length: Annotated[Length, typer.Option(help="How long the briefing is.")] = "standard",
    language: Language = None,
    style: Annotated[str, typer.Option(metavar="NAME", help="The style to write in.")] = "briefing",
    wish: Annotated[
        str | None, typer.Option(metavar="TEXT", help="A wish in your own words.")
    ] = None,
    engine: EngineOption = None,
    as_json: AsJson = False,
    as_markdown: Annotated[bool, typer.Option("--markdown", help="Print Markdown.")] = False,
) -> None:
    """Brief one or more sources.

    ```text
    readout brief article.txt
    readout brief https://example.com/article --language fr --markdown
    readout brief one.txt two.txt --wish "for the minister, on the railway"
    cat article.txt | readout brief - --length short --json
    ```
    """
    if as_json and as_markdown:
        raise UsageError("Use --json or --markdown, not both.")
    wishes = bootstrap.wishes_said(wish) if wish else Wishes()
    if length != "standard":
        wishes = replace(wishes, length=length)
    if style != wishes.style:
        wishes = replace(wishes, style=bootstrap.known_style(style))
    if language:
        wishes = replace(wishes, language=known_language(language))
    briefing_service = bootstrap.briefing_service(load_settings(), engine)
    briefing = asyncio.run(_briefing(briefing_service, parse_sources(sources), wishes))
    if as_json:
        print_json(briefing_json(briefing))
    elif as_markdown:
        print_text(markdown(briefing))
    else:
        _show_with_notes(briefing)


@app.command()
def ask(
    question: Annotated[str, typer.Argument(metavar="QUESTION", help="Your question.")],
    sources: Sources,
    language: Language = None,
    engine: EngineOption = None,
    as_json: AsJson = False,
) -> None:
    """Answer a question from the sources only, or say that they don't say; without a model, show
    the closest passages.

    ```text
    readout ask "When does the line reopen?" article.txt
    readout ask "Who pays?" https://example.com/article --engine extractive --json
    ```
    """
    if not question.strip():
        raise UsageError("The question is missing. Put it in quotation marks, before the sources.")
    wishes = Wishes(language=known_language(language) if language else None)
    briefing_service = bootstrap.briefing_service(load_settings(), engine)
    answer = asyncio.run(_answer(briefing_service, parse_sources(sources), question, wishes))
    if as_json:
        print_json(answer_json(answer))
    else:
        _show_with_notes(answer)


@app.command()
def fetch(
    source: Annotated[str, typer.Argument(metavar="SOURCE", help="An address, a file, or -.")],
    as_json: AsJson = False,
) -> None:
    """Show what Readout reads from a source: its numbered sentences.

    ```text
    readout fetch https://example.com/article
    readout fetch article.html --json
    ```
    """
    briefing_service = bootstrap.briefing_service(load_settings(), EXTRACTIVE)
    document = asyncio.run(_reading(briefing_service, parse_sources([source]))).documents[0]
    if as_json:
        print_json(document_json(document, tuple(page_notes([document]))))
    else:
        show(document_view(document))
        for note in page_notes([document]):
            print_stderr(note)


app.command()(digest)


@app.command()
def check(
    claims: Annotated[str, typer.Argument(metavar="CLAIMS.jsonl", help="A file, or -.")],
    with_judge: Annotated[
        bool,
        typer.Option(
            "--judge", help="Let the configured model judge what the checks can't decide."
        ),
    ] = False,
    as_json: AsJson = False,
) -> int:
    """Check claims that somebody else wrote against their sources.

    Each line of the file is a JSON object with "source" and "claim", and perhaps "evidence"
    (spans of the source), "id", "voice", "speaker", "published" and "language": that of the
    claim. Where the source is in another, the claim is checked as a translation.

    ```text
    readout check claims.jsonl
    readout check claims.jsonl --judge --json
    ```
    """
    status = 0
    verdicts: Iterable[Verdict] = check_rows(read_lines(claims))
    for verdict in asyncio.run(_judge(verdicts)) if with_judge else verdicts:
        if isinstance(verdict, MalformedRow):
            status = UsageError.exit_status
        if as_json:
            print_json(verdict_json(verdict))
        else:
            show(verdict_view(verdict))
    return status


async def _judge(verdicts: Iterable[Verdict]) -> list[Verdict]:
    """The verdicts after the configured judge decided what no proof decides."""
    settings = load_settings()
    judge = bootstrap.judge(settings.model_copy(update={"engine": settings.api}))
    if judge is None:
        raise SettingsError(
            "No judge is available: READOUT_SECOND_OPINION is off, or the model measured too "
            "weak as a judge. readout doctor says which."
        )
    try:
        with status_line("Judging"):
            decided, unjudged = await judge_claims(list(verdicts), judge)
    finally:
        await judge.close()
    if unjudged:
        print_stderr(unjudged)
    return decided


app.command("eval")(evaluate)


_TEXT_COLUMNS = ("day (UTC)", "team", "model", "as")
_NUMBER_COLUMNS = ("requests", "failed", "tokens in", "tokens out", "cost", "seconds")
_ESTIMATED = "≈ The endpoint did not say how many tokens it used; they were counted here."


@app.command()
def usage(
    days: Annotated[int, typer.Option(min=1, metavar="N", help="How many days back.")] = 30,
    as_json: AsJson = False,
) -> None:
    """Tell what the models took, by day, team and model, the writer and the judge apart.

    The figures are those of `readout serve`; they stay when a request is deleted or expires, and
    do not say any more who asked it.

    ```text
    readout usage
    readout usage --days 7 --json
    ```
    """
    spent = bootstrap.spent(load_settings(), days)
    if as_json:
        rows = [_usage_json(each) for each in spent]
        print_json({"schema": SCHEMA, "kind": "usage", "days": days, "rows": rows})
        return
    show(_usage_table(spent))
    if any(each.usage.estimated for each in spent):
        print_stderr(_ESTIMATED)


def _usage_json(spent: Spent) -> Report:
    figures: Report = asdict(spent)
    used: Report = figures.pop("usage")
    del used["shown"]  # the text itself isn't reported
    return figures | used


def _usage_table(spent: Sequence[Spent]) -> Table:
    table = Table(box=None, pad_edge=False)
    for name in _TEXT_COLUMNS:
        table.add_column(name, no_wrap=True)
    for name in _NUMBER_COLUMNS:
        table.add_column(name, justify="right", no_wrap=True)
    for each in spent:
        table.add_row(*_cells(each))
    if len(spent) > 1:
        table.add_row(*_cells(_total(spent)), style="bold")
    return table


def _total(spent: Sequence[Spent]) -> Spent:
    return Spent(
        "all",
        "",
        "",
        "writer",
        sum(each.requests for each in spent),
        sum(each.failed for each in spent),
        reduce(Usage.plus, (each.usage for each in spent)),
        sum(each.seconds for each in spent),
    )


def _cells(spent: Spent) -> list[Text]:
    used = spent.usage
    about = "≈" if used.estimated else ""
    numbers = [
        f"{spent.requests:,}",
        f"{spent.failed:,}",
        f"{about}{used.tokens_in:,}",
        f"{about}{used.tokens_out:,}",
        "" if used.cost_usd is None else f"{about}${used.cost_usd:.4f}",
        f"{spent.seconds:,.1f}",
    ]
    texts = (spent.day, spent.team, spent.model, spent.role if spent.model else "")
    return [Text(cell) for cell in (*texts, *numbers)]


@app.command()
def backup(
    folder: Annotated[
        Path, typer.Argument(metavar="FOLDER", help="The folder to copy to; created if missing.")
    ],
) -> None:
    """Copy the database into a folder, even while `readout serve` is running.

    Makes a checked snapshot of both files of a SQLite database. A Readout started on the copies
    answers what was still open; what has been answered since, it finds in Slack and does not
    answer again. For PostgreSQL it prints the `pg_dump` command to run.

    ```text
    readout backup /var/backups/readout/2026-01-31
    ```
    """
    for copy in bootstrap.backup(load_settings(), folder):
        print_text(str(copy))
    print_stderr(
        "The backup is complete. It contains what people sent: protect it like the database itself."
    )


@app.command()
def play(
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="The port to serve it on; 0 picks a free one.")
    ] = 8321,
) -> None:
    """Serve a simulated Slack for the browser, on this machine only, with Readout in it.

    It writes with the model in your settings, a recorded model or none; the page has a switch.

    ```text
    readout play
    READOUT_ENGINE=extractive readout play --port 9000
    ```
    """
    from sandbox.playground import run_playground

    def print_address(address: str) -> None:
        print_text(f"Readout is at {address} until you press Ctrl+C.")

    asyncio.run(run_playground(port, load_settings(), print_address))


@app.command()
def demo(
    engine: EngineOption = None,
) -> None:
    """Brief an article in a simulated Slack, ask two questions about it, and print the thread: once
    with a recorded model, once without a model.

    ```text
    readout demo
    readout demo --engine openai       # with the model in your settings
    ```
    """
    from sandbox.demo import run_demo

    print_text(asyncio.run(run_demo(engine, print_stderr)))


@app.command()
def serve() -> None:
    """Listen to Slack until told to stop.

    ```text
    readout manifest > manifest.json   # the app to create in Slack
    cp .env.example .env               # where its tokens go
    readout doctor                     # what is still missing
    readout serve
    ```
    """
    bootstrap.serve(load_settings())


@app.command()
def doctor(
    as_json: AsJson = False,
    model: Annotated[
        bool, typer.Option("--model", help="First test the model as a judge, on 240 lines.")
    ] = False,
) -> int:
    """Check what is missing or wrong, and say how to fix it.

    With --model the configured judge is asked about 240 lines with known answers, which takes a
    minute or two and some 50,000 tokens; the result is stored, and a weak judge is not used.

    ```text
    readout doctor
    readout doctor --model
    readout doctor --json
    ```
    """
    with status_line("Asking Slack, the model and the database"):
        findings = bootstrap.findings(with_trial=model)
    if as_json:
        print_json(findings_json(findings))
    else:
        show(findings_view(findings))
    return int(any(finding.state == "mend" for finding in findings))


@app.command()
def manifest(
    http: Annotated[
        str | None, typer.Option(metavar="URL", help="This machine's public https address.")
    ] = None,
) -> None:
    """Print the manifest of the Slack app: for socket mode, or for events over HTTP.

    ```text
    readout manifest
    readout manifest --http https://readout.example.org
    ```
    """
    print_json(app_manifest(http), indent=2)


def run(arguments: list[str]) -> int:
    """Run one command; returns its exit status."""
    return run_command(lambda: _command(arguments or ["--help"]), as_json="--json" in arguments)


def _command(arguments: list[str]) -> int:
    try:
        return int(app(arguments, prog_name="readout", standalone_mode=False) or 0)
    except TyperException as error:
        hint = "See readout --help."
        raise UsageError(f"{error.format_message().rstrip('.')}. {hint}") from error


async def _briefing(
    briefing_service: BriefingService, sources: tuple[Source, ...], wishes: Wishes
) -> Briefing:
    with status_line("Reading") as progress:
        return await briefing_service.brief(
            await _reading(briefing_service, sources), wishes, progress
        )


async def _answer(
    briefing_service: BriefingService, sources: tuple[Source, ...], question: str, wishes: Wishes
) -> Answer:
    with status_line("Reading") as progress:
        reading = await _reading(briefing_service, sources)
        return await briefing_service.answer(reading, question, wishes, progress)


async def _reading(briefing_service: BriefingService, sources: tuple[Source, ...]) -> Reading:
    """What was read; raises the first failure if nothing was."""
    reading = await briefing_service.read(sources)
    if reading.documents:
        return reading
    for failure in reading.failures[1:]:
        print_stderr(f"{failure.source}: {failure.message}")
    raise reading.failures[0]


def _show_with_notes(outcome: Briefing | Answer) -> None:
    show(outcome_view(outcome))
    for note in outcome.notes:
        print_stderr(note)
