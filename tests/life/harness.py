"""What the worlds of one test share: an event loop, a model, and a source of databases."""

import asyncio
from collections.abc import Callable

from tests.life.world import Loop, Model


class Harness:
    """``new_database`` makes an empty database with its tables and returns its address."""

    def __init__(self, new_database: Callable[[], str]) -> None:
        self.new_database = new_database
        self.runner = asyncio.Runner(loop_factory=Loop)
        self.steps = 0
        self._model: Model | None = None

    async def model(self) -> Model:
        """The model, started if need be, without any requests so far."""
        if self._model is None:
            self._model = await Model().__aenter__()
        self._model.reset()
        return self._model
