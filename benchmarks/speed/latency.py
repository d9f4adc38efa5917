"""How long a question takes in a large archive, beside what embedding it takes, and what a new article costs.

    python -m benchmarks.speed.latency DATA QUESTIONS.jsonl [--passages 100000]

The large archive holds the articles of DATA again and again, with vectors that differ a little. Each question is
embedded by sentence-transformers (torch, fp32, one thread), answered with everything on, and without the reranker, in
turn. What is told is processor time, so that what else the machine does bears little on it; with `--threads 2` answers
may use two threads, as a bot does, and what is told is the time that passes. Then articles are added between questions.
"""

import argparse
import statistics
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch

from retrieval.answering.answerer import Answerer
from retrieval.domain import Article, Filters
from retrieval.embedding.encoder import Encoder
from retrieval.embedding.question_encoder import QuestionEncoder
from retrieval.embedding.reranker import reranker
from retrieval.evaluation.questions import read_questions
from retrieval.ingest.analysis import AnalysisRequest, make_analyser
from retrieval.ingest.ingester import content_hash_of
from retrieval.quotes.extractor import make_extractor
from retrieval.quotes.rules_version import rules_version
from retrieval.search.local.engine import LocalEngine
from retrieval.store.archive import Archive
from retrieval.store.records import AnalysedArticle, NewUnit
from retrieval.store.sqlite.database import write_transaction
from retrieval.store.upsert import put

NOISE = 0.02  # of each dimension; a dimension of 384 is 0.05 large
TOGETHER = 200  # articles stored in one transaction
WARMING_UP = 10
ADDED = 40
STAMP = "2026-01-01T00:00:00+00:00"


@dataclass
class Stopwatch:
    """Milliseconds of each step in each question."""

    clock: Callable[[], float]
    taken: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    running: dict[str, float] = field(default_factory=lambda: defaultdict(float))

    def time(self, step: str, action: Callable[[], Any]) -> Any:
        """Do something, and count its milliseconds towards a step."""
        started = self.clock()
        try:
            return action()
        finally:
            self.running[step] += 1000 * (self.clock() - started)

    def next(self) -> None:
        """End the question, and begin the next one."""
        for step, taken in self.running.items():
            self.taken[step].append(taken)
        self.running.clear()

    def median(self, step: str) -> float:
        """Return the median milliseconds of a step."""
        return statistics.median(self.taken[step])


class Watched:
    """Stands for one of the answerer's collaborators, and times each of its methods."""

    def __init__(self, target: Any, watch: Stopwatch, name: str) -> None:
        self._target, self._watch, self._name = target, watch, name

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._target, name)
        if not callable(found):
            return found
        return lambda *given: self._watch.time(f"{self._name}: {name}", lambda: found(*given))

    def __len__(self) -> int:
        return len(self._target)

    def __bool__(self) -> bool:
        return True


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, help="the folder of an archive")
    parser.add_argument("questions", type=Path)
    parser.add_argument("--passages", type=int, default=100_000, help="of the large archive (default: %(default)s)")
    parser.add_argument("--sample", type=int, default=200, help="questions asked (default: %(default)s)")
    parser.add_argument("--threads", type=int, default=1, help="of an answer (default: %(default)s)")
    parser.add_argument("--large", type=Path, help="keep the large archive in this folder, and use what is there")
    options = parser.parse_args()
    asked = [question.question for question in read_questions(options.questions)]
    asked = [asked[number % len(asked)] for number in range(options.sample + WARMING_UP)]
    with tempfile.TemporaryDirectory() as temporary:
        archive = Archive.open(options.large or Path(temporary))
        multiply(Archive.open(options.data), archive, options.passages)
        engine = LocalEngine(archive, freshness=0)
        print(f"{archive.counts()}")
        ask(archive, engine, asked, options.threads)
        add(archive, engine, asked)


def multiply(source: Archive, large: Archive, passages: int) -> None:
    """Fill the large archive with copies of the source's articles."""
    held = large.counts().passages
    while held < passages:
        turn = large.counts().articles
        entries = copied(source, turn)
        while held < passages and (some := [entry for entry, _ in zip(entries, range(TOGETHER), strict=False)]):
            with write_transaction(large.database) as connection:
                for entry in some:
                    put(connection, entry, 1, STAMP)
            held += sum(unit.quotation is None for entry in some for unit in entry.units)


def copied(source: Archive, turn: int) -> Iterator[AnalysedArticle]:
    """Yield the articles of an archive under new ids, with vectors that differ a little."""
    random = np.random.default_rng(turn)
    model = source.model()
    if model is None:
        raise SystemExit("there are no articles in this archive")
    for line in source.listing():
        article = replace(source.article(line.article), id=f"{line.id}-{turn}")
        units = source.units_of(line.article)
        vectors = source.vectors([unit.id for unit in units])
        vectors += NOISE * random.standard_normal(vectors.shape).astype(np.float32)
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        new = [NewUnit(u.span, u.context, u.quotation, b"", v) for u, v in zip(units, vectors, strict=True)]
        yield AnalysedArticle(article, new, content_hash_of(article), rules_version(), model, {})


def ask(archive: Archive, engine: LocalEngine, asked: Sequence[str], threads: int) -> None:
    """Ask the questions, and print the time of each step."""
    clock = time.process_time if threads == 1 else time.perf_counter
    watch, inside = Stopwatch(clock), Stopwatch(clock)
    plain, adapted = Encoder(threads=1), QuestionEncoder()
    store: Any = Watched(archive, inside, "store")
    searches: Any = Watched(engine, inside, "engine")
    cross: Any = Watched(reranker("bundled"), inside, "reranker")
    everything, alone = Answerer(store, searches, plain, cross), Answerer(archive, engine, plain)
    for number, question in enumerate(asked):
        torch.set_num_threads(1)
        watch.time("embedding", lambda: plain.encode([question]))  # noqa: B023  called at once
        torch.set_num_threads(threads)
        watch.time("everything", lambda: everything.answer(question))  # noqa: B023
        watch.time("without reranker", lambda: alone.answer(question))  # noqa: B023
        watch.time("question encoded", lambda: adapted.encode([question]))  # noqa: B023
        watch.next()
        inside.next()
        if number + 1 == WARMING_UP:
            watch.taken.clear()
            inside.taken.clear()
    report(watch, inside)


def report(watch: Stopwatch, inside: Stopwatch) -> None:
    """Print the median time of each step."""
    base = watch.median("embedding")
    print(f"| median of {len(watch.taken['embedding'])} | ms | times embedding |\n|---|---|---|")
    steps = {"question encoded": watch.median("question encoded")}
    steps |= {step: inside.median(step) for step in inside.taken}
    steps["features, evidence and the rest"] = watch.median("everything") - sum(steps.values())
    for step, milliseconds in steps.items():
        print(f"| {step} | {milliseconds:.1f} | {milliseconds / base:.2f} |")
    for whole in ("embedding", "without reranker", "everything"):
        print(f"| **{whole}** | {watch.median(whole):.1f} | {watch.median(whole) / base:.2f} |")


def add(archive: Archive, engine: LocalEngine, asked: Sequence[str]) -> None:
    """Questions alone and right after an article was added, in turn; and from an article read to its being found."""
    encoder = Encoder(threads=1)
    answerer, work = Answerer(archive, engine, encoder), make_analyser(make_extractor, encoder)
    watch = Stopwatch(time.process_time)
    for number in range(ADDED + 1):
        text = f"The zebra{number}quay ferry sank. “It was in the zebra{number}quay timetable,” said Ada Brook."
        article = Article(f"new-{number}", f"Ferry {number}", text)
        started = time.perf_counter()
        analysis = work(AnalysisRequest(article, frozenset()))
        units = [NewUnit(p.span, p.context, p.quotation, p.digest, analysis.vectors[p.digest]) for p in analysis.drafts]
        archive.put(AnalysedArticle(article, units, content_hash_of(article), rules_version(), encoder.model, {}))
        watch.time("after an addition", lambda: answerer.answer(asked[number]))  # noqa: B023
        while not engine.search_terms(f"zebra{number}quay", Filters(), 1):
            time.sleep(0.01)
        watch.running["read to found, a question between"] = 1000 * (time.perf_counter() - started)
        watch.time("alone", lambda: answerer.answer(asked[number]))  # noqa: B023
        if number:
            watch.next()
        watch.running.clear()
    for step in watch.taken:
        print(f"{step}: {watch.median(step):.1f} ms, at most {max(watch.taken[step]):.0f} ms")


if __name__ == "__main__":
    main()
