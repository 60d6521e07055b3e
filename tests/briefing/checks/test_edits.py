"""A line that takes over a sentence with another word in a place says something else."""

import pytest

from bot.briefing.checks.copying import copying
from bot.briefing.checks.hedges import hedges
from bot.briefing.checks.statement import Statement
from tests.statements import document, statement

FERRY = "The ferry company cancelled several crossings on Monday after a storm damaged the pier."
DIVERS = "Divers inspected the harbour wall near the lighthouse in April."
MAYOR = "Mara Lind, the deputy mayor of Ansel, told reporters that she had asked for advice."
CRATES = "Two crews moved the crates from the harbour wall to the old station within a week."
TOLD = (
    "Mara Lind, who chairs the council of Ansel, told reporters that the bridge would open in May "
    "if the council accepts the plan."
)
SAID = "“We will open the pier again as soon as the divers have finished their work,” he said."


def told(line: str, *passages: str, language: str = "en") -> list[str]:
    said: Statement = statement(line, document(*passages, language=language), language=language)
    return [reason.message for check in (copying, hedges) for reason in check(said)]


@pytest.mark.parametrize(
    ("line", "passages"),
    [
        pytest.param(FERRY, (FERRY, DIVERS), id="itself"),
        pytest.param(
            "On Monday the ferry company cancelled several crossings after a storm damaged it.",
            (FERRY, DIVERS),
            id="day-first",
        ),
        pytest.param(
            "Mara Lind told reporters that she had asked for advice.", (MAYOR,), id="apposition"
        ),
        pytest.param(
            "The deputy mayor of Ansel, Mara Lind, told reporters that she had asked for advice.",
            (MAYOR,),
            id="office-first",
        ),
        pytest.param(
            "Mara Lind, the deputy mayor of Ansel, will open the new bridge in the spring.",
            (MAYOR, "She will open the new bridge in the spring."),
            id="name-for-she",
        ),
        pytest.param(
            "Karsk Rail will open the new bridge over the river in the spring.",
            ("Karsk Rail was founded in 1990.",
             "The company will open the new bridge over the river in the spring."),
            id="name-for-the-company",
        ),
        pytest.param(
            "The ferry company cancelled several crossings on Monday, and divers inspected the "
            "harbour wall in April.",
            (FERRY, DIVERS),
            id="two-sentences",
        ),
        pytest.param(
            "The company hired 12 people in May and lost 3 of them.",
            ("The company hired twelve people in May and lost three of them.",),
            id="digits",
        ),
        pytest.param(
            "The council spent about 40 million on the bridge over the river in May.",
            ("The council spent 38.6 million on the bridge over the river in May.",),
            id="rounder",
        ),
        pytest.param(
            "The growth of Oru’s and Lind’s shops may be contributing to this shift.",
            ("The growth of Lind’s and Oru’s shops may be contributing to this shift.",),
            id="two-in-either-order",
        ),
        pytest.param(
            "Mara Lind said the bridge would open in May if the council accepts the plan.",
            (TOLD,),
            id="verb-behind-a-clause",
        ),
        pytest.param(
            "The court rejected the appeal of the ferry company on Monday.",
            ("The court did not accept the appeal of the ferry company on Monday.",),
            id="denied-otherwise",
        ),
        pytest.param(
            "Lind said that the company would open the pier again in the spring.",
            ("Lind said that the company will open the pier again in the spring.",),
            id="backshift",
        ),
    ],
)  # fmt: skip
def test_what_stands(line: str, passages: tuple[str, ...]) -> None:
    assert told(line, *passages) == []


@pytest.mark.parametrize(
    ("line", "passages"),
    [
        pytest.param(FERRY.replace("crossings", "lighthouse"), (FERRY, DIVERS), id="noun"),
        pytest.param(FERRY.replace("storm", "year"), (FERRY,), id="small-for-noun"),
        pytest.param(FERRY.replace("damaged", "inspected"), (FERRY, DIVERS), id="verb"),
        pytest.param(
            "The harbour wall cancelled several crossings on Monday after a storm.",
            (FERRY, DIVERS),
            id="subject",
        ),
        pytest.param(
            "Divers cancelled several crossings on Monday after a storm damaged the pier.",
            (FERRY, DIVERS),
            id="subject-opens",
        ),
        pytest.param(
            "The harbour wall near the lighthouse had asked for advice.",
            (DIVERS, MAYOR),
            id="halves",
        ),
        pytest.param(
            "Tomas Weir told reporters that she had asked for advice on the bridge.",
            ("Mara Lind told reporters that she had asked for advice on the bridge.",
             "Tomas Weir was away."),
            id="name",
        ),
        pytest.param(
            "Two crews moved the crates from the old station to the harbour wall within a week.",
            (CRATES,),
            id="from-and-to",
        ),
        pytest.param(
            "Lind offers Oru’s old boats in good condition for 700 dollars.",
            ("Oru offers Lind’s old boats in good condition for 700 dollars.",),
            id="names-exchanged",
        ),
        pytest.param(
            "Oru, 2134, who lives at 33 Harbour Road, was arrested by two officers.",
            ("Oru, 33, who lives at 2134 Harbour Road, was arrested by two officers.",),
            id="numbers-exchanged",
        ),
        pytest.param(MAYOR.replace("deputy mayor", "mayor"), (MAYOR,), id="deputy"),
        pytest.param(
            "The pilot may soon be asked again.", ("The former pilot may soon be asked again.",),
            id="former",
        ),
        pytest.param(SAID.replace("he said", "she said"), (SAID,), id="gender"),
        pytest.param(SAID.replace("he said", "he said abroad"), (SAID,), id="place"),
        pytest.param(
            SAID.replace("he said", "he said, and nobody disputes it"), (SAID,), id="agreement"
        ),
        pytest.param(
            "The boats may be sold and rented in the harbour of Ansel.",
            ("The boats may be sold or rented in the harbour of Ansel.",),
            id="or",
        ),
        pytest.param(
            "The new pier may go on sale in the summer.",
            ("The new pier will go on sale in the summer.", "It is possible that it rains."),
            id="will-to-may",
        ),
        pytest.param(
            "The new pier has been opened to the public in the summer.",
            ("The new pier will be opened to the public in the summer.",),
            id="will-to-has",
        ),
        pytest.param(
            "Lind was allegedly removed from the board of the company.",
            ("Lind was removed from the board of the company.", "She may come back."),
            id="allegedly",
        ),
        pytest.param(
            "The islanders are still unhappy with the new timetable of the ferry.",
            ("The islanders are still happy with the new timetable of the ferry.",
             "It is not known why."),
            id="prefix",
        ),
        pytest.param(
            "They must tell the islanders what the ferry must cost in the spring.",
            ("They must tell the islanders what the ferry can cost in the spring.",),
            id="must-elsewhere",
        ),
        pytest.param(
            "The islanders refused to wait for the ferry.",
            ("The islanders decided to wait for the ferry.", "It did not come."),
            id="refused",
        ),
        pytest.param(
            "The tower, built in 2010, fell into the harbour after the storm.",
            ("The tower, built in 1982, fell into the harbour after the storm.",
             "The pier was new in 2010."),
            id="year",
        ),
        pytest.param(
            "The clerk tearfully forced the mayor to come back before noon.",
            ("The clerk tearfully asked the mayor to come back before noon.",),
            id="asked",
        ),
        pytest.param(
            "The clerk sharply declined to comment.", ("The clerk declined to comment.",),
            id="short",
        ),
    ],
)  # fmt: skip
def test_what_does_not_stand(line: str, passages: tuple[str, ...]) -> None:
    assert told(line, *passages) != []


@pytest.mark.parametrize(
    ("line", "passages", "language"),
    [
        pytest.param(
            "Компания отменила маяк в понедельник после сильного шторма.",
            ("Компания отменила рейсы в понедельник после сильного шторма.",
             "Водолазы осмотрели маяк."),
            "ru", id="russian",
        ),
        pytest.param(
            "La compagnie a annulé le phare lundi après une forte tempête.",
            ("La compagnie a annulé le voyage lundi après une forte tempête.",
             "Les plongeurs ont inspecté le phare."),
            "fr", id="french",
        ),
        pytest.param(
            "Ընկերությունը երկուշաբթի չեղարկեց փարոսը ուժեղ փոթորկից հետո։",
            ("Ընկերությունը երկուշաբթի չեղարկեց երթերը ուժեղ փոթորկից հետո։",
             "Ջրասուզակները զննեցին փարոսը։"),
            "hy", id="armenian",
        ),
        pytest.param(
            "ألغت الشركة المنارة يوم الاثنين بعد عاصفة شديدة ضربت الميناء.",
            ("ألغت الشركة الرحلات يوم الاثنين بعد عاصفة شديدة ضربت الميناء.",
             "فحص الغواصون المنارة."),
            "ar", id="arabic",
        ),
    ],
)  # fmt: skip
def test_a_word_of_another_sentence_is_found_in_any_language(
    line: str, passages: tuple[str, ...], language: str
) -> None:
    assert told(line, *passages, language=language) != []
    assert told(passages[0], *passages, language=language) == []
