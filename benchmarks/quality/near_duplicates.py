"""Find the copies among articles as the archive does, and hold them against pairs that were labelled by hand.

The articles are stored, without quotations and vectors, in an archive that is thrown away. Two articles count as found
where they are in one group; a pair that wasn't labelled counts as no duplicate.
"""

import argparse
import json
import tempfile
import time
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

from retrieval.domain import OPERATOR, EmbeddingModel
from retrieval.readers.files import read_path
from retrieval.store.archive import Archive
from retrieval.store.near_duplicates import duplicate_groups, owned_by
from retrieval.store.records import AnalysedArticle
from retrieval.store.sqlite.database import read_transaction
from training.delivery import DATA

LABELS = DATA / "duplicates_bbc.jsonl"

Pair = frozenset[str]


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", type=Path, help="JSON Lines")
    parser.add_argument(
        "--labels", type=Path, default=LABELS, help="pairs `a`, `b`, `duplicate` (default: %(default)s)"
    )
    parser.add_argument("--show", action="store_true", help="print the pairs that went wrong")
    options = parser.parse_args()
    labelled = {frozenset((row["a"], row["b"])): row["duplicate"] for row in rows(options.labels)}
    with tempfile.TemporaryDirectory() as folder:
        archive = Archive.open(Path(folder))
        seconds = store(archive, options.articles)
        found = set(pairs(archive))
        archive.close()
    duplicates = {pair for pair, duplicate in labelled.items() if duplicate}
    report(found, duplicates, len(labelled), seconds)
    if options.show:
        for name, wrong in (("found wrongly", found - duplicates), ("missed", duplicates - found)):
            for pair in sorted(sorted(pair) for pair in wrong):
                print(name, *pair)


def rows(file: Path) -> Iterator[dict[str, Any]]:
    """Yield the objects of a JSON Lines file."""
    for line in file.read_text("utf-8").splitlines():
        yield json.loads(line)


def store(archive: Archive, file: Path) -> list[float]:
    """The seconds that each article took."""
    seconds = []
    for article in read_path(file):
        if isinstance(article, Exception):
            raise article
        started = time.perf_counter()
        archive.put(AnalysedArticle(article, [], article.id, 1, EmbeddingModel("none", "0"), {}))
        seconds.append(time.perf_counter() - started)
    return seconds


def pairs(archive: Archive) -> Iterator[Pair]:
    """Yield each pair of articles that the archive takes for copies."""
    ids = {listed.article: listed.id for listed in archive.listing()}
    with read_transaction(archive.database) as connection:
        together = set(duplicate_groups(connection, owned_by([OPERATOR])).values())
    for group in together:
        yield from (frozenset((ids[one], ids[other])) for one, other in combinations(group, 2))


def report(found: set[Pair], duplicates: set[Pair], labelled: int, seconds: list[float]) -> None:
    """Print precision and recall on the labelled pairs, and the time of storing an article."""
    right = len(found & duplicates)
    print(f"{labelled} labelled pairs, {len(duplicates)} duplicates; {len(found)} found, {right} of them rightly")
    print(f"precision {right / len(found):.3f}, recall {right / len(duplicates):.3f}")
    seconds.sort()
    print(
        f"an article is stored in {1000 * seconds[len(seconds) // 2]:.1f} ms (median), {1000 * seconds[-1]:.0f} at most"
    )


if __name__ == "__main__":
    main()
