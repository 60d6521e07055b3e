"""`readout serve` that treats the hosts in READOUT_FETCH_ALLOW as public, so that a site on
localhost stands for the public web."""

from collections.abc import Mapping
from dataclasses import replace

from bot.__main__ import main
from bot.sources import fetching
from bot.sources.content import Fetched


class _Open(fetching.Fetcher):
    """Marks everything that it fetches as public."""

    async def fetch(
        self,
        url: str,
        public_only: bool = False,  # noqa: FBT002 - a port
        validators: Mapping[str, str] | None = None,
    ) -> Fetched:
        return replace(await super().fetch(url, public_only, validators), is_public=True)


if __name__ == "__main__":
    fetching.Fetcher = _Open  # type: ignore[misc]
    main()
