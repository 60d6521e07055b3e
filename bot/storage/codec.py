"""Converts values to JSON for the database, and back.

Rows written before a field was added can still be read (it gets its default), as can rows with a
field that was removed.
"""

from dataclasses import replace
from typing import Literal, TypeVar

from pydantic import TypeAdapter

from bot.briefing.documents import Document
from bot.briefing.lines import Answer, Briefing, Unread
from bot.briefing.requests import Wishes
from bot.service.ports import ChannelSettings, Mention, Notice, Outcome

Value = TypeVar("Value")
OutcomeKind = Literal["briefing", "answer", "notice"]

mentions = TypeAdapter(Mention)
documents = TypeAdapter(Document)
wishes = TypeAdapter(Wishes)
channel_settings = TypeAdapter(ChannelSettings)
unread = TypeAdapter(tuple[Unread, ...])
briefings = TypeAdapter(Briefing)
_answers = TypeAdapter(Answer)
_notices = TypeAdapter(Notice)


def to_json(adapter: TypeAdapter[Value], value: Value) -> str:
    """``value`` as JSON text."""
    return adapter.dump_json(value).decode()


def outcome_documents(outcome: Outcome) -> tuple[Document, ...]:
    """The documents of an outcome, which are stored apart from it, once for the whole thread."""
    return () if isinstance(outcome, Notice) else outcome.documents


def dump_outcome(outcome: Outcome) -> tuple[OutcomeKind, str]:
    """The kind of an outcome, and its JSON without its documents."""
    match outcome:
        case Briefing():
            return "briefing", to_json(briefings, replace(outcome, documents=()))
        case Answer():
            return "answer", to_json(_answers, replace(outcome, documents=()))
        case Notice():
            return "notice", to_json(_notices, outcome)


def load_outcome(kind: str, content: str, documents_: tuple[Document, ...]) -> Outcome:
    """The outcome from what `dump_outcome` returned, with its documents."""
    if kind == "notice":
        return _notices.validate_json(content)
    if kind == "answer":
        return replace(_answers.validate_json(content), documents=documents_)
    return replace(briefings.validate_json(content), documents=documents_)
