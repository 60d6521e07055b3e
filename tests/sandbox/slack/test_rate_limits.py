"""Calls are counted as Slack's tiers count them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.slack.state import TIER_2, TIER_3, TIER_4, RateLimits


class Clock:
    """Time that passes when a test says so, in seconds."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def wait(limits: RateLimits, tier: int, team: str = "T1") -> int:
    return limits.seconds_to_wait(("chat.update", team), tier, tier / 60)


@pytest.mark.parametrize("tier", [TIER_2, TIER_3, TIER_4])
def test_a_tier_limits_the_calls_per_minute(tier: int) -> None:
    clock = Clock()
    limits = RateLimits(clock)
    assert [wait(limits, tier) for _ in range(tier)] == [0] * tier
    assert wait(limits, tier) > 0
    assert wait(limits, tier, "T2") == 0
    clock.now = 60.0
    assert [wait(limits, tier) for _ in range(tier)] == [0] * tier


@given(calls=st.integers(0, 200), pause=st.floats(0, 5))
def test_a_call_succeeds_after_the_wait_that_was_asked_for(calls: int, pause: float) -> None:
    clock = Clock()
    limits = RateLimits(clock)
    for _ in range(calls):
        wait(limits, TIER_3)
        clock.now += pause
    told = wait(limits, TIER_3)
    clock.now += told
    assert told == 0 or wait(limits, TIER_3) == 0
