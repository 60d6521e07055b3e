"""When is a queue that waits no fault, and when is nobody at work?"""

import pytest

from bot.jobs.queue import Backlog


@pytest.mark.parametrize(
    ("backlog", "is_taken_up"),
    [
        pytest.param(Backlog(0, 0.0, is_anybody_busy=False), True, id="nothing to do"),
        pytest.param(Backlog(1, 0.1, is_anybody_busy=False), True, id="it came just now"),
        pytest.param(Backlog(9, 300.0, is_anybody_busy=True), True, id="those before it take long"),
        pytest.param(Backlog(1, 300.0, is_anybody_busy=False), False, id="nobody works"),
    ],
)
def test_work_may_wait_and_not_while_nobody_does_any(backlog: Backlog, is_taken_up: bool) -> None:
    assert backlog.is_taken_up is is_taken_up
