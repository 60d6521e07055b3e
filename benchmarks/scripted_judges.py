"""Judges of a scripted draft: one knows which lines are false, another accepts everything."""

from collections.abc import Iterable, Sequence

from bot.briefing.documents import Document, Library
from bot.briefing.draft import DraftItem, DraftQuote
from bot.briefing.lines import Line
from bot.briefing.tasks import Judgement, Usage

HONEST_KINDS = "ok_"
"""The prefix of honest kinds."""
SOURCE = "source"
"""The kind of a line that code copied from a source."""


class Kinds:
    """The kinds of the ``labelled`` items about ``document``."""

    def __init__(self, labelled: Iterable[tuple[str, DraftItem]], document: Document) -> None:
        library = Library((document,))
        self._kinds: dict[tuple[object, ...], str] = {}
        for kind, item in reversed(list(labelled)):
            *words, voice = _key(_words(item, library), item.content)
            self._kinds[(*words, voice)] = self._kinds[(*words, None)] = kind

    def of(self, line: Line) -> str:
        """The kind of ``line``, whose voice code may have corrected."""
        key = _key(line.text, line)
        kind = self._kinds.get(key) or self._kinds.get((*key[:-1], None)) or SOURCE
        return kind if line.needs_judgement or kind == "ok_verbatim" else SOURCE


class ScriptedJudge:
    """A `Judge` that finds items of false kinds unsupported; without ``kinds``, none."""

    model = "scripted judge"
    prompt = ""

    def __init__(self, kinds: Kinds | None) -> None:
        self._kinds = kinds

    async def judge(self, lines: Sequence[Line], documents: Sequence[Document]) -> Judgement:
        """Judge ``lines`` by their kinds."""
        said = {place: self._problem(line) for place, line in enumerate(lines)}
        return Judgement(said, Usage(0, 0))

    async def close(self) -> None:
        """Do nothing."""

    def _problem(self, line: Line) -> str | None:
        kind = self._kinds.of(line) if self._kinds else SOURCE
        return f"It is false: {kind}" if is_a_lie(kind) else None


def is_a_lie(kind: str) -> bool:
    """Whether items of that kind were written to be false."""
    return kind not in {"model", SOURCE} and not kind.startswith(HONEST_KINDS)


def _key(text: str, content: object) -> tuple[object, ...]:
    """What identifies a line: its text and its other fields."""
    fields = ("role", "when", "figure", "unit", "actor", "voice")
    return text, *(getattr(content, name, None) for name in fields)


def _words(item: DraftItem, library: Library) -> str:
    """The text with which ``item`` would be shown."""
    if not isinstance(item.content, DraftQuote):
        return item.text
    found = library.find(item.content.quotation)
    return library.passage(found).text if found else ""
