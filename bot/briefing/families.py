"""Which of several sources carry the same article, so that together they are one witness?"""

from collections.abc import Iterable

from bot.briefing.documents import Document
from bot.briefing.likeness import alike


class Families:
    """Groups of ``documents``: each with its copies, most by itself."""

    def __init__(self, documents: Iterable[Document]) -> None:
        listed = tuple(documents)
        self._first = {each.label: each.label for each in listed}
        for pair in alike(listed):
            kept, dropped = self._first[pair.first], self._first[pair.second]
            for label, first in self._first.items():
                if first == dropped:
                    self._first[label] = kept

    def __len__(self) -> int:
        return self.count(self._first)

    def count(self, labels: Iterable[str]) -> int:
        """How many witnesses the sources with these labels are."""
        return len({self._first[label] for label in labels})
