"""A scripted writer that lies in every way we could think of, with some honest lines in between.

Rules make each lie from a sentence of the article and cite that sentence; a hash makes the choice,
so that the lies about an article are the same everywhere. Failed lines are sent once more, with the
surrounding sentences cited as well.
"""

import re
from collections.abc import AsyncGenerator, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import chain

from benchmarks import combined_lies, speaker_lies
from benchmarks.changed_sentences import (
    CORRUPTIONS,
    HONEST,
    Change,
    Maker,
    Sentence,
    choice,
    replace_match,
    stable_hash,
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
class LabelledItem:
    """An item of a draft and its kind; honest kinds begin with `ok_`."""

    kind: str
    item: DraftItem

    @property
    def text(self) -> str:
        """The text of the item, or the number of its quotation."""
        return self.item.text


def falsify(kind: str) -> Maker:
    """A maker that applies the rewrites of that ``kind`` outside quotations."""

    def make(sentence: Sentence) -> Iterator[Change]:
        for pattern, written in FALSEHOODS[kind]:
            for match in re.finditer(pattern, sentence.text):
                if not any(q.start() <= match.start() < q.end() for q in sentence.quotations):
                    yield replace_match(sentence, match, match.expand(written))

    return make


LIES: Mapping[str, Maker] = {
    **CORRUPTIONS,
    **{kind: falsify(kind) for kind in FALSEHOODS},
    **speaker_lies.LIES,
    **combined_lies.LIES,
}
"""The makers of lies, by kind."""


def draft_lies(document: Document) -> tuple[LabelledItem, ...]:
    """A whole draft about an English ``document``: a false headline and bottom line, one lie of
    each kind, and honest lines between them."""
    article = Article(document.title or document.text[:40], "en", document)
    sentences = [Sentence(article, number) for number in _suitable_sentences(document)]
    made = [_pick(kind, make, sentences) for kind, make in {**LIES, **HONEST}.items()]
    lines = sorted(filter(None, made), key=lambda told: stable_hash(document.text, told.kind))
    lies = [line for line in lines if not line.kind.startswith("ok_")][: len(_TOPS)]
    tops = [
        LabelledItem(lie.kind, DraftItem(section, lie.item.content))
        for section, lie in zip(_TOPS, lies, strict=False)
    ]
    rest = [line for line in lines if line not in lies]
    return (*tops, *rest, *combined_lies.entries(document, sentences, LabelledItem))


_TOPS: tuple[Section, ...] = ("headline", "bottom_line")


def _suitable_sentences(document: Document) -> list[int]:
    """The numbers of sentences that are statements of medium length."""
    return [
        number
        for number in range(1, len(document.sentences) + 1)
        if _FEWEST_WORDS <= count_words(document.sentence(number)) <= _MOST_WORDS
        and document.sentence(number)[-1] in '.”"'
        and unfit_reason(document, number) is None
    ]


def _pick(kind: str, make: Maker, sentences: list[Sentence]) -> LabelledItem | None:
    """A line of ``kind``, if one can be made from any of the ``sentences``."""
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
    return LabelledItem(kind, DraftItem("key_points", _line(sentence, change, numbers)))


def _is_a_lie(sentence: Sentence, change: Change) -> bool:
    """Whether the text, the citation or the speaker differs from the article."""
    is_new = change.text not in sentence.article.document.text
    return is_new or change.also is not None or change.speaker is not None


def _line(sentence: Sentence, change: Change, numbers: list[int]) -> DraftLine:
    """The line as a writer would draft it: with the speaker of the sentence, and the sentence that
    names them."""
    own = draft_sentence(sentence.article.document, sentence.number)
    label = sentence.article.document.label
    speaker = change.speaker or (None if change.voice else own.speaker)
    cited = [f"{label}{number}" for number in numbers]
    is_own = speaker is not None and speaker == own.speaker
    speaker_evidence = [at for at in own.evidence if is_own and at != f"{label}{sentence.number}"]
    return DraftLine(
        evidence=list(dict.fromkeys([*cited, *speaker_evidence])),
        voice=change.voice or own.voice,
        speaker=speaker,
        text=change.text,
    )


class Liar:
    """A `Writer` whose drafts are those of `draft_lies`."""

    engine = "openai"
    model: str | None = "scripted liar"
    budget: int | None = None
    prompts: Mapping[str, str] = {}
    secrets: tuple[str, ...] = ()
    selector: Selector | None = None
    change_finder: ChangeFinder | None = None

    def count(self, text: str) -> int:
        """0: no tokens are counted."""
        return 0

    def fits(self, excerpts: tuple[Excerpt, ...]) -> bool:
        return True

    async def write(self, task: WritingTask | AnswerTask) -> AsyncGenerator[DraftItem | Usage]:
        """The lies about each document, whatever is asked."""
        for line in chain.from_iterable(draft_lies(each.document) for each in task.excerpts):
            if isinstance(task, WritingTask):
                yield line.item
            elif isinstance(line.item.content, DraftLine):
                yield DraftItem("answer", line.item.content)

    async def repair(
        self, task: WritingTask | AnswerTask, failed: tuple[FailedItem, ...]
    ) -> AsyncGenerator[RepairedItem | Usage]:
        """The same lies, with the sentences before and after cited too."""
        documents = {each.document.label: each.document for each in task.excerpts}
        for place, each in enumerate(failed):
            content = each.item.content
            if not isinstance(content, DraftUnknown | DraftDifference):
                widen = partial(_with_neighbours, documents=documents)
                wider = list(dict.fromkeys(chain(*map(widen, content.evidence))))
                repaired = content.model_copy(update={"evidence": wider})
                yield RepairedItem(place, DraftItem(each.item.section, repaired))


def _with_neighbours(reference: str, documents: Mapping[str, Document]) -> list[str]:
    label, number = reference.rstrip("0123456789"), int(re.sub(r"\D", "", reference))
    last = len(documents[label].sentences)
    return [f"{label}{n}" for n in (number, number - 1, number + 1) if 1 <= n <= last]
