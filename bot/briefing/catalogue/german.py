"""German."""

from bot.briefing.catalogue.entries import Catalogue

GERMAN = Catalogue(
    locale="de",
    thousands=".",
    decimal=",",
    quoted="„{words}“",
    singular=frozenset({1}),
    headings={
        "key_points": "Das Wichtigste",
        "quotes": "Im Wortlaut",
        "commitments": "Nächste Schritte",
        "timeline": "Zeitlicher Ablauf",
        "figures": "Zahlen",
        "unknowns": "Was die Quellen nicht sagen",
        "cautions": "Mit Vorsicht zu lesen",
        "unread": "Nicht gelesen",
        "notes": "Hinweise",
    },
    says_nothing="Das sagen die Quellen nicht.",
    not_found="Keine direkte Antwort gefunden.",
    comes_closest="Das kommt der Frage am nächsten. Ob es sie beantwortet, müssen Sie beurteilen.",
    nearest="Nächstliegende Stellen",
    differ="Wo die Quellen voneinander abweichen: {about}",
    supported="in {witnesses} von {count} Quellen",
    alone="nur in {label}",
    disputed="die Quellen weichen ab",
    continued="{title} (Fortsetzung)",
    part="Teil {number} von {count}.",
    here="Hier ist das Briefing.",
    pasted="Eingefügter Text",
    untitled="Text ohne Titel",
    page="S. {page}",
    engines={
        "extractive": "Aus der Quelle zitiert, ohne Modell",
        "openai": "Von einer KI geschrieben, an der Quelle geprüft",
    },
    read_by="Gelesen von {model}",
    words="{count} Wort|{count} Wörter",
    words_of="{read} von {count} Wörtern",
    checked="{count} Zeile geprüft|{count} Zeilen geprüft",
    judged_by="beurteilt von {model}",
    unjudged="{count} nicht beurteilt",
    word_for_word="wörtlich",
    compared="verglichen: {checks}",
    not_judged="nicht beurteilt",
    every_line="Jede Zeile: {how}.",
    own_lines="Vom Modell geschriebene Zeilen: {how}.",
    withheld="{count} zurückgehalten",
    by_hand="{count} von Hand geändert",
    unverified="{count} nicht belegt",
    tokens="{count} Token",
    about_tokens="etwa {count} Token",
    estimated="{cost} (geschätzt)",
    seconds="{seconds} s",
    outlet="Worte des Mediums",
    says="so {speaker}",
    edited_by="geändert von {name}",
    not_verified="nicht belegt",
    statuses={
        "agreed": "vereinbart",
        "pledged": "zugesagt",
        "ordered": "angeordnet",
        "decided": "beschlossen",
        "planned": "geplant",
        "proposed": "vorgeschlagen",
        "warned": "angedroht",
        "forecast": "erwartet",
        "reported": "berichtet",
        "denied": "bestritten",
    },
    our_translation="unsere Übersetzung: {words}",
    kinds={
        "name_spelling": "Schreibweise eines Namens",
        "loaded_wording": "Wertende Wortwahl",
        "anonymous_source": "Ungenannte Quelle",
        "second_hand": "Unbestätigt",
        "single_source": "Nur eine Quelle",
        "denial": "Dementi",
        "figures_disagree": "Abweichende Zahlen",
        "headline": "Überschrift",
        "addresses_machine": "Anweisungen an KI-Werkzeuge",
    },
    loaded="Wertende Wortwahl: {words}.",
    spelt="{one} wird auch {other} geschrieben.",
    to_machines="Die Quelle enthält Anweisungen an KI-Werkzeuge; sie wurden ignoriert.",
    last_of_list=" und ",
    made_before=(
        "Aus einer früheren Anfrage mit denselben Quellen und Wünschen übernommen; das Modell "
        "wurde nicht noch einmal gefragt."
    ),
    edited_elsewhere=(
        "Änderungen an einer anderen Fassung dieses Briefings sind hier nicht enthalten."
    ),
    extracted="Ohne Modell erstellt: Jede Zeile ist ein Satz aus der Quelle.",
    nothing_to_quote=(
        "Ohne Modell erstellt: Kein Satz der Quelle ist vollständig und kurz genug, um allein "
        "zitiert zu werden. Öffnen Sie die Quelle oder stellen Sie eine Frage dazu."
    ),
    cannot_translate=(
        "Zum Übersetzen braucht es ein Modell; die Zeilen stehen in der Sprache der Quelle."
    ),
    no_reader=(
        "Um für eine Leserschaft oder aus einem Blickwinkel zu schreiben, braucht es ein Modell."
    ),
    style_orders="Ohne Modell ändert der Stil nur die Reihenfolge der Abschnitte.",
    mixed=(
        "Vom Modell geschriebene Zeilen: {written}; Sätze aus der Quelle anstelle von Zeilen, die "
        "eine Prüfung nicht bestanden haben: {filled}."
    ),
    names_not_compared=(
        "Bei übersetzten Zeilen wurden Zahlen und Daten mit der Quelle verglichen; bei Namen und "
        "anderen Wörtern war das nicht möglich."
    ),
    partly_read=(
        "Von Quelle {label} wurden nur die ersten {read} von {count} Wörtern gelesen; der Rest "
        "hatte keinen Platz."
    ),
    parts_failed=(
        "Von Quelle {label} wurden nur {read} von {count} Wörtern gelesen; beim Rest ist das "
        "Modell gescheitert."
    ),
    free_part=(
        "Von Quelle {label} wurde nur der frei zugängliche Teil gelesen ({count} Wörter); der Rest "
        "liegt hinter einer Bezahlschranke. Für ein vollständiges Briefing den Text einfügen."
    ),
    live="Quelle {label} ist ein Liveticker und kann sich seither geändert haben.",
    goes_on="Von Quelle {label} wurde nur die erste Seite gelesen; der Artikel geht weiter.",
    alike="Die Quellen {first} und {second} enthalten denselben Artikel und zählen einmal.",
    unused="Nichts in diesem Briefing stammt aus Quelle {labels}.",
    joined="Verglichen mit Quelle {labels}, die schon in diesem Thread war.",
    house="Im Hausstil geschrieben: {words}.",
    not_repaired=(
        "Zeilen, die eine Prüfung nicht bestanden haben, wurden nicht neu geschrieben. {why}"
    ),
    judge_failed="Nicht beurteilte Zeilen: {count}. {why}",
    left_out="Das Modell hat sie ausgelassen.",
    model_failed="Das Modell hat keine brauchbare Antwort gegeben.",
    model_follows=(
        "Das Modell arbeitet noch. Seine Fassung ersetzt diese, wenn sie innerhalb von zehn "
        "Minuten fertig wird."
    ),
    model_came=(
        "Um {time} durch die Fassung des Modells ersetzt; die erste wurde womöglich schon "
        "weitergeleitet."
    ),
    model_stayed_away=(
        "Das Modell ist nicht rechtzeitig fertig geworden; diese Fassung ist endgültig."
    ),
    model_stopped="Das Modell wurde gestoppt; diese Fassung ist endgültig.",
    buttons={
        "evidence": "Belege",
        "brief": "Briefing",
        "paste": "Text einfügen",
        "retry": "Noch einmal",
        "anew": "Neu zusammenfassen",
        "stop": "Stopp",
        "delete": "Löschen",
        "shorter": "Kürzer",
        "longer": "Vollständiges Briefing",
        "first": "Erste Fassung",
        "translate": "Übersetzen",
        "ask": "Fragen",
        "share": "Teilen",
        "export": "Exportieren",
        "good": "Hilfreich",
        "bad": "Nicht hilfreich",
        "rewrite": "Umschreiben",
        "drop": "Streichen",
        "restore": "Wiederherstellen",
        "mine": "Trotzdem meine behalten",
        "earlier": "Die frühere behalten",
    },
    remade={
        "shorter": "Kürzere Fassung dieses Briefings",
        "longer": "Vollständiges Briefing",
        "translated": "Übersetzung dieses Briefings",
        "other": "Andere Fassung dieses Briefings",
    },
    delete_asked="Diese Antwort löschen?",
    delete_told=(
        "Damit werden die Antwort und die dafür gespeicherten Quellen gelöscht. "
        "Exportierte Dateien bleiben im Thread."
    ),
    keep="Behalten",
    close="Schließen",
    no_line="Es gibt keine Zeilen, zu denen Belege gezeigt werden könnten.",
    above="Stelle {reference}, siehe oben",
    dropped="gestrichen",
    only_dropped="Zeilen im Wortlaut der Quelle lassen sich streichen, aber nicht umschreiben.",
    your_version="Ihre Fassung",
    checking="Ihre Fassung wird mit ihrer Stelle verglichen …",
    withheld_lines="Zurückgehaltene Zeilen: {count}",
    refused_by_check="Prüfung nicht bestanden: {why}",
    refused_by_judge="Vom Prüfmodell abgelehnt: {why}",
    in_doubt="Zweifelhaft und nicht beurteilt: {why}",
    checks={
        "references": "Verweise",
        "quotations": "Zitate",
        "numbers": "Zahlen",
        "dates": "Daten",
        "names": "Namen",
        "negation": "Verneinung",
        "hedges": "Vorbehalte",
        "conditions": "Bedingungen",
        "attribution": "Zuschreibung",
        "direction": "Richtung",
        "overstatement": "Übertreibung",
        "words": "Wörter",
        "judge": "Beurteilung",
        "second_opinion": "zweite Meinung",
        "output": "Form",
        "house": "Hausstil",
    },
    unread={
        "refused": "Diese Adresse darf nicht abgerufen werden.",
        "network": "Die Quelle hat nicht geantwortet. Später noch einmal, oder den Text einfügen.",
        "unreadable": "Hier ist kein lesbarer Artikel. Bitte den Text oder die Datei schicken.",
        "listing": (
            "Die Seite ist eine Artikelliste: Bitte die Adresse des gemeinten Artikels schicken."
        ),
        "login": "Die Seite verlangt eine Anmeldung. Bitte den Text oder die Datei schicken.",
        "blocked": (
            "Die Website sperrt automatische Zugriffe. Bitte den Text oder die Datei schicken."
        ),
        "consent": "Statt des Artikels erscheint eine Cookie-Abfrage. Bitte den Text schicken.",
        "error": "Die Seite gibt es nicht, oder die Website hat eine Störung.",
        "encrypted": "Die Datei ist durch ein Kennwort geschützt.",
        "corrupt": "Die Datei ist beschädigt. Bitte neu speichern, oder den Text schicken.",
        "scanned": "Die Datei enthält nur Bilder und keinen Text.",
        "unsupported": "Diese Art von Datei kann nicht gelesen werden.",
        "too_much": "Das Lesen braucht zu viel Zeit oder Speicher. Bitte den Text schicken.",
        "fault": "Das Lesen ist an einem Fehler bei uns gescheitert. Bitte den Text schicken.",
        "too_many": "Zusammen werden höchstens zwanzig Quellen gelesen. Bitte einzeln schicken.",
    },
)
