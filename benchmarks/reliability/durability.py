"""Kill an archive's processes at random moments, fill its disk, and make it read-only; then look what is left.

After each time it must hold: no article that was told to be stored is lost, none is there by half, every citation is
verbatim, the index is that of the store, and nothing that was purged can be read in the file. `full` and `read-only`
mount a small disk in memory, which needs root.
"""

import argparse
import multiprocessing
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path

from benchmarks.reliability.durability_check import Ledger, faults
from benchmarks.reliability.durability_life import Message, live
from retrieval.errors import ArchiveError

USUAL = {"ingest": 1.5, "refresh": 1.5, "delete": 0.02, "purge": 0.1, "snapshot": 0.02}
"""Seconds that each work takes at first; what it is seen to take counts from then on."""

SIZES = range(1400, 4400, 300)
"""KiB that the small disk is given, one after another."""
WORKS = 40  # at most until it is full


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["kill", "full", "read-only"])
    parser.add_argument("--times", type=int, default=200, help="of kills (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=1, help="decides what happens and when (default: %(default)s)")
    options = parser.parse_args()
    dice = random.Random(options.seed)
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        match options.what:
            case "kill":
                started = time.monotonic()
                killed = kill(folder, options.times, dice)
                print(f"killed in {dict(killed)}; {time.monotonic() - started:.0f} s; nothing was lost")
            case "full":
                with small_disk(folder) as disk:
                    print(f"full {fill(disk, dice)} times; nothing was lost")
            case "read-only":
                with small_disk(folder) as disk:
                    print(f"told: {lock(disk, dice)}; nothing was lost")


def kill(folder: Path, times: int, dice: random.Random) -> Counter[str]:
    """How many kills fell into each kind of work. Ends the program where something is wrong."""
    ledger, killed, usual = Ledger(), Counter[str](), dict(USUAL)
    for number in range(times):
        killed[cut_short(folder, ledger, usual, dice)] += 1
        if wrong := faults(folder, ledger):
            sys.exit(f"after kill {number + 1} in {dict(killed)}: {wrong}")
    return killed


def cut_short(folder: Path, ledger: Ledger, usual: dict[str, float], dice: random.Random) -> str:
    """Let a process live, kill it within its first work or soon after, and return in which work it was."""
    context = multiprocessing.get_context("fork")  # imports anew would take most of the time
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=life, args=(folder, dice.randrange(10**9), theirs))
    process.start()
    theirs.close()
    messages = [ours.recv()]
    if messages[0].work in ("ingest", "refresh") and dice.random() < 0.7:  # else most would fall before the storing
        messages.append(ours.recv())
    started = time.monotonic()
    process.join(dice.uniform(0, 1.2 * usual[messages[0].work]))
    process.kill()
    process.join()
    messages += heard(ours)
    for message in messages:
        ledger.take(message)
    if any(message.kind == "did" and message.work == messages[0].work for message in messages):
        usual[messages[0].work] = min(usual[messages[0].work], time.monotonic() - started)
    else:
        usual[messages[0].work] *= 1.1
    last: Message = messages[-1]
    return "between" if last.kind == "did" else last.work


def life(folder: Path, seed: int, tell: Connection) -> None:
    """Work on an archive until this process is killed, reporting through a pipe."""
    live(folder, seed, tell.send)


def heard(pipe: Connection) -> Iterator[Message]:
    """Yield the messages of a pipe until it is closed."""
    try:
        while True:
            yield pipe.recv()
    except EOFError:
        return


@contextmanager
def small_disk(folder: Path, size: str = "1m") -> Iterator[Path]:
    """A disk in memory. Ends the program where this user may mount none."""
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)], check=False)
    if mounted.returncode:
        sys.exit("no disk can be mounted here; it needs root")
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def remount(disk: Path, option: str) -> None:
    """Mount the disk again with an option, such as `ro`."""
    subprocess.run(["mount", "-o", f"remount,{option}", str(disk)], check=True)


def fill(disk: Path, dice: random.Random) -> int:
    """Work until the disk is full, look, give it some more space, and go on. How often it was full."""
    ledger, full = Ledger(), 0
    for more in SIZES:
        try:
            live(disk, dice.randrange(10**9), ledger.take, works=WORKS)
        except ArchiveError as error:
            full += 1
            if "is full" not in str(error):
                sys.exit(f"a full disk was told as: {error}")
        remount(disk, f"size={more}k")
        if wrong := faults(disk, ledger):
            sys.exit(f"before a size of {more} KiB: {wrong}")
    return full


def lock(disk: Path, dice: random.Random) -> str:
    """What is told when the disk of an archive can't be written."""
    ledger = Ledger()
    remount(disk, "size=64m")
    live(disk, dice.randrange(10**9), ledger.take, works=20)
    remount(disk, "ro")
    told = "nothing"
    try:
        live(disk, dice.randrange(10**9), ledger.take, works=200)
    except ArchiveError as error:
        told = str(error)
    remount(disk, "rw")
    if wrong := faults(disk, ledger):
        sys.exit(str(wrong))
    return told


if __name__ == "__main__":
    main()
