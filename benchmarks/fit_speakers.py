"""Fits the weights with which speakers are ranked, and cross-validates them over articles.

    python -m benchmarks.fit_speakers --shared ../shared [--write]

Learns from the dev gold and from benchmarks/data/quotes_extra.jsonl, nothing else. Prints the accuracy of
speakers on articles that a fit has not seen; `--write` then fits on all and writes retrieval/weights/speakers.json.
"""

import argparse
import json
import math
import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from benchmarks.speaker_beliefs import BELIEFS
from benchmarks.speaker_gold import Example, Gold, Judged, Prepared, archive, examples, judge, labelled, prepare
from retrieval.quotes.attribution.model import Ranker

TARGET = Path(__file__).parents[1] / "retrieval" / "weights" / "speakers.json"
PENALTY = 0.004  # of the squared distance from the beliefs, a quotation
UNANSWERABLE = 0.3  # weight of a quotation whose speaker is no candidate: it teaches "nobody"
RARE = 2  # a feature needs as many quotations
SMALLEST = 0.004
FOLDS = 5


@dataclass(frozen=True)
class Design:
    """All examples as one sparse matrix, a row a choice.

    `offset` is what a choice's score has beside its features, `group` its example, `first` where each example begins.
    """

    matrix: csr_matrix
    offset: np.ndarray
    group: np.ndarray
    first: np.ndarray
    right: np.ndarray
    weights: np.ndarray

    def loss(self, theta: np.ndarray) -> tuple[float, np.ndarray]:
        """Minus the mean log probability of the right choices, and its gradient."""
        scores = self.matrix @ theta + self.offset
        powers = np.exp(scores - np.maximum.reduceat(scores, self.first)[self.group])
        total = np.add.reduceat(powers, self.first)
        hits = np.maximum(np.add.reduceat(powers * self.right, self.first), 1e-300)
        weights = self.weights / len(self.weights)
        slope = (powers / total[self.group] - powers * self.right / hits[self.group]) * weights[self.group]
        return float(weights @ np.log(total / hits)), self.matrix.T @ slope


def fit(found: Sequence[Example], beliefs: Mapping[str, float] = BELIEFS, penalty: float = PENALTY) -> dict[str, float]:
    """Maximum a posteriori around the beliefs, by L-BFGS."""
    counts = Counter(name for example in found for name in _names(example))
    names = sorted(name for name, count in counts.items() if count >= RARE)
    columns = {name: column for column, name in enumerate(names)}
    design = _design(found, columns)
    prior = np.array([beliefs.get(name, 0.0) for name in names])

    def loss(theta: np.ndarray) -> tuple[float, np.ndarray]:
        value, slope = design.loss(theta)
        off = theta - prior
        return value + penalty / 2 * float(off @ off), slope + penalty * off

    theta = minimize(loss, prior, jac=True, method="L-BFGS-B", options={"maxiter": 300}).x
    fitted = {name: round(float(value), 3) for name, value in zip(names, theta, strict=True) if abs(value) > SMALLEST}
    return {name: value for name, value in beliefs.items() if name not in columns} | fitted


def _names(example: Example) -> set[str]:
    both = (features for choice in example.choices for features in (choice.features, choice.referring))
    return {name for features in both for name, value in features.items() if value}


def _design(found: Sequence[Example], columns: Mapping[str, int]) -> Design:
    rows, cells, values, offset, group, first, right, weights = [], [], [], [], [], [], [], []
    for number, example in enumerate(found):
        known = any(example.right)
        weights.append(1.0 if known else UNANSWERABLE)
        first.append(len(right))
        readings = Counter(choice.phrase for choice in example.choices)
        for choice, ok in zip(example.choices, example.right, strict=True):
            for name, value in (choice.features | choice.referring).items():
                if value and name in columns:
                    rows.append(len(right))
                    cells.append(columns[name])
                    values.append(value)
            offset.append(-math.log(readings[choice.phrase]))
            group.append(number)
            right.append(ok if known else choice.phrase < 0)
    matrix = csr_matrix((values, (rows, cells)), shape=(len(right), len(columns)))
    return Design(matrix, *map(np.array, (offset, group, first, right, weights)))


def folds(articles: Sequence[Prepared]) -> list[list[Prepared]]:
    shuffled = sorted(articles, key=lambda article: article.doc)
    random.Random(1).shuffle(shuffled)
    return [shuffled[k::FOLDS] for k in range(FOLDS)]


def cross_validate(articles: Sequence[Prepared], gold: Gold, ranker: Ranker) -> list[Judged]:
    """Every labelled quotation, read by a ranker that has not seen its article. `ranker` makes the examples."""
    parts = folds(articles)
    learned = [[example for article in part for example in examples(article, gold, ranker)] for part in parts]
    judged: list[Judged] = []
    for k, part in enumerate(parts):
        fresh = Ranker(fit([e for j, other in enumerate(learned) if j != k for e in other]))
        judged.extend(row for article in part for row in judge(article, gold, fresh))
    return judged


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"), help="the benchmark's folder")
    parser.add_argument("--cache", type=Path, help="a folder to keep parses in")
    parser.add_argument("--write", action="store_true", help="fit on all and write the weights")
    options = parser.parse_args()
    sets = labelled(options.shared)
    rows = [row for part in sets.values() for row in part]
    texts = archive(options.shared)
    articles = prepare({doc: texts[doc]["text"] for doc in sorted({row["doc"] for row in rows})}, options.cache)
    gold = Gold(options.shared, rows)
    judged = cross_validate(articles, gold, Ranker(BELIEFS))
    for name, part in sets.items():
        docs = {row["doc"] for row in part}
        mine = [j for j in judged if j.doc in docs]
        print(f"{name}: {sum(j.right for j in mine)} of {len(mine)} speakers right, cross-validated")
    if options.write:
        weights = fit([e for article in articles for e in examples(article, gold, Ranker(BELIEFS))])
        TARGET.write_text(json.dumps(weights, indent=0, sort_keys=True) + "\n", encoding="utf-8")
        print(f"{len(weights)} weights -> {TARGET}")


if __name__ == "__main__":
    main()
