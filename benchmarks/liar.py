"""A writer that lies in every way we could think of, with some honest lines in between.

Rules make each lie from a sentence of the article and cite that sentence; a hash makes the choice,
so that the lies about an article are the same everywhere. Failed lines are sent once more, with the
surrounding sentences cited as well.
"""

import re
from collections.abc import AsyncGenerator, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import chain

from benchmarks import blends, mistaken
from benchmarks.changed_sentences import (
    CORRUPTIONS,
    HONEST,
    Change,
    Maker,
    Sentence,
    choice,
    order,
    replaced,
)
from benchmarks.falsehoods import FALSEHOODS
from bot.briefing.documents import Document, Excerpt
from bot.briefing.draft import DraftDifference, DraftItem, DraftLine, DraftUnknown, Section
from bot.briefing.machine_speech import unfit_reason
from bot.briefing.speech import draft_sentence
from bot.briefing.tasks import AnswerTask, FailedItem, RepairedItem, Usage, WritingTask
from bot.briefing.text import count_words
from bot.service.ports import ChangeFinder, Selector
from evals.cases import Article

_FEWEST_WORDS, _MOST_WORDS = 7, 35


@dataclass(frozen=True)
class Told:
    """An item of a draft, and of which kind it is; honest kinds begin with `ok_`."""

    kind: str
    item: DraftItem

    @property
    def text(self) -> str:
        """The words of it, or the number of its quotation."""
        return self.item.text


def falsified(kind: str) -> Maker:
    """What writes a sentence as the ``kind``'s table of lies has it, outside quotations."""

    def make(sentence: Sentence) -> Iterator[Change]:
        for pattern, written in FALSEHOODS[kind]:
            for match in re.finditer(pattern, sentence.text):
                if not any(q.start() <= match.start() < q.end() for q in sentence.quotations):
                    yield replaced(sentence, match, match.expand(written))

    return make


LIES: Mapping[str, Maker] = {
    **CORRUPTIONS,
    **{kind: falsified(kind) for kind in FALSEHOODS},
    **mistaken.LIES,
    **blends.LIES,
}
"""By kind, what makes it of a sentence."""


def drafted(document: Document) -> tuple[Told, ...]:
    """A whole draft about an English ``document``: a false headline and bottom line, one lie of
    each kind, and honest lines between them."""
    article = Article(document.title or document.text[:40], "en", document)
    sentences = [Sentence(article, number) for number in _fit(document)]
    made = [_one(kind, make, sentences) for kind, make in {**LIES, **HONEST}.items()]
    lines = sorted(filter(None, made), key=lambda told: order(document.text, told.kind))
    lies = [line for line in lines if not line.kind.startswith("ok_")][: len(_TOPS)]
    tops = [
        Told(lie.kind, DraftItem(section, lie.item.content))
        for section, lie in zip(_TOPS, lies, strict=False)
    ]
    rest = [line for line in lines if line not in lies]
    return (*tops, *rest, *blends.entries(document, sentences, Told))


_TOPS: tuple[Section, ...] = ("headline", "bottom_line")


def _fit(document: Document) -> list[int]:
    """The sentences that state something, of a middling length."""
    return [
        number
        for number in range(1, len(document.sentences) + 1)
        if _FEWEST_WORDS <= count_words(document.sentence(number)) <= _MOST_WORDS
        and document.sentence(number)[-1] in '.”"'
        and unfit_reason(document, number) is None
    ]


def _one(kind: str, make: Maker, sentences: list[Sentence]) -> Told | None:
    """A line of ``kind``, if any of the ``sentences`` can be told so."""
    changes = [
        (sentence, change)
        for sentence in sentences
        for change in make(sentence)
        if kind.startswith("ok_") or _is_a_lie(sentence, change)
    ]
    if not changes:
        return None
    sentence, change = choice(changes, kind, len(sentences))
    numbers = [sentence.number] if change.also is None else [sentence.number, change.also]
    if kind == "wrong_reference":
        numbers = numbers[1:]
    return Told(kind, DraftItem("key_points", _line(sentence, change, numbers)))


def _is_a_lie(sentence: Sentence, change: Change) -> bool:
    """Whether it says or points at something else than the article."""
    is_new = change.text not in sentence.article.document.text
    return is_new or change.also is not None or change.speaker is not None


def _line(sentence: Sentence, change: Change, numbers: list[int]) -> DraftLine:
    """The line as a writer would hand it in: it knows whose claim its sentence is, and points at
    where that is said."""
    own = draft_sentence(sentence.article.document, sentence.number)
    label = sentence.article.document.label
    speaker = change.speaker or (None if change.voice else own.speaker)
    cited = [f"{label}{number}" for number in numbers]
    is_own = speaker is not None and speaker == own.speaker
    told_by = [at for at in own.evidence if is_own and at != f"{label}{sentence.number}"]
    return DraftLine(
        evidence=list(dict.fromkeys([*cited, *told_by])),
        voice=change.voice or own.voice,
        speaker=speaker,
        text=change.text,
    )


class Liar:
    """A `Writer` whose drafts are `drafted`."""

    engine = "openai"
    model: str | None = "scripted liar"
    budget: int | None = None
    prompts: Mapping[str, str] = {}
    secrets: tuple[str, ...] = ()
    selector: Selector | None = None
    change_finder: ChangeFinder | None = None

    def count(self, text: str) -> int:
        """Nothing is spent on ``text``."""
        return 0

    def fits(self, excerpts: tuple[Excerpt, ...]) -> bool:
        return True

    async def brief(self, task: WritingTask) -> AsyncGenerator[DraftItem | Usage]:
        """The lies about each document."""
        for line in chain.from_iterable(drafted(each.document) for each in task.excerpts):
            yield line.item

    async def answer(self, task: AnswerTask) -> AsyncGenerator[DraftItem | Usage]:
        """The same, whatever was asked."""
        for line in chain.from_iterable(drafted(each.document) for each in task.excerpts):
            if isinstance(line.item.content, DraftLine):
                yield DraftItem("answer", line.item.content)

    async def repair(
        self, task: WritingTask | AnswerTask, failed: tuple[FailedItem, ...]
    ) -> AsyncGenerator[RepairedItem | Usage]:
        """The same lies, pointing at the sentences before and after as well."""
        documents = {each.document.label: each.document for each in task.excerpts}
        for place, each in enumerate(failed):
            content = each.item.content
            if not isinstance(content, DraftUnknown | DraftDifference):
                widen = partial(_widened, documents=documents)
                wider = list(dict.fromkeys(chain(*map(widen, content.evidence))))
                told_again = content.model_copy(update={"evidence": wider})
                yield RepairedItem(place, DraftItem(each.item.section, told_again))


def _widened(reference: str, documents: Mapping[str, Document]) -> list[str]:
    label, number = reference.rstrip("0123456789"), int(re.sub(r"\D", "", reference))
    last = len(documents[label].sentences)
    return [f"{label}{n}" for n in (number, number - 1, number + 1) if 1 <= n <= last]
