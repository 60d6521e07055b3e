"""French: who speaks, and what the checks need."""

from bot.briefing.lexicon.words import Lexicon

FRENCH = Lexicon(
    speech_verbs=(
        r"a dit|dit|a déclaré|déclare|a affirmé|affirme|a ajouté|ajoute|a indiqué|indique|"
        r"a expliqué|explique|a souligné|a estimé|estime|a averti|a répondu|assure"
    ),
    according_to=r"selon|d’après|d'après",
    pronouns=r"il|elle|ils|elles|lui|leur|son|sa|ses",
    asking=r"qui|quoi|quels?|quelles?|quand|où|comment|pourquoi|combien",
    follows_up=r"et|mais",
    relatives=(
        r"femme|épou(?:se|x)|mari|veuve|frères?|sœurs?|fils|filles?|mère|père|oncle|tante|neveu|nièce|cousine?s?|famille"
    ),
    possessives=r"son|sa|ses|leurs?",
    namesakes=r"parenté|homonyme",
    joined=((r"\b([nldsjcmt]|qu)'(?=\w)", r"\1e "),),
    denies=(
        r"(?:a|ont|avait) (?:nié|démenti|rejeté|contesté)\b|nie(?:nt)?\b|dément(?:ent)?\b|"
        r"conteste(?:nt)?\b"
    ),
    fillers="""
        le · la · les · un · une · des · du · de · à · au · aux · en · y · et · ou · se · ce · lui
        · leur · il · elle · ils · elles · est · sont · était · étaient · été · être · a · ont ·
        avait · avaient · avoir · encore · plus · pas · ne · jamais · que · qui · dans · sur · par
        · pour · avec · son · sa · ses · leurs · déjà · aussi · bien
    """,
    negations="""
        ne · pas · jamais · sans · aucun · aucune · ni · non · rien · nullement · !pas seulement ·
        !non seulement · !ne que · !non loin
    """,
    negatives="""
        refuse · refusé · refusent · refus · rejette · rejeté · rejettent · rejet · échoué · échec
        · interdit · interdiction · dément · démenti · nie · nié · nient · empêché · impossible ·
        absence · manque · contre · cessé · fin · arrêté · suspendu · annulé · abandonné · exclu ·
        faute de · peu · seulement · seul
    """,
    turns="mais · sauf · à moins · si · sauf si",
    hedges="""
        peut-être · probablement · apparemment · sans doute · peut · peuvent · pourrait ·
        pourraient · semble · semblent · semblait · devrait · devraient · serait · seraient ·
        aurait · auraient · prévoit de · prévoit · envisage de · envisage · espère ·
        souhaite · veut · veulent · tente de · tenté de · cherche à · vise à · menace de ·
        soupçonné de · soupçonnés de · éventuellement
    """,
    doubts="""
        présumé · présumée · présumés · présumées · éventuel · éventuelle · possible · supposé ·
        supposée · prétendu · prétendue · soi-disant · potentiel · potentielle
    """,
    conditions="""
        si · à condition que · à condition de · sous réserve de · à moins que · à moins de ·
        pourvu que · sauf si · tant que · en cas de · au cas où · !même si · !comme si
    """,
    opposites="""
        augmente augmenté augmentent augmentation hausse monte monté grimpé progressé | baisse
            baissé diminue diminué diminution recul reculé chute chuté;
        plus | moins;
        avant | après;
        gagne gagné remporté | perd perdu;
        accepte accepté approuvé | refuse refusé rejeté;
        autorise autorisé | interdit;
        confirme confirmé | dément démenti nie nié;
        ouvre ouvert rouvert | ferme fermé;
        premier première | dernier dernière;
        soutient soutenu | s'oppose opposé
    """,
    relative_days=(("aujourd'hui", 0), ("hier", -1), ("demain", 1), ("avant-hier", -2),
        ("après-demain", 2),
    ),
    offices="""
        président présidente premier première ministre ministres ministère vice chancelier
        gouverneur maire sénateur député secrétaire général générale directeur directrice chef
        porte parole ambassadeur consul juge procureur procureure commissaire colonel capitaine
        professeur docteur roi reine prince princesse pape patriarche évêque archevêque cardinal
        père monsieur madame m mme parlement assemblée sénat chambre congrès conseil cour suprême
        constitutionnelle constitutionnel cassation appel tribunal gouvernement état états
        république royaume fédération union européenne européen nations unies organisation comité
        commission agence autorité administration département service services sécurité intérieur
        affaires étrangères défense finances santé éducation transports transport économie
        agriculture culture travail énergie environnement justice police armée marine garde banque
        centrale fonds bourse société institut académie université école hôpital musée
        bibliothèque théâtre église cathédrale mosquée parti démocrate démocratique socialiste
        alliance mouvement front ligue association chambre commerce croix rouge nord sud est ouest
        centre orient moyen proche lac mer océan mont île rue place avenue pont aéroport gare port
        ville région province saint sainte constitution loi traité accord noël pâques jeux coupe
        internet dieu contrat civil
    """,
    speaking=(r"di[st]|disent|affirm\w+|assur\w+|estim\w+|déclar\w+|dénonc\w+|accus\w+|juge\w*|selon"
    r"|soutien\w+|reconna\w+|expliqu\w+|annonc\w+|réclam\w+|contest\w+|rejett\w+|prétend\w*"
    r"|dément\w*|démenti\w*|d['’]après|crain\w+"),
    adds_cause=(r"parce qu|à cause|en raison|grâce|caus(?:e|é|ée|és|ent)|provoqu\w+|entraîn\w+"
        r"|d[uû]e?s? (?:à|aux?)|puisqu\w*|suite (?:à|aux?)|faute de|conséquen\w+|sous l.effet"
        r" ¦ raisons?|pourquoi|face (?:à|aux?)|permis|contraint\w*|car|donc|cause\w*"),
    adds_all=(r"tou(?:te|s|tes)|chaque|chacun\w*|enti[eè]re?\w*|totalité|intégral\w*"
        r" ¦ tout|ensemble|compl[eè]t\w*|les deux"),
    adds_only=r"seul\w*|uniquement|exclusivement ¦ unique|n[e’'].{1,30}\bqu[e’']|sauf",
    adds_ever=r"premi(?:er|ère)s?|jamais|inédite?s?|sans précédent|définitiv\w+ ¦ toujours",
    dead=r"morts?|mortes?|tué\w*|victimes|décès|décédé\w*",
    hurt=r"blessé\w*|disparu\w*",
    number_words="""
        10 dizaine · 12 douzaine douzaines · 15 quinzaine · 20 vingtaine · 30 trentaine · 40
        quarantaine · 50 cinquantaine · 60 soixantaine · 100 centaine · 1000 millier
    """,
    magnitudes=(("mille", 3), ("md", 9), ("mds", 9), ("cent", 2), ("cents", 2)),
    units=(
        ("an", "duration-year"),
        ("point", "length-point"),
        ("points", "length-point"),
        ("kilos", "mass-kilogram"),
    ),
    bounds=(
        "environ|près de|quelque|autour de|à peu près|approximativement|une? bonn?e?",
        r"plus de|au moins|au-delà de|supérieure?s? à|pas moins de|dépass\w+|au-dessus de",
        "moins de|presque|jusqu'à|au plus|au maximum|pas plus de|inférieure?s? à",
    ),
    bounds_behind=("environ", "ou plus|au moins|minimum", "ou moins|au plus|maximum"),
    parts=("demie?", "(?:un )?quart d['e]", "trois[ -]quarts d['e]", "(?!)"),
    shares=(
        r"\b(?:(?P<top>un|deux|trois|quatre) (?P<part>tiers|quart|cinquième)s?(?= d)|"
        r"la (?P<half>moitié)(?= d))"
    ),
    part_words=(r"moitié|demi\w*", "tiers", "quarts?", "cinquièmes?"),
)  # fmt: skip
