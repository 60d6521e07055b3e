"""Does a line say of one what a sentence that it points at says of another?

Half of one sentence before half of another: honest where the second begins a part of its own
("which …", "and …"), or where its own subject means the same.
"""

from collections.abc import Iterator, Sequence

from bot.briefing.checks.alignment import Alignment, Edit
from bot.briefing.checks.rows import Row, Word, heavy
from bot.briefing.checks.small_words import listed, saying
from bot.briefing.checks.standing_for import may_stand_for
from bot.briefing.lexicon import lexicon

# So many words in a row of another sentence are a part of it; at the end of a line one less.
_PART = 4


def spliced(edit: Alignment, earlier: frozenset[str], language: str | None) -> Iterator[Edit]:
    """Subjects of the line before a part of the passage that says something of another.
    ``earlier`` are the beginnings that the passages before it have."""
    for place, there in _parts(edit):
        first = edit.line.words[place].text.lower()
        is_verb = first in listed(lexicon(language).auxiliaries)
        before = edit.line.words[place - 1].text.lower()
        is_clause = not listed(lexicon(language).joining).isdisjoint((first, before))
        if is_clause or (place in edit.line.opening and not is_verb):
            continue
        start = 0 if place in edit.line.opening else _clause(edit.line, place)
        ours = edit.line.words[start:place]
        theirs = _before(edit.passage, there, language)
        if not _may_open(edit, ours, theirs, earlier, language):
            yield Edit.of(ours, theirs)


def _before(row: Row, place: int, language: str | None) -> Sequence[Word]:
    """The subject before ``place`` and what belongs to it; where its clause begins with a verb
    ("Lind, who …, told us"), all that goes before."""
    words = row.words[_clause(row, place) : place]
    verbs = listed(lexicon(language).auxiliaries)
    first = words[0].text.lower() if words else ""
    is_verb = first in verbs or saying(language).fullmatch(first) is not None
    return row.words[:place] if is_verb else words


def _may_open(
    edit: Alignment,
    ours: Sequence[Word],
    theirs: Sequence[Word],
    earlier: frozenset[str],
    language: str | None,
) -> bool:
    """Whether the passage may say of ``ours`` what it says of ``theirs``; "it" and "this" are what
    was named before."""
    if not listed(lexicon(language).joining) and not all(
        any(w.is_name for w in words) for words in (ours, theirs)
    ):
        return True
    things = listed(lexicon(language).pronouns) - listed(
        lexicon(language).genders.replace("|", " ")
    )
    is_thing = not heavy(theirs) and any(word.text.lower() in things for word in theirs)
    if is_thing and not all(word.key in earlier | edit.passage.keys for word in heavy(ours)):
        return False
    return may_stand_for(ours, theirs, language)


def _parts(edit: Alignment) -> Iterator[tuple[int, int]]:
    """Where the line begins to take over a part of the passage, behind words of its own."""
    paired = {place for place, _ in edit.pairs}
    start = 0
    for step, (place, there) in enumerate(edit.pairs):
        if step == 0 or (place - 1, there - 1) != edit.pairs[step - 1]:
            start = step
        first = edit.pairs[start]
        is_last = step + 1 == len(edit.pairs) and place + 1 == len(edit.line.words)
        is_part = step - start == _PART - 1 or (is_last and step - start == _PART - 2)
        if is_part and first[0] > 0 and first[0] - 1 not in paired:
            yield first


def _clause(row: Row, place: int) -> int:
    """Where the clause begins in which the word at ``place`` stands."""
    return max((opening for opening in row.opening if opening <= place), default=0)
