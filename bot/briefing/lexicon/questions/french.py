"""French: how a question is put."""

from bot.briefing.lexicon.questions.asking import Asking

FRENCH = Asking(
    small="""
        le la les un une des du de à au aux en y et ou se ce lui leur il elle ils elles est sont
        était étaient été être sera seront a ont avait avaient avoir aura ne pas plus que qui quoi
        quel quelle quels quelles quand où comment pourquoi combien dans sur par pour avec son sa
        ses leurs l d s n t c j m qu dit dire déclaré déclarer on nous vous je tu cette ces cet
    """,
    alike="""
        coûter prix coût payer; rouvrir réouverture reprendre; rencontrer réunion;
        travaux réparation
    """,
    follows_up=r"et|mais",
    pronouns=r"il|elle|ils|elles|lui|leur|son|sa|ses",
)  # fmt: skip
