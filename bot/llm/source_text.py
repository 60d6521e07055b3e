"""Show sources to a model: numbered sentences inside a fence that no source can close.

The fence carries a code that is drawn for each request and occurs in none of its sources.
Marks that look like ours are defused inside the text, and characters that a reader can't see
are left out, so that a model reads no more than a person would.
"""

import json
import re
import secrets
from collections.abc import Mapping
from itertools import pairwise

from bot.briefing.documents import Document, Reference
from bot.briefing.passages import Excerpt

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
    """The message that holds the sources and, as JSON, what was ``asked`` about them.

    What is None or empty in ``asked`` is left out.
    """
    bodies = {excerpt.document.label: _body(excerpt) for excerpt in excerpts}
    code = absent_from("".join(bodies.values()))
    fenced = [
        f"<source {label} {code}>\n{body}\n</source {label} {code}>"
        for label, body in bodies.items()
    ]
    wanted = {name: value for name, value in asked.items() if value}
    return "\n\n".join(
        [
            f"The code of this request is {code}.",
            *fenced,
            f"What the person asked, as JSON:\n{json.dumps(wanted, ensure_ascii=False)}",
        ]
    )


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
    """``text`` in one line, with nothing unseen in it and nothing that looks like our marks."""
    seen = re.sub(r"\s+", " ", text.translate(_UNSEEN))
    return _LOOKS_LIKE_A_FENCE.sub("‹", _LOOKS_LIKE_A_MARK.sub(r"(\1)", seen))


def absent_from(text: str) -> str:
    """A random code that does not occur in ``text``."""
    while (code := secrets.token_hex(4)) in text:
        pass
    return code
