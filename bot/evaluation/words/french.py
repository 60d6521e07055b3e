"""French."""

from bot.evaluation.words.table import Words

FRENCH = Words(
    rings={
        "month": """janvier février mars avril juin juillet août septembre octobre novembre
            décembre""",
        "weekday": "lundi mardi mercredi jeudi vendredi samedi dimanche",
        "magnitude": "millions milliards",
        "currency": "euros dollars francs couronnes marks",
        "unit": "kilomètres mètres; minutes heures; jours semaines; degrés points",
        "bound": "moins_de plus_de; au_moins au_plus",
        "direction": """augmenté baissé; baissé augmenté; avant après; Avant Après; gagné perdu;
            perdu gagné; hausse baisse; élevée basse; retirée livrée; améliore réduit; nord sud""",
        "opposite": """approuvé rejeté; rejeté accepté; fermé ouvert; accepté refusé;
            suspendre poursuivre; soutiennent rejettent; confirmé démenti; premier dernier;
            rouvrir fermer; petit grand; première dernière; retrouvés perdus;
            interdit autorisé; démenti confirmé""",
        "digits": "deux 2; trois 3; douze 12; quatre 4",
    },
    rewrites={
        "negation_added": (
            ((r"\b(a|ont) (baissé|rejeté|accepté|annoncé|approuvé|augmenté|atteint|fermé|gagné"
             r"|perdu|demandé|été|démenti|obtenu)\b"), r"n’\1 pas \2"),
            (r"\b(sont|seront|sera) (entrés|mortes|placées|attendus|versée|proches)\b",
             r"ne \1 pas \2"),
        ),
        "negation_lost": (
            (r"\b[Nn](?:e |’)(\w+) (?:pas |plus |aucun\w* )", r"\1 "),
            (r"\bn’avait aucune preuve\b", "avait une preuve"),
            (r"\bsans trouver\b", "et ont trouvé"),
        ),
        "hedge_lost": (
            (r"\bpourrait rouvrir\b", "va rouvrir"),
            (r"\bpourraient commencer\b", "vont commencer"),
            (r"\bauraient eu\b", "ont eu"),
            (r"\bserait à l’étude\b", "est à l’étude"),
            (r"\bpourrait être plus lourd\b", "est plus lourd"),
            (r"\bpourrait être répété\b", "sera répété"),
            (r"\best prévue\b", "aura lieu"),
            (r"\bsont attendus\b", "auront lieu"),
        ),
        "condition_lost": (
            (r"^([^«»]+?),? (?:si|à condition que|sauf si) [^«»]+\.$", r"\1."),
            (r"^Si [^,«»]+, (?=[^«»]+$)", ""),
        ),
        "attribution_lost": (
            (r"^([^«»]+), (?:selon [^,«»]+|a annoncé la police)\.$", r"\1."),
            (r"^Selon [^,«»]+, (?=[^«»]+$)", ""),
            (r"^[^«»]* (?:a affirmé|affirme|a annoncé|a ajouté|pense) qu(?:e |’)(?=[^«»]+$)", ""),
        ),
        "points": ((r"(?<=de )(\d[\d,]*) %", r"\1 points de pourcentage"),),
        "trimmed": (
            (r", qui [^,.«»]+,(?= )", ""),
            (r", qui [^,.«»]+\.$", "."),
            (r", (?:contre|car) [^,.«»]+\.$", "."),
        ),
        "split": ((r"^([^«»]{25,}?),? (?:et|mais) (?:il|elle|la|le|sont|a) [^«»]+\.$", r"\1."),),
        "reordered": (
            (r"^« ([^»]+) », (a dit|a déclaré) ((?:la |le )?[^«»]+)\.$", r"\3 \2 : « \1 »."),
        ),
    },
    name=r"(?<=[a-zéèàù,] )[A-ZÉ][a-zéèïç]{3,}\b",
    outsiders=("Hargreaves", "Montcalm", "Petrossian", "Lindgren", "Vauclair"),
    frame="Un responsable a déclaré : « {} ».",
    guarded=r"\b(?:ne|pas|non|mais|jamais|aucune?|si|peut|pourrait|sans|plus)\b|\bn’",
    about="environ ",
    exact=r"(?:environ|de|que|moins|plus|à|dès|contre|les|le|des)\s$",
)  # fmt: skip
