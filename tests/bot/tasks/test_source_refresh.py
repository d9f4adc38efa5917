import asyncio
import os
import sys
import time
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.tasks.source_refresh import refresh_command, refreshing

SUMMARY = '{"event": "summary", "new": 2, "failed": 1}'
FAILED = '{"event": "failed", "source": 7, "address": "https://outside.example/a", "reason": "took too long"}'


def program(text: str) -> list[str]:
    return [sys.executable, "-S", "-c", text]


async def until(condition: "object", seconds: float = 20.0) -> None:
    end = time.monotonic() + seconds
    while not condition():  # type: ignore[operator]
        assert time.monotonic() < end, "it never happened"
        await asyncio.sleep(0.02)


async def test_what_is_due_is_refreshed_and_the_log_says_what_came_of_it(tmp_path: Path) -> None:
    done = tmp_path / "done"
    command = program(f"print({FAILED!r}); print({SUMMARY!r}); open({str(done)!r}, 'w')")
    with capture_logs() as told:
        async with refreshing(lambda: not done.exists(), command, pause=0.01):
            await until(lambda: len(told) == 2)
            await asyncio.sleep(0.1)
    assert [line["event"] for line in told] == ["source_failed", "sources_refreshed"]
    assert told[0]["address"] == "https://outside.example/a"
    assert (told[1]["new"], told[1]["failed"]) == (2, 1)


async def test_nothing_is_started_while_nothing_is_due(tmp_path: Path) -> None:
    looks: list[None] = []
    started = tmp_path / "started"
    async with refreshing(lambda: looks.append(None), program(f"open({str(started)!r}, 'w')"), pause=0.01):
        await until(lambda: len(looks) > 5)
    assert not started.exists()


async def test_a_refresh_that_breaks_is_tried_again_after_longer_and_longer_pauses(tmp_path: Path) -> None:
    starts = tmp_path / "starts"
    command = program(f"import sys; open({str(starts)!r}, 'a').write('x'); sys.exit('broken')")
    with capture_logs() as told:
        async with refreshing(lambda: True, command, pause=0.05):
            await until(lambda: len(told) == 3)
    assert starts.read_text() == "xxx"
    assert all("ended early" in line["reason"] for line in told)


async def test_stopping_the_bot_stops_the_refresh(tmp_path: Path) -> None:
    number = tmp_path / "pid"
    command = program(f"import os, time; open({str(number)!r}, 'w').write(str(os.getpid())); time.sleep(60)")
    async with refreshing(lambda: True, command, pause=0.01):
        await until(lambda: number.exists() and number.read_text())
    with pytest.raises(ProcessLookupError):
        os.kill(int(number.read_text()), 0)


async def test_the_refresh_gives_way_to_the_bot_and_knows_no_token(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", "secret")
    seen = tmp_path / "seen"
    command = program(
        "import os, time\ntime.sleep(0.3)\n"
        f"open({str(seen)!r}, 'w').write(f\"{{os.nice(0)}} {{os.environ.get('DISCORD_TOKEN')}}.\")\ntime.sleep(60)"
    )
    async with refreshing(lambda: True, command, pause=0.01):
        await until(lambda: seen.exists() and seen.read_text().endswith("."))
    niceness, token = seen.read_text().split()
    assert (int(niceness) >= 10, token) == (True, "None.")


async def test_the_bot_goes_on_answering_while_a_refresh_is_at_work() -> None:
    longest = 0.0
    async with refreshing(lambda: True, program("while True: pass"), pause=0.01):
        for _ in range(30):
            began = time.monotonic()
            await asyncio.sleep(0.01)
            longest = max(longest, time.monotonic() - began)
    assert longest < 1


def test_the_command_names_the_bots_own_archive(tmp_path: Path) -> None:
    assert refresh_command(tmp_path)[-2:] == ["--data", str(tmp_path)]


async def test_what_a_refresh_left_running_ends_with_it(tmp_path: Path) -> None:
    number = tmp_path / "pid"
    child = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(60)"
    command = program(
        "import subprocess, sys, time\n"
        f"child = subprocess.Popen([sys.executable, '-S', '-c', {child!r}])\n"
        f"open({str(number)!r}, 'w').write(str(child.pid) + '.')\ntime.sleep(60)"
    )
    async with refreshing(lambda: True, command, pause=0.01):
        await until(lambda: number.exists() and number.read_text().endswith("."))
    await until(lambda: ended(int(number.read_text()[:-1])))


def ended(pid: int) -> bool:
    try:
        return "\nState:\tZ" in Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return True


async def test_a_line_without_end_does_not_stop_the_looking(tmp_path: Path) -> None:
    starts = tmp_path / "starts"
    command = program(f"open({str(starts)!r}, 'a').write('x'); print('x' * 3_000_000)")
    with capture_logs() as told:
        async with refreshing(lambda: True, command, pause=0.01):
            await until(lambda: starts.exists() and len(starts.read_text()) > 1)
    assert told[0]["event"] == "sources_not_refreshed"
