import asyncio

import pytest

from bot.errors import Busy, ShuttingDown, TookTooLong
from bot.services.fair_queue import FairQueue


async def take(queue: FairQueue, owner: str, served: list[str], seconds: float = 5.0) -> None:
    async with queue.turn(owner, seconds):
        served.append(owner)
        await asyncio.sleep(0)


async def test_a_guild_that_adds_much_lets_others_have_their_turn_in_between():
    queue, served = FairQueue(per_owner=3, total=9), []
    owners = ["flood", "flood", "flood", "flood", "one", "other"]
    await asyncio.gather(*(take(queue, owner, served) for owner in owners))

    assert served == ["flood", "flood", "one", "other", "flood", "flood"]


async def test_a_guild_may_have_only_so_many_waiting_and_others_still_find_room():
    queue, served = FairQueue(per_owner=2, total=3), []
    async with queue.turn("flood", 5):
        waiting = [asyncio.ensure_future(take(queue, "flood", served)) for _ in range(2)]
        await asyncio.sleep(0)
        with pytest.raises(Busy):
            await take(queue, "flood", served)
        waiting.append(asyncio.ensure_future(take(queue, "other", served)))
        await asyncio.sleep(0)
        with pytest.raises(Busy):
            await take(queue, "third", served)
    await asyncio.gather(*waiting)

    assert served == ["flood", "other", "flood"]


async def test_whoever_waits_too_long_is_told_and_takes_no_turn():
    queue, served = FairQueue(per_owner=2, total=3), []
    async with queue.turn("slow", 5):
        with pytest.raises(TookTooLong):
            await take(queue, "late", served, seconds=0.01)
    await take(queue, "next", served)

    assert served == ["next"]


async def test_a_failure_hands_the_turn_on():
    queue, served = FairQueue(per_owner=2, total=3), []

    async def fails() -> None:
        async with queue.turn("bad", 5):
            await asyncio.sleep(0)
            raise ZeroDivisionError

    failing = asyncio.ensure_future(fails())
    await asyncio.sleep(0)
    await take(queue, "good", served)

    assert served == ["good"]
    with pytest.raises(ZeroDivisionError):
        await failing


async def test_a_queue_that_closes_tells_those_who_wait():
    queue, served = FairQueue(per_owner=2, total=3), []
    async with queue.turn("first", 5):
        waiting = asyncio.ensure_future(take(queue, "second", served))
        await asyncio.sleep(0)
        queue.close()
        with pytest.raises(ShuttingDown):
            await waiting
    with pytest.raises(ShuttingDown):
        await take(queue, "third", served)
