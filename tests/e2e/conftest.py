"""A site on loopback whose pages the bot may read, and a bot that asks a model."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from bot.models.endpoint import Endpoint
from tests.e2e.readout import Readout, asking
from tests.model_server import ModelServer
from tests.sources.site import Site, listening


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def site() -> AsyncIterator[Site]:
    async with listening() as site:
        yield site


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def readout(
    tmp_path_factory: pytest.TempPathFactory, model: ModelServer
) -> AsyncIterator[Readout]:
    """A bot that asks the model of the module."""
    endpoint = Endpoint("fake", model.url)
    async with asking(tmp_path_factory.mktemp("readout"), endpoint) as readout:
        yield readout
