"""Which style does somebody ask for by its name?"""

import re
from functools import cache

from bot import styles

_STYLE = r"(?:style|stil|estilo|stile|стиль|стиле|ոճ)"


def style_wished(text: str) -> tuple[str, re.Match[str]] | None:
    """The style that ``text`` asks for, and where it does: "in the newsroom style", "style:
    minister". Of several, the last counts."""
    found = [(name, match) for name, said in _phrases().items() for match in said.finditer(text)]
    return max(found, key=lambda each: each[1].start(), default=None)


@cache
def _phrases() -> dict[str, re.Pattern[str]]:
    """How each style is asked for, by what it is called in menus and in files."""
    return {
        name: _asking_for({re.escape(called) for called in (name, title)})
        for name, title in styles.titles().items()
    }


def _asking_for(names: set[str]) -> re.Pattern[str]:
    called = "|".join(sorted(names))
    before = r"\b(?:(?:in|im|en|au|dans|into|with|using)\s+)?(?:(?:the|a|le|el|der|dem)\s+)?"
    return re.compile(
        rf"{before}(?:(?:{called})[\s-]+{_STYLE}|{_STYLE}\s*[:=]?\s*[“\"]?(?:{called})\b[”\"]?)"
        r"(?!\w)",
        re.IGNORECASE,
    )
