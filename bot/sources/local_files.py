"""Reads files on this machine, for the command line."""

import asyncio
from pathlib import Path

from bot.briefing.requests import AttachedFile
from bot.service.errors import Unreadable, UsageError


class LocalFiles:
    """Reads files by their path (`ports.Attachments`)."""

    async def content(self, file: AttachedFile, limit: int) -> bytes:
        try:
            content = await asyncio.to_thread(_beginning, Path(file.location), limit + 1)
        except FileNotFoundError as error:
            raise UsageError(f"There is no file {file.name}. Check the path.") from error
        except IsADirectoryError as error:
            raise UsageError(
                f"{file.name} is a folder. Give the files in it one by one."
            ) from error
        except OSError as error:
            raise UsageError(f"{file.name} can't be opened. Check its permissions.") from error
        if len(content) > limit:
            message = (
                f"The file is larger than {limit // 1_000_000} MB. Give the part that matters."
            )
            raise Unreadable(message, source=file.name, verdict="unsupported")
        return content


def _beginning(path: Path, length: int) -> bytes:
    with path.open("rb") as file:
        return file.read(length)
