"""Print every sentence that a person may read: `python -m tests.sentences`.

Prints ``path:line: sentence`` for the strings of the code and the page that look like one, without
docstrings (`readout COMMAND --help` has those that people read), patterns and word lists; with
``--languages`` what the catalogues of other languages say.
"""

import argparse
import ast
import re
import sys
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

from babel.messages.pofile import read_po

ROOT = Path(__file__).parent.parent
CODE = ("bot/**/*.py", "evals/**/*.py", "sandbox/**/*.py", "page/src/*.ts*")
CATALOGUES = ("bot/briefing/messages/*.po",)
WORD_LISTS = ("bot/briefing/extractive/", "bot/storage/migrations/")
A_SENTENCE = re.compile(r"[^\W\d_]{2,}.*\s.*[^\W\d_]{2,}|^[A-Z][a-z]{2,}…?$", re.DOTALL)
A_PATTERN = re.compile(r"\(\?|\\[bdsw]|\[\^|\)\*|\|\w+\|")
OF_THE_PAGE = re.compile(
    r">\s*([^<>{}=;]*[a-z]{2}[^<>{}=;]*?)\s*<|[\"'`]([^\"'`\n]*[a-z]{2}[^\"'`\n]*)[\"'`]"
)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("paths", nargs="*", help="only files whose path begins so")
    parser.add_argument("--languages", action="store_true", help="the other languages, not English")
    asked = parser.parse_args()
    patterns = CATALOGUES if asked.languages else CODE
    for path in sorted(each for pattern in patterns for each in ROOT.glob(pattern)):
        name = path.relative_to(ROOT).as_posix()
        if name.startswith(tuple(asked.paths) or "") and not name.startswith(WORD_LISTS):
            for line, sentence in SAID[path.suffix](path.read_text("utf-8")):
                sys.stdout.write(f"{name}:{line}: {' '.join(sentence.split())}\n")


def said_in_a_catalogue(text: str) -> Iterator[tuple[int, str]]:
    """The messages of ``text`` (gettext) in its language, each with its line."""
    for message in read_po(StringIO(text)):
        forms = message.string if isinstance(message.string, tuple) else (message.string,)
        if message.id:
            yield message.lineno or 0, " | ".join(dict.fromkeys(map(str, forms)))


def said_in_python(code: str) -> Iterator[tuple[int, str]]:
    """The sentences of ``code``, each with its line; an f-string keeps its braces."""
    tree = ast.parse(code)
    left_out = {id(part) for node in ast.walk(tree) for part in _parts_and_docstrings(node)}
    for node in ast.walk(tree):
        if id(node) in left_out or not isinstance(node, ast.JoinedStr | ast.Constant):
            continue
        text = _text(node)
        if A_SENTENCE.search(text) and not A_PATTERN.search(text):
            yield node.lineno, text


def _text(node: ast.expr) -> str:
    if isinstance(node, ast.JoinedStr):
        return "".join(map(_text, node.values))
    if isinstance(node, ast.FormattedValue):
        return f"{{{ast.unparse(node.value)}}}"
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def _parts_and_docstrings(node: ast.AST) -> Iterator[ast.AST]:
    """The docstrings and parts of f-strings directly below ``node``."""
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        yield node.value
    if isinstance(node, ast.JoinedStr):
        yield from node.values


def said_on_the_page(code: str) -> Iterator[tuple[int, str]]:
    """The sentences of the page's ``code``, each with its line."""
    for found in OF_THE_PAGE.finditer(code):
        text = found[1] or found[2]
        if A_SENTENCE.search(text):
            yield code.count("\n", 0, found.start()) + 1, text


SAID = {".py": said_in_python, ".po": said_in_a_catalogue} | dict.fromkeys(
    (".ts", ".tsx"), said_on_the_page
)


if __name__ == "__main__":
    main()
