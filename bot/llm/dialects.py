"""Which request formats does an endpoint accept?

Endpoints differ: strict JSON schemas, JSON, or neither. The richest is tried first, and what an
endpoint refused isn't sent to it again for a while.
"""

from dataclasses import dataclass, replace
from typing import Literal

import openai
from openai.types.chat import completion_create_params

from bot.llm import faults
from bot.llm.schema import portable
from bot.llm.streaming import Shape

_STATUS_OF_REFUSED_FORMS = (400, 422, 501)
_WORDS_FOR_FORMS = ("response_format", "json_schema", "json_object", "schema", "grammar")


@dataclass(frozen=True)
class Dialect:
    """What is sent beyond the messages."""

    temperature: bool
    newer_limit: bool
    usage: bool = True
    form: Literal["json_schema", "json_object", "prose"] = "json_schema"

    def response_format(
        self, shape: Shape
    ) -> completion_create_params.ResponseFormat | openai.Omit:
        """The form of the answer that is asked for; without one, the prompt asks alone."""
        match self.form:
            case "json_schema":
                return {
                    "type": "json_schema",
                    "json_schema": {
                        "name": shape.__name__,
                        "strict": True,
                        "schema": portable(shape),
                    },
                }
            case "json_object":
                return {"type": "json_object"}
        return openai.omit

    def without(self, error: openai.APIStatusError) -> "Dialect | None":
        """The dialect that leaves out what ``error`` complains about; None if it is not that."""
        complaint = faults.said_by(error).lower()
        if error.status_code not in _STATUS_OF_REFUSED_FORMS:
            return None
        if self.usage and "stream_options" in complaint:
            return replace(self, usage=False)
        if self.temperature and "temperature" in complaint:
            return replace(self, temperature=False)
        if not self.newer_limit and "use 'max_completion_tokens'" in complaint:
            return replace(self, newer_limit=True)
        if self.form == "prose" or not any(word in complaint for word in _WORDS_FOR_FORMS):
            return None
        return replace(self, form="json_object" if self.form == "json_schema" else "prose")
