"""What happened to a mention that was lost or doubled, in order."""

import time
from collections.abc import Iterator, Sequence

from benchmarks.crews import Worker
from benchmarks.killing import Kill
from benchmarks.scenes import Scene
from tests.e2e.readout import shown


def histories(scene: Scene, kills: Sequence[Kill], workers: Sequence[Worker]) -> Iterator[str]:
    """The history of each thread that has anything but its replies, or a status; times in seconds
    since the first event."""
    began = min((each.sent_at for each in scene.slack.deliveries), default=0.0)
    begun = began - time.time() + time.monotonic()
    for root in (each for each in scene.threads if not scene.is_well(each)):
        yield f"thread {root}:"
        happened = [
            *((at - begun, what) for at, what in _here(scene, kills, workers, root)),
            *((at - began, what) for at, what in _in_slack(scene, root)),
        ]
        yield from (f"{at:10.2f} {what}" for at, what in sorted(happened))
        yield from (f"    there is: {shown(each)[:90]!r}" for each in scene.messages(root))


def _here(
    scene: Scene, kills: Sequence[Kill], workers: Sequence[Worker], root: str
) -> Iterator[tuple[float, str]]:
    """In monotonic seconds."""
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


def _in_slack(scene: Scene, root: str) -> Iterator[tuple[float, str]]:
    """In seconds since the epoch."""
    for call in scene.slack.calls:
        if root in {call.args.get("thread_ts"), call.args.get("ts")}:
            yield call.at, f"Slack: {call.method} {call.outcome} {call.args.get('status', '')}"
    for each in scene.slack.deliveries:
        event = each.payload.get("event", {})
        if root in {event.get("ts"), event.get("thread_ts")}:
            yield each.sent_at, f"Slack sends {event['type']}, attempt {each.attempts}"
            yield each.acked_at, f"Slack hears that {event['type']} was taken"
