"""A site on loopback and a bot that may read it, for each module."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from bot.models.endpoint import Endpoint
from tests.e2e.readout import Readout, started, started_with_model
from tests.model_server import ModelServer
from tests.sources.site import Site, listening


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def site() -> AsyncIterator[Site]:
    async with listening() as site:
        yield site


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def model() -> ModelServer | None:
    """No model, unless a module overrides this fixture."""
    return None


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def readout(
    tmp_path_factory: pytest.TempPathFactory, site: Site, model: ModelServer | None
) -> AsyncIterator[Readout]:
    """A bot that uses the module's model, if any, and may read the site."""
    folder, allowed = tmp_path_factory.mktemp("readout"), {"READOUT_FETCH_ALLOW": site.host}
    bot = (
        started_with_model(folder, Endpoint("fake", model.url), settings=allowed) if model else None
    )
    async with bot or started(folder, settings=allowed) as readout:
        yield readout
