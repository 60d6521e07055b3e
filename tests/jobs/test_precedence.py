import asyncio

from bot.jobs.precedence import Precedence


async def test_a_reply_waits_until_the_last_one_who_asked_has_a_sign() -> None:
    precedence, heard = Precedence(), list[str]()

    async def reply() -> None:
        await precedence.turn()
        heard.append("reply")

    with precedence.first():
        with precedence.first():
            replying = asyncio.create_task(reply())
            await asyncio.sleep(0)
        heard.append("sign")
        await asyncio.sleep(0)
    await replying

    assert heard == ["sign", "reply"]


async def test_a_reply_goes_on_at_once_when_nobody_asks() -> None:
    precedence = Precedence()
    with precedence.first():
        pass

    async with asyncio.timeout(1):
        await precedence.turn()
