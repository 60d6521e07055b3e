"""Articles that look like pages without an article."""

from tests.sources.hard_pages import ITEM, LEAD, LONG, HardPage, article, cards, json_ld
from tests.sources.samples import PARAGRAPHS, STORY, page

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
        "short-and-about-banners",
        "article",
        article(
            "<p>“We use cookies,” say the banners that people accept or reject, and most of them"
            " accept all of it.</p><p>A study by the university of Holm looked at 4,000 banners and"
            " found that two thirds of them break the law on consent.</p><p>The privacy authority"
            " has fined eleven firms. Their partners in advertising call the rules unclear.</p>",
            "Most cookie banners break the law",
        ),
    ),
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
        "about-paying-or-consenting-german",
        "article",
        article(
            "<p>Das Gericht prüft seit Mittwoch, ob Verlage ihre Leser vor die Wahl stellen dürfen,"
            " Cookies zu akzeptieren oder ein Abo abzuschließen. Sie verlangen dafür vier Euro.</p>"
            "<p>Der Kläger hält seine Einwilligung für unwirksam, weil ihr keine freie Entscheidung"
            " vorausging. Die Verlage sagen, ohne Tracking bringe ihre Werbung nur ein Drittel.</p>"
            "<p>Die Behörde für Datenschutz hatte ihnen das Modell unter Auflagen erlaubt.</p>",
            "Zustimmen oder zahlen: Gericht prüft Abos",
        ),
    ),
    HardPage(
        "about-paywalls-in-short-paragraphs",
        "article",
        article(
            "<p>Nine of the twelve papers of the region ask readers to subscribe to continue.</p>"
            "<p>Most of them close the door after five articles and charge £7.50 a month.</p>"
            "<p>“Subscribe now to keep reading is what pays for a court reporter,” says one.</p>"
            "<p>Two thirds of those whom the union asked said that they had stopped reading them."
            "</p><p>A committee is to hear the publishers in December, said its chairman.</p>",
            "Paywalls go up again",
        ),
    ),
    *(
        HardPage(
            f"short-under-{heading.split()[0].lower().strip(',?')}",
            "article",
            article(f"<p>{PARAGRAPHS[0]}</p><p>{PARAGRAPHS[2]}</p>", heading).replace(
                "<title>Courier</title>", f"<title>{heading}</title>"
            ),
        )
        for heading in ("Oops, they did it again", "Are you a robot?", "Welcome back",
                        "Something went wrong", "Access denied")
    ),
    HardPage(
        "reloads-itself",
        "article",
        article(STORY, "Bridge", "<meta http-equiv='refresh' content='600; url=?again=1'>"),
    ),
    HardPage(
        "leads-home-when-it-was-read",
        "article",
        article(STORY, "Bridge", "<meta http-equiv='refresh' content='1800;url=/'>"),
    ),
    HardPage(
        "moves-on-without-scripts",
        "article",
        page(
            "<noscript><meta http-equiv='refresh' content='0;url=/plain'></noscript>"
            f"<article><h1>Bridge</h1>{STORY}</article>"
        ),
    ),
    HardPage(
        "with-a-short-banner-at-the-end",
        "article",
        page(f"<article><h1>Bridge</h1>{STORY}</article><p>We use cookies.</p>"
             "<button>Accept</button>"),
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
    HardPage(
        "round-up-with-links-in-its-headings",
        "article",
        article(
            "".join(
                f"<h2><a href='https://shop.example/{number}'>Kettle {number}</a></h2>{LEAD}{LEAD}"
                for number in range(6)
            ),
            "The best kettles of the year",
        ),
    ),
    HardPage("about-dead-links", "article", article(STORY, "Error 404: why links die")),
    HardPage("about-a-closed-door", "article", article(STORY, "Access denied: press kept out")),
    HardPage(
        "two-paragraphs",
        "article",
        article(f"<p>{PARAGRAPHS[0]}</p><p>{PARAGRAPHS[1]}</p>", "Ministers agree on railway"),
    ),
    HardPage(
        "published-from-an-editor",
        "article",
        article(STORY, "Minutes"),
        "https://docs.google.com/document/d/e/2PACX-1v/pub",
    ),
    HardPage(
        "page-of-an-editor-without-scripts",
        "article",
        article(STORY, "Minutes"),
        "https://docs.google.com/document/d/1a/mobilebasic",
    ),
]  # fmt: skip
