"""Styles: files with instructions for a model, and an order of sections."""

import re
from dataclasses import replace

import pytest

from bot.briefing.catalogue import ENGLISH
from bot.briefing.lines import Briefing
from bot.briefing.rendering import markdown, render_paragraphs
from bot.briefing.requests import Wishes
from bot.briefing.wording import line_wording
from bot.service import styles
from bot.service.briefing_service import BriefingService, Reading
from bot.service.extractive_writer import ExtractiveWriter
from bot.service.prompt_files import folder
from tests.fakes import FixedReader, Transcript
from tests.texts import article

GOOD = (folder() / "styles" / "minister.md").read_text(encoding="utf-8")


def changed(old: str, new: str) -> bytes:
    assert old in GOOD
    return GOOD.replace(old, new).encode()


async def briefed(style: str, language: str | None = None) -> Briefing:
    """An extracted briefing in that style."""
    briefing_service = BriefingService(FixedReader(), ExtractiveWriter(), "0.1.0")
    wishes = Wishes(language=language, style=style)
    return await briefing_service.brief(Reading((article("demo"),)), wishes, Transcript())


def headings(briefing: Briefing) -> list[str]:
    """The sections in the order in which they are shown."""
    known = {ENGLISH.headings[name]: name for name, _ in briefing.sections()}
    found = re.findall(r"^## (.+)$", markdown(briefing), re.MULTILINE)
    return [known[heading] for heading in found if heading in known]


@pytest.mark.parametrize("name", styles.known())
async def test_sections_follow_the_order_of_the_style_without_a_model_too(name: str) -> None:
    briefing = await briefed(name)
    order: list[str] = list(styles.of(name).order)

    assert len(headings(briefing)) >= 2
    assert headings(briefing) == sorted(headings(briefing), key=order.index)


async def test_a_style_only_reorders_the_lines() -> None:
    plain, minister = await briefed("briefing"), await briefed("minister")
    shown = [p.text for p in render_paragraphs(minister) if p.kind in ("title", "lead", "line")]
    top, *lines = minister.lines()
    read = [top.text, *("".join(w.text for w in line_wording(each, ENGLISH)) for each in lines)]

    assert set(plain.lines()) == set(minister.lines())
    assert list(plain.lines()) != list(minister.lines())
    assert shown[: len(read)] == read, "cautions come behind"
    alike = {name: getattr(plain, name) for name in ("order", "receipt", "notes", "wishes")}
    assert replace(minister, **alike) == plain


async def test_without_a_model_a_note_says_what_the_style_does() -> None:
    assert ENGLISH.style_orders in (await briefed("newsroom")).notes
    assert ENGLISH.style_orders not in (await briefed("briefing")).notes


async def test_a_style_that_no_longer_exists_means_the_plain_one() -> None:
    gone = styles.with_existing_style(Wishes(language="fr", style="sonnet"))

    assert gone == Wishes(language="fr")
    assert headings(await briefed("sonnet")) == headings(await briefed("briefing"))
    assert styles.with_existing_style(Wishes(style="minister")) == Wishes(style="minister")


@pytest.mark.parametrize(
    ("content", "why"),
    [
        pytest.param(b"Only text.", "front matter", id="no-front-matter"),
        pytest.param(changed('"timeline"]', '"timeline"'), "array", id="no-toml"),
        pytest.param(
            changed('"timeline"]', '"poems"]'), "must name each of key_points", id="unknown"
        ),
        pytest.param(changed(', "timeline"]', "]"), "must name each of key_points", id="left-out"),
        pytest.param(changed('title = "Minister"', 'title = ""'), "title", id="no-title"),
        pytest.param(changed("purpose", "reason"), "must have the keys", id="another-key"),
        pytest.param(b"+++\n\xff\n+++\nx", "utf-8", id="no-utf-8"),
    ],
)
def test_an_invalid_style_file_is_refused_with_the_reason(content: bytes, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        styles.parse("s", content)
