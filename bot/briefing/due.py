"""The commitments in a briefing with a certain date, of which somebody can be reminded."""

from collections import Counter
from collections.abc import Iterable, Iterator

from bot.briefing.digest import text_fingerprint
from bot.briefing.edits import original_of
from bot.briefing.lines import Briefing, Commitment


def dated_commitments(briefing: Briefing) -> Iterator[Commitment]:
    """Yield the commitments with a certain date, as they are shown now. One that turned out wrong
    is left out, and so is one that a person rewrote if it isn't verified or no longer says by when.
    """
    for line in briefing.commitments:
        still_says_when = not line.is_edited or (line.deadline or line.text) in line.text
        stands = line.is_verified and line.corrected is None
        if line.deadline_date and stands and still_says_when:
            yield line


def with_ids(commitments: Iterable[Commitment]) -> Iterator[tuple[str, Commitment]]:
    """Yield each commitment with its id; those with the same `commitment_id` are numbered."""
    counted = Counter[str]()
    for line in commitments:
        same = commitment_id(line)
        counted[same] += 1
        yield (f"{same}-{counted[same]}" if counted[same] > 1 else same), line


def commitment_id(line: Commitment) -> str:
    """An id that is equal for the same commitment on the same passages, however it is worded."""
    passages = sorted({passage.text for passage in line.evidence})
    return text_fingerprint("\n".join((line.deadline_date or "", line.actor, *passages)))


def current_commitment(id_: str, line: Commitment, briefing: Briefing) -> Commitment | None:
    """The commitment ``line`` with the id ``id_`` as its ``briefing`` has it now; None if somebody
    dropped it or it turned out wrong. One from a version that this one replaced stays."""
    stands = dict(with_ids(dated_commitments(briefing)))
    first = original_of(briefing)
    was_there = isinstance(first, Briefing) and id_ in dict(with_ids(first.commitments))
    return stands.get(id_) or (None if was_there else line)
