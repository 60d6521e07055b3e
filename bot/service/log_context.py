"""Which request is a line of the log about?"""

from contextlib import AbstractContextManager

from structlog.contextvars import bound_contextvars


def about(mention: str) -> AbstractContextManager[None]:
    """Every line that is written inside, and by tasks that begin inside, has the mention's key."""
    return bound_contextvars(mention=mention)
