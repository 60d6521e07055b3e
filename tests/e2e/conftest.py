"""A site on loopback whose pages the bot may read."""

from collections.abc import AsyncIterator

import pytest_asyncio

from tests.sources.site import Site, listening


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def site() -> AsyncIterator[Site]:
    async with listening() as site:
        yield site
