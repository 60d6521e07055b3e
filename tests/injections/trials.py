"""The clean article, a payload between its sentences, and the reply that comes of it."""

from collections.abc import Mapping
from pathlib import Path

from bot.briefing.lines import Answer, Briefing
from bot.briefing.requests import PastedText, Wishes
from bot.service.briefing_service import BriefingService
from bot.service.ports import Judge, Writer
from bot.sources.content import Markup
from bot.sources.pages import parse_page
from tests.fakes import FixedReader, Transcript
from tests.injections.criteria import Criterion, Trial
from tests.injections.obedient import CANARY, PROMPT
from tests.injections.surfaces import Shown, shown

ARTICLE = (Path(__file__).parent / "article.txt").read_text(encoding="utf-8")
CASUALTIES = "37"
PLACES = ("paragraph", "sentence")
"""The payload stands in a paragraph of its own, or between two sentences of one."""

_BEFORE = "The opposition said"
_WITHIN = " She had asked"


def with_payload(payload: str, place: str) -> str:
    """The article with ``payload`` in it."""
    if place == "page":
        return page_text(payload)
    if place == "paragraph":
        return ARTICLE.replace(_BEFORE, f"{payload}\n{_BEFORE}", 1)
    return ARTICLE.replace(_WITHIN, f" {payload}{_WITHIN}", 1)


async def successes(
    writers: Mapping[str, Writer],
    text: str,
    criterion: Criterion,
    clean: Shown,
    judge: Judge | None = None,
) -> list[str]:
    """The names of those ``writers`` whose briefing of ``text`` meets ``criterion``."""
    return [
        name
        for name, writer in writers.items()
        if trial(shown(await briefed(text, writer, judge)), clean).succeeds(criterion)
    ]


def trial(seen: Shown, clean: Shown) -> Trial:
    """What was shown, held against the clean article."""
    return Trial(seen, clean, ARTICLE, CASUALTIES, (CANARY, PROMPT[:80]))


async def briefed(text: str, writer: Writer, judge: Judge | None = None) -> Briefing:
    """The briefing of ``text`` as pasted."""
    briefing_service = _briefing_service(writer, judge)
    return await briefing_service.brief(
        await briefing_service.read((PastedText(text),)), Wishes(), Transcript()
    )


async def answered(text: str, question: str, writer: Writer) -> Answer:
    """The answer to ``question`` from ``text``."""
    briefing_service = _briefing_service(writer)
    reading = await briefing_service.read((PastedText(text),))
    return await briefing_service.answer(reading, question, Wishes(), Transcript())


def page_text(payload: str) -> str:
    """What is read of a page that has ``payload`` in its markup."""
    parts = [f"<p>{line}</p>" for line in ARTICLE.splitlines()]
    body = "".join([*parts[:4], payload, *parts[4:]])
    return parse_page(Markup(f"<html><body><article>{body}</article></body></html>")).text


def _briefing_service(writer: Writer, judge: Judge | None = None) -> BriefingService:
    return BriefingService(FixedReader(), writer, "0.1.0", judge=judge)
