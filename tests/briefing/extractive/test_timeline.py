"""What a sentence dates, in its own words."""

import pytest

from bot.briefing.extractive.timeline import event
from bot.briefing.numbering import numbered


def _when(text: str) -> str | None:
    found = event(numbered("A", text, language="en"), 1)
    return found.when if found else None


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("The ministers met on Monday in Sarn.", "on Monday"),
        ("They met on Monday, 3 May 2027, in Sarn.", "on Monday, 3 May 2027"),
        ("Papers were signed in Sarn on October 6.", "on October 6"),
        ("The line opens by 1 June.", "by 1 June"),
        ("The line was shut in 2016.", "in 2016"),
        ("The lander was unveiled in May, they wrote.", "in May"),
        ("Trains ran until the end of December 2018.", "until the end of December 2018"),
        ("The game came out Tuesday morning.", "Tuesday morning"),
        ("Men held since 2016 were freed Tuesday in Sarn.", "Tuesday"),
        ("They will meet next week.", "next week"),
        ("They will meet in coming weeks.", "in coming weeks"),
        ("The report is dated 2027-05-03.", "2027-05-03"),
        ("A man was found yesterday evening.", "yesterday evening"),
    ],
)
def test_the_time_is_told_in_the_words_of_the_source(text: str, when: str) -> None:
    assert _when(text) == when


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Monday’s deals are cheap.", id="what a day names"),
        pytest.param("They were quiet after Monday night’s loss.", id="what a night names"),
        pytest.param("His words at Wednesday morning's hearing were few.", id="a hearing"),
        pytest.param("Black Friday prices are low.", id="a name"),
        pytest.param("Sales are down from last year.", id="a comparison"),
        pytest.param("It may 7 times fail.", id="a verb"),
        pytest.param("“We met on Monday,” he sang.", id="inside a quotation"),
        pytest.param("There is no time in it.", id="none"),
    ],
)
def test_what_tells_no_time_has_none(text: str) -> None:
    assert _when(text) is None
