"""How close a bot's calls came to Slack's rate limits, and how often they exceeded them."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterator

from benchmarks.figures import Figure
from sandbox.slack import LocalSlack
from sandbox.slack.calls import ApiCall
from sandbox.slack.methods import METHODS

_POSTS_A_MINUTE = 60  # in one channel: https://docs.slack.dev/apis/web-api/rate-limits/
_MINUTE = 60.0

Budget = tuple[str, str]
"""A method, and the team or the channel that its calls are counted in."""


def fullest_tiers(slack: LocalSlack) -> Iterator[Figure]:
    """For each method with a tier, the share of the tier that its busiest minute used."""
    shares: dict[str, float] = {}
    for (method, _), times in _by_budget(slack).items():
        allowed = METHODS[method].per_minute or _POSTS_A_MINUTE
        share = 100 * _busiest_minute(times) / allowed
        shares[method] = max(share, shares.get(method, 0.0))
    for method, share in sorted(shares.items(), key=lambda each: -each[1]):
        yield Figure(f"fullest tier: {method}", "%", (share,))


def refused_calls(slack: LocalSlack) -> list[int]:
    """The number of calls that a tier refused, and of those that it refused more than once."""
    counts = Counter(
        f"{call.method} {json.dumps(call.args, sort_keys=True)}"
        for call in slack.calls
        if call.outcome == "ratelimited"
    )
    return [len(counts), sum(1 for times in counts.values() if times > 1)]


def _by_budget(slack: LocalSlack) -> dict[Budget, list[float]]:
    times: dict[Budget, list[float]] = defaultdict(list)
    for call in slack.calls:
        if call.outcome == "ok" and (place := _place(slack, call)):
            times[call.method, place].append(call.at)
    return times


def _place(slack: LocalSlack, call: ApiCall) -> str:
    """The team or channel that the call is counted in; empty if its method has no tier."""
    channel = str(call.args.get("channel") or call.args.get("channel_id") or "")
    if call.method == "chat.postMessage":
        return channel
    method = METHODS.get(call.method)
    known = slack.state.channels.get(channel)
    return (known.team if known else "-") if method and method.per_minute else ""


def _busiest_minute(times: list[float]) -> int:
    first = most = 0
    for last, at in enumerate(times):
        while times[first] < at - _MINUTE:
            first += 1
        most = max(most, last - first + 1)
    return most
