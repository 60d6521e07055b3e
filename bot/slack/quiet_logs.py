"""Which log lines of Slack's libraries would put people's words into the operator's log?

Bolt logs the whole body of a request with a bad signature, and the warnings about unhandled
requests print theirs; the client prints what it sends at DEBUG.
"""

import logging
import re

# Bolt reads SLACK_BOT_TOKEN by itself, and warns whoever gives it a client of their own.
_ABOUT_NOTHING = "`token` will be unused"
_SHOWS_A_BODY = re.compile(r"Invalid request signature|Unhandled request|Skipped self event|body:")


class WithoutBodies(logging.Filter):
    """Keeps the fact, drops the words."""

    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        if _ABOUT_NOTHING in message:
            return False
        if found := _SHOWS_A_BODY.search(message):
            record.msg, record.args = f"{message[: found.end()]} (left out)", None
        return True


def quiet(name: str) -> logging.Logger:
    """The logger ``name`` without bodies; Bolt makes its own after the pattern of this one."""
    logger = logging.getLogger(name)
    if not any(isinstance(each, WithoutBodies) for each in logger.filters):
        logger.addFilter(WithoutBodies())
    logger.setLevel(max(logging.INFO, logger.getEffectiveLevel()))
    return logger
