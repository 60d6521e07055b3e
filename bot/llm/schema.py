"""The JSON schema of a draft, in the subset that strict endpoints share.

All fields required, null instead of optional, no further keys, no references: what OpenAI's strict
mode, llama.cpp, vLLM and Ollama accept alike. Descriptions are left out: the prompt says what a
field means.
"""

from functools import cache
from typing import Any

from pydantic import BaseModel

Json = dict[str, Any]


@cache
def portable(shape: type[BaseModel]) -> Json:
    """The JSON schema of ``shape`` with its definitions written out in place; not to be changed."""
    schema = shape.model_json_schema()
    return _object(schema, schema.get("$defs", {}))


def _object(node: Json, definitions: Json) -> Json:
    if reference := node.get("$ref"):
        return _object(definitions[reference.removeprefix("#/$defs/")], definitions)
    plain = {
        key: _value(key, value, definitions)
        for key, value in node.items()
        if key not in ("title", "description", "$defs", "default")
    }
    fields = plain.get("properties")
    return {**plain, "required": list(fields)} if isinstance(fields, dict) else plain


def _value(key: str, value: object, definitions: Json) -> object:
    if key == "properties" and isinstance(value, dict):
        return {name: _object(part, definitions) for name, part in value.items()}
    if isinstance(value, dict):
        return _object(value, definitions)
    if key == "anyOf" and isinstance(value, list):
        return [_object(part, definitions) for part in value]
    return value
