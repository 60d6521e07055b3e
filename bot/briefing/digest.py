"""Which stories do the entries of feeds tell, and which of these are new?

Pure: what was told before and what time it is are given.
"""

from dataclasses import dataclass

# What does a feed say of an article?


@dataclass(frozen=True)
class Entry:
    """An article that a feed names: ``key`` is the same wherever the article is found,
    ``published`` is in seconds since 1970 (None: the feed doesn't say, or says what can't be).
    ``public_only``: it lies elsewhere than the feed, so that it is only read from the public web.
    """

    url: str
    key: str
    title: str
    summary: str = ""
    published: float | None = None
    public_only: bool = True
