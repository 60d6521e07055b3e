"""The words for how many sources support a line, and which source a side is from."""

from collections.abc import Sequence

from bot.briefing.catalogue import Catalogue
from bot.briefing.documents import Document
from bot.briefing.lines import Line


def standing(line: Line, fixed: Catalogue) -> str:
    """What is said behind ``line`` ("in 2 of 3 sources"), empty where there is nothing to say."""
    told: list[str] = []
    if support := line.support:
        if support.witnesses > 1:
            witnesses = fixed.number(support.witnesses)
            told.append(fixed.counted(fixed.supported, support.of, witnesses=witnesses))
        if support.is_alone:
            told.append(fixed.alone.format(label=support.sources[0]))
        if support.is_disputed:
            told.append(fixed.disputed)
    return "; ".join(told)


def tellers(side: Line, documents: Sequence[Document], fixed: Catalogue) -> str:
    """Who says ``side``, and when: "A · Velm Courier · 14 May 2031, B"; a later figure may be news
    and no contradiction."""
    labels = {passage.document for passage in side.evidence}
    told = (
        (each.label, each.outlet, each.published and fixed.date(each.published))
        for each in documents
        if each.label in labels
    )
    return ", ".join(" · ".join(part for part in each if part) for each in told)
