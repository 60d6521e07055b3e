import asyncio

from bot.jobs.precedence import Precedence


async def test_a_reply_waits_until_the_last_one_who_asked_has_a_sign() -> None:
    precedence, heard = Precedence(), list[str]()

    async def reply() -> None:
        await precedence.turn("other")
        heard.append("reply")

    with precedence.first("a"):
        with precedence.first("b"):
            replying = asyncio.create_task(reply())
            await asyncio.sleep(0)
        heard.append("sign")
        await asyncio.sleep(0)
    await replying

    assert heard == ["sign", "reply"]


async def test_a_reply_goes_on_at_once_when_nobody_asks() -> None:
    precedence = Precedence()
    with precedence.first("a"):
        pass

    async with asyncio.timeout(1):
        await precedence.turn("other")


async def test_a_reply_never_overtakes_its_own_sign() -> None:
    precedence = Precedence()
    with precedence.first("a"):
        own = asyncio.create_task(precedence.turn("a"))
        done, _ = await asyncio.wait({own}, timeout=0.05)
        assert not done
    await own
