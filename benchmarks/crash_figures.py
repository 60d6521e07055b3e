"""Figures about what was lost, doubled or late when processes were killed."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from statistics import median

from benchmarks.figures import Figure
from benchmarks.killer import WORK, Kill, takeover_delay
from benchmarks.recording_proxy import MODEL, Call
from benchmarks.scenario import Scenario
from benchmarks.supervised_workers import Worker

_NEAR_SECONDS = 0.2
_SHARE_AWAY = 0.7  # at least 60 of 200 kills are to be near a call
_RESUMED_SECONDS, _TAKEN_OVER_SECONDS = 2.0, 8.0
_FOR_EVER = float("inf")


def mention_figures(scene: Scenario) -> list[Figure]:
    """Figures about the mentions."""
    replies = {number: len(scene.replies(number)) for number in scene.asked}
    # A request for a repair is another request.
    requests = Counter((each.number, each.body) for each in scene.calls() if each.name == MODEL)
    state = scene.slack.state
    said = sum(each.by_app for room in state.channels for each in state.messages(room))
    bad = {
        "mentions not answered": sum(not count for count in replies.values()),
        "mentions answered twice": sum(count > 1 for count in replies.values()),
        "messages that are no reply": said - sum(replies.values()),
        "threads with anything else": sum(not scene.is_correct(root) for root in scene.threads),
        "statuses left": len(state.statuses),
        "events never taken": sum(not each.acked_at for each in scene.slack.deliveries),
        "model calls in vain": len(scene.wasted_calls),
        "model calls again without a kill": sum(
            max(0, times - 1 - scene.asked[number].crashes)
            for (number, _), times in requests.items()
            if number is not None
        ),
    }
    return [
        Figure("mentions", "", (len(scene.asked),)),
        *(Figure(name, "", (count,), 1) for name, count in bad.items()),
        Figure("model calls", "", (requests.total(),)),
        Figure("model calls repeated", "", (requests.total() - len(requests),)),
    ]


def kill_figures(kills: Sequence[Kill], scene: Scenario, planned: int) -> list[Figure]:
    """Figures about whether the kills could do harm."""
    near = sum(_is_near(kill, scene.proxies[kill.worker].calls) for kill in kills)
    most = max(asked.crashes for asked in scene.asked.values())
    idle = sum(not kill.in_flight for kill in kills)
    return [
        Figure("kills missing", "", (planned - len(kills),), 1),
        Figure("kills with nothing in flight", "", (idle,), 1),
        Figure("kills within 200 ms of a call", "", (near,)),
        Figure("kills away from any call", "", (len(kills) - near,), planned * _SHARE_AWAY + 1),
        Figure("most kills that a mention outlived", "", (most,)),
    ]


def delay_figures(
    kills: Sequence[Kill], scene: Scenario, workers: Sequence[Worker]
) -> list[Figure]:
    """Figures about how soon interrupted work was resumed: after the restart of the only worker, or
    after the death of one of several."""
    calls = scene.calls()
    if len(workers) == 1:
        before = zip(kills, [*(kill.at for kill in kills[1:]), _FOR_EVER], strict=True)
        waits = [_resume_delay(kill, workers[0], calls, end) for kill, end in before]
        return _delay_spread(
            "resumed", [wait for wait in waits if wait is not None], _RESUMED_SECONDS
        )
    waits = [takeover_delay(kill, calls) for kill in kills if kill.stays_away]
    never = sum(wait is None for wait in waits)
    taken = [wait for wait in waits if wait is not None]
    return [
        Figure("never taken over", "", (never,), 1),
        *_delay_spread("taken over", taken, _TAKEN_OVER_SECONDS),
    ]


def moment_figures(kills: Sequence[Kill]) -> list[Figure]:
    """How often which process was killed at which moment."""
    parts = Counter(f"killed {kill.part}" for kill in kills)
    moments = Counter(
        str(kill.aim) if kill.is_aimed else "call that did not come" for kill in kills
    )
    counted = [*sorted(parts.items()), *sorted((f"at {at}", n) for at, n in moments.items())]
    return [Figure(name, "", (count,)) for name, count in counted]


def _is_near(kill: Kill, calls: Sequence[Call]) -> bool:
    times = (time for call in calls for time in (call.came, call.answered) if time)
    return any(abs(time - kill.at) <= _NEAR_SECONDS for time in times)


def _resume_delay(kill: Kill, worker: Worker, calls: Sequence[Call], end: float) -> float | None:
    """The seconds from the restart to the first call for interrupted work; None if there was none,
    the next kill came first, or only the listening process died."""
    if kill.part == "listening":
        return None
    spawned = worker.spawned[bisect_left(worker.spawned, kill.at)]
    return next(
        (
            call.came - spawned
            for call in calls
            if spawned < call.came < end and call.name in WORK and call.number in kill.in_work
        ),
        None,
    )


def _delay_spread(name: str, seconds: Sequence[float], target: float) -> list[Figure]:
    values = seconds or [_FOR_EVER]
    return [
        Figure(f"{name}, seen", "", (len(seconds),)),
        Figure(f"{name} after, median", "s", (median(values),), target),
        Figure(f"{name} after, most", "s", (max(values),)),
    ]
