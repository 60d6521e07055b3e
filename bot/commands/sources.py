"""What a SOURCE on the command line is: an address, a file, or text on standard input."""

import re
import sys
from pathlib import Path

from bot.briefing.requests import AttachedFile, PastedText, Source, WebPage
from bot.errors import UsageError

STANDARD_INPUT = "-"


def sources_named(names: list[str]) -> tuple[Source, ...]:
    """The sources that were named, in their order.

    Raises:
        UsageError: a file is not there, or standard input is named twice or is no UTF-8.
    """
    if names.count(STANDARD_INPUT) > 1:
        raise UsageError("Standard input can only be read once, so use - once.")
    return tuple(_source(name) for name in names)


def rows_of(name: str) -> list[str]:
    """The lines of a file, or of standard input.

    Raises:
        UsageError: there is no such file, or it is no UTF-8.
    """
    if name == STANDARD_INPUT:
        return _standard_input().split("\n")
    try:
        return Path(name).read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{name} can't be read as UTF-8 text. Check the path.") from error


def known_language(code: str) -> str:
    """The code of a language, in lower case.

    Raises:
        UsageError: it is no code of ISO 639.
    """
    if re.fullmatch("[A-Za-z]{2,3}", code) is None:
        raise UsageError(f"{code} is not a language code. Give two letters, such as fr or de.")
    return code.lower()


def _source(name: str) -> Source:
    if name == STANDARD_INPUT:
        return PastedText(_standard_input(), name="standard input")
    # Any other scheme is an address too: one that the fetcher refuses.
    if "://" in name:
        return WebPage(name)
    if not Path(name).exists():
        raise UsageError(f"There is no file {name}. Give a file, an address with https://, or -.")
    return AttachedFile(name, name)


def _standard_input() -> str:
    try:
        return sys.stdin.buffer.read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError(
            "Standard input is not UTF-8. Convert it, or give it as a file."
        ) from error
