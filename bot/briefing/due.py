"""Which undertakings of a briefing have a day on which somebody can be reminded of them?"""

from collections.abc import Iterator

from bot.briefing.digest import fingerprint
from bot.briefing.lines import Briefing, Commitment


def dated(briefing: Briefing) -> Iterator[Commitment]:
    """Those with a day that is certain, as they are shown by now. One in a person's words is left
    out where these don't stand, or no longer say by when."""
    for line in briefing.commitments:
        still_says_when = not line.is_edited or (line.deadline or line.text) in line.text
        if line.deadline_date and line.is_verified and still_says_when:
            yield line


def undertaking_id(line: Commitment) -> str:
    """Equal for the same undertaking in the same words of a source, however it is told."""
    passages = sorted({passage.text for passage in line.evidence})
    return fingerprint("\n".join((line.deadline_date or "", line.actor, *passages)))
