"""German."""

from bot.briefing.catalogue.entries import Catalogue

GERMAN = Catalogue(
    thousands=".",
    decimal=",",
    full_stop=".",
    quoted="„{words}“",
    singular=frozenset({1}),
    headings={
        "key_points": "Das Wichtigste",
        "quotes": "Wer was gesagt hat",
        "commitments": "Zusagen",
        "timeline": "Zeitlicher Ablauf",
        "figures": "Zahlen",
        "unknowns": "Was die Quellen nicht sagen",
        "cautions": "Mit Vorsicht zu lesen",
        "unread": "Nicht gelesen",
        "notes": "Hinweise",
    },
    says_nothing="Das sagen die Quellen nicht.",
    not_found="Keine direkte Antwort gefunden.",
    nearest="Nächstliegende Stellen",
    differ="Wo die Quellen voneinander abweichen: {about}",
    supported="in {witnesses} von {count} Quellen",
    alone="nur in {label}",
    disputed="die Quellen weichen ab",
    continued="{title} (Fortsetzung)",
    part="Teil {number} von {count}.",
    here="Hier ist das Briefing.",
    untitled="Text ohne Titel",
    page="S. {page}",
    engines={
        "extractive": "Auszug, ohne Modell",
        "openai": "Von einer KI geschrieben, an der Quelle geprüft",
    },
    words="{count} Wort|{count} Wörter",
    words_of="{read} von {count} Wörtern",
    traced="{count} Zeile belegt|{count} Zeilen belegt",
    judged_by="beurteilt von {model}",
    unjudged="{count} nicht beurteilt",
    word_for_word="wörtlich",
    compared="verglichen: {checks}",
    not_judged="nicht beurteilt",
    every_line="Jede Zeile: {how}.",
    own_lines="Was das Modell schrieb: {how}.",
    withheld="{count} zurückgehalten",
    tokens="{count} Token",
    about_tokens="etwa {count} Token",
    estimated="{cost} (geschätzt)",
    seconds="{seconds} s",
    outlet="Worte des Mediums",
    says="so {speaker}",
    statuses={
        "agreed": "vereinbart",
        "pledged": "zugesagt",
        "proposed": "vorgeschlagen",
        "reported": "berichtet",
        "denied": "bestritten",
    },
    stated="angegeben",
    from_publication="nach dem Erscheinungstag {day}",
    our_translation="unsere Übersetzung: {words}",
    kinds={
        "name_spelling": "Schreibweise eines Namens",
        "loaded_wording": "Wertende Worte",
        "anonymous_source": "Ungenannte Quelle",
        "second_hand": "Aus zweiter Hand",
        "single_source": "Nur eine Quelle",
        "denial": "Dementi",
        "figures_disagree": "Abweichende Zahlen",
        "headline": "Überschrift",
        "addresses_machine": "Richtet sich an Maschinen",
    },
    loaded="Worte des Mediums, keine Tatsache: {words}.",
    spelt="{one} wird auch {other} geschrieben.",
    to_machines="Hier spricht der Text zu Maschinen.",
    no_date="Der Erscheinungstag ist nicht bekannt",
    no_date_of="Der Erscheinungstag von {label} ist nicht bekannt",
    left_as_written="; unverändert steht daher {days} da|; unverändert stehen daher {days} da",
    last_of_list=" und ",
    made_before="Früher aus denselben Quellen erstellt: Kein Modell wurde neu gefragt.",
    extracted="Auszug, ohne Modell: Jede Zeile ist ein Satz der Quelle.",
    cannot_translate=(
        "Ohne Modell kann Readout nicht übersetzen: Die Zeilen stehen in der Sprache der Quelle."
    ),
    no_reader="Ohne Modell kann Readout nicht für einen Leser oder eine Sicht schreiben.",
    style_orders="Ohne Modell ändert der Stil nur die Reihenfolge der Abschnitte.",
    mixed=(
        "Vom Modell geschriebene Zeilen: {written}; Sätze der Quelle, die das Programm einsetzte, "
        "wo die des Modells nicht standhielten: {filled}."
    ),
    names_compared=(
        "Übersetzte Zeilen wurden nach Namen, Zahlen und Daten mit der Quelle verglichen, "
        "nicht nach ihren übrigen Wörtern."
    ),
    names_not_compared=(
        "Übersetzte Zeilen wurden nach Zahlen und Daten mit der Quelle verglichen; Namen "
        "und übrige Wörter ließen sich nicht vergleichen."
    ),
    partly_read=(
        "Von Quelle {label} wurden die ersten {read} von {count} Wörtern gelesen: Der Rest passte "
        "nicht hinein."
    ),
    parts_failed=(
        "Von Quelle {label} wurden {read} von {count} Wörtern gelesen: Am Rest scheiterte das "
        "Modell."
    ),
    free_part=(
        "Von Quelle {label} wurde nur der freie Teil gelesen ({count} Wörter): Der Rest ist für "
        "zahlende Leser. Mit eingefügtem Text wird das Briefing vollständig."
    ),
    live="Quelle {label} ist eine laufend geänderte Seite: Sie kann inzwischen anders lauten.",
    goes_on="Von Quelle {label} wurde nur die erste Seite gelesen: Sie geht weiter.",
    alike="Die Quellen {first} und {second} enthalten denselben Artikel und zählen einmal.",
    unused="Keine Zeile stützt sich auf Quelle {labels}.",
    joined="Verglichen mit Quelle {labels}, die dieser Thread schon hatte.",
    house="Geschrieben, wie diese Redaktion es schreibt: {words}.",
    not_repaired="Durchgefallene Zeilen wurden nicht neu geschrieben. {why}",
    judge_failed="Nicht beurteilte Zeilen: {count}. {why}",
    left_out="Das Modell hat sie ausgelassen.",
    model_failed="Das Modell gab keine brauchbare Antwort.",
    model_follows=(
        "Das Modell ist noch nicht fertig. Seine Fassung ersetzt diese, "
        "wenn sie binnen zehn Minuten kommt."
    ),
    model_came=(
        "Um {time} durch die Fassung des Modells ersetzt; die erste kann schon weitergeleitet sein."
    ),
    model_stayed_away="Die Fassung des Modells kam nicht: Es bleibt bei dieser.",
    model_stopped="Die Fassung des Modells wurde gestoppt: Es bleibt bei dieser.",
    buttons={
        "evidence": "Belege",
        "brief": "Briefing",
        "paste": "Text einfügen",
        "retry": "Noch einmal",
        "anew": "Neues Briefing",
        "stop": "Stopp",
        "delete": "Löschen",
        "shorter": "Kürzer",
        "longer": "Länger",
        "translate": "Übersetzen …",
        "ask": "Fragen",
        "share": "Teilen in …",
        "export": "Exportieren",
        "good": "Hilfreich",
        "bad": "Nicht hilfreich",
    },
    delete_asked="Diese Antwort löschen?",
    delete_told=(
        "Die Antwort verschwindet, und mit ihr, was für diese Anfrage gelesen und aufbewahrt wurde."
    ),
    keep="Behalten",
    close="Schließen",
    no_line="Es gibt keine Zeile, zu der eine Stelle zu zeigen wäre.",
    withheld_lines="Zurückgehaltene Zeilen: {count}",
    refused_by_check="Prüfung nicht bestanden: {why}",
    refused_by_judge="Beurteilung dagegen: {why}",
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
        "listing": "Die Seite führt zu Artikeln und ist keiner: Bitte die Adresse des gemeinten.",
        "login": "Die Seite verlangt eine Anmeldung. Bitte den Text oder die Datei schicken.",
        "blocked": "Die Seite sperrt Programme aus. Bitte den Text oder die Datei schicken.",
        "consent": "Statt des Artikels erscheint eine Cookie-Abfrage. Bitte den Text schicken.",
        "error": "Die Seite gibt es nicht, oder sie ist gestört.",
        "encrypted": "Die Datei ist durch ein Kennwort geschützt.",
        "corrupt": "Die Datei ist beschädigt. Bitte neu speichern, oder den Text schicken.",
        "scanned": "Die Datei enthält nur Bilder und keinen Text.",
        "unsupported": "Diese Art von Datei kann nicht gelesen werden.",
        "too_much": "Das Lesen braucht zu viel Zeit oder Speicher. Bitte den Text schicken.",
        "fault": "Das Lesen ist gescheitert; der Fehler liegt bei uns. Bitte den Text schicken.",
        "too_many": "Zusammen werden höchstens zwanzig Quellen gelesen. Bitte einzeln schicken.",
    },
)
