"""Which small words of a copied line turn what they stand beside?

"And" for "or", "she" for "he", "may" for "will", "all" for "some", "from" for "to", and a "former"
that is left out.
"""

from bot.briefing.checks.alignment import Alignment, Edit, Gap
from bot.briefing.checks.phrases import phrases
from bot.briefing.checks.rows import Row, Word, heavy
from bot.briefing.checks.small_words import listed, opposed
from bot.briefing.lexicon import lexicon

# How far behind "from" and "to" a place or a time reaches.
_REACH = 4


def turned(edit: Alignment, gap: Gap, language: str | None, *, is_added: bool) -> Edit | None:
    """What turns the line in ``gap``; None for nothing. ``is_added`` is set for a part of its
    own."""
    if gap.start < gap.end:
        found = _opposed(edit, gap, language) or (None if is_added else _swept(edit, gap))
        if found:
            return found
    lost = _office_lost(edit, gap, language)
    return Edit("", lost.text) if lost else None


def _opposed(edit: Alignment, gap: Gap, language: str | None) -> Edit | None:
    """A small word that turns what it stands for: its opposite, its other sex, a "may"."""
    known, ours, theirs = lexicon(language), edit.ours(gap), edit.theirs(gap)
    one, other = ({word.text.lower().split("'")[0] for word in words} for words in (ours, theirs))
    for first, second in opposed(known.exclusive):
        if one & first and other & second and not (one & second or other & first):
            return Edit.of(ours, theirs)
    is_finished = one & listed(known.finished) and not one & listed(known.futures)
    if other & listed(known.futures) - {"to"} and is_finished:
        return Edit.of(ours, theirs)
    hedges = phrases(known.hedges).within([word.text.lower() for word in ours])
    is_hedged = any(True for _ in phrases(known.hedges).within([w.text.lower() for w in theirs]))
    if not is_hedged and any(ours[cue.start].text.lower() not in edit.free for cue in hedges):
        return Edit.of(ours, theirs)
    return None


def _swept(edit: Alignment, gap: Gap) -> Edit | None:
    """A word that makes another statement of it ("all", "because"), and stands here alone."""
    ours = heavy(edit.ours(gap))
    if gap.start == 0 and not all(word.is_sweeping for word in ours):
        return None
    for word, spelt in zip(edit.ours(gap), edit.line.spelt[gap.start :], strict=False):
        if word.is_sweeping and spelt not in edit.free:
            return Edit(word.text, Edit.of((), edit.theirs(gap)).theirs)
    return None


def ways_turned(edit: Alignment, language: str | None) -> Edit | None:
    """Whether the line says "from" of what its passage says "to", and the other way round."""
    ways = lexicon(language).ways.split("|")
    if len(ways) < 2 or any(listed(way).isdisjoint(edit.line.spelt) for way in ways):
        return None
    (ours_from, ours_to), (from_there, to_there) = (
        tuple(_behind(row, listed(way)) for way in ways) for row in (edit.line, edit.passage)
    )
    one, other = ours_from & to_there - from_there, ours_to & from_there - to_there
    return Edit(ways[0].strip(), ways[1].strip()) if one and other else None


def _behind(row: Row, way: frozenset[str]) -> frozenset[str]:
    """The beginnings of the words right behind one of ``way``."""
    found: set[str] = set()
    for place, word in enumerate(row.words):
        if word.text.lower() in way:
            for step in range(place + 1, min(place + 1 + _REACH, len(row.words))):
                if step in row.opening or (row.words[step].is_light and step > place + 1):
                    break
                found.update((row.words[step].key,) * (not row.words[step].is_light))
    return frozenset(found)


def _office_lost(edit: Alignment, gap: Gap, language: str | None) -> Word | None:
    """A "former" or "deputy" that the line leaves out before a word that it keeps."""
    offices = listed(lexicon(language).offices)
    if gap.there_start == gap.there_end or gap.there_end in edit.passage.opening:
        return None
    last = edit.passage.words[gap.there_end - 1]
    ours = {word.text.lower() for word in edit.line.words}
    lost = last.text.lower() in offices and last.text.lower() not in ours
    return last if lost and gap.there_end < len(edit.passage.words) else None
