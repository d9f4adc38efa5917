import asyncio
from datetime import UTC, datetime, timedelta

from bot.tasks import loops
from bot.tasks.loops import every, running
from tests.bot.harness import until


async def test_what_fails_is_logged_and_tried_again(logged):
    runs = []

    async def fails() -> None:
        runs.append(True)
        raise ZeroDivisionError

    async with running(every(0.01, fails, failed="work_failed")):
        await until(lambda: len(runs) >= 3)

    assert {event["event"] for event in logged} == {"work_failed"}


async def test_a_clock_that_is_set_back_stops_no_loop(monkeypatch):
    runs, ago = [], timedelta()

    class Shifted(datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime.now(UTC) - ago

    monkeypatch.setattr(loops, "datetime", Shifted)
    monkeypatch.setattr("discord.utils.compute_timedelta", lambda dt: max((dt - Shifted.now()).total_seconds(), 0))

    async def work() -> None:
        runs.append(True)

    async with running(every(0.05, work, failed="work_failed")):
        await asyncio.sleep(0.12)
        ago, before = timedelta(hours=1), len(runs)
        await until(lambda: len(runs) >= before + 3)
