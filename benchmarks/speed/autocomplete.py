"""How soon names are suggested while somebody types, and what reading them anew costs meanwhile.

    python -m benchmarks.speed.autocomplete [--names 100000]

The names are made up: two or three words out of syllables, a tenth of them with accents.
"""

import argparse
import asyncio
import json
import random
import time
from collections.abc import Iterator
from statistics import quantiles

from bot.services.name_directory import NameDirectory
from bot.services.worker import Worker

SYLLABLES = (
    "ba bel cor da den el fa gar ha il jo ka lem ma nor ol pe quin ro sa ter ul va wen xi ya zo é ß ñu ø".split()
)
OWNERS = frozenset({"operator", "guild:1"})


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--names", type=int, default=100_000)
    print(json.dumps(asyncio.run(measure(parser.parse_args().names)), indent=1))


async def measure(count: int) -> dict[str, float]:
    """Return the milliseconds of suggestions out of `count` names, and what reading them again costs."""
    rng = random.Random(7)
    counted = {"operator": dict(names(rng, count)), "guild:1": dict(names(rng, 200))}
    worker = Worker(threads=1, queue=10, limit=60)
    directory = NameDirectory(lambda: counted, worker, freshness=1e9)
    begun = time.perf_counter()
    await directory.refresh()
    read = time.perf_counter() - begun
    typed = [name[:length] for name in rng.sample(sorted(counted["operator"]), 500) for length in range(1, 6)]
    times = [suggested(directory, text) for text in typed]
    counted["operator"] = {**counted["operator"], "One More": 1}
    reading = asyncio.create_task(directory.refresh())
    late = await lateness(reading)
    worker.close()
    cuts = quantiles(times, n=100)
    return {
        "names": len(counted["operator"]),
        "median_ms": round(cuts[49], 2),
        "p95_ms": round(cuts[94], 2),
        "worst_ms": round(max(times), 2),
        "read_anew_s": round(read, 2),
        "event_loop_late_meanwhile_ms": round(late, 1),
    }


def names(rng: random.Random, count: int) -> Iterator[tuple[str, int]]:
    """Yield made-up names with counts."""
    for _ in range(count):
        words = ("".join(rng.choices(SYLLABLES, k=rng.randint(2, 4))).title() for _ in range(rng.randint(2, 3)))
        yield " ".join(words), rng.randint(1, 500)


def suggested(directory: NameDirectory, typed: str) -> float:
    """Return the milliseconds of one suggestion."""
    begun = time.perf_counter()
    directory.suggest(typed, OWNERS)
    return (time.perf_counter() - begun) * 1000


async def lateness(work: asyncio.Task[None]) -> float:
    """Milliseconds that the event loop came too late, at worst, until `work` was done."""
    worst = 0.0
    while not work.done():
        begun = time.perf_counter()
        await asyncio.sleep(0.005)
        worst = max(worst, time.perf_counter() - begun - 0.005)
    return worst * 1000


if __name__ == "__main__":
    main()
