from collections.abc import AsyncIterator

import pytest

from tests.sources.site import Site, listening


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    async with listening() as site:
        yield site
