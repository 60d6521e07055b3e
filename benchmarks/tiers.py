"""How close did a bot's calls come to Slack's limits, and how often did they exceed them?"""

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


def fullest(slack: LocalSlack) -> Iterator[Figure]:
    """For each method that has a tier, the share of it that its busiest minute took."""
    shares: dict[str, float] = {}
    for (method, _), times in _by_budget(slack).items():
        allowed = METHODS[method].per_minute or _POSTS_A_MINUTE
        share = 100 * _busiest_minute(times) / allowed
        shares[method] = max(share, shares.get(method, 0.0))
    for method, share in sorted(shares.items(), key=lambda each: -each[1]):
        yield Figure(f"fullest tier: {method}", "%", (share,))


def refused(slack: LocalSlack) -> list[int]:
    """How many calls a tier refused, and how many it refused more than once."""
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
    """What the call is counted in; nothing where its method has no tier."""
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
