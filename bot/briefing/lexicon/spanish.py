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
    offices="""
        presidente presidenta primer primera ministro ministra ministerio vicepresidente canciller
        gobernador alcalde senador diputado secretario general director jefe portavoz embajador
        juez fiscal coronel capitán profesor rey reina príncipe papa obispo señor señora
        parlamento asamblea senado cámara congreso consejo corte tribunal supremo constitucional
        gobierno ejecutivo estado estados república reino federación unión europea naciones unidas
        organización comité comisión agencia autoridad departamento servicio seguridad interior
        exteriores asuntos defensa hacienda sanidad educación transporte economía agricultura
        cultura trabajo energía justicia policía ejército guardia banco central fondo bolsa
        compañía instituto academia universidad escuela hospital museo biblioteca teatro iglesia
        catedral partido democrático socialista alianza movimiento frente asociación comercio cruz
        roja norte sur este oeste oriente medio río lago mar océano isla calle plaza avenida
        puente aeropuerto estación puerto ciudad región provincia constitución ley tratado
    """,
    speaking=(r"dijo|dice|declar[óa]|afirm[óa]|añad\w+|agreg\w+|señal\w+|explic\w+|indic[óa]"
    r"|advirt\w+|sostien\w+|sostuvo|asegur\w+|denunci[óa]|reclam\w+|aleg[óa]|acusa\w*|calific\w+"
    r"|cree\w?|estima\w*|reconoc\w+|anunci[óa]\w*|pid\w+|nieg\w+|neg[óa]\w*|critic\w+|insist\w+"
    r"|según"),
    adds_cause=(r"porque|debido|a causa|gracias a|caus\w+|provoc\w+|ya que|puesto que|por eso"
        r"|como consecuencia|debe a ¦ motiv\w+|raz[óo]n\w*|resultado|oblig\w+|ante"),
    adds_all=r"tod[oa]s?|cada|enter[oa]s?|totalidad|cualquier\w* ¦ complet\w*|total\w*|amb[oa]s",
    adds_only=r"s[óo]l[oa]\w*|únic[oa]\w*|exclusiv\w* ¦ apenas|sino|salvo|más que",
    adds_ever=r"primer\w*|nunca|jamás|siempre|inédit\w*|sin precedentes|definitiv\w*",
    dead=r"muert\w+|fallecid\w+|víctimas",
    hurt=r"herid\w+|desaparecid\w+",
    number_words="""
        2 segunda · 12 docena docenas · 10 decena · 20 veintena · 100 centenar cien · 1000 millar
        · 21 veintiún · 200 doscientas · 300 trescientas · 400 cuatrocientas · 500 quinientas
    """,
    magnitudes=(("mdd", 6),),
    units=(("kilos", "mass-kilogram"),),
    bounds=(
        "unos|unas|cerca de|alrededor de|aproximadamente|en torno a",
        r"más de|al menos|por lo menos|superior(?:es)? a|no menos de|supera\w*|por encima de",
        "menos de|casi|como máximo|inferior(?:es)? a|no más de|por debajo de",
    ),
    bounds_behind=("aproximadamente", "o más|al menos|como mínimo", "o menos|como máximo"),
    parts=("medi[oa]", "(?:un )?cuarto de", "tres cuartos de", "(?!)"),
    shares=(
        r"\b(?:(?P<top>un|dos|tres|cuatro) (?P<part>tercio|cuarto|quinto)s?(?= de)|"
        r"la (?P<half>mitad)(?= de))"
    ),
    part_words=(
        "mitad|medi[oa]s?",
        "tercios?|tercera parte",
        "cuartos?|cuarta parte",
        "quintos?|quinta parte",
    ),
)  # fmt: skip
