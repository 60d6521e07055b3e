"""What is in progress, and how is it brought to an end?"""

import asyncio
from typing import Any


class Progress:
    """The workflows that run in this process."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[Any]] = set()
        self._waited_for: set[asyncio.Task[Any]] = set()
        self._closing = False

    async def join(self, *, is_waited_for: bool = True) -> None:
        """Count the calling workflow in; once we are closing it goes no further. One that only
        waits itself is not waited for in the end."""
        if task := asyncio.current_task():
            for tasks in (self._tasks, self._waited_for) if is_waited_for else (self._tasks,):
                tasks.add(task)
                task.add_done_callback(tasks.discard)
        if self._closing:
            await asyncio.Event().wait()

    async def end(self, seconds: float) -> None:
        """Let what runs finish for up to ``seconds``, then cancel it.

        dbos keeps a cancelled task's job as unfinished, so the next process resumes it.
        """
        self._closing = True
        if self._waited_for:
            await asyncio.wait(self._waited_for, timeout=seconds)
        unfinished = list(self._tasks)
        for task in unfinished:
            task.cancel()
        await asyncio.gather(*unfinished, return_exceptions=True)
