"""What a button or a modal knows of the reply that it stands under."""

from bot.slack.pressed import replied
from tests.fakes import MemoryArchive
from tests.slack.examples import briefing, mention


async def test_nothing_is_shown_of_a_reply_that_has_expired_while_its_modal_is_open() -> None:
    clock = iter((0.0, 0.0, 0.0, 90_000.0, 90_000.0))
    archive, asked = MemoryArchive(1, lambda: next(clock)), mention()
    await archive.record(asked)
    await archive.keep_outcome(asked, briefing())
    assert (await replied(asked.key, archive))[1] == briefing()
    assert await replied(asked.key, archive) == (None, None)
