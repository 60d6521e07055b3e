"""Words that are written with a capital and are translated, so that no source has their letters.

Offices, institutions, points of the compass, and what is named after them, by language.
"""

_ENGLISH = """
    day president vice prime minister ministers ministry deputy premier chancellor governor mayor
    senator secretary general director chief chairman chairwoman chair head speaker spokesman
    spokeswoman ambassador consul judge justice prosecutor attorney commissioner colonel major
    captain lieutenant marshal admiral officer inspector professor doctor king queen prince
    princess pope patriarch bishop archbishop cardinal imam sheikh emir sultan father sister
    brother mr mrs ms dr parliament assembly senate house congress council court supreme
    constitutional appeal tribunal cabinet government state republic kingdom federation federal
    national union european nations international world global organisation organization
    committee commission agency authority administration department office bureau service
    services security interior foreign affairs defence defense finance health education
    transport economy agriculture culture labour labor energy environment justice police army
    navy air force forces armed guard bank central reserve fund exchange company corporation
    institute academy university college school hospital museum library theatre theater church
    cathedral mosque party democratic socialist liberal conservative people workers alliance
    movement front league association federation chamber commerce industry trade human rights
    red cross north south east west northern southern eastern western central middle river lake
    sea ocean mountain island street square avenue bridge airport station port city district
    region province territory peace treaty agreement constitution act law saint st christmas
    easter ramadan olympic games cup championship internet god civil contract
"""
_FRENCH = """
    président présidente premier première ministre ministres ministère vice chancelier
    gouverneur maire sénateur député secrétaire général générale directeur directrice chef porte
    parole ambassadeur consul juge procureur procureure commissaire colonel capitaine professeur
    docteur roi reine prince princesse pape patriarche évêque archevêque cardinal père monsieur
    madame m mme parlement assemblée sénat chambre congrès conseil cour suprême
    constitutionnelle constitutionnel cassation appel tribunal gouvernement état états
    république royaume fédération union européenne européen nations unies organisation comité
    commission agence autorité administration département service services sécurité intérieur
    affaires étrangères défense finances santé éducation transports transport économie
    agriculture culture travail énergie environnement justice police armée marine garde banque
    centrale fonds bourse société institut académie université école hôpital musée bibliothèque
    théâtre église cathédrale mosquée parti démocrate démocratique socialiste alliance mouvement
    front ligue association chambre commerce croix rouge nord sud est ouest centre orient moyen
    proche lac mer océan mont île rue place avenue pont aéroport gare port ville région province
    saint sainte constitution loi traité accord noël pâques jeux coupe internet dieu contrat
    civil
"""
_SPANISH = """
    presidente presidenta primer primera ministro ministra ministerio vicepresidente canciller
    gobernador alcalde senador diputado secretario general director jefe portavoz embajador juez
    fiscal coronel capitán profesor rey reina príncipe papa obispo señor señora parlamento
    asamblea senado cámara congreso consejo corte tribunal supremo constitucional gobierno ejecutivo
    estado estados república reino federación unión europea naciones unidas organización comité
    comisión agencia autoridad departamento servicio seguridad interior exteriores asuntos
    defensa hacienda sanidad educación transporte economía agricultura cultura trabajo energía
    justicia policía ejército guardia banco central fondo bolsa compañía instituto academia
    universidad escuela hospital museo biblioteca teatro iglesia catedral partido democrático
    socialista alianza movimiento frente asociación comercio cruz roja norte sur este oeste
    oriente medio río lago mar océano isla calle plaza avenida puente aeropuerto estación puerto
    ciudad región provincia constitución ley tratado
"""
_RUSSIAN = """
    президент министерство министр верховный конституционный суд государственная дума совет союз
    европейский европейская организация объединенных объединённых наций соединенные соединённые
    штаты республика федерация центральный банк университет институт академия партия церковь
"""
_ARMENIAN = """
    ազգային ժողով նախարարություն սահմանադրական դատարան գերագույն կենտրոնական բանկ միություն
    եվրոպական միացյալ նահանգներ հանրապետություն համալսարան ինստիտուտ կուսակցություն եկեղեցի
"""

OFFICES = {
    language: frozenset(listed.split())
    for language, listed in (
        ("en", _ENGLISH), ("fr", _FRENCH), ("es", _SPANISH), ("ru", _RUSSIAN), ("hy", _ARMENIAN),
    )
}  # fmt: skip
"""Such words in small letters, by ISO 639-1 code."""
