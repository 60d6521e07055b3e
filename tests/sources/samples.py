"""Pages of our own, each an imitation of one kind that is met on the web."""

_TEXT = """\
The transport ministers of Arland and Borland agreed on Monday to reopen the northern rail \
line by 1 June, if inspectors clear the bridge at Mill Street before the end of May.
“We will not pay for the bridge alone,” said Dana Oru, Arland’s transport minister, after \
the talks, which lasted four hours and were held in the station of the border town.
Borland denied that it had asked for money, and its minister said that the cost of the \
repair, put at 3.2 million crowns by the engineers, should be shared in equal parts.
The line has been closed since a barge struck the bridge in October, and travellers take a \
bus that needs ninety minutes for the way that the train made in twenty."""

PARAGRAPHS = _TEXT.splitlines()

STORY = "\n".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)


def page(body: str, head: str = "", title: str = "Ministers to meet again in May") -> str:
    return (
        f'<!doctype html><html lang="en"><head><title>{title}</title>{head}</head>'
        f"<body>{body}</body></html>"
    )


def news(body: str = STORY, head: str = "") -> str:
    heading = "<h1>Ministers to meet again in May</h1>"
    return page(
        f"<header><nav>Home News Sport</nav></header><article>{heading}{body}</article>", head
    )


JSON_LD = """<script type="application/ld+json">
{"@context": "https://schema.org", "@graph": [
  {"@type": "WebSite", "name": "The Courier"},
  {"@type": ["NewsArticle"], "headline": "Ministers to meet again in May",
   "datePublished": "2026-04-06T23:30:00-05:00", "publisher": {"name": "The Courier"}}]}
</script>"""

OPEN_GRAPH = """
<meta property="og:title" content="Ministers to meet again in May - Courier &amp; Co">
<meta property="og:site_name" content="Courier &amp; Co">
<meta property="og:type" content="article">
<meta property="article:published_time" content="2026-04-06">"""

CHALLENGE = page("<h1>courier.example</h1><p>Checking your browser.</p>", title="Just a moment...")
CONSENT = page(
    "<div role='dialog'><h1>We value your privacy</h1><p>We and our partners store cookies on your"
    " device. With your consent we and our partners use tracking. You can accept all cookies or"
    " reject all in the privacy settings.</p><button>Accept all</button></div>",
    title="Courier",
)
SHELL = page(
    "<div id='root'></div><noscript>You need to enable JavaScript to run this app.</noscript>"
    "<script src='/a.js'></script>",
    title="Courier",
)
LOGIN = page(
    "<h1>Sign in</h1><form><label>Mail <input name='m'></label><label>Password"
    " <input type='password'></label><button>Go</button></form>",
    title="Sign in | Courier",
)
GONE = page("<h1>Page not found</h1><p>It may have moved.</p>", title="404 | Courier")
THIN = page("<article><p>The bridge will be closed on Monday for repair.</p></article>")
COOKIE_NEWS = page(
    "<article><h1>Court fines shop over cookies</h1>"
    + "".join(
        f"<p>The court in hearing {number} found that the shop had stored cookies before its"
        " visitors could say no, and ordered it to delete what it had collected from them since"
        " the spring. The shop said that it would appeal, and that its banner had been checked"
        " by lawyers twice.</p>"
        for number in range(1, 6)
    )
    + "</article>",
    title="Court fines shop over cookies",
)
