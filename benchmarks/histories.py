"""The history of a mention that was lost or doubled."""

import time
from collections.abc import Iterator, Sequence

from benchmarks.killer import Kill
from benchmarks.scenario import Scenario
from benchmarks.supervised_workers import Worker
from tests.e2e.readout import shown


def histories(scene: Scenario, kills: Sequence[Kill], workers: Sequence[Worker]) -> Iterator[str]:
    """The lines of a history for each thread that has anything but its replies, or a status; times
    are in seconds since the first event."""
    began = min((each.sent_at for each in scene.slack.deliveries), default=0.0)
    begun = began - time.time() + time.monotonic()
    for root in (each for each in scene.threads if not scene.is_correct(each)):
        yield f"thread {root}:"
        happened = [
            *((at - begun, what) for at, what in _events_here(scene, kills, workers, root)),
            *((at - began, what) for at, what in _events_in_slack(scene, root)),
        ]
        yield from (f"{at:10.2f} {what}" for at, what in sorted(happened))
        yield from (f"    there is: {shown(each)[:90]!r}" for each in scene.messages(root))


def _events_here(
    scene: Scenario, kills: Sequence[Kill], workers: Sequence[Worker], root: str
) -> Iterator[tuple[float, str]]:
    """Calls, kills and starts, at monotonic seconds."""
    numbers = {number for number, asked in scene.asked.items() if asked.root == root}
    for call in scene.calls():
        if call.number in numbers:
            yield call.came, f"worker {call.worker} calls {call.name}"
    for kill in kills:
        if numbers & kill.in_flight:
            begun = ", which was at it" if numbers & kill.in_work else ""
            yield kill.at, f"KILLED {kill.part} of worker {kill.worker}{begun}: {kill.aim}"
    for worker in workers:
        yield from ((at, f"worker {worker.number} is started") for at in worker.spawned)


def _events_in_slack(scene: Scenario, root: str) -> Iterator[tuple[float, str]]:
    """Calls and events in Slack's log, at seconds since the epoch."""
    for call in scene.slack.calls:
        if root in {call.args.get("thread_ts"), call.args.get("ts")}:
            yield call.at, f"Slack: {call.method} {call.outcome} {call.args.get('status', '')}"
    for each in scene.slack.deliveries:
        event = each.payload.get("event", {})
        if root in {event.get("ts"), event.get("thread_ts")}:
            yield each.sent_at, f"Slack sends {event['type']}, attempt {each.attempts}"
            yield each.acked_at, f"Slack hears that {event['type']} was taken"
