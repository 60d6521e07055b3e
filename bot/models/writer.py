"""Writes drafts with a model, and selects from long sources what it has to read."""

import re
import secrets
import time
from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing
from dataclasses import asdict, dataclass, replace
from functools import cached_property, reduce

from bot.briefing.composition import SHORTEST_SOURCE, Budget
from bot.briefing.documents import (
    CountTokens,
    Excerpt,
    fit_excerpts,
    is_within_budget,
    merge_excerpts,
    split_excerpt,
    token_costs,
)
from bot.briefing.draft import (
    DraftAnswer,
    DraftBriefing,
    DraftItem,
    DraftLongBriefing,
    DraftRepair,
    DraftSelection,
)
from bot.briefing.requests import Length, Turn
from bot.briefing.tasks import (
    AnswerTask,
    FailedItem,
    RepairedItem,
    Selection,
    SelectionTask,
    Usage,
    WritingTask,
)
from bot.models import prompts
from bot.models.changes import ModelChangeFinder
from bot.models.chat import Chat, ModelRequest, whole_answer
from bot.models.endpoint import Clock, Endpoint, Learnt
from bot.models.faults import TooLong
from bot.models.prompts import absent_from, asked_as_json, harmless, request
from bot.models.streaming import DraftStream, Shape
from bot.service import styles
from bot.service.errors import ModelFailure
from bot.service.ports import AttemptKind, ChangeFinder, Selector

# The selector chooses from a part of a long source what its writer has to read.
#
# A part is shown as plainly as can be, a number and a sentence on each line, because everything
# beside the sentences is paid for with every part of a book.

_TOKENS_A_NUMBER = 6
_TOKENS_BESIDE = 200
# Fences, wishes, a question, and what servers add between messages.
_ROOM_BESIDE_A_SELECTION = 300


class ModelSelector:
    """Implements `bot.service.ports.Selector` with one endpoint. If its window turns out to be
    smaller than configured, it gets smaller parts for an hour."""

    def __init__(self, chat: Chat) -> None:
        self._chat = chat
        what = "the window of the model that reads parts"
        self._window = Learnt(what, chat.endpoint.window, chat.clock)

    def parts(self, excerpt: Excerpt) -> list[Excerpt]:
        return split_excerpt(excerpt, self._budget(), self._cost)

    async def select(self, task: SelectionTask) -> Selection:
        try:
            return await self._select_once(task)
        except TooLong as error:
            self._shrink(task.part, error.window)
            smaller = self.parts(task.part)
            if len(smaller) < 2:
                raise
        most = -(-task.most // len(smaller))
        tasks = [replace(task, part=part, most=most) for part in smaller]
        chosen = [await self.select(each) for each in tasks]
        usage = reduce(Usage.plus, (each.usage for each in chosen))
        return Selection(merge_excerpts([each.chosen for each in chosen])[0], usage)

    async def _select_once(self, task: SelectionTask) -> Selection:
        instructions = prompts.load("select").text(most=str(task.most))
        room = task.most * _TOKENS_A_NUMBER + _TOKENS_BESIDE
        ask = ModelRequest("selection", instructions, _message(task), DraftSelection, room)
        given, usage = await whole_answer(self._chat, ask, DraftSelection)
        places = dict.fromkeys(n - 1 for n in given.sentences if 0 < n <= len(task.part.numbers))
        if given.sentences and not places:
            raise ModelFailure("The model chose sentences that don't exist.")
        numbers = sorted(task.part.numbers[place] for place in list(places)[: task.most])
        return Selection(Excerpt(task.part.document, tuple(numbers)), usage)

    def _shrink(self, part: Excerpt, window: int | None) -> None:
        """Assume the ``window`` that the endpoint named, or one for three quarters of ``part``."""
        cost = sum(token_costs(part, self._cost))
        known = self._window.value
        fixed = known - self._budget()
        self._window.learn(min(known, window or known, fixed + max(1, cost * 3 // 4)))

    def _budget(self) -> int:
        fixed = self._chat.tokens.count(prompts.load("select").body) + _TOKENS_BESIDE
        return max(1, self._window.value - fixed - _ROOM_BESIDE_A_SELECTION)

    def _cost(self, sentence: str) -> int:
        return self._chat.tokens.count(f"999 {sentence}\n")


def _message(task: SelectionTask) -> str:
    document = task.part.document
    lines = [
        f"{place} {harmless(document.sentence(number))}"
        for place, number in enumerate(task.part.numbers, 1)
    ]
    body = "\n".join(lines)
    code = absent_from(body)
    asked = {"question": task.question, "title": document.title, **task.wishes.for_prompt()}
    return f"<part {code}>\n{body}\n</part {code}>\n\n{asked_as_json(asked)}"


_LENGTH_RULES: Mapping[Length, str] = {
    "short": "Length: short, to be read at a glance. At most {words} words in all: `headline`, a"
    " `bottom_line` of at most 22 words, what is owed by when, and at most one caution. Where"
    " nothing is owed, one or two `key_points`. `quotes` and `unknowns` stay empty.",
    "standard": "Length: standard, one screen. At most {words} words in all: about five"
    " `key_points`, four `commitments`, two `quotes`, three `cautions` and two `unknowns` at the"
    " most, fewer where words are tight.",
    "long": "Length: long, at most {words} words in all. At most ten `key_points`, eight"
    " `commitments`, four `quotes`, three `cautions` and three `unknowns`. Two lists come last,"
    " at most eight entries each: `timeline`, what happened or shall happen when, with `when` as"
    " the source says it, and `figures`, with `figure` and `unit` as the source writes them, or"
    " `unit` null. They hold what no other line tells.",
}
_SHORT_SOURCE_RULE = (
    "Length: the source is very short. `headline` and `bottom_line`, what is owed, and at most one"
    " unknown; everything else stays empty."
)

# Fences, titles, wishes, a question and its earlier turns, and what servers add between messages.
_ROOM_FOR_THE_REST = 800
_TURNS_SHOWN = 4
_TURN_CHARACTERS = 400

_SHARE_OF_BUDGET = 0.9

Piece = DraftItem | Usage


class ModelWriter:
    """Implements `bot.service.ports.Writer` with one endpoint. If its window turns out to be
    smaller than configured, ``budget`` is lower for an hour."""

    def __init__(self, endpoint: Endpoint, clock: Clock = time.monotonic) -> None:
        self._endpoint = endpoint
        self._window = Learnt("the window of the model that writes", endpoint.window, clock)
        self._chat = Chat(endpoint, clock)
        self._tokens = self._chat.tokens
        self.selector: Selector | None = ModelSelector(self._chat)
        self.change_finder: ChangeFinder | None = ModelChangeFinder(self._chat)
        self.engine = endpoint.api
        self.model: str | None = endpoint.model
        self.prompts: Mapping[str, str] = {
            name: prompts.load(name).version for name in prompts.names()
        } | {f"styles/{each.name}": prompts.version_in(each) for each in styles.known().values()}
        self._canary = secrets.token_hex(8)
        self.secrets: tuple[str, ...] = (
            self._canary,
            *map(_instructions, prompts.names()),
            *_style_rules(),
        )

    @property
    def budget(self) -> int | None:
        # Counting loads a vocabulary.
        return self._budget_in(self._window.value, self._fixed_tokens)

    def count(self, text: str) -> int:
        """The tokens that ``text`` costs as a numbered sentence."""
        return self._tokens.count(_numbered(text))

    def fits(self, excerpts: tuple[Excerpt, ...]) -> bool:
        """Whether they fit the window. Most are so short that no token needs to be counted."""
        at_least = self._budget_in(self._window.value, self._count_fixed(self._tokens.most))
        if is_within_budget(excerpts, at_least, lambda text: self._tokens.most(_numbered(text))):
            return True
        return is_within_budget(excerpts, self.budget or 0, self.count)

    def write(self, task: WritingTask | AnswerTask) -> AsyncGenerator[Piece]:
        if isinstance(task, WritingTask):
            return self._draft(_briefing_assignment(task), task.excerpts)
        return self._draft(_answer_assignment(task), task.excerpts)

    async def repair(
        self, task: WritingTask | AnswerTask, failed: tuple[FailedItem, ...]
    ) -> AsyncGenerator[RepairedItem | Usage]:
        told = [_failed_as_json(number, each) for number, each in enumerate(failed, 1)]
        asked = {"failed": told, "wishes": task.wishes.for_prompt()}
        instructions = prompts.load("repair").text()
        assignment = _Assignment("repair", instructions, asked, DraftRepair)
        async with aclosing(self._draft(assignment, task.excerpts)) as pieces:
            async for piece in pieces:
                if isinstance(piece, Usage):
                    yield piece
                elif repaired := _repaired(piece, failed):
                    yield repaired

    async def close(self) -> None:
        """Close the connections to the endpoint."""
        await self._chat.close()

    async def _draft(
        self, assignment: "_Assignment", excerpts: tuple[Excerpt, ...]
    ) -> AsyncGenerator[Piece]:
        window = self._window.value
        try:
            async with aclosing(self._send(assignment, excerpts, window)) as pieces:
                async for piece in pieces:
                    yield piece
        except TooLong as error:
            window = self._smaller_window(window, excerpts, error.window)
        else:
            return
        shown = fit_excerpts(excerpts, self._budget_in(window, self._fixed_tokens), self.count)
        async with aclosing(self._send(assignment, shown, window)) as pieces:
            async for piece in pieces:
                if isinstance(piece, Usage):  # the endpoint took it
                    self._window.learn(window)
                    yield replace(piece, shown=shown)
                else:
                    yield piece

    async def _send(
        self, assignment: "_Assignment", excerpts: tuple[Excerpt, ...], window: int
    ) -> AsyncGenerator[Piece]:
        if not any(excerpt.numbers for excerpt in excerpts):
            raise ModelFailure("Not even one sentence fits what the model can read.")
        # The mark shows if an answer repeats the instructions.
        mark = f"The mark of these instructions is {self._canary}: never write it."
        ask = ModelRequest(
            assignment.kind,
            f"{assignment.instructions}\n\n{mark}",
            request(excerpts, assignment.asked),
            assignment.shape,
            self._room(window),
        )
        draft, broken = DraftStream(ask.shape), None
        async with self._chat.completion(ask) as completion:
            try:
                async for text in completion.text:
                    for item in draft.feed(text):
                        yield item
            except ModelFailure as failure:
                broken = failure
            for item in draft.close():
                yield item
            if completion.is_sent:
                yield completion.usage
            if not (draft.is_whole and draft.is_usable):
                raise broken or completion.failure()

    def _smaller_window(self, known: int, excerpts: tuple[Excerpt, ...], told: int | None) -> int:
        """The window that the endpoint ``told`` us, or else half of what a request with all of
        ``excerpts`` takes: our count was wrong."""
        cost = sum(self.count(passage.text) for part in excerpts for passage in part.passages())
        window = min(known, told or known)
        if self._budget_in(window, self._fixed_tokens) < cost:
            return window
        return (self._room(known) + self._fixed_tokens + _ROOM_FOR_THE_REST + cost) // 2

    def _room(self, window: int) -> int:
        """The tokens of a ``window`` that are kept for an answer."""
        return min(self._endpoint.max_output, window // 4)

    def _budget_in(self, window: int, fixed: int) -> int:
        """The tokens of a ``window`` that sources may have if the instructions take ``fixed``."""
        return max(0, window - self._room(window) - fixed - _ROOM_FOR_THE_REST)

    @cached_property
    def _fixed_tokens(self) -> int:
        return self._count_fixed(self._tokens.count)

    def _count_fixed(self, count: CountTokens) -> int:
        instructions = count(prompts.load("briefing").body) + max(map(count, _style_rules()))
        longest = max(map(count, _LENGTH_RULES.values()))
        return instructions + longest + self._chat.api.cost_of(DraftLongBriefing, count)


@dataclass(frozen=True)
class _Assignment:
    """All of a request except its sources."""

    kind: AttemptKind
    instructions: str
    asked: Mapping[str, object]
    shape: Shape


def _briefing_assignment(task: WritingTask) -> _Assignment:
    rules = {"length_rule": _length_rule(task), "style_rule": styles.of(task.wishes.style).rule}
    instructions = prompts.load("briefing").text(**rules)
    shape = DraftLongBriefing if task.wishes.length == "long" else DraftBriefing
    return _Assignment("briefing", instructions, {"wishes": task.wishes.for_prompt()}, shape)


def _answer_assignment(task: AnswerTask) -> _Assignment:
    asked = {
        "question": task.question,
        "earlier": [_turn_as_json(turn) for turn in task.turns[-_TURNS_SHOWN:]],
        "wishes": task.wishes.for_prompt(),
    }
    return _Assignment("answer", prompts.load("answer").text(), asked, DraftAnswer)


def _numbered(sentence: str) -> str:
    return f"[AA999] {sentence}\n"


def _turn_as_json(turn: Turn) -> dict[str, str]:
    return {name: words[:_TURN_CHARACTERS] for name, words in asdict(turn).items()}


def _instructions(name: str) -> str:
    """The instructions of a prompt without its examples, which are not secret."""
    return re.sub(r"```.*?```", "", prompts.load(name).body, flags=re.DOTALL)


def _length_rule(task: WritingTask) -> str:
    """The instruction on length: a little less than we would show, as a model counts badly."""
    sources = [excerpt.document.words for excerpt in task.excerpts]
    if sum(sources) < SHORTEST_SOURCE:
        return _SHORT_SOURCE_RULE
    words = int(Budget.of(task.wishes, sources).words * _SHARE_OF_BUDGET)
    return _LENGTH_RULES[task.wishes.length].format(words=words)


def _style_rules() -> tuple[str, ...]:
    return tuple(style.rule for style in styles.known().values())


def _failed_as_json(number: int, failed: FailedItem) -> dict[str, object]:
    reasons = [reason.message for reason in failed.reasons]
    return {"number": number, **failed.item.content.model_dump(), "reasons": reasons}


def _repaired(piece: DraftItem, failed: tuple[FailedItem, ...]) -> RepairedItem | None:
    """The second try in ``piece``; None if it belongs to no failed line."""
    number = getattr(piece.content, "number", 0)
    if not 1 <= number <= len(failed):
        return None
    return RepairedItem(number - 1, DraftItem(failed[number - 1].item.section, piece.content))
