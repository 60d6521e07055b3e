"""`readout serve` that takes the pages of READOUT_FETCH_ALLOW for public ones, so that a site on
localhost stands for the public web."""

from collections.abc import Mapping
from dataclasses import replace

from bot.__main__ import main
from bot.sources import fetching
from bot.sources.content import Fetched


class _Open(fetching.Fetcher):
    """Says of all that it brings that anybody can read it."""

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
