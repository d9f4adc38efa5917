"""`ontherecord playground` as a person starts and ends it, with the real bot on a real archive."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import pytest

SECONDS = 120


@contextmanager
def playground(*arguments, **environment):
    command = [sys.executable, "-m", "cli", "playground", *map(str, arguments)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, env={**os.environ, "OMP_NUM_THREADS": "1", **environment}
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def opened(process) -> str:
    """What is printed until the last line of the welcome."""
    lines = []
    for line in process.stdout:
        lines.append(line)
        if line.startswith("Ctrl-C"):
            break
    return "".join(lines)


def bot_of(process) -> int:
    (bot,) = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    return int(bot)


def ended(pid: int, within: float) -> bool:
    until = time.monotonic() + within
    while time.monotonic() < until:
        try:
            if "Z" in Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]:
                return True
        except FileNotFoundError:
            return True
        time.sleep(0.05)
    return False


needs_proc = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs Linux's /proc")


@needs_proc
@pytest.mark.parametrize("number", [pytest.param(signal.SIGINT, marks=pytest.mark.slow), signal.SIGTERM])
def test_it_closes_cleanly_and_takes_the_bot_with_it(number):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with playground("--no-ingest", "--port", port) as process:
            welcome = opened(process)
            bot = bot_of(process)
            folder = Path(re.search(r"archive lies in (\S+)\.", welcome)[1])
            address = re.search(r"http://127\.0\.0\.1:(\d+)/", welcome)
            assert int(address[1]) != port
            assert "/ask who said the mission isn't over?" in welcome
            assert folder.is_dir()
            process.send_signal(number)
            assert process.wait(20) == 0
            assert ended(bot, 1)
            assert not folder.exists()


@needs_proc
@pytest.mark.slow
def test_the_bot_ends_and_takes_everything_away_even_when_the_playground_is_killed(tmp_path):
    with playground("--no-ingest", TMPDIR=str(tmp_path)) as process:
        opened(process)
        bot = bot_of(process)
        process.kill()
        assert ended(bot, 15)
        assert not list(tmp_path.glob("ontherecord-*"))


@needs_proc
@pytest.mark.slow
def test_it_says_so_when_the_bot_ends():
    with playground("--no-ingest") as process:
        opened(process)
        os.kill(bot_of(process), signal.SIGKILL)
        assert process.wait(20) == 1


@pytest.mark.slow
def test_the_demonstration_ends_well_within_two_minutes():
    started = time.monotonic()
    with playground("--demo") as process:
        shown, _ = process.communicate(timeout=SECONDS)
    assert process.returncode == 0
    assert "Heather Nauert" in shown
    assert time.monotonic() - started < SECONDS


def test_the_demonstration_fails_where_the_archive_says_nothing(tmp_path):
    with playground("--demo", "--data", tmp_path) as process:
        shown, _ = process.communicate(timeout=SECONDS)
    assert process.returncode == 1
    assert "Heather Nauert" not in shown
