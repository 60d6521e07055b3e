"""How does a value become a column, and come back?

As JSON, so that rows written before a field was added can still be read (the field's default
stands in), and rows with a field that has gone as well.
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


def written(adapter: TypeAdapter[Value], value: Value) -> str:
    """``value`` as JSON text."""
    return adapter.dump_json(value).decode()


def outcome_documents(outcome: Outcome) -> tuple[Document, ...]:
    """The documents an outcome carries: they are kept beside it, once for the whole thread."""
    return () if isinstance(outcome, Notice) else outcome.documents


def outcome_written(outcome: Outcome) -> tuple[OutcomeKind, str]:
    """An outcome without its documents, and which of the three it is."""
    match outcome:
        case Briefing():
            return "briefing", written(briefings, replace(outcome, documents=()))
        case Answer():
            return "answer", written(_answers, replace(outcome, documents=()))
        case Notice():
            return "notice", written(_notices, outcome)


def outcome_read(kind: str, content: str, carried: tuple[Document, ...]) -> Outcome:
    """The outcome that `outcome_written` took apart, with the documents it carried."""
    if kind == "notice":
        return _notices.validate_json(content)
    if kind == "answer":
        return replace(_answers.validate_json(content), documents=carried)
    return replace(briefings.validate_json(content), documents=carried)
