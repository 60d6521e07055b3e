"""French: how a question is put."""

from bot.briefing.lexicon.questions.asking import Asking

FRENCH = Asking(
    kinds={
        "saying": (
            r"(?:qu[’'](?:a|ont|en|est-ce que?)|que?)(?=.*\b(?:dit|disent|déclaré|affirmé|pense)\b)"
        ),
        "money": r"combien(?= (?:coût|coute|vaut|gagn))|quel (?:est le )?(?:prix|coût|montant)",
        "count": r"combien de|combien d(?=')",
        "number": r"combien",
        "time": r"quand|à quelle (?:date|heure)|quel jour",
        "place": r"où",
        "person": r"qui",
        "reason": r"pourquoi",
        "fact": r"que|quoi|quel(?:le)?s?|comment|qu(?=')",
    },
    small="""
        le la les un une des du de à au aux en y et ou se ce lui leur il elle ils elles est sont
        était étaient été être sera seront a ont avait avaient avoir aura ne pas plus que qui quoi
        quel quelle quels quelles quand où comment pourquoi combien dans sur par pour avec son sa
        ses leurs l d s n t c j m qu dit dire déclaré déclarer on nous vous je tu cette ces cet
    """,
    vague="fait faire va vont nouveau nouvelle nom jour date",
    alike="""
        coûter prix coût payer; rouvrir réouverture reprendre; rencontrer réunion;
        travaux réparation
    """,
    follows_up=r"et|mais",
    saying=r"dit|dire|disent|déclaré|affirmé|pense",
    pronouns=r"il|elle|ils|elles|lui|leur|son|sa|ses",
)  # fmt: skip
