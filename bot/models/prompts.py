"""Builds what a model gets: the instructions of a prompt file, and sources inside a fence that none
of them can close.
"""

import json
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from string import Template

from bot.briefing.documents import Document, Excerpt, Reference
from bot.service import prompt_files
from bot.service.styles import Style

# A prompt is Markdown after TOML front matter. Its variables are fixed words of ours; sources,
# questions and wishes never pass through a template.


@dataclass(frozen=True)
class Prompt:
    """Instructions to a model. ``output`` names the class of its answers; ``version`` is the first
    8 hex digits of the file's SHA-256."""

    body: str
    output: str
    version: str

    def text(self, **given: str) -> str:
        """The instructions with their variables filled in.

        Raises:
            KeyError: one is not given.
        """
        return Template(self.body).substitute(given)


def load(name: str) -> Prompt:
    """The prompt ``name`` that came with the program."""
    content = _content(name)
    front, body = prompt_files.split_front_matter(content.decode())
    return Prompt(body, str(front["output"]), prompt_files.version(content))


def version_in(style: Style) -> str:
    """The version of the instructions for a briefing in that style."""
    return prompt_files.version(_content("briefing"), style.content)


def names() -> list[str]:
    """The names of all prompts that came with the program."""
    return prompt_files.names_in(prompt_files.folder())


def _content(name: str) -> bytes:
    return (prompt_files.folder() / f"{name}.md").read_bytes()


# Sources are numbered sentences inside a fence. The fence carries a code that is drawn for each
# request and occurs in none of its sources. Marks that look like ours are defused inside the text,
# and characters that a reader can't see are left out, so that a model reads no more than a person
# would.

# Tag characters, direction overrides and zero-width spaces; joiners stay, scripts need them.
_UNSEEN = dict.fromkeys(
    [
        *range(0xE0000, 0xE0080),
        *range(0x202A, 0x202F),
        *range(0x2066, 0x206A),
        *(0x00AD, 0x200B, 0x2060, 0xFEFF),
    ]
)
_LOOKS_LIKE_A_MARK = re.compile(r"\[(?=[A-Zq])((?:[A-Z]{1,2}\d{1,6})?(?:q\d{1,4})?)\]")
_LOOKS_LIKE_A_FENCE = re.compile(r"<(?=\s*/?\s*source)", re.IGNORECASE)


def request(excerpts: tuple[Excerpt, ...], asked: Mapping[str, object]) -> str:
    """The message with the sources and what was ``asked`` about them."""
    bodies = {excerpt.document.label: _body(excerpt) for excerpt in excerpts}
    code = absent_from("".join(bodies.values()))
    fenced = [
        f"<source {label} {code}>\n{body}\n</source {label} {code}>"
        for label, body in bodies.items()
    ]
    return "\n\n".join([f"The code of this request is {code}.", *fenced, asked_as_json(asked)])


def asked_as_json(asked: Mapping[str, object]) -> str:
    """The part of a message that says what was ``asked``, except what is None or empty."""
    wanted = {name: value for name, value in asked.items() if value}
    return f"What the person asked, as JSON:\n{json.dumps(wanted, ensure_ascii=False)}"


def numbered(document: Document, number: int) -> str:
    """Sentence ``number`` as a model sees it: `[A12] He said: “[q1]We agreed.”`"""
    sentence = document.sentences[number - 1]
    starts = [quotation.start for quotation in document.quotations_in(number)]
    cuts = [sentence.start, *starts, sentence.end]
    pieces = [harmless(document.text[a:b]) for a, b in pairwise(cuts)]
    marked = pieces[0] + "".join(f"[q{n}]{piece}" for n, piece in enumerate(pieces[1:], 1))
    return f"[{Reference(document.label, number)}] {marked}"


def _body(excerpt: Excerpt) -> str:
    sentences = [numbered(excerpt.document, n) for n in excerpt.numbers]
    return "\n".join([_about(excerpt), *sentences])


def _about(excerpt: Excerpt) -> str:
    document = excerpt.document
    shown = f"{len(excerpt.numbers)} of {len(document.sentences)} sentences"
    known = {
        "title": document.title,
        "outlet": document.outlet,
        "author": document.author,
        "published": document.published,
        "shown": None if excerpt.is_whole else shown,
    }
    stated = {name: harmless(value) for name, value in known.items() if value}
    return json.dumps(stated, ensure_ascii=False)


def harmless(text: str) -> str:
    """``text`` in one line, without invisible characters and anything that looks like our marks."""
    seen = re.sub(r"\s+", " ", text.translate(_UNSEEN))
    return _LOOKS_LIKE_A_FENCE.sub("‹", _LOOKS_LIKE_A_MARK.sub(r"(\1)", seen))


def absent_from(text: str) -> str:
    """A random code that does not occur in ``text``."""
    while (code := secrets.token_hex(4)) in text:
        pass
    return code
