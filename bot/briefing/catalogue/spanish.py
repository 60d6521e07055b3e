"""Spanish."""

from bot.briefing.catalogue.entries import Catalogue

SPANISH = Catalogue(
    locale="es",
    thousands=".",
    decimal=",",
    quoted="«{words}»",
    singular=frozenset({1}),
    headings={
        "key_points": "Puntos clave",
        "quotes": "En sus palabras",
        "commitments": "Próximos pasos",
        "timeline": "Cronología",
        "figures": "Cifras",
        "unknowns": "Lo que las fuentes no dicen",
        "cautions": "Para leer con cautela",
        "unread": "No leído",
        "notes": "Notas",
    },
    says_nothing="Las fuentes no lo dicen.",
    not_found="No se ha encontrado una respuesta directa.",
    comes_closest="Esto es lo que más se acerca. Juzgue usted si responde a la pregunta.",
    nearest="Pasajes más cercanos",
    differ="Donde las fuentes difieren: {about}",
    supported="en {witnesses} de {count} fuentes",
    alone="solo en {label}",
    disputed="las fuentes difieren",
    continued="{title} (continuación)",
    part="Parte {number} de {count}.",
    here="Aquí está el resumen.",
    pasted="Texto pegado",
    untitled="Texto sin título",
    page="pág. {page}",
    engines={
        "extractive": "Citado de la fuente, sin modelo",
        "openai": "Escrito por una IA, cotejado con la fuente",
    },
    read_by="Leído por {model}",
    words="{count} palabra|{count} palabras",
    words_of="{read} de {count} palabras",
    checked="{count} línea comprobada|{count} líneas comprobadas",
    judged_by="juzgado por {model}",
    unjudged="{count} no juzgada|{count} no juzgadas",
    word_for_word="palabra por palabra",
    compared="comparado: {checks}",
    not_judged="no juzgado",
    every_line="Cada línea: {how}.",
    own_lines="Líneas escritas por el modelo: {how}.",
    withheld="{count} retenida|{count} retenidas",
    by_hand="{count} editada a mano|{count} editadas a mano",
    unverified="{count} sin verificar",
    tokens="{count} tokens",
    about_tokens="unos {count} tokens",
    estimated="{cost} (estimado)",
    seconds="{seconds} s",
    outlet="palabras del medio",
    says="según {speaker}",
    edited_by="editado por {name}",
    not_verified="sin verificar",
    statuses={
        "agreed": "acordado",
        "pledged": "prometido",
        "ordered": "ordenado",
        "decided": "decidido",
        "planned": "previsto",
        "proposed": "propuesto",
        "warned": "advertido",
        "forecast": "pronosticado",
        "reported": "según informes",
        "denied": "negado",
    },
    our_translation="traducción nuestra: {words}",
    kinds={
        "name_spelling": "Grafía de un nombre",
        "loaded_wording": "Lenguaje valorativo",
        "anonymous_source": "Fuente anónima",
        "second_hand": "Sin confirmar",
        "single_source": "Fuente única",
        "denial": "Desmentido",
        "figures_disagree": "Cifras discordantes",
        "headline": "Titular",
        "addresses_machine": "Instrucciones para herramientas de IA",
    },
    loaded="Lenguaje valorativo: {words}.",
    spelt="{one} también aparece como {other}.",
    to_machines="La fuente contiene instrucciones dirigidas a herramientas de IA; se han ignorado.",
    last_of_list=" y ",
    made_before=(
        "Reutilizado de una petición anterior con las mismas fuentes y deseos; no se volvió a "
        "consultar al modelo."
    ),
    edited_elsewhere="Los cambios hechos en otra versión de este resumen no figuran en esta.",
    extracted="Sin modelo: cada línea es una frase de la fuente.",
    nothing_to_quote=(
        "Sin modelo: ninguna frase de la fuente es lo bastante completa y corta para citarla "
        "sola. Abra la fuente o haga una pregunta."
    ),
    cannot_translate=(
        "Para traducir hace falta un modelo; las líneas están en el idioma de la fuente."
    ),
    no_reader="Para escribir para un lector o con un enfoque hace falta un modelo.",
    style_orders="Sin modelo, el estilo solo cambia el orden de los apartados.",
    mixed=(
        "Líneas escritas por el modelo: {written}; frases de la fuente en lugar de líneas del "
        "modelo que no superaron un control: {filled}."
    ),
    names_not_compared=(
        "En las líneas traducidas se cotejaron los números y las fechas con la fuente; los nombres "
        "y las demás palabras no se pudieron cotejar."
    ),
    partly_read=(
        "De la fuente {label} solo se leyeron las primeras {read} de {count} palabras; el resto no "
        "cabía."
    ),
    parts_failed=(
        "De la fuente {label} solo se leyeron {read} de {count} palabras; el modelo falló en el "
        "resto."
    ),
    free_part=(
        "De la fuente {label} solo se leyó la parte gratuita ({count} palabras); el resto es para "
        "suscriptores. Pegue el texto para tener el resumen completo."
    ),
    live="La fuente {label} es una página en directo y puede haber cambiado.",
    goes_on="De la fuente {label} solo se leyó la primera página; el artículo continúa.",
    alike="Las fuentes {first} y {second} llevan el mismo artículo y cuentan como una.",
    unused="Nada de este resumen procede de la fuente {labels}.",
    joined="Comparado con la fuente {labels}, que ya estaba en este hilo.",
    house="Estilo de la redacción aplicado: {words}.",
    not_repaired="Las líneas que no superaron un control no se reescribieron. {why}",
    judge_failed="Líneas no juzgadas: {count}. {why}",
    left_out="El modelo las omitió.",
    model_failed="El modelo no dio una respuesta utilizable.",
    model_follows=(
        "El modelo sigue trabajando. Su versión sustituirá a esta si llega en diez minutos."
    ),
    model_came=(
        "Actualizado a las {time} con la versión del modelo; puede que la primera ya se haya "
        "reenviado."
    ),
    model_stayed_away="El modelo no terminó a tiempo; esta versión es la definitiva.",
    model_stopped="El modelo se detuvo; esta versión es la definitiva.",
    buttons={
        "evidence": "Pruebas",
        "brief": "Resumir",
        "paste": "Pegar el texto",
        "retry": "Reintentar",
        "anew": "Resumir de nuevo",
        "stop": "Detener",
        "delete": "Borrar",
        "shorter": "Más corto",
        "longer": "Resumen completo",
        "first": "Primera versión",
        "translate": "Traducir",
        "ask": "Preguntar",
        "share": "Compartir",
        "export": "Exportar",
        "good": "Útil",
        "bad": "No sirve",
        "rewrite": "Reescribir",
        "drop": "Quitar",
        "restore": "Restaurar",
        "mine": "Mantener la mía igualmente",
        "earlier": "Mantener la anterior",
    },
    remade={
        "shorter": "Versión más corta de este resumen",
        "longer": "Resumen completo",
        "translated": "Traducción de este resumen",
        "other": "Otra versión de este resumen",
    },
    delete_asked="¿Borrar esta respuesta?",
    delete_told=(
        "Se borrarán la respuesta y sus fuentes guardadas. "
        "Los archivos exportados se quedan en el hilo."
    ),
    keep="Conservar",
    close="Cerrar",
    no_line="No hay líneas cuyas pruebas mostrar.",
    above="Pasaje {reference}, más arriba",
    dropped="quitada",
    only_dropped=(
        "Las líneas que son palabras de la propia fuente se pueden quitar, pero no reescribir."
    ),
    your_version="Su versión",
    checking="Comprobando su versión con su pasaje…",
    withheld_lines="Líneas retenidas: {count}",
    refused_by_check="Control no superado: {why}",
    refused_by_judge="Rechazado por el juez: {why}",
    in_doubt="Dudoso y no juzgado: {why}",
    checks={
        "references": "referencias",
        "quotations": "citas",
        "numbers": "números",
        "dates": "fechas",
        "names": "nombres",
        "negation": "negación",
        "hedges": "reservas",
        "conditions": "condiciones",
        "attribution": "atribución",
        "direction": "sentido",
        "overstatement": "exageración",
        "words": "palabras",
        "judge": "juicio",
        "second_opinion": "segunda opinión",
        "output": "forma",
        "house": "estilo de la redacción",
    },
    unread={
        "refused": "Esa dirección no se puede consultar.",
        "network": "La fuente no respondió. Inténtelo más tarde o pegue el texto.",
        "unreadable": "Aquí no hay un artículo legible. Pegue el texto o adjunte el archivo.",
        "listing": "La página es una lista de artículos: dé la dirección del que quiere.",
        "login": "La página pide iniciar sesión. Pegue el texto o adjunte el archivo.",
        "blocked": (
            "El sitio bloquea los lectores automáticos. Pegue el texto o adjunte el archivo."
        ),
        "consent": "El sitio muestra un aviso de cookies en lugar del artículo. Pegue el texto.",
        "error": "Esa página no existe, o el sitio tiene un fallo.",
        "encrypted": "El archivo está protegido con contraseña.",
        "corrupt": "El archivo está dañado. Vuelva a guardarlo o pegue el texto.",
        "scanned": "El archivo solo contiene imágenes, sin texto.",
        "unsupported": "Ese tipo de archivo no se puede leer.",
        "too_much": "Leerlo exige demasiado tiempo o memoria. Pegue el texto que importa.",
        "fault": "La lectura falló por un error nuestro. Pegue el texto.",
        "too_many": "Se leen veinte fuentes como máximo. Envíela en un mensaje aparte.",
    },
)
