"""The command line: what can be typed, what it does, and how it ends.

The exit statuses are those of bot/errors.py; with --json a failure is JSON as well.
"""

import asyncio
import sys
from dataclasses import replace
from typing import Annotated

import typer
from typer.exceptions import TyperException

from bot import __version__, assembly
from bot.assembly import Engine
from bot.backup import backup
from bot.briefing.lines import Answer, Briefing
from bot.briefing.markdown import markdown
from bot.briefing.report import answer_json, briefing_json, document_json
from bot.briefing.requests import Length, Source, Wishes
from bot.checking import check
from bot.commands.output import exit_status, findings_json, print_aside, print_json, print_text
from bot.commands.sources import known_language, sources_named
from bot.desk import Desk, Reading
from bot.errors import UsageError
from bot.evaluating import evaluate
from bot.manifest import manifest as app_manifest
from bot.notes import page_notes
from bot.settings import load_settings
from bot.terminal import (
    Progress,
    answer_view,
    briefing_view,
    document_view,
    findings_view,
    show,
)
from bot.trying import demo, play
from bot.usage import usage

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

    Settings are read from the environment and from .env in this folder. A command ends with 0
    when it is done, 1 after a fault of ours, 2 when it was asked wrongly, 3 when an address must
    not be fetched, 4 when there is no article in a source, 5 when the network failed.
    """,
)

Sources = Annotated[
    list[str], typer.Argument(metavar="SOURCE...", help="Addresses, files, or - for text.")
]
Language = Annotated[
    str | None, typer.Option(metavar="CODE", help="The language to write in, such as fr or de.")
]
EngineOption = Annotated[
    Engine | None, typer.Option("--engine", help="The engine that writes, overriding the settings.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for other programs.")]


def main() -> None:
    """Run what was typed, and end with its status."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Run one command; returns its exit status."""
    return exit_status(lambda: _command(arguments or ["--help"]), as_json="--json" in arguments)


@app.callback(invoke_without_command=True)
def _about(
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
    wished = assembly.wishes_said(wish) if wish else Wishes()
    if length != "standard":
        wished = replace(wished, length=length)
    if style != wished.style:
        wished = replace(wished, style=assembly.known_style(style))
    if language:
        wished = replace(wished, language=known_language(language))
    desk = assembly.desk(load_settings(), engine)
    briefing = asyncio.run(_briefing(desk, sources_named(sources), wished))
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
    wished = Wishes(language=known_language(language) if language else None)
    desk = assembly.desk(load_settings(), engine)
    answer = asyncio.run(_answer(desk, sources_named(sources), question, wished))
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
    desk = assembly.desk(load_settings(), "extractive")
    document = asyncio.run(_reading(desk, sources_named([source]))).documents[0]
    if as_json:
        print_json(document_json(document, tuple(page_notes([document]))))
    else:
        show(document_view(document))
        for note in page_notes([document]):
            print_aside(note)


app.command()(check)
app.command("eval")(evaluate)
app.command()(usage)
app.command()(backup)
app.command()(play)
app.command()(demo)


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
    assembly.serve(load_settings())


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
    with Progress("Asking Slack, the model and the database"):
        findings = assembly.findings(with_trial=model)
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


def _command(arguments: list[str]) -> int:
    try:
        return int(app(arguments, prog_name="readout", standalone_mode=False) or 0)
    except TyperException as error:
        hint = "See readout --help."
        raise UsageError(f"{error.format_message().rstrip('.')}. {hint}") from error


async def _briefing(desk: Desk, sources: tuple[Source, ...], wishes: Wishes) -> Briefing:
    with Progress("Reading") as progress:
        return await desk.brief(await _reading(desk, sources), wishes, progress)


async def _answer(desk: Desk, sources: tuple[Source, ...], question: str, wishes: Wishes) -> Answer:
    with Progress("Reading") as progress:
        reading = await _reading(desk, sources)
        return await desk.answer(reading, question, wishes, progress)


async def _reading(desk: Desk, sources: tuple[Source, ...]) -> Reading:
    """What was read; if nothing was, the first failure is the command's."""
    reading = await desk.read(sources)
    if reading.documents:
        return reading
    for failure in reading.failures[1:]:
        print_aside(f"{failure.source}: {failure.message}")
    raise reading.failures[0]


def _show_with_notes(outcome: Briefing | Answer) -> None:
    show(briefing_view(outcome) if isinstance(outcome, Briefing) else answer_view(outcome))
    for note in outcome.notes:
        print_aside(note)
