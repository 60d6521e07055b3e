"""Whether Slack would accept a bot's payloads, and whether they can be heard as well as seen.

Checks all of a bot's payloads, whether or not the Slack on localhost was told to refuse them:
messages and streamed chunks, ephemeral messages, answers to commands and buttons, modals and Home
tabs.
"""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from sandbox.slack import LocalSlack
from sandbox.slack.blocks import check_chunk, check_message, check_view
from sandbox.slack.calls import Refusal

SPOKEN = ("chat.postMessage", "chat.update", "chat.postEphemeral")
LONGEST_SPOKEN = 3_000  # docs.slack.dev/reference/methods/chat.postMessage, Best practices
_ENDS_LIKE_WORDS = re.compile(r"[\w.!?…:;”“»)\]%։؟\u2066-\u2069\u200e\u200f]$")


@dataclass(frozen=True)
class Sent:
    """One payload; ``by`` is the method, and ``text`` is None where none is wanted."""

    by: str
    blocks: list[dict[str, Any]]
    text: str | None = None
    view: dict[str, Any] | None = None
    chunk: dict[str, Any] | None = None


def complaints(slack: LocalSlack) -> list[str]:
    """What is wrong with the payloads sent to ``slack``, one sentence for each thing."""
    return [f"{sent.by}: {problem}" for sent in _sent(slack) for problem in _problems(sent)]


def _sent(slack: LocalSlack) -> Iterator[Sent]:
    for call in slack.calls:
        blocks, view = _structure(call.args, "blocks"), _structure(call.args, "view")
        is_spoken = call.method in SPOKEN
        yield Sent(
            call.method, blocks or [], call.args.get("text", "") if is_spoken else None, view
        )
        for chunk in _structure(call.args, "chunks") or []:
            yield Sent(call.method, chunk.get("blocks", []), chunk=chunk)
    for answer in slack.answers:
        is_spoken = bool({"text", "blocks"} & answer.keys())
        text = answer.get("text", "") if is_spoken else None
        yield Sent("answer", answer.get("blocks") or [], text, answer.get("view"))


def _structure(args: dict[str, Any], name: str) -> Any:
    given = args.get(name)
    return json.loads(given) if isinstance(given, str) and given else given


def _problems(sent: Sent) -> Iterator[str]:
    yield from _refused(lambda: check_message(sent.blocks))
    blocks = sent.blocks
    if view := sent.view:
        yield from _refused(lambda: check_view(view, view["type"]))
        blocks = view["blocks"]
    if sent.chunk:
        yield from _refused(lambda: check_chunk(sent.chunk))
    if sent.text is not None:
        yield from _unheard(sent.text)
    yield from _unheard_controls(blocks)


def _refused(check: Callable[[], object]) -> Iterator[str]:
    try:
        check()
    except Refusal as refusal:
        yield str(refusal.answer)


def _unheard(text: str) -> Iterator[str]:
    """What is wrong with a text for notifications and screen readers."""
    if not re.search(r"\w", text):
        yield "there is no text to be heard"
    elif re.search(r"[<>`]", text):
        yield f"markup would be heard: {text!r}"
    elif not _ENDS_LIKE_WORDS.search(text.strip()):
        yield f"the text ends like no sentence and no headline: {text!r}"
    elif len(text) > LONGEST_SPOKEN:
        yield f"{len(text)} characters would be heard"


def _unheard_controls(thing: Any) -> Iterator[str]:
    """Buttons without a label for screen readers."""
    if isinstance(thing, list):
        for each in thing:
            yield from _unheard_controls(each)
    elif isinstance(thing, dict):
        label = thing.get("accessibility_label") or thing.get("text")
        shown = label.get("text", "") if isinstance(label, dict) else label
        if thing.get("type") == "button" and not re.search(r"\w", str(shown)):
            yield f"a button without a word: {thing}"
        for each in thing.values():
            yield from _unheard_controls(each)
