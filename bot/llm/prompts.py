"""Read prompt files: which instructions a model gets, and which version of them.

A prompt is Markdown after TOML front matter. Its variables are fixed words of ours; sources,
questions and wishes never pass through a template. The files lie in `prompts/` of a checkout
and in the package once it is installed.
"""

import tomllib
from dataclasses import dataclass
from hashlib import sha256
from importlib.resources import files
from importlib.resources.abc import Traversable
from string import Template

from pydantic import BaseModel, ConfigDict, ValidationError

from bot.briefing import draft
from bot.errors import UsageError

_FENCE = "+++\n"


@dataclass(frozen=True)
class Prompt:
    """Instructions to a model. ``version`` is the first 8 hex digits of the file's SHA-256."""

    name: str
    purpose: str
    output: str
    variables: tuple[str, ...]
    tested_with: tuple[str, ...]
    body: Template
    version: str

    def text(self, **given: str) -> str:
        """The instructions with their variables filled in.

        Raises:
            ValueError: other variables were given than the prompt declares.
        """
        if set(given) != set(self.variables):
            wanted = ", ".join(self.variables) or "no variables"
            raise ValueError(f"prompt {self.name} takes {wanted}")
        return self.body.substitute(given)


def load(name: str) -> Prompt:
    """The prompt ``name`` that came with the program.

    Raises:
        UsageError: there is none of that name.
        ValueError: its file breaks a rule of `parse`.
    """
    if name not in (known := names()):
        raise UsageError(f"There is no prompt “{name}”; there are: {', '.join(known)}.")
    return parse(name, (_folder() / f"{name}.md").read_bytes())


def styles() -> list[str]:
    """The names of the prompts that make a briefing."""
    return [name for name in names() if load(name).output == draft.DraftBriefing.__name__]


def names() -> list[str]:
    """The names of all prompts that came with the program."""
    markdown = (entry.name for entry in _folder().iterdir() if entry.name.endswith(".md"))
    return sorted(name.removesuffix(".md") for name in markdown if name != "README.md")


def parse(name: str, content: bytes) -> Prompt:
    """The prompt that a file's ``content`` describes.

    Raises:
        ValueError: no front matter, an unknown or missing key, an output that is no class of
            `bot.briefing.draft`, or variables that are declared and not used or the reverse.
    """
    front, body = _split(name, content.decode())
    template = Template(body)
    used = set(template.get_identifiers())
    if not template.is_valid() or used != set(front.variables):
        raise ValueError(f"prompt {name} declares {sorted(front.variables)}, uses {sorted(used)}")
    if not hasattr(draft, front.output):
        raise ValueError(f"prompt {name}: bot/briefing/draft.py has no class {front.output}")
    version = sha256(content).hexdigest()[:8]
    return Prompt(name, body=template, version=version, **front.model_dump())


class _FrontMatter(BaseModel):
    model_config = ConfigDict(extra="forbid")

    purpose: str
    output: str
    variables: tuple[str, ...]
    tested_with: tuple[str, ...]


def _split(name: str, text: str) -> tuple[_FrontMatter, str]:
    before, front, body = [*text.split(_FENCE, 2), "", ""][:3]
    try:
        parsed = _FrontMatter.model_validate(tomllib.loads(front))
    except (tomllib.TOMLDecodeError, ValidationError) as error:
        raise ValueError(f"the front matter of prompt {name} can't be read: {error}") from error
    if before or not body.strip():
        raise ValueError(f"prompt {name} needs front matter between +++ lines, then instructions")
    return parsed, body.strip()


def _folder() -> Traversable:
    installed = files("bot") / "prompts"
    return installed if installed.is_dir() else files("bot") / ".." / "prompts"
