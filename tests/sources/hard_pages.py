"""Pages of our own that are no article, and near-misses that are one.

Each kind has pages in several languages and of several makers, so that a rule which only knows one
page of a kind fails.
"""

from typing import NamedTuple

from tests.sources.samples import PARAGRAPHS, STORY, page

LEAD = "\n".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS[:2])
ITEM = "A goods train hit a lorry near Holm early on Friday. Nobody was hurt, the police said."
LONG = "\n".join(
    f"<p>In its chapter {number} the report says that the company knew of the fault since the"
    f" spring of that year, that {number + 3} engineers had written about it, and that nobody"
    " answered them before the second accident. The company did not comment.</p>"
    for number in range(1, 9)
)


class HardPage(NamedTuple):
    name: str
    verdict: str
    html: str
    url: str = "https://courier.example/news/2026/bridge-at-mill-street-reopens"
    status: int = 200


def article(body: str, heading: str, head: str = "") -> str:
    return page(f"<article><h1>{heading}</h1>{body}</article>", head, heading)


def json_ld(fields: str, kind: str = "NewsArticle") -> str:
    return (
        '<script type="application/ld+json">{"@context": "https://schema.org", '
        f'"@type": "{kind}", {fields}}}</script>'
    )


def cards(number: int) -> str:
    return "".join(
        f'<div class="card"><h2><a href="/n/{i}">Council number {i} decides on its budget</a></h2>'
        f'<p><a href="/n/{i}">The members met for {i + 2} hours behind closed doors</a></p></div>'
        for i in range(number)
    )


HARD = [
    HardPage(
        "teaser-declared",
        "teaser",
        article(LEAD, "Bridge", json_ld('"isAccessibleForFree": "False"')),
    ),
    HardPage(
        "teaser-in-words",
        "teaser",
        article(
            LEAD + "<div class='offer'><p>To continue reading, take out a subscription.</p>"
            "<p>Already a subscriber? Log in</p></div>",
            "Bridge",
        ),
    ),
    HardPage(
        "teaser-german",
        "teaser",
        article(
            "<p>Die Verkehrsminister einigten sich am Montag darauf, die nördliche Strecke bis zum"
            " ersten Juni wieder zu öffnen, wenn die Prüfer die Brücke vorher freigeben.</p>"
            "<p>Über die Kosten streiten beide Seiten weiter, sagte ein Sprecher der Bahn.</p>"
            "<div class='paywall'><p>Jetzt weiterlesen mit dem Probeabo.</p></div>",
            "Strecke soll im Juni öffnen",
        ),
    ),
    HardPage(
        "teaser-french-tier",
        "teaser",
        article(
            "<p>Les ministres des transports se sont mis d'accord lundi pour rouvrir la ligne du"
            " nord avant le premier juin, si les inspecteurs valident le pont à temps.</p>"
            "<p>Article réservé aux abonnés.</p>",
            "La ligne du nord rouvrira",
            "<meta property='article:content_tier' content='locked'>",
        ),
    ),
    HardPage(
        "teaser-of-a-meter",
        "teaser",
        article(
            LEAD + "<p>You have reached your limit of free articles. Subscribe to continue.</p>",
            "Bridge",
        ),
    ),
    HardPage(
        "teaser-by-count",
        "teaser",
        article(LEAD, "Bridge", json_ld('"wordCount": 1310')),
    ),
    HardPage(
        "teaser-long-and-cut",
        "teaser",
        article(
            LONG + "<p>The engineers who had warned of it were …</p>",
            "Report",
            json_ld('"isAccessibleForFree": false'),
        ),
    ),
    HardPage(
        "consent-french",
        "consent",
        page(
            "<div><h1>Votre vie privée</h1><p>Avec votre consentement, nous et nos partners"
            " utilisons des cookies et le tracking. Vous pouvez accepter les cookies ou donner"
            " votre consentement plus tard.</p><button>Tout accepter</button></div>"
        ),
    ),
    HardPage(
        "consent-polish",
        "consent",
        page(
            "<h1>Szanowny Użytkowniku</h1><p>Za Twoją zgodą my i nasi partnerzy używamy plików"
            " cookie i przetwarzamy dane osobowe. Zgodę możesz w każdej chwili wycofać.</p>"
        ),
    ),
    HardPage(
        "consent-or-pay-french",
        "consent",
        page(
            "<div id='choix'><h2>Lire avec ou sans publicité : c'est vous qui choisissez</h2>"
            "<p>Vous pouvez lire gratuitement si vous acceptez les traceurs, ou soutenir notre"
            " rédaction en vous abonnant dès deux euros.</p><p>Avec votre accord, nos 640"
            " partenaires et nous lisons ce qui se trouve sur votre appareil pour vous montrer une"
            " publicité qui vous ressemble. Vous changez d'avis quand vous voulez.</p>"
            "<button>Accepter et continuer</button><a href='/abo'>S'abonner</a></div>"
        ),
    ),
    HardPage(
        "consent-or-pay-spanish",
        "consent",
        page(
            "<section><h2>Elige cómo quieres leernos</h2><p>Puedes leer gratis si nos dejas usar lo"
            " que sabemos de ti, o pagar dos euros al mes y que nadie te siga. El periodismo que"
            " hacemos para ti cuesta dinero, y así nos ayudas a pagarlo.</p><p>Nosotros y nuestros"
            " 512 colaboradores mediremos tus visitas y te mostraremos anuncios a tu medida."
            " Cambia tu elección cuando quieras.</p>"
            "<a role='button' href='#'>Aceptar y seguir</a></section>"
        ),
    ),
    HardPage(
        "moves-on-at-once",
        "redirect",
        page("", '<meta http-equiv="refresh" content="0; url=https://news.courier.example/b">'),
    ),
    HardPage(
        "moves-on-while-it-is-read",
        "redirect",
        article(
            LEAD, "This page has moved", "<meta http-equiv='Refresh' content=\"8;URL='/new/b'\">"
        ),
    ),
    HardPage(
        "ad-blocker-german",
        "notice",
        page(
            "<h1>Bitte schalten Sie Ihren Werbeblocker aus</h1><p>Wir bezahlen unsere Redaktion mit"
            " Anzeigen, und weil Ihr Browser sie zurückhält, können wir Ihnen den Beitrag leider"
            " nicht zeigen.</p><p>Und so lesen Sie weiter: Klicken Sie auf das Zeichen des"
            " Blockers, erlauben Sie unsere Seite und laden Sie sie neu. Oder lesen Sie uns ohne"
            " Anzeigen, mit einem Abo, das Sie jederzeit beenden.</p>"
        ),
    ),
    HardPage(
        "waits-and-reloads",
        "notice",
        page(
            "<h1>One moment</h1><p>Many people want to read us just now, so we let you in one after"
            " the other. This page reloads itself every ten seconds, and you do not need to do"
            " anything: please keep your window open, since we give your place away if you close"
            " it.</p><p>We thank you for your patience and will see you in a minute.</p>",
            "<meta http-equiv='refresh' content='10'>",
        ),
    ),
    HardPage(
        "board-of-departures",
        "thin",
        page(
            "<h1>Departures</h1><table>"
            + "".join(
                f"<tr><td>{h}:05</td><td>Pier {h}</td><td>Isle</td><td>On time</td></tr>"
                for h in range(6, 22)
            )
            + "</table><p>The board reloads itself every minute.</p>",
            "<meta http-equiv='refresh' content='60'>",
        ),
    ),
    HardPage(
        "teaser-with-a-price",
        "teaser",
        article(
            LEAD
            + "<div><h2>Subscribe to continue</h2><p>All you can read for £1 a week.</p></div>",
            "Bridge",
        ),
    ),
    HardPage(
        "teaser-italian",
        "teaser",
        article(
            "<p>Il cantiere è fermo da sette mesi, e nessuno in Regione sa dire quando i lavori"
            " riprenderanno né chi pagherà la differenza.</p><p>Il sindaco ha convocato le imprese"
            " per lunedì, e ha chiesto al governo di mandare qualcuno che possa decidere.</p>"
            "<div><p>Questo articolo è riservato agli abbonati</p><p>Abbonati per"
            " leggere tutto l'articolo a 1 € al mese</p></div>",
            "Il porto fermo",
        ),
    ),
    HardPage(
        "consent-by-host",
        "consent",
        page("<h1>Before you continue</h1><p>Choose what you agree to.</p>"),
        "https://consent.google.com/ml?continue=https://courier.example/",
    ),
    HardPage(
        "bot-check-in-words",
        "blocked",
        page("<h1>Courier</h1><p>Please verify you are a human to go on. Ref 7f3a</p>"),
    ),
    HardPage(
        "bot-check-russian",
        "blocked",
        page("<p>Похоже, запросы шлёт программа.</p>", title="Подтвердите, что вы не робот"),
    ),
    HardPage(
        "bot-check-that-blames-an-ad-blocker",
        "blocked",
        page("<p>Please enable JS and disable any ad blocker</p>", title="courier.example"),
    ),
    HardPage(
        "kept-from-a-region",
        "blocked",
        page("<p>This site is currently unavailable to visitors from the European Union.</p>"),
    ),
    HardPage("rate-limit", "blocked", page("<p>Slow down.</p>"), status=429),
    HardPage(
        "shell-of-scripts",
        "js_shell",
        page("<div id='content'></div>" + "<script src='/a.js'></script>" * 4),
    ),
    HardPage(
        "shell-that-asks",
        "js_shell",
        page("<main><p>Please enable JavaScript to read this site.</p></main>"),
    ),
    HardPage(
        "login-spanish",
        "login",
        page("<h1>Iniciar sesión</h1><form><input name='u'></form><p>Bienvenido.</p>"),
    ),
    HardPage(
        "login-with-offer",
        "login",
        page(
            "<h1>Log in to continue</h1><p>Use the address that you gave when you joined the"
            " reading club of the Courier.</p><form><input name='m'></form>",
            title="Log in | Courier",
        ),
    ),
    HardPage("front-page", "listing", page(cards(14)), "https://courier.example/"),
    HardPage(
        "list-of-openings",
        "listing",
        page(
            "".join(
                f"<article><h2><a href='/p/{number}'>Story {number}</a></h2>"
                f"<p>On day {number} this was new: {text}</p></article>"
                for number, text in enumerate(PARAGRAPHS * 2)
            ),
            title="Local news",
        ),
    ),
    HardPage(
        "section",
        "listing",
        page(f"<main><h1>Economy</h1>{cards(9)}</main>", json_ld('"name": "E"', "CollectionPage")),
        "https://courier.example/category/economy",
    ),
    HardPage(
        "live-by-json-ld",
        "live",
        article(STORY, "Vote", json_ld('"headline": "Vote"', "LiveBlogPosting")),
    ),
    HardPage(
        "live-by-entries",
        "live",
        article(
            "".join(f"<p>1{n}:2{n}</p><p>{text}</p>" for n, text in enumerate(PARAGRAPHS * 2)),
            "Vote on the railway: live",
        ),
    ),
    HardPage(
        "soft-404",
        "error",
        page(
            f"<h1>Sorry, the page you were looking for could not be found</h1>{cards(4)}",
            title="Courier",
        ),
    ),
    HardPage(
        "soft-404-of-a-story",
        "error",
        page("<h1>This story is no longer available</h1><p>Read our latest news.</p>"),
    ),
    HardPage(
        "soft-404-german", "error", page("<h1>Seite nicht gefunden</h1><p>Zur Startseite.</p>")
    ),
    HardPage("gone", "error", article(LEAD, "Bridge"), status=410),
    HardPage("nothing-in-it", "empty", page("<img src='/a.png'>", title="")),
    HardPage(
        "hidden-from-readers",
        "teaser",
        article(
            LEAD,
            "Bridge",
            json_ld('"isAccessibleForFree": false, "articleBody": "' + "Kept back. " * 90 + '"'),
        ),
    ),
    HardPage(
        "video-host",
        "video",
        article(STORY, "Talks in full"),
        "https://www.youtube.com/watch?v=abc",
    ),
    *(
        HardPage(f"editor-of-{name}", "js_shell", article(STORY, "Minutes"), url)
        for name, url in (
            ("a-document", "https://docs.google.com/document/d/1a-B_c/edit?usp=sharing"),
            ("a-document-of-a-company", "https://docs.google.com/a/x.example/document/d/1a/view"),
            ("a-document-in-an-editor", "https://docs.google.com/document/d/1a/edit/"),
            ("a-template", "https://docs.google.com/document/d/1a/template/preview"),
            ("a-document-without-more", "https://docs.google.com/document/u/1/d/1a/"),
            ("a-spreadsheet", "https://docs.google.com/spreadsheets/d/1a/edit#gid=0"),
            ("slides", "https://docs.google.com/presentation/d/1a/preview"),
            ("a-file", "https://drive.google.com/file/d/1a/view?usp=drive_link"),
            ("a-folder", "https://drive.google.com/drive/u/0/folders/1a"),
        )
    ),
]
