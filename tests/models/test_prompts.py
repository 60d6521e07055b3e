"""Prompts load only as declared, and their worked examples obey their own rules."""

import json
import re
from dataclasses import replace

import pytest
from pydantic import BaseModel

from bot.briefing import draft
from bot.models import prompts
from bot.service import styles
from bot.service.errors import UsageError

GIVEN = {
    "briefing": {"length_rule": "Be short.", "style_rule": "Be plain."},
    "answer": {},
    "judge": {},
    "repair": {},
    "select": {"most": "9"},
}
FRONT = 'purpose = "p"\noutput = "DraftAnswer"\nvariables = [{}]\ntested_with = []\n'


def written(body: str, *variables: str, front: str = FRONT) -> bytes:
    declared = ", ".join(f'"{name}"' for name in variables)
    return f"+++\n{front.format(declared)}+++\n{body}\n".encode()


@pytest.mark.parametrize("name", prompts.names())
def test_every_prompt_loads_and_names_a_draft(name: str) -> None:
    prompt = prompts.load(name)
    assert issubclass(getattr(draft, prompt.output), BaseModel)
    assert re.fullmatch("[0-9a-f]{8}", prompt.version)
    text = prompt.text(**GIVEN[name])
    assert "$" not in text
    assert "+++" not in text


@pytest.mark.parametrize("name", prompts.names())
def test_the_worked_examples_are_drafts_that_stand_on_their_source(name: str) -> None:
    prompt = prompts.load(name)
    body = prompt.body.template
    shape = getattr(draft, prompt.output)
    sentences = dict(re.findall(r"^\[(A\d+)\] (.+)$", body, re.MULTILINE))
    examples = re.findall(r"```json\n(.+?)\n```", body, re.DOTALL)
    assert examples
    for example in examples:
        shape.model_validate_json(example)
        for item in _with_evidence(json.loads(example)):
            evidence = " ".join(sentences[number] for number in item["evidence"])
            for field in ("when", "figure", "unit", "actor", "deadline", "condition", "role"):
                assert (item.get(field) or "") in evidence
            assert len(item.get("text", "").split()) <= 30
            assert '"' not in item.get("text", "")
            assert item.get("quotation", "A2q1") == "A2q1"


def _with_evidence(node: object) -> list[dict[str, str]]:
    if isinstance(node, list):
        return [found for part in node for found in _with_evidence(part)]
    if not isinstance(node, dict):
        return []
    inner = [found for part in node.values() for found in _with_evidence(part)]
    return [node, *inner] if "evidence" in node else inner


def test_the_version_of_a_briefing_is_that_of_its_style_too() -> None:
    plain, minister = (styles.of(name) for name in ("briefing", "minister"))
    changed = replace(minister, content=minister.content + b"More.")

    assert len({prompts.version_in(each) for each in (plain, minister, changed)}) == 3


@pytest.mark.parametrize("name", ["sonnet", "README", "../README", ""])
def test_only_prompts_can_be_loaded(name: str) -> None:
    with pytest.raises(UsageError, match="There is no prompt"):
        prompts.load(name)


def test_a_version_changes_with_the_text() -> None:
    one, other = (prompts.parse("p", written(body)) for body in ("Do it.", "Do it!"))
    assert one.version != other.version
    assert prompts.parse("p", written("Do it.")).version == one.version


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(written("Use $colour."), id="used-not-declared"),
        pytest.param(written("Use nothing.", "colour"), id="declared-not-used"),
        pytest.param(written("It costs 5 $."), id="stray-dollar"),
        pytest.param(b"Only a body.", id="no-front-matter"),
        pytest.param(written(""), id="no-body"),
        pytest.param(written("x", front=FRONT + 'colour = "red"\n'), id="unknown-key"),
        pytest.param(written("x", front='purpose = "p"\n'), id="missing-keys"),
        pytest.param(written("x", front="purpose\n"), id="no-toml"),
        pytest.param(
            written("x", front=FRONT.replace("DraftAnswer", "Haiku")), id="unknown-output"
        ),
    ],
)
def test_a_prompt_that_breaks_a_rule_does_not_load(content: bytes) -> None:
    with pytest.raises(ValueError, match="prompt p"):
        prompts.parse("p", content)


@pytest.mark.parametrize("given", [{}, {"colour": "red", "size": "2"}, {"size": "2"}])
def test_exactly_the_declared_variables_must_be_given(given: dict[str, str]) -> None:
    prompt = prompts.parse("p", written("Use $colour.", "colour"))
    assert prompt.text(colour="$size") == "Use $size."
    with pytest.raises(ValueError, match="takes colour"):
        prompt.text(**given)
