"""How long an ingest takes, and whether one that is killed again and again ends with the same archive.

`time` ingests into a new archive, then once more (nothing should be left to do). `kill` ingests once undisturbed, then
into a second archive with SIGKILL at random moments, goes on each time, and compares what the two hold.
"""

import argparse
import json
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np

from retrieval.store.archive import FILE, Archive

ARTICLES = (
    "SELECT owner, id, version, title, text, authors, publisher, published, content_hash FROM articles ORDER BY id"
)
UNITS = """
    SELECT articles.id, start, "end", context, digest, kind, utterance, speaker_name, speaker_role, confidence
    FROM units JOIN articles ON seq = article JOIN vectors ON vectors.unit = units.id
    LEFT JOIN quotations ON quotations.unit = units.id ORDER BY articles.id, units.id
"""
WORDS = "SELECT term, doc, cnt FROM temp.words ORDER BY term"
VECTORS = (
    "SELECT vector FROM vectors JOIN units ON units.id = unit JOIN articles ON seq = article ORDER BY articles.id, unit"
)


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=["time", "kill"])
    parser.add_argument("paths", nargs="+", type=Path, help="files and folders to ingest")
    parser.add_argument("--kills", type=int, default=10, help="how often to kill (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=0, help="decides the moments (default: %(default)s)")
    parser.add_argument("--data", type=Path, help="work in this folder, and leave the archives there")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.data or Path(temporary)
        if options.what == "time":
            take_time(folder, options.paths)
        else:
            kill(folder, options.paths, options.kills, random.Random(options.seed))


def take_time(folder: Path, paths: list[Path]) -> None:
    """Ingest twice, and print how long each run took."""
    for name in ("first run", "second run"):
        started = time.perf_counter()
        last = run(folder, paths)
        print(f"{name}: {time.perf_counter() - started:.1f} s, {json.dumps(last)}")


def run(folder: Path, paths: list[Path]) -> dict[str, object]:
    """The summary of an ingest that is left in peace."""
    result = subprocess.run(command(folder, paths), stdout=subprocess.PIPE, text=True, check=False)
    summary: dict[str, object] = json.loads(result.stdout.splitlines()[-1])
    return summary


def command(folder: Path, paths: list[Path]) -> list[str]:
    """Return the command line of an ingest."""
    return [sys.executable, "-m", "cli", "ingest", "--json", "--data", str(folder), *map(str, paths)]


def kill(folder: Path, paths: list[Path], kills: int, dice: random.Random) -> None:
    """Ingest into two archives, the second one killed again and again, and compare them."""
    whole, cut = folder / "whole", folder / "cut"
    started = time.perf_counter()
    print("undisturbed:", run(whole, paths))
    seconds = time.perf_counter() - started
    reported: set[str] = set()
    for number in range(kills):
        moment = dice.uniform(0, 2 * seconds / kills)
        reported |= run_until(cut, paths, moment)
        held = {line.id for line in Archive.open(cut).listing()}
        lost = reported - held
        print(f"kill {number + 1} after {moment:.1f} s: {len(reported)} reported, {len(held)} held, {len(lost)} lost")
        if lost:
            sys.exit(f"lost: {sorted(lost)[:5]}")
    print("at last:", run(cut, paths))
    compare(whole, cut)


def run_until(folder: Path, paths: list[Path], moment: float) -> set[str]:
    """The ids of the articles that an ingest reported as stored until it was killed."""
    with subprocess.Popen(command(folder, paths), stdout=subprocess.PIPE, text=True) as process:
        try:
            output, _ = process.communicate(timeout=moment)
        except subprocess.TimeoutExpired:
            process.kill()
            output, _ = process.communicate()
    events = [json.loads(line) for line in output.splitlines() if line.endswith("}")]
    return {event["id"] for event in events if event["event"] == "stored"}


def compare(first: Path, second: Path) -> None:
    """Ends the program with status 1 where the archives differ in more than the numbers of their rows."""
    for query in (ARTICLES, UNITS, WORDS):
        if any(one != other for one, other in zip(rows(first, query), rows(second, query), strict=True)):
            sys.exit(f"the archives differ in {query}")
    furthest = np.max(np.abs(vectors(first) - vectors(second)), initial=0.0)
    if furthest > 0.002:  # float16 rounds at the third digit
        sys.exit(f"the vectors differ by {furthest}")
    print("the archives hold the same")


def rows(folder: Path, query: str) -> Iterator[tuple[Any, ...]]:
    """Checks the keyword indexes against the texts too."""
    with closing(sqlite3.connect(folder / FILE)) as connection:
        connection.execute("CREATE VIRTUAL TABLE temp.words USING fts5vocab(main, terms, row)")
        for index in ("terms", "article_terms"):
            connection.execute(f"INSERT INTO {index}({index}, rank) VALUES ('integrity-check', 1)")
        yield from connection.execute(query).fetchall()


def vectors(folder: Path) -> np.ndarray:
    """Return every stored vector, in the order of the articles."""
    return np.stack([np.frombuffer(vector, "<f2").astype(np.float32) for (vector,) in rows(folder, VECTORS)])


if __name__ == "__main__":
    main()
