"""May the app call this method now, or how many seconds must it wait?

Tiers are Slack's documented calls a minute, per method and workspace:
https://docs.slack.dev/apis/web-api/rate-limits/
"""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass

TIER_2 = 20
TIER_3 = 50
TIER_4 = 100
POST_BURST = 4  # "short bursts" are allowed above one message a second and channel


@dataclass
class _Bucket:
    tokens: float
    filled_at: float


class RateLimits:
    """Token buckets, one for each key, filled evenly over the minute."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._buckets: dict[tuple[str, str], _Bucket] = {}

    def seconds_to_wait(self, key: tuple[str, str], capacity: int, per_second: float) -> int:
        """0 and one token less, or the whole seconds until there is a token."""
        now = self._clock()
        bucket = self._buckets.setdefault(key, _Bucket(capacity, now))
        refilled = bucket.tokens + (now - bucket.filled_at) * per_second
        bucket.tokens, bucket.filled_at = min(capacity, refilled), now
        if bucket.tokens >= 1:
            bucket.tokens -= 1
            return 0
        return math.ceil((1 - bucket.tokens) / per_second)
