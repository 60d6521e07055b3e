"""Spanish: who speaks, and what the checks need."""

from bot.briefing.lexicon.words import Lexicon

SPANISH = Lexicon(
    speech_verbs=(
        r"dijo|dice|declaró|afirmó|afirma|añadió|agregó|señaló|explicó|aseguró|indicó|"
        r"advirtió|subrayó|escribió"
    ),
    according_to=r"según|de acuerdo con",
    relatives=(
        r"espos[oa]|marido|viud[oa]|herman[oa]s?|hij[oa]s?|madre|padre|t[ií][oa]|sobrin[oa]|prim[oa]s?|familia"
    ),
    possessives=r"sus?",
    namesakes=r"parentesco|tocay[oa]",
    denies=(
        r"negó\b|niegan?\b|negaron\b|desmiente\b|desmintió\b|desmintieron\b|"
        r"rechazó (?:la acusación|las acusaciones)\b"
    ),
    fillers="""
        el · la · los · las · un · una · unos · unas · de · del · a · al · en · y · o · se · le ·
        les · lo · que · es · son · era · eran · fue · fueron · ser · sido · está · están · estaba
        · ha · han · había · habían · haber · aún · todavía · más · no · nunca · su · sus · con ·
        por · para · ya · también
    """,
    negations="""
        no · nunca · jamás · sin · ningún · ninguna · ninguno · nada · nadie · ni · tampoco · !no
        solo · !no sólo · !no más de · !sin embargo · !no obstante
    """,
    negatives="""
        niega · negó · niegan · rechaza · rechazó · rechazado · rechazan · rehúsa · rehusó ·
        fracasó · fracaso · prohíbe · prohibió · prohibido · impide · impidió · imposible · falta
        · ausencia · contra · cesó · suspendió · suspendido · canceló · cancelado · abandonó ·
        solo · sólo · poco · desmiente · desmintió
    """,
    turns="pero · salvo · si · aunque · a menos",
    hedges="""
        quizá · quizás · tal vez · posiblemente · probablemente · aparentemente · supuestamente ·
        presuntamente · puede · pueden · podría · podrían · parece · parecen · parecía · habría ·
        habrían · sería · serían · planea · planean · prevé · prevén · pretende · pretenden ·
        espera · esperan · quiere · quieren · busca · intenta · intentó · considera · estudia ·
        amenaza con · amenazó con
    """,
    doubts="""
        presunto · presunta · presuntos · presuntas · supuesto · supuesta · supuestos · supuestas
        · posible · posibles · potencial · eventual · llamado
    """,
    conditions="""
        si · siempre que · a menos que · salvo que · con la condición de · a condición de · sujeto
        a · sujeta a · en caso de · mientras · !como si · !incluso si · !aun si
    """,
    opposites="""
        aumenta aumentó aumentado aumento sube subió subido crece creció crecido | disminuye
            disminuyó disminuido baja bajó bajado cae cayó caído redujo reducido;
        más | menos;
        antes | después;
        gana ganó ganado | pierde perdió perdido;
        acepta aceptó aprobó aprobado | rechaza rechazó rechazado;
        permite permitió | prohíbe prohibió prohibido;
        confirma confirmó | niega negó desmiente desmintió;
        abre abrió abierto reabrió | cierra cerró cerrado;
        primer primero primera | último última
    """,
    relative_days=(("hoy", 0), ("ayer", -1), ("anteayer", -2)),
)  # fmt: skip
