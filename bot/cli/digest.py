"""`readout digest`: reads its settings from a file, and stores what was shown in a folder."""

import asyncio
import fcntl
import json
import tomllib
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Annotated

import typer
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from bot.briefing.digest import MOST_FEEDS, MOST_STORIES, DigestHistory, DigestWishes
from bot.briefing.rendering import digest_json
from bot.cli.output import AsJson, EngineOption, known_language, print_json, print_stderr
from bot.cli.terminal import outcome_view, show, status_line
from bot.operations.settings import load_settings
from bot.runtime import bootstrap
from bot.service.errors import UsageError
from bot.service.ports import Feed


class _Config(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)
    feeds: list[str] = Field(min_length=1, max_length=MOST_FEEDS)
    focus: str | None = None
    language: str | None = None
    stories: int = Field(default=DigestWishes(()).stories, ge=1, le=MOST_STORIES)


@dataclass(frozen=True)
class _State:
    told: DigestHistory = field(default_factory=DigestHistory)
    feeds: Mapping[str, Feed] = field(default_factory=dict)


_STATES = TypeAdapter(_State)
_UNWRITABLE = "{folder} can't be written to. Give another folder."


def digest(
    config: Annotated[
        Path,
        typer.Option(
            metavar="FILE", help="A TOML or JSON file with the feeds, the focus and so on."
        ),
    ],
    state: Annotated[
        Path | None,
        typer.Option(metavar="FOLDER", help="Remembers what was shown. Give each digest its own."),
    ] = None,
    at: Annotated[
        str | None,
        typer.Option(metavar="TIME", help="Make it for this time, such as 2026-03-02T08:00."),
    ] = None,
    engine: EngineOption = None,
    as_json: AsJson = False,
) -> int:
    """Show what is new in feeds: the top stories, each in three lines with their passages.

    The file, in TOML, needs only feeds: the addresses of RSS, Atom or JSON feeds, or of sites that
    link to theirs. With --state the next digest has only what is new since this one.

    ```text
    feeds = ["https://example.com/feed.xml", "https://example.org/"]
    focus = "railways and bridges"
    language = "en"
    stories = 3
    ```

    ```text
    readout digest --config morning.toml --state ~/.readout/morning
    readout digest --config morning.toml --state ~/.readout/morning --json
    ```
    """
    wishes, when = _read_wishes(config), _parse_time(at)
    service = bootstrap.digest_service(load_settings(), engine)
    with _locked_state(state) as (previous, save):
        with status_line("Asking for what is new") as progress:
            made = asyncio.run(
                service.digest(wishes, previous.told, previous.feeds, when, progress)
            )
        if as_json:
            print_json(digest_json(made.digest))
        else:
            show(outcome_view(made.digest))
            for note in dict.fromkeys(note for s in made.digest.stories for note in s.notes):
                print_stderr(note)
        save(_State(made.told, {**previous.feeds, **made.feeds}))
    return made.failures[0].exit_status if not made.feeds else 0


def _read_wishes(file: Path) -> DigestWishes:
    try:
        text = file.read_text(encoding="utf-8-sig")
        content = json.loads(text) if text.lstrip().startswith("{") else tomllib.loads(text)
        config = _Config.model_validate(content)
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{file} can't be read as UTF-8 text. Check the path.") from error
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        name = ".".join(str(part) for part in first["loc"]) or "the whole"
        message = f"{file} can't be used: {name}: {first['msg']}. See readout digest --help."
        raise UsageError(message) from error
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{file} is neither TOML nor JSON: {error}") from error
    language = known_language(config.language) if config.language else None
    return DigestWishes(tuple(config.feeds), config.focus, language, config.stories)


def _parse_time(text: str | None) -> datetime:
    """The time in ``text``, or now; in this machine's zone if it has none."""
    try:
        said = datetime.fromisoformat(text) if text else datetime.now().astimezone()
        return said if said.tzinfo else said.astimezone()
    except (ValueError, OverflowError) as error:
        raise UsageError(f"{text} isn’t a time. Give one such as 2026-03-02T08:00.") from error


@contextmanager
def _locked_state(folder: Path | None) -> Iterator[tuple[_State, Callable[[_State], None]]]:
    """The state in the folder, and a function that saves another. The folder is locked during the
    block.

    Raises:
        UsageError: the folder can't be used, or another digest is being made with it.
    """
    if folder is None:
        yield _State(), lambda _: None
        return
    file = folder / "told.json"
    with ExitStack() as stack:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            lock = stack.enter_context((folder / "lock").open("w"))
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            state = _STATES.validate_json(file.read_bytes()) if file.exists() else _State()
        except BlockingIOError as error:
            raise UsageError(f"Another digest is being made with {folder}. Wait for it.") from error
        except OSError as error:
            raise UsageError(_UNWRITABLE.format(folder=folder)) from error
        except ValidationError as error:
            raise UsageError(
                f"{file} is damaged. Delete it; the next digest is then like the first one."
            ) from error
        yield state, partial(_save, file)


def _save(file: Path, state: _State) -> None:
    new = file.with_suffix(".new")
    try:
        new.write_bytes(_STATES.dump_json(state))
        new.replace(file)
    except OSError as error:
        raise UsageError(_UNWRITABLE.format(folder=file.parent)) from error
