"""How long the searches of the local engine take in a large archive, and what adding and removing costs it.

The archive is made up: articles of words drawn as often as words are in English (Zipf's law), vectors in clusters.
"""

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from retrieval.domain import Article, Certainty, EmbeddingModel, Filters, Kind, Quotation, Span, Speaker
from retrieval.search.local.engine import LocalEngine
from retrieval.store.archive import Archive
from retrieval.store.records import AnalysedArticle, NewUnit

T = TypeVar("T")

DIMENSION = 384
SENTENCES = 20
WORDS = 20
VOCABULARY = 60_000
MODEL = EmbeddingModel("made up", "0" * 64)
EVERYBODY = frozenset({"operator", "guild:1"})
NARROW = Filters(EVERYBODY, publisher="Paper 3", after=date(2024, 3, 1), before=date(2024, 9, 30))
FILTERS = {
    "everything": Filters(EVERYBODY),
    "one owner": Filters(frozenset({"guild:1"})),
    "publisher and dates": NARROW,
    "one speaker": Filters(EVERYBODY, speaker="Person 77"),
}


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--units", type=int, default=100_000, help="how many units (default: %(default)s)")
    parser.add_argument("--queries", type=int, default=60, help="questions of each kind (default: %(default)s)")
    parser.add_argument("--data", type=Path, help="keep the archive in this folder, and use what is there")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        measure(Archive.open(options.data or Path(temporary)), options.units, options.queries)


def measure(archive: Archive, units: int, queries: int) -> None:
    """Fill the archive up to so many units, and print the time of each kind of search and change."""
    random = np.random.default_rng(1)
    make = Maker(random)
    held = archive.counts()
    started = time.perf_counter()
    for number in range(held.articles, units // (SENTENCES + 4)):
        archive.put(make.entry(number))
    report("storing it all", [time.perf_counter() - started])
    engine = timed("building the index from the store", lambda: LocalEngine(archive))
    timed("writing the snapshot", engine.save)
    engine = timed("loading the snapshot", lambda: LocalEngine(archive))
    print(f"{len(engine)} units")
    for name, filters in FILTERS.items():
        report(f"by meaning, {name}", list(search(engine.search_vector, make.vectors(queries), filters)))
        report(f"by words, {name}", list(search(engine.search_terms, make.questions(queries), filters)))
        report(f"articles by words, {name}", list(search(engine.search_articles, make.questions(queries), filters)))
    report("taking in one new article", [adding(archive, engine, make.entry(10_000_000 + n)) for n in range(20)])
    report("taking in one removal", [removing(archive, engine, 10_000_000 + n) for n in range(20)])
    report("finding out that nothing changed", list(search(lambda *_: engine.refresh(), range(queries), NARROW)))


class Maker:
    """Makes up articles, vectors and questions."""

    def __init__(self, random: np.random.Generator) -> None:
        self.random = random
        self.centres = random.standard_normal((1000, DIMENSION)).astype(np.float32)
        weights = 1 / np.arange(1, VOCABULARY + 1)
        self.chances = np.cumsum(weights / weights.sum())

    def vectors(self, count: int) -> npt.NDArray[np.float32]:
        """Return unit vectors near the centres of clusters."""
        noise = self.random.standard_normal((count, DIMENSION)).astype(np.float32)
        mixed = self.centres[self.random.integers(0, 1000, count)] + 0.7 * noise
        return np.asarray(mixed / np.linalg.norm(mixed, axis=1, keepdims=True), dtype=np.float32)

    def words(self, count: int) -> list[str]:
        """Return words, as frequent as their ranks say."""
        return [f"w{rank}" for rank in np.searchsorted(self.chances, self.random.random(count))]

    def questions(self, count: int) -> list[str]:
        """Return questions of eight words."""
        return [" ".join(self.words(8)) for _ in range(count)]

    def entry(self, number: int) -> AnalysedArticle:
        """Return an article with its units, as the store takes it."""
        sentences = [" ".join(self.words(WORDS)) + "." for _ in range(SENTENCES)]
        text = " ".join(sentences)
        ends = np.cumsum([len(sentence) + 1 for sentence in sentences]) - 1
        spans = [Span(int(end) - len(sentence), int(end)) for end, sentence in zip(ends, sentences, strict=True)]
        vectors = self.vectors(SENTENCES + 4)
        units = [NewUnit(span, span.start, None, b"", vector) for span, vector in zip(spans, vectors, strict=False)]
        for span, vector in zip(spans[::5], vectors[SENTENCES:], strict=True):
            name = f"Ada Person {int(self.random.integers(0, 3000))}"
            speaker = Speaker(name, None, None, 0.9, Certainty.CERTAIN)
            units.append(NewUnit(span, span.start, Quotation(span, Kind.DIRECT, speaker), b"", vector))
        article = Article(
            id=str(number),
            title=" ".join(self.words(6)),
            text=text,
            owner="guild:1" if number % 10 == 0 else "operator",
            publisher=f"Paper {number % 30}",
            published=f"2024-{number % 12 + 1:02}-{number % 28 + 1:02}",
        )
        return AnalysedArticle(article, units, str(number), 1, MODEL, {})


def search(find: Callable[..., object], queries: object, filters: Filters) -> Iterator[float]:
    """Yield the seconds of each search."""
    for query in queries:  # type: ignore[attr-defined]
        started = time.perf_counter()
        find(query, filters, 100)
        yield time.perf_counter() - started


def adding(archive: Archive, engine: LocalEngine, entry: AnalysedArticle) -> float:
    """Return the seconds in which the engine takes in a new article."""
    archive.put(entry)
    started = time.perf_counter()
    engine.refresh()
    return time.perf_counter() - started


def removing(archive: Archive, engine: LocalEngine, number: int) -> float:
    """Return the seconds in which the engine takes in a removal."""
    owner = "guild:1" if number % 10 == 0 else "operator"
    archive.remove(owner, str(number))
    started = time.perf_counter()
    engine.refresh()
    return time.perf_counter() - started


def timed(what: str, action: Callable[[], T]) -> T:
    """Do something once, print the seconds it took, and return its result."""
    started = time.perf_counter()
    result = action()
    report(what, [time.perf_counter() - started])
    return result


def report(what: str, seconds: list[float]) -> None:
    """Print one duration, or the spread of several."""
    if len(seconds) == 1:
        print(f"{what:45} {seconds[0]:8.2f} s")
    else:
        high = statistics.quantiles(seconds, n=20)[-1]
        print(f"{what:45} {1000 * statistics.median(seconds):8.1f} ms median, {1000 * high:8.1f} ms 95th of 100")


if __name__ == "__main__":
    main()
