"""The input of a check: the words of a line, and the passages that should support them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from bot.briefing.documents import Library, Passage
from bot.briefing.lexicon import has_word_lists
from bot.briefing.lines import Reason

Group = Literal["english", "listed", "unlisted", "translated"]
"""The groups by which checks are measured: English, other languages with and without word lists,
and lines in another language than their passages."""


@dataclass(frozen=True, eq=False)  # known by its identity
class Statement:
    """A text to be checked against all its ``passages`` together.

    ``references`` are as the writer gave them; ``passages`` are those of the references that lead
    somewhere. ``language`` is that of ``text``. ``is_translation``: it differs from that of the
    passages, so that figures and names can be compared, but not words. ``speaker`` is who says the
    line, if its writer says so. ``is_detail``: the text is not a sentence, but a speaker, a role, a
    deadline and the like.
    """

    text: str
    references: tuple[str, ...]
    passages: tuple[Passage, ...]
    library: Library
    language: str | None = None
    is_translation: bool = False
    is_detail: bool = False
    speaker: str | None = None

    @classmethod
    def of_passages(
        cls,
        text: str,
        passages: tuple[Passage, ...],
        library: Library,
        language: str | None,
        *,
        is_detail: bool = False,
    ) -> "Statement":
        """``text`` as a statement that cites ``passages``; ``language`` is None for theirs."""
        languages = {library[passage.document].language for passage in passages}
        return cls(
            text,
            tuple(passage.reference for passage in passages),
            passages,
            library,
            language=language or next(iter(languages), None),
            is_translation=bool(language and languages - {language, None}),
            is_detail=is_detail,
        )

    @property
    def group(self) -> Group:
        """The group of the statement's language."""
        if self.is_translation:
            return "translated"
        if self.language in (None, "en"):
            return "english"
        return "listed" if has_word_lists(self.language) else "unlisted"


Check = Callable[[Statement], list[Reason]]


def references_text(statement: Statement) -> str:
    """The references of ``statement`` as text: "A4", "A4 or A7", "A4, A7 or B1"."""
    names = list(dict.fromkeys(passage.reference for passage in statement.passages))
    return " or ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))
