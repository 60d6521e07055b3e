"""French."""

from bot.briefing.catalogue.entries import Catalogue

FRENCH = Catalogue(
    thousands="\u202f",
    decimal=",",
    full_stop=".",
    quoted="«\u00a0{words}\u00a0»",
    singular=frozenset({0, 1}),
    headings={
        "key_points": "Points essentiels",
        "quotes": "Qui a dit quoi",
        "commitments": "Engagements",
        "timeline": "Chronologie",
        "figures": "Chiffres",
        "unknowns": "Ce que les sources ne disent pas",
        "cautions": "À lire avec prudence",
        "unread": "Non lu",
        "notes": "Remarques",
    },
    says_nothing="Les sources ne le disent pas.",
    not_found="Aucune réponse directe n’a été trouvée.",
    nearest="Passages les plus proches",
    differ="Où les sources divergent\u00a0: {about}",
    supported="dans {witnesses} sources sur {count}",
    alone="seulement dans {label}",
    disputed="les sources divergent",
    continued="{title} (suite)",
    part="Partie {number} sur {count}.",
    here="Voici la synthèse.",
    untitled="Texte sans titre",
    page="p. {page}",
    engines={
        "extractive": "Extrait, sans modèle",
        "openai": "Rédigé par une IA, vérifié dans la source",
    },
    words="{count} mot|{count} mots",
    words_of="{read} mots sur {count}",
    traced="{count} ligne vérifiée|{count} lignes vérifiées",
    judged_by="jugé par {model}",
    unjudged="{count} non jugée|{count} non jugées",
    word_for_word="mot pour mot",
    compared="comparé\u00a0: {checks}",
    not_judged="non jugé",
    every_line="Chaque ligne\u00a0: {how}.",
    own_lines="Ce que le modèle a écrit\u00a0: {how}.",
    withheld="{count} écartée|{count} écartées",
    tokens="{count} jetons",
    about_tokens="environ {count} jetons",
    estimated="{cost} (estimation)",
    seconds="{seconds} s",
    outlet="termes du média",
    says="selon {speaker}",
    statuses={
        "agreed": "convenu",
        "pledged": "promis",
        "proposed": "proposé",
        "reported": "rapporté",
        "denied": "démenti",
    },
    stated="indiquée",
    from_publication="d’après la date de publication {day}",
    our_translation="notre traduction\u00a0: {words}",
    kinds={
        "name_spelling": "Orthographe d’un nom",
        "loaded_wording": "Termes orientés",
        "anonymous_source": "Source anonyme",
        "second_hand": "De seconde main",
        "single_source": "Source unique",
        "denial": "Démenti",
        "figures_disagree": "Chiffres discordants",
        "headline": "Titre",
        "addresses_machine": "Adressé à des machines",
    },
    loaded="Les mots du média, non un fait\u00a0: {words}.",
    spelt="{one} est aussi écrit {other}.",
    to_machines="Ici, le texte s’adresse à des machines.",
    no_date="La date de publication n’est pas connue",
    no_date_of="La date de publication de {label} n’est pas connue",
    left_as_written="\u00a0; {days} reste donc tel quel|\u00a0; {days} restent donc tels quels",
    last_of_list=" et ",
    made_before="Établi plus tôt d’après les mêmes sources\u00a0: aucun modèle n’a été interrogé.",
    extracted="Extrait, sans modèle\u00a0: chaque ligne est une phrase de la source.",
    cannot_translate=(
        "Sans modèle, Readout ne peut pas traduire\u00a0: les lignes sont dans la langue de la "
        "source."
    ),
    no_reader="Sans modèle, Readout ne peut pas écrire pour un lecteur ou sous un angle donné.",
    style_orders="Sans modèle, le style ne change que l’ordre des rubriques.",
    mixed=(
        "Lignes écrites par le modèle\u00a0: {written}\u00a0; phrases de la source mises par le "
        "programme là où celles du modèle ne tenaient pas\u00a0: {filled}."
    ),
    names_compared=(
        "Les lignes traduites ont été comparées à la source par les noms, les nombres et "
        "les dates, non par les autres mots."
    ),
    names_not_compared=(
        "Les lignes traduites ont été comparées à la source par les nombres et les "
        "dates\u00a0; les noms et les autres mots n’ont pas pu l’être."
    ),
    partly_read=(
        "De la source {label}, les {read} premiers mots sur {count} ont été lus\u00a0: le reste ne "
        "tenait pas."
    ),
    parts_failed=(
        "De la source {label}, {read} mots sur {count} ont été lus\u00a0: le modèle a échoué sur "
        "le reste."
    ),
    free_part=(
        "De la source {label}, seule la partie gratuite a été lue ({count} mots)\u00a0: le reste "
        "est réservé aux abonnés. Collez le texte pour une synthèse complète."
    ),
    live="La source {label} est une page en direct\u00a0: elle a pu changer depuis.",
    goes_on="De la source {label}, seule la première page a été lue\u00a0: elle continue.",
    alike="Les sources {first} et {second} portent le même article : elles comptent une fois.",
    unused="Aucune ligne ne repose sur la source {labels}.",
    joined="Comparé avec la source {labels}, déjà présente dans ce fil.",
    house="Écrit selon l’usage de la rédaction\u00a0: {words}.",
    not_repaired="Les lignes écartées n’ont pas été récrites. {why}",
    judge_failed="Lignes non jugées\u00a0: {count}. {why}",
    left_out="Le modèle les a omises.",
    model_failed="Le modèle n’a pas donné de réponse utilisable.",
    model_follows=(
        "Le modèle n’a pas encore fini. Sa version remplacera celle-ci "
        "si elle arrive dans les dix minutes."
    ),
    model_came=(
        "Mis à jour à {time} avec la version du modèle\u00a0; la première a pu être transmise."
    ),
    model_stayed_away="La version du modèle n’est pas venue\u00a0: celle-ci reste.",
    model_stopped="La version du modèle a été arrêtée\u00a0: celle-ci reste.",
    buttons={
        "evidence": "Preuves",
        "brief": "Synthèse",
        "paste": "Coller le texte",
        "retry": "Réessayer",
        "anew": "Refaire la synthèse",
        "stop": "Arrêter",
        "delete": "Supprimer",
        "shorter": "Plus court",
        "longer": "Plus long",
        "translate": "Traduire…",
        "ask": "Poser une question",
        "share": "Partager vers…",
        "export": "Exporter",
        "good": "Utile",
        "bad": "Pas utile",
    },
    delete_asked="Supprimer cette réponse\u00a0?",
    delete_told=("La réponse disparaît, et avec elle ce qui a été lu et gardé pour cette demande."),
    keep="Garder",
    close="Fermer",
    no_line="Il n’y a aucune ligne dont montrer un passage.",
    withheld_lines="Lignes écartées\u00a0: {count}",
    refused_by_check="Contrôle non passé\u00a0: {why}",
    refused_by_judge="Jugement contraire\u00a0: {why}",
    in_doubt="Douteux et non jugé\u00a0: {why}",
    checks={
        "references": "renvois",
        "quotations": "citations",
        "numbers": "nombres",
        "dates": "dates",
        "names": "noms",
        "negation": "négation",
        "hedges": "réserves",
        "conditions": "conditions",
        "attribution": "attribution",
        "direction": "sens",
        "overstatement": "exagération",
        "words": "mots",
        "judge": "jugement",
        "second_opinion": "second avis",
        "output": "présentation",
        "house": "style de la rédaction",
    },
    unread={
        "refused": "Cette adresse ne peut pas être consultée.",
        "network": "La source n’a pas répondu. Réessayez plus tard, ou collez le texte.",
        "unreadable": "Aucun article lisible ici. Collez le texte ou joignez le fichier.",
        "listing": "La page mène à des articles et n’en est pas un\u00a0: donnez l’adresse voulue.",
        "login": "La page demande de se connecter. Collez le texte ou joignez le fichier.",
        "blocked": "Le site refuse les programmes. Collez le texte ou joignez le fichier.",
        "consent": "Le site montre une page de cookies au lieu de l’article. Collez le texte.",
        "error": "Le site dit que cette page n’existe pas, ou il est en panne.",
        "encrypted": "Le fichier est protégé par un mot de passe.",
        "corrupt": "Le fichier est endommagé. Enregistrez-le à nouveau, ou collez le texte.",
        "scanned": "Le fichier ne contient que des images, sans texte.",
        "unsupported": "Ce type de fichier ne peut pas être lu.",
        "too_much": "La lecture demande trop de temps ou de mémoire. Collez le passage utile.",
        "fault": "La lecture a échoué, et la faute est la nôtre. Collez le texte.",
        "too_many": "Au-delà de vingt sources, rien n’est lu. Envoyez-la dans un message à part.",
    },
)
