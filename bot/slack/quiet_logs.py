"""Which log lines of Slack's libraries would put people's words into the operator's log?

Bolt logs the whole body of a request with a bad signature, and the warnings about unhandled
requests print theirs; the client prints what it sends at DEBUG.
"""

import logging
import re

_SHOWS_A_BODY = re.compile(r"Invalid request signature|Unhandled request|Skipped self event|body:")
_LIBRARIES = ("slack_sdk", "slack_bolt")


class WithoutBodies(logging.Filter):
    """Keeps the fact, drops the words."""

    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        if found := _SHOWS_A_BODY.search(message):
            record.msg, record.args = f"{message[: found.end()]} (left out)", None
        return True


def quiet(logger: logging.Logger) -> logging.Logger:
    """``logger`` without bodies, and Slack's libraries without their DEBUG lines."""
    if not any(isinstance(each, WithoutBodies) for each in logger.filters):
        logger.addFilter(WithoutBodies())
    for name in _LIBRARIES:
        logging.getLogger(name).setLevel(max(logging.INFO, logging.getLogger().level))
    return logger
