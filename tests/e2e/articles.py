"""Two invented articles, and what a good model writes about the first."""

from bot.briefing.draft import DraftAnswer, DraftBriefing, DraftQuote
from tests.drafts import line
from tests.texts import text_of

WORKS = """\
Two towns agree to share one water works
The mayors of Ansel and Brook agreed on Friday to share the water works by 1 March, if both \
councils consent.
“It is a fair price,” said Mara Lind, mayor of Brook, after the talks in the town hall.
The works cost 12 million crowns.
Brook will pay a third of the cost, and Ansel the rest.
A council member denied that the works had been promised to a contractor.
Engineers will inspect the pipes in spring before the first water flows to Brook.
The works stand on the bank of the river between the towns, and were built when Ansel had half \
of the people that live there now.
Brook has bought its water from a private well since the old pump broke in a winter storm.
Shops on the market square closed on two days in summer because the well gave too little.
The well belongs to a family that has farmed the land above the town for many years.
A second line of pipes will run along the railway, where the ground is soft and easy to dig.
Both councils meet in the first week of February, and the sessions are open to everybody."""

RAIL = """\
Ministers agree to reopen the northern rail line
The transport ministers of Arland and Borland agreed on Monday to reopen the northern rail \
line by 1 June, if inspectors clear the bridge at Mill Street before the end of May.
“We will not pay for the bridge alone,” said Dana Oru, Arland’s transport minister, after \
the talks, which lasted four hours and were held in the station of the border town.
Borland denied that it had asked for money, and its minister said that the cost of the \
repair, put at 3.2 million crowns by the engineers, should be shared in equal parts.
The line has been closed since a barge struck the bridge in October, and travellers take a \
bus that needs ninety minutes for the way that the train made in twenty."""

BOTTOM_LINE = "The mayors agreed on Friday to share the water works, if both councils consent."
"""Of the model's briefing: no sentence of the article."""

BRIEF = """@readout
Two towns agree to share one water works
The mayors of Ansel and Brook agreed on Friday to share the water works by 1 March, if both \
councils consent. The works cost 12 million crowns. Brook will pay a third of the cost, and Ansel \
will pay the rest."""
LONG = f"@readout\n{text_of('demo')}"
"""A text of which every length shows the same lines, and one of which none does."""

SAME_LINES = "That would show the same lines again, so the briefing stays as it is."

ASKED = f"@readout\n{WORKS}"


def page(article: str) -> bytes:
    """The article as a news page."""
    title, *paragraphs = article.splitlines()
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return (
        f'<!doctype html><html lang="en"><head><title>{title}</title></head><body>'
        f"<article><h1>{title}</h1>{body}</article></body></html>"
    ).encode()


BRIEFING = DraftBriefing(
    headline=line("A1", "Two towns agree to share one water works."),
    bottom_line=line("A2", BOTTOM_LINE),
    differences=[],
    key_points=[
        line("A5", "Brook will pay a third of the cost."),
        line("A7", "Engineers will inspect the pipes in spring."),
        line("A2", "The mayors agreed to share the works by 1 March, if both councils consent."),
        line("A4", "The works cost 12 million."),
    ],
    commitments=[],
    quotes=[
        DraftQuote(quotation="A3q1", evidence=["A3"], speaker="Mara Lind", role="mayor of Brook")
    ],
    cautions=[],
    unknowns=[],
)
NEXT_DAY = WORKS.replace("by 1 March", "by 1 April").replace("12 million", "15 million")
NEXT = BRIEFING.model_copy(
    update={
        "key_points": [
            line("A5", "Brook will pay a third of the cost."),
            line("A7", "Engineers will inspect the pipes in spring."),
            line(
                "A2", "The mayors agreed to share the works by 1 April, if both councils consent."
            ),
            line("A4", "The works cost 15 million."),
        ]
    }
)
"""The article of the next day, and what a good model writes about it."""
ANSWER = DraftAnswer(lines=[line("A5", "Brook will pay a third of the cost.")])
