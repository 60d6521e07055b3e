"""Pages of our own that are no article, and near-misses that are one.

Each is written for a kind, in several languages and by several makers' habits, so that a rule
which only knows one page of a kind fails.
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
]

NEAR_MISSES = [
    HardPage(
        "about-paywalls",
        "article",
        article(
            "".join(
                f"<p>{text}</p>"
                for text in (
                    (
                        "The Courier will ask its readers to subscribe to continue reading after"
                        " five articles a month, its publisher told the staff on Tuesday at a"
                        " meeting that lasted for three hours and ended without a vote."
                    ),
                    (
                        "A spokesman for the union said that the paywall came too early, and that"
                        " the paper should first win back those who left when prices were raised."
                    ),
                    (
                        "Two other papers of the region tried the same last year. One of them gave"
                        " it up after losing half of its visitors; the other says it earns more."
                    ),
                )
            ),
            "Courier to put up a paywall",
        ),
    ),
    HardPage(
        "full-behind-a-wall",
        "article",
        article(
            f"<div class='paywall'>{LONG}</div>",
            "Report",
            json_ld('"isAccessibleForFree": false, "wordCount": 390'),
        ),
    ),
    HardPage(
        "with-login-and-offers",
        "article",
        page(
            "<header><a href='/login'>Log in</a> <a href='/sub'>Subscribe now</a>"
            " <p>Already a subscriber? Sign in</p></header>"
            f"<article><h1>Bridge</h1>{STORY}</article>"
            "<form><input type='password'></form>"
        ),
    ),
    HardPage(
        "about-logging-in",
        "article",
        article(STORY, "Thousands can't log in to their bank after update"),
    ),
    HardPage("about-a-search", "article", article(STORY, "Missing hiker not found after search")),
    HardPage(
        "with-cookie-dialog",
        "article",
        page(
            "<div role='dialog'><p>We use cookies. Accept all or reject all. Our partners need"
            f" your consent. Privacy policy.</p></div><article><h1>Bridge</h1>{STORY}</article>"
        ),
    ),
    HardPage(
        "short-item",
        "article",
        article(f"<p>{ITEM} The line stays closed until noon, and buses run instead.</p>", "Crash")
        .replace("<head>", "<head>" + json_ld('"headline": "Crash"')),
    ),
    HardPage(
        "with-live-video",
        "article",
        article(
            "<div class='player'><span>LIVE</span><p>Watch live: 10:30 press conference</p></div>"
            + STORY,
            "Ministers agree on railway",
            json_ld('"headline": "Ministers agree on railway"'),
        ),
    ),
    HardPage(
        "with-many-related-links",
        "article",
        page(f"<article><h1>Bridge</h1>{STORY}</article><aside>{cards(20)}</aside>"),
    ),
    HardPage(
        "list-of-tips-with-text",
        "article",
        article(
            "".join(f"<h2><a href='/{n}'>Tip {n}</a></h2>{LEAD}" for n in range(1, 7)),
            "Six ways to cross the border",
        ),
    ),
    HardPage(
        "with-scripts-and-a-root",
        "article",
        page(f"<div id='root'><article><h1>Bridge</h1>{STORY}</article></div>"
             + "<script src='/a.js'></script>" * 9
             + "<noscript>You need to enable JavaScript to comment.</noscript>"),
    ),
    HardPage(
        "text-in-json-ld-alone",
        "article",
        page(
            "<div id='app'></div>",
            json_ld('"articleBody": "' + "\\n".join(PARAGRAPHS).replace('"', "'") + '"'),
        ),
    ),
    HardPage(
        "about-captchas",
        "article",
        article(STORY + "<p>“Please verify you are a human,” said the gate.</p>", "I am a robot"),
    ),
    HardPage(
        "chinese",
        "article",
        article(
            "".join(
                f"<p>{text}</p>"
                for text in (
                    "两国交通部长周一同意，如果检查人员在五月底之前批准磨坊街大桥，北部铁路线将在六月一日之前重新开放。",
                    "“我们不会单独支付这座桥的费用，”交通部长在会谈结束后说，会谈持续了四个小时，在边境城市的车站举行。",
                    "自去年十月一艘驳船撞上大桥以来，这条线路一直关闭，旅客需要乘坐九十分钟的公共汽车。",
                )
            ),
            "部长们将于五月再次会面",
        ),
    ),
    HardPage("forbidden-but-whole", "article", article(LONG, "Report"), status=403),
]  # fmt: skip
