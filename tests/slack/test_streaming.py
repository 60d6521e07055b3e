"""A reply grows in its thread while it is written, and ends as one whole message."""

from dataclasses import replace

from bot.local.state import Message
from bot.ports import Mention
from bot.replies import ThreadReply
from bot.slack.reply import SlackReplies
from bot.slack.streaming import Pace
from tests.slack.conftest import House
from tests.slack.examples import briefing, document, line
from tests.slack.test_replying import shown

START, APPEND, STOP = "chat.startStream", "chat.appendStream", "chat.stopStream"
AT_ONCE = Pace(worth_while=0.0, soon=0.0)
SOURCE = document()
LINES = [line(f"Point {number} stands.", SOURCE) for number in range(6)]


def replies(house: House) -> SlackReplies:
    return SlackReplies(house.client, house.archive, AT_ONCE)


async def asked(house: House, channel: str = "news") -> Mention:
    mention = await house.asked(channel=channel)
    return replace(mention, team=house.slack.person("ann").team)


async def begun(reply: ThreadReply) -> None:
    await reply.begins((SOURCE,), "en")
    await reply.progress("writing")


async def streaming(house: House, mention: Mention, reply: ThreadReply) -> Message:
    """The message that has begun to grow, with one line in it."""
    await begun(reply)
    await reply.line(LINES[0], "key_points")
    return await house.slack.wait_for(lambda: next(iter(house.own(mention.thread)), None))


async def until(house: House, message: Message, words: str) -> None:
    await house.slack.wait_for(lambda: words in str(house.slack.workspace.shapes.message(message)))


async def test_lines_are_shown_as_they_come_and_the_whole_takes_their_place(house: House) -> None:
    mention = await asked(house)
    reply = replies(house).to(mention)
    message = await streaming(house, mention, reply)
    first = str(house.slack.workspace.shapes.message(message))
    assert "Point 0 stands." in first
    assert "Ministers to meet again in May" in first
    for each in LINES[1:]:
        await reply.line(each, "key_points")
        await until(house, message, each.text)
    await reply.done(briefing())

    (only,) = house.own(mention.thread)
    assert only.ts == message.ts
    assert "The two agreed to reopen the line." in shown([only])
    assert "Point 0 stands." not in shown([only])
    assert "task_card" not in shown([only])
    assert (house.called("chat.postMessage"), house.called("chat.update")) == (0, 1)
    assert house.slack.status(mention.thread) is None
