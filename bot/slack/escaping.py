"""How do words from an article, a file name or a model stay words?

Slack reads ``<!channel>``, ``<@user>`` and ``<url|label>`` in every string that it parses, and
makes links of bare addresses. Words go into rich_text elements, which are never parsed, wherever
possible; everywhere else they go through `parsed`.
https://docs.slack.dev/messaging/formatting-message-text/#escaping
"""

from bot.briefing.harmless import harmless


def parsed(words: str) -> str:
    """``words`` for a string that Slack parses: no token, no mention, no address works in it."""
    return escaped(harmless(words))


def escaped(words: str) -> str:
    """``words`` with the three characters escaped that Slack's markup begins with."""
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def shortened(words: str, most: int) -> str:
    """``words`` on one line, cut at a space to at most ``most`` characters, with an ellipsis."""
    line = " ".join(words.split())
    if len(line) <= most:
        return line
    cut = line[: most - 1]
    whole, space, _ = cut.rpartition(" ")
    return f"{whole if space and len(whole) > most // 2 else cut}…"
