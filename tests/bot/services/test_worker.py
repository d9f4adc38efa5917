import asyncio
import threading

import pytest

from bot.errors import Busy, ShuttingDown, TookTooLong
from bot.services.worker import Worker
from tests.bot.harness import until


@pytest.fixture
def worker():
    worker = Worker(threads=1, queue=1, limit=0.3, guess=0.1)
    yield worker
    worker.close()


async def test_work_runs_beside_the_event_loop(worker):
    assert await worker.run(threading.get_ident) != threading.get_ident()


async def test_what_the_work_raises_is_raised(worker):
    with pytest.raises(ZeroDivisionError):
        await worker.run(lambda: 1 / 0)


async def test_a_full_queue_says_how_long_it_takes(worker):
    gate = threading.Event()
    running = [asyncio.create_task(worker.run(gate.wait)) for _ in range(2)]
    await asyncio.sleep(0)
    with pytest.raises(Busy) as busy:
        await worker.run(gate.wait)
    gate.set()
    await asyncio.gather(*running)

    assert busy.value.seconds == 1
    assert await worker.run(lambda: "room again") == "room again"


async def test_who_would_wait_in_vain_is_told_at_once_how_long_it_takes():
    worker = Worker(threads=1, queue=50, limit=30, guess=12)
    gate = threading.Event()
    running = [asyncio.create_task(worker.run(gate.wait)) for _ in range(2)]
    await asyncio.sleep(0)
    with pytest.raises(Busy) as busy:
        await worker.run(gate.wait)
    gate.set()
    await asyncio.gather(*running)
    worker.close()

    assert busy.value.seconds == 36


async def test_one_slow_answer_closes_the_door_to_nobody():
    worker = Worker(threads=1, queue=1, limit=0.3, guess=50)
    assert await worker.run(lambda: "come in") == "come in"
    worker.close()


async def test_after_the_limit_the_work_is_given_up_but_its_thread_counts_as_taken(worker):
    gate = threading.Event()
    with pytest.raises(TookTooLong):
        await worker.run(gate.wait)
    waiting = asyncio.create_task(worker.run(lambda: "done"))
    await asyncio.sleep(0)
    with pytest.raises(Busy):
        await worker.run(gate.wait)
    gate.set()

    assert await waiting == "done"


async def test_work_that_was_given_up_before_it_began_never_runs(worker):
    gate, ran = threading.Event(), threading.Event()
    first, second = (asyncio.create_task(worker.run(work)) for work in (gate.wait, ran.set))
    for task in (first, second):
        with pytest.raises(TookTooLong):
            await task
    gate.set()
    await until(lambda: worker.estimate == 1)

    assert not ran.is_set()


async def test_estimates_follow_what_the_work_takes():
    moments = iter(range(0, 1000, 10))
    worker = Worker(threads=1, queue=1, limit=5, clock=lambda: next(moments))
    assert worker.estimate == 1
    for _ in range(20):
        await worker.run(lambda: None)
    worker.close()

    assert worker.estimate == 10


async def test_a_worker_that_refuses_finishes_what_it_has(worker):
    gate = threading.Event()
    running = asyncio.create_task(worker.run(gate.wait))
    await asyncio.sleep(0)
    worker.refuse()
    with pytest.raises(ShuttingDown):
        await worker.run(gate.wait)
    gate.set()

    assert await running


async def test_a_worker_that_abandons_tells_those_who_wait(worker):
    gate = threading.Event()
    running = asyncio.create_task(worker.run(gate.wait))
    await asyncio.sleep(0)
    worker.abandon()
    with pytest.raises(ShuttingDown):
        await running
    gate.set()
