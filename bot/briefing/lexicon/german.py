"""German: who speaks, and what the checks need."""

from bot.briefing.lexicon.words import Lexicon

GERMAN = Lexicon(
    speech_verbs=(
        r"sagte|sagt|erklärte|erklärt|betonte|betont|teilte mit|warnte|fügte hinzu|"
        r"behauptete|schrieb|meinte"
    ),
    according_to=r"laut|nach angaben|zufolge",
    relatives=(
        r"(?:Ehe)?(?:[Ff]rau|[Mm]ann)|Bruder|Schwester|Sohn|Tochter|Kinder|Mutter|Vater|Onkel|Tante|Neffe|Nichte|Cousine?|Familie"
    ),
    possessives=r"seine?|ihre?",
    namesakes=r"verwandt|Namensvetter",
    denies=r"(?:wies|weist|wiesen|weisen)\b[^.;]{0,80}\bzurück\b|bestritt(?:en)?\b|bestreite[tn]\b|dementiert(?:e|en)?\b",
    fillers="""
        der · die · das · den · dem · des · ein · eine · einen · einem · einer · eines · zu · zum
        · zur · und · oder · ist · sind · war · waren · sein · hat · haben · hatte · hatten · wird
        · werden · wurde · wurden · worden · auch · noch · mehr · nicht · kein · keine · keinen ·
        nie · er · sie · es · sich · in · im · an · am · auf · für · mit · von · vom · bei · aus ·
        als · ihr · ihre · ihren · seine · seinen · schon · bereits
    """,
    negations="""
        nicht · kein · keine · keinen · keinem · keiner · keines · nie · niemals · niemand ·
        nichts · ohne · weder · !nicht nur · !nicht zuletzt · !nicht mehr als · !ob oder nicht
    """,
    negatives="""
        verweigert · verweigerte · weigert · weigerte · ablehnt · lehnt · lehnte · abgelehnt ·
        scheitert · scheiterte · gescheitert · verboten · verbietet · verbot · bestreitet ·
        bestritt · dementiert · dementierte · verhindert · verhinderte · unmöglich · mangel ·
        fehlt · fehlte · gegen · gestoppt · beendet · abgesagt · ausgesetzt · nur · kaum · wenig ·
        unklar · unbekannt
    """,
    turns="aber · doch · wenn · sofern · es sei denn · obwohl",
    hedges="""
        vielleicht · möglicherweise · wahrscheinlich · vermutlich · offenbar · angeblich ·
        anscheinend · womöglich · wohl · mutmaßlich · kann · können · könnte · könnten · dürfte ·
        dürften · soll · sollen · sollte · sollten · scheint · schien · will · wollen · plant ·
        planen · plante · erwägt · hofft · versucht · versuchte · beabsichtigt · droht · drohte ·
        würde · würden
    """,
    doubts="""
        mutmaßliche · mutmaßlichen · mutmaßlicher · angebliche · angeblichen · angeblicher ·
        mögliche · möglichen · möglicher · vermeintliche · vermeintlichen · geplante · geplanten ·
        sogenannte · sogenannten
    """,
    conditions="""
        wenn · falls · sofern · vorbehaltlich · unter der bedingung · unter der voraussetzung ·
        solange · es sei denn · vorausgesetzt · außer · !auch wenn · !als wenn · !selbst wenn
    """,
    opposites="""
        steigt stieg gestiegen steigen wächst wuchs gewachsen zugenommen erhöht | sinkt sank
            gesunken sinken fällt fiel gefallen abgenommen gesenkt;
        mehr | weniger;
        vor | nach;
        gewinnt gewann gewonnen | verliert verlor verloren;
        angenommen gebilligt zugestimmt | abgelehnt;
        erlaubt erlaubte | verbietet verbot verboten;
        bestätigt bestätigte | bestreitet bestritt dementiert dementierte;
        öffnet öffnete geöffnet | schließt schloss geschlossen;
        erste ersten erster | letzte letzten letzter
    """,
    relative_days=(("heute", 0), ("gestern", -1), ("vorgestern", -2), ("übermorgen", 2)),
    speaking=(r"sagt\w*|erklärt\w*|berichtet\w*|behauptet\w*|betont\w*|meint\w*|fordert\w*|nannte"
    r"|kritisiert\w*|w[ai]rft?|vorgeworfen|teilte|kündigte|angekündigt|räumte|eingeräumt|wies"
    r"|bestreite[nt]|bestritt\w*|widersprach\w*|sprach\w*|spricht|sieht|rechnet\w*|laut|zufolge"
    r"|nach Angaben"),
    adds_cause=(r"weil|wegen|aufgrund|dank|infolge|verursach\w+|führt\w* zu|deshalb|daher|deswegen"
        r"|\w*löst\w* ¦ denn|gr[uü]nde?\w*|ursache\w*|angesichts|folge|zwang\w*|nachdem"),
    adds_all=(r"alle[mnrs]?|jede\w*|sämtlich\w*|vollständig\w*|völlig"
        r" ¦ ganz\w*|gesamt\w*|komplett\w*|beide\w*"),
    adds_only=r"nur|allein\w*|einzig\w*|ausschließlich|lediglich ¦ bloß|erst|außer",
    adds_ever=r"erste\w*|erstmals|nie\w*|beispiellos\w*|immer|stets|dauerhaft\w*|endgültig\w*",
    dead=r"tote[nr]?|getötet\w*|gestorben|starben|opfer",
    hurt=r"verletzt\w*|vermisst\w*",
    number_words="2 zweimal · 3 dreimal · 4 viermal · 12 dutzend · 100 hundert · 1000 tausend",
    magnitudes=(("tsd", 3), ("hundert", 2)),
    units=(("punkt", "length-point"), ("punkte", "length-point"), ("punkten", "length-point")),
    bounds=(
        r"rund|etwa|ungefähr|circa|ca\.|an die|um die|zirka|schätzungsweise",
        "mehr als|über|mindestens|wenigstens|nicht weniger als|gut",
        "weniger als|unter|fast|knapp|nahezu|beinahe|bis zu|höchstens|maximal|nicht mehr als",
    ),
    bounds_behind=("oder so", "oder mehr|mindestens", "oder weniger|höchstens"),
    parts=("halbe?[nsmr]?", "viertel", "dreiviertel", "anderthalb|eineinhalb"),
    shares=(
        r"\b(?:(?P<top>ein|zwei|drei|vier) (?P<part>Drittel|Viertel|Fünftel)(?= de)|"
        r"die (?P<half>Hälfte)(?= de))"
    ),
    part_words=(r"hälfte|halb\w*", r"drittel\w*", r"viertel\w*", r"fünftel\w*"),
)  # fmt: skip
