"""What each part of answering adds, on questions whose answers are known. Where the time goes: latency.py.

    python -m benchmarks.quality.answers DATA QUESTIONS.jsonl

DATA is the data folder of an ingested archive. Prints Markdown: one row a part, each with a 95% interval of the last
column from 1,000 resamples of the questions.
"""

import argparse
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from retrieval.answering.answerer import Answerer
from retrieval.answering.citations import cite
from retrieval.domain import Answer, Filters
from retrieval.embedding.encoder import Encoder
from retrieval.embedding.reranker import reranker
from retrieval.evaluation.questions import KnownQuestion, read_questions
from retrieval.evaluation.scores import EvaluationResult, judge, score
from retrieval.ranking.ranker import AnswerRankers
from retrieval.search.engine import Hit
from retrieval.search.local.engine import LocalEngine
from retrieval.store.archive import Archive

COLUMNS = (
    ("who_said.recall@1", "who said: first"),
    ("who_said.recall@3", "among three"),
    ("who_said.right_speaker", "first, with speaker"),
    ("what_said.right_speaker", "what said"),
    ("fact.recall@1", "fact"),
    ("misattributed.right_first_time", "misattributed"),
    ("attributed.right_first_time", "attributed"),
    ("declined.answerable", "declined, answerable"),
    ("declined.unanswerable", "declined, unanswerable"),
    ("right_first_time", "right first time"),
)
Way = Callable[[str], Answer]


class Bench:
    """An archive with the ways of answering from it that are compared."""

    def __init__(self, data: Path) -> None:
        self.archive = Archive.open(data)
        self.engine = LocalEngine(self.archive)
        self.encoder = Encoder()

    def ways(self) -> dict[str, Way]:
        """From single scores to everything, each with one part more."""
        adapted = self.answerer(AnswerRankers.plain())
        unadapted = self.answerer(AnswerRankers.plain())
        unadapted.ranking = replace(unadapted.ranking, encoder=self.encoder)
        ways: dict[str, Way] = {
            "words alone (BM25 of sentences and quotations)": lambda q: self.listed(q, self.by_words(q)),
            "meaning alone": lambda q: self.listed(q, self.by_meaning(q)),
            "both fused (normalised, half and half)": lambda q: self.listed(q, self.fused(q)),
            "+ article's words, what is asked": unadapted.answer,
            "+ encoder adapted to questions": adapted.answer,
            "+ fitted ranker and declining": self.answerer(AnswerRankers.load()).answer,
        }
        crossed = reranker("bundled")
        if crossed:
            ways["+ cross-encoder"] = Answerer(self.archive, self.engine, self.encoder, crossed).answer
        return ways

    def answerer(self, rankers: AnswerRankers) -> Answerer:
        """Return an answerer with these rankers and without the cross-encoder."""
        return Answerer(self.archive, self.engine, self.encoder, rankers=rankers)

    def by_words(self, question: str) -> Sequence[Hit]:
        """Return the units that BM25 finds."""
        return self.engine.search_terms(question, Filters(), 50)

    def by_meaning(self, question: str) -> Sequence[Hit]:
        """Return the units nearest to the question's vector."""
        return self.engine.search_vector(self.encoder.encode([question])[0], Filters(), 50)

    def fused(self, question: str) -> Sequence[Hit]:
        """Return the units by the sum of both scores, each normalised to 0..1."""
        total: dict[int, float] = {}
        for hits in (self.by_words(question), self.by_meaning(question)):
            scores = [hit.score for hit in hits]
            least, most = min(scores, default=0), max(scores, default=1)
            for hit in hits:
                total[hit.unit] = total.get(hit.unit, 0) + (hit.score - least) / ((most - least) or 1)
        return [Hit(unit, total[unit]) for unit in sorted(total, key=total.__getitem__, reverse=True)]

    def listed(self, question: str, hits: Sequence[Hit]) -> Answer:
        """Return an answer that cites the first five hits."""
        units = self.archive.units([hit.unit for hit in hits[:5]])
        articles = self.archive.articles({unit.article for unit in units})
        cited = [cite(articles[unit.article], unit.span, 0, unit.quotation, unit.id) for unit in units]
        return Answer(question, 1.0, cited)


def run(questions: Sequence[KnownQuestion], way: Way) -> list[EvaluationResult]:
    """Answer each question in one way, and judge the answers."""
    results = []
    for question in questions:
        started = time.perf_counter()
        answer = way(question.question)
        results.append(judge(question, answer, time.perf_counter() - started))
    return results


def interval(results: Sequence[EvaluationResult], resamples: int = 1000) -> tuple[float, float]:
    """95%, of `right_first_time`, by resampling the questions."""
    right = np.array([result.first_time for result in results], dtype=float)
    means = np.random.default_rng(0).choice(right, (resamples, len(right))).mean(1)
    return float(100 * np.quantile(means, 0.025)), float(100 * np.quantile(means, 0.975))


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("questions", type=Path)
    options = parser.parse_args()
    bench, questions = Bench(options.data), read_questions(options.questions)
    print(f"{len(questions)} questions, {len(bench.engine)} sentences and quotations\n")
    print("| |" + "|".join(title for _, title in COLUMNS) + "|\n|---|" + "---|" * len(COLUMNS))
    for name, way in bench.ways().items():
        results = run(questions, way)
        measures = score(results).measures
        low, high = interval(results)
        cells = [f"{measures.get(key, 0):.1f}" for key, _ in COLUMNS]
        print(f"|{name}|" + "|".join(cells) + f" ({low:.0f}-{high:.0f})|", flush=True)


if __name__ == "__main__":
    main()
