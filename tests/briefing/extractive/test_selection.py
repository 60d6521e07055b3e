"""Which sentences are chosen."""

from bot.briefing.extractive.selection import chosen
from bot.briefing.numbering import numbered
from bot.briefing.passages import whole

_FILLER = " ".join(f"Word{n} stands here with several others in row {n}." for n in range(40))


def _numbers(text: str) -> list[int]:
    choice = chosen(whole((numbered("A", text, language="en"),)), "standard")
    lead = [choice.lead] if choice.lead else []
    return sorted(number for _, number in (*lead, *choice.others))


def test_a_sentence_that_leans_on_another_never_comes_without_it() -> None:
    text = f"{_FILLER} Sarn and Orrel signed a paper on pastures. It was agreed to be kept secret."
    numbers = _numbers(text)
    assert 42 not in numbers or 41 in numbers


def test_questions_and_scraps_are_left_out() -> None:
    text = f"What is a bridge?\n{_FILLER}\nCopyright line\nPosition Player Plays"
    numbers = _numbers(text)
    assert 1 not in numbers
    assert max(numbers) <= 41


def test_the_lead_stands_among_the_first_sentences() -> None:
    text = (
        f"Oru opened the long bridge over the Sarn on Monday. {_FILLER} Oru agreed to pay for it."
    )
    choice = chosen(whole((numbered("A", text, language="en"),)), "standard")
    assert choice.lead is not None
    assert choice.lead[1] <= 5


def test_where_everything_is_quoted_a_quotation_leads() -> None:
    choice = chosen(whole((numbered("A", "“We will all go home now.”", language="en"),)), "short")
    assert choice.lead is not None
