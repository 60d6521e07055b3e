"""The styles in which a briefing can be written.

A style is a file in `prompts/styles/`: what a model is told on top of the instructions for every
briefing, and the order of the sections, which applies with or without a model. Whatever the style,
each line is checked in the same way.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import get_args

from bot.briefing.draft import LineSection
from bot.briefing.requests import Wishes
from bot.service import prompt_files
from bot.service.errors import SettingsError

PLAIN = Wishes().style
"""The name of the default style."""

_KEYS = {"title", "purpose", "order", "tested_with"}
_SECTIONS = get_args(LineSection)
_LONGEST_TITLE = 40  # of the 75 characters of an option in Slack


@dataclass(frozen=True)
class Style:
    """A way to write. ``title`` is what people choose, ``order`` that of all sections under the
    bottom line, ``rule`` the instruction to a model. ``content`` is the whole file."""

    name: str
    title: str
    order: tuple[LineSection, ...]
    rule: str
    content: bytes


@cache
def known() -> Mapping[str, Style]:
    """All styles by their names, the plain one first.

    Raises:
        SettingsError: a file of a style can't be used; the message says which and why.
    """
    place = prompt_files.folder() / "styles"
    names = prompt_files.names_in(place)
    if PLAIN not in names:
        raise SettingsError(f"The plain style is missing: restore prompts/styles/{PLAIN}.md.")
    in_order = sorted(names, key=lambda name: (name != PLAIN, name))
    return {name: _load(name, (place / f"{name}.md").read_bytes()) for name in in_order}


def of(name: str) -> Style:
    """The style of that name; the plain one if there is none."""
    return known().get(name) or known()[PLAIN]


def with_existing_style(wishes: Wishes) -> Wishes:
    """``wishes`` with the plain style in place of one that doesn't exist any more."""
    return replace(wishes, style=of(wishes.style).name)


def titles() -> dict[str, str]:
    """The titles that people choose from, by name."""
    return {name: style.title for name, style in known().items()}


def parse(name: str, content: bytes) -> Style:
    """The style that a file's ``content`` describes.

    Raises:
        ValueError: a key of the front matter is missing, unknown or wrong.
    """
    front, rule = prompt_files.split_front_matter(content.decode())
    if set(front) != _KEYS:
        raise ValueError(f"its front matter must have the keys {', '.join(sorted(_KEYS))}")
    title, order = front["title"], front["order"]
    if not isinstance(title, str) or not 0 < len(title) <= _LONGEST_TITLE:
        raise ValueError(f"its title must have 1 to {_LONGEST_TITLE} characters")
    if not isinstance(order, list) or sorted(map(str, order)) != sorted(_SECTIONS):
        raise ValueError(f"its order must name each of {', '.join(_SECTIONS)} once")
    return Style(name, title, tuple(order), rule, content)


def _load(name: str, content: bytes) -> Style:
    try:
        return parse(name, content)
    except ValueError as error:  # of TOML and of UTF-8 as well
        raise SettingsError(f"The style {name} (prompts/styles/{name}.md): {error}.") from error
