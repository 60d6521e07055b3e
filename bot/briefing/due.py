"""Which commitments in a briefing have a certain date, so that somebody can be reminded of them?"""

from collections import Counter
from collections.abc import Iterable, Iterator

from bot.briefing.digest import fingerprint
from bot.briefing.lines import Briefing, Commitment


def dated(briefing: Briefing) -> Iterator[Commitment]:
    """Yield the commitments with a certain date, as they are shown now. One that a person rewrote
    is left out if it isn't verified or no longer says by when."""
    for line in briefing.commitments:
        still_says_when = not line.is_edited or (line.deadline or line.text) in line.text
        if line.deadline_date and line.is_verified and still_says_when:
            yield line


def identified(undertakings: Iterable[Commitment]) -> Iterator[tuple[str, Commitment]]:
    """Each with its id; of those in one sentence by the same actor, each with its own."""
    counted = Counter[str]()
    for line in undertakings:
        same = undertaking_id(line)
        counted[same] += 1
        yield (f"{same}-{counted[same]}" if counted[same] > 1 else same), line


def undertaking_id(line: Commitment) -> str:
    """An id that is equal for the same commitment on the same passages, however it is worded."""
    passages = sorted({passage.text for passage in line.evidence})
    return fingerprint("\n".join((line.deadline_date or "", line.actor, *passages)))
