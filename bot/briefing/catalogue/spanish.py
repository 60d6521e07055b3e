"""Spanish."""

from bot.briefing.catalogue.entries import Catalogue

SPANISH = Catalogue(
    thousands=".",
    decimal=",",
    full_stop=".",
    quoted="«{words}»",
    singular=frozenset({1}),
    headings={
        "key_points": "Puntos clave",
        "quotes": "Quién dijo qué",
        "commitments": "Compromisos",
        "timeline": "Cronología",
        "figures": "Cifras",
        "unknowns": "Lo que las fuentes no dicen",
        "cautions": "Para leer con cautela",
        "unread": "No leído",
        "notes": "Notas",
    },
    says_nothing="Las fuentes no lo dicen.",
    not_found="No se ha encontrado una respuesta directa.",
    nearest="Pasajes más cercanos",
    differ="Donde las fuentes difieren: {about}",
    supported="en {witnesses} de {count} fuentes",
    alone="solo en {label}",
    disputed="las fuentes difieren",
    continued="{title} (continuación)",
    part="Parte {number} de {count}.",
    here="Aquí está el resumen.",
    untitled="Texto sin título",
    page="pág. {page}",
    engines={
        "extractive": "Extraído, sin modelo",
        "openai": "Escrito por una IA, cotejado con la fuente",
    },
    words="{count} palabra|{count} palabras",
    words_of="{read} de {count} palabras",
    traced="{count} línea cotejada|{count} líneas cotejadas",
    judged_by="juzgado por {model}",
    unjudged="{count} no juzgada|{count} no juzgadas",
    withheld="{count} retenida|{count} retenidas",
    tokens="{count} tokens",
    about_tokens="unos {count} tokens",
    estimated="{cost} (estimado)",
    seconds="{seconds} s",
    outlet="palabras del medio",
    says="según {speaker}",
    statuses={
        "agreed": "acordado",
        "pledged": "prometido",
        "proposed": "propuesto",
        "reported": "según informes",
        "denied": "negado",
    },
    stated="indicada",
    from_publication="según la fecha de publicación {day}",
    our_translation="traducción nuestra: {words}",
    kinds={
        "name_spelling": "Grafía de un nombre",
        "loaded_wording": "Palabras valorativas",
        "anonymous_source": "Fuente anónima",
        "second_hand": "De segunda mano",
        "single_source": "Fuente única",
        "denial": "Desmentido",
        "figures_disagree": "Cifras discordantes",
        "headline": "Titular",
        "addresses_machine": "Se dirige a máquinas",
    },
    loaded="Palabras del medio, no un hecho: {words}.",
    spelt="{one} también aparece como {other}.",
    to_machines="Aquí el texto se dirige a máquinas.",
    no_date="No se conoce la fecha de publicación",
    no_date_of="No se conoce la fecha de publicación de {label}",
    left_as_written="; {days} queda como está|; {days} quedan como están",
    last_of_list=" y ",
    made_before="Hecho antes con las mismas fuentes: no se volvió a consultar al modelo.",
    extracted="Extraído, sin modelo: cada línea es una frase de la fuente.",
    cannot_translate=(
        "Sin modelo Readout no puede traducir: las líneas están en el idioma de la fuente."
    ),
    no_reader="Sin modelo Readout no puede escribir para un lector ni con un enfoque.",
    style_orders="Sin modelo, el estilo solo cambia el orden de los apartados.",
    mixed=(
        "Líneas escritas por el modelo: {written}; frases de la fuente que puso el programa donde "
        "las del modelo no se sostenían: {filled}."
    ),
    names_compared=(
        "Las líneas traducidas se cotejaron con la fuente por nombres, números y fechas, "
        "no por las demás palabras."
    ),
    names_not_compared=(
        "Las líneas traducidas se cotejaron con la fuente por números y fechas; los "
        "nombres y las demás palabras no se pudieron cotejar."
    ),
    partly_read=(
        "De la fuente {label} se leyeron las {read} primeras palabras de {count}: el resto no "
        "cabía."
    ),
    parts_failed=(
        "De la fuente {label} se leyeron {read} de {count} palabras: el modelo falló en el resto."
    ),
    free_part=(
        "De la fuente {label} solo se leyó la parte gratuita ({count} palabras): el resto es para "
        "suscriptores. Pegue el texto para tener el resumen completo."
    ),
    live="La fuente {label} es una página en directo: puede haber cambiado.",
    goes_on="De la fuente {label} solo se leyó la primera página: continúa.",
    alike="Las fuentes {first} y {second} llevan el mismo artículo: cuentan una vez.",
    unused="Ninguna línea se apoya en la fuente {labels}.",
    joined="Comparado con la fuente {labels}, que este hilo ya tenía.",
    house="Escrito según el uso de esta redacción: {words}.",
    not_repaired="Las líneas fallidas no se escribieron de nuevo. {why}",
    judge_failed="Líneas no juzgadas: {count}. {why}",
    left_out="El modelo las omitió.",
    model_failed="El modelo no dio una respuesta utilizable.",
    model_follows=(
        "El modelo aún no ha terminado. Su versión sustituirá a esta si llega en diez minutos."
    ),
    model_came=(
        "Actualizado a las {time} con la versión del modelo; la primera pudo haberse reenviado."
    ),
    model_stayed_away="La versión del modelo no llegó: queda esta.",
    model_stopped="La versión del modelo se detuvo: queda esta.",
    buttons={
        "evidence": "Pruebas",
        "brief": "Resumir",
        "paste": "Pegar el texto",
        "retry": "Reintentar",
        "anew": "Resumir de nuevo",
        "stop": "Detener",
        "delete": "Borrar",
        "shorter": "Más corto",
        "longer": "Más largo",
        "translate": "Traducir…",
        "ask": "Preguntar",
        "share": "Compartir en…",
        "export": "Exportar",
        "good": "Útil",
        "bad": "No sirve",
    },
    delete_asked="¿Borrar esta respuesta?",
    delete_told="Se borra la respuesta, y con ella lo leído y guardado para esta petición.",
    keep="Conservar",
    close="Cerrar",
    no_line="No hay ninguna línea de la que mostrar un pasaje.",
    withheld_because=(
        "Líneas retenidas porque los pasajes no las confirman: {count}. Controles no superados: "
        "{checks}."
    ),
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
        "listing": "La página lleva a artículos y no es uno: dé la dirección del que quiere.",
        "login": "La página pide iniciar sesión. Pegue el texto o adjunte el archivo.",
        "blocked": "El sitio rechaza programas. Pegue el texto o adjunte el archivo.",
        "consent": "El sitio muestra un aviso de cookies en lugar del artículo. Pegue el texto.",
        "error": "El sitio dice que esa página no existe, o está averiado.",
        "encrypted": "El archivo está protegido con contraseña.",
        "corrupt": "El archivo está dañado. Vuelva a guardarlo o pegue el texto.",
        "scanned": "El archivo solo contiene imágenes, sin texto.",
        "unsupported": "Ese tipo de archivo no se puede leer.",
        "too_much": "Leerlo exige demasiado tiempo o memoria. Pegue el texto que importa.",
        "fault": "La lectura falló, y el error es nuestro. Pegue el texto.",
        "too_many": "Se leen veinte fuentes como máximo. Envíela en un mensaje aparte.",
    },
)
