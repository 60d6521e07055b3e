"""Every word of a pasted article is read, and a wish around it is still a wish."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.briefing.numbering import numbered
from bot.briefing.requests import PastedText, Wishes
from bot.service.ports import Mention
from bot.slack.mentions import from_event
from sandbox.slack.people import Composer
from tests.shared_data import shared
from tests.slack.examples import WORKSPACE, event
from tests.slack.pasted import (
    ARABIC,
    BODY,
    CHINESE,
    CLOSINGS,
    OPENINGS,
    QUESTIONS_BEFORE,
    WISHES_BEFORE,
    WISHES_BEHIND,
)

BOT = "<@UBOT>"
WAYS = ("rich", "plain")
_COMPOSER = Composer(lambda _: None, lambda _: None)


def sent(text: str, way: str, **fields: Any) -> Mention:
    """The request that results from ``text``, as Slack's client sends it or without blocks."""
    blocks = [_COMPOSER.block(text, "b")] if way == "rich" else None
    heard = from_event(event(_COMPOSER.text(text), blocks=blocks, **fields), WORKSPACE)
    assert heard is not None
    return heard


def read(heard: Mention) -> list[str]:
    """The words of the one document that the mention brings."""
    (source,) = heard.sources
    assert isinstance(source, PastedText)
    return numbered("A", source.text).text.split()


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("closing", CLOSINGS)
def test_the_end_of_an_article_is_no_wish(closing: str, way: str) -> None:
    article = f"{BODY}\n\n{closing}"
    heard = sent(f"{BOT} {article}", way)

    assert read(heard) == article.replace("• ", "" if way == "rich" else "• ").split()
    assert (heard.intent, heard.wishes, heard.text) == ("brief", Wishes(), "")


@pytest.mark.parametrize("before", ["\n", " "])
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("opening", OPENINGS)
def test_the_beginning_of_an_article_is_no_wish(opening: str, way: str, before: str) -> None:
    article = f"{opening}\n\n{BODY}"
    heard = sent(f"{BOT}{before}{article}", way)

    assert read(heard) == article.split()
    assert (heard.intent, heard.wishes, heard.text) == ("brief", Wishes(), "")


@pytest.mark.parametrize("between", ["\n", "\n\n"])
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(("wish", "wished"), WISHES_BEFORE)
def test_a_wish_before_an_article_is_recognised(
    wish: str, wished: Wishes, way: str, between: str
) -> None:
    heard = sent(f"{BOT} {wish}{between}{BODY}", way)

    assert read(heard) == BODY.split()
    assert (heard.intent, heard.wishes) == ("brief", wished)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("question", QUESTIONS_BEFORE)
def test_a_question_before_an_article_is_asked_of_it(question: str, way: str) -> None:
    heard = sent(f"{BOT} {question}\n\n{BODY}", way)

    assert read(heard) == BODY.split()
    assert (heard.intent, heard.question) == ("ask", question)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("asked", ["and this one?", "And this one?", "Und dieser Text?"])
@pytest.mark.parametrize("named", [f"{BOT} ", ""])
def test_and_this_one_with_a_text_in_a_thread_briefs_that_text(
    asked: str, way: str, named: str
) -> None:
    heard = sent(f"{named}{asked}\n{BODY}", way, thread_ts="1.0")

    assert read(heard) == BODY.split()
    assert (heard.intent, heard.question, heard.wishes) == ("brief", None, Wishes())


def test_an_article_in_a_direct_message_may_begin_with_a_question() -> None:
    article = f"Who pays for the bridge?\n\n{BODY}"
    heard = sent(article, "rich", channel="D1", channel_type="im")

    assert read(heard) == article.split()
    assert heard.intent == "brief"


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(("wish", "wished"), WISHES_BEHIND)
def test_a_wish_after_an_article_is_recognised_if_it_is_surely_for_us(
    wish: str, wished: Wishes, way: str
) -> None:
    heard = sent(f"{BOT}\n{BODY}\n\n{wish}", way)

    assert read(heard) == BODY.split()
    assert (heard.intent, heard.wishes) == ("brief", wished)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    "question",
    [
        f"{BOT} who pays for the bridge?",
        f"Who pays for the bridge, {BOT}?",
        "Readout, who pays for the bridge?",
    ],
)
def test_a_question_after_an_article_is_asked_of_it(question: str, way: str) -> None:
    heard = sent(f"{BOT}\n{BODY}\n\n{question}", way)

    assert read(heard) == BODY.split()
    assert heard.intent == "ask"


@given(
    st.sampled_from(OPENINGS),
    st.sampled_from(CLOSINGS),
    st.sampled_from([("", Wishes()), *WISHES_BEFORE]),
    st.sampled_from([("", Wishes()), *WISHES_BEHIND]),
)
def test_every_word_is_read_whatever_surrounds_the_article(
    opening: str, closing: str, before: tuple[str, Wishes], behind: tuple[str, Wishes]
) -> None:
    article = f"{opening}\n{BODY}\n\n{closing}"
    heard = sent(f"{BOT} {before[0]}\n{article}\n\n{behind[0]}", "plain")

    assert read(heard) == article.split()
    if not (before[0] and behind[0]):
        assert heard.wishes == behind[1].override(before[1])


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("article", [ARABIC, CHINESE], ids=["arabic", "chinese"])
@pytest.mark.parametrize(("wish", "wished"), [("", Wishes()), ("in English please", Wishes("en"))])
def test_an_article_in_another_script_is_read_whole(
    article: str, way: str, wish: str, wished: Wishes
) -> None:
    for text in (f"{BOT} {wish}\n{article}", f"{BOT}\n{article}\n\n{wish}"):
        heard = sent(text, way)

        assert read(heard) == article.split()
        assert (heard.intent, heard.wishes) == ("brief", wished)


def element(kind: str, *texts: str, **style: bool) -> dict[str, Any]:
    parts = [
        {"type": "text", "text": text, **({"style": style} if style else {})} for text in texts
    ]
    return {"type": f"rich_text_{kind}", "elements": parts}


def pasted(*elements: dict[str, Any]) -> Mention:
    """The request that results from a mention before these parts of a rich text."""
    bot = {"type": "rich_text_section", "elements": [{"type": "user", "user_id": "UBOT"}]}
    blocks = [{"type": "rich_text", "elements": [bot, *elements]}]
    heard = from_event(event(BOT, blocks=blocks), WORKSPACE)
    assert heard is not None
    return heard


def test_headings_lists_quotations_and_code_are_read_with_the_text() -> None:
    items = [element("section", each) for each in ("Calder: for", "Keep it short", "in French")]
    heard = pasted(
        element("section", "Who pays for the bridge?", bold=True),
        element("section", f"\n{BODY}\n\n"),
        {"type": "rich_text_list", "style": "bullet", "elements": items},
        element("quote", "In French, please."),
        element("preformatted", "short please"),
        element("section", "In short, please:", bold=True),
    )

    lines = ["Calder: for Keep it short in French", "In French, please.", "short please"]
    article = " ".join(["Who pays for the bridge?", BODY, *lines, "In short, please:"])
    assert read(heard) == article.split()
    assert (heard.intent, heard.wishes) == ("brief", Wishes())


def test_a_paste_of_forty_thousand_characters_is_read_whole() -> None:
    article = "\n\n".join([BODY] * (40_000 // len(BODY)))
    heard = pasted(element("section", f" in French, short\n\n{article}"))

    assert read(heard) == article.split()
    assert heard.wishes == Wishes("fr", "short")


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("mention", [f"{BOT} in French, short", f"in French, short {BOT}"])
def test_a_mention_in_the_middle_is_for_us_and_the_text_around_it_is_read(
    mention: str, way: str
) -> None:
    heard = sent(f"{BODY}\n\n{mention}\n\n{CLOSINGS[0]}", way)

    assert read(heard) == f"{BODY} {CLOSINGS[0]}".split()
    assert heard.wishes == Wishes("fr", "short")


@pytest.mark.parametrize("way", WAYS)
def test_a_mention_at_the_end_of_a_paragraph_takes_none_of_it(way: str) -> None:
    for wish in ("", " in French please"):
        heard = sent(f"{BODY}\n\n{CLOSINGS[0]} {BOT}{wish}", way)

        assert read(heard) == f"{BODY} {CLOSINGS[0]}".split()
        assert heard.wishes == (Wishes("fr") if wish else Wishes())


def test_a_link_in_a_line_of_its_own_amid_a_text_belongs_to_it() -> None:
    article = f"{BODY}\n\nhttps://example.org/report\n\n{CLOSINGS[0]}"

    assert read(sent(f"{BOT} {article}", "plain")) == article.split()


def test_white_space_alone_is_not_a_paste() -> None:
    heard = sent(f"{BOT} \n \n ", "plain")

    assert (heard.intent, heard.sources) == ("help", ())


def test_the_news_of_others_is_read_whole() -> None:
    news = sorted(shared("pages/news").glob("*.txt"))
    assert news
    for path in news:
        article = path.read_text("utf-8")
        for text in (
            f"{BOT} {article}",
            f"{BOT}\n{article}",
            f"{BOT} in French, short\n\n{article}",
            f"{BOT}\n{article}\n\nin French, short please",
        ):
            for way in WAYS:
                heard = sent(text, way)
                assert read(heard) == article.split(), (path.name, way)
                assert heard.wishes == (
                    Wishes("fr", "short") if "short" in heard.text else Wishes()
                )
