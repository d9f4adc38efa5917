"""A process of its own stands still, and must end by itself."""

import subprocess
import sys
import time

import pytest

PROGRAM = """
import asyncio, re, time
from bot.tasks.watchdog import watched

async def main():
    async with watched(stalled=1.0, beat=0.2):
        await asyncio.sleep(1.5)
        print("alive", flush=True)
        {work}
        print("late", flush=True)

asyncio.run(main())
"""


@pytest.mark.parametrize("work", ["time.sleep(30)", "re.fullmatch('(a|a)*b', 'a' * 40)"], ids=["waiting", "matching"])
def test_a_process_whose_event_loop_stands_still_ends_and_says_where(work: str) -> None:
    begun = time.monotonic()
    ended = subprocess.run(
        [sys.executable, "-c", PROGRAM.format(work=work)], capture_output=True, text=True, timeout=60, check=False
    )

    assert ended.returncode == 1
    assert ended.stdout.splitlines()[-1] == "alive"
    assert "Timeout (0:00:01)" in ended.stderr
    assert "in main" in ended.stderr
    assert time.monotonic() - begun < 25


def test_a_process_that_works_on_is_left_alone() -> None:
    ended = subprocess.run(
        [sys.executable, "-c", PROGRAM.format(work="await asyncio.sleep(0)")],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert ended.returncode == 0
    assert ended.stdout.splitlines()[-1] == "late"
