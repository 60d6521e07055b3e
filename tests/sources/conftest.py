from collections.abc import AsyncIterator

import pytest

from bot.sources.local_files import LocalFiles
from bot.sources.reading import SourceReader
from tests.sources.site import InProcessParsers, Site, listening


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    async with listening() as site:
        yield site


@pytest.fixture
def reader(site: Site) -> SourceReader:
    return SourceReader(site.fetcher.fetch, InProcessParsers(), LocalFiles())
