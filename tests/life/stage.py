"""Where lives are lived: a loop, a model, and a fresh database for each."""

import asyncio
from collections.abc import Callable

from tests.life.world import Loop, Model


class Stage:
    """The loop and the model are the same for all; ``fresh`` makes a database and returns its
    address."""

    def __init__(self, fresh: Callable[[], str]) -> None:
        self.fresh = fresh
        self.runner = asyncio.Runner(loop_factory=Loop)
        self.steps = 0
        self._model: Model | None = None

    async def fresh_model(self) -> Model:
        """The model, as if it had never been asked."""
        if self._model is None:
            self._model = await Model().__aenter__()
        self._model.begin_anew()
        return self._model
