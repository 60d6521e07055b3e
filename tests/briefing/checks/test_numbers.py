"""Every number of a line is in its passages: rounder perhaps, never more exact."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.briefing.checks.numbers import numbers
from bot.briefing.checks.quantities import quantities
from bot.briefing.checks.units import PERCENT, POINTS
from tests.statements import about, document, statement


def missing(line: str, passage: str, language: str = "en") -> list[str]:
    found = numbers(about(line, passage, language))
    return [reason.message.removesuffix(" is not in A1.") for reason in found]


@pytest.mark.parametrize(
    ("line", "passage"),
    [
        pytest.param("$3.5m", "3.5 million dollars", id="currency-sign-and-word"),
        pytest.param("US$5bn", "$5 billion", id="whose-dollars"),
        pytest.param("1 million dollars", "1 million Australian dollars", id="whose-dollars-word"),
        pytest.param("9 percent", "9%", id="percent"),
        pytest.param("9 per cent", "nine percent", id="percent-in-words"),
        pytest.param("704000", "704,000", id="thousands"),
        pytest.param("3,000,000", "3 million", id="magnitude"),
        pytest.param("250,000", "two hundred and fifty thousand", id="number-words"),
        pytest.param("twelve hundred million", "1.2 billion", id="hundreds-of-millions"),
        pytest.param("half a million", "500,000", id="half"),
        pytest.param("a dozen", "12", id="dozen"),
        pytest.param("three ministers", "3 ministers", id="small-word"),
        pytest.param("two ministers", "both ministers", id="both-are-two"),
        pytest.param("both ministers", "the ministers", id="both-is-no-number"),
        pytest.param("one of them", "some of them", id="one-is-no-number"),
        pytest.param("3 million to 5 million", "3-5 million", id="range"),
        pytest.param("3% to 5%", "between 3 and 5 percent", id="range-of-percent"),
        pytest.param("1.5.2024", "2024, on 5/1", id="parts-of-a-date"),
        pytest.param("about 40%", "38.6%", id="about"),
        pytest.param("more than 3 million", "3.4 million", id="more-than"),
        pytest.param("nearly 40%", "39.2%", id="nearly"),
        pytest.param("the G7 and an A320", "nobody", id="part-of-a-name"),
        pytest.param("5m", "5 metres", id="metres-or-millions"),
        pytest.param("thousands of people", "thousands came", id="thousands-of"),
        pytest.param("more than 3 dead", "over 3 dead", id="above-and-above"),
        pytest.param("about 3 dead", "more than 3 dead", id="about-leaves-open"),
        pytest.param("3 dead", "about 3 dead", id="about-may-go"),
        pytest.param("3 to 5 years", "between 3 and 5 years", id="range-said-otherwise"),
        pytest.param("up to 5 years", "3 to 5 years", id="end-of-a-range-as-a-bound"),
        pytest.param("it rose to 5%", "it rose from 3% to 5%", id="a-change-is-no-range"),
        pytest.param("two ministers", "Lind and Oru", id="two-are-named"),
        pytest.param("three ministers", "Lind, Oru and Masri", id="three-are-listed"),
        pytest.param("all seven", "one man and six others", id="with-the-others"),
        pytest.param("rose by 2 percentage points", "rose from 3% to 5%", id="difference"),
        pytest.param("14 days", "two weeks", id="weeks-in-days"),
        pytest.param("18 months", "a year and a half", id="a-year-and-a-half"),
        pytest.param("3 dollars", "3 and 4 dollars", id="unit-said-later"),
        pytest.param("12,00,000 rupees", "12 lakh rupees", id="lakh"),
        pytest.param("1½ hours", "1.5 hours", id="sign-of-a-fraction"),
        pytest.param("one in five", "20% of them", id="one-in-five"),
        pytest.param("two thirds of them", "64 of the 96", id="share-worked-out"),
        pytest.param("at 6.30pm", "at 18:30", id="time-of-day"),
        pytest.param("in 1998", "1994-1998", id="end-of-a-period"),
        pytest.param("it won 3 games", "it won 3-1", id="a-score-is-no-range"),
        pytest.param("35 years ago", "a 35-year wait", id="years"),
        pytest.param("5 km", "5 kilometres", id="kilometres"),
        pytest.param("5 years", "5 long years", id="measure-said-later"),
    ],
)
def test_the_same_number_in_another_notation_passes(line: str, passage: str) -> None:
    assert missing(line, passage) == []


@pytest.mark.parametrize(
    ("line", "passage", "words"),
    [
        pytest.param("3 million", "no figure", ["“3 million”"], id="invented"),
        pytest.param("3 billion", "3 million", ["“3 billion”"], id="magnitude"),
        pytest.param("3 million", "3", ["“3 million”"], id="magnitude-added"),
        pytest.param("£3", "$3", ["“£3”"], id="currency"),
        pytest.param("3%", "3 percentage points", ["“3%”"], id="points-are-no-percent"),
        pytest.param("2021", "2022", ["“2021”"], id="year"),
        pytest.param("the 1980s", "the 1990s", ["“1980s”"], id="decade"),
        pytest.param("1990", "the 1990s", ["“1990”"], id="year-of-a-decade"),
        pytest.param("12.3 million", "12 million", ["“12.3 million”"], id="more-exact"),
        pytest.param("12 million", "12.3 million", ["“12 million”"], id="rounder-unmarked"),
        pytest.param("39%", "38.6%", ["“39%”"], id="small-rounder-unmarked"),
        pytest.param("more than 4 million", "3.6 million", ["“4 million”"], id="not-more-than"),
        pytest.param("nearly 3 million", "3.2 million", ["“3 million”"], id="not-nearly"),
        pytest.param("about 40%", "38.6 euros", ["“40%”"], id="about-another-kind"),
        pytest.param("about 10 million", "14.9 million", ["“10 million”"], id="too-far"),
        pytest.param("two died", "three died", ["“two”"], id="another-of-the-same"),
        pytest.param("the fourth time", "the third time", ["“fourth”"], id="ordinal"),
        pytest.param("three quarters of it", "two thirds of it", ["“three quarters”"], id="share"),
        pytest.param("seven died", "six died", ["“seven”"], id="small-word"),
        pytest.param("less than 3 dead", "more than 3 dead", ["“3”"], id="other-side"),
        pytest.param("3 dead", "more than 3 dead", ["“3”"], id="more-than-lost"),
        pytest.param("more than 3 dead", "3 dead", ["“3”"], id="more-than-added"),
        pytest.param("nearly 3 dead", "about 3 dead", ["“3”"], id="nearly-of-about"),
        pytest.param("3 months", "3 years", ["“3 months”"], id="months-of-years"),
        pytest.param("5 miles", "5 km", ["“5 miles”"], id="miles-of-kilometres"),
        pytest.param("hundreds of people", "thousands came", ["“hundreds”"], id="many"),
        pytest.param("3 and 4, then 3", "4", ["“3”"], id="each-is-told-once"),
        pytest.param("9" * 40, "8" * 50, [f"“{'9' * 40}”"], id="longer-than-any"),
    ],
)
def test_a_number_that_is_not_in_the_passage_fails(
    line: str, passage: str, words: list[str]
) -> None:
    assert missing(line, passage) == words


@pytest.mark.parametrize(
    ("language", "text", "value", "unit"),
    [
        pytest.param("de", "1.234,5 Mio. Euro", "1234500000", "EUR", id="german-figure"),
        pytest.param("de", "zwölf Prozent", "12", PERCENT, id="german-word"),
        pytest.param("fr", "1 234,5 %", "1234.5", PERCENT, id="french-figure"),
        pytest.param("fr", "trois milliards d’euros", "3000000000", "EUR", id="french-word"),
        pytest.param("fr", "deux milliards et demi", "2500000000", "", id="and-a-half"),
        pytest.param("es", "dos mil millones de dólares", "2000000000", "USD", id="spanish-word"),
        pytest.param("it", "trecentocinquantamila euro", "350000", "EUR", id="italian-compound"),
        pytest.param("nl", "vijfenveertig", "45", "", id="dutch-compound"),
        pytest.param("ru", "5 млн долларов", "5000000", "USD", id="russian-figure"),
        pytest.param("ru", "три тысячи рублей", "3000", "RUB", id="russian-word"),
        pytest.param("ru", "двух", "2", "", id="russian-case"),
        pytest.param("hy", "10 տոկոս", "10", PERCENT, id="armenian-figure"),
        pytest.param("hy", "երեք միլիոն դրամ", "3000000", "AMD", id="armenian-word"),
        pytest.param("tr", "%48,7", "48.7", PERCENT, id="turkish-sign-before"),
        pytest.param("tr", "yüzde 7,4", "7.4", PERCENT, id="turkish-word-before"),
        pytest.param("ar", "١٢٫٥ مليون", "12500000", "", id="arabic-digits"),
        pytest.param("hi", "५ करोड़", "50000000", "", id="devanagari-digits"),
        pytest.param("th", "๑,๕๐๐", "1500", "", id="thai-digits"),
        pytest.param("zh", "１２８.４亿元", "12840000000", "", id="full-width-digits"),
        pytest.param("zh", "三百五十万人", "3500000", "", id="han-numerals"),
        pytest.param("zh", "0.9个百分点", "0.9", POINTS, id="chinese-points"),
        pytest.param("ja", "1億2000万円", "120000000", "JPY", id="japanese-in-two-parts"),
        pytest.param("ko", "5조3000억 원", "5300000000000", "KRW", id="korean-in-two-parts"),
        pytest.param("vi", "4,5 tỷ", "4500000000", "", id="vietnamese"),
        pytest.param("en", "12’500 Swiss francs", "12500", "CHF", id="swiss-figure"),
    ],
)  # fmt: skip
def test_numbers_are_read_in_many_languages(
    language: str, text: str, value: str, unit: str
) -> None:
    (found,) = quantities(text, language)

    assert Decimal(value) in found.values
    assert unit in found.units or not unit


def test_the_numbers_of_a_translation_are_compared() -> None:
    source = document("Три министра ждут 5 млн долларов.", language="ru")
    line = statement("Three ministers await $5 million.", source, is_translation=True)

    assert numbers(line) == []
    assert numbers(replace(line, text="Four ministers await $5 million.")) != []


def test_small_numbers_are_not_checked_in_a_language_whose_number_words_are_unknown() -> None:
    source = document("पन्ध्र जना, 800000 रुपैयाँ।", language="gu")
    line = statement("Fifteen people had 800,000 rupees.", source, is_translation=True)

    assert numbers(line) == []
    assert numbers(replace(line, text="Fifteen people had 900,000 rupees.")) != []


FIGURES = st.decimals(0, 10**9, places=1).map(str) | st.integers(0, 10**9).map(lambda n: f"{n:,}")


@given(figure=FIGURES, unit=st.sampled_from(["", "%", " million", " euros", " km", "th", "s"]))
def test_a_number_of_the_source_always_passes(figure: str, unit: str) -> None:
    sentence = f"They spoke of {figure}{unit} there."

    assert missing(f"Of {figure}{unit} they spoke.", sentence) == []


# "1" may be the passage's "a".
@given(number=st.integers(2, 9_999), other=st.integers(2, 9_999))
def test_a_number_that_is_not_there_never_passes(number: int, other: int) -> None:
    expected = [] if number == other else [f"“{number}”"]

    assert missing(f"It was {number}.", f"It was {other}.") == expected


@pytest.mark.parametrize(
    ("line", "passage"),
    [
        pytest.param("12 kilometres or more", "at least 12 kilometres", id="bound-behind"),
        pytest.param("2% or more", "at least 2%", id="bound-behind-a-percentage"),
        pytest.param("15 minutes at most", "no more than 15 minutes", id="at-most"),
        pytest.param("people over 75", "people older than 75", id="older-than"),
        pytest.param("Fares rise by a fifth.", "Fares rise by 20%.", id="a-share"),
        pytest.param("They lost 10% of it.", "They lost a tenth of it.", id="a-share-in-figures"),
        pytest.param("A second ferry sank.", "Another ferry sank.", id="a-second-is-another"),
    ],
)
def test_a_number_in_other_words_passes(line: str, passage: str) -> None:
    assert missing(line, passage) == []


@pytest.mark.parametrize(
    ("line", "passage"),
    [
        pytest.param("12 kilometres or less", "at least 12 kilometres", id="the-other-bound"),
        pytest.param("people over 75", "people younger than 75", id="younger-than"),
        pytest.param("Fares rise by a fifth.", "Fares rise by 25%.", id="another-share"),
        pytest.param("A fifth defendant left.", "They left 20% of it.", id="a-rank-is-no-share"),
        pytest.param("A third ferry sank.", "Another ferry sank.", id="a-third-is-not-another"),
    ],
)
def test_a_number_that_only_resembles_it_fails(line: str, passage: str) -> None:
    assert missing(line, passage) != []


@pytest.mark.parametrize(
    ("line", "passage", "grade"),
    [
        pytest.param(
            "The twelve towns pay 6,000 dollars.",
            "Each of the twelve towns pays 500 dollars.",
            "doubt",
            id="a product",
        ),
        pytest.param(
            "The fund pays 45 million dollars of it.",
            "Of the 75 million dollars the fund pays 60 percent.",
            "doubt",
            id="a share of an amount",
        ),
        pytest.param(
            "The towns pay 25 million dollars of it.",
            "The road costs 75 million dollars, two thirds of which the fund pays.",
            "doubt",
            id="what a share leaves",
        ),
        pytest.param(
            "The fund pays 35 million dollars of it.",
            "Of the 75 million dollars the fund pays 60 percent.",
            "proof",
            id="no share of it",
        ),
        pytest.param(
            "It rose from 52 percent.", "It rose by six points, to 58.", "doubt", id="from another"
        ),
        pytest.param(
            "It rose by 8 percent.", "It rose from 40 percent to 48 percent.", "proof", id="points"
        ),
        pytest.param(
            "Nearly 30 ounces were found.",
            "Blair, 29, had nearly 30 grams on him.",
            "proof",
            id="said of another unit",
        ),
        pytest.param(
            "It took more than six months.",
            "It took less than six months.",
            "proof",
            id="the bound",
        ),
        pytest.param("At least 60 came.", "60 came.", "doubt", id="a bound added"),
        pytest.param("He got a year and ten months.", "He got 23 months.", "doubt", id="two units"),
        pytest.param(
            "The shelter houses 331 more than it may.",
            "The shelter may house 500 and houses 830.",
            "proof",
            id="neither",
        ),
    ],
)
def test_a_number_that_could_be_calculated_from_others_is_only_doubted(
    line: str, passage: str, grade: str
) -> None:
    assert [reason.grade for reason in numbers(about(line, passage))] == [grade]


def test_a_number_within_another_is_reported_once() -> None:
    assert missing("It rose from 500 people to 2,500 people.", "It rose.") == ["“2,500”"]


@pytest.mark.parametrize(
    ("line", "passage", "language", "words"),
    [
        ("It sells bonds for 6 billion marks a month.",
         "It sells bonds for 6 billion marks a quarter.", "en", "6 billion marks a month"),
        ("Workers earn 12 dollars per hour.", "Workers earn 12 dollars a day.", "en",
         "12 dollars per hour"),
        ("Das kostet 12 Euro pro Stunde.", "Das kostet 12 Euro pro Tag.", "de",
         "12 Euro pro Stunde"),
        ("Elle verse 300 euros par mois.", "Elle verse 300 euros par an.", "fr",
         "300 euros par mois"),
        ("Простой обошёлся в 15 млн рублей в месяц.", "Простой обошёлся в 15 млн руб. в сутки.",
         "ru", "15 млн рублей в месяц"),
    ],
)  # fmt: skip
def test_the_same_amount_for_another_period_fails(
    line: str, passage: str, language: str, words: str
) -> None:
    found = numbers(about(line, passage, language))
    assert [(reason.message, reason.grade) for reason in found] == [
        (f"“{words}” is not in A1.", "proof")
    ]


@pytest.mark.parametrize(
    ("line", "passage"),
    [
        ("It runs 40 miles an hour.", "It runs 40 miles per hour."),
        ("It earned 3 million a year.", "It earned 3 million."),
        ("It earned 3 million.", "It earned 3 million a year."),
        ("It runs at 60 km/h.", "It runs at 60 kilometres per hour."),
        ("She walked 10 kilometres in a week.", "She walked 10 kilometres a week."),
    ],
)
def test_the_same_rate_in_other_words_passes(line: str, passage: str) -> None:
    assert missing(line, passage) == []
