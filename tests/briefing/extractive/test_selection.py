"""Which sentences are chosen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.briefing.composition import Budget
from bot.briefing.documents import whole_excerpts
from bot.briefing.extractive.selection import (
    Choice,
    choose_sentences,
    cosine,
    relevance,
    sentence_line,
    tfidf_vectors,
)
from bot.briefing.numbering import numbered
from bot.briefing.requests import Wishes

_LONGEST = {"bottom_line": 45, "key_points": 25}
_FILLER = " ".join(f"Word{n} stands here with several of the others in row {n}." for n in range(8))


def _chosen(text: str, title: str | None = None) -> Choice:
    return choose_sentences(
        whole_excerpts((numbered("A", text, language="en", title=title),)), _LONGEST
    )


def _numbers(text: str) -> list[int]:
    choice = _chosen(text)
    lead = [choice.lead] if choice.lead else []
    return sorted(number for _, number in (*lead, *(p for unit in choice.points for p in unit)))


@pytest.mark.parametrize(
    "sentence",
    [
        pytest.param("It was agreed to be kept secret for ten years.", id="a pronoun"),
        pytest.param("None of them has failed in its first year.", id="none of them"),
        pytest.param("After a long night, she signed the paper on the pastures.", id="who is she"),
        pytest.param("To win a paper on Sarn in ten years, he signed it.", id="not Sarn"),
        pytest.param("The judge said that he had hidden the paper.", id="who is he"),
        pytest.param("The council rejected this.", id="too short to stand alone"),
        pytest.param("Signing a paper on pastures, however, has not helped.", id="turns back"),
        pytest.param("Because Sarn and Orrel never signed a paper on it.", id="a reason alone"),
    ],
)
def test_a_sentence_that_depends_on_another_is_left_out(sentence: str) -> None:
    assert 10 not in _numbers(f"{_FILLER} Sarn and Orrel signed a paper on pastures. {sentence}")


@pytest.mark.parametrize(
    "sentence",
    [
        pytest.param("What is a bridge?", id="a question"),
        pytest.param("What a bridge that was!", id="a call"),
        pytest.param("Position Player Plays", id="a line of a table"),
        pytest.param("Copyright line of the row", id="no full stop"),
        pytest.param("Victor Burton: Dealing in bridges, held in jail.", id="an entry of a list"),
        pytest.param("Bozeman 12 goals, Tolivert 25 goals, Sarn 3.", id="a result"),
        pytest.param("Photo: The bridge over the Sarn in the row.", id="a caption"),
        pytest.param("We have always stood in this row of words.", id="the writer of it"),
        pytest.param("For more information, visit the row of the company.", id="a command"),
    ],
)
def test_what_states_nothing_by_itself_is_left_out(sentence: str) -> None:
    text = f"{_FILLER}\n{sentence}"
    choice = _chosen(text)
    told = [choice.lead, *(place for unit in choice.points for place in unit)]
    assert all(place and place[0].sentence(place[1]) != sentence for place in told)


@pytest.mark.parametrize(
    "sentence",
    [
        "This week the mayor of Orrel opened a paper mill for 40 people.",
        "The former mayor of Orrel opened a paper mill for 40 people.",
    ],
)
def test_this_week_and_the_former_mayor_depend_on_no_other_sentence(sentence: str) -> None:
    assert 10 in _numbers(f"{_FILLER} Sarn and Orrel signed a paper on pastures. {sentence}")


_LEAD = "Sarn and Orrel signed a paper on pastures on Monday."


def _order(*sentences: str) -> list[str]:
    """The points behind the lead, in the order of choice."""
    choice = _chosen(" ".join([_LEAD, *sentences]))
    return [document.sentence(number) for unit in choice.points for document, number in unit]


@pytest.mark.parametrize(
    "sentence",
    [
        pytest.param("Your mill near Lorrimar has room for 40 people.", id="to the reader"),
        pytest.param("Of course a mill near Lorrimar employs 40 people.", id="an opinion"),
        pytest.param("A mill near Lorrimar was asked for comment 40 times.", id="who was asked"),
    ],
)
def test_sentences_without_facts_come_last(sentence: str) -> None:
    fact = "The bridge across Hald carries 90 wagons every morning."
    assert _order(sentence, fact) == [fact, sentence]


def test_figures_count_and_years_do_not() -> None:
    year, figure = "Lorrimar shut its old mill in 2015.", "Hald opened a school for 400 people."
    assert _order(year, figure) == [figure, year]


def test_the_first_sentence_leads() -> None:
    choice = _chosen(
        "Oru opened the long bridge over the Sarn on Monday. It took six years to build. The paint "
        "was still wet when the first lorry came. The mayor of Helm sent flowers to the builders."
    )
    assert choice.lead is not None
    assert choice.lead[1] == 1


@pytest.mark.parametrize(
    "opening",
    [
        "Founded in 1924, the club has always had a lake of its own.",
        "Two years ago, nobody thought that the club would have a boathouse.",
        "In 2019 the club bought a boathouse on the lake for its children.",
        "SARN, 3 May (Reuters) -",
        "By Lena Moss\n",
        "Story continues below the gallery\n",
        "If a club has no boathouse of its own it is hardly a club at all.",
        "There is a lot to tell of the rowing club and its boathouse.",
    ],
)
def test_the_lead_is_the_news_and_not_what_went_before(opening: str) -> None:
    news = "The treasurer of the Sarn rowing club stole 186,000 crowns from its boathouse fund."
    choice = _chosen(f"{opening} {news} Nobody came to the court in Helm on Friday.")
    assert choice.lead is not None
    assert sentence_line(choice.lead, 45).text == news


def test_a_first_sentence_as_long_as_a_wire_service_s_leads() -> None:
    news = (
        "The ministers of Oru and Velk agreed on Monday to open the first of five bridges over the "
        "Sarn that were closed when fighting broke out along the river in spring, but each told "
        "reporters something else about when the soldiers who guard the other four are to leave."
    )
    longest = Budget.of(Wishes(), [600]).longest_copied
    source = numbered("A", f"{news} The river has 14 bridges.", language="en")
    choice = choose_sentences(whole_excerpts((source,)), longest)
    assert choice.lead == (source, 1)


def test_the_news_leads_even_if_another_sentence_is_more_typical_of_the_text() -> None:
    news = "A fire burnt the old pier down to its last plank."
    rest = "The council of Helm will ask the owners of the ferry to move to the quay of Helm."
    more = " ".join(f"The council of Helm asked the owners of the ferry for {n}." for n in "abc")
    choice = _chosen(f"{news} {rest} {more}")
    assert choice.lead is not None
    assert choice.lead[1] == 1


def test_another_sentence_leads_if_the_first_does_not_match_the_title() -> None:
    text = (
        "The sun came up over the harbour and the gulls were hungry. The port of Carrel has closed "
        "its berths at night after the accident. Nobody was hurt in the town."
    )
    assert _chosen(text).lead == (numbered("A", text, language="en"), 1)
    choice = _chosen(text, "Port of Carrel closes berths at night")
    assert choice.lead is not None
    assert choice.lead[1] == 2


def test_a_claim_comes_with_its_denial_or_not_at_all() -> None:
    claim = "The mayor of Ruda accused Orvik of having drained the lake in 2019."
    text = f"{_FILLER} {claim} Orvik denied that any water was diverted."
    units = [[number for _, number in unit] for unit in _chosen(text).points]
    assert [9, 10] in units
    long = claim.replace("the lake", f"the lake {'of the old town ' * 8}")
    numbers = _numbers(f"{_FILLER} {long} Orvik denied that any water was diverted.")
    assert not {9, 10} & set(numbers)


def test_a_sentence_that_is_too_long_is_not_a_point() -> None:
    long = f"Sarn signed a paper {'on the pastures of the town ' * 8}."
    assert 9 not in _numbers(f"{_FILLER} {long}")


def test_of_several_sources_the_first_with_a_usable_sentence_leads() -> None:
    texts = {
        "What follows is a list": "Is it? Is it not?",
        "The council votes late": "The council of Sarn put off its vote by a week on Monday.",
        "Sarn closes its only pool for the summer": "Sarn closes its only pool for the summer.",
    }
    documents = tuple(
        numbered(label, text, language="en", title=title)
        for label, (title, text) in zip("ABC", texts.items(), strict=True)
    )

    assert choose_sentences(whole_excerpts(documents), _LONGEST).lead == (documents[1], 1)


def test_if_everything_is_quoted_a_quotation_leads() -> None:
    assert _chosen("“We will all go home now.”").lead is not None


def test_a_sentence_that_repeats_another_is_not_chosen() -> None:
    text = (
        "The council of Sarn closed the swimming pool on Monday for good. The council of Sarn "
        f"closed the swimming pool on Monday. {_FILLER}"
    )
    assert 2 not in _numbers(text)


# The most informative sentences come first, and none twice.


_SENTENCES = st.lists(st.lists(st.sampled_from("abcdef"), max_size=6), max_size=8)


@given(_SENTENCES)
def test_every_score_is_in_range(sentences: list[list[str]]) -> None:
    scores = relevance(sentences)
    assert len(scores) == len(sentences)
    assert all(0 <= score <= 1.4 for score in scores)


@given(_SENTENCES)
def test_vectors_have_length_one_or_zero(sentences: list[list[str]]) -> None:
    for sentence, vector in zip(sentences, tfidf_vectors(sentences), strict=True):
        assert cosine(vector, vector) == pytest.approx(1.0 if sentence else 0.0)


def test_the_first_sentence_gains_by_its_place() -> None:
    first, second = relevance([["rail"], ["rail"]])
    assert first > second
