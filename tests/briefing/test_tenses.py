"""What a sentence tells of a time, past or to come; and in doubt nothing."""

import pytest

from bot.briefing.dates import Tense, tense, times


def _told(text: str) -> Tense | None:
    time = times(text, "en")[0]
    return tense(text, time.start, time.end)


@pytest.mark.parametrize(
    "text",
    [
        "The ministers agreed on Tuesday to open the line.",
        "Police arrested six people Tuesday.",
        "The council approved a plan on Tuesday to rebuild it.",
        "Oru said on Tuesday that the line opens in June.",
        "Oru told reporters in Lorrimar on Tuesday that he would go.",
        "It was announced in an article published Tuesday in a journal.",
        "On Tuesday, the ministers agreed on a date.",
        "On Tuesday Oru told parliament so.",
        "Four officials have been questioned on Tuesday.",
        "It has been closed since Tuesday.",
        "They held a march on Tuesday.",
        "Ten people died at a protest on Tuesday.",
        "On Tuesday Oru resigned.",
    ],
)
def test_what_happened(text: str) -> None:
    assert _told(text) == "past"


@pytest.mark.parametrize(
    "text",
    [
        "The steps will be divulged in a meeting on Friday, Oru said.",
        "Oru, who will testify Friday, said no.",
        "The report is expected to be released on Friday.",
        "The two are set to meet on Friday.",
        "On Friday the ministers will meet again.",
        "The road will be closed from Friday.",
    ],
)
def test_what_will_happen(text: str) -> None:
    assert _told(text) == "future"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("The fund closes on Friday, Oru said.", id="present"),
        pytest.param("Oru said talks resume on Friday.", id="reported-present"),
        pytest.param("Oru announced a strike on Friday.", id="announced-or-on-strike"),
        pytest.param("The armed group meets on Friday.", id="an-adjective"),
        pytest.param("Wounded soldiers return on Friday.", id="an-adjective-first"),
        pytest.param("The United Nations votes on Friday.", id="a-name"),
        pytest.param("The left meets on Friday.", id="a-noun"),
        pytest.param("They moved to the band’s set Monday night.", id="set"),
        pytest.param("On Friday talks called by the union resume.", id="a-participle"),
        pytest.param("On Friday parliament votes on a law passed long ago.", id="a-late-one"),
        pytest.param("The strike was due to end on Friday.", id="was-due"),
        pytest.param("The text may be signed on Friday.", id="may-be"),
        pytest.param("He would go if parliament rejected it on Friday.", id="if"),
        pytest.param("They extended the truce until Friday.", id="until"),
        pytest.param("They cut jobs starting Friday.", id="starting"),
        pytest.param("They prepared for Friday’s vote.", id="possessive"),
        pytest.param("They missed the Friday deadline.", id="a-noun-behind"),
        pytest.param("They met on Good Friday.", id="a-feast"),
        pytest.param("The bank has a meeting on Friday.", id="has"),
        pytest.param("They arrested a man who appears in court on Friday.", id="a-clause"),
        pytest.param("They signed it, and the ban starts on Friday.", id="another-clause"),
        pytest.param("Oru said that schools would stay closed on Friday.", id="stay-closed"),
        pytest.param("The law passed in spring takes effect on Friday.", id="takes-effect"),
        pytest.param("The road is closed on Friday.", id="is-closed"),
        pytest.param("The bridge would have opened on Friday.", id="would-have"),
        pytest.param("They passed a bill ahead of a vote on Friday.", id="ahead-of-a-vote"),
        pytest.param("They prepared for a new hearing on Friday.", id="for-a-hearing"),
        pytest.param("They allowed a march on Friday.", id="allowed-a-march"),
        pytest.param("They booked the launch on Friday.", id="booked-a-launch"),
        pytest.param("They bought tickets for a show on Friday.", id="a-ticket"),
        pytest.param("They published the list on the first Monday of June.", id="first"),
        pytest.param("They published it a week on Friday.", id="a-week-on"),
        pytest.param("They met on Friday of the previous week.", id="of-another-week"),
        pytest.param("Sheffield Wednesday have offered him a place.", id="a-club"),
    ],
)
def test_a_doubt_tells_nothing(text: str) -> None:
    assert _told(text.replace("’", "'")) is None


def test_a_sentence_without_an_end_is_read_around_each_of_its_times() -> None:
    text = "They met on Tuesday and left " * 2_000
    told = [tense(text, time.start, time.end) for time in times(text, "en")]
    assert told == ["past"] * 2_000
