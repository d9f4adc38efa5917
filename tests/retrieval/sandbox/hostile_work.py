"""Functions that a sandbox has to survive."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from retrieval.errors import ReadError


def process_id() -> int:
    return os.getpid()


def two_and_then_hang() -> Iterator[int]:
    yield 1
    yield 2
    time.sleep(60)


def hold_the_interpreter() -> int:
    return 3 ** (3**20) % 7  # one operation of the interpreter


def start_a_program_and_hang(told: str) -> None:
    program = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    Path(told).write_text(str(program.pid))
    time.sleep(60)


def take_memory() -> int:
    return len([bytearray(1 << 28) for _ in range(64)])


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def divide() -> float:
    return 1 / 0


def refuse() -> None:
    raise ReadError("a.txt", "isn't text")


def environment() -> list[str]:
    return [*os.environ.values(), Path("/proc/self/environ").read_text()]


def willingness_to_go() -> int:
    """What the kernel adds to this process's share of memory when it chooses one to end; -1 where it has no such."""
    file = Path("/proc/self/oom_score_adj")
    return int(file.read_text("ascii")) if file.exists() else -1
