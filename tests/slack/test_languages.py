"""A reply speaks one language: no fixed word of English is left in a briefing in another."""

import json
import re
from dataclasses import replace

import pytest

from bot.briefing.catalogue import ENGLISH, LANGUAGES, catalogue
from bot.briefing.lines import Answer, Briefing
from bot.briefing.rendering import markdown
from bot.slack.blocks import messages
from bot.slack.evidence import Page, evidence_view
from tests.slack.examples import answer, briefing, mention

OTHERS = sorted({*LANGUAGES} - {"en"})
_TOLD = (
    *ENGLISH.headings.values(),
    *ENGLISH.buttons.values(),
    *ENGLISH.kinds.values(),
    *(f"({status})" for status in ENGLISH.statuses.values()),
    *ENGLISH.engines.values(),
    ENGLISH.says_nothing,
    ENGLISH.not_found,
    ENGLISH.comes_closest,
    ENGLISH.nearest,
    ENGLISH.outlet,
    ENGLISH.no_line,
    ENGLISH.close,
    "words",
    "checked",
    "withheld because",
)


def _shown(outcome: Briefing | Answer) -> str:
    blocks = [message.blocks for message in messages(outcome, mention())]
    view = evidence_view(outcome, Page("k"))
    # Identifiers and words of the source are not ours.
    return json.dumps([blocks, view], ensure_ascii=False).replace(".v1", "") + markdown(outcome)


def _says(shown: str, told: str) -> bool:
    """Whether it says that, and not only in a longer word ("Export" in "Exporter")."""
    return bool(re.search(rf"(?<!\w){re.escape(told)}(?!\w)", shown))


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize(
    "made", [briefing(), answer(), answer(lines=()), answer(lines=(), is_known=False)], ids=type
)
def test_no_fixed_word_of_english_is_left(language: str, made: Briefing | Answer) -> None:
    own, theirs = _shown(replace(made, language=language)), _shown(replace(made, language="en"))
    words = catalogue(language)
    same = {*words.headings.values(), *words.buttons.values(), *words.kinds.values()}
    left = [told for told in _TOLD if _says(theirs, told) and _says(own, told) and told not in same]
    assert left == []
    assert theirs != own
