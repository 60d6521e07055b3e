"""What the worlds of one test share: an event loop, a model, and a source of databases."""

import asyncio
import gc
from collections.abc import Callable
from typing import Self

from tests.life.world import Loop, Model


class Harness:
    """``new_database`` makes an empty database with its tables and returns its address.

    While it is entered, garbage is collected only before each world. At any other moment that may
    happen in a thread, and fail to close a stream of openai's client that the loop is just closing.
    """

    def __init__(self, new_database: Callable[[], str]) -> None:
        self.new_database = new_database
        self.runner = asyncio.Runner(loop_factory=Loop)
        self.steps = 0
        self._model: Model | None = None

    def __enter__(self) -> Self:
        gc.collect()
        gc.freeze()  # collecting takes a fraction of the time without what is loaded already
        gc.disable()
        return self

    def __exit__(self, *_: object) -> None:
        try:
            with self.runner:
                if self._model is not None:
                    self.runner.run(self._model.__aexit__())
        finally:
            gc.enable()
            gc.unfreeze()
            gc.collect()

    async def model(self) -> Model:
        """The model, started if need be, without any requests so far."""
        gc.collect()
        if self._model is None:
            self._model = await Model().__aenter__()
        self._model.reset()
        return self._model
