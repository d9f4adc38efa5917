"""How long checking a quotation takes in a small archive and in a large one.

Both are made up: quotations of words drawn as often as words are in English (Zipf's law), twenty an article. What is
asked is a quarter each exact, cut, altered by one word, and never said. The search by meaning for words that aren't
found is left out, since it is that of an answer (see `benchmarks/speed/latency.py`); the vectors are mere placeholders.
"""

import argparse
import statistics
import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import numpy as np

from retrieval.answering.verification.quote_matching import QuoteVerdict
from retrieval.answering.verification.verifier import Verifier
from retrieval.domain import Article, Certainty, Citation, EmbeddingModel, Filters, Kind, Quotation, Span, Speaker
from retrieval.search.local.engine import LocalEngine
from retrieval.store.archive import Archive
from retrieval.store.records import AnalysedArticle, NewUnit
from retrieval.store.sqlite.database import write_transaction
from retrieval.store.upsert import put

QUOTATIONS = 20  # an article
TOGETHER = 500  # articles stored in one transaction
VOCABULARY = 60_000
SYLLABLES = [consonant + vowel for consonant in "bdfgklmnprstvz" for vowel in "aeiou"]
MODEL = EmbeddingModel("made up", "0" * 64)
PLACEHOLDER = np.full(8, 8**-0.5, dtype=np.float32)
WARMING_UP = 40


class NothingNear:
    """Stands for an answerer that finds nothing, so that its time is left out."""

    def paraphrases(self, _words: str, _filters: Filters | None = None, _limit: int = 5) -> Sequence[Citation]:
        """Return no citation."""
        return ()


class Maker:
    """Makes up articles of quotations, with words as frequent as in English."""

    def __init__(self, seed: int) -> None:
        self.random = np.random.default_rng(seed)
        weights = 1 / np.arange(1, VOCABULARY + 1)
        self.chances = np.cumsum(weights / weights.sum())

    def quotation(self) -> list[str]:
        """Return the words of one quotation."""
        return self.words(int(self.random.integers(6, 30)))

    def words(self, count: int) -> list[str]:
        """Return words, as frequent as their ranks say."""
        return [word(int(rank)) for rank in np.searchsorted(self.chances, self.random.random(count))]

    def entry(self, number: int) -> AnalysedArticle:
        """Return an article with its quotations, as the store takes it."""
        said = [" ".join(self.quotation()) for _ in range(QUOTATIONS)]
        text = "\n".join(f"“{each}.”" for each in said)
        starts = np.cumsum([0] + [len(each) + 4 for each in said])
        units = [self.unit(Span(int(at) + 1, int(at) + 1 + len(each))) for at, each in zip(starts, said, strict=False)]
        return AnalysedArticle(Article(str(number), " ".join(self.words(6)), text), units, str(number), 1, MODEL, {})

    def unit(self, span: Span) -> NewUnit:
        """Return the unit of one quotation, with a placeholder for its vector."""
        speaker = Speaker(f"Ada Person {self.random.integers(0, 3000)}", None, None, 0.99, Certainty.CERTAIN)
        return NewUnit(span, span.start, Quotation(span, Kind.DIRECT, speaker), b"", PLACEHOLDER)

    def asked(self, archive: Archive, count: int) -> Iterator[tuple[str, QuoteVerdict]]:
        """Words to be checked, with what is to be found."""
        articles = archive.counts().articles
        for number in range(count):
            article = archive.article(int(self.random.integers(1, articles + 1)))
            said = str(self.random.choice(article.text.splitlines())).strip("“.”").split()
            inner = int(self.random.integers(1, len(said) - 1))
            swapped = [*said[:inner], word(VOCABULARY + number), *said[inner + 1 :]]
            yield from [
                (" ".join(said), QuoteVerdict.EXACT),
                (" ".join(said[1:-1]), QuoteVerdict.TRIMMED),
                (" ".join(swapped), QuoteVerdict.ALTERED),
                (" ".join(self.quotation()), QuoteVerdict.NOT_FOUND),
            ][number % 4 : number % 4 + 1]


@cache
def word(rank: int) -> str:
    """The commoner, the shorter."""
    found = ""
    while rank >= 0:
        rank, syllable = divmod(rank, len(SYLLABLES))
        found, rank = found + SYLLABLES[syllable], rank - 1
    return found


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 1_000_000], help="quotations in each archive")
    parser.add_argument("--checks", type=int, default=400, help="in each archive (default: %(default)s)")
    parser.add_argument("--data", type=Path, help="keep the archives in this folder, and use what is there")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        medians = []
        for size in options.sizes:
            archive = Archive.open((options.data or Path(temporary)) / str(size))
            fill(archive, size)
            medians.append(measure(archive, size, options.checks))
            archive.close()
    print(f"the last takes {medians[-1] / medians[0]:.1f} times as long as the first, by the medians")


def fill(archive: Archive, size: int) -> None:
    """Store articles until there are so many quotations."""
    held, wanted = archive.counts().articles, size // QUOTATIONS
    make, now = Maker(held + 1), datetime.now(UTC).isoformat(timespec="seconds")
    for first in range(held, wanted, TOGETHER):
        with write_transaction(archive.database) as connection:
            for number in range(first, min(first + TOGETHER, wanted)):
                put(connection, make.entry(number), 1, now)


def measure(archive: Archive, size: int, checks: int) -> float:
    """The median in milliseconds of processor time, so that other work on the machine doesn't count."""
    verifier = Verifier(archive, LocalEngine(archive), NothingNear())
    asked = list(Maker(0).asked(archive, checks + WARMING_UP))
    for text, _ in asked[:WARMING_UP]:
        verifier.verify(text)
    taken, right = [], 0
    for text, expected in asked[WARMING_UP:]:
        started = time.process_time()
        found = verifier.verify(text)
        taken.append(1000 * (time.process_time() - started))
        right += found.verdict is expected
    median, mean, high = statistics.median(taken), statistics.mean(taken), statistics.quantiles(taken, n=20)[-1]
    print(f"{size} quotations: {median:.1f} ms median, {mean:.1f} mean, {high:.1f} 95th of 100; ", end="")
    print(f"{100 * right / len(taken):.1f}% found as they were made", flush=True)
    return median


if __name__ == "__main__":
    main()
