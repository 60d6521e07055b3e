"""A model that says what was recorded, and what is wrong with a recording that is out of date."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, TypeAdapter, ValidationError

from bot.briefing import draft
from bot.models import prompts
from bot.service import styles
from sandbox.recorded import RecordedModel, request_key, without_variable_parts
from tests.recorded.cases import SAMPLE, Recordable

ANSWERS = Path(__file__).parent / "answers"
_OF_THE_SAMPLE = Path(__file__).parents[2] / "sandbox" / "samples" / "recorded.json"
_OPENING = 70
"""The characters by which prompts for the same form are told apart."""
_ANEW = "Record anew: python -m tests.recorded.record FOLDER (see tests/recorded/README.md)."


class Recorded(BaseModel):
    """An answer, and the prompt and the version of it that it was given to."""

    prompt: str
    version: str
    answer: dict[str, Any]


Recording = dict[str, Recorded]
"""The answers of a case by the `Asked.key` of their requests."""


@dataclass(frozen=True)
class Asked:
    """A request to the model, without its random codes."""

    messages: tuple[str, ...]
    schema_name: str
    schema: str

    @classmethod
    def of(cls, body: Mapping[str, Any]) -> "Asked":
        """What the ``body`` of an HTTP request asks."""
        said = tuple(without_variable_parts(each["content"]) for each in body["messages"])
        form = body["response_format"]["json_schema"]
        return cls(said, form["name"], json.dumps(form["schema"]))

    @property
    def key(self) -> str:
        """The same for every request in the same words."""
        return request_key(self.messages)

    @property
    def prompt(self) -> str:
        """The name of the prompt that asks for this form."""
        shape = getattr(draft, self.schema_name)
        forms = {name: getattr(draft, prompts.load(name).output) for name in prompts.names()}
        fitting = [name for name, form in forms.items() if issubclass(shape, form)]
        opening = self.messages[0][:_OPENING]
        said = (n for n in fitting if prompts.load(n).body.startswith(opening))
        return next(said, fitting[0])

    def fits(self, answer: str) -> bool:
        """Whether it has the form that is asked for."""
        shape: type[BaseModel] = getattr(draft, self.schema_name)
        try:
            shape.model_validate_json(answer)
        except ValidationError:
            return False
        return True

    def __str__(self) -> str:
        system, user = self.messages
        return (
            f"=== system ===\n{system}\n\n=== user ===\n{user}\n\n=== schema ===\n{self.schema}\n"
        )


class Replay(RecordedModel):
    """Says what was recorded in answer to the same words. To a request that has no answer it says
    that it can't, and keeps it in ``missing``; ``given`` are the answers it gave, by key."""

    def __init__(self, case: Recordable, answers: Mapping[str, str]) -> None:
        super().__init__(answers)
        self._case = case
        self.missing: list[Asked] = []
        self.given: Recording = {}

    def answer(self, asked: Mapping[str, Any]) -> str | None:
        request = Asked.of(asked)
        if self._case.draft and request.prompt == "briefing":
            return self._case.draft.model_dump_json()
        answer = super().answer(asked)
        if answer is None or not request.fits(answer):
            self.missing.append(request)
            return None
        version = versions()[request.prompt]
        self.given[request.key] = Recorded(
            prompt=request.prompt, version=version, answer=json.loads(answer)
        )
        return answer


def recording(case: Recordable) -> Recording:
    """What is recorded for ``case``; empty where nothing is."""
    path = _file(case)
    return _RECORDING.validate_json(path.read_bytes()) if path.exists() else {}


def keep(case: Recordable, recorded: Recording) -> None:
    """Make it what is recorded for ``case``."""
    told = {key: each.model_dump() for key, each in recorded.items()}
    text = json.dumps(told, ensure_ascii=False, indent=1)
    _file(case).write_text(text + "\n", encoding="utf-8")


def complaint(case: Recordable, replay: Replay) -> str | None:
    """Why what came of ``replay`` proves nothing about today's requests; None where it does."""
    recorded = recording(case)
    if not replay.missing and set(recorded) == set(replay.given):
        return None
    if not recorded:
        return f"Nothing is recorded for the case {case.name}. {_ANEW}"
    if prompts_edited := edited(recorded):
        names = ", ".join(prompts_edited)
        return f"Edited since the case {case.name} was recorded: the prompt {names}. {_ANEW}"
    return (
        f"The model is asked something else in the case {case.name} than when it was recorded: "
        f"the article, a check or a request changed. If that was meant: {_ANEW}"
    )


def edited(recorded: Recording) -> list[str]:
    """The prompts that were edited since."""
    now = versions()
    return sorted({each.prompt for each in recorded.values() if each.version != now[each.prompt]})


def versions() -> dict[str, str]:
    """The versions of all prompts, that for briefings with its plain style."""
    plain = prompts.version_in(styles.of("briefing"))
    return {name: prompts.load(name).version for name in prompts.names()} | {"briefing": plain}


_RECORDING = TypeAdapter(Recording)


def _file(case: Recordable) -> Path:
    return _OF_THE_SAMPLE if case is SAMPLE else ANSWERS / f"{case.name}.json"
