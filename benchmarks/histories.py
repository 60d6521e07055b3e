"""What happened to a mention that was lost or doubled, in the order in which it happened?"""

import time
from collections.abc import Iterator, Sequence

from benchmarks.crews import Worker
from benchmarks.killing import Kill
from benchmarks.scenes import Asked, Scene
from tests.e2e.house import shown


def histories(scene: Scene, kills: Sequence[Kill], workers: Sequence[Worker]) -> Iterator[str]:
    """The history of each mention that has anything but its one briefing, or a status; times in
    seconds since the first event."""
    began = min((each.sent_at for each in scene.slack.deliveries), default=0.0)
    begun = began - time.time() + time.monotonic()
    for number, asked in scene.asked.items():
        if not _is_well(scene, number):
            yield f"mention {number}, {asked.key}:"
            happened = [
                *((at - begun, what) for at, what in _here(scene, kills, workers, number)),
                *((at - began, what) for at, what in _in_slack(scene, asked)),
            ]
            yield from (f"{at:10.2f} {what}" for at, what in sorted(happened))
            yield from (f"    there is: {shown(each)[:90]!r}" for each in scene.messages(number))


def _is_well(scene: Scene, number: int) -> bool:
    asked = scene.asked[number]
    has_status = (asked.channel, asked.ts) in scene.slack.state.statuses
    return len(scene.messages(number)) == len(scene.briefings(number)) == 1 and not has_status


def _here(
    scene: Scene, kills: Sequence[Kill], workers: Sequence[Worker], number: int
) -> Iterator[tuple[float, str]]:
    """In monotonic seconds."""
    for call in scene.calls():
        if call.number == number:
            yield call.came, f"worker {call.worker} calls {call.name}"
    for kill in kills:
        if number in kill.in_flight:
            begun = ", which was at it" if number in kill.in_work else ""
            yield kill.at, f"KILLED {kill.part} of worker {kill.worker}{begun}: {kill.aim}"
    for worker in workers:
        yield from ((at, f"worker {worker.number} is started") for at in worker.spawned)


def _in_slack(scene: Scene, asked: Asked) -> Iterator[tuple[float, str]]:
    """In seconds since the epoch."""
    for call in scene.slack.calls:
        if asked.ts in {call.args.get("thread_ts"), call.args.get("ts")}:
            yield call.at, f"Slack: {call.method} {call.outcome} {call.args.get('status', '')}"
    for each in scene.slack.deliveries:
        event = each.payload.get("event", {})
        if event.get("ts") == asked.ts:
            yield each.sent_at, f"Slack sends {event['type']}, attempt {each.attempts}"
            yield each.acked_at, f"Slack hears that {event['type']} was taken"
