"""Asks a model whether lines are supported by their passages; it sees nothing else."""

import json
import secrets
from collections.abc import Mapping, Sequence

from bot.briefing.documents import Document, Passage
from bot.briefing.draft import DraftVerdicts
from bot.briefing.lines import Caution, Change, Commitment, Difference, EarlierLine, Line, Quote
from bot.briefing.tasks import Judgement
from bot.models import prompts
from bot.models.chat import Chat, ModelRequest, whole_answer
from bot.models.endpoint import Endpoint
from bot.models.prompts import harmless

_TOKENS_A_LINE = 60
"""The most that a verdict on one line takes; the rest is room for a thought or a fence."""
_TOKENS_BESIDE = 2_000
_LONGEST_SECONDS = 30.0
"""Judging three lines takes a model two seconds; what takes longer is not waited for."""
_NO_REASON = "The passages do not support it"
_LONGEST_PROBLEM = 160
"""In characters; it is asked to have at most twelve words."""


class ModelJudge:
    """Implements `bot.service.ports.Judge` with one endpoint."""

    def __init__(self, endpoint: Endpoint) -> None:
        self._endpoint = endpoint
        self._chat = Chat(endpoint)
        self.model = endpoint.model
        self.prompt = prompts.load("judge").version

    async def judge(self, lines: Sequence[Line], documents: Sequence[Document]) -> Judgement:
        """As the port says; all of ``lines`` are changes, or none.

        An entry for a line that was not asked about is ignored. Of two entries for one line, the
        one against it counts, since a judge can only withhold.
        """
        room = min(self._endpoint.max_output, len(lines) * _TOKENS_A_LINE + _TOKENS_BESIDE)
        are_changes = any(isinstance(line, Change) for line in lines)
        instructions = prompts.load("pairs" if are_changes else "judge").text()
        message = _message(lines, documents)
        ask = ModelRequest("judge", instructions, message, DraftVerdicts, room, _LONGEST_SECONDS)
        verdicts, usage = await whole_answer(self._chat, ask, DraftVerdicts)
        found: dict[int, str | None] = dict.fromkeys(verdicts.supported)
        for each in verdicts.unsupported:
            found[each.number] = harmless(each.problem)[:_LONGEST_PROBLEM] or _NO_REASON
        asked = range(1, len(lines) + 1)
        return Judgement({n - 1: problem for n, problem in found.items() if n in asked}, usage)

    async def close(self) -> None:
        await self._chat.close()


def _message(lines: Sequence[Line], documents: Sequence[Document]) -> str:
    names = _names(lines)
    titles = {each.label: harmless(each.title) for each in documents if each.title}
    published = {each.label: each.published for each in documents if each.published}
    body = {
        "passages": {name: text for text, name in names.items()},
        **({"titles": titles} if titles else {}),
        **({"published": published} if published else {}),
        "lines": [_line_as_json(number, line, names) for number, line in enumerate(lines, 1)],
    }
    code = secrets.token_hex(4)
    written = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    return f"<lines {code}>\n{written}\n</lines {code}>"


def _names(lines: Sequence[Line]) -> Mapping[str, str]:
    """The names of all passages by their texts: the reference, with an apostrophe if it is taken,
    as when a sentence and words from it are both cited."""
    names: dict[str, str] = {}
    for passage in (each for line in lines for each in _passages(line)):
        name = passage.reference
        while passage.text not in names and name in names.values():
            name += "'"
        names.setdefault(passage.text, name)
    return names


def _passages(line: Line) -> list[Passage]:
    """The passages of ``line``, without words of a sentence that is cited too."""
    texts = [passage.text for passage in line.evidence]
    return [
        passage
        for passage in line.evidence
        if not any(passage.text in text and passage.text != text for text in texts)
    ]


def _line_as_json(number: int, line: Line, names: Mapping[str, str]) -> dict[str, object]:
    told: dict[str, object] = {"number": number, "text": line.text}
    if line.speaker:
        told["said_by"] = line.speaker
    if shown := _shown_beside(line):
        told["shown"] = shown
    match line:
        case Caution(kind=kind):
            told["warns_of"] = kind
        case Difference(sides=sides):
            told["differ"] = [side.text for side in sides]
        case Change(kind=kind, then=then):
            told["kind"] = kind
            told["then"] = [_earlier_as_json(each) for each in then]
            if line.before and line.after:
                told |= {"before": line.before, "after": line.after}
    if line.doubts:
        told["doubts"] = [doubt.message for doubt in line.doubts]
    told["at"] = list(dict.fromkeys(names[passage.text] for passage in _passages(line)))
    return told


def _earlier_as_json(line: EarlierLine) -> dict[str, object]:
    passages = [passage.text for passage in line.passages if passage.text != line.text]
    told: dict[str, object] = {
        "day": line.reply.day,
        "line": line.text,
        "passages": passages,
    }
    return {**told, "published": line.published} if line.published else told


def _shown_beside(line: Line) -> str | None:
    """What readers see of a line beside its text."""
    match line:
        case Commitment():
            return " · ".join((f"{line.actor} → {line.action}", *line.terms, line.status))
        case Quote():
            parts = (line.role, line.translation)
            return " · ".join(part for part in parts if part) or None
    return None
