"""Wishes, questions and courtesies are distinguished, in the languages people use."""

import time

import pytest

from bot.briefing.requests import DIFFERENCES_FIRST, Wishes
from bot.slack.mentions import is_order, is_request_before
from bot.slack.parse_wishes import parse_request


@pytest.mark.parametrize(
    ("text", "language"),
    [
        pytest.param("in French", "fr", id="english"),
        pytest.param("https://x in French for the minister", "fr", id="before-an-audience"),
        pytest.param("in French, three lines", "fr", id="before-a-length"),
        pytest.param("translate to Spanish", "es", id="to"),
        pytest.param("Turkish please", "tr", id="name-alone"),
        pytest.param("auf Deutsch", "de", id="german"),
        pytest.param("en français s'il te plaît", "fr", id="french"),
        pytest.param("на русском", "ru", id="russian"),
        pytest.param("українською", "uk", id="ukrainian"),
        pytest.param("en español", "es", id="spanish"),
        pytest.param("in italiano", "it", id="italian"),
        pytest.param("em português", "pt", id="portuguese"),
        pytest.param("in het Nederlands", "nl", id="dutch"),
        pytest.param("po polsku", "pl", id="polish"),
        pytest.param("Türkçe", "tr", id="turkish"),
        pytest.param("հայերեն", "hy", id="armenian"),
        pytest.param("用中文", "zh", id="chinese"),
        pytest.param("日本語で", "ja", id="japanese"),
        pytest.param("بالعربية", "ar", id="arabic"),
        pytest.param("not in English, in French", "fr", id="the-last-counts"),
        pytest.param("What did Klaar say? In French please", "fr", id="beside-a-question"),
        pytest.param("the French minister resigned", None, id="adjective"),
        pytest.param("in French Guiana the police said", None, id="a-place"),
        pytest.param("the germane point", None, id="part-of-a-word"),
    ],
)
def test_a_language_is_requested_with_a_phrase(text: str, language: str | None) -> None:
    assert parse_request(text).wishes.language == language


@pytest.mark.parametrize(
    ("text", "length"),
    [
        pytest.param("short", "short", id="short"),
        pytest.param("shorter", "short", id="shorter"),
        pytest.param("keep it short, please", "short", id="keep-it"),
        pytest.param("in three lines", "short", id="three-lines"),
        pytest.param("3 bullet points", "short", id="three-points"),
        pytest.param("five lines", "standard", id="five-lines"),
        pytest.param("20 lines", "long", id="twenty-lines"),
        pytest.param("in detail", "long", id="in-detail"),
        pytest.param("a longer one", "long", id="longer"),
        pytest.param("kürzer bitte", "short", id="german"),
        pytest.param("plus court", "short", id="french"),
        pytest.param("короче", "short", id="russian"),
        pytest.param("подробнее", "long", id="russian-long"),
        pytest.param("about short selling", "standard", id="short-selling"),
        pytest.param("on the long-term effects", "standard", id="long-term"),
    ],
)
def test_a_length_is_requested_with_a_phrase(text: str, length: str) -> None:
    assert parse_request(text).wishes.length == length


@pytest.mark.parametrize(
    ("text", "points"),
    [
        pytest.param("in 3 bullet points", 3, id="points"),
        pytest.param("in three bullets, in French", 3, id="bullets"),
        pytest.param("only 2 key points please", 2, id="at-most"),
        pytest.param("in 5 lines", 4, id="lines-have-a-bottom-line"),
        pytest.param("in one sentence", 0, id="one-sentence"),
        pytest.param("in two paragraphs", None, id="paragraphs"),
        pytest.param("drei Stichpunkte bitte", 3, id="german"),
        pytest.param("in 5 Sätzen", 4, id="german-sentences"),
        pytest.param("en cinq puces", 5, id="french"),
        pytest.param("en 3 viñetas", 3, id="spanish"),
        pytest.param("in tre punti", 3, id="italian"),
        pytest.param("в трёх пунктах", 3, id="russian"),
        pytest.param("short", None, id="no-number"),
    ],
)
def test_a_number_of_points_is_a_ceiling(text: str, points: int | None) -> None:
    wishes = parse_request(text).wishes

    assert wishes.points == points
    assert wishes.for_prompt().get("most_key_points") == (None if points is None else str(points))


def test_another_length_ends_the_number_of_points() -> None:
    three = parse_request("in 3 bullet points").wishes

    assert parse_request("in French").wishes.override(three).points == 3
    assert parse_request("in detail").wishes.override(three).points is None
    assert parse_request("in 5 bullet points").wishes.override(three).points == 5


@pytest.mark.parametrize(
    "text",
    [
        "compare these two",
        "Compare the two articles, please",
        "compare these",
        "Could you compare these two?",
        "compare these reports with each other",
        "vergleiche die beiden",
        "Kannst du die beiden vergleichen?",
        "comparez ces deux articles",
        "compara estos dos",
        "confronta questi due",
        "сравни эти две статьи",
    ],
)
def test_a_comparison_is_a_wish_for_differences_first(text: str) -> None:
    said = parse_request(text)

    assert said.question is None
    assert said.wishes == Wishes(note=DIFFERENCES_FIRST)
    assert is_order(text)


def test_further_wishes_for_a_comparison_are_kept_in_the_askers_words() -> None:
    said = parse_request("compare these two in a mocking tone")

    assert said.wishes.note == f"compare these two in a mocking tone ({DIFFERENCES_FIRST})"


@pytest.mark.parametrize(
    "text",
    [
        "and this one?",
        "And this one, in French?",
        "What about this article?",
        "this one too, please",
        "Und dieser Text?",
        "und das hier?",
        "Et celui-ci ?",
        "¿Y este otro?",
        "E questo?",
        "А этот?",
        "а эта статья?",
        "Իսկ սա՞",
        "وهذا؟",
        "那这篇呢？",
    ],
)
def test_and_this_one_is_not_a_question_about_earlier_sources(text: str) -> None:
    said = parse_request(text)

    assert (said.question, said.wishes.note) == (None, None)
    assert is_request_before(text, named=False)


@pytest.mark.parametrize(
    "text", ["und das Ministerium?", "et cette loi ?", "And Klaar?", "а эти переговоры?"]
)
def test_a_question_about_a_thing_remains_a_question(text: str) -> None:
    assert parse_request(text).question == text


@pytest.mark.parametrize(
    ("text", "style"),
    [
        pytest.param("in the newsroom style", "newsroom", id="in-the"),
        pytest.param("Newsroom style, please", "newsroom", id="name-first"),
        pytest.param("style: minister", "minister", id="colon"),
        pytest.param("short, in minister style, in French", "minister", id="among-others"),
        pytest.param("bitte im Stil newsroom", "newsroom", id="german"),
        pytest.param("not newsroom style, minister style", "minister", id="the-last-counts"),
        pytest.param("for the minister", "briefing", id="a-reader"),
        pytest.param("in the style of a poem", "briefing", id="none-of-ours"),
        pytest.param("What is the minister’s style?", "briefing", id="about-somebody"),
    ],
)
def test_a_style_is_requested_by_its_name(text: str, style: str) -> None:
    assert parse_request(text).wishes.style == style


def test_a_style_alone_is_a_plain_wish() -> None:
    said = parse_request("in the minister style please")

    assert said.is_plain_wish
    assert said.wishes == Wishes(style="minister")


@pytest.mark.parametrize(
    ("text", "wishes"),
    [
        pytest.param("for the minister", Wishes(audience="the minister"), id="audience"),
        pytest.param("focus on the railway", Wishes(angle="the railway"), id="angle"),
        pytest.param("for the minister, on the railway",
                     Wishes(audience="the minister", angle="the railway"), id="both"),
        pytest.param("in French, short, for the minister",
                     Wishes("fr", "short", audience="the minister"), id="all"),
        pytest.param("summarise this for my boss please, in detail",
                     Wishes(length="long", audience="my boss"), id="politely"),
        pytest.param("für den Minister, kurz", Wishes(length="short", audience="den Minister"),
                     id="german"),
        pytest.param("no jargon", Wishes(note="no jargon"), id="note"),
        pytest.param("compare these two",
                     Wishes(note=DIFFERENCES_FIRST),
                     id="comparison"),
        pytest.param("please brief this article", Wishes(), id="nothing-special"),
    ],
)  # fmt: skip
def test_the_rest_is_reader_angle_and_note(text: str, wishes: Wishes) -> None:
    said = parse_request(text)

    assert (said.question, said.wishes) == (None, wishes)


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        pytest.param("Who is Klaar?", True, id="who"),
        pytest.param("and Klaar?", True, id="elliptical"),
        pytest.param("what about Sochi", True, id="no-mark"),
        pytest.param("did Klaar agree", True, id="verb-first"),
        pytest.param("can you tell me who Klaar is?", True, id="politely"),
        pytest.param("Was hat Klaar gesagt?", True, id="german"),
        pytest.param("кто такой Клаар", True, id="russian"),
        pytest.param("And in French?", False, id="a-wish-with-a-mark"),
        pytest.param("can you make it shorter?", False, id="a-polite-wish"),
        pytest.param("could you brief this?", False, id="a-polite-request"),
        pytest.param("Kannst du das zusammenfassen?", False, id="a-polite-request-in-german"),
        pytest.param("¿Puedes resumir esto?", False, id="a-polite-request-in-spanish"),
        pytest.param("no jargon", False, id="a-note"),
    ],
)
def test_a_question_is_distinguished_from_a_wish(text: str, asks: bool) -> None:
    assert (parse_request(text).question is not None) == asks


@pytest.mark.parametrize(
    ("text", "courtesy"),
    [
        pytest.param("", "help", id="empty"),
        pytest.param("help", "help", id="help"),
        pytest.param("Hi there!", "help", id="greeting"),
        pytest.param("what can you do?", "help", id="what-can-you-do"),
        pytest.param("thanks!", "thanks", id="thanks"),
        pytest.param("thank you for the briefing", "thanks", id="thank-you"),
        pytest.param("great, got it", "thanks", id="acknowledged"),
        pytest.param("thanks, and in French?", None, id="thanks-and-a-wish"),
        pytest.param("thanks, who is Klaar?", None, id="thanks-and-a-question"),
        pytest.param("no jargon", None, id="no-is-not-always-no"),
        pytest.param("mute", "mute", id="mute"),
        pytest.param("Unmute this, please", "unmute", id="unmute"),
        pytest.param("stop", "stop", id="stop"),
        pytest.param("Stop it, please!", "stop", id="stop-please"),
        pytest.param("ok stop", "stop", id="ok-stop"),
        pytest.param("стоп", "stop", id="stop-in-russian"),
        pytest.param("stop the war, said the minister", None, id="stop-in-a-sentence"),
        pytest.param("where does the train stop", None, id="a-stop"),
        pytest.param("the minister said mute the microphones", None, id="mute-in-a-sentence"),
    ],
)
def test_known_phrases_are_recognised(text: str, courtesy: str | None) -> None:
    assert parse_request(text).known_phrase == courtesy


@pytest.mark.parametrize(
    "unit",
    ["-", "ok ", "a ", "for the ", "in ", "on the and ", "? ", "long ", "1 ", "thanks, ", "é"],
)
def test_no_text_takes_long(unit: str) -> None:
    started = time.process_time()
    long = parse_request(unit * 20_000)

    assert time.process_time() - started < 5
    assert len(long.text) > 10_000


def test_a_long_question_stays_whole() -> None:
    question = "who " + "and who " * 500 + "?"

    assert parse_request(question).question == question
