"""French."""

from bot.briefing.catalogue.entries import Catalogue

FRENCH = Catalogue(
    locale="fr",
    thousands="\u202f",
    decimal=",",
    quoted="«\u00a0{words}\u00a0»",
    singular=frozenset({0, 1}),
    headings={
        "key_points": "Points essentiels",
        "quotes": "Dans leurs mots",
        "commitments": "Prochaines étapes",
        "timeline": "Chronologie",
        "figures": "Chiffres",
        "unknowns": "Ce que les sources ne disent pas",
        "cautions": "À lire avec prudence",
        "unread": "Non lu",
        "notes": "Remarques",
    },
    says_nothing="Les sources ne le disent pas.",
    not_found="Aucune réponse directe n’a été trouvée.",
    comes_closest="Voici ce qui s’en approche le plus. À vous de juger si cela y répond.",
    nearest="Passages les plus proches",
    differ="Où les sources divergent\u00a0: {about}",
    supported="dans {witnesses} sources sur {count}",
    alone="seulement dans {label}",
    disputed="les sources divergent",
    continued="{title} (suite)",
    part="Partie {number} sur {count}.",
    here="Voici la synthèse.",
    pasted="Texte collé",
    untitled="Texte sans titre",
    page="p. {page}",
    engines={
        "extractive": "Cité de la source, sans modèle",
        "openai": "Rédigé par une IA, vérifié dans la source",
    },
    read_by="Lu par {model}",
    words="{count} mot|{count} mots",
    words_of="{read} mots sur {count}",
    checked="{count} ligne vérifiée|{count} lignes vérifiées",
    judged_by="jugé par {model}",
    unjudged="{count} non jugée|{count} non jugées",
    word_for_word="mot pour mot",
    compared="comparé\u00a0: {checks}",
    not_judged="non jugé",
    every_line="Chaque ligne\u00a0: {how}.",
    own_lines="Lignes écrites par le modèle\u00a0: {how}.",
    withheld="{count} écartée|{count} écartées",
    by_hand="{count} modifiée à la main|{count} modifiées à la main",
    unverified="{count} non vérifiée|{count} non vérifiées",
    tokens="{count} jetons",
    about_tokens="environ {count} jetons",
    estimated="{cost} (estimation)",
    seconds="{seconds} s",
    outlet="termes du média",
    says="selon {speaker}",
    edited_by="modifié par {name}",
    not_verified="non vérifié",
    statuses={
        "agreed": "convenu",
        "pledged": "promis",
        "ordered": "ordonné",
        "decided": "décidé",
        "planned": "prévu",
        "proposed": "proposé",
        "warned": "menacé",
        "forecast": "attendu",
        "reported": "rapporté",
        "denied": "démenti",
    },
    our_translation="notre traduction\u00a0: {words}",
    kinds={
        "name_spelling": "Orthographe d’un nom",
        "loaded_wording": "Termes orientés",
        "anonymous_source": "Source anonyme",
        "second_hand": "Non confirmé",
        "single_source": "Source unique",
        "denial": "Démenti",
        "figures_disagree": "Chiffres discordants",
        "headline": "Titre",
        "addresses_machine": "Instructions aux outils d’IA",
    },
    loaded="Termes orientés\u00a0: {words}.",
    spelt="{one} est aussi écrit {other}.",
    to_machines=(
        "La source contient des instructions destinées aux outils d’IA\u00a0; elles ont été "
        "ignorées."
    ),
    last_of_list=" et ",
    made_before=(
        "Repris d’une demande antérieure, avec les mêmes sources et les mêmes souhaits\u00a0; le "
        "modèle n’a pas été interrogé à nouveau."
    ),
    edited_elsewhere=(
        "Les modifications faites dans une autre version de cette synthèse ne figurent pas ici."
    ),
    extracted="Sans modèle\u00a0: chaque ligne est une phrase de la source.",
    nothing_to_quote=(
        "Sans modèle\u00a0: aucune phrase de la source n’est assez complète et assez courte "
        "pour être citée seule. Ouvrez la source ou posez une question."
    ),
    cannot_translate=(
        "Il faut un modèle pour traduire\u00a0; les lignes sont dans la langue de la source."
    ),
    no_reader="Il faut un modèle pour écrire pour un lecteur ou sous un angle donné.",
    style_orders="Sans modèle, le style ne change que l’ordre des rubriques.",
    mixed=(
        "Lignes écrites par le modèle\u00a0: {written}\u00a0; phrases de la source à la place de "
        "lignes du modèle qui ont échoué à un contrôle\u00a0: {filled}."
    ),
    names_not_compared=(
        "Dans les lignes traduites, les nombres et les dates ont été comparés à la source\u00a0; "
        "les noms et les autres mots n’ont pas pu l’être."
    ),
    partly_read=(
        "Seuls les {read} premiers mots sur {count} de la source {label} ont été lus\u00a0; le "
        "reste était trop long."
    ),
    parts_failed=(
        "Seuls {read} mots sur {count} de la source {label} ont été lus\u00a0; le modèle a échoué "
        "sur le reste."
    ),
    free_part=(
        "Seule la partie gratuite de la source {label} a été lue ({count} mots)\u00a0; le reste "
        "est réservé aux abonnés. Collez le texte pour une synthèse complète."
    ),
    live="La source {label} est une page en direct et a pu changer depuis.",
    goes_on="Seule la première page de la source {label} a été lue\u00a0; l’article continue.",
    alike="Les sources {first} et {second} reprennent le même article et comptent pour une seule.",
    unused="Rien dans cette synthèse ne vient de la source {labels}.",
    joined="Comparé avec la source {labels}, déjà présente dans ce fil.",
    house="Style de la rédaction appliqué\u00a0: {words}.",
    not_repaired="Les lignes qui ont échoué à un contrôle n’ont pas été réécrites. {why}",
    judge_failed="Lignes non jugées\u00a0: {count}. {why}",
    left_out="Le modèle les a omises.",
    model_failed="Le modèle n’a pas donné de réponse utilisable.",
    model_follows=(
        "Le modèle travaille encore. Sa version remplacera celle-ci si elle arrive dans les dix "
        "minutes."
    ),
    model_came=(
        "Mis à jour à {time} avec la version du modèle\u00a0; la première a peut-être déjà été "
        "transférée."
    ),
    model_stayed_away="Le modèle n’a pas terminé à temps\u00a0; cette version est définitive.",
    model_stopped="Le modèle a été arrêté\u00a0; cette version est définitive.",
    buttons={
        "evidence": "Preuves",
        "brief": "Synthèse",
        "paste": "Coller le texte",
        "retry": "Réessayer",
        "anew": "Refaire la synthèse",
        "stop": "Arrêter",
        "delete": "Supprimer",
        "shorter": "Plus court",
        "longer": "Synthèse complète",
        "first": "Première version",
        "translate": "Traduire",
        "ask": "Poser une question",
        "share": "Partager",
        "export": "Exporter",
        "good": "Utile",
        "bad": "Pas utile",
        "rewrite": "Reformuler",
        "drop": "Retirer",
        "restore": "Rétablir",
        "mine": "Garder la mienne quand même",
        "earlier": "Garder la précédente",
    },
    remade={
        "shorter": "Version plus courte de cette synthèse",
        "longer": "Synthèse complète",
        "translated": "Traduction de cette synthèse",
        "other": "Autre version de cette synthèse",
    },
    delete_asked="Supprimer cette réponse\u00a0?",
    delete_told=(
        "La réponse et ses sources enregistrées seront supprimées. "
        "Les fichiers exportés restent dans le fil."
    ),
    keep="Garder",
    close="Fermer",
    no_line="Il n’y a aucune ligne à justifier.",
    above="Passage {reference} ci-dessus",
    dropped="retirée",
    only_dropped=(
        "Les lignes qui reprennent les mots mêmes de la source peuvent être retirées, mais "
        "pas reformulées."
    ),
    your_version="Votre version",
    checking="Vérification de votre version dans son passage…",
    withheld_lines="Lignes écartées\u00a0: {count}",
    refused_by_check="Contrôle échoué\u00a0: {why}",
    refused_by_judge="Rejeté par le juge\u00a0: {why}",
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
        "listing": (
            "La page est une liste d’articles\u00a0: donnez l’adresse de celui que vous voulez."
        ),
        "login": "La page demande de se connecter. Collez le texte ou joignez le fichier.",
        "blocked": (
            "Le site bloque les lecteurs automatiques. Collez le texte ou joignez le fichier."
        ),
        "consent": "Le site montre une page de cookies au lieu de l’article. Collez le texte.",
        "error": "Cette page n’existe pas, ou le site est en panne.",
        "encrypted": "Le fichier est protégé par un mot de passe.",
        "corrupt": "Le fichier est endommagé. Enregistrez-le à nouveau, ou collez le texte.",
        "scanned": "Le fichier ne contient que des images, sans texte.",
        "unsupported": "Ce type de fichier ne peut pas être lu.",
        "too_much": "La lecture demande trop de temps ou de mémoire. Collez le passage utile.",
        "fault": "La lecture a échoué à cause d’une erreur de notre côté. Collez le texte.",
        "too_many": (
            "Vingt sources au plus sont lues ensemble. Envoyez celle-ci dans un autre message."
        ),
    },
)
