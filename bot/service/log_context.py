"""Adds to each line of the log which request it is about."""

from contextlib import AbstractContextManager

from structlog.contextvars import bound_contextvars


def about(mention: str) -> AbstractContextManager[None]:
    """Lines logged in the block, and by tasks started there, have the mention's key."""
    return bound_contextvars(mention=mention)
