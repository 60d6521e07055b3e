"""What is in progress, and how is it brought to an end?"""

import asyncio
from typing import Any


class Progress:
    """The workflows that run in this process."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[Any]] = set()
        self._closing = False

    async def join(self) -> None:
        """Count the calling workflow in; once we are closing it goes no further."""
        if task := asyncio.current_task():
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        if self._closing:
            await asyncio.Event().wait()

    async def end(self, seconds: float) -> None:
        """Let what runs finish for up to ``seconds``, then cancel it.

        dbos keeps a cancelled task's job as unfinished, so the next process resumes it.
        """
        self._closing = True
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=seconds)
        unfinished = list(self._tasks)
        for task in unfinished:
            task.cancel()
        await asyncio.gather(*unfinished, return_exceptions=True)
