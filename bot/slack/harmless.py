"""How do words from an article, a file name or a model stay words?

Slack reads ``<!channel>``, ``<@user>`` and ``<url|label>`` in every string that it parses, and
makes links of bare addresses. Where words can stand in a rich_text element, which is never
parsed, they do; everywhere else they pass through here.
https://docs.slack.dev/messaging/formatting-message-text/#escaping
"""

import re

_ADDRESS = re.compile(r"(?<=\w)([.@])(?=\w*[^\W\d]\w)|(?<=[:/])(/)(?=/)")
_MENTION = re.compile(r"@(?=(?:channel|here|everyone)\b)")
_UNSEEN = "\u2060"  # WORD JOINER: no width, and no part of an address


def escaped(words: str) -> str:
    """``words`` for a string in which Slack parses nothing but what is in angle brackets."""
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def harmless(words: str) -> str:
    """``words`` for a string that Slack parses: no token, no mention, no address becomes a link."""
    unlinked = _ADDRESS.sub(lambda match: f"{match[0]}{_UNSEEN}", words)
    return escaped(_MENTION.sub(f"@{_UNSEEN}", unlinked))


def shortened(words: str, most: int) -> str:
    """``words`` on one line, cut at a space to at most ``most`` characters, with an ellipsis."""
    line = " ".join(words.split())
    if len(line) <= most:
        return line
    cut = line[: most - 1]
    return f"{cut.rsplit(' ', 1)[0] if ' ' in cut[most // 2 :] else cut}…"
