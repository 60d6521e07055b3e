"""Texts longer than a writer's budget are read in parts."""

import asyncio
from dataclasses import dataclass, field, replace
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.briefing.documents import Document, Excerpt, split_excerpt, whole_excerpts
from bot.briefing.numbering import numbered
from bot.briefing.requests import Wishes
from bot.briefing.tasks import AnswerTask, Selection, SelectionTask, Usage, WritingTask
from bot.service.errors import ModelFailure
from bot.service.select_passages import PassageSelection, SelectedPassages
from tests.fakes import ScriptedWriter, Transcript

BROKEN = ModelFailure("The model stopped.")
A = numbered("A", " ".join(f"Sentence {n} says a little." for n in range(1, 201)))
B = numbered("B", "Brook pays. Velm does not.")


@dataclass
class FirstSentences:
    """Selects the first sentences of each part. For parts of A, ``failing`` gives the number of
    failures by first sentence."""

    failing: dict[int, int] = field(default_factory=dict)
    tasks: list[SelectionTask] = field(default_factory=list)

    def parts(self, excerpt: Excerpt) -> list[Excerpt]:
        return split_excerpt(excerpt, 50, lambda text: len(text.split()))

    async def select(self, task: SelectionTask) -> Selection:
        await asyncio.sleep(0)
        self.tasks.append(task)
        first = task.part.numbers[0]
        if task.part.document is A and self.failing.get(first, 0) > 0:
            self.failing[first] -= 1
            raise BROKEN
        return Selection(task.part.only(slice(task.most)), Usage(50, 5))


async def selected_from(
    selector: FirstSentences,
    budget: int,
    question: str | None = None,
    documents: tuple[Document, ...] = (A, B),
) -> tuple[SelectedPassages, Transcript]:
    writer = ScriptedWriter(budget=budget)
    writer.selector = selector
    reply, clock = Transcript(), count()
    excerpts = whole_excerpts(documents)
    task = AnswerTask(excerpts, question, Wishes()) if question else WritingTask(excerpts, Wishes())
    made = PassageSelection(writer, task, reply, lambda: float(next(clock)))
    return await made.select(), reply


async def test_a_text_that_fits_is_shown_whole_without_asking_the_selector() -> None:
    selector = FirstSentences()
    made, _ = await selected_from(selector, 5_000)
    assert made.shown == made.read == whole_excerpts((A, B))
    assert selector.tasks == []


async def test_every_sentence_is_read_and_the_selection_fits() -> None:
    selector = FirstSentences()
    made, reply = await selected_from(selector, 400, "Who pays?")
    assert made.read == tuple(replace(e, numbers=tuple(e.numbers)) for e in whole_excerpts((A, B)))
    assert sum(len(p.text.split()) for e in made.shown for p in e.passages()) <= 400
    assert max(made.shown[0].numbers) > 150
    assert {task.question for task in selector.tasks} == {"Who pays?"}
    assert made.usage == Usage(50 * len(selector.tasks), 5 * len(selector.tasks))
    assert any(stage.startswith("reading, ") and " of 21 parts" in stage for stage in reply.stages)


async def test_a_selection_that_is_still_too_long_is_narrowed_once_more() -> None:
    selector = FirstSentences()
    made, _ = await selected_from(selector, 60)
    assert sum(len(p.text.split()) for e in made.shown for p in e.passages()) <= 60
    assert len(selector.tasks) > 21
    assert made.shown[1].numbers == (1, 2)


async def test_a_part_that_fails_once_is_tried_again() -> None:
    made, _ = await selected_from(FirstSentences({1: 1}), 400)
    assert made.read[0].is_whole


async def test_a_part_that_fails_twice_is_not_counted_as_read() -> None:
    made, _ = await selected_from(FirstSentences({1: 2}), 400)
    assert 1 not in made.read[0].numbers
    assert made.failure is None


async def test_if_every_part_fails_the_failure_is_reported_after_a_few_attempts() -> None:
    selector = FirstSentences(dict.fromkeys(range(1, 202), 9))
    made, _ = await selected_from(selector, 400, documents=(A,))
    assert made.failure is BROKEN
    assert made.read == whole_excerpts((A,))
    assert len(selector.tasks) < 2 * 20


@given(st.lists(st.integers(1, 30), min_size=1, max_size=40), st.integers(1, 60))
def test_parts_are_consecutive_and_within_the_budget(sizes: list[int], budget: int) -> None:
    text = "\n\n".join("Word " + "word " * (size - 1) + "end." for size in sizes)
    [excerpt] = whole_excerpts((numbered("A", text),))
    found = split_excerpt(excerpt, budget, lambda sentence: len(sentence.split()))
    assert [n for part in found for n in part.numbers] == list(excerpt.numbers)
    for part in found:
        spent = sum(len(passage.text.split()) for passage in part.passages())
        assert spent <= budget or len(part.numbers) == 1


@pytest.mark.parametrize("total", [101, 199])
def test_parts_are_nearly_equal(total: int) -> None:
    [excerpt] = whole_excerpts((numbered("A", " ".join(["One two three four."] * total)),))
    sizes = [len(part.numbers) for part in split_excerpt(excerpt, 100, lambda s: len(s.split()))]
    assert max(sizes) <= 1.5 * min(sizes)
