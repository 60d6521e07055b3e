"""Articles are about one story if they report the same event, not merely the same people."""

from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest

from bot.briefing.documents import Document
from bot.briefing.lines import Briefing, EarlierReply, Receipt
from bot.briefing.numbering import numbered
from bot.briefing.same_story import profile_of, same_story, search_words
from tests.texts import article, text_of

_ARTICLES = Path(__file__).parents[2] / "evals" / "articles"

FERRY = (
    """\
Harbour ferry between Velm and Osta to return in spring
The ports of Velm and Osta agreed on Tuesday to restart the harbour ferry by 1 April, provided \
that the pier at Osta passes inspection. Ines Tarrow, head of the port of Velm, promised that \
divers would look at the pier this month. The ferry carried 400 passengers a day until a storm \
broke the pier two winters ago. A union of sailors said that 30 of its members had lost their \
work since.""",
    """\
Divers find rot in Osta pier, ferry delayed
The harbour ferry will not sail in April. Divers who looked at the pier at Osta found rot in \
eleven of its posts, Ines Tarrow told the council of Velm on Monday. The port of Osta wants to \
replace them by June. Sailors were disappointed: the union had hoped that 30 members would \
have work again.""",
)
BUDGET = """\
Velm council cuts its budget, Osta raises taxes
The council of Velm voted on Wednesday to spend a tenth less on schools and roads next year, \
after income from the shellfish trade fell. Ines Tarrow voted against. In Osta, across the \
water, the property tax will rise from January for the first time in nine years. Teachers in \
Velm called for a strike in the week before the holidays, and parents plan a march to the town \
hall."""
FRENCH = (
    """\
Incendie dans l’entrepôt de Rouvray : douze employés blessés
Un incendie a ravagé dans la nuit de mardi l’entrepôt de la société Lantier à Rouvray. Douze \
employés ont été blessés, selon la préfète Claire Aubin. L’entrepôt contenait des solvants. \
Une enquête a été ouverte par le parquet de Maurs.""",
    """\
Rouvray : l’entrepôt Lantier n’avait pas d’alarme
L’entrepôt de la société Lantier, détruit par un incendie mardi à Rouvray, n’avait plus \
d’alarme depuis mars, a reconnu son directeur. La préfète Claire Aubin parle désormais de \
quatorze blessés parmi les employés. Le parquet de Maurs entend la société pour des solvants \
non déclarés.""",
)


def briefed(source: Document, thread: str = "1.0") -> tuple[EarlierReply, Briefing]:
    reply = EarlierReply(f"msg:T1:C1:{thread}", thread, "2031-05-12", "")
    return reply, Briefing((source,), (source.words,), Receipt("openai", "1"))


def read(text: str, language: str = "en") -> Document:
    return numbered("A", text, language=language, title=text.partition("\n")[0])


SECOND_DAY = (Path(__file__).parents[2] / "sandbox" / "samples" / "second-day.txt").read_text(
    "utf-8"
)


@pytest.mark.parametrize(
    ("first", "second", "language"),
    [(*FERRY, "en"), (*FRENCH, "fr"), (text_of("demo"), SECOND_DAY, "en")],
    ids=["ferry", "fire", "sample"],
)
def test_the_next_article_of_a_story_is_of_that_story(
    first: str, second: str, language: str
) -> None:
    now, then = read(second, language), read(first, language)
    assert profile_of(now).is_same_story(profile_of(then))
    known = {word[:5] for word in search_words([then])}
    assert len(known & set(search_words([now]))) > 1


def test_another_story_with_the_same_names_is_another_story() -> None:
    assert not profile_of(read(FERRY[1])).is_same_story(profile_of(read(BUDGET)))


@pytest.mark.parametrize("language", ["ar", "en", "fr", "hy", "ru"])
def test_no_two_articles_about_different_things_are_one_story(language: str) -> None:
    paths = sorted((_ARTICLES / language).glob("*.txt"))
    documents = [read(path.read_text("utf-8"), language) for path in paths]
    assert len(documents) > 5
    for one, other in combinations(documents, 2):
        assert not profile_of(one).is_same_story(profile_of(other)), (one.title, other.title)


def test_similarity_is_symmetric_and_1_with_itself() -> None:
    flood = article("flood")
    one, other = profile_of(flood), profile_of(article("ruling"))
    nothing = profile_of(replace(flood, text="", sentences=(), paragraphs=(), title=None))
    assert one.similarity(one) == pytest.approx(1)
    assert one.similarity(other) == other.similarity(one)
    assert one.similarity(nothing) == 0


def test_a_story_of_several_articles_is_recognised_by_each_of_them() -> None:
    first, second = map(profile_of, map(read, FERRY))
    assert (first | second).is_same_story(first)
    assert (first | second).is_same_story(second)
    assert not (first | second).is_same_story(profile_of(read(BUDGET)))


def test_another_version_in_its_thread_is_not_an_earlier_briefing() -> None:
    then, now = read(FERRY[0]), read(FERRY[1])
    same = briefed(then, "7.0")
    assert same_story((then,), [same], "7.0") == ()
    assert same_story((then,), [same], "8.0") == (same,)
    assert same_story((now,), [same], "7.0") == (same,)
    assert same_story((read(BUDGET),), [same], "8.0") == ()


def test_search_words_are_folded_and_contain_no_numbers() -> None:
    words = search_words([read("Élodie Brückner fordert 2031 von Ångström 500 Euro. " * 3, "de")])
    assert {"elodi", "bruck", "angst"} <= set(words)
    assert not any(word.isdigit() for word in words)
    assert search_words([]) == ()
