"""What is known about a source and may be shown: its title is as foreign as its text."""

from dataclasses import replace

from bot.briefing.documents import Document, Passage
from bot.briefing.door import Door
from bot.briefing.machine_speech import speaks_to_machine

_LONGEST = 300


def presentable(document: Document) -> Document:
    """``document`` without a title, an outlet or an author that speaks to a machine, or that
    would be no mere words where it is shown."""
    door = Door.of([document])
    return replace(
        document,
        title=_may_be_shown(document.title, door),
        outlet=_may_be_shown(document.outlet, door),
        author=_may_be_shown(document.author, door),
    )


def _may_be_shown(words: str | None, door: Door) -> str | None:
    if words is None or len(words) > _LONGEST or speaks_to_machine(words):
        return None
    itself = Passage("", 0, len(words), words, "")
    return None if door.objections(words, [itself]) else words
