"""Read prompt files: which instructions a model gets, and which version of them.

A prompt is Markdown after TOML front matter. Its variables are fixed words of ours; sources,
questions and wishes never pass through a template.
"""

from dataclasses import dataclass
from string import Template

from pydantic import BaseModel, ConfigDict

from bot import prompt_files
from bot.briefing import draft
from bot.errors import UsageError
from bot.styles import Style


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
        raise UsageError(f"There is no prompt “{name}”. Choose one of: {', '.join(known)}.")
    return parse(name, _content(name))


def version_in(style: Style) -> str:
    """The version of the instructions for a briefing in that style."""
    return prompt_files.version(_content("briefing"), style.content)


def names() -> list[str]:
    """The names of all prompts that came with the program."""
    return prompt_files.names_in(prompt_files.folder())


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
    version = prompt_files.version(content)
    return Prompt(name, body=template, version=version, **front.model_dump())


class _FrontMatter(BaseModel):
    model_config = ConfigDict(extra="forbid")

    purpose: str
    output: str
    variables: tuple[str, ...]
    tested_with: tuple[str, ...]


def _split(name: str, text: str) -> tuple[_FrontMatter, str]:
    try:
        front, body = prompt_files.parted(text)
        return _FrontMatter.model_validate(front), body
    except ValueError as error:  # of TOML and of pydantic as well
        raise ValueError(f"prompt {name} can't be read: {error}") from error


def _content(name: str) -> bytes:
    return (prompt_files.folder() / f"{name}.md").read_bytes()
